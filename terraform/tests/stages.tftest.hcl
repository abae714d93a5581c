# Every stage is tried again and buries what cannot be handled; only Pub/Sub may call it.

mock_provider "google" {}

variables {
  project         = "aiprod-example"
  environment     = "prod"
  images          = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5" }
  cdn_signing_key = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret  = "not-a-secret"
  web_token_keys  = jsonencode({ first = "not-a-secret" })
  metrics_token   = "not-a-secret"
}

run "a_stage" {
  command = apply

  module {
    source = "./modules/stage"
  }

  variables {
    name              = "review"
    region            = "europe-west4"
    image             = "functions@sha256:1"
    account           = "aiprod-review@example.iam.gserviceaccount.com"
    labels            = {}
    size              = { cpu = "2", memory = "4Gi", seconds = 600, concurrency = 1, most_instances = 3 }
    settings          = { AIPROD_BUCKET = "work" }
    secrets           = { AIPROD_WEBHOOK_SECRET = "webhook-secret" }
    topics            = { finalized-films = "projects/p/topics/finalized-films", sweeps = "projects/p/topics/sweeps" }
    retry             = { minimum_backoff = "10s", maximum_backoff = "600s", attempts = 5 }
    push_account      = "aiprod-push@example.iam.gserviceaccount.com"
    pubsub_agent      = "serviceAccount:pubsub"
    dead_letter_topic = "projects/p/topics/dead-letters"
  }

  assert {
    condition     = toset([for one in google_pubsub_subscription.pushed : one.name]) == toset(["review-finalized-films", "review-sweeps"])
    error_message = "A stage has one subscription for each topic, named for both."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.pushed : one.retry_policy[0].minimum_backoff == "10s" && one.retry_policy[0].maximum_backoff == "600s"])
    error_message = "Every subscription waits longer and longer before it tries again."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.pushed : one.dead_letter_policy[0].dead_letter_topic == "projects/p/topics/dead-letters" && one.dead_letter_policy[0].max_delivery_attempts == 5])
    error_message = "Every subscription has dead letters."
  }
  assert {
    condition     = toset(keys(google_pubsub_subscription_iam_member.buries)) == toset(keys(google_pubsub_subscription.pushed))
    error_message = "Pub/Sub may take from every subscription what it is to bury."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.pushed : one.push_config[0].oidc_token[0].service_account_email == "aiprod-push@example.iam.gserviceaccount.com"])
    error_message = "Events are pushed in the name of the account that may call the stage."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.pushed : one.expiration_policy[0].ttl == ""])
    error_message = "No subscription goes because nothing happened for a while."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.pushed : one.ack_deadline_seconds >= var.size.seconds])
    error_message = "Pub/Sub waits for as long as the stage may take."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
    error_message = "A stage cannot be reached from outside."
  }
  assert {
    condition     = google_cloud_run_v2_service_iam_member.pushed_to.role == "roles/run.invoker" && google_cloud_run_v2_service_iam_member.pushed_to.member == "serviceAccount:aiprod-push@example.iam.gserviceaccount.com"
    error_message = "The pushing account, and no other, may call a stage."
  }
  assert {
    condition     = google_cloud_run_v2_service.function.template[0].containers[0].resources[0].limits == tomap({ cpu = "2", memory = "4Gi" })
    error_message = "A stage gets what its size says."
  }
}

run "an_event_cannot_take_longer_than_pubsub_waits" {
  command = plan

  module {
    source = "./modules/stage"
  }

  variables {
    name              = "review"
    region            = "europe-west4"
    image             = "functions@sha256:1"
    account           = "review"
    labels            = {}
    size              = { cpu = "2", memory = "4Gi", seconds = 601, concurrency = 1, most_instances = 3 }
    settings          = {}
    topics            = {}
    retry             = { minimum_backoff = "10s", maximum_backoff = "600s", attempts = 5 }
    push_account      = "push"
    pubsub_agent      = "serviceAccount:pubsub"
    dead_letter_topic = "dead-letters"
  }

  expect_failures = [var.size]
}

run "what_is_no_setting_of_everybodys" {
  command = plan

  variables {
    aiprod_settings = { AIPROD_CLOUD = "local", AIPROD_PEXELS_KEY = "not-a-secret", LICENCE_POLICY = "commercial" }
  }

  expect_failures = [var.aiprod_settings]
}

run "the_whole" {
  command = apply

  variables {
    aiprod_settings = { AIPROD_LICENCE_POLICY = "commercial" }
  }

  assert {
    condition     = toset(keys(module.stage)) == toset(["script", "narration", "clips", "monitor", "assembly", "review", "notify", "dispatch"])
    error_message = "Every stage has its function."
  }
  assert {
    condition     = alltrue([for name, topics in local.heard : toset(keys(module.stage[name].subscriptions)) == toset(topics)])
    error_message = "Every stage hears of its topics."
  }
  assert {
    condition     = alltrue([for name, size in local.sizes : size.seconds <= 600 && size.most_instances >= 1])
    error_message = "Every stage has a limit that Pub/Sub can wait for."
  }
  assert {
    condition     = alltrue([for one in google_pubsub_subscription.queue : length(one.retry_policy) == 1 && length(one.dead_letter_policy) == 1])
    error_message = "Every queue is tried again and has dead letters."
  }
  assert {
    condition     = google_pubsub_subscription.dead_letters_kept.message_retention_duration == "2678400s" && length(google_pubsub_subscription.dead_letters_kept.push_config) == 0
    error_message = "Dead letters are kept for a month, for somebody to look at."
  }
  assert {
    condition     = length(google_pubsub_subscription.dead_letters_heard.dead_letter_policy) == 0
    error_message = "A dead letter that cannot be told to the monitor does not come back as a dead letter."
  }
  assert {
    condition     = google_cloud_scheduler_job.sweep.schedule == "* * * * *" && jsondecode(base64decode(google_cloud_scheduler_job.sweep.pubsub_target[0].data)).type == "SweepTicked"
    error_message = "The monitor sweeps every minute."
  }
  assert {
    condition     = google_firestore_database.state.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED" && google_firestore_database.state.delete_protection_state == "DELETE_PROTECTION_ENABLED"
    error_message = "The database can be brought back to any minute of the last week, and is not deleted by mistake."
  }
  assert {
    condition     = strcontains(google_firebaserules_ruleset.closed.source[0].files[0].content, "allow read, write: if false;")
    error_message = "No browser reaches a document."
  }
  assert {
    condition     = google_firebaserules_release.closed.name == "cloud.firestore"
    error_message = "The rules are those of the database that is used."
  }
}
