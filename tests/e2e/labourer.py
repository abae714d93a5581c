"""A worker with small engines, in processes of its own that tests may kill: `python -m tests.e2e.labourer HOME`.

Standard input says how many seconds each life may last; standard output says after each how it ended: "killed", or
"done" when nothing was left to do. Lives are forked from a process that has everything imported, so that a life costs
no start of Python.
"""

import argparse
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiprod.ports import Samples, Shot, Speech, Take
from aiprod.story import Word
from tests.doubles import ColourRenderer, HummingVoice, KnowingListener, OneVoice, PlainEngines, PlainWriter
from tests.e2e.thin import ThinRenderer, thin_worker
from tests.house import drain, open_house


@dataclass
class Journal:
    """What engines began to make, a line each, whatever happens to their process."""

    file: Path

    def began(self, what: str) -> None:
        with self.file.open("a") as journal:
            journal.write(f"{time.time_ns()} {os.getpid()} {what}\n")


@dataclass
class NotedVoice(HummingVoice):
    """Notes what it says; `nap_seconds` is how long it waits before, as for a service elsewhere."""

    journal: Journal = field(default_factory=lambda: Journal(Path(os.devnull)))
    nap_seconds: float = 0.0

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        self.journal.began(f"speak {text}")
        time.sleep(self.nap_seconds)
        return super().speak(text, voice=voice, language=language, speed=speed)


@dataclass
class NotedRenderer(ColourRenderer):
    """Notes what it renders."""

    journal: Journal = field(default_factory=lambda: Journal(Path(os.devnull)))

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        self.journal.began(f"render {shot.scene}")
        return super().render(shot, folder, progress)


@dataclass
class NotedListener(KnowingListener):
    """Notes that it listens."""

    journal: Journal = field(default_factory=lambda: Journal(Path(os.devnull)))

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]:
        self.journal.began("listen")
        return super().transcribe(samples, language=language)


def engines(journal: Journal, *, scenes: int = 5, nap_seconds: float = 0.0) -> PlainEngines:
    """Small engines that note what they do."""
    return PlainEngines(
        writers={"outline": PlainWriter(scenes=scenes)},
        voices=OneVoice(NotedVoice(journal=journal, nap_seconds=nap_seconds)),
        listener=NotedListener(journal=journal),
        renderers={name: NotedRenderer(name=name, journal=journal) for name in ("motion", "slideshow")},
    )


def live(options: argparse.Namespace) -> None:
    """Work until nothing is left."""
    made = engines(Journal(options.home / "journal"), scenes=options.scenes, nap_seconds=options.nap)
    if options.thin:
        made.renderers = {name: ThinRenderer(name=name) for name in made.renderers}
        thin_worker(open_house(options.home, made)).drain()
    else:
        drain(open_house(options.home, made))


def main() -> None:
    """One life a line of standard input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--scenes", type=int, default=5)
    parser.add_argument("--nap", type=float, default=0.0, help="seconds that the voice waits before it speaks")
    parser.add_argument("--thin", action="store_true", help="no ffmpeg: thin clips, assembly and review")
    options = parser.parse_args()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            ended = 1
            try:
                live(options)
                ended = 0
            finally:
                os._exit(ended)
        os.setpgid(child, child)
        handle = os.pidfd_open(child)
        over, _, _ = select.select([handle], [], [], float(line))
        os.close(handle)
        if not over:
            os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "broke", flush=True)


if __name__ == "__main__":
    main()
