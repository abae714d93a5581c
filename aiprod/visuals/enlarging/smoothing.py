"""A clip brought to the film's rate: pictures in between by a network, by ffmpeg's motion search, or shown twice.

Which of them is decided on the clip itself: every second picture of a few stretches is left out, drawn anew in each way,
and compared with the one that is there. Nothing is drawn between two pictures that a cut parts.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.models.interpolation.interpolator import Interpolator
from aiprod.models.pictures import Picture
from aiprod.visuals.cuts import is_cut
from aiprod.visuals.enlarging.measures import ssim
from aiprod.visuals.frames import picture_of, read_halved, read_pictures, read_stretches

NETWORK, SEARCH, TWICE = "the network", "motion search", "pictures shown twice"
LOOK_FRAMES = 7
"""Pictures of a stretch that is compared: three of them are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How near drawn pictures are to those left out: PSNR in decibels, SSIM; means over all that were compared."""

    psnr: float
    ssim: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothness:
    """How a clip comes to its rate. `fits` are of the ways that were tried."""

    way: str
    fits: tuple[tuple[str, Fit], ...] = ()

    @property
    def note(self) -> str:
        """What was chosen, and by which figures."""
        if not self.fits:
            return f"by {self.way}, for no stretch of it could be compared"
        tried = ", ".join(f"{way} {fit.psnr:.1f} dB and SSIM {fit.ssim:.3f}" for way, fit in self.fits)
        return f"by {self.way} (every second picture drawn anew: {tried})"


def choose_way(source: Path, interpolator: Interpolator | None) -> Smoothness:
    """The way that draws what was left out best: by SSIM, of ways within a thousandth by PSNR. Raises: MediaBroken, Unavailable."""
    found: dict[str, list[Fit]] = {}
    for first, there in read_stretches(source, LOOK_FRAMES):
        if len(there) < LOOK_FRAMES:
            continue
        searched = list(read_halved(source, first, LOOK_FRAMES))
        for place in range(1, LOOK_FRAMES, 2):
            before, left_out, after = there[place - 1 : place + 2]
            if is_cut(before, left_out) or is_cut(left_out, after):
                continue
            drawn = {TWICE: before}
            if place < len(searched):
                drawn[SEARCH] = searched[place]
            if interpolator is not None:
                (drawn[NETWORK],) = interpolator.between(before, after, [Fraction(1, 2)])
            for way, picture in drawn.items():
                found.setdefault(way, []).append(_fit(left_out, picture))
    fits = {way: Fit(psnr=float(np.mean([one.psnr for one in all_])), ssim=float(np.mean([one.ssim for one in all_])))
            for way, all_ in found.items()}  # fmt: skip
    if not fits:
        return Smoothness(way=TWICE)
    best = max(fits, key=lambda way: (round(fits[way].ssim, 3), fits[way].psnr))
    return Smoothness(way=best, fits=tuple((way, fits[way]) for way in (NETWORK, SEARCH, TWICE) if way in fits))


def read_smooth(source: Path, rate: Fraction, way: str, interpolator: Interpolator | None) -> Iterator[Picture]:
    """The clip's pictures at a higher rate, in that way. Raises: MediaBroken, Unavailable."""
    if way == SEARCH:
        yield from read_pictures(source, rate)
    else:
        yield from fill(read_pictures(source), picture_of(source).rate / rate, interpolator if way == NETWORK else None)


def fill(pictures: Iterator[Picture], step: Fraction, interpolator: Interpolator | None) -> Iterator[Picture]:
    """Pictures `step` (of the distance of two) apart, from the first to the last: drawn, or the nearer one shown again."""
    before = next(pictures, None)
    place, number = 0, 0
    while before is not None:
        after = next(pictures, None)
        end = place + 1
        moments = []
        while number * step < end:
            moments.append(number * step - place)
            number += 1
            if after is None:
                break
        yield from _between(before, after, moments, interpolator)
        before, place = after, end


def _between(
    before: Picture, after: Picture | None, moments: list[Fraction], interpolator: Interpolator | None
) -> Iterator[Picture]:
    if after is None:
        yield from [before] * len(moments)
        return
    inside = [moment for moment in moments if moment]
    drawn: list[Picture] = []
    if interpolator is not None and inside and not is_cut(before, after):
        drawn = interpolator.between(before, after, inside)
    made = iter(drawn)
    for moment in moments:
        if not moment:
            yield before
        elif drawn:
            yield next(made)
        else:
            yield before if moment < Fraction(1, 2) else after


def _fit(there: Picture, drawn: Picture) -> Fit:
    error = float(np.mean(np.square(there.astype(np.float64) - drawn)))
    return Fit(psnr=min(99.0, 10 * math.log10(255**2 / error) if error else 99.0), ssim=ssim(there, drawn))
