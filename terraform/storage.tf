# One bucket for all work. Kind comes first in an address (aiprod/paths.py), because notifications and lifecycle rules
# match prefixes.

locals {
  # Prefixes whose finished objects are announced, each on its own topic: paths.NOTIFIED.
  notified = toset(["scripts", "narrations", "clips", "segments", "mixes", "films"])

  # Work that can be made again goes after a while; what a user brought or was given stays.
  passing = ["sounds/", "plans/", "clips/", "segments/", "mixes/"]
  lasting = ["uploads/", "scripts/", "narrations/", "exports/", "films/", "reviews/"]
}

resource "google_storage_bucket" "work" {
  name                        = "${var.project}-aiprod-work"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !local.protected
  labels                      = local.labels

  # Objects are never written twice (every write says "only if absent"), so that a version is only ever left behind by a
  # deletion. It can be undone for a month where the object lasts, for a day where it can be made again, or where whoever
  # lent their voice took it back.
  versioning {
    enabled = true
  }
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 3
      matches_prefix = ["takes/"]
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = var.keep_days
      matches_prefix = local.passing
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 1
      with_state                 = "ARCHIVED"
      matches_prefix             = concat(local.passing, ["takes/", "voices/"])
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 30
      with_state                 = "ARCHIVED"
      matches_prefix             = local.lasting
    }
  }
  lifecycle_rule {
    action {
      type          = "SetStorageClass"
      storage_class = "NEARLINE"
    }
    condition {
      age                   = 90
      matches_prefix        = ["exports/", "uploads/"]
      matches_storage_class = ["STANDARD"]
    }
  }
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 1
    }
  }

  # Our own pages, and those of others that are named.
  cors {
    origin          = distinct(concat([local.web_address], var.web_origins))
    method          = ["GET", "HEAD", "PUT"]
    response_header = ["Content-Type", "Content-Range", "Range", "ETag", "x-goog-resumable"]
    max_age_seconds = 3600
  }

  depends_on = [google_project_service.used]
}

# Weights of large models, as `aiprod models fetch` lays them out: a mirror for machines (AIPROD_MODELS_MIRROR), and a
# folder for jobs with a GPU, whose images stay small. They can be fetched again.
resource "google_storage_bucket" "models" {
  name                        = "${var.project}-aiprod-models"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !local.protected
  labels                      = local.labels

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  depends_on = [google_project_service.used]
}

data "google_storage_project_service_account" "agent" {
  depends_on = [google_project_service.used]
}

resource "google_pubsub_topic_iam_member" "storage_announces" {
  for_each = local.notified

  topic  = google_pubsub_topic.chain["finalized-${each.key}"].id
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${data.google_storage_project_service_account.agent.email_address}"
}

resource "google_storage_notification" "finalized" {
  for_each = local.notified

  bucket             = google_storage_bucket.work.name
  topic              = google_pubsub_topic.chain["finalized-${each.key}"].id
  payload_format     = "JSON_API_V1"
  event_types        = ["OBJECT_FINALIZE"]
  object_name_prefix = "${each.key}/"

  depends_on = [google_pubsub_topic_iam_member.storage_announces]
}
