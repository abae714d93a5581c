# A heavy job, with or without a GPU. Runs are started by the dispatcher, with as many tasks as it finds right.

resource "google_cloud_run_v2_job" "job" {
  name     = var.name
  location = var.region
  labels   = var.labels

  # It holds nothing: what must last is in the database and the bucket, which are protected.
  deletion_protection = false

  template {
    labels     = var.labels
    task_count = 1

    template {
      service_account = var.account
      timeout         = "${var.seconds}s"
      max_retries     = var.retries

      # Two zones for every GPU would cost more and is only needed by servers.
      gpu_zonal_redundancy_disabled = var.gpus > 0 ? true : null

      dynamic "node_selector" {
        for_each = var.gpus > 0 ? [var.accelerator] : []
        content {
          accelerator = node_selector.value
        }
      }

      containers {
        image = var.image

        resources {
          limits = merge(
            { cpu = var.cpu, memory = var.memory },
            var.gpus > 0 ? { "nvidia.com/gpu" = tostring(var.gpus) } : {},
          )
        }

        dynamic "env" {
          for_each = var.settings
          content {
            name  = env.key
            value = env.value
          }
        }
        dynamic "env" {
          for_each = var.secrets
          content {
            name = env.key
            value_source {
              secret_key_ref {
                secret  = env.value
                version = "latest"
              }
            }
          }
        }
      }
    }
  }
}
