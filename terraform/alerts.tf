# What a person is told of, and what to do then.

locals {
  channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  status_changes = "metric.type=\"logging.googleapis.com/user/aiprod/status_changes\" AND resource.type=\"cloud_run_revision\""

  # Which task a card belongs to: its machine is called run/JOB/EXECUTION/TASK/ATTEMPT.
  ending = "End the execution in the name $${metric.label.machine} (run/JOB/EXECUTION/...): gcloud run jobs executions cancel EXECUTION --project ${var.project} --region ${var.region}. Its other tasks end too; their clips are asked for again and go on from the steps that were kept"

  # An incident that nothing more is heard of stays open for a week unless told otherwise, and while it is open the same does
  # not ring again. Tasks end, and so does what is measured of them.
  closes = "1800s"

  # Conditions on one measured value. Seconds are how long it must last; with "by", each value of a label rings for itself.
  watched = merge(local.watched_always, local.watched_web)

  watched_always = {
    dead-letters = {
      title     = "Events lie among the dead letters"
      filter    = "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"dead-letters-kept\""
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_SUM"
      threshold = 0
      seconds   = 0
      severity  = "ERROR"
      todo      = "Look at them: gcloud pubsub subscriptions pull dead-letters-kept --limit 10. Their videos have failed with a sentence that says why; docs/deploy.md says how to replay them."
    }
    backlog-age = {
      title     = "Events wait too long for their stage"
      filter    = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id!=\"dead-letters-kept\""
      aligner   = "ALIGN_MAX"
      reducer   = "REDUCE_MAX"
      by        = ["resource.labels.subscription_id"]
      threshold = 1800
      seconds   = 300
      severity  = "WARNING"
      todo      = "See on the dashboard which subscription it is. A queue of renders: raise render_tasks, or ask for quota. A stage: its log says what it refuses, or most_instances is too low."
    }
    jobs-fail = {
      title     = "Tasks of a render job end badly"
      filter    = "metric.type=\"run.googleapis.com/job/completed_task_attempt_count\" AND resource.type=\"cloud_run_job\" AND metric.labels.result=\"failed\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      threshold = 3
      seconds   = 0
      severity  = "ERROR"
      todo      = "See the log of the job's last execution. Tasks that run out of memory or of GPU quota are started again and again: each is paid for."
    }
    stages-refuse = {
      title     = "A stage gives events back again and again"
      filter    = "metric.type=\"logging.googleapis.com/user/aiprod/events_refused\" AND resource.type=\"cloud_run_revision\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      threshold = 50
      seconds   = 0
      severity  = "WARNING"
      todo      = "The log line 'event refused' has the reason: most often a service of others that is down, or its quota."
    }
    web-fails = {
      title     = "The web answers with faults of its own"
      filter    = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.web_name}\" AND metric.labels.response_code_class=\"5xx\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      threshold = 20
      seconds   = 0
      severity  = "ERROR"
      todo      = "The log of the service backend has each request's line, with its status and its id; people are told that id."
    }
    gpu-hot = {
      title     = "A GPU is hot"
      filter    = "metric.type=\"logging.googleapis.com/user/aiprod/gpu_celsius\" AND resource.type=\"cloud_run_job\""
      aligner   = "ALIGN_PERCENTILE_99"
      reducer   = "REDUCE_MAX"
      by        = ["metric.labels.machine"]
      threshold = 87
      seconds   = 300
      severity  = "WARNING"
      todo      = "It slows itself down: clips take longer, and each minute is paid for. ${local.ending}, most often on other machines."
    }

    # Read every 15 s, and told a moment later: some 19 readings in five minutes, of which more than 16 are idle ones. After
    # ten minutes of that a quarter of an hour is gone, longer than the largest weights take to be loaded.
    gpu-idle = {
      title     = "A GPU is paid for and does nothing"
      filter    = "metric.type=\"logging.googleapis.com/user/aiprod/gpu_idle\" AND resource.type=\"cloud_run_job\""
      aligner   = "ALIGN_DELTA"
      reducer   = "REDUCE_SUM"
      by        = ["metric.labels.machine"]
      threshold = 16
      seconds   = 600
      severity  = "WARNING"
      todo      = "For a quarter of an hour it was below ${local.idle * 100} % at nearly every reading. Look at its execution's log: a task that says nothing but 'gpu read' for as long hangs. ${local.ending}. If every task of the job is idle, torch does not see the card: build the image with torch for the card's driver (AIPROD_TORCH_INDEX_L4, AIPROD_TORCH_INDEX_RTX; docs/deploy.md)."
    }
  }

  # Only what anybody may call is asked from outside.
  watched_web = {
    for check in google_monitoring_uptime_check_config.web : "web-silent" => {
      title     = "The web does not answer"
      filter    = "metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND resource.type=\"uptime_url\" AND metric.labels.check_id=\"${check.uptime_check_id}\""
      aligner   = "ALIGN_NEXT_OLDER"
      reducer   = "REDUCE_COUNT_FALSE"
      threshold = 1
      seconds   = 120
      severity  = "CRITICAL"
      todo      = "Two regions at least could not load the first page. Look at the service's revisions and at the log of its start: a setting that lacks is named there."
    }
  }
}

