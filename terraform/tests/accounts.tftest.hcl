# Each account may do exactly this, and every grant is to the account that it is meant for.

mock_provider "google" {}

variables {
  project          = "aiprod-example"
  environment      = "prod"
  images           = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5", l4 = "l4@sha256:3", rtx = "rtx@sha256:4" }
  cdn_signing_key  = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret   = "not-a-secret"
  web_token_keys   = jsonencode({ first = "not-a-secret" })
  metrics_token    = "not-a-secret"
  films_domain     = "films.example.com"
  optional_secrets = ["pexels-key"]
  senders          = ["group:editors@example.com"]
}

run "what_each_may_do" {
  command = apply

  assert {
    condition = toset(keys(google_service_account.own)) == toset([
      "script", "narration", "clips", "monitor", "assembly", "review", "notify", "dispatch",
      "render-cpu", "render-api", "render-gpu-l4", "render-gpu-rtx", "upscale", "lipsync", "backend", "push", "builder",
    ])
    error_message = "Everything that runs has an account of its own."
  }
  assert {
    condition     = alltrue([for one in google_service_account.own : length(one.account_id) >= 6 && length(one.account_id) <= 30])
    error_message = "An account's name has 6 to 30 characters."
  }

  assert {
    condition = toset([for key, one in google_project_iam_member.own : "${split("/", key)[0]} ${one.role}"]) == toset([
      "script roles/datastore.user", "script roles/aiplatform.user",
      "narration roles/datastore.user", "narration roles/aiplatform.user",
      "clips roles/datastore.user",
      "monitor roles/datastore.user",
      "assembly roles/datastore.user",
      "review roles/datastore.user",
      "notify roles/datastore.user",
      "dispatch roles/datastore.user",
      "render-cpu roles/datastore.user",
      "render-api roles/datastore.user", "render-api roles/aiplatform.user",
      "render-gpu-l4 roles/datastore.user",
      "render-gpu-rtx roles/datastore.user",
      "upscale roles/datastore.user", "lipsync roles/datastore.user",
      "backend roles/datastore.user",
      "builder roles/logging.logWriter",
    ])
    error_message = "On the project: the database for who works, models for who calls them, logs for who builds."
  }
  assert {
    condition     = alltrue([for key, one in google_project_iam_member.own : one.member == "serviceAccount:${google_service_account.own[split("/", key)[0]].email}"])
    error_message = "Each role on the project is the account's that it names."
  }

  assert {
    condition = toset([for key, one in google_storage_bucket_iam_member.own : "${split("/", key)[0]} ${one.role}"]) == toset([
      "script roles/storage.objectViewer", "script roles/storage.objectCreator",
      "narration roles/storage.objectViewer", "narration roles/storage.objectCreator",
      "clips roles/storage.objectViewer", "clips roles/storage.objectCreator",
      "monitor roles/storage.objectViewer", "monitor roles/storage.objectCreator",
      "review roles/storage.objectViewer", "review roles/storage.objectCreator",
      "render-cpu roles/storage.objectViewer", "render-cpu roles/storage.objectCreator",
      "render-api roles/storage.objectViewer", "render-api roles/storage.objectCreator",
      "render-gpu-l4 roles/storage.objectViewer", "render-gpu-l4 roles/storage.objectCreator",
      "render-gpu-rtx roles/storage.objectViewer", "render-gpu-rtx roles/storage.objectCreator",
      "upscale roles/storage.objectViewer", "upscale roles/storage.objectCreator",
      "lipsync roles/storage.objectViewer", "lipsync roles/storage.objectCreator",
      "assembly roles/storage.objectUser",
      "backend roles/storage.objectUser",
    ])
    error_message = "On the work bucket: nobody writes over an artefact, and only the assembly and the web delete one."
  }
  assert {
    condition     = google_storage_bucket_iam_member.takes.member == "serviceAccount:${google_service_account.own["render-api"].email}" && strcontains(google_storage_bucket_iam_member.takes.condition[0].expression, "/objects/takes/")
    error_message = "What services of others deliver may be written over by the job that fetches it, and nothing else."
  }
  assert {
    condition     = alltrue([for key, one in google_storage_bucket_iam_member.own : one.member == "serviceAccount:${google_service_account.own[split("/", key)[0]].email}"])
    error_message = "Each role on the bucket is the account's that it names."
  }
  assert {
    condition     = google_storage_bucket_iam_member.builder.role == "roles/storage.objectViewer" && google_artifact_registry_repository_iam_member.builder.role == "roles/artifactregistry.writer"
    error_message = "Who builds reads what is to be built and writes images."
  }

  assert {
    condition     = alltrue([for one in google_pubsub_topic_iam_member.own : one.role == "roles/pubsub.publisher"])
    error_message = "On a topic: to publish, nothing else."
  }
  assert {
    condition     = length([for key, one in google_pubsub_topic_iam_member.own : key if strcontains(key, "/sweeps") || startswith(key, "upscale/") || startswith(key, "lipsync/") || startswith(key, "push/") || startswith(key, "builder/")]) == 0
    error_message = "Only the scheduler sweeps; who enlarges a clip, pushes or builds publishes nothing."
  }
  assert {
    condition     = alltrue([for key, one in google_pubsub_topic_iam_member.own : one.member == "serviceAccount:${google_service_account.own[split("/", key)[0]].email}"])
    error_message = "Each role on a topic is the account's that it names."
  }
  assert {
    condition     = toset(keys(google_pubsub_subscription_iam_member.pulls)) == toset(["render-cpu", "render-api", "render-gpu-l4", "render-gpu-rtx"]) && alltrue([for one in google_pubsub_subscription_iam_member.pulls : one.role == "roles/pubsub.subscriber"])
    error_message = "Jobs alone pull, each from its queue."
  }
  assert {
    condition     = [for one in google_pubsub_topic_iam_member.sender : one.member] == ["group:editors@example.com"] && alltrue([for one in google_pubsub_topic_iam_member.sender : one.topic == google_pubsub_topic.chain["video-requests"].id])
    error_message = "From outside only the senders named may ask for videos."
  }

  assert {
    condition = toset([for key, one in google_cloud_run_v2_job_iam_member.own : "${split("/", key)[0]} ${split("/", key)[1]} ${one.role}"]) == toset(concat(["narration narration roles/run.jobsExecutorWithOverrides"], flatten([
      for job in ["render-cpu", "render-api", "render-gpu-l4", "render-gpu-rtx"] : [
        "dispatch ${job} roles/run.jobsExecutorWithOverrides", "dispatch ${job} roles/run.viewer", "monitor ${job} roles/run.viewer",
      ]
    ])))
    error_message = "The dispatcher starts the jobs of queues, it and the monitor look whether they run; the narration starts its own."
  }

  assert {
    condition     = toset(keys(google_secret_manager_secret_iam_member.reader)) == toset(["notify/webhook-secret", "script/pexels-key", "render-api/pexels-key", "backend/metrics-token", "backend/web-token-keys", "backend/webhook-secret"]) && alltrue([for one in google_secret_manager_secret_iam_member.reader : one.role == "roles/secretmanager.secretAccessor"])
    error_message = "A secret is read by who needs it and has a value."
  }

  assert {
    condition     = toset(keys(google_storage_bucket_iam_member.weights)) == toset(["render-gpu-l4", "render-gpu-rtx", "upscale", "lipsync", "narration"]) && alltrue([for one in google_storage_bucket_iam_member.weights : one.role == "roles/storage.objectViewer" && one.bucket == google_storage_bucket.models.name])
    error_message = "Jobs with a GPU read the weights of large models, and nobody else does."
  }
  assert {
    condition     = google_pubsub_subscription_iam_member.replays.role == "roles/pubsub.subscriber" && google_pubsub_subscription_iam_member.replays.member == "serviceAccount:${google_service_account.own["backend"].email}" && google_pubsub_subscription_iam_member.replays.subscription == google_pubsub_subscription.dead_letters_kept.id
    error_message = "The web alone takes dead letters, for its admins."
  }
  assert {
    condition     = google_service_account_iam_member.signs.service_account_id == google_service_account.own["backend"].name && google_service_account_iam_member.signs.member == "serviceAccount:${google_service_account.own["backend"].email}"
    error_message = "The web signs links to films in its own name, and in nobody else's."
  }
}
