variable "name" {
  description = "The stage: the folder under functions/, the service, the beginning of its subscriptions' names."
  type        = string
}

variable "region" {
  type = string
}

variable "image" {
  description = "Image of the functions."
  type        = string
}

variable "account" {
  description = "Address of the account that the stage runs as."
  type        = string
}

variable "labels" {
  type = map(string)
}

variable "size" {
  description = "What an instance is given, for how long an event may take, and how many are served at once."
  type = object({
    cpu            = string
    memory         = string
    seconds        = number
    concurrency    = number
    most_instances = number
  })

  validation {
    condition     = var.size.seconds <= 600
    error_message = "Pub/Sub waits for an answer for at most 600 s."
  }
}

variable "settings" {
  description = "Environment of the stage."
  type        = map(string)
}

variable "secrets" {
  description = "Secrets by the variable that carries them."
  type        = map(string)
  default     = {}
}

variable "topics" {
  description = "Topics that the stage hears of: their ids by their names."
  type        = map(string)
}

variable "retry" {
  description = "How an event that was refused is tried again, and after how many attempts it becomes a dead letter."
  type = object({
    minimum_backoff = string
    maximum_backoff = string
    attempts        = number
  })
}

variable "push_account" {
  description = "Address of the account by whose name events are pushed."
  type        = string
}

variable "pubsub_agent" {
  description = "Pub/Sub's own account in this project, as a member."
  type        = string
}

variable "dead_letter_topic" {
  type = string
}
