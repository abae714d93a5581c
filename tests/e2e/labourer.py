"""A worker with small engines, in processes of its own that tests may kill: `python -m tests.e2e.labourer HOME`.

It says "ready" once it has everything imported. Then each line of its standard input asks for a life, forked from it so
that none costs a start of Python: how many seconds it may last, and how many bytes a file may have (0: any number).
Standard output says how the life ended: "killed", "broke", or "done" when nothing was left to do.
"""

import argparse
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiprod.errors import AiprodError
from aiprod.ports import Samples, Shot, Speech, Take
from aiprod.story import Word
from tests.doubles import ColourRenderer, HummingVoice, KnowingListener, OneVoice, PlainEngines, PlainWriter
from tests.house import drain, open_house
from tests.thin import ThinRenderer, thin_worker


@dataclass
class Journal:
    """What engines began to make, a line each, whatever happens to their process."""

    file: Path

    def began(self, what: str) -> None:
        with self.file.open("a") as journal:
            journal.write(f"{time.time_ns()} {os.getpid()} {what}\n")


@dataclass
class NotedVoice(HummingVoice):
    """Notes what it says."""

    journal: Journal = field(default_factory=lambda: Journal(Path(os.devnull)))

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        self.journal.began(f"speak {text}")
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


def engines(journal: Journal, scenes: int) -> PlainEngines:
    """Small engines that note what they do."""
    return PlainEngines(
        writers={"outline": PlainWriter(scenes=scenes)},
        voices=OneVoice(NotedVoice(journal=journal)),
        listener=NotedListener(journal=journal),
        renderers={name: NotedRenderer(name=name, journal=journal) for name in ("motion", "slideshow")},
    )


def live(options: argparse.Namespace) -> None:
    """Work until nothing is left."""
    journal = Journal(options.home / "journal")
    made = engines(journal, options.scenes)
    if not options.thin:
        drain(open_house(options.home, made))
        return

    def nap(what: str) -> None:
        journal.began(what)
        time.sleep(options.nap)

    made.renderers = {name: ThinRenderer(name=name) for name in made.renderers}
    thin_worker(open_house(options.home, made), nap).drain()


def main() -> None:
    """One life a line of standard input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--scenes", type=int, default=5)
    parser.add_argument("--thin", action="store_true", help="thin clips, assembly and review, without ffmpeg")
    parser.add_argument("--nap", type=float, default=0.0, help="seconds that a thin review waits, as for a service")
    options = parser.parse_args()
    print("ready", flush=True)
    for line in sys.stdin:
        seconds, largest = line.split()
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            if int(largest):
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), resource.RLIM_INFINITY))
            ended = 1
            try:
                live(options)
                ended = 0
            except AiprodError as error:
                print(f"aiprod: {error}", file=sys.stderr, flush=True)
            finally:
                os._exit(ended)
        os.setpgid(child, child)
        handle = os.pidfd_open(child)
        over, _, _ = select.select([handle], [], [], float(seconds))
        os.close(handle)
        if not over:
            os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done" if status == 0 else "broke", flush=True)


if __name__ == "__main__":
    main()
