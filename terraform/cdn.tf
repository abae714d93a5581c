# Finished films by Cloud CDN, under a host name of your own. The bucket stays closed: only signed links open it, and the
# CDN itself may read finished films and nothing else.

locals {
  cdn = var.films_domain == "" ? 0 : 1
}

resource "google_compute_backend_bucket" "films" {
  count = local.cdn

  name             = "aiprod-films"
  bucket_name      = google_storage_bucket.work.name
  enable_cdn       = true
  compression_mode = "DISABLED"

  cdn_policy {
    # What lies at an address never changes.
    cache_mode                   = "FORCE_CACHE_ALL"
    default_ttl                  = 86400
    client_ttl                   = 86400
    signed_url_cache_max_age_sec = 86400
    request_coalescing           = true
  }

  depends_on = [google_project_service.used]
}

resource "google_compute_backend_bucket_signed_url_key" "signer" {
  count = local.cdn

  name           = "films"
  backend_bucket = google_compute_backend_bucket.films[0].name
  key_value      = var.cdn_signing_key
}

# The CDN's account appears in a project with its first signing key.
resource "google_storage_bucket_iam_member" "cdn" {
  count = local.cdn

  bucket = google_storage_bucket.work.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:service-${data.google_project.here.number}@cloud-cdn-fill.iam.gserviceaccount.com"

  condition {
    title      = "finished films only"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.work.name}/objects/exports/\")"
  }

  depends_on = [google_compute_backend_bucket_signed_url_key.signer]
}

resource "google_compute_global_address" "films" {
  count = local.cdn

  name = "aiprod-films"
}

resource "google_compute_managed_ssl_certificate" "films" {
  count = local.cdn

  name = "aiprod-films"
  managed {
    domains = [var.films_domain]
  }
}

resource "google_compute_url_map" "films" {
  count = local.cdn

  name            = "aiprod-films"
  default_service = google_compute_backend_bucket.films[0].id
}

resource "google_compute_target_https_proxy" "films" {
  count = local.cdn

  name             = "aiprod-films"
  url_map          = google_compute_url_map.films[0].id
  ssl_certificates = [google_compute_managed_ssl_certificate.films[0].id]
}

resource "google_compute_global_forwarding_rule" "films" {
  count = local.cdn

  name                  = "aiprod-films"
  target                = google_compute_target_https_proxy.films[0].id
  ip_address            = google_compute_global_address.films[0].address
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