resource "google_monitoring_notification_channel" "email" {
  count = var.alert_email == "" ? 0 : 1

  display_name = "AIPROD alerts"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.used]
}

resource "google_monitoring_alert_policy" "watched" {
  for_each = local.watched

  display_name          = "AIPROD: ${each.value.title}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = local.labels

  conditions {
    display_name = each.value.title

    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = "${each.value.seconds}s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = lookup(each.value, "by", [])
      }
    }
  }
  alert_strategy {
    auto_close = local.closes
  }
  documentation {
    subject   = "AIPROD: ${each.value.title}"
    content   = each.value.todo
    mime_type = "text/markdown"
  }

  depends_on = [google_logging_metric.counted, google_logging_metric.measured]
}

resource "google_monitoring_alert_policy" "failure_rate" {
  display_name          = "AIPROD: Too many films fail"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels
  user_labels           = local.labels

  conditions {
    display_name = "More than one film in ten has failed within an hour"

    condition_threshold {
      filter             = "${local.status_changes} AND metric.labels.status=\"failed\""
      denominator_filter = "${local.status_changes} AND metric.labels.status=monitoring.regex.full_match(\"completed|failed\")"
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.1
      duration           = "0s"

      aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  alert_strategy {
    auto_close = local.closes
  }
  documentation {
    subject   = "AIPROD: Too many films fail"
    content   = "Each failed video carries a sentence that says why; the log lines 'stage gave up' have the same."
    mime_type = "text/markdown"
  }

  depends_on = [google_logging_metric.counted]
}

# --- the error budget: how many films may fail in four weeks --------------------------------------------------------

resource "google_monitoring_custom_service" "films" {
  service_id   = "aiprod-films"
  display_name = "AIPROD films"

  depends_on = [google_project_service.used]
}

resource "google_monitoring_slo" "films" {
  service             = google_monitoring_custom_service.films.service_id
  slo_id              = "films-completed"
  display_name        = "Films that are completed rather than failed"
  goal                = var.films_success_goal
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      good_service_filter = "${local.status_changes} AND metric.labels.status=\"completed\""
      bad_service_filter  = "${local.status_changes} AND metric.labels.status=\"failed\""
    }
  }

  depends_on = [google_logging_metric.counted]
}

resource "google_monitoring_alert_policy" "error_budget" {
  display_name          = "AIPROD: The error budget is being spent ten times too fast"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels
  user_labels           = local.labels

  conditions {
    display_name = "At this rate the four weeks' budget is gone in less than three days"

    condition_threshold {
      filter          = "select_slo_burn_rate(\"${google_monitoring_slo.films.name}\", \"3600s\")"
      comparison      = "COMPARISON_GT"
      threshold_value = 10
      duration        = "0s"
    }
  }
  alert_strategy {
    auto_close = local.closes
  }
  documentation {
    subject   = "AIPROD: The error budget is being spent ten times too fast"
    content   = "Stop changing things; find what most of the failed videos' sentences have in common."
    mime_type = "text/markdown"
  }
}
