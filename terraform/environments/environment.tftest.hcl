# What is so in the environment whose variables were given: terraform test -test-directory=environments -var-file=...

mock_provider "google" {}

variables {
  project         = "aiprod-example"
  images          = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5" }
  cdn_signing_key = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret  = "not-a-secret"
  web_token_keys  = jsonencode({ first = "not-a-secret" })
  metrics_token   = "not-a-secret"
  alert_email     = "someone@example.com"
  billing_account = "000000-000000-000000"
}

run "the_environment" {
  command = plan

  assert {
    condition     = (google_firestore_database.state.delete_protection_state == "DELETE_PROTECTION_ENABLED") == (var.environment == "prod") && google_storage_bucket.work.force_destroy == (var.environment == "dev")
    error_message = "In prod nothing of a user is deleted by mistake; in dev everything can be thrown away."
  }

  assert {
    condition     = alltrue([for one in concat(values(google_monitoring_alert_policy.watched), [google_monitoring_alert_policy.failure_rate, google_monitoring_alert_policy.error_budget]) : length(one.notification_channels) == 1])
    error_message = "Every alert reaches somebody."
  }
  assert {
    condition     = google_billing_budget.month[0].amount[0].specified_amount[0].units == tostring(var.budget_units) && length(google_billing_budget.month[0].threshold_rules) >= 3
    error_message = "The budget tells before it is spent."
  }
  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.films.dashboard_json).mosaicLayout.tiles) == length(local.charts)
    error_message = "The dashboard has every chart."
  }
}
