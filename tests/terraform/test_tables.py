"""What Terraform makes is what AIPROD's own tables say: subscriptions, functions, jobs, notifications, settings."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from aiprod.events import SweepTicked, decode
from aiprod.paths import NOTIFIED, finalized_topic
from aiprod.settings import Settings
from aiprod.subscriptions import DEAD_LETTERS, RENDER_QUEUES, SUBSCRIPTIONS, CloudSubscription, cloud_subscriptions
from backend.settings import WebSettings
from tests.terraform.fixtures import Resource

pytestmark = pytest.mark.terraform

ROOT = Path(__file__).resolve().parents[2]
WEB = "backend"


def of(applied: Sequence[Resource], type_: str) -> tuple[Resource, ...]:
    return tuple(one for one in applied if one.type == type_)


def topic_names(applied: Sequence[Resource]) -> Mapping[str, str]:
    """Topics' names by their ids."""
    return {one.values["id"]: one.values["name"] for one in of(applied, "google_pubsub_topic")}


def services(applied: Sequence[Resource]) -> Mapping[str, Mapping[str, Any]]:
    return {one.values["name"]: one.values for one in of(applied, "google_cloud_run_v2_service")}


def told(container: Mapping[str, Any]) -> dict[str, str]:
    """A container's environment; a secret's value is the name that it has in Secret Manager."""
    return {
        one["name"]: one["value_source"][0]["secret_key_ref"][0]["secret"] if one["value_source"] else one["value"]
        for one in container["env"]
    }


def test_topics_are_those_of_the_table(applied: tuple[Resource, ...]) -> None:
    assert set(topic_names(applied).values()) == {one.topic for one in cloud_subscriptions()}


def test_subscriptions_are_those_of_the_table(applied: tuple[Resource, ...]) -> None:
    topics = topic_names(applied)
    stages = {service["uri"]: name for name, service in services(applied).items()}

    def described(values: Mapping[str, Any]) -> CloudSubscription:
        push = next(iter(values["push_config"]), None)
        dead = next(iter(values["dead_letter_policy"]), None)
        retry = next(iter(values["retry_policy"]), {"minimum_backoff": "10s", "maximum_backoff": "600s"})
        assert dead is None or topics[dead["dead_letter_topic"]] == DEAD_LETTERS
        return CloudSubscription(
            name=values["name"], topic=topics[values["topic"]], stage=stages[push["push_endpoint"]] if push else "",
            attempts=int(dead["max_delivery_attempts"]) if dead else 0,
            minimum_backoff_seconds=float(retry["minimum_backoff"].removesuffix("s")),
            maximum_backoff_seconds=float(retry["maximum_backoff"].removesuffix("s")),
            deadline_seconds=int(values["ack_deadline_seconds"]),
        )  # fmt: skip

    made = {one.values["name"]: described(one.values) for one in of(applied, "google_pubsub_subscription")}
    assert made == {one.name: one for one in cloud_subscriptions()}


def test_functions_are_those_of_the_repository(applied: tuple[Resource, ...]) -> None:
    rooms = {path.parent.name for path in (ROOT / "functions").glob("*/main.py")}
    assert set(services(applied)) == rooms | {WEB}
    assert rooms == {name for name, subscription in SUBSCRIPTIONS.items() if not subscription.job}
    for name in rooms:
        service = services(applied)[name]
        source = told(service["template"][0]["containers"][0])["FUNCTION_SOURCE"]
        assert source == f"functions/{name}/main.py" and (ROOT / source).is_file()


def test_every_queue_has_a_job_of_its_name_that_pulls_from_it(applied: tuple[Resource, ...]) -> None:
    jobs = {one.values["name"]: one.values for one in of(applied, "google_cloud_run_v2_job")}
    wanted = set(RENDER_QUEUES) - {"render-gpu"}  # that one only exists where an image for GPUs was built
    assert set(jobs) == wanted
    for name in wanted:
        task = jobs[name]["template"][0]["template"][0]
        told_of = told(task["containers"][0])
        assert told_of["AIPROD_SUBSCRIPTION"] == name
        assert 0 < float(told_of["AIPROD_JOB_SECONDS"]) <= float(task["timeout"].removesuffix("s")) - 600  # room for a last clip


def test_every_job_of_the_repository_can_be_deployed_and_every_queue_is_served_by_its_own() -> None:
    """Each folder of gpu_jobs/ has a row in the table of terraform/gpu-jobs.tf."""
    rows = re.findall(r'entry = "(\w+)", queue = "([\w-]*)"', (ROOT / "terraform/gpu-jobs.tf").read_text())
    assert {entry for entry, _ in rows} == {path.parent.name for path in (ROOT / "gpu_jobs").glob("*/main.py")}
    assert {(queue, entry) for entry, queue in rows if queue} == {(queue, SUBSCRIPTIONS[queue].job) for queue in RENDER_QUEUES}


def test_only_the_web_may_be_called_by_everybody(applied: tuple[Resource, ...]) -> None:
    open_to_all = {
        one.values["name"]
        for one in of(applied, "google_cloud_run_v2_service_iam_member")
        if one.values["member"] in ("allUsers", "allAuthenticatedUsers")
    }
    assert open_to_all == {WEB}
    reached = {name for name, service in services(applied).items() if service["ingress"] != "INGRESS_TRAFFIC_INTERNAL_ONLY"}
    assert reached == {WEB}
    others = [one for one in applied if one.type.endswith(("_iam_member", "_iam_binding")) and one.values.get("name") != WEB]
    assert len(others) > 20
    assert [one.address for one in others if "all" in str(one.values.get("member", ""))[:4]] == []


