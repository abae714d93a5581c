# One account for each thing that runs, and what each may do. What is not in these tables is not granted.

locals {
  stage_accounts = toset(keys(local.heard))
  job_accounts   = toset(keys(local.serving_jobs))

  # Accounts that take part in the chain, and those that do not.
  workers  = setunion(local.stage_accounts, local.job_accounts, [local.web_name])
  accounts = setunion(local.workers, keys(local.jobs), ["push", "builder"])

  members = { for name, account in google_service_account.own : name => "serviceAccount:${account.email}" }

  # Roles on the project: the database, and models where an engine may call them.
  callers_of_models = toset(["script", "narration", "render-api"])
  project_roles = merge(
    { for name in setunion(local.workers, keys(local.jobs)) : "${name}/datastore.user" => { account = name, role = "roles/datastore.user" } },
    {
      for name in setintersection(local.workers, local.callers_of_models) :
      "${name}/aiplatform.user" => { account = name, role = "roles/aiplatform.user" }
    },
    { "builder/logging.logWriter" = { account = "builder", role = "roles/logging.logWriter" } },
  )

  # Roles on the bucket. Nobody writes over an artefact; the assembly deletes one, a clip that turns out to be broken, and
  # the web what its users delete.
  bucket_roles = merge(
    {
      for pair in setproduct(setsubtract(setunion(local.workers, keys(local.jobs)), ["assembly", "notify", "dispatch", local.web_name]), ["objectViewer", "objectCreator"]) :
      "${pair[0]}/${pair[1]}" => { account = pair[0], role = "roles/storage.${pair[1]}" }
    },
    { for name in ["assembly", local.web_name] : "${name}/objectUser" => { account = name, role = "roles/storage.objectUser" } },
  )

  # Who starts jobs, and who looks whether they still run.
  job_roles = merge(
    {
      for job in local.job_accounts :
      "dispatch/${job}/jobsExecutorWithOverrides" => { account = "dispatch", job = job, role = "roles/run.jobsExecutorWithOverrides" }
    },
    {
      for job in setintersection(keys(local.jobs), ["narration"]) :
      "narration/${job}/jobsExecutorWithOverrides" => { account = "narration", job = job, role = "roles/run.jobsExecutorWithOverrides" }
    },
    {
      for pair in setproduct(["dispatch", "monitor"], local.job_accounts) :
      "${pair[0]}/${pair[1]}/viewer" => { account = pair[0], job = pair[1], role = "roles/run.viewer" }
    },
  )
}

resource "google_service_account" "own" {
  for_each = local.accounts

  account_id   = "aiprod-${each.key}"
  display_name = "AIPROD ${each.key}"

  depends_on = [google_project_service.used]
}

resource "google_project_iam_member" "own" {
  for_each = local.project_roles

  project = var.project
  role    = each.value.role
  member  = local.members[each.value.account]
}

resource "google_storage_bucket_iam_member" "own" {
  for_each = local.bucket_roles

  bucket = google_storage_bucket.work.name
  role   = each.value.role
  member = local.members[each.value.account]
}

# What a service of others delivers is kept as it came, and written over when it is fetched again.
resource "google_storage_bucket_iam_member" "takes" {
  bucket = google_storage_bucket.work.name
  role   = "roles/storage.objectUser"
  member = local.members["render-api"]

  condition {
    title      = "takes only"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.work.name}/objects/takes/\")"
  }
}

resource "google_pubsub_topic_iam_member" "own" {
  for_each = { for pair in setproduct(local.workers, local.chained) : "${pair[0]}/${pair[1]}" => pair }

  topic  = google_pubsub_topic.chain[each.value[1]].id
  role   = "roles/pubsub.publisher"
  member = local.members[each.value[0]]
}

# Jobs with a GPU read the weights of large models.
resource "google_storage_bucket_iam_member" "weights" {
  for_each = toset([for name, job in local.jobs : name if job.gpus > 0])

  bucket = google_storage_bucket.models.name
  role   = "roles/storage.objectViewer"
  member = local.members[each.key]
}

# Each job pulls from its own queue.
resource "google_pubsub_subscription_iam_member" "pulls" {
  for_each = local.serving_jobs

  subscription = google_pubsub_subscription.queue[each.value.queue].id
  role         = "roles/pubsub.subscriber"
  member       = local.members[each.key]
}

# Admins look at dead letters, and send them again.
resource "google_pubsub_subscription_iam_member" "replays" {
  subscription = google_pubsub_subscription.dead_letters_kept.id
  role         = "roles/pubsub.subscriber"
  member       = local.members[local.web_name]
}

# An account without a key signs links to films by asking for it in its own name.
resource "google_service_account_iam_member" "signs" {
  service_account_id = google_service_account.own[local.web_name].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.members[local.web_name]
}

resource "google_cloud_run_v2_job_iam_member" "own" {
  for_each = local.job_roles

  name     = module.gpu_job[each.value.job].name
  location = var.region
  role     = each.value.role
  member   = local.members[each.value.account]
}

# In projects made before April 2021 Pub/Sub may not yet sign tokens for others by itself.
resource "google_service_account_iam_member" "push_tokens" {
  service_account_id = google_service_account.own["push"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

# --- building images -------------------------------------------------------------------------------------------------

resource "google_artifact_registry_repository_iam_member" "builder" {
  repository = google_artifact_registry_repository.images.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = local.members["builder"]
}

resource "google_storage_bucket_iam_member" "builder" {
  bucket = google_storage_bucket.builds.name
  role   = "roles/storage.objectViewer"
  member = local.members["builder"]
}
