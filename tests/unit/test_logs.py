"""Lines of the log, as a person and Cloud Logging read them."""

import json
from pathlib import Path

import pytest

from aiprod import logs


@pytest.mark.parametrize(
    ("method", "severity"),
    [
        ("debug", "DEBUG"), ("info", "INFO"), ("msg", "INFO"), ("warning", "WARNING"), ("warn", "WARNING"),
        ("error", "ERROR"), ("exception", "ERROR"), ("critical", "CRITICAL"), ("fatal", "CRITICAL"),
    ],
)
def test_a_line_says_how_grave_it_is_in_the_words_of_cloud_logging(method: str, severity: str, tmp_path: Path) -> None:
    logs.configure("debug", tmp_path / "test.log")
    with logs.context(video="v1"):
        getattr(logs.logger(), method)("clip drawn", scene=3)

    line = json.loads((tmp_path / "test.log").read_text())
    assert (line["severity"], line["event"], line["video"], line["scene"]) == (severity, "clip drawn", "v1", 3)
    assert line["timestamp"].endswith("Z")


def test_an_exception_is_an_error_with_its_trace(tmp_path: Path) -> None:
    logs.configure("info", tmp_path / "test.log")
    try:
        raise ValueError("no such shape")
    except ValueError:
        logs.logger().exception("clip broke")

    line = json.loads((tmp_path / "test.log").read_text())
    assert line["severity"] == "ERROR"
    assert "ValueError: no such shape" in line["exception"]
