# The state of every video: the database, its indexes, what goes by itself, and who may not come in.

locals {
  # Queries over several fields need an index of them; a test compares these with the queries that are made.
  composite_indexes = merge(
    {
      videos-of-an-owner-newest-first = {
        collection = "videos"
        fields     = [["owner", "ASCENDING"], ["created_at", "DESCENDING"]]
      }
      favourites-of-a-user-last-first = {
        collection = "favourites"
        fields     = [["user", "ASCENDING"], ["at", "DESCENDING"]]
      }
    },
    # Shelves of the library: somebody's own or everybody's public ones, by date or by views, either way round. An index
    # is read in its own direction only.
    {
      for shelf in setproduct(["owner", "public"], ["created_at", "views"], ["ASCENDING", "DESCENDING"]) :
      "library-${shelf[0]}-${shelf[1]}-${shelf[2]}" => {
        collection = "library"
        fields     = [[shelf[0], "ASCENDING"], [shelf[1], shelf[2]]]
      }
    },
  )

  # Documents that only keep something from happening twice, and records of what was. They go, within a day or so, when the time in their field
  # expires_at has come (KEPT_DAYS of aiprod/adapters/firestore.py).
  passing_documents = ["gates", "delayed", "operations", "searches", "audit", "webhook_deliveries"]

  # Of these the web asks which have come to their time, as it does where no Firestore deletes them.
  searched_by_time = toset(["audit", "webhook_deliveries"])

  # What nobody asks for: an index of it would only cost writes. One of a time that only grows takes 500 writes a second
  # and no more (docs/scale.md).
  unindexed = {
    videos = ["brief", "history", "notes"]
    clips  = ["spec", "lease_until", "frames_done"]

    # Many numbers in one document, and texts of others.
    tallies            = ["sums", "marks"]
    history            = ["median_seconds", "renderers"]
    history_state      = ["sums"]
    uploads            = ["files"]
    batch_lines        = ["asked"]
    webhook_deliveries = ["body", "tries"]
  }
}

resource "google_firestore_database" "state" {
  name                              = "(default)"
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = local.protected ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  deletion_policy                   = local.protected ? "ABANDON" : "DELETE"

  depends_on = [google_project_service.used]
}

resource "google_firestore_index" "composite" {
  for_each = local.composite_indexes

  database   = google_firestore_database.state.name
  collection = each.value.collection

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path = fields.value[0]
      order      = fields.value[1]
    }
  }
}

resource "google_firestore_field" "expiring" {
  for_each = toset(local.passing_documents)

  database   = google_firestore_database.state.name
  collection = each.key
  field      = "expires_at"

  ttl_config {}
  index_config {
    dynamic "indexes" {
      for_each = contains(local.searched_by_time, each.key) ? ["ASCENDING"] : []
      content {
        order       = indexes.value
        query_scope = "COLLECTION"
      }
    }
  }
}

resource "google_firestore_field" "unindexed" {
  for_each = merge([
    for collection, fields in local.unindexed : { for field in fields : "${collection}/${field}" => [collection, field] }
  ]...)

  database   = google_firestore_database.state.name
  collection = each.value[0]
  field      = each.value[1]

  index_config {}
}

resource "google_firestore_backup_schedule" "daily" {
  count = local.protected ? 1 : 0

  database  = google_firestore_database.state.name
  retention = "1209600s"

  daily_recurrence {}
}

resource "google_firebaserules_ruleset" "closed" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/firestore.rules")
    }
  }

  depends_on = [google_firestore_database.state]
}

resource "google_firebaserules_release" "closed" {
  name         = "cloud.firestore"
  ruleset_name = google_firebaserules_ruleset.closed.name
}
