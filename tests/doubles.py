"""Small honest engines for tests of the chain: a voice that hums, a renderer of plain colours, a writer of three lines.

They implement the ports with real sound and real video files, in milliseconds; no test of an engine uses them.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np

from aiprod.brief import Brief
from aiprod.consents import VoiceConsent
from aiprod.errors import AiprodError
from aiprod.picture_ports import Pictures
from aiprod.ports import FilmLook, Renderer, Samples, Shot, ShotBrief, Speech, Take, Voice, VoiceChoice, Writer
from aiprod.profiles import Shape
from aiprod.story import Line, Scene, Script, Word

RATE_HZ = 24_000
ALTERNATING = "eq=brightness='0.15*(2*mod(n,2)-1)':eval=frame"
RED = "lutrgb=g=val*0.03:b=val*0.03"
WORD_SECONDS = Fraction(1, 5)


@dataclass
class HummingVoice:
    """One note a word; the voice "high" hums an octave above "low"."""

    name: str = "hum"
    version: str = "1"
    spoken: list[str] = field(default_factory=list)

    def check(self, language: str) -> None:
        return

    def voices(self, language: str) -> tuple[str, ...]:
        return ("low", "high")

    def resolve(self, voice: str, language: str) -> str:
        return voice or "low"

    def estimate_seconds(self, text: str, language: str) -> float:
        return float(len(text.split()) * WORD_SECONDS)

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        self.spoken.append(text)
        words = text.split()
        samples = int(WORD_SECONDS * RATE_HZ)
        times = np.arange(samples) / RATE_HZ
        fade = np.hanning(samples)
        octave = 2 if voice == "high" else 1
        notes = [0.3 * fade * np.sin(2 * np.pi * octave * (180 + 20 * (len(word) % 7)) * times) for word in words]
        return Speech(
            samples=np.concatenate(notes).astype(np.float32),
            rate_hz=RATE_HZ,
            words=tuple(
                Word(text=word, start=index * WORD_SECONDS, end=(index + 1) * WORD_SECONDS)
                for index, word in enumerate(words)
            ),
        )


@dataclass
class OneVoice:
    """Chooses the only voice there is."""

    voice: Voice = field(default_factory=HummingVoice)

    def choose(self, language: str, wanted: str) -> VoiceChoice:
        return VoiceChoice(voice=self.voice, name=wanted or "low")

    def engine(self, name: str) -> Voice:
        return self.voice

    def consent(self, engine: str, voice: str) -> VoiceConsent | None:
        return None


@dataclass
class ColourRenderer:
    """A moving test picture in a colour of its own, encoded by ffmpeg. `faults` are raised by a scene's first renderings."""

    name: str = "colour"
    version: str = "1"
    queue: str = "cpu"
    usd_per_second: float = 0.0
    faults: dict[int, list[AiprodError]] = field(default_factory=dict)
    rendered: list[int] = field(default_factory=list)
    missing: AiprodError | None = None
    notes: tuple[str, ...] = ()

    def check(self) -> None:
        if self.missing is not None:
            raise self.missing

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        return tuple(json.dumps({"visual": brief.visual, "take": brief.take}, ensure_ascii=False) for brief in briefs)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        self.rendered.append(shot.scene)
        waiting = self.faults.get(shot.scene, [])
        if waiting:
            raise waiting.pop(0)
        hue = (shot.scene * 133 + shot.seed * 7) % 360
        into = folder / "take.mp4"
        into.write_bytes(_coloured(hue, shot.shape, shot.rate, shot.frames))
        progress(shot.frames)
        return Take(path=into, notes=self.notes)


@lru_cache(64)
def _coloured(hue: int, shape: Shape, rate: Fraction, frames: int) -> bytes:
    """The picture's file; ffmpeg makes the same one of the same words, so that one is enough for all films of a process."""
    picture = f"testsrc2=s={shape.width_px}x{shape.height_px}:r={rate}:d={float(frames / rate) + 1},hue=h={hue}"
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "take.mp4"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-frames:v", str(frames), "-c:v", "libx264", "-preset",
             "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(into)],
            check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return into.read_bytes()


