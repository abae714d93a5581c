# Metrics counted from AIPROD's own log lines: one JSON object a fact, whose message is its field "event".

locals {
  runs = "(resource.type=\"cloud_run_revision\" OR resource.type=\"cloud_run_job\")"

  counted = {
    "aiprod/status_changes" = {
      description = "Videos that entered a status."
      filter      = "jsonPayload.event=\"status changed\""
      labels      = { status = "EXTRACT(jsonPayload.status)" }
    }
    "aiprod/events_refused" = {
      description = "Events given back, to be delivered again."
      filter      = "jsonPayload.event=\"event refused\""
      labels      = { stage = "EXTRACT(jsonPayload.stage)" }
    }
    "aiprod/stages_gave_up" = {
      description = "Events that no repetition can mend."
      filter      = "jsonPayload.event=\"stage gave up\""
      labels      = { stage = "EXTRACT(jsonPayload.stage)" }
    }
    "aiprod/clips_rendered" = {
      description = "Clips that came out."
      filter      = "jsonPayload.event=\"clip rendered\""
      labels      = { renderer = "EXTRACT(jsonPayload.renderer)" }
    }
    "aiprod/clips_failed" = {
      description = "Attempts at a clip that failed."
      filter      = "jsonPayload.event=\"clip failed\""
      labels      = { renderer = "EXTRACT(jsonPayload.renderer)" }
    }
  }

  measured = {
    "aiprod/stage_seconds" = {
      description = "How long a stage took for an event."
      filter      = "jsonPayload.event=\"event handled\""
      labels      = { stage = "EXTRACT(jsonPayload.stage)" }
    }
    "aiprod/clip_seconds" = {
      description = "How long a clip took to be rendered."
      filter      = "jsonPayload.event=\"clip rendered\""
      labels      = { renderer = "EXTRACT(jsonPayload.renderer)" }
    }
  }
}

resource "google_logging_metric" "counted" {
  for_each = local.counted

  name             = each.key
  description      = each.value.description
  filter           = "${local.runs} AND ${each.value.filter}"
  label_extractors = each.value.labels

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.key
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
  filter           = "${local.runs} AND ${each.value.filter}"
  value_extractor  = "EXTRACT(jsonPayload.seconds)"
  label_extractors = each.value.labels

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"

    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.key
        value_type = "STRING"
      }
    }
  }
  bucket_options {
    exponential_buckets {
      scale              = 0.01
      growth_factor      = 2
      num_finite_buckets = 20
    }
  }

  depends_on = [google_project_service.used]
}
