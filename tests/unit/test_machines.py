"""What machines with a GPU tell of themselves while they work: to the store, to a collector, and what they cost."""

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from aiprod import gauges, logs, paths
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.nvml import NvidiaGpus
from aiprod.bootstrap import open_app
from aiprod.brief import Brief
from aiprod.gpus import GpuReading, Gpus
from aiprod.machines import COLLECTION, FORGOTTEN_SECONDS, FRESH_SECONDS, Machines
from aiprod.ports import Write
from aiprod.settings import Settings
from aiprod.tallies import Tallies
from gpu_jobs.narration.main import main
from tests.loopback import listening
from tests.measurements import Measurer, measuring
from tests.unit.accounts.conftest import MovableClock

L4 = GpuReading(name="NVIDIA L4", number=0, used_bytes=9 << 30, memory_bytes=24 << 30, utilization=0.93, celsius=71.0, watts=68.5)
SLICE = GpuReading(name="NVIDIA H100 MIG 1g.10gb", number=1, used_bytes=1 << 30, memory_bytes=10 << 30)


@dataclass
class RecordedGpus:
    """Readings of a real kind of card, one after the other; the last one stays, and is told when it comes again."""

    readings: Sequence[tuple[GpuReading, ...]]
    times: int = 0
    again: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        self.again.clear()
        assert self.again.wait(20)

    def read(self) -> tuple[GpuReading, ...]:
        self.times += 1
        if self.times > len(self.readings):
            self.again.set()
        return self.readings[min(self.times, len(self.readings)) - 1]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def measurer() -> Iterator[Measurer]:
    with measuring() as measurer:
        gauges.configure(measurer.url)
        yield measurer
        gauges.stop()


def machines(folder: Path, clock: MovableClock, gpus: Gpus, **more: float) -> Machines:
    documents = EmbeddedDocuments(database=Database(folder / "store.sqlite3"))
    return Machines(documents=documents, clock=clock, gpus=gpus, tallies=Tallies(documents=documents, clock=clock), **more)


DRIVER = """
class NVMLError(Exception): pass
class Memory: used, total = 9 << 30, 24 << 30
class Rates: gpu = 93
NVML_TEMPERATURE_GPU = 0
def nvmlInit(): pass
def nvmlShutdown(): pass
def nvmlDeviceGetCount(): return 1
def nvmlDeviceGetHandleByIndex(number): return number
def nvmlDeviceGetMemoryInfo(card): return Memory
def nvmlDeviceGetName(card): return b"NVIDIA L4"
def nvmlDeviceGetUtilizationRates(card): return Rates
def nvmlDeviceGetTemperature(card, sensor): return 71
def nvmlDeviceGetPowerUsage(card): raise NVMLError("Not Supported")
"""


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver's library with one card, which does not tell its power."""
    (tmp_path / "driver").mkdir()
    (tmp_path / "driver" / "pynvml.py").write_text(DRIVER)
    monkeypatch.syspath_prepend(tmp_path / "driver")
    monkeypatch.setitem(sys.modules, "pynvml", None)  # what is there now, or nothing, is there again afterwards
    del sys.modules["pynvml"]


def test_cards_are_read_through_their_driver_and_without_one_there_is_none(driver: None) -> None:
    assert NvidiaGpus().read() == (replace(L4, watts=None),)
    del sys.modules["pynvml"]
    sys.path.pop(0)
    assert bool(NvidiaGpus().read()) == Path("/proc/driver/nvidia/version").exists()


