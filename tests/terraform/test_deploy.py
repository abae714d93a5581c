"""scripts/deploy, with other programs' answers: what it asks for, in which order, when it waits and when it gives up."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aiprod.accounts.tokens import Keyring, SigningKey
from aiprod.bootstrap import SystemClock
from backend.settings import WebSettings

ROOT = Path(__file__).resolve().parents[2]

GCLOUD = """#!/usr/bin/env bash
echo "gcloud $*" >>"$CALLS"
case "$*" in
  "auth print-access-token") echo token ;;
  "billing projects describe"*) echo True ;;
  "storage buckets describe"*) exit 1 ;;
  "secrets versions describe"*) [ -n "${SECRETS:-}" ] || { echo "${SECRET_ERROR:-NOT_FOUND: no such secret}" >&2; exit 1; } ;;
  "secrets versions access"*) echo kept-secret ;;
  "artifacts docker images describe"*) grep -qsF "$5" "$BUILT" && echo sha256:abc || exit 1 ;;
  "builds submit"*)
    config="$(sed -n 's/.*--config \\([^ ]*\\).*/\\1/p' <<<"$*")"
    cat "$config" >>"$CALLS"
    grep '^images:' "$config" >>"$BUILT" ;;
esac
"""
TERRAFORM = """#!/usr/bin/env bash
echo "terraform $*" >>"$CALLS"
case "$*" in
  version) echo "Terraform v${VERSION:-1.11.4}" ;;
  *" apply "*)
    echo "images ${TF_VAR_images} secret ${TF_VAR_webhook_secret}" >>"$CALLS"
    echo "token keys ${TF_VAR_web_token_keys} metrics ${TF_VAR_metrics_token}" >>"$CALLS"
    if [ -s "$REFUSALS" ]; then
      head -n 1 "$REFUSALS"
      sed -i 1d "$REFUSALS"
      exit 1
    fi ;;
  *"output -raw web") echo "https://backend-1.europe-west4.run.app" ;;
esac
"""
CURL = """#!/usr/bin/env bash
echo "curl $*" >>"$CALLS"
if [ -n "${GRANTED:-}" ]; then echo "$GRANTED"; else sed -n 's/.*--data \\({.*}\\) https.*/\\1/p' <<<"$*"; fi
"""
GIT = """#!/usr/bin/env bash
case "$1" in
  status) printf '%s' "${CHANGED:-}" ;;
  rev-parse) echo 0123456789ab ;;
