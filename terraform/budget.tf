# What a month may cost. A budget tells; it does not stop anything.

resource "google_pubsub_topic" "budget_notices" {
  count = var.billing_account == "" ? 0 : 1

  name   = "budget-notices"
  labels = local.labels

  depends_on = [google_project_service.used]
}

resource "google_billing_budget" "month" {
  count = var.billing_account == "" ? 0 : 1

  billing_account = var.billing_account
  display_name    = "AIPROD ${var.environment} (${var.project})"

  budget_filter {
    projects        = ["projects/${data.google_project.here.number}"]
    calendar_period = "MONTH"
  }
  amount {
    specified_amount {
      units = tostring(var.budget_units)
    }
  }

  threshold_rules {
    threshold_percent = 0.5
  }
  threshold_rules {
    threshold_percent = 0.9
  }
  threshold_rules {
    threshold_percent = 1.0
  }
  threshold_rules {
    threshold_percent = 1.0
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    pubsub_topic                     = google_pubsub_topic.budget_notices[0].id
    monitoring_notification_channels = local.channels
    schema_version                   = "1.0"
  }

  depends_on = [google_project_service.used]
}