def test_every_variable_that_is_told_is_a_setting(applied: tuple[Resource, ...]) -> None:
    containers = [one["template"][0]["containers"][0] for one in services(applied).values()]
    containers += [
        one.values["template"][0]["template"][0]["containers"][0] for one in of(applied, "google_cloud_run_v2_job")
    ]
    settings = {f"AIPROD_{name.upper()}" for name in Settings.model_fields}
    settings |= {f"AIPROD_WEB_{name.upper()}" for name in WebSettings.model_fields}
    others = {"FUNCTION_SOURCE", "AIPROD_SUBSCRIPTION"}
    assert {name for container in containers for name in told(container)} - others <= settings
    for container in containers:
        assert told(container)["AIPROD_CLOUD"] == "google"
        assert told(container)["AIPROD_LICENCE_POLICY"] == "commercial"  # what the operator set (terraform/tests/stages.tftest.hcl)
        assert all(told(container)[f"AIPROD_{name}"] for name in ("GOOGLE_PROJECT", "GOOGLE_REGION", "BUCKET"))


def test_a_setting_that_terraform_makes_is_not_set_beside_it() -> None:
    """Else one of the two would win without a word."""
    texts = [path.read_text() for path in (ROOT / "terraform").glob("**/*.tf")]
    made = {name for text in texts for name in re.findall(r"\b(AIPROD_[A-Z_]+)\s*=[^=]", text)}
    described = {"AIPROD_LICENCE_POLICY"}  # an example
    refused = re.findall(r"setintersection\(keys\(var\.aiprod_settings\), \[(.*?)\]\)", "".join(texts), re.DOTALL)
    secret = {name for name in made if re.search(r"_(KEYS?|TOKEN|SECRET|PASSWORD)$", name)}
    assert set(re.findall(r"AIPROD_[A-Z_]+", refused[0])) == made - described - secret


def test_every_notified_prefix_is_announced_on_its_topic(applied: tuple[Resource, ...]) -> None:
    topics = topic_names(applied)
    announced = {
        one.values["object_name_prefix"]: topics[one.values["topic"]]
        for one in of(applied, "google_storage_notification")
    }
    assert announced == {f"{prefix}/": finalized_topic(prefix) for prefix in NOTIFIED}


def test_every_prefix_of_an_address_has_its_rule(applied: tuple[Resource, ...]) -> None:
    from aiprod import paths

    kinds = {
        address.split("/", 1)[0]
        for address in (
            paths.upload("v", "n"), paths.voice_recording("v", "n"), paths.script("v", 1),
            paths.line_sound("v", 1, 1, "k"), paths.narration("v", 1),
            paths.plan("v", 1), paths.clip("v", 1, 1, "k"), paths.segment("v", 1, 1, "k"), paths.mix("v", 1, "k"),
            paths.export("v", 1, "n"), paths.film("v", 1), paths.review("v", 1), paths.takes("o"),
        )
    }  # fmt: skip
    bucket = next(one.values for one in of(applied, "google_storage_bucket") if one.values["name"].endswith("-work"))
    ruled = {
        prefix.rstrip("/")
        for rule in bucket["lifecycle_rule"]
        for condition in rule["condition"]
        for prefix in condition["matches_prefix"] or ()
    }
    assert ruled == kinds


def test_the_scheduler_sends_a_sweep_that_can_be_read(applied: tuple[Resource, ...]) -> None:
    (job,) = of(applied, "google_cloud_scheduler_job")
    target = job.values["pubsub_target"][0]
    assert topic_names(applied)[target["topic_name"]] == "sweeps"
    assert decode(base64.b64decode(target["data"])) == SweepTicked(at=0)


def test_every_metric_counts_a_line_that_is_written(applied: tuple[Resource, ...]) -> None:
    written = "".join(path.read_text() for path in (ROOT / "aiprod").rglob("*.py"))
    metrics = of(applied, "google_logging_metric")
    assert len(metrics) >= 7
    for metric in metrics:
        message = metric.values["filter"].split('jsonPayload.event="')[1].split('"')[0]
        assert f'("{message}"' in written, metric.values["name"]


def test_alerts_and_charts_look_at_metrics_that_there_are(applied: tuple[Resource, ...]) -> None:
    own = {one.values["name"] for one in of(applied, "google_logging_metric")}
    (dashboard,) = of(applied, "google_monitoring_dashboard")
    filters = [
        tile["widget"]["xyChart"]["dataSets"][0]["timeSeriesQuery"]["timeSeriesFilter"]["filter"]
        for tile in json.loads(dashboard.values["dashboard_json"])["mosaicLayout"]["tiles"]
    ]
    for policy in of(applied, "google_monitoring_alert_policy"):
        filters += [one["condition_threshold"][0]["filter"] for one in policy.values["conditions"]]
    used = [one.split('logging.googleapis.com/user/')[1].split('"')[0] for one in filters if "/user/" in one]
    assert len(used) >= 6
    assert set(used) <= own
