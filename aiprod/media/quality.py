"""Measures a finished film as a viewer would meet it: one decode of the whole file, plain numbers out.

Knows what is black, frozen, silent, out of phase, blank, alike, late; judges nothing (the review stage does).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import MediaBroken
from aiprod.media import graph
from aiprod.media.boxes import is_index_first
from aiprod.media.contrast import contrast
from aiprod.media.cues import Cue
from aiprod.media.likeness import likeness
from aiprod.media.probe import MediaFacts, PictureFacts, probe
from aiprod.media.process import run_ffmpeg_heard
from aiprod.media.subtitles import SubtitleStyle
from aiprod.profiles import Shape
from aiprod.timeline import Timeline

LOOK_PX = 180
"""The shorter side of the pictures that are measured."""
LOOKS_A_SECOND = 2
FROZEN_NOISE = 0.001
"""Mean change between frames (of full scale) below which a picture stands still: a key frame of a still one changes
less, the slowest camera move more."""
BLACK_SHARE, BLACK_LEVEL = "0.999", "0.05"
"""A picture is black where so much of it is darker than so much of full scale: a night sky is not, for its stars."""
SILENT_DB = -50
SHORTEST_BLACK_SECONDS = 0.3
SHORTEST_FROZEN_SECONDS = 1.5
SHORTEST_SILENCE_SECONDS = 1.0
SHORTEST_CANCELLING_SECONDS = 1.0
OPPOSED_DEGREES = 150
"""How far apart the phases of left and right are where one loudspeaker plays nearly nothing of them."""
LETTERED_PIXELS = 12
"""Letters in a picture of LOOK_PX have at least so many pixels of their colour beside their outline."""
TIMEOUT_SECONDS = 1_800
CAPTION_ROWS = (Fraction(52, 100), Fraction(96, 100))
"""Where burned captions may stand, in parts of the height; frozen pictures are looked for above."""

_STRETCH = re.compile(r"(black|freeze|silence|out_phase)_(start|end|duration): ?(-?[\d.]+)")
_BLACK = re.compile(r"black_start:([\d.]+) black_end:([\d.]+)")
_FAULT = re.compile(r"error while decoding|concealing|corrupt|Invalid NAL|missing picture|non-existing", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the film, in seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenePicture:
    """A scene as it looks: `contrast` and `brightness` in parts of full scale, means over its frames."""

    scene: int
    brightness: float
    contrast: float

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return self.contrast < 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two neighbouring scenes look: 1 for the same picture; different pictures are mostly under 0.8."""

    first: int
    second: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmQuality:
    """All that was measured. `sound_start_offset` and `sound_end_offset` are sound minus picture, in seconds; during
    `cancelling` the left channel undoes the right one, so that a phone's one loudspeaker plays nothing;
    `caption_share` is the part of the looked-at cues whose letters were found (None: there were none to look for)."""

    facts: MediaFacts
    index_first: bool
    black: tuple[Stretch, ...]
    frozen: tuple[Stretch, ...]
    silent: tuple[Stretch, ...]
    cancelling: tuple[Stretch, ...]
    faults: tuple[str, ...]
    scenes: tuple[ScenePicture, ...]
    likenesses: tuple[Likeness, ...]
    sound_start_offset: Fraction
    sound_end_offset: Fraction
    caption_share: float | None


