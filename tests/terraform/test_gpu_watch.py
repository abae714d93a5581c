"""What a job with a GPU tells is what Cloud Monitoring counts, and what the alerts on cards ask for, letter for letter."""

import json
import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aiprod import logs
from aiprod.adapters.run_jobs import task_name
from aiprod.gpus import GpuReading, tell
from aiprod.machines import READ_SECONDS
from tests.terraform.fixtures import Resource

pytestmark = pytest.mark.terraform

USER = "logging.googleapis.com/user/"
TASK = task_name({"CLOUD_RUN_JOB": "render-gpu", "CLOUD_RUN_EXECUTION": "render-gpu-x7k2p", "CLOUD_RUN_TASK_INDEX": "3",
                  "CLOUD_RUN_TASK_ATTEMPT": "0"})  # fmt: skip
BUSY = GpuReading(name="NVIDIA L4", number=0, used_bytes=9 << 30, memory_bytes=24 << 30, utilization=0.93, celsius=71.0)
COMPARISONS = {"<": operator.lt, ">": operator.gt}


def told(folder: Path, gpu: GpuReading) -> Mapping[str, Any]:
    """The line that a job writes of a card: to Cloud Logging its jsonPayload."""
    logs.configure("info", folder / "job.log")
    tell(TASK, "render-gpu", (gpu,))
    line: Mapping[str, Any] = json.loads((folder / "job.log").read_text().splitlines()[-1])
    return line


def of_cards(applied: Sequence[Resource], line: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The metrics made of such lines, by the type that Cloud Monitoring gives them."""
    metrics = [one.values for one in applied if one.type == "google_logging_metric"]
    return {USER + one["name"]: one for one in metrics if f'jsonPayload.event="{line["event"]}"' in one["filter"]}


def alert(applied: Sequence[Resource], key: str) -> Mapping[str, Any]:
    policies = [one for one in applied if one.type == "google_monitoring_alert_policy"]
    return next(one.values for one in policies if one.address.endswith(f'watched["{key}"]'))


def condition(applied: Sequence[Resource], key: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = alert(applied, key)["conditions"][0]["condition_threshold"][0]
    return found


def extracted(extractor: str, line: Mapping[str, Any]) -> Any:
    field = re.fullmatch(r"EXTRACT\(jsonPayload\.(\w+)\)", extractor)
    assert field, extractor
    return line[field[1]]


def counts(metric: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    """Whether a metric's filter takes a line of a job. What compares with null is not met in Cloud Logging."""
    wanted = re.findall(r'jsonPayload\.(\w+)([<>])([\d.]+)', metric["filter"])
    assert 'resource.type="cloud_run_job"' in metric["filter"]
    return all(line[field] is not None and COMPARISONS[sign](line[field], float(limit)) for field, sign, limit in wanted)


def test_every_metric_of_a_card_reads_what_its_line_has(applied: tuple[Resource, ...], tmp_path: Path) -> None:
    line = told(tmp_path, BUSY)
    metrics = of_cards(applied, line)
    assert {name.removeprefix(USER) for name in metrics} == {
        "aiprod/gpu_idle", "aiprod/gpu_utilization", "aiprod/gpu_memory", "aiprod/gpu_celsius",
    }  # fmt: skip
    for name, metric in metrics.items():
        labels = {label: extracted(extractor, line) for label, extractor in metric["label_extractors"].items()}
        assert labels == {"job": "render-gpu", "machine": "run/render-gpu/render-gpu-x7k2p/3/0", "model": "NVIDIA L4"}, name
        assert set(labels) == {one["key"] for one in metric["metric_descriptor"][0]["labels"]}
        if metric["value_extractor"]:
            assert isinstance(extracted(metric["value_extractor"], line), float), name


def test_an_idle_card_is_counted_by_the_metric_that_its_alert_asks_for_and_a_busy_one_is_not(
    applied: tuple[Resource, ...], tmp_path: Path
) -> None:
    asked = condition(applied, "gpu-idle")
    (type_,) = re.findall(r'metric\.type="([^"]+)"', asked["filter"])
    metric = of_cards(applied, told(tmp_path, BUSY))[type_]
    for utilization, idle in ((0.0, True), (0.04, True), (0.05, False), (0.93, False), (None, False)):
        assert counts(metric, told(tmp_path, replace(BUSY, utilization=utilization))) is idle, utilization
    assert asked["aggregations"][0]["per_series_aligner"] == "ALIGN_DELTA" and asked["comparison"] == "COMPARISON_GT"


def test_an_idle_card_rings_when_nearly_all_of_its_readings_are_idle_for_a_quarter_of_an_hour(applied: tuple[Resource, ...]) -> None:
    asked = condition(applied, "gpu-idle")
    period, lasts = (int(text.removesuffix("s")) for text in (asked["aggregations"][0]["alignment_period"], asked["duration"]))
    possible = period / READ_SECONDS
    assert 0.75 * possible < asked["threshold_value"] < 0.9 * possible, "telling takes a moment too: not all of them come"
    assert period + lasts == 900


@pytest.mark.parametrize("key", ["gpu-hot", "gpu-idle"])
def test_an_alert_on_a_card_rings_for_each_machine_and_names_it(applied: tuple[Resource, ...], tmp_path: Path, key: str) -> None:
    asked = condition(applied, key)
    (type_,) = re.findall(r'metric\.type="([^"]+)"', asked["filter"])
    metric = of_cards(applied, told(tmp_path, BUSY))[type_]
    assert 'resource.type="cloud_run_job"' in asked["filter"]
    (by,) = asked["aggregations"][0]["group_by_fields"]
    assert by.removeprefix("metric.labels.") in metric["label_extractors"]
    assert "${metric.label.machine}" in alert(applied, key)["documentation"][0]["content"]


def test_every_alert_is_in_the_list_that_people_read(applied: tuple[Resource, ...]) -> None:
    policies = [one.values["display_name"] for one in applied if one.type == "google_monitoring_alert_policy"]
    page = (Path(__file__).resolve().parents[2] / "docs/deploy.md").read_text()
    listed = re.search(r"\| alert \| rings when \|\n\| --- \| --- \|\n((?:\|.*\n)+)", page)
    assert listed
    assert {f"AIPROD: {row.split('|')[1].strip()}" for row in listed[1].splitlines()} == set(policies)
