output "url" {
  description = "Where events are pushed to."
  value       = google_cloud_run_v2_service.function.uri
}

output "subscriptions" {
  description = "Names of the stage's subscriptions, by topic."
  value       = { for topic, subscription in google_pubsub_subscription.pushed : topic => subscription.name }
}
