"""Scores of one clip, measured on its own pictures as they stream by, small: what is black, frozen, torn, blurred, noisy.

Knows pixels and time; knows no limits (`clip_gate.py` has them), no film and no renderer. No more than a few small
pictures are held at a time.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import MediaBroken
from aiprod.media import graph
from aiprod.media.clip_pictures import look_every
from aiprod.media.contrast import contrast
from aiprod.media.probe import probe
from aiprod.media.process import stream_ffmpeg
from aiprod.media.stills import Picture

Luma = npt.NDArray[np.float32]

SIDE_PX = 180
"""The shorter side of the pictures that are measured."""
CELL_PX = 4
"""Motion is followed on means of so many pixels each way."""
BLOCK_CELLS = 5
REACH_CELLS = 2
"""How far a block may have moved from one picture to the next: at 1080 pixels, 72 of them."""
BLACK_LEVEL = 20
"""Of 255: a picture with hardly a pixel above it is black."""
BLACK_SHARE = 0.001
STILL_LEVELS = 0.01
"""Mean change of luma below which two pictures are the same one, encoded twice; the slowest camera changes more."""
KEY_LEVELS = 0.5
"""What a key frame may change in a picture that stands still."""
SAME_LEVELS = 0.5
"""Mean change of luma that is too little to tell an order by."""
MOST_GAIN = 4.0
"""How much brighter a flash may make a picture and leave it the same one."""
LOOK_EVERY_SECONDS = Fraction(1, 3)
"""How often sharpness and noise are looked at."""
ROUGH_LEVELS = 1.0
"""What changes less is noise so faint that its cause does not matter; more of it may be texture that moves."""
NOISE_REACH_PX = 3
NOISE_BLOCK_PX = 12
NEIGHBOURS = range(2, 8)
"""A jump is told from motion by the pictures so many before and after it."""
QUIET_LEVELS = 1.5
"""What differs between two pictures whatever is seen: noise, grain, encoding."""
FLICKER_STEPS = (1, 2, 3)
"""Half periods of flicker, in pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipScores:
    """What was measured. `flicker` is how far the whole picture's luma goes up and down beside its course, in levels;
    `jump` is the largest change that no motion explains, over those around it (1: an even flow); `disorder` is how far
    neighbours differ over next neighbours (1: pictures in no order); `sharpness` runs from 0 (blurred) to 1; noise is in
    levels of 255."""

    frames: int
    black_share: float
    contrast: float
    frozen_seconds: float
    flicker: float
    jump: float
    jump_seconds: float
    disorder: float
    sharpness: float
    noise: float
    colour_noise: float


@dataclass(frozen=True, slots=True)
class _Small:
    """One picture: luma and two colours at half the size, in levels."""

    luma: Luma
    colours: tuple[Luma, Luma]


@dataclass(slots=True)
class _Tally:
    """What is kept of the pictures that went by: a few numbers each."""

    means: list[float] = field(default_factory=list)
    contrasts: list[float] = field(default_factory=list)
    black: list[bool] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    unexplained: list[float] = field(default_factory=list)
    changes_twice: list[float] = field(default_factory=list)
    unexplained_twice: list[float] = field(default_factory=list)
    sharpness: list[float] = field(default_factory=list)
    noise: list[float] = field(default_factory=list)
    colour_noise: list[float] = field(default_factory=list)


def measure_clip(clip: Path, see: Callable[[int, Picture], None] | None = None) -> ClipScores:
    """Measure a clip. `see` is shown the frames that its judges look at (`clip_pictures.look_every`), with their numbers.

    Raises: NotFound, MediaBroken, EngineMissing.
    """
    picture = probe(clip).picture
    if picture is None or not picture.rate:
        raise MediaBroken(f"Expected pictures in {clip.name}, found none; make the clip again.")
    tally = _Tally()
    every = max(1, round(LOOK_EVERY_SECONDS * picture.rate))
    seen_every = look_every(picture)
    before: deque[Luma] = deque(maxlen=2)
    last: _Small | None = None
    for number, small in enumerate(_stream(clip, picture.width_px, picture.height_px)):
        cells = _shrunk(small.luma, CELL_PX)
        tally.black.append(float((small.luma >= BLACK_LEVEL).mean()) < BLACK_SHARE)
        _look_at(tally, cells, before)
        if number % every == 0:
            tally.sharpness.append(_sharpness(small.luma))
            tally.contrasts.append(max(contrast(part) for part in (small.luma, *small.colours)))
        if number % every == 1 and last is not None:
            tally.noise.append(_noise_beside_motion(last.luma, small.luma))
            tally.colour_noise.append(max(_noise(_fine(now - then)) for then, now in zip(last.colours, small.colours, strict=True)))
        if see and number % seen_every == seen_every // 2:
            see(number, _in_colours(small))
        before.append(cells)
        last = small
    if not tally.means:
        raise MediaBroken(f"Expected pictures in {clip.name}, none could be decoded; make the clip again.")
    return _scores(tally, picture.rate)


