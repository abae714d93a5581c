# Secrets. Those of our own are made by scripts/deploy and are written without being kept in Terraform's state (the key
# of the CDN excepted, which the load balancer's resource keeps); those of others are filled in by hand (docs/deploy.md).

locals {
  own_secrets = {
    cdn-signing-key = var.cdn_signing_key
    metrics-token   = var.metrics_token
    web-token-keys  = var.web_token_keys
    webhook-secret  = var.webhook_secret
  }
  others_secrets = toset(["pexels-key", "pixabay-key"])

  # Which account may read which secret, and by which variable it is given.
  # The script stage, which chooses renderers, must know which of them can work.
  optional_readers = { for name in var.optional_secrets : "AIPROD_${upper(replace(name, "-", "_"))}" => name }
  secret_readers = {
    notify     = { AIPROD_WEBHOOK_SECRET = "webhook-secret" }
    script     = local.optional_readers
    render-api = local.optional_readers
    backend = {
      AIPROD_WEB_METRICS_TOKEN = "metrics-token"
      AIPROD_WEB_TOKEN_KEYS    = "web-token-keys"
      AIPROD_WEBHOOK_SECRET    = "webhook-secret"
    }
  }
}

resource "google_secret_manager_secret" "kept" {
  for_each = setunion(keys(local.own_secrets), local.others_secrets)

  secret_id           = each.key
  labels              = local.labels
  deletion_protection = local.protected

  replication {
    auto {}
  }

  depends_on = [google_project_service.used]
}

resource "google_secret_manager_secret_version" "own" {
  for_each = toset(keys(local.own_secrets))

  secret                 = google_secret_manager_secret.kept[each.key].id
  secret_data_wo         = local.own_secrets[each.key]
  secret_data_wo_version = "1"
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = merge([
    for account, secrets in local.secret_readers : {
      for secret in values(secrets) : "${account}/${secret}" => { account = account, secret = secret }
    }
  ]...)

  secret_id = google_secret_manager_secret.kept[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.members[each.value.account]
}
