output "bucket" {
  description = "Bucket of all work; finished films lie under exports/."
  value       = google_storage_bucket.work.name
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
