terraform {
  required_version = ">= 1.11"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.7"
    }
  }

  # Which bucket keeps the state is told at `terraform init` (scripts/deploy).
  backend "gcs" {
    prefix = "aiprod"
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # Budgets and rules are charged to the project that they are about, not to the caller's.
  billing_project       = var.project
  user_project_override = true
}
