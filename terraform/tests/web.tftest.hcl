# The web is the only thing that everybody may call; its secrets are in Secret Manager alone.

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
}

variables {
  project         = "aiprod-example"
  environment     = "prod"
  images          = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5" }
  cdn_signing_key = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret  = "webhooks-are-signed-with-this"
  web_token_keys  = "{\"first\": \"sessions-are-signed-with-this\"}"
  metrics_token   = "metrics-are-read-with-this"
  alert_email     = "someone@example.com"
}

run "as_cloud_run_gives_it" {
  command = apply

  variables {
    web_least_instances = 1
    web_most_instances  = 5
  }

  assert {
    condition     = local.web_address == "https://backend-123456789012.europe-west4.run.app" && output.web == local.web_address
    error_message = "The web's address is known before it is there."
  }
  assert {
    condition     = [for one in google_cloud_run_v2_service_iam_member.web_callers : "${one.name} ${one.role} ${one.member}"] == ["backend roles/run.invoker allUsers"]
    error_message = "Everybody may call the web."
  }
  assert {
    condition     = google_cloud_run_v2_service.web.ingress == "INGRESS_TRAFFIC_ALL"
    error_message = "The web is reached from outside."
  }
  assert {
    condition     = google_cloud_run_v2_service.web.template[0].service_account == google_service_account.own["backend"].email
    error_message = "The web has an account of its own."
  }
  assert {
    condition     = google_cloud_run_v2_service.web.template[0].timeout == "3600s" && google_cloud_run_v2_service.web.template[0].session_affinity && google_cloud_run_v2_service.web.template[0].max_instance_request_concurrency >= 200
    error_message = "Live connections last an hour, come back where they were, and many fit into an instance."
  }
  assert {
    condition     = google_cloud_run_v2_service.web.template[0].scaling[0].min_instance_count == 1 && google_cloud_run_v2_service.web.template[0].scaling[0].max_instance_count == 5
    error_message = "Instances are as many as was said."
  }
  assert {
    condition     = google_cloud_run_v2_service.web.template[0].containers[0].startup_probe[0].http_get[0].path == "/readyz" && google_cloud_run_v2_service.web.template[0].containers[0].liveness_probe[0].http_get[0].path == "/healthz"
    error_message = "An instance is called when the documents answer it, and replaced when it answers no more."
  }

  # A variable carries a value or the name of a secret, and no value is a secret.
  assert {
    condition = { for one in google_cloud_run_v2_service.web.template[0].containers[0].env : one.name => one.value_source[0].secret_key_ref[0].secret if length(one.value_source) > 0 } == {
      AIPROD_WEB_METRICS_TOKEN = "metrics-token"
      AIPROD_WEB_TOKEN_KEYS    = "web-token-keys"
      AIPROD_WEBHOOK_SECRET    = "webhook-secret"
    }
    error_message = "Secrets reach the web from Secret Manager."
  }
  assert {
    condition     = alltrue([for one in google_cloud_run_v2_service.web.template[0].containers[0].env : !strcontains(coalesce(one.value, "-"), "with-this")])
    error_message = "No secret stands in the environment in clear."
  }
  assert {
    condition     = [for one in google_cloud_run_v2_service.web.template[0].containers[0].env : one.value if one.name == "AIPROD_WEB_TRUSTED_PROXIES"] == ["169.254.0.0/16"]
    error_message = "Only Cloud Run's word on a caller's address counts; a caller's own would let them be anybody."
  }

  assert {
    condition     = google_monitoring_uptime_check_config.web[0].monitored_resource[0].labels.host == "backend-123456789012.europe-west4.run.app" && google_monitoring_uptime_check_config.web[0].http_check[0].validate_ssl
    error_message = "The web is asked from outside whether it answers."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.watched["web-silent"].conditions[0].condition_threshold[0].filter, google_monitoring_uptime_check_config.web[0].uptime_check_id) && length(google_monitoring_alert_policy.watched["web-silent"].notification_channels) == 1
    error_message = "Somebody is told when the web does not answer."
  }
  assert {
    condition     = length(google_compute_security_policy.web) + length(google_compute_global_forwarding_rule.web) == 0
    error_message = "Without a host name there is no load balancer to pay for."
  }
}

run "under_a_name_of_ones_own" {
  command = plan

  variables {
    web_domain            = "films.example.com"
    web_requests_a_minute = 900
  }

  override_resource {
    target          = google_compute_global_address.web
    override_during = plan
    values          = { address = "203.0.113.7" }
  }

  override_resource {
    target          = google_compute_security_policy.web
    override_during = plan
    values          = { id = "armor" }
  }

  assert {
    condition     = google_cloud_run_v2_service.web.ingress == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" && output.web == "https://films.example.com" && output.web_balancer == "203.0.113.7"
    error_message = "Under a name of one's own nobody goes around the load balancer."
  }
  assert {
    condition     = google_compute_backend_service.web[0].security_policy == "armor"
    error_message = "Cloud Armor stands before the web."
  }
  assert {
    condition     = [for rule in google_compute_security_policy.web[0].rule : "${rule.rate_limit_options[0].exceed_action} ${rule.rate_limit_options[0].rate_limit_threshold[0].count} ${rule.rate_limit_options[0].enforce_on_key}" if rule.action == "throttle"] == ["deny(429) 900 IP"]
    error_message = "No address asks for more than was said."
  }
  assert {
    condition     = google_compute_region_network_endpoint_group.web[0].cloud_run[0].service == "backend" && google_compute_global_forwarding_rule.web[0].port_range == "443"
    error_message = "The load balancer leads to the web, encrypted."
  }
  assert {
    condition     = [for one in google_cloud_run_v2_service.web.template[0].containers[0].env : one.value if one.name == "AIPROD_WEB_TRUSTED_PROXIES"] == ["169.254.0.0/16,35.191.0.0/16,130.211.0.0/22,203.0.113.7"]
    error_message = "The load balancer's word on a caller's address counts too."
  }
}

run "for_some_only" {
  command = plan

  variables {
    web_callers = ["group:editors@example.com"]
  }

  assert {
    condition     = [for one in google_cloud_run_v2_service_iam_member.web_callers : one.member] == ["group:editors@example.com"]
    error_message = "While it is being tried out, only who is named may call the web."
  }
  assert {
    condition     = length(google_monitoring_uptime_check_config.web) == 0 && !contains(keys(google_monitoring_alert_policy.watched), "web-silent")
    error_message = "What a stranger may not call is not asked by one."
  }
}
