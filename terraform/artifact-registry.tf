# Where images are kept and built. scripts/deploy makes these first, since nothing runs without an image.

resource "google_artifact_registry_repository" "images" {
  repository_id = "aiprod"
  location      = var.region
  format        = "DOCKER"
  description   = "Images of AIPROD's functions and jobs."
  labels        = local.labels

  cleanup_policies {
    id     = "keep-the-last-ten"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
  cleanup_policies {
    id     = "drop-what-is-old"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_storage_bucket" "builds" {
  name                        = "${var.project}-aiprod-builds"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true
  labels                      = local.labels

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 7
    }
  }

  depends_on = [google_project_service.used]
}
