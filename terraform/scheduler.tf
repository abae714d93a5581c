# The clock of the chain. The monitor looks for what was lost, the dispatcher for queues that nobody serves, and delayed
# messages are released, all by the same event.

resource "google_cloud_scheduler_job" "sweep" {
  name        = "sweep"
  region      = var.region
  description = "Asks the monitor to look for what was lost."
  schedule    = "* * * * *"
  time_zone   = "Etc/UTC"

  pubsub_target {
    topic_name = google_pubsub_topic.chain["sweeps"].id
    # A schedule cannot say when it rings: a sweep at 0 is one that happens when it is read.
    data = base64encode(jsonencode({ type = "SweepTicked", content = { at = 0 } }))
  }

  depends_on = [google_project_service.used]
}
