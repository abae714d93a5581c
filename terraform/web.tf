# The web: pages, API and live connections, one Cloud Run service. It alone may be called by everybody; whoever calls is
# asked by the service itself who they are.

locals {
  web_name = "backend"

  # Where browsers find it: its own host name, else the address that Cloud Run gives a service of this name.
  web_address = var.web_domain == "" ? "https://${local.web_name}-${data.google_project.here.number}.${var.region}.run.app" : "https://${var.web_domain}"

  # What stands between a caller and the container, whose word on the caller's address counts: Cloud Run's own side of
  # the container, and with a host name the load balancer.
  web_proxies = concat(["169.254.0.0/16"], var.web_domain == "" ? [] : ["35.191.0.0/16", "130.211.0.0/22"], google_compute_global_address.web[*].address)

  web_environment = {
    AIPROD_WEB_TRUSTED_PROXIES = join(",", local.web_proxies)
  }
}

resource "google_cloud_run_v2_service" "web" {
  name     = local.web_name
  location = var.region
  labels   = local.labels

  # It holds nothing: accounts and films are in the database and the bucket, which are protected.
  deletion_protection = false

  # With a host name nobody goes around the load balancer and its limits.
  ingress = var.web_domain == "" ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"

  template {
    service_account = google_service_account.own["backend"].email
    labels          = local.labels

    # A live connection is a request: it lasts an hour, the longest there is, and the page opens another. It may be to
    # any instance; coming back to the same one only saves reads.
    timeout                          = "3600s"
    session_affinity                 = true
    max_instance_request_concurrency = 300

    scaling {
      min_instance_count = var.web_least_instances
      max_instance_count = var.web_most_instances
    }

    containers {
      image = var.images["backend"]

      # Memory holds the scratch folder too: files that users send, voices and pictures while they are tried.
      resources {
        limits            = { cpu = "2", memory = "4Gi" }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      ports {
        container_port = 8080
      }

      startup_probe {
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 60
        http_get {
          path = "/readyz"
        }
      }
      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 10
        failure_threshold = 4
        http_get {
          path = "/healthz"
        }
      }

      dynamic "env" {
        for_each = merge(local.environment, local.web_environment)
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = local.secret_readers["backend"]
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

  depends_on = [
    google_project_service.used,
    google_project_iam_member.own,
    google_secret_manager_secret_version.own,
    google_secret_manager_secret_iam_member.reader,
  ]
}

resource "google_cloud_run_v2_service_iam_member" "web_callers" {
  for_each = var.web_callers

  name     = google_cloud_run_v2_service.web.name
  location = var.region
  role     = "roles/run.invoker"
  member   = each.key
}

# Asked from outside, as users do, where anybody may ask. Not /readyz: Google keeps some paths that end in z to itself.
resource "google_monitoring_uptime_check_config" "web" {
  count = contains(var.web_callers, "allUsers") ? 1 : 0

  display_name = "AIPROD web"
  period       = "60s"
  timeout      = "10s"
  user_labels  = local.labels

  http_check {
    path         = "/"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }
  content_matchers {
    content = "AIPROD"
    matcher = "CONTAINS_STRING"
  }
  monitored_resource {
    type   = "uptime_url"
    labels = { host = trimprefix(local.web_address, "https://") }
  }

  depends_on = [google_project_service.used]
}
