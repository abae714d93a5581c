# Metrics counted from AIPROD's own log lines: one JSON object a fact, whose message is its field "event".

locals {
  runs = "(resource.type=\"cloud_run_revision\" OR resource.type=\"cloud_run_job\")"

  # Tasks of a job are one resource to Cloud Monitoring: only the machine's own name tells one that is idle from nine that work.
  card = ["job", "machine", "model"]

  # A task whose card works is read at less only now and then; nothing at work is read at none.
  idle = 0.05

  # Each is told of by the lines of an event, of all or of some, and parted by their fields.
  counted = {
    "aiprod/status_changes" = { description = "Videos that entered a status.", event = "status changed", by = ["status"] }
    "aiprod/events_refused" = { description = "Events given back, to be delivered again.", event = "event refused", by = ["stage"] }
    "aiprod/stages_gave_up" = { description = "Events that no repetition can mend.", event = "stage gave up", by = ["stage"] }
    "aiprod/clips_rendered" = { description = "Clips that came out.", event = "clip rendered", by = ["renderer"] }
    "aiprod/clips_failed"   = { description = "Attempts at a clip that failed.", event = "clip failed", by = ["renderer"] }
    "aiprod/gpu_idle"       = { description = "Readings of a GPU that does nothing.", event = "gpu read", by = local.card, of = "jsonPayload.utilization<${local.idle}" }
  }

  # What is read of a card has a known range, whose parts are equally wide: an alert at 87 °C must not take 82 for it.
  duration = { value = "seconds", unit = "s", parts = 0, width = 0 }
  share    = { event = "gpu read", by = local.card, unit = "1", parts = 20, width = 0.05 }
  heat     = { event = "gpu read", by = local.card, unit = "Cel", parts = 120, width = 1 }

  measured = {
    "aiprod/stage_seconds"   = merge(local.duration, { description = "How long a stage took for an event.", event = "event handled", by = ["stage"] })
    "aiprod/clip_seconds"    = merge(local.duration, { description = "How long a clip took to be rendered.", event = "clip rendered", by = ["renderer"] })
    "aiprod/gpu_utilization" = merge(local.share, { description = "How busy a GPU is, 0 to 1.", value = "utilization" })
    "aiprod/gpu_memory"      = merge(local.share, { description = "How much of a GPU's memory is in use, 0 to 1.", value = "memory" })
    "aiprod/gpu_celsius"     = merge(local.heat, { description = "How hot a GPU is.", value = "celsius" })
  }
}

resource "google_logging_metric" "counted" {
  for_each = local.counted

  name             = each.key
  description      = each.value.description
  filter           = join(" AND ", compact([local.runs, "jsonPayload.event=\"${each.value.event}\"", lookup(each.value, "of", "")]))
  label_extractors = { for field in each.value.by : field => "EXTRACT(jsonPayload.${field})" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = each.value.by
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  depends_on = [google_project_service.used]
}

resource "google_logging_metric" "measured" {
  for_each = local.measured

  name             = each.key
  description      = each.value.description
  filter           = "${local.runs} AND jsonPayload.event=\"${each.value.event}\""
  value_extractor  = "EXTRACT(jsonPayload.${each.value.value})"
  label_extractors = { for field in each.value.by : field => "EXTRACT(jsonPayload.${field})" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = each.value.unit

    dynamic "labels" {
      for_each = each.value.by
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }
  bucket_options {
    dynamic "exponential_buckets" {
      for_each = each.value.parts == 0 ? [1] : []
      content {
        scale              = 0.01
        growth_factor      = 2
        num_finite_buckets = 20
      }
    }
    dynamic "linear_buckets" {
      for_each = each.value.parts == 0 ? [] : [1]
      content {
        offset             = 0
        width              = each.value.width
        num_finite_buckets = each.value.parts
      }
    }
  }

  depends_on = [google_project_service.used]
}
