# A heavy job, with or without a GPU. Runs are started by the dispatcher, with as many tasks as it finds right.

locals {
  weights_folder = "/weights"
}

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

      # Weights are mapped from the folder rather than copied: what a container writes is memory.
      dynamic "volumes" {
        for_each = var.weights == "" ? [] : [var.weights]
        content {
          name = "weights"
          gcs {
            bucket    = volumes.value
            read_only = true
          }
        }
      }

      containers {
        image = var.image
        args  = ["python", "-m", "gpu_jobs.${var.entry}.main"]

        dynamic "volume_mounts" {
          for_each = var.weights == "" ? [] : [local.weights_folder]
          content {
            name       = "weights"
            mount_path = volume_mounts.value
          }
        }

        resources {
          limits = merge(
            { cpu = var.cpu, memory = var.memory },
            var.gpus > 0 ? { "nvidia.com/gpu" = tostring(var.gpus) } : {},
          )
        }

        dynamic "env" {
          for_each = merge(var.settings, var.weights == "" ? {} : { AIPROD_MODELS_DIR = local.weights_folder })
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
