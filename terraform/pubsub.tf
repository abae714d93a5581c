# Who hears of what: the table of aiprod/subscriptions.py, which a test compares with this one. A stage hears each of its
# topics by a push subscription of that topic (modules/stage); a job pulls from a queue of its own name.

locals {
  # Topics that stages hear of, by stage.
  heard = {
    script    = ["video-requests", "revision-requests"]
    narration = ["finalized-scripts"]
    clips     = ["finalized-narrations"]
    monitor   = ["finalized-segments", "finalized-mixes", "clip-failures", "sweeps", "failed-deliveries"]
    assembly  = ["assembly-requests", "finalized-clips"]
    review    = ["finalized-films"]
    notify    = ["status-changes", "webhook-deliveries"]
    dispatch  = concat(["sweeps"], tolist(local.queues))
  }

  # Queues of render requests: jobs pull from them, and the dispatcher hears of them to start jobs.
  queues = toset(["render-cpu", "render-gpu", "render-api"])

  topics = toset(flatten(values(local.heard)))

  # What any account of the chain may publish to: whoever touches a video next publishes what is left in its outbox.
  # Only the scheduler sweeps, only Pub/Sub buries, and only senders ask for videos from outside.
  chained = setsubtract(local.topics, ["sweeps"])

  # How an event is tried again: the numbers of aiprod/subscriptions.py.
  retry = {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
    attempts        = 5
  }

  pubsub_agent = "serviceAccount:service-${data.google_project.here.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "chain" {
  for_each = local.topics

  name   = each.key
  labels = local.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.used]
}

# --- queues -------------------------------------------------------------------------------------------------------

resource "google_pubsub_subscription" "queue" {
  for_each = local.queues

  name                       = each.key
  topic                      = google_pubsub_topic.chain[each.key].id
  labels                     = local.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }
  retry_policy {
    minimum_backoff = local.retry.minimum_backoff
    maximum_backoff = local.retry.maximum_backoff
  }
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters.id
    max_delivery_attempts = local.retry.attempts
  }
}

resource "google_pubsub_subscription_iam_member" "queue_buries" {
  for_each = local.queues

  subscription = google_pubsub_subscription.queue[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# --- dead letters -------------------------------------------------------------------------------------------------

resource "google_pubsub_topic" "dead_letters" {
  name   = "dead-letters"
  labels = local.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  depends_on = [google_project_service.used]
}

resource "google_pubsub_topic_iam_member" "buries" {
  topic  = google_pubsub_topic.dead_letters.id
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

# Kept to be looked at and replayed (docs/deploy.md).
resource "google_pubsub_subscription" "dead_letters_kept" {
  name                       = "dead-letters-kept"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = local.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

# The monitor fails the video that a dead letter is about. It has no dead letters of its own, which would come back to it:
# what it cannot take within a day stays among those kept.
resource "google_pubsub_subscription" "dead_letters_heard" {
  name                       = "monitor-dead-letters"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = local.labels
  ack_deadline_seconds       = 600
  message_retention_duration = "86400s"

  expiration_policy {
    ttl = ""
  }
  retry_policy {
    minimum_backoff = local.retry.minimum_backoff
    maximum_backoff = local.retry.maximum_backoff
  }
  push_config {
    push_endpoint = module.stage["monitor"].url

    oidc_token {
      service_account_email = google_service_account.own["push"].email
      audience              = module.stage["monitor"].url
    }
  }
}

# --- from outside --------------------------------------------------------------------------------------------------

resource "google_pubsub_topic_iam_member" "sender" {
  for_each = var.senders

  topic  = google_pubsub_topic.chain["video-requests"].id
  role   = "roles/pubsub.publisher"
  member = each.key
}
