"""A store of its own, a server that plays Google, and renderers that wait for it in hundredths of a second."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.expenses import Expenses
from aiprod.models.gemini import GeminiAccess
from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.hosted.breaker import Breaker
from aiprod.visuals.hosted.omni import Omni
from aiprod.visuals.hosted.operations import Operations, Patience
from aiprod.visuals.hosted.records import Records
from aiprod.visuals.hosted.renderer import HostedRenderer
from aiprod.visuals.hosted.service import GoogleDoor
from aiprod.visuals.hosted.veo import Veo
from tests.hosted.film_clips import make_clip
from tests.hosted.video_server import VideoServer, serving, write_login

LOOK = FilmLook(style="documentary", language="en", seed=5)
BRIEF = ShotBrief(scene=1, visual="An elephant walking in the savanna at sunset", text="Elephants walk far.", mood="calm")
QUICK = Patience(start_again=(0.01,), first_look=0.01, slowest_look=0.05, starting=0.3, longest=2.0, failed_looks=3)


@dataclass
class MovableClock:
    """Time that passes only when somebody waits."""

    time: float = 1_000.0

    def now(self) -> float:
        return self.time

    def pause(self, seconds: float) -> None:
        self.time += seconds


class PassingClock(MovableClock):
    """Time as it passes."""

    def now(self) -> float:
        return time.time()

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass
class Studio:
    """One machine with renderers that ask the server."""

    home: Path
    server: VideoServer
    project: str = "p"
    bucket: str = ""
    timeout_seconds: float = 5.0
    patience: Patience = QUICK
    clock: MovableClock = field(default_factory=MovableClock)
    doors: list[GoogleDoor] = field(default_factory=list)

    def __post_init__(self) -> None:
        database = Database(self.home / "store.sqlite3")
        self.documents = EmbeddedDocuments(database=database)
        self.objects = EmbeddedObjects(database=database, folder=self.home / "objects", clock=self.clock)
        self.expenses = Expenses(documents=self.documents, clock=self.clock)

    def breaker(self, service: str) -> Breaker:
        return Breaker(service=service, documents=self.documents, clock=self.clock)

    def renderer(self, name: str = "veo", model: str = "") -> HostedRenderer:
        access = GeminiAccess(key="" if self.project else "a-key", project=self.project, url=self.server.url)
        door = GoogleDoor(access, self.bucket, timeout_seconds=self.timeout_seconds)
        self.doors.append(door)
        service = Veo(door) if name == "veo" else Omni(door)
        operations = Operations(
            service=service, records=Records(service=name, documents=self.documents), objects=self.objects,
            clock=self.clock, breaker=self.breaker(name), expenses=self.expenses, bucket=self.bucket, patience=self.patience,
            pause=self.clock.pause,
        )  # fmt: skip
        return HostedRenderer(operations, model)

    def shot(self, renderer: HostedRenderer, *, seconds: float = 2, seed: int = 7) -> Shot:
        (spec,) = renderer.plan([BRIEF], LOOK)
        return Shot(scene=1, spec=spec, frames=round(seconds * 30), rate=Fraction(30), shape=Shape(width_px=90, height_px=160),
                    seed=seed, style="documentary")  # fmt: skip

    def close(self) -> None:
        for door in self.doors:
            door.close()


@pytest.fixture
def server() -> Iterator[VideoServer]:
    with serving() as running:
        yield running


@pytest.fixture
def studio(tmp_path: Path, server: VideoServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A project of Google Cloud without a bucket."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(write_login(tmp_path, server.url)))
    made = Studio(home=tmp_path, server=server)
    yield made
    made.close()


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Four seconds."""
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4")


@pytest.fixture
def told() -> Callable[[int], None]:
    """Progress that nobody reads."""
    return lambda frames: None
