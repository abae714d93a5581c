"""Terraform is well formed, valid against the provider's schema, and keeps its promises; all without a network."""

import re

import pytest

from tests.terraform.fixtures import Outcome
from tests.terraform.offline import TREE, Terraform

pytestmark = pytest.mark.terraform


def test_every_file_is_formatted(terraform: Terraform) -> None:
    run = terraform.run("fmt", "-check", "-recursive", "-diff")
    assert run.returncode == 0, run.stdout


def test_every_argument_and_block_is_one_of_the_provider(terraform: Terraform) -> None:
    run = terraform.run("validate", "-no-color")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("file", sorted(path.name for path in (TREE / "tests").glob("*.tftest.hcl")))
def test_every_promise_is_kept(outcome: Outcome, file: str) -> None:
    promised = re.findall(r'^run "(\w+)"', (TREE / "tests" / file).read_text(), re.MULTILINE)
    assert sorted(outcome.passed.get(f"tests/{file}", ())) == sorted(promised), outcome.faults


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_every_environment_can_be_planned(terraform: Terraform, environment: str) -> None:
    chosen = f"-var-file=environments/{environment}.tfvars"
    run = terraform.run("test", "-no-color", "-test-directory=environments", chosen)
    assert run.returncode == 0 and "1 passed" in run.stdout and "Warning" not in run.stdout, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('resource "google_pubsub_topik" "x" { name = "x" }', "Invalid resource type"),
        ('resource "google_pubsub_topic" "x" { nam = "x" }', "Unsupported argument"),
        ('resource "google_pubsub_topic" "x" {}', "Missing required argument"),
        ('resource "google_pubsub_subscription" "x" {\n  name  = "x"\n  topic = "x"\n  retry_polisy {}\n}', "Unsupported block type"),
        ('resource "google_storage_bucket" "x" {\n  name     = "x"\n  location = "eu"\n  versioning { enabled = ["yes"] }\n}', "Incorrect attribute value type"),
    ],
)  # fmt: skip
def test_a_fault_is_found(terraform: Terraform, wrong: str, told: str) -> None:
    planted = terraform.folder / "planted.tf"
    planted.write_text(wrong + "\n")
    try:
        run = terraform.run("validate", "-no-color")
    finally:
        planted.unlink()
    assert run.returncode == 1 and told in run.stderr, run.stdout + run.stderr