def test_a_card_that_cannot_be_asked_is_told_of_in_the_log(driver: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pynvml

    def refuse() -> None:
        raise pynvml.NVMLError("NVML Shared Library Not Found")

    monkeypatch.setattr(pynvml, "nvmlInit", refuse)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    logs.configure("info", tmp_path / "job.log")
    assert NvidiaGpus(tmp_path).read() == ()
    assert (tmp_path / "job.log").read_text() == ""
    (tmp_path / "nvidia0").touch()
    assert NvidiaGpus(tmp_path).read() == ()
    line = json.loads((tmp_path / "job.log").read_text())
    assert (line["event"], line["cards"], line["reason"]) == ("GPU not read", ["nvidia0"], "NVML Shared Library Not Found")


def test_a_machine_without_a_gpu_tells_nothing_and_costs_nothing(tmp_path: Path, clock: MovableClock) -> None:
    house = machines(tmp_path, clock, RecordedGpus([()]), usd_per_hour=9.0)
    with house.telling("here", "render-cpu"):
        clock.at += 3600
        assert house.at_work() == ()
    assert house.tallies.totals().sum("cost usd") == 0


def test_the_narration_job_is_counted_as_every_job_with_a_gpu_is(
    tmp_path: Path, driver: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = open_app(Settings(home=tmp_path / "home"), log_file=tmp_path / "test.log")
    video = app.request(Brief(theme="the sea"))
    app.cancel(video.id)
    told = {"HOME": str(tmp_path / "home"), "GPU_USD_PER_HOUR": "1", "NARRATION": paths.script(video.id, 1)}
    for name, value in told.items():
        monkeypatch.setenv(f"AIPROD_{name}", value)
    assert main() == 0
    assert app.tallies.totals().sum("cost usd", engine="gpu") > 0
    logs.configure("info", tmp_path / "test.log")  # what is captured is closed when the test ends
    line = next(json.loads(line) for line in capsys.readouterr().err.splitlines() if "gpu read" in line)
    assert (line["machine"], line["job"], line["utilization"]) == (app.owner, "narration", 0.93)


def test_a_machine_is_known_with_its_newest_reading_while_it_works_and_no_longer(tmp_path: Path, clock: MovableClock) -> None:
    hotter = replace(L4, celsius=83.0)
    gpus = RecordedGpus([(L4,), (L4, SLICE), (hotter, SLICE)])
    house = machines(tmp_path, clock, gpus, read_seconds=0.01)
    with house.telling("run/render-gpu/x/0/0", "render-gpu"):
        gpus.wait()
        (machine,) = machines(tmp_path, clock, RecordedGpus([()])).at_work()
        assert (machine.name, machine.job) == ("run/render-gpu/x/0/0", "render-gpu")
        assert machine.gpus == (hotter, SLICE)
    assert house.at_work() == ()
    assert house.documents.query(COLLECTION) == []


def test_a_machine_that_was_killed_is_taken_for_gone_and_then_forgotten(tmp_path: Path, clock: MovableClock) -> None:
    house = machines(tmp_path, clock, RecordedGpus([(L4,)]))
    fields = {"name": "lost", "job": "render-gpu", "at": clock.now(), "gpus": []}
    house.documents.commit([Write(collection=COLLECTION, id="lost", fields=fields, expected=None)])
    assert [one.name for one in house.at_work()] == ["lost"]
    clock.at += FRESH_SECONDS + 1
    assert house.at_work() == ()
    clock.at += FORGOTTEN_SECONDS
    with house.telling("next", "render-gpu"):
        pass
    assert [one.id for one in house.documents.query(COLLECTION)] == []


def test_it_is_paid_for_as_long_as_it_is_held(tmp_path: Path, clock: MovableClock) -> None:
    house = machines(tmp_path, clock, RecordedGpus([(L4,)]), usd_per_hour=1.5)
    with house.telling("one", "render-gpu"):
        clock.at += 1200
    paid = machines(tmp_path, clock, RecordedGpus([()])).tallies.totals()
    assert paid.sum("cost usd", engine="gpu") == pytest.approx(0.5)


def test_what_it_costs_is_known_while_it_works_for_a_task_that_is_killed_tells_no_more(tmp_path: Path, clock: MovableClock) -> None:
    gpus = RecordedGpus([(L4,)])
    with machines(tmp_path, clock, gpus, usd_per_hour=1.5, read_seconds=0.01).telling("one", "render-gpu"):
        clock.at += 1200
        gpus.wait()
        gpus.wait()  # between two readings it is paid
        paid = machines(tmp_path, clock, RecordedGpus([()])).tallies.totals()
        assert paid.sum("cost usd", engine="gpu") == pytest.approx(0.5)


def test_a_collector_is_told_what_cards_tell_and_nothing_is_made_up(tmp_path: Path, clock: MovableClock, measurer: Measurer) -> None:
    house = machines(tmp_path, clock, RecordedGpus([(L4, SLICE)]), usd_per_hour=2.0)
    with house.telling("one", "render-gpu"):
        clock.at += 1800
        gauges.took("aiprod.clip.seconds", 41.0, renderer="wan", queue="render-gpu")
    gauges.stop()
    busy = measurer.last("aiprod.gpu.utilization")
    assert (busy.value, busy.unit, busy.kind, busy.service) == (0.93, "1", "gauge", "aiprod")
    assert busy.labels == {"machine": "one", "job": "render-gpu", "gpu": "0", "model": "NVIDIA L4"}
    assert measurer.last("aiprod.gpu.memory.used", gpu="1").value == 1 << 30
    assert measurer.last("aiprod.gpu.temperature").value == 71
    assert measurer.last("aiprod.gpu.cost", job="render-gpu").value == pytest.approx(1.0)
    assert measurer.last("aiprod.clip.seconds", renderer="wan").value == 41
    assert {one.labels.get("gpu") for one in measurer.measures if one.name == "aiprod.gpu.temperature"} == {"0"}


class Refusing(BaseHTTPRequestHandler):
    """A collector that takes nothing; one that does not answer at all is asked again for some seconds first."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_error(403)


def test_a_collector_that_takes_nothing_keeps_nobody_from_working_and_is_told_in_the_log(tmp_path: Path, clock: MovableClock) -> None:
    logs.configure("info", tmp_path / "test.log")
    with listening(Refusing) as address:
        gauges.configure(f"{address}/v1/metrics")
        with machines(tmp_path, clock, RecordedGpus([(L4,)])).telling("one", "render-gpu"):
            gauges.took("aiprod.clip.seconds", 41.0, renderer="wan")
        gauges.configure("")
    gauges.show("aiprod.gpu.power", 1.0, "W")
    assert "metrics not sent" in (tmp_path / "test.log").read_text()
