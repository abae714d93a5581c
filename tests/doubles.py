"""Small honest engines for tests of the chain: a voice that hums, a renderer of plain colours, a writer of three lines.

They implement the ports with real sound and real video files, in milliseconds; no test of an engine uses them.
"""

import json
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.brief import Brief
from aiprod.errors import AiprodError
from aiprod.ports import FilmLook, Renderer, Samples, Shot, ShotBrief, Speech, Take, Voice, VoiceChoice, Writer
from aiprod.story import Line, Scene, Script, Word

RATE_HZ = 24_000
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
        size = f"{shot.shape.width_px}x{shot.shape.height_px}"
        seconds = float(shot.frames / shot.rate)
        into = folder / "take.mp4"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
             f"testsrc2=s={size}:r={shot.rate}:d={seconds + 1},hue=h={hue}",
             "-frames:v", str(shot.frames), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
             "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(into)],
            check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        progress(shot.frames)
        return Take(path=into, notes=self.notes)


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
class PlainEngines:
    """The engines above, in the place of the real ones."""

    writers: Mapping[str, Writer] = field(default_factory=lambda: {"outline": PlainWriter()})
    voices: OneVoice = field(default_factory=OneVoice)
    listener: KnowingListener = field(default_factory=KnowingListener)
    renderers: Mapping[str, Renderer] = field(
        default_factory=lambda: {"motion": ColourRenderer(name="motion"), "slideshow": ColourRenderer(name="slideshow")}
    )

    misheard: float = 0.0

    def error_rate(self, said: str, heard: str, language: str) -> float:
        return self.misheard

    @property
    def transcriber(self) -> KnowingListener:
        return self.listener

    @property
    def aligner(self) -> KnowingListener:
        return self.listener
