# No object is public, nothing is announced twice, nothing that lasts is thrown away.

mock_provider "google" {}

variables {
  project         = "aiprod-example"
  environment     = "prod"
  images          = { functions = "functions@sha256:1", cpu = "cpu@sha256:2", backend = "backend@sha256:5" }
  cdn_signing_key = "MDEyMzQ1Njc4OWFiY2RlZg=="
  webhook_secret  = "not-a-secret"
  web_token_keys  = jsonencode({ first = "not-a-secret" })
  metrics_token   = "not-a-secret"
  films_domain    = "films.example.com"
  web_domain      = "www.example.com"
  web_origins     = ["https://films.example.com"]
}

run "buckets" {
  command = apply

  assert {
    condition     = alltrue([for one in [google_storage_bucket.work, google_storage_bucket.builds, google_storage_bucket.models] : one.public_access_prevention == "enforced" && one.uniform_bucket_level_access])
    error_message = "No bucket can be made public, and access is decided for a bucket, not for an object."
  }
  assert {
    condition = alltrue([
      for one in concat(values(google_storage_bucket_iam_member.own), values(google_storage_bucket_iam_member.weights), google_storage_bucket_iam_member.cdn, [google_storage_bucket_iam_member.builder, google_storage_bucket_iam_member.takes]) :
      !contains(["allUsers", "allAuthenticatedUsers"], one.member)
    ])
    error_message = "No object is open to everybody."
  }
  assert {
    condition     = google_storage_bucket.work.force_destroy == false && google_storage_bucket.work.versioning[0].enabled
    error_message = "What is deleted by mistake can be had back."
  }
  assert {
    condition = alltrue(flatten([
      for rule in google_storage_bucket.work.lifecycle_rule : [
        for action in rule.action : [
          for condition in rule.condition :
          action.type != "Delete" || condition.with_state == "ARCHIVED" || length(setintersection(local.lasting, coalesce(condition.matches_prefix, []))) == 0
        ]
      ]
    ]))
    error_message = "What lasts is never thrown away by age."
  }
  assert {
    condition = [
      for rule in google_storage_bucket.work.lifecycle_rule : one(rule.condition).days_since_noncurrent_time
      if one(rule.action).type == "Delete" && contains(coalesce(one(rule.condition).matches_prefix, []), "voices/")
    ] == [1]
    error_message = "The recordings of a voice stay until it is taken back, and are gone a day after."
  }
  assert {
    condition = alltrue(flatten([
      for rule in google_storage_bucket.work.lifecycle_rule : [
        for action in rule.action : [
          for condition in rule.condition : action.type != "Delete" || length(coalesce(condition.matches_prefix, [])) > 0
        ]
      ]
    ]))
    error_message = "Whatever throws objects away says which."
  }
  assert {
    condition     = google_storage_bucket.work.cors[0].origin == tolist(["https://www.example.com", "https://films.example.com"])
    error_message = "Only our own pages and those of the origins given may play films and send recordings."
  }
  assert {
    condition     = alltrue([for prefix, one in google_storage_notification.finalized : one.object_name_prefix == "${prefix}/" && one.payload_format == "JSON_API_V1" && one.event_types == toset(["OBJECT_FINALIZE"])])
    error_message = "Objects are announced by prefix, when they are complete."
  }
  assert {
    condition     = length(google_storage_notification.finalized) <= 10
    error_message = "A bucket announces one kind of event to at most ten."
  }

  assert {
    condition     = google_compute_backend_bucket.films[0].enable_cdn && google_compute_backend_bucket_signed_url_key.signer[0].key_value == var.cdn_signing_key
    error_message = "Only links signed with the CDN's own key open a film."
  }
  assert {
    condition     = strcontains(google_storage_bucket_iam_member.cdn[0].condition[0].expression, "/objects/exports/")
    error_message = "The CDN reads finished films and nothing else."
  }
  assert {
    condition     = google_compute_global_forwarding_rule.films[0].port_range == "443"
    error_message = "Films are delivered encrypted."
  }
}

run "no_cdn_without_a_name" {
  command = plan

  variables {
    films_domain = ""
    web_domain   = ""
    web_origins  = []
  }

  assert {
    condition     = length(google_compute_backend_bucket.films) + length(google_storage_bucket_iam_member.cdn) + length(google_compute_global_forwarding_rule.films) == 0
    error_message = "Without a host name there is no CDN, and nobody else reads the bucket."
  }
  assert {
    condition     = length(google_storage_bucket.work.cors[0].origin) == 1 && endswith(google_storage_bucket.work.cors[0].origin[0], ".europe-west4.run.app")
    error_message = "Without an origin no page of others plays films."
  }
}
