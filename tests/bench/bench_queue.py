"""Queues tiny videos of real parts and drains them with two workers: how many fail, and what one costs.

    python tests/bench/bench_queue.py                                    200 videos (about an hour on two cores)
    python tests/bench/bench_queue.py 6 --renderer motion

Every video has two short scenes of its own, spoken by espeak-ng, aligned and heard again by Whisper, drawn by a real
renderer, assembled and reviewed: no two share a sound or a clip. The store is a folder that is removed afterwards
(`--keep FOLDER` leaves it). Ends with 1 when a video did not finish.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.settings import Settings
from aiprod.story import Line, Scene, Script
from aiprod.video import Status, Video

WORKERS = 2
ANIMALS = ("wolf", "lion", "horse", "elephant", "eagle", "panda", "tiger", "camel", "bear", "fox")
PLACES = (
    ("forest", "a deep green forest"), ("desert", "a wide yellow desert"), ("mountains", "the high white mountains"),
    ("sea", "the calm blue sea"), ("city", "a large busy city"),
)  # fmt: skip
HOURS = ("in the morning", "at noon", "in the evening", "at night")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What draining took: seconds of wall clock, and of all processors."""

    wall: float
    processor: float


def main() -> None:
    """Queue, drain, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("videos", nargs="?", type=int, default=len(ANIMALS) * len(PLACES) * len(HOURS))
    parser.add_argument("--renderer", default="slideshow", choices=("slideshow", "motion"))
    parser.add_argument("--keep", metavar="FOLDER", default="")
    asked = parser.parse_args()
    if not 1 <= asked.videos <= len(ANIMALS) * len(PLACES) * len(HOURS):
        parser.error(f"expected 1 to {len(ANIMALS) * len(PLACES) * len(HOURS)} videos, found {asked.videos}")
    with ExitStack() as stack:
        home = Path(asked.keep or stack.enter_context(tempfile.TemporaryDirectory()))
        app = open_app(Settings(home=home), log_file=home / "logs" / "bench.log")
        for number in range(asked.videos):
            app.request(_brief(number, asked.renderer))
        cost = _drain(home)
        failed = _report(app, cost)
    sys.exit(1 if failed else 0)


def _brief(number: int, renderer: str) -> Brief:
    """Two short scenes that no other number has."""
    animal = ANIMALS[number % len(ANIMALS)]
    place, described = PLACES[number // len(ANIMALS) % len(PLACES)]
    hour = HOURS[number // (len(ANIMALS) * len(PLACES)) % len(HOURS)]
    script = Script(
        title=f"The {animal}, {number + 1}", language="en", writer="own",
        scenes=(
            Scene(number=1, visual=f"A {animal} in {described} {hour}, wide shot",
                  lines=(Line(text=f"The {animal} walks through {described} {hour}."),)),
            Scene(number=2, visual=f"A close view of a {animal}, {place}, warm light",
                  lines=(Line(text=f"Look at this {animal} {hour}, near {described}."),)),
        ),
    )  # fmt: skip
    return Brief(
        script=script, language="en", voice="espeak:", renderer=renderer, profile="draft", music="none",
        subtitles="karaoke", seed=number + 1,
    )  # fmt: skip


def _drain(home: Path) -> Cost:
    """Two workers until nothing is left; their children are counted with them."""
    before, began = _processor_seconds(), time.monotonic()
    command = [sys.executable, "-m", "aiprod", "worker"]
    environment = {**os.environ, "AIPROD_HOME": str(home)}
    workers = [
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(WORKERS)
    ]
    ends = [worker.wait() for worker in workers]
    if any(ends):
        sys.stderr.write(f"Workers ended with {', '.join(map(str, ends))}.\n")
    return Cost(wall=time.monotonic() - began, processor=_processor_seconds() - before)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _report(app: App, cost: Cost) -> list[Video]:
    videos = app.ledger.all()
    failed = [video for video in videos if video.status is not Status.COMPLETED]
    redone = sum(video.revision > 1 for video in videos)
    buried = app.messages.dead_letters()
    count = len(videos)
    sys.stdout.write(
        f"{count} videos: {count - len(failed)} completed, {len(failed)} failed, {redone} redone, "
        f"{len(buried)} dead letters.\n"
        f"{cost.wall:.0f} s of wall clock, {cost.processor:.0f} s of processor: "
        f"{cost.wall / count:.1f} s and {cost.processor / count:.1f} s a video.\n"
    )
    for video in failed[:10]:
        sys.stdout.write(f"  {video.id} {video.title}: {video.status.value}, {video.failure or 'no reason given'}\n")
    for letter in buried[:10]:
        sys.stdout.write(f"  {letter.subscription}: {letter.reason}\n")
    return failed


if __name__ == "__main__":
    main()
