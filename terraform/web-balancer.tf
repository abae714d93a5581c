# The web under a host name of your own: a load balancer before the service, and Cloud Armor, which holds back whoever asks
# too often before anything of ours runs. Without a host name the service is reached directly, and only its own limits hold.

locals {
  balanced = var.web_domain == "" ? 0 : 1
}

resource "google_compute_global_address" "web" {
  count = local.balanced

  name = "aiprod-web"
}

resource "google_compute_managed_ssl_certificate" "web" {
  count = local.balanced

  name = "aiprod-web"
  managed {
    domains = [var.web_domain]
  }
}

resource "google_compute_region_network_endpoint_group" "web" {
  count = local.balanced

  name                  = "aiprod-web"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.web.name
  }
}

resource "google_compute_security_policy" "web" {
  count = local.balanced

  name = "aiprod-web"
  type = "CLOUD_ARMOR"

  # A page of films asks for some forty things at once; a person does not open ten of those a minute for long.
  rule {
    action      = "throttle"
    priority    = 1000
    description = "No address asks for more than this in a minute."
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = var.web_requests_a_minute
        interval_sec = 60
      }
    }
  }
  rule {
    action      = "allow"
    priority    = 2147483647
    description = "The rule that every policy ends with."
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_backend_service" "web" {
  count = local.balanced

  name                  = "aiprod-web"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.web[0].id

  backend {
    group = google_compute_region_network_endpoint_group.web[0].id
  }
}

resource "google_compute_url_map" "web" {
  count = local.balanced

  name            = "aiprod-web"
  default_service = google_compute_backend_service.web[0].id
}

resource "google_compute_target_https_proxy" "web" {
  count = local.balanced

  name             = "aiprod-web"
  url_map          = google_compute_url_map.web[0].id
  ssl_certificates = [google_compute_managed_ssl_certificate.web[0].id]
}

resource "google_compute_global_forwarding_rule" "web" {
  count = local.balanced

  name                  = "aiprod-web"
  target                = google_compute_target_https_proxy.web[0].id
  ip_address            = google_compute_global_address.web[0].address
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
