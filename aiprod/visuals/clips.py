"""The user's own clips made to fit a shot: cut to its shape around what draws the eye, trimmed or looped to its frames.

A clip that is too short comes round again through a dissolve. Knows ffmpeg's graphs; `framing.py` chooses the window.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media import colour, graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.units import seconds_to_frames_nearest
from aiprod.visuals.framing import Window, find_attention, find_window
from aiprod.visuals.intermediate import PROCESSOR, clip_options

FIT_TIMEOUT_SECONDS = 900.0
LEAST_ATTENTION = 0.5
MOST_LOOPS = 12
LOOP_DISSOLVE_FRAMES = 12
_LOOKS = (0.15, 0.5, 0.85)
_LOOK_SIDE_PX = 192


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """How a clip is shown: cut to a window, or (None) whole over a blur; `aspect` is its own, upright."""

    window: Window | None
    aspect: float


def fit_clip(source: Path, shot: Shot, into: Path) -> tuple[str, ...]:
    """Write the clip for the shot; the notes say what the user should know. Raises: MediaBroken, StorageFull."""
    facts = probe(source).picture
    if facts is None or facts.frames < 1:
        raise MediaBroken(f"Expected a picture or a clip in {source.name}, found only sound; give another file.")
    there = _frames_there(facts, shot.rate)
    fit = _find_fit(source, facts, shot.shape)
    notes = []
    if fit.window is None:
        notes.append(f"Scene {shot.scene}: the clip's shape is far from the film's; it is shown whole over a blur.")
    if there < shot.frames:
        notes.append(f"Scene {shot.scene}: the clip is shorter than its narration, so it comes round again.")
    picture = _long_enough(source, facts, fit, shot, there)
    with written_whole(into) as partial:
        run_ffmpeg(
            graph.write_arguments([picture], partial, **_encoding(shot)),
            about=f"Fitting {source.name}", timeout_seconds=FIT_TIMEOUT_SECONDS,
        )  # fmt: skip
        made = probe(partial).picture
        if made is None or made.frames != shot.frames:
            found = made.frames if made else 0
            raise MediaBroken(f"Expected {shot.frames} frames from {source.name}, found {found}; give another file.")
    return tuple(notes)


def _frames_there(facts: PictureFacts, rate: Fraction) -> int:
    seconds = facts.seconds or (facts.frames / facts.rate if facts.rate else Fraction(0))
    return max(1, seconds_to_frames_nearest(seconds, rate))


def _long_enough(source: Path, facts: PictureFacts, fit: _Fit, shot: Shot, there: int) -> graph.Stream:
    """The clip's frames, again and again through dissolves until they last the shot."""
    dissolve = min(LOOP_DISSOLVE_FRAMES, there // 4)
    lap = max(1, there - dissolve)
    laps = 1 if there >= shot.frames else math.ceil((shot.frames - dissolve) / lap)
    if laps > MOST_LOOPS or (laps > 1 and dissolve < 2):
        looped = graph.read(source, stream_loop=math.ceil(shot.frames / there) + 1, threads=1).video
        return _held(_shown(looped, facts, fit, shot), shot)
    film = _shown(graph.read(source, threads=1).video, facts, fit, shot)
    for number in range(1, laps):
        # Equal inputs would be taken for one; a queue of another length tells them apart and changes nothing else.
        lap_source = graph.read(source, threads=1, thread_queue_size=8 + number)
        again = _shown(lap_source.video, facts, fit, shot)
        film = graph.filter_many(
            [film, again], "xfade", transition="fade", duration=f"{float(dissolve / shot.rate):.6f}",
            offset=f"{float(number * lap / shot.rate):.6f}",
        )  # fmt: skip
    return _held(film, shot)


def _shown(stream: graph.Stream, facts: PictureFacts, fit: _Fit, shot: Shot) -> graph.Stream:
    """One pass of the clip at the film's rate, shape and colours."""
    steady = stream.filter("fps", fps=shot.rate, round="near")
    if fit.window is not None:
        shown = _cut(steady, facts, fit.window, shot.shape)
    else:
        front, back = steady.split(2)
        shown = _over_blur(front, back, facts, fit.aspect, shot.shape)
    return shown.filter("setsar", 1).filter("settb", expr="AVTB").filter("setpts", "PTS-STARTPTS")


def _cut(stream: graph.Stream, facts: PictureFacts, window: Window, shape: Shape) -> graph.Stream:
    whole = Shape(
        width_px=max(shape.width_px, _even(shape.width_px / window.width)),
        height_px=max(shape.height_px, _even(shape.height_px / window.height)),
    )
    return colour.to_film(stream, facts, whole).filter(
        "crop", w=shape.width_px, h=shape.height_px,
        x=min(whole.width_px - shape.width_px, _even(window.left * whole.width_px)),
        y=min(whole.height_px - shape.height_px, _even(window.top * whole.height_px)),
    )  # fmt: skip


def _over_blur(
    front: graph.Stream, back: graph.Stream, facts: PictureFacts, aspect: float, shape: Shape
) -> graph.Stream:
    """The whole clip over a dim, blurred copy that fills the frame."""
    wide = aspect > shape.width_px / shape.height_px
    inner = Shape(
        width_px=shape.width_px if wide else _even(shape.height_px * aspect),
        height_px=_even(shape.width_px / aspect) if wide else shape.height_px,
    )
    outer = Shape(
        width_px=_even(shape.height_px * aspect) if wide else shape.width_px,
        height_px=shape.height_px if wide else _even(shape.width_px / aspect),
    )
    small = Shape(width_px=_even(outer.width_px / 6), height_px=_even(outer.height_px / 6))
    ground = colour.to_film(back, facts, small)
    ground = ground.filter("crop", w=min(small.width_px, _even(shape.width_px / 6)),
                           h=min(small.height_px, _even(shape.height_px / 6)))  # fmt: skip
    ground = ground.filter("gblur", sigma=6).filter("scale", w=shape.width_px, h=shape.height_px, flags="bicubic")
    ground = ground.filter("eq", brightness=-0.12, saturation=0.85)
    return graph.filter_many(
        [ground, colour.to_film(front, facts, inner)], "overlay",
        x=_even((shape.width_px - inner.width_px) / 2), y=_even((shape.height_px - inner.height_px) / 2),
    ).filter("format", "yuv420p")  # fmt: skip


def _held(stream: graph.Stream, shot: Shot) -> graph.Stream:
    """Never short by a rounding: the last frame is held as long as needed; the output stops at the shot's frames."""
    return stream.filter("tpad", stop_mode="clone", stop_duration="2").filter("fps", fps=shot.rate)


def _find_fit(source: Path, facts: PictureFacts, shape: Shape) -> _Fit:
    """Look at a few frames: the window that keeps what draws the eye in all of them, if there is one."""
    across, down = facts.width_px * facts.sample_aspect, Fraction(facts.height_px)
    if facts.rotation % 180:
        across, down = down, across
    aspect = float(across / down)
    look = Shape(
        width_px=_even(_LOOK_SIDE_PX * min(1.0, aspect)), height_px=_even(_LOOK_SIDE_PX * min(1.0, 1 / aspect))
    )
    seconds = float(facts.seconds or facts.frames / (facts.rate or 1))
    maps = [find_attention(_look(source, part * seconds, look)) for part in _LOOKS]
    window = find_window(np.mean(maps, axis=0, dtype=np.float32), aspect, shape.width_px / shape.height_px)
    return _Fit(window=window if window.attention >= LEAST_ATTENTION else None, aspect=aspect)


def _look(source: Path, seconds: float, look: Shape) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    for at in (seconds, 0.0):
        stream = graph.read(source, ss=f"{at:.3f}", threads=1).video
        small = stream.filter("scale", w=look.width_px, h=look.height_px, flags="area")
        content = run_ffmpeg(
            graph.write_arguments([small], "pipe:", f="rawvideo", pix_fmt="rgb24", **{"frames:v": 1}),
            about=f"Looking at {source.name}", timeout_seconds=60,
        )  # fmt: skip
        if content:
            return np.frombuffer(content, dtype=np.uint8).reshape(look.height_px, look.width_px, 3)
    raise MediaBroken(f"Expected pictures in {source.name}, found none that can be decoded; give another file.")


def _encoding(shot: Shot) -> dict[str, graph.Option]:
    return {"pix_fmt": "yuv420p", "frames:v": shot.frames, **PROCESSOR, **clip_options(shot.rate)}


def _even(value: Fraction | float) -> int:
    return max(2, round(value / 2) * 2)
