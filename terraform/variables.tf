variable "project" {
  description = "Id of the Google Cloud project. One environment, one project."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project's id is 6 to 30 small letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of everything. europe-west4 has both classes of GPU."
  type        = string
  default     = "europe-west4"
}

variable "environment" {
  description = "dev or prod: a label on everything, and what may be deleted."
  type        = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "The environment is dev or prod."
  }
}

variable "images" {
  description = "Container images by digest: functions, cpu and backend always, l4 and rtx where GPU jobs of that class are wanted."
  type        = map(string)

  validation {
    condition     = alltrue([for name in ["functions", "cpu", "backend"] : contains(keys(var.images), name)])
    error_message = "The images of the functions, of the CPU jobs and of the web are needed."
  }
  validation {
    condition     = length(setsubtract(keys(var.images), ["functions", "cpu", "backend", "l4", "rtx"])) == 0
    error_message = "The images are called functions, cpu, backend, l4 and rtx."
  }
}

variable "cdn_signing_key" {
  description = "16 random bytes, base64 for URLs: the key with which links to finished films are signed."
  type        = string
  sensitive   = true
}

variable "webhook_secret" {
  description = "Key that signs webhooks (HMAC-SHA256)."
  type        = string
  sensitive   = true
}

variable "web_token_keys" {
  description = "Keys that sign session tokens, as JSON by their names: the first signs, all check (AIPROD_WEB_TOKEN_KEYS)."
  type        = string
  sensitive   = true
}

variable "metrics_token" {
  description = "What Prometheus shows at /metrics (AIPROD_WEB_METRICS_TOKEN)."
  type        = string
  sensitive   = true
}

variable "optional_secrets" {
  description = "Secrets kept for engines of others (stock pictures): those that have a value, so that services may read them."
  type        = set(string)
  default     = []
}

variable "films_domain" {
  description = "Host name under which films are delivered through Cloud CDN; \"\" for no CDN."
  type        = string
  default     = ""
}

variable "web_domain" {
  description = "Host name of the web, behind a load balancer with Cloud Armor; \"\" for the address that Cloud Run gives."
  type        = string
  default     = ""
}

variable "web_callers" {
  description = "Members that may call the web: allUsers, or accounts and groups while it is being tried out."
  type        = set(string)
  default     = ["allUsers"]
}

variable "web_least_instances" {
  description = "Instances of the web that are always there; at 0 the first caller after a while waits for a start."
  type        = number
  default     = 0
}

variable "web_most_instances" {
  description = "The web does not grow beyond this many instances."
  type        = number
  default     = 2
}

variable "web_requests_a_minute" {
  description = "Requests of one address in a minute that Cloud Armor lets through, where there is a web_domain."
  type        = number
  default     = 1200
}

variable "traces_url" {
  description = "Where traces are sent by OpenTelemetry's protocol over HTTP (AIPROD_TRACES_URL); \"\" for nowhere."
  type        = string
  default     = ""
}

variable "metrics_url" {
  description = "Where jobs tell their GPUs and clips by OpenTelemetry's protocol over HTTP (AIPROD_METRICS_URL); \"\" for nowhere."
  type        = string
  default     = ""
}

variable "aiprod_settings" {
  description = "Settings of docs/settings.md for every service and job, such as { AIPROD_LICENCE_POLICY = \"commercial\" }: what films are made for, which models draw."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.aiprod_settings) : can(regex("^AIPROD_[A-Z0-9_]+$", name))])
    error_message = "A setting is named as docs/settings.md names it: AIPROD_..."
  }
  validation {
    condition     = alltrue([for name in keys(var.aiprod_settings) : !can(regex("_(KEYS?|TOKEN|SECRET|PASSWORD)$", name))])
    error_message = "A key or a token is no setting that everybody may read: it belongs into Secret Manager (docs/deploy.md)."
  }
  validation {
    condition = length(setintersection(keys(var.aiprod_settings), [
      "AIPROD_BUCKET", "AIPROD_CLOUD", "AIPROD_FIRESTORE_DATABASE", "AIPROD_GOOGLE_PROJECT", "AIPROD_GOOGLE_REGION",
      "AIPROD_GPU_USD_PER_HOUR", "AIPROD_JOB_IDLE_SECONDS", "AIPROD_JOB_SECONDS", "AIPROD_METRICS_URL", "AIPROD_MODELS_DIR",
      "AIPROD_NARRATION_JOB", "AIPROD_RENDER_CLIPS_PER_TASK", "AIPROD_RENDER_HOURS_PER_DAY", "AIPROD_RENDER_TASKS", "AIPROD_SUBSCRIPTION",
      "AIPROD_TRACES_URL", "AIPROD_VOICE_DEVICE", "AIPROD_WEB_TRUSTED_PROXIES",
    ])) == 0
    error_message = "This setting is made by Terraform itself, from another variable or from what it makes (terraform/variables.tf)."
  }
}

variable "gpu_usd_per_hour" {
  description = "What an hour of a task with a GPU costs, in US dollars, by class, as your bill says it (AIPROD_GPU_USD_PER_HOUR); one without a price is not counted."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.gpu_usd_per_hour), ["l4", "rtx"])) == 0
    error_message = "A price is that of a class of GPU: l4 or rtx."
  }
}

variable "web_origins" {
  description = "Origins of other pages, beside our own, that may play films and send recordings from a browser."
  type        = list(string)
  default     = []
}

variable "senders" {
  description = "Members (serviceAccount:..., group:...) that may publish to the topic video-requests."
  type        = set(string)
  default     = []
}

variable "alert_email" {
  description = "Address that alerts and the budget write to; \"\" for nobody."
  type        = string
  default     = ""
}

variable "billing_account" {
  description = "Billing account of the budget; \"\" for no budget."
  type        = string
  default     = ""
}

variable "budget_units" {
  description = "The budget a month, in whole units of the billing account's currency."
  type        = number
  default     = 50
}

variable "most_instances" {
  description = "No stage grows beyond this many instances, whatever its own limit."
  type        = number
  default     = 20
}

variable "render_tasks" {
  description = "Tasks of one queue of renders that may run at once (AIPROD_RENDER_TASKS)."
  type        = number
  default     = 10
}

variable "render_clips_per_task" {
  description = "Waiting clips for which one task is started (AIPROD_RENDER_CLIPS_PER_TASK)."
  type        = number
  default     = 1
}

variable "render_hours_per_day" {
  description = "Task hours of one queue after which no task is started until midnight UTC; 0 for any number."
  type        = number
  default     = 0
}

variable "gpu_class" {
  description = "Class of GPU that serves the queue render-gpu where images of both were built: l4 or rtx. A job of the other class is started by hand."
  type        = string
  default     = "l4"

  validation {
    condition     = contains(["l4", "rtx"], var.gpu_class)
    error_message = "The class of GPU is l4 or rtx."
  }
}

variable "narration_job" {
  description = "Whether scripts are spoken by the job narration, on a GPU, rather than by the function; its weights lie in the models' bucket then."
  type        = bool
  default     = false

  validation {
    condition     = !var.narration_job || length(setintersection(keys(var.images), ["l4", "rtx"])) > 0
    error_message = "The job narration needs the image of a class of GPU: name one in AIPROD_GPU_CLASSES, or leave narration_job at false."
  }
}

variable "keep_days" {
  description = "Days for which intermediate work is kept, so that an edit need not pay for it again."
  type        = number
  default     = 30
}

variable "films_success_goal" {
  description = "Part of the films that must be completed rather than failed, over 28 days."
  type        = number
  default     = 0.99
}