esac
"""


@dataclass
class Deployment:
    """A run of the script among programs of our own."""

    folder: Path
    refusals: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        programs = self.folder / "programs"
        programs.mkdir()
        for name, text in (("gcloud", GCLOUD), ("terraform", TERRAFORM), ("curl", CURL), ("git", GIT)):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        (self.folder / "refusals").write_text("".join(f"{line}\n" for line in self.refusals))
        environment = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "CALLS": str(self.folder / "calls"),
            "REFUSALS": str(self.folder / "refusals"), "BUILT": str(self.folder / "built"),
            "AIPROD_DEPLOY_WAITS": "0 0 0", **self.environment,
        }  # fmt: skip
        return subprocess.run(
            [ROOT / "scripts/deploy", *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=60,
        )  # fmt: skip

    @property
    def calls(self) -> str:
        return (self.folder / "calls").read_text()

    def position(self, part: str) -> int:
        return self.calls.index(part)


def test_everything_is_made_in_the_order_in_which_it_is_needed(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path)
    run = deployment.run("aiprod-example", "europe-west1", "prod")
    assert run.returncode == 0, run.stderr
    order = [
        "curl", "gcloud services enable", "gcloud storage buckets create gs://aiprod-example-aiprod-state",
        "terraform -chdir=terraform init", "-target=google_artifact_registry_repository.images", "gcloud builds submit",
        "images { functions = \"europe-west1-docker.pkg.dev/aiprod-example/aiprod/functions@sha256:abc\"",
        ",backend = \"europe-west1-docker.pkg.dev/aiprod-example/aiprod/backend@sha256:abc\"",
    ]  # fmt: skip
    positions = [deployment.position(part) for part in order]
    assert positions == sorted(positions)
    assert "-var-file=environments/prod.tfvars" in deployment.calls
    assert "aiprod-builder@aiprod-example.iam.gserviceaccount.com" in deployment.calls


def test_every_interface_that_terraform_names_is_turned_on(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path)
    assert deployment.run("aiprod-example").returncode == 0
    enabled = next(line for line in deployment.calls.splitlines() if "services enable" in line)
    for service in ("run", "pubsub", "firestore", "aiplatform", "cloudscheduler", "secretmanager", "texttospeech"):
        assert f"{service}.googleapis.com" in enabled


@pytest.mark.parametrize(
    "refusal",
    [
        "Error: Error creating Topic: googleapi: Error 403: User not authorized, Permission denied",
        "Error: Request `Set IAM Binding` returned error: Error 400: Service account aiprod-push does not exist.",
        "Error 403: Cloud Run Admin API has not been used in project 1 before or it is disabled.",
        "Error 404: Cannot find metric(s) that match type = logging.googleapis.com/user/aiprod/clips_failed",
        "Error 409: There were concurrent policy changes. Please retry the whole read-modify-write.",
    ],
)
def test_what_a_new_project_refuses_is_tried_again(tmp_path: Path, refusal: str) -> None:
    deployment = Deployment(tmp_path, refusals=(refusal, refusal))
    run = deployment.run("aiprod-example")
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("trying again in 0 s") == 2


def test_what_waiting_does_not_mend_is_not_tried_again(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, refusals=("Error: Unsupported argument",))
    run = deployment.run("aiprod-example")
    assert run.returncode == 3 and "waiting does not mend" in run.stderr
    assert deployment.calls.count(" apply ") == 1


def test_patience_ends(tmp_path: Path) -> None:
    run = Deployment(tmp_path, refusals=("Error 403: Permission denied",) * 9).run("aiprod-example")
    assert run.returncode == 3 and "still refused" in run.stderr


def test_missing_permissions_are_named_before_anything_is_made(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, environment={"GRANTED": '{"permissions": ["run.services.create"]}'})
    run = deployment.run("aiprod-example")
    assert run.returncode == 3
    assert "pubsub.topics.create" in run.stderr and "run.services.create" not in run.stderr
    assert "services enable" not in deployment.calls


def test_an_older_terraform_is_refused(tmp_path: Path) -> None:
    run = Deployment(tmp_path, environment={"VERSION": "1.9.8"}).run("aiprod-example")
    assert run.returncode == 3 and "1.11 or later is needed, found 1.9.8" in run.stderr


def test_a_secret_that_is_there_is_kept(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, environment={"SECRETS": "yes"})
    assert deployment.run("aiprod-example").returncode == 0
    assert "secret kept-secret" in deployment.calls
    assert "token keys kept-secret metrics kept-secret" in deployment.calls


def test_sessions_are_signed_by_a_key_that_nobody_knows_and_that_the_web_can_read(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path)
    assert deployment.run("aiprod-example").returncode == 0
    given = re.findall(r"^token keys (\{.*\}) metrics (\S+)$", deployment.calls, re.MULTILINE)
    assert len(set(given)) == 1, "one key for both applications"
    settings = WebSettings(token_keys=json.loads(given[0][0]), metrics_token=given[0][1])
    (key,) = (SigningKey(id=name, secret=value.get_secret_value()) for name, value in settings.token_keys.items())
    assert Keyring(algorithm=settings.token_algorithm, keys=(key,), clock=SystemClock()).issue("jane", 0)
    assert len(set(key.secret)) > 20 and key.secret != given[0][1]


def test_a_person_is_told_where_the_web_is_and_how_its_first_admin_gets_in(tmp_path: Path) -> None:
    told = Deployment(tmp_path).run("aiprod-example").stderr
    assert "AIPROD is at https://backend-1.europe-west4.run.app\n" in told
    assert "AIPROD_GOOGLE_PROJECT=aiprod-example" in told and "scripts/serve code\n" in told


def test_a_secret_that_cannot_be_read_is_not_made_anew(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, environment={"SECRET_ERROR": "PERMISSION_DENIED: no"})
    run = deployment.run("aiprod-example")
    assert run.returncode == 3 and "could not be read: PERMISSION_DENIED" in run.stderr
    assert " apply " not in deployment.calls


def test_what_is_not_committed_is_not_built(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, environment={"CHANGED": " M aiprod/video.py"})
    run = deployment.run("aiprod-example")
    assert run.returncode == 3 and "not committed" in run.stderr
    assert "builds submit" not in deployment.calls


def test_a_gpu_image_needs_to_know_where_torch_is(tmp_path: Path) -> None:
    run = Deployment(tmp_path, environment={"AIPROD_GPU_CLASSES": "l4"}).run("aiprod-example")
    assert run.returncode == 3 and "AIPROD_TORCH_INDEX_L4 is needed" in run.stderr


def test_a_gpu_image_is_built_with_torch_and_given_to_terraform(tmp_path: Path) -> None:
    environment = {"AIPROD_GPU_CLASSES": "l4", "AIPROD_TORCH_INDEX_L4": "https://example.com/torch"}
    deployment = Deployment(tmp_path, environment=environment)
    run = deployment.run("aiprod-example")
    assert run.returncode == 0, run.stderr
    assert "      - TORCH=yes\n" in deployment.calls and deployment.calls.count("gcloud builds submit") == 4
    first = deployment.calls.split("images {")[1]
    assert "l4 = " in first, "the account of the job would go, and come back"
    assert 'l4 = "europe-west4-docker.pkg.dev/aiprod-example/aiprod/l4@sha256:abc"' in deployment.calls
