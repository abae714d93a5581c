# The functions: one Cloud Run service a stage, and the dispatcher, all from one image; FUNCTION_SOURCE picks the stage.

locals {
  # What a stage is given, by measurement (docs/adr/0009-assembly-as-a-service.md): one that computes serves one event at
  # a time, one that only reads and writes serves several. All may take as long as Pub/Sub waits.
  light = { cpu = "1", memory = "512Mi", seconds = 600, concurrency = 8, most_instances = 20 }
  sizes = {
    script    = merge(local.light, { concurrency = 4 })
    narration = { cpu = "2", memory = "4Gi", seconds = 600, concurrency = 1, most_instances = 50 }
    clips     = { cpu = "1", memory = "2Gi", seconds = 600, concurrency = 1, most_instances = 50 }
    monitor   = local.light
    assembly  = { cpu = "4", memory = "4Gi", seconds = 600, concurrency = 1, most_instances = 100 }
    review    = { cpu = "2", memory = "4Gi", seconds = 600, concurrency = 1, most_instances = 50 }
    notify    = local.light
    dispatch  = merge(local.light, { most_instances = 2 })
  }

  # What everything that runs is told (aiprod/settings.py).
  environment = merge(
    var.aiprod_settings,
    {
      AIPROD_CLOUD              = "google"
      AIPROD_GOOGLE_PROJECT     = var.project
      AIPROD_GOOGLE_REGION      = var.region
      AIPROD_BUCKET             = google_storage_bucket.work.name
      AIPROD_FIRESTORE_DATABASE = google_firestore_database.state.name
    },
    var.traces_url == "" ? {} : { AIPROD_TRACES_URL = var.traces_url },
    var.metrics_url == "" ? {} : { AIPROD_METRICS_URL = var.metrics_url },
  )
  own_environment = {
    # Who chooses the voices need not have what only the job has.
    script    = { AIPROD_NARRATION_JOB = tostring(var.narration_job) }
    narration = { AIPROD_NARRATION_JOB = tostring(var.narration_job) }
    dispatch = {
      AIPROD_RENDER_TASKS          = tostring(var.render_tasks)
      AIPROD_RENDER_CLIPS_PER_TASK = tostring(var.render_clips_per_task)
      AIPROD_RENDER_HOURS_PER_DAY  = tostring(var.render_hours_per_day)
    }
  }
}

module "stage" {
  source   = "./modules/stage"
  for_each = local.heard

  name     = each.key
  region   = var.region
  image    = var.images["functions"]
  account  = google_service_account.own[each.key].email
  labels   = local.labels
  size     = merge(local.sizes[each.key], { most_instances = min(local.sizes[each.key].most_instances, var.most_instances) })
  settings = merge(local.environment, lookup(local.own_environment, each.key, {}))
  secrets  = lookup(local.secret_readers, each.key, {})

  topics            = { for topic in each.value : topic => google_pubsub_topic.chain[topic].id }
  retry             = local.retry
  push_account      = google_service_account.own["push"].email
  pubsub_agent      = local.pubsub_agent
  dead_letter_topic = google_pubsub_topic.dead_letters.id

  depends_on = [
    google_project_service.used,
    google_secret_manager_secret_version.own,
    google_secret_manager_secret_iam_member.reader,
  ]
}
