# Heavy jobs: Cloud Run jobs that pull requests from a queue until it is idle, or do one piece of work that they are told of.
# Tasks for a queue are started by the dispatcher; how many, it decides by the backlog and by what may run at once.

locals {
  # The least that Cloud Run gives with an L4 is 4 processors and 16 GiB, with an RTX PRO 6000 20 and 80 GiB. An instance
  # with a GPU is ended for maintenance rather than moved, hence the retries.
  job_sizes = {
    cpu = { image = "cpu", cpu = "1", memory = "2Gi", accelerator = "", gpus = 0 }
    l4  = { image = "l4", cpu = "8", memory = "32Gi", accelerator = "nvidia-l4", gpus = 1 }
    rtx = { image = "rtx", cpu = "20", memory = "80Gi", accelerator = "nvidia-rtx-pro-6000", gpus = 1 }
  }

  # The class that serves: the one chosen, unless only the other one's image was built.
  gpu_classes = [for class in ["l4", "rtx"] : class if contains(keys(var.images), class)]
  gpu_class   = contains(local.gpu_classes, var.gpu_class) ? var.gpu_class : try(local.gpu_classes[0], var.gpu_class)

  # Every job there may be: its folder under gpu_jobs/ (a test compares), the queue that it serves ("" for none).
  all_jobs = {
    # Drawn by one process on one processor: a clip of 8 s takes 27 s of it. Many clips are many tasks.
    render-cpu = merge(local.job_sizes.cpu, { entry = "clips", queue = "render-cpu" })

    # Made by others' models: the task waits for them.
    render-api = merge(local.job_sizes.cpu, { entry = "clips", queue = "render-api" })

    # Drawn by models of our own.
    render-gpu-l4  = merge(local.job_sizes.l4, { entry = "clips", queue = "render-gpu" })
    render-gpu-rtx = merge(local.job_sizes.rtx, { entry = "clips", queue = "render-gpu" })

    # One script spoken in place of the function of that name, as whom it works, when var.narration_job says so.
    narration = merge(local.job_sizes[local.gpu_class], { entry = "narration", queue = "" })

    # One clip that is there, enlarged: run with its addresses as variables.
    upscale = merge(local.job_sizes[local.gpu_class], { entry = "upscale", queue = "" })

    # One clip that is there, its speaker's lips made to follow one sound: run with their addresses as variables.
    lipsync = merge(local.job_sizes[local.gpu_class], { entry = "lipsync", queue = "" })
  }

  # The job that the dispatcher starts for a queue bears the queue's name (AIPROD_RENDER_JOB_PREFIX is empty).
  job_names = { for name, job in local.all_jobs : name => name == "render-gpu-${local.gpu_class}" ? job.queue : name }

  # Kokoro speaks with torch where there is a GPU.
  job_own_environment = { narration = { AIPROD_VOICE_DEVICE = "cuda" } }

  # A task draws clip after clip until none has come for so long: waiting costs less than starting (docs/scale.md). It draws
  # several together only while more of them wait than tasks may run, so it is told how many those are.
  job_environment = { AIPROD_JOB_IDLE_SECONDS = "30", AIPROD_RENDER_TASKS = tostring(var.render_tasks) }

  # Cloud Run ends a task after an hour, in whatever it does, and counts it as failed: before that it takes on no new clip. What
  # is left is for the last one, twenty minutes on a GPU; one that takes longer goes on from the steps that are kept.
  taking_seconds = { gpu = 2400, other = 3000 }

  # Jobs whose image was built.
  jobs = { for name, job in local.all_jobs : name => job if contains(keys(var.images), job.image) }

  # What an hour of each costs, where that of its class of GPU is known.
  job_prices = { for name, job in local.jobs : name => var.gpu_usd_per_hour[job.image] if contains(keys(var.gpu_usd_per_hour), job.image) }

  # Of these, those that take part in the chain.
  serving_jobs = { for name, job in local.jobs : name => job if job.queue != "" }
}

module "gpu_job" {
  source   = "./modules/gpu-job"
  for_each = local.jobs

  name        = local.job_names[each.key]
  region      = var.region
  image       = var.images[each.value.image]
  entry       = each.value.entry
  account     = google_service_account.own[each.key].email
  labels      = local.labels
  cpu         = each.value.cpu
  memory      = each.value.memory
  gpus        = each.value.gpus
  accelerator = each.value.accelerator
  retries     = 3
  weights     = each.value.gpus > 0 ? google_storage_bucket.models.name : ""
  settings = merge(
    local.environment,
    lookup(local.job_own_environment, each.key, {}),
    contains(keys(local.job_prices), each.key) ? { AIPROD_GPU_USD_PER_HOUR = tostring(local.job_prices[each.key]) } : {},
    each.value.queue == "" ? {} : merge(local.job_environment, {
      AIPROD_SUBSCRIPTION = each.value.queue
      AIPROD_JOB_SECONDS  = tostring(each.value.gpus > 0 ? local.taking_seconds.gpu : local.taking_seconds.other)
    }),
  )
  secrets = lookup(local.secret_readers, each.key, {})

  depends_on = [google_project_service.used, google_secret_manager_secret_iam_member.reader]
}
