"""How good an enlarged picture is, measured against the small one that it came from.

There is no large original to compare with, so three things are asked: does it become the small picture again when it is
made small (SSIM, VMAF), is it sharper than Lanczos' enlargement, and does it flicker no more than that. All is measured
on pixels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.media import graph
from aiprod.media.process import run_ffmpeg_heard
from aiprod.models.pictures import Picture, luma, sized
from aiprod.profiles import Shape
from aiprod.visuals.frames import picture_of

Luma = npt.NDArray[np.float64]

FIDELITY_LOSS = 0.06
"""How much less than Lanczos an enlargement may resemble the small picture. New detail is a difference: on drawn scenes the
published networks lose 0.017 to 0.031."""
FLICKER_GAIN = 1.35
"""How much more than Lanczos' it may change from a picture to the next: sharper edges change more when they move."""
MEASURING_SECONDS = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A network's enlargement beside Lanczos', on a few pairs of neighbouring pictures. Sharpness and flicker are levels of
    luma: the mean of the Laplacian, and of the change from a picture to the next."""

    ssim: float
    ssim_lanczos: float
    sharpness: float
    sharpness_lanczos: float
    flicker: float
    flicker_lanczos: float

    @property
    def better(self) -> bool:
        """Whether the network's is to be taken."""
        return (
            self.ssim >= self.ssim_lanczos - FIDELITY_LOSS
            and self.sharpness > self.sharpness_lanczos
            and self.flicker <= FLICKER_GAIN * self.flicker_lanczos + 0.5
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """How much a whole enlarged clip, made small again, resembles the clip that it came from; `vmaf` is None where ffmpeg
    cannot measure it."""

    ssim: float
    vmaf: float | None


def compare(small: Sequence[Picture], large: Sequence[Picture], shape: Shape) -> Scores:
    """Scores of enlargements, brought to the film's shape, beside Lanczos'; pictures are pairs, one after the other."""
    made = [sized(picture, shape) for picture in large]
    plain = [sized(picture, shape) for picture in small]
    small_shape = Shape(width_px=small[0].shape[1], height_px=small[0].shape[0])

    def resemblance(pictures: Sequence[Picture]) -> float:
        again = [sized(picture, small_shape) for picture in pictures]
        return float(np.mean([ssim(before, after) for before, after in zip(small, again, strict=True)]))

    return Scores(
        ssim=resemblance(made), ssim_lanczos=resemblance(plain), sharpness=_sharpness(made),
        sharpness_lanczos=_sharpness(plain), flicker=_flicker(made), flicker_lanczos=_flicker(plain),
    )  # fmt: skip


def ssim(first: Picture, second: Picture) -> float:
    """Structural similarity of two pictures' luma: 1 for the same. Source: Wang et al. (2004), with a window of 7 pixels."""
    from scipy.ndimage import uniform_filter

    one, other = luma(first), luma(second)
    steady_mean, steady_spread = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_one, mean_other = uniform_filter(one, 7), uniform_filter(other, 7)
    spread_one = uniform_filter(one * one, 7) - mean_one**2
    spread_other = uniform_filter(other * other, 7) - mean_other**2
    together = uniform_filter(one * other, 7) - mean_one * mean_other
    alike = ((2 * mean_one * mean_other + steady_mean) * (2 * together + steady_spread)) / (
        (mean_one**2 + mean_other**2 + steady_mean) * (spread_one + spread_other + steady_spread)
    )
    return float(alike.mean())


def sharpness(picture: Picture) -> float:
    """The mean of the Laplacian's size, in levels of luma."""
    rows = luma(picture)
    around = rows[:-2, 1:-1] + rows[2:, 1:-1] + rows[1:-1, :-2] + rows[1:-1, 2:]
    return float(np.abs(around - 4 * rows[1:-1, 1:-1]).mean())


def measure_fidelity(large: Path, small: Path) -> Fidelity:
    """Of two clips of as many frames. Raises: MediaBroken, EngineMissing."""
    facts = picture_of(small)

    def measured(name: str) -> str:
        made = graph.read(large).video.filter("zscale", w=facts.width_px, h=facts.height_px, f="lanczos").filter("format", "yuv420p")
        plain = graph.read(small).video.filter("format", "yuv420p")
        # Frame by frame, whatever ticks each file counts in.
        both = graph.filter_many([stream.filter("setpts", "N/(25*TB)") for stream in (made, plain)], name)
        arguments = graph.write_arguments([both], "-", f="null")
        return run_ffmpeg_heard(
            arguments, about=f"Measuring {large.name}", timeout_seconds=MEASURING_SECONDS, level="info"
        )[1]  # fmt: skip

    found = re.search(r"SSIM .*All:([\d.]+)", measured("ssim"))
    vmaf = re.search(r"VMAF score: ([\d.]+)", measured("libvmaf")) if can_measure_vmaf() else None
    return Fidelity(ssim=float(found[1]) if found else 0.0, vmaf=float(vmaf[1]) if vmaf else None)


@cache
def can_measure_vmaf() -> bool:
    """Whether this machine's ffmpeg carries libvmaf."""
    output, _ = run_ffmpeg_heard(["-filters"], about="Looking for libvmaf", timeout_seconds=30)
    return b" libvmaf " in output


def _sharpness(pictures: Sequence[Picture]) -> float:
    return float(np.mean([sharpness(picture) for picture in pictures]))


def _flicker(pictures: Sequence[Picture]) -> float:
    pairs = zip(pictures[::2], pictures[1::2], strict=True)
    return float(np.mean([np.abs(luma(after) - luma(before)).mean() for before, after in pairs]))
