"""Small things to look at and to listen to before a film is there: frames of styles, samples of voices, pictures of scenes.

Each is made once, in the workshop, and kept in a folder of this machine under a name of all that it depends on; the folder
holds so many and no more. Knows no route.
"""

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiprod.bootstrap import App
from aiprod.encoding import key_of
from aiprod.errors import EngineMissing, Unavailable
from aiprod.media.probe import probe
from aiprod.media.stills import Still, write_still
from aiprod.profiles import Shape
from aiprod.video import Clip
from backend.sandbox import Limits, run_confined
from backend.workshop import Workshop

VERSION: Final = 2
MOST_KEPT: Final = 600
CPU_SECONDS: Final = 60
WALL_SECONDS: Final = 90.0
MEMORY_BYTES: Final = 16 << 30
FILE_BYTES: Final = 1 << 30
PICTURE_SIDE_PX: Final = 360
CANNOT: Final = 3


@dataclass(slots=True, kw_only=True)
class Previews:
    """What was made, and makes what was not; the same one is made once, however many ask."""

    app: App
    workshop: Workshop
    making: "dict[str, Future[bytes]]" = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)  # a piece of work may be over before it is noted

    def kept(self, name: str) -> bytes | None:
        """What is there under that name."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    async def make(self, name: str, work: Callable[[Path], Path]) -> bytes:
        """What `work` leaves in the folder that it is given. Raises: Throttled, and what `work` does."""
        with self.lock:
            begun = self.making.get(name)
            if begun is None:
                begun = self.making[name] = self.workshop.begin(lambda: self._make(name, work))
                begun.add_done_callback(lambda _: self._made(name))
        return await asyncio.shield(asyncio.wrap_future(begun))

    def frame(self, style: str, aspect: str, theme: str) -> tuple[str, Callable[[Path], Path]]:
        """A frame of a style: its name, and how it is made."""
        name = f"{key_of('frame', VERSION, style, aspect, theme)}.jpg"
        return name, lambda folder: self._by_child(["frame", style, aspect, theme], folder / "frame.jpg")

    def sample(self, voice: str, language: str) -> tuple[str, Callable[[Path], Path]]:
        """A sentence in a voice: its name, and how it is made."""
        name = f"{key_of('sample', VERSION, voice, language)}.m4a"
        return name, lambda folder: self._by_child(["sample", voice, language], folder / "sample.m4a")

    def scene(self, clip: Clip) -> tuple[str, Callable[[Path], Path]]:
        """A picture of a scene whose clip is there: its name, and how it is made."""
        return f"{key_of('scene', VERSION, clip.key, clip.address)}.jpg", lambda folder: self._still(clip, folder)

    @property
    def _folder(self) -> Path:
        return self.app.settings.home_folder / "previews"

    def _make(self, name: str, work: Callable[[Path], Path]) -> bytes:
        with self.app.scratch.open("preview") as folder:
            content = work(folder).read_bytes()
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / "fresh"
            fresh.write_bytes(content)
            fresh.replace(self._folder / name)
        self._forget_oldest()
        return content

    def _made(self, name: str) -> None:
        with self.lock:
            self.making.pop(name, None)

    def _forget_oldest(self) -> None:
        with self.lock:
            files = sorted(self._folder.glob("*.*"), key=lambda file: file.stat().st_mtime)
            for file in files[: max(0, len(files) - MOST_KEPT)]:
                file.unlink(missing_ok=True)

    def _still(self, clip: Clip, folder: Path) -> Path:
        source = self.app.objects.fetch(clip.address, folder)
        facts = probe(source).picture
        if facts is None or not facts.rate:
            raise Unavailable(f"Expected a picture in the clip of scene {clip.scene}, found none; try again.")
        scale = min(1.0, PICTURE_SIDE_PX / min(facts.width_px, facts.height_px))
        shape = Shape(width_px=round(facts.width_px * scale / 2) * 2, height_px=round(facts.height_px * scale / 2) * 2)
        into = folder / "scene.jpg"
        write_still(Still(source=source, frame=facts.frames // 2, rate=facts.rate, shape=shape), into)
        return into

    def _by_child(self, what: list[str], into: Path) -> Path:
        """Let a child make it: it has a home of its own, and knows no key and no password of ours."""
        home = self.app.settings.home_folder / "preview-home"
        home.mkdir(parents=True, exist_ok=True)
        environment = {
            "HOME": str(home), "AIPROD_HOME": str(into.parent / "home"), "AIPROD_CLOUD": "local",
            "AIPROD_MODELS_DIR": str(self.app.settings.models_folder),
        }  # fmt: skip
        limits = Limits(
            cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS, memory_bytes=MEMORY_BYTES, file_bytes=FILE_BYTES,
            environment=environment,
        )  # fmt: skip
        ended = run_confined([sys.executable, "-m", "backend.previewing", *what, str(into)], into.parent, limits)
        if ended.code == CANNOT:
            raise EngineMissing("Expected an engine that can make this preview here, found none; films may do without.")
        if ended.code != 0 or not into.is_file():
            raise Unavailable("Expected a preview within a minute, found that its making broke off; try again later.")
        return into
