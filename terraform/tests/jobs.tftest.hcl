# A task has limits: of processors, memory, time and repetition.

mock_provider "google" {}

variables {
  project         = "aiprod-example"
  environment     = "prod"
  images          = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5", l4 = "l4@sha256:3", rtx = "rtx@sha256:4" }
  cdn_signing_key = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret  = "not-a-secret"
  web_token_keys  = jsonencode({ first = "not-a-secret" })
  metrics_token   = "not-a-secret"

  gpu_usd_per_hour = { l4 = 1.4, rtx = 3.25 }

  name     = "render-gpu"
  image    = "l4@sha256:3"
  entry    = "clips"
  account  = "render-gpu"
  labels   = {}
  cpu      = "8"
  memory   = "32Gi"
  retries  = 3
  settings = { AIPROD_SUBSCRIPTION = "render-gpu" }
}

run "with_a_gpu" {
  command = apply

  module {
    source = "./modules/gpu-job"
  }

  variables {
    region      = "europe-west4"
    gpus        = 1
    accelerator = "nvidia-l4"
    weights     = "aiprod-example-aiprod-models"
  }

  assert {
    condition     = google_cloud_run_v2_job.job.template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "8", memory = "32Gi", "nvidia.com/gpu" = "1" })
    error_message = "A task with a GPU has limits of processors, memory and GPUs."
  }
  assert {
    condition     = google_cloud_run_v2_job.job.template[0].template[0].node_selector[0].accelerator == "nvidia-l4"
    error_message = "A task with a GPU says of which class."
  }
  assert {
    condition     = google_cloud_run_v2_job.job.template[0].template[0].timeout == "3600s" && google_cloud_run_v2_job.job.template[0].template[0].max_retries == 3
    error_message = "A task with a GPU ends after an hour, and is started again when it ended badly."
  }
  assert {
    condition     = google_cloud_run_v2_job.job.template[0].template[0].containers[0].args == tolist(["python", "-m", "gpu_jobs.clips.main"])
    error_message = "A task does what its job is for, with an image that could do others."
  }
  assert {
    condition = (
      google_cloud_run_v2_job.job.template[0].template[0].volumes[0].gcs[0].bucket == "aiprod-example-aiprod-models" &&
      google_cloud_run_v2_job.job.template[0].template[0].volumes[0].gcs[0].read_only &&
      contains([for one in google_cloud_run_v2_job.job.template[0].template[0].containers[0].env : "${one.name} ${one.value}"], "AIPROD_MODELS_DIR ${google_cloud_run_v2_job.job.template[0].template[0].containers[0].volume_mounts[0].mount_path}")
    )
    error_message = "A task reads large weights from the bucket, where it looks for models, and writes none."
  }
}

run "without_a_gpu" {
  command = apply

  module {
    source = "./modules/gpu-job"
  }

  variables {
    region = "europe-west4"
  }

  assert {
    condition     = length(google_cloud_run_v2_job.job.template[0].template[0].node_selector) == 0 && !contains(keys(google_cloud_run_v2_job.job.template[0].template[0].containers[0].resources[0].limits), "nvidia.com/gpu")
    error_message = "A task without a GPU asks for none."
  }
  assert {
    condition     = length(google_cloud_run_v2_job.job.template[0].template[0].volumes) + length(google_cloud_run_v2_job.job.template[0].template[0].containers[0].volume_mounts) == 0
    error_message = "A task that draws without large weights has those of its image."
  }
}

run "no_task_lasts_for_days" {
  command = plan

  module {
    source = "./modules/gpu-job"
  }

  variables {
    region  = "europe-west4"
    seconds = 86400
  }

  expect_failures = [var.seconds]
}

run "no_task_is_lost_with_its_machine" {
  command = plan

  module {
    source = "./modules/gpu-job"
  }

  variables {
    region  = "europe-west4"
    retries = 0
  }

  expect_failures = [var.retries]
}

run "the_whole" {
  command = plan

  assert {
    condition     = toset([for job in module.gpu_job : job.name]) == toset(["render-cpu", "render-api", "render-gpu", "render-gpu-rtx", "upscale", "lipsync", "narration"])
    error_message = "The job that serves a queue bears its name."
  }
  assert {
    condition     = toset([for job in local.serving_jobs : job.queue]) == local.queues
    error_message = "Every queue has a job."
  }
  assert {
    condition     = local.job_prices == { render-gpu-l4 = 1.4, render-gpu-rtx = 3.25, narration = 1.4, upscale = 1.4, lipsync = 1.4 }
    error_message = "A task is counted at its own class's price, and one without a GPU not at all."
  }
  assert {
    condition     = local.taking_seconds.gpu <= 2400 && local.taking_seconds.other <= 3000
    error_message = "A task takes on no clip that Cloud Run, which ends it after an hour, leaves no time for."
  }
  assert {
    condition     = [for one in google_logging_metric.measured["aiprod/gpu_celsius"].bucket_options[0].linear_buckets : one.width == 1 && one.num_finite_buckets > local.watched_always.gpu-hot.threshold] == [true]
    error_message = "A card's heat is told to the degree: no alert rings below the one that it names."
  }
  assert {
    condition     = alltrue([for one in concat(values(google_monitoring_alert_policy.watched), [google_monitoring_alert_policy.failure_rate, google_monitoring_alert_policy.error_budget]) : one.alert_strategy[0].auto_close == "1800s"])
    error_message = "What is heard of no more does not keep an alert silent for a week."
  }
}

run "the_only_class_there_is_serves" {
  command = plan

  variables {
    images = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5", rtx = "rtx@sha256:4" }
  }

  assert {
    condition     = toset([for job in module.gpu_job : job.name]) == toset(["render-cpu", "render-api", "render-gpu", "upscale", "lipsync", "narration"])
    error_message = "Where one class was built, the queue is served by it, and without an image there is no job of the other."
  }
}

run "no_narration_on_a_gpu_without_an_image_for_one" {
  command = plan

  variables {
    narration_job = true
    images        = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5" }
  }

  expect_failures = [var.narration_job]
}

run "the_other_class_is_chosen" {
  command = plan

  variables {
    gpu_class = "rtx"
  }

  assert {
    condition     = toset([for job in module.gpu_job : job.name]) == toset(["render-cpu", "render-api", "render-gpu-l4", "render-gpu", "upscale", "lipsync", "narration"]) && local.all_jobs.upscale.image == "rtx"
    error_message = "Where both classes were built, the one chosen serves the queue and the other jobs."
  }
}
