# The programming interfaces of Google Cloud that AIPROD calls. They stay on when AIPROD goes, because others may use them.

locals {
  services = toset([
    "aiplatform.googleapis.com",
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "compute.googleapis.com",
    "firebaserules.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "serviceusage.googleapis.com",
    "storage.googleapis.com",
    "texttospeech.googleapis.com",
  ])

  labels = {
    application = "aiprod"
    environment = var.environment
  }

  # What must outlive a mistake is protected where it is not for trying things out.
  protected = var.environment == "prod"
}

resource "google_project_service" "used" {
  for_each = local.services

  service            = each.key
  disable_on_destroy = false
}

data "google_project" "here" {
  project_id = var.project
}
