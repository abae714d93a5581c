variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "image" {
  type = string
}

variable "entry" {
  description = "The job's folder under gpu_jobs/, whose main.py is run."
  type        = string
}

variable "weights" {
  description = "Bucket of model weights, seen by the job as a folder; \"\" for those in the image."
  type        = string
  default     = ""
}

variable "account" {
  description = "Address of the account that the job runs as."
  type        = string
}

variable "labels" {
  type = map(string)
}

variable "cpu" {
  type = string
}

variable "memory" {
  type = string
}

variable "gpus" {
  description = "GPUs of a task: 0 or 1, Cloud Run gives no more."
  type        = number
  default     = 0

  validation {
    condition     = contains([0, 1], var.gpus)
    error_message = "A task has one GPU or none."
  }
}

variable "accelerator" {
  description = "Class of the GPU; \"\" for none."
  type        = string
  default     = ""
}

variable "seconds" {
  description = "How long a task may take. With a GPU an hour is what Cloud Run promises."
  type        = number
  default     = 3600

  validation {
    condition     = var.seconds <= 3600
    error_message = "A task takes at most an hour."
  }
}

variable "retries" {
  description = "How often a task that ended badly is started again."
  type        = number

  validation {
    condition     = var.retries >= 1 && var.retries <= 10
    error_message = "A task is started again 1 to 10 times."
  }
}

variable "settings" {
  description = "Environment of the job."
  type        = map(string)
}

variable "secrets" {
  description = "Secrets by the variable that carries them."
  type        = map(string)
  default     = {}
}