def _look_at(tally: _Tally, cells: Luma, before: deque[Luma]) -> None:
    tally.means.append(float(cells.mean()))
    if before:
        tally.changes.append(float(np.abs(cells - before[-1]).mean()))
        tally.unexplained.append(_unexplained(before[-1], cells))
    if len(before) > 1:
        tally.changes_twice.append(float(np.abs(cells - before[-2]).mean()))
        if len(tally.means) % 3 == 0:
            tally.unexplained_twice.append(_unexplained(before[-2], cells))


def _stream(clip: Path, width_px: int, height_px: int) -> Iterator[_Small]:
    """The clip's pictures, small, one after the other. Raises: MediaBroken, EngineMissing."""
    unit, step = Fraction(SIDE_PX, min(width_px, height_px)), CELL_PX * BLOCK_CELLS
    width, height = (max(step, step * round(side * unit / step)) for side in (width_px, height_px))
    source = graph.read(clip, threads=1).video.filter("scale", w=width, h=height, flags="area")
    # What cannot be decoded is not to be concealed: pictures patched up from others are torn, and look fair to any score.
    arguments = ["-xerror", *graph.write_arguments([source], "pipe:", f="rawvideo", pix_fmt="yuv420p", fps_mode="passthrough")]
    luma, colour = width * height, width * height // 4
    for content in stream_ffmpeg(arguments, luma + 2 * colour, about=f"Looking at {clip.name}"):
        levels = np.frombuffer(content, np.uint8).astype(np.float32)
        parts = np.split(levels, [luma, luma + colour])
        halves = [part.reshape(height // 2, width // 2) for part in parts[1:]]
        yield _Small(parts[0].reshape(height, width), (halves[0], halves[1]))


def _in_colours(small: _Small) -> Picture:
    """RGB of a picture in BT.709's narrow range, as every clip is written. Shape: (height, width, 3)."""
    blue, red = ((rows.repeat(2, axis=0).repeat(2, axis=1) - 128) / 112 for rows in small.colours)
    luma = (small.luma - 16) / 219
    picture = np.stack([luma + 0.7874 * red, luma - 0.0936 * blue - 0.2340 * red, luma + 0.9278 * blue], axis=2)
    return np.asarray((picture.clip(0, 1) * 255).round(), np.uint8)


def _shrunk(rows: Luma, by: int) -> Luma:
    height, width = rows.shape[0] // by, rows.shape[1] // by
    return np.asarray(rows[: height * by, : width * by].reshape(height, by, width, by).mean(axis=(1, 3)))


def _unexplained(first: Luma, second: Luma) -> float:
    """How far the second picture differs from the first once each block of it is looked for around its place, and the
    light of the whole is made the same."""
    reach = REACH_CELLS
    height, width = second.shape
    one, other = _equally_lit(first - first.mean(), second - second.mean())
    near = np.lib.stride_tricks.sliding_window_view(np.pad(one, reach, mode="edge"), (height, width))
    apart = np.abs(near - other)
    size = BLOCK_CELLS
    blocks = apart.reshape(*apart.shape[:2], height // size, size, width // size, size).mean(axis=(3, 5))
    return float(blocks.min(axis=(0, 1)).mean())


def _equally_lit(one: Luma, other: Luma) -> tuple[Luma, Luma]:
    """Two pictures about their means, the fainter one as strong as the other: lightning and lamps change no more than that."""
    gain = float(np.clip(other.std() / max(1e-6, float(one.std())), 1 / MOST_GAIN, MOST_GAIN))
    return (one * gain, other) if gain > 1 else (one, other / gain)


def _sharpness(luma: Luma) -> float:
    """How much finer detail there is than a blur would leave, whatever the contrast: a picture that is blurred already
    changes little when it is blurred again (Crete and others, 2007)."""
    worst = 0.0
    for axis in (0, 1):
        blurred = _boxed(luma, axis)
        steps, left = np.abs(np.diff(luma, axis=axis)), np.abs(np.diff(blurred, axis=axis))
        whole = float(steps.sum())
        lost = float(np.maximum(steps - left, 0).sum())
        worst = max(worst, lost / whole if whole else 0.0)
    return worst


def _boxed(rows: Luma, axis: int, reach: int = 4) -> Luma:
    """The mean over nine pixels along an axis."""
    sums = np.cumsum(np.pad(rows, [(reach + 1, reach) if at == axis else (0, 0) for at in (0, 1)], mode="edge"), axis=axis)
    over = 2 * reach + 1
    if axis == 0:
        return np.asarray((sums[over:] - sums[:-over]) / over, np.float32)
    return np.asarray((sums[:, over:] - sums[:, :-over]) / over, np.float32)


def _noise(fine: Luma) -> float:
    """Standard deviation of what no edge and no slope explains, in the calmer half of the difference of two pictures
    (Immerkaer, 1996): a style's screen of dots or hatching stays where it is, noise does not."""
    return _spread(_shrunk(np.abs(fine), 6))


def _noise_beside_motion(first: Luma, second: Luma) -> float:
    """Noise but for grass under a camera that moves: where much is left, each part of the first picture is looked for around its
    place, half pixels too."""
    before, after = _fine(first), _fine(second)
    plain = _noise(after - before)
    if plain < ROUGH_LEVELS:
        return plain
    least: Luma | None = None
    reach = NOISE_REACH_PX
    for moved in (before, _halved(before, 0), _halved(before, 1), _halved(_halved(before, 0), 1)):
        near = np.lib.stride_tricks.sliding_window_view(np.pad(moved, reach, mode="edge"), after.shape)
        for shifted in near.reshape(-1, *after.shape):
            left = _shrunk(np.abs(after - shifted), NOISE_BLOCK_PX)
            least = left if least is None else np.minimum(least, left)
    return plain if least is None else _spread(least)


def _fine(rows: Luma) -> Luma:
    """What no edge and no slope explains."""
    middle = rows[1:-1, 1:-1]
    sides = rows[:-2, 1:-1] + rows[2:, 1:-1] + rows[1:-1, :-2] + rows[1:-1, 2:]
    corners = rows[:-2, :-2] + rows[:-2, 2:] + rows[2:, :-2] + rows[2:, 2:]
    return np.asarray(4 * middle - 2 * sides + corners)


def _spread(blocks: Luma) -> float:
    return float(np.median(blocks) * np.sqrt(np.pi / 4) / 6)


def _halved(rows: Luma, axis: int) -> Luma:
    """The picture half a pixel on, by the four around each place."""
    one, two, three = (np.roll(rows, -step, axis) for step in (1, 2, -1))
    return np.asarray((9 * (rows + one) - two - three) / 16)


def _scores(tally: _Tally, rate: Fraction) -> ClipScores:
    jump, at = _jump(np.array(tally.unexplained))
    return ClipScores(
        frames=len(tally.means),
        black_share=float(np.mean(tally.black)),
        contrast=float(np.median(tally.contrasts)) / 255,
        frozen_seconds=_longest_run(_still(np.array(tally.changes))) / float(rate),
        flicker=_flicker(np.array(tally.means), round(rate)),
        jump=jump,
        jump_seconds=at / float(rate),
        disorder=min(
            _disorder(tally.changes, tally.changes_twice), _disorder(tally.unexplained, tally.unexplained_twice)
        ),
        sharpness=float(np.median(tally.sharpness)),
        noise=float(np.median(tally.noise or [0.0])),
        colour_noise=float(np.median(tally.colour_noise or [0.0])),
    )


def _jump(unexplained: npt.NDArray[np.float64]) -> tuple[float, int]:
    """The largest change over its surroundings, and the number of the picture that it leads to."""
    best, place = 1.0, 0
    for at, here in enumerate(unexplained):
        around = [unexplained[at + sign * far] for far in NEIGHBOURS for sign in (-1, 1) if 0 <= at + sign * far < len(unexplained)]
        if around:
            over = float(here / (QUIET_LEVELS + np.percentile(around, 75)))
            if over > best:
                best, place = over, at + 1
    return best, place


def _disorder(once: list[float], twice: list[float]) -> float:
    """How far neighbours differ over next neighbours. Both what changes and what motion leaves unexplained must say so:
    what moves fast changes as much in one step as in two, and noise alone is not disorder."""
    return float(np.mean(once) / (SAME_LEVELS + np.mean(twice))) if twice else 0.0


def _flicker(means: npt.NDArray[np.float64], window: int) -> float:
    """The worst second's median swing there and back: a flash, a cut or a fade is none, an alternation is."""
    worst = 0.0
    for step in FLICKER_STEPS:
        if len(means) < 3 * step + window // 2:
            continue
        swing = means[step:-step] - (means[: -2 * step] + means[2 * step :]) / 2
        here, there = swing[:-step], swing[step:]
        both = np.where(here * there < 0, np.minimum(np.abs(here), np.abs(there)), 0.0)
        starts = range(0, max(1, len(both) - window + 1), max(1, window // 2))
        worst = max(worst, *(float(np.median(both[start : start + window])) for start in starts))
    return worst


def _still(changes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which changes are none; a key frame between two such is none either."""
    still = changes < STILL_LEVELS
    between = np.zeros_like(still)
    between[1:-1] = still[:-2] & still[2:] & (changes[1:-1] < KEY_LEVELS)
    return np.asarray(still | between)


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest
