output "web" {
  description = "Where people find AIPROD."
  value       = local.web_address
}

output "web_balancer" {
  description = "Address that the web's host name must point to; null without one."
  value       = one(google_compute_global_address.web[*].address)
}

output "bucket" {
  description = "Bucket of all work; finished films lie under exports/."
  value       = google_storage_bucket.work.name
}

output "models" {
  description = "Bucket that jobs with a GPU read weights from."
  value       = google_storage_bucket.models.name
}

output "stages" {
  description = "Where each stage's events are pushed to."
  value       = { for name, stage in module.stage : name => stage.url }
}

output "jobs" {
  description = "Render jobs that there are."
  value       = [for job in module.gpu_job : job.name]
}

output "films_address" {
  description = "Address that the films' host name must point to; null without a CDN."
  value       = one(google_compute_global_address.films[*].address)
}
