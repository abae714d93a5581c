# Render jobs: Cloud Run jobs that pull clip requests from a queue until it is idle. The dispatcher starts their tasks; how
# many, it decides by the backlog and by what may run at once.

locals {
  render_jobs = {
    # Drawn by one process on one processor: a clip of 8 s takes 27 s of it. Many clips are many tasks.
    render-cpu = { image = "cpu", queue = "render-cpu", cpu = "1", memory = "2Gi", accelerator = "", gpus = 0, retries = 3 }

    # Made by others' models: the task waits for them.
    render-api = { image = "cpu", queue = "render-api", cpu = "1", memory = "2Gi", accelerator = "", gpus = 0, retries = 3 }

    # The least that Cloud Run gives with an L4 is 4 processors and 16 GiB, with an RTX PRO 6000 20 and 80 GiB. An instance
    # with a GPU is ended for maintenance rather than moved, hence the retries.
    render-gpu-l4  = { image = "l4", queue = "render-gpu", cpu = "8", memory = "32Gi", accelerator = "nvidia-l4", gpus = 1, retries = 3 }
    render-gpu-rtx = { image = "rtx", queue = "render-gpu", cpu = "20", memory = "80Gi", accelerator = "nvidia-rtx-pro-6000", gpus = 1, retries = 3 }
  }

  # The job that the dispatcher starts for a queue bears the queue's name (AIPROD_RENDER_JOB_PREFIX is empty).
  job_names = { for name, job in local.render_jobs : name => name == "render-gpu-${var.gpu_class}" ? job.queue : name }

  # A task draws clip after clip until none has come for so long: waiting costs less than starting (docs/scale.md).
  job_environment = { AIPROD_JOB_IDLE_SECONDS = "30" }

  # Jobs whose image was built.
  jobs = { for name, job in local.render_jobs : name => job if contains(keys(var.images), job.image) }
}

module "gpu_job" {
  source   = "./modules/gpu-job"
  for_each = local.jobs

  name        = local.job_names[each.key]
  region      = var.region
  image       = var.images[each.value.image]
  account     = google_service_account.own[each.key].email
  labels      = local.labels
  cpu         = each.value.cpu
  memory      = each.value.memory
  gpus        = each.value.gpus
  accelerator = each.value.accelerator
  retries     = each.value.retries
  settings    = merge(local.environment, local.job_environment, { AIPROD_SUBSCRIPTION = each.value.queue })
  secrets     = lookup(local.secret_readers, each.key, {})


  depends_on = [google_project_service.used, google_secret_manager_secret_iam_member.reader]
}