@dataclass
class SpoilingRenderer(ColourRenderer):
    """Spoils scene 2 by a filter of ffmpeg, with its first `spoiled` seeds."""

    filter: str = ALTERNATING
    spoiled: int = 99
    seeds: list[int] = field(default_factory=list)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        take = super().render(shot, folder, progress)
        if shot.scene != 2:
            return take
        self.seeds.append(shot.seed)
        if self.seeds.index(shot.seed) >= self.spoiled:
            return take
        into = folder / "spoiled.mp4"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", str(take.path), "-vf", self.filter, "-c:v", "libx264", "-preset",
             "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1", str(into)],
            check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Take(path=into)


@dataclass
class PlainWriter:
    """A sentence a scene, from the theme's own words."""

    name: str = "plain"
    scenes: int = 3

    def write(self, brief: Brief) -> Script:
        return Script(
            title=brief.theme,
            language=brief.language or "en",
            writer=self.name,
            scenes=tuple(
                Scene(number=number, visual=f"{brief.theme} {number}", mood="calm",
                      lines=(Line(text=f"This is part {number} of {brief.theme}."),))
                for number in range(1, self.scenes + 1)
            ),
        )  # fmt: skip


@dataclass
class KnowingListener:
    """Hears what it was told will be said."""

    text: str = ""
    name: str = "knowing"

    def check(self) -> None:
        return

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]:
        words = re.findall(r"\S+", self.text)
        return language, tuple(
            Word(text=word, start=Fraction(index, 5), end=Fraction(index + 1, 5)) for index, word in enumerate(words)
        )

    def align(self, samples: Samples, text: str, *, language: str) -> tuple[Word, ...]:
        self.text = text
        return self.transcribe(samples, language=language)[1]


@dataclass
class PlainMatcher:
    """Finds that all pictures fit their words so well; `missing` is what keeps it from looking."""

    match_found: float = 0.3
    missing: AiprodError | None = None
    name: str = "plain-eye@1.0.0"
    texts: list[str] = field(default_factory=list)

    def check(self) -> None:
        if self.missing is not None:
            raise self.missing

    def match(self, pictures: Pictures, text: str) -> float:
        self.texts.append(text)
        return self.match_found


@dataclass
class RedFilter:
    """Takes pictures for the less fit to be shown the larger the part of red in their light is."""

    missing: AiprodError | None = None
    name: str = "red-filter@1.0.0"
    looked: int = 0

    def check(self) -> None:
        if self.missing is not None:
            raise self.missing

    def rate(self, pictures: Pictures) -> float:
        self.looked += 1
        light = pictures.astype(np.float32).mean(axis=(1, 2))
        return float((light[:, 0] / light.sum(axis=1)).max())


@dataclass
class PlainEngines:
    """The engines above, in the place of the real ones."""

    writers: Mapping[str, Writer] = field(default_factory=lambda: {"outline": PlainWriter()})
    voices: OneVoice = field(default_factory=OneVoice)
    listener: KnowingListener = field(default_factory=KnowingListener)
    renderers: Mapping[str, Renderer] = field(
        default_factory=lambda: {"motion": ColourRenderer(name="motion"), "slideshow": ColourRenderer(name="slideshow")}
    )

    prompt_matcher: PlainMatcher = field(default_factory=PlainMatcher)
    safety_filter: RedFilter = field(default_factory=RedFilter)
    misheard: float = 0.0

    def error_rate(self, said: str, heard: str, language: str) -> float:
        return self.misheard

    @property
    def transcriber(self) -> KnowingListener:
        return self.listener

    @property
    def aligner(self) -> KnowingListener:
        return self.listener
