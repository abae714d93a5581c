# A stage: its function, and a push subscription for each topic that it hears of.

resource "google_cloud_run_v2_service" "function" {
  name     = var.name
  location = var.region
  labels   = var.labels

  # It holds nothing: what must last is in the database and the bucket, which are protected.
  deletion_protection = false

  # Pub/Sub of the same project counts as inside.
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"

  template {
    service_account                  = var.account
    timeout                          = "${var.size.seconds}s"
    max_instance_request_concurrency = var.size.concurrency
    labels                           = var.labels

    scaling {
      min_instance_count = 0
      max_instance_count = var.size.most_instances
    }

    containers {
      image = var.image

      resources {
        limits            = { cpu = var.size.cpu, memory = var.size.memory }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 5
        failure_threshold = 24
        tcp_socket {
          port = 8080
        }
      }

      env {
        name  = "FUNCTION_SOURCE"
        value = "functions/${var.name}/main.py"
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

resource "google_cloud_run_v2_service_iam_member" "pushed_to" {
  name     = google_cloud_run_v2_service.function.name
  location = var.region
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.push_account}"
}

resource "google_pubsub_subscription" "pushed" {
  for_each = var.topics

  name   = "${var.name}-${each.key}"
  topic  = each.value
  labels = var.labels

  # The longest that Pub/Sub waits for an answer to a push.
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }
  retry_policy {
    minimum_backoff = var.retry.minimum_backoff
    maximum_backoff = var.retry.maximum_backoff
  }
  dead_letter_policy {
    dead_letter_topic     = var.dead_letter_topic
    max_delivery_attempts = var.retry.attempts
  }
  push_config {
    push_endpoint = google_cloud_run_v2_service.function.uri

    oidc_token {
      service_account_email = var.push_account
      audience              = google_cloud_run_v2_service.function.uri
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.pushed_to]
}

# To bury an event Pub/Sub takes it from its subscription.
resource "google_pubsub_subscription_iam_member" "buries" {
  for_each = google_pubsub_subscription.pushed

  subscription = each.value.id
  role         = "roles/pubsub.subscriber"
  member       = var.pubsub_agent
}
