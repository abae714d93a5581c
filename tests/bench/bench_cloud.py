"""What the cloud on this machine puts between two pieces of work: `python -m tests.bench.bench_cloud [TIMES]`.

From the moment an event is published, or an artefact is written, to the moment when the stage begins: Google's client
library, the emulators, the push, the function's server. Google's own network is not in it.
"""

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiprod import paths
from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.events import StatusChanged
from aiprod.settings import Settings
from aiprod.video import create
from cloud_local.cloud import LocalCloud, Pace, started

PATIENCE_SECONDS = 30.0


def began_at(cloud: LocalCloud, stage: str, video: str) -> list[float]:
    """When a stage began with each event of a video."""
    log = cloud.folder / "logs" / f"function-{stage}.log"
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [
        datetime.fromisoformat(line["timestamp"]).timestamp() - line["seconds"]
        for line in lines
        if line["event"] == "event handled" and line["video"] == video
    ]


def measure(cloud: LocalCloud, app: App, stage: str, times: int, send: Callable[[str], None]) -> list[float]:
    """Seconds from sending to the beginning, one at a time; the first, which opens the product, is left out."""
    pause = threading.Event()
    found = []
    for number in range(times + 1):
        video = f"{stage}{number}"
        app.ledger.open(create(video, "bench", Brief(theme="bench"), app.clock.now()))
        pause.wait(0.3)  # the change of status that a new video tells of
        before = len(began_at(cloud, stage, video))
        sent = time.time()
        send(video)
        ends = time.monotonic() + PATIENCE_SECONDS
        while len(began_at(cloud, stage, video)) <= before:
            if time.monotonic() > ends:
                raise TimeoutError(f"Expected {stage} to hear of {video}, found that it did not.")
            pause.wait(0.01)
        found.append(began_at(cloud, stage, video)[-1] - sent)
    return found[1:]


def main() -> None:
    """Measure both, and print them."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder, started(Path(folder), {}, Pace(sweep_seconds=60.0)) as cloud:
        own = {name.removeprefix("AIPROD_").lower(): value for name, value in cloud.environment.items()
               if name.startswith("AIPROD_")}  # fmt: skip
        app = open_app(Settings(**own), log_file=cloud.folder / "logs" / "bench.log")

        def publish(video: str) -> None:
            event = StatusChanged(video=video, revision=1, status="queued", sentence="", at=1.0)
            app.messages.publish("status-changes", event)

        def write(video: str) -> None:
            app.objects.write(paths.film(video, 2), b"{}")

        for name, stage, send in (("an event", "notify", publish), ("an artefact", "review", write)):
            seconds = sorted(measure(cloud, app, stage, times, send))
            high = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
            print(f"{name}: median {1000 * statistics.median(seconds):.0f} ms, 95th {1000 * high:.0f} ms, of {times}")


if __name__ == "__main__":
    main()