def measure_quality(
    film: Path, timeline: Timeline, cues: Sequence[Cue] = (), style: SubtitleStyle | None = None
) -> FilmQuality:
    """Measure the film against nothing but itself; `cues` and `style` say what was burned in.

    Raises: NotFound, MediaBroken (it cannot be read at all), EngineMissing, Unavailable.
    """
    facts = probe(film)
    picture = facts.picture
    if picture is None:
        raise MediaBroken(f"Expected a picture in {film.name}, found none; assemble the film again.")
    looks, log = _decode(film, facts, picture)
    sound = facts.sound
    return FilmQuality(
        facts=facts,
        index_first=is_index_first(film),
        black=tuple(Stretch(start=float(a), end=float(b)) for a, b in _BLACK.findall(log)),
        frozen=_stretches(log, "freeze", float(picture.seconds)),
        silent=_stretches(log, "silence", float(sound.seconds if sound else 0)),
        cancelling=_stretches(log, "out_phase", float(sound.seconds if sound else 0)),
        faults=tuple(line.strip() for line in log.splitlines() if _FAULT.search(line)),
        scenes=_scene_pictures(looks, timeline),
        likenesses=_likenesses(looks, timeline),
        sound_start_offset=sound.start - picture.start if sound else Fraction(0),
        sound_end_offset=sound.start + sound.seconds - picture.start - picture.seconds if sound else Fraction(0),
        caption_share=_caption_share(looks, cues, style) if style is not None and cues else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """Small frames of the film, LOOKS_A_SECOND of them. Shape: (count, height, width, 3), RGB."""

    pictures: npt.NDArray[np.uint8]

    def during(self, start: float, end: float) -> npt.NDArray[np.uint8]:
        """Those inside [start, end), at least the nearest one."""
        first = int(np.ceil(start * LOOKS_A_SECOND))
        last = max(first + 1, int(np.ceil(end * LOOKS_A_SECOND)))
        first = min(first, len(self.pictures) - 1)
        return self.pictures[first:last]

def _decode(film: Path, facts: MediaFacts, picture: PictureFacts) -> tuple[_Looks, str]:
    """One pass: detectors speak in the log, small frames come out of the pipe."""
    unit = Fraction(LOOK_PX, min(picture.width_px, picture.height_px))
    shape = Shape(width_px=2 * round(picture.width_px * unit / 2), height_px=2 * round(picture.height_px * unit / 2))
    source = graph.read(film, threads=2)
    small = source.video.filter("scale", w=shape.width_px, h=shape.height_px, flags="area")
    small = small.filter("blackdetect", d=SHORTEST_BLACK_SECONDS, pic_th=BLACK_SHARE, pix_th=BLACK_LEVEL)
    looked, watched = small.split(2)
    frozen = watched.filter("crop", w="iw", h=f"trunc(ih*{float(CAPTION_ROWS[0])})", x=0, y=0)
    frozen = frozen.filter("freezedetect", n=FROZEN_NOISE, d=SHORTEST_FROZEN_SECONDS)
    seen = looked.filter("select", f"isnan(prev_selected_t)+gte(floor(t*{LOOKS_A_SECOND}+0.001)"
                         f",floor(prev_selected_t*{LOOKS_A_SECOND}+0.001)+1)")  # fmt: skip
    nothing = [frozen]
    if facts.sound is not None:
        listened = source.audio.filter("silencedetect", n=f"{SILENT_DB}dB", d=SHORTEST_SILENCE_SECONDS)
        phases = {"video": 0, "phasing": 1, "angle": OPPOSED_DEGREES, "duration": SHORTEST_CANCELLING_SECONDS}
        nothing.append(listened.filter("aphasemeter", **phases))
    arguments = graph.write_many(
        graph.Output.of([seen], "pipe:", f="rawvideo", pix_fmt="rgb24", fps_mode="passthrough"),
        graph.Output.of(nothing, "-", f="null"),
    )
    content, log = run_ffmpeg_heard(
        arguments, about=f"Measuring {film.name}", timeout_seconds=TIMEOUT_SECONDS, level="info"
    )
    pictures = np.frombuffer(content, dtype=np.uint8).reshape(-1, shape.height_px, shape.width_px, 3)
    if not len(pictures):
        raise MediaBroken(f"Expected pictures in {film.name}, none could be decoded; assemble the film again.")
    return _Looks(pictures=pictures), log


def _stretches(log: str, kind: str, seconds: float) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    start: float | None = None
    for name, edge, value in _STRETCH.findall(log):
        if name != kind:
            continue
        if edge == "start":
            start = max(0.0, float(value))
        elif edge == "end" and start is not None:
            found.append(Stretch(start=start, end=float(value)))
            start = None
    if start is not None:
        # It lasted to the end: the detector never saw it stop.
        found.append(Stretch(start=start, end=seconds))
    return tuple(found)


def _scene_pictures(looks: _Looks, timeline: Timeline) -> tuple[ScenePicture, ...]:
    pictures = []
    for segment in timeline.segments:
        if segment.kind != "body":
            continue
        luma = looks.during(*_seconds(segment.start_frame, segment.frames, timeline)).mean(axis=3) / 255
        pictures.append(
            ScenePicture(
                scene=segment.scenes[0], brightness=float(luma.mean()), contrast=float(np.mean([contrast(one) for one in luma]))
            )
        )
    return tuple(pictures)


def _likenesses(looks: _Looks, timeline: Timeline) -> tuple[Likeness, ...]:
    bodies = [segment for segment in timeline.segments if segment.kind == "body"]
    middles = []
    for body in bodies:
        frames = looks.during(*_seconds(body.start_frame, body.frames, timeline))
        middles.append(frames[len(frames) // 2])
    return tuple(
        Likeness(first=bodies[i].scenes[0], second=bodies[i + 1].scenes[0], share=_upper_likeness(one, other))
        for i, (one, other) in enumerate(pairwise(middles))
    )


def _upper_likeness(first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8]) -> float:
    # The same captions must not make two scenes alike.
    rows = int(first.shape[0] * float(CAPTION_ROWS[0]))
    return likeness(first[:rows], second[:rows])


def _caption_share(looks: _Looks, cues: Sequence[Cue], style: SubtitleStyle) -> float | None:
    looked_at, found = 0, 0
    wanted = np.array([int(style.spoken[at : at + 2], 16) for at in (0, 2, 4)], dtype=np.int16)
    for number in range(len(looks.pictures)):
        seconds = number / LOOKS_A_SECOND
        if not any(cue.start + Fraction(1, 10) <= seconds < cue.end - Fraction(1, 10) for cue in cues):
            continue
        looked_at += 1
        picture = looks.pictures[number].astype(np.int16)
        top, bottom = (int(picture.shape[0] * float(row)) for row in CAPTION_ROWS)
        found += int(_lettered_pixels(picture[top:bottom], wanted) >= LETTERED_PIXELS)
    return found / looked_at if looked_at else None


def _lettered_pixels(band: npt.NDArray[np.int16], wanted: npt.NDArray[np.int16]) -> int:
    """How many pixels have the letters' colour and their dark outline within three pixels to the left or right."""
    lit = np.abs(band - wanted).max(axis=2) < 70
    dark = band.max(axis=2) < 70
    beside = np.zeros_like(dark)
    for step in (1, 2, 3):
        beside[:, step:] |= dark[:, :-step]
        beside[:, :-step] |= dark[:, step:]
    return int((lit & beside).sum())


def _seconds(start_frame: int, frames: int, timeline: Timeline) -> tuple[float, float]:
    return float(start_frame / timeline.rate), float((start_frame + frames) / timeline.rate)
