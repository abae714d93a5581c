"""Delivery profiles: what a finished film must be, for where it is shown.

Loudness targets: -14 LUFS for social and web players, -23 LUFS for broadcast (EBU R128). Shapes are in pixels at
the film's final size; a renderer may work smaller (`work_scale`) and the segment is scaled once, when it is encoded.
"""

from dataclasses import dataclass
from fractions import Fraction

from aiprod.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A picture's size in pixels; both sides are even."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One way to deliver. `short_side_px` is the smaller side of the film; `crf` and `preset` are x264's."""

    name: str
    short_side_px: int
    rate: Fraction
    default_aspect: str
    loudness_lufs: float
    loudness_tolerance_lu: float
    true_peak_dbtp: float
    crf: int
    preset: str
    audio_bitrate_kbps: int
    gop_frames: int
    work_scale: Fraction

    def shape(self, aspect: str) -> Shape:
        """Film size for an aspect such as "9:16" ("" is the profile's own)."""
        return _shape(aspect or self.default_aspect, self.short_side_px)

    def work_shape(self, aspect: str) -> Shape:
        """Size at which renderers draw before the segment is scaled to the film's size."""
        return _shape(aspect or self.default_aspect, int(self.short_side_px * self.work_scale))


def _even(value: Fraction) -> int:
    return int(value / 2 + Fraction(1, 2)) * 2


def _shape(aspect: str, short_side_px: int) -> Shape:
    across, down = (int(part) for part in aspect.split(":"))
    ratio = Fraction(across, down)
    if ratio >= 1:
        return Shape(width_px=_even(short_side_px * ratio), height_px=_even(Fraction(short_side_px)))
    return Shape(width_px=_even(Fraction(short_side_px)), height_px=_even(short_side_px / ratio))


PROFILES = {
    "social": Profile(
        name="social", short_side_px=1080, rate=Fraction(30), default_aspect="9:16", loudness_lufs=-14.0,
        loudness_tolerance_lu=0.5, true_peak_dbtp=-1.0, crf=19, preset="veryfast", audio_bitrate_kbps=192,
        gop_frames=60, work_scale=Fraction(2, 3),
    ),
    "web": Profile(
        name="web", short_side_px=1080, rate=Fraction(30), default_aspect="16:9", loudness_lufs=-14.0,
        loudness_tolerance_lu=0.5, true_peak_dbtp=-1.0, crf=18, preset="veryfast", audio_bitrate_kbps=192,
        gop_frames=60, work_scale=Fraction(2, 3),
    ),
    "broadcast": Profile(
        name="broadcast", short_side_px=1080, rate=Fraction(25), default_aspect="16:9", loudness_lufs=-23.0,
        loudness_tolerance_lu=0.5, true_peak_dbtp=-1.0, crf=17, preset="medium", audio_bitrate_kbps=320,
        gop_frames=25, work_scale=Fraction(2, 3),
    ),
    "draft": Profile(
        name="draft", short_side_px=360, rate=Fraction(15), default_aspect="9:16", loudness_lufs=-14.0,
        loudness_tolerance_lu=0.5, true_peak_dbtp=-1.0, crf=26, preset="veryfast", audio_bitrate_kbps=128,
        gop_frames=30, work_scale=Fraction(1),
    ),
}  # fmt: skip


def find_profile(name: str) -> Profile:
    """The profile of that name. Raises: InvalidInput."""
    if name not in PROFILES:
        raise InvalidInput("profile", expected=f"one of {', '.join(PROFILES)}", found=name)
    return PROFILES[name]
