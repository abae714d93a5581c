# One page that answers: are films coming out, what waits, what fails, what does it take.

locals {
  user_metric = "metric.type=\"logging.googleapis.com/user/aiprod"

  # Each chart: its title, and what it draws, one line by label.
  charts = [
    { title = "Videos by status entered", filter = "${local.user_metric}/status_changes\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.status"] },
    { title = "Oldest event that waits (s)", filter = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" resource.type=\"pubsub_subscription\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"] },
    { title = "Events that wait", filter = "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" resource.type=\"pubsub_subscription\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.subscription_id"] },
    { title = "Seconds a stage takes, 95th percentile", filter = "${local.user_metric}/stage_seconds\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = ["metric.label.stage"] },
    { title = "Seconds a clip takes, 95th percentile", filter = "${local.user_metric}/clip_seconds\"", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = ["metric.label.renderer"] },
    { title = "Attempts at clips that failed", filter = "${local.user_metric}/clips_failed\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.renderer"] },
    { title = "Events refused", filter = "${local.user_metric}/events_refused\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.stage"] },
    { title = "Render tasks that run", filter = "metric.type=\"run.googleapis.com/job/running_task_attempts\" resource.type=\"cloud_run_job\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.job_name"] },
    { title = "How busy GPUs are", filter = "${local.user_metric}/gpu_utilization\"", aligner = "ALIGN_PERCENTILE_50", reducer = "REDUCE_MEAN", by = ["metric.label.job"] },
    { title = "GPUs that do nothing: idle readings a minute, of four", filter = "${local.user_metric}/gpu_idle\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.machine"] },
    { title = "Memory of GPUs in use, highest", filter = "${local.user_metric}/gpu_memory\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = ["metric.label.job"] },
    { title = "Heat of GPUs (°C), highest", filter = "${local.user_metric}/gpu_celsius\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = ["metric.label.model"] },
    { title = "Instances of the stages", filter = "metric.type=\"run.googleapis.com/container/instance_count\" resource.type=\"cloud_run_revision\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.service_name"] },
    { title = "Requests of the web by kind of answer", filter = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\" resource.label.service_name=\"${local.web_name}\"", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.response_code_class"] },
    { title = "Requests and live connections of an instance of the web", filter = "metric.type=\"run.googleapis.com/container/max_request_concurrencies\" resource.type=\"cloud_run_revision\" resource.label.service_name=\"${local.web_name}\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = [] },
    { title = "Memory of the stages, 99th percentile", filter = "metric.type=\"run.googleapis.com/container/memory/utilizations\" resource.type=\"cloud_run_revision\"", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = ["resource.label.service_name"] },
  ]
}

resource "google_monitoring_dashboard" "films" {
  dashboard_json = jsonencode({
    displayName = "AIPROD"
    mosaicLayout = {
      columns = 48
      tiles = [
        for index, chart in local.charts : {
          xPos   = (index % 2) * 24
          yPos   = floor(index / 2) * 16
          width  = 24
          height = 16
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter = chart.filter
                    aggregation = {
                      alignmentPeriod    = "60s"
                      perSeriesAligner   = chart.aligner
                      crossSeriesReducer = chart.reducer
                      groupByFields      = chart.by
                    }
                  }
                }
              }]
            }
          }
        }
      ]
    }
  })

  depends_on = [google_logging_metric.counted, google_logging_metric.measured]
}
