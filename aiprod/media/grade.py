"""Cheap grades by style: one look-up a plane of the picture, in YUV, so that no pixel is ever turned into RGB.

Knows taste; knows nothing of matrices (see `colour.py`). An own .cube file is a true 3D table and costs some fifty
times more a frame.
"""

from dataclasses import dataclass
from pathlib import Path

from aiprod.media.graph import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A look, in parts of full scale. `contrast` bends luma around its middle, `lift` raises black, `saturation`
    scales chroma, `warmth` moves white from blue to red, `shadow_blue` cools what is dark by tinting black."""

    contrast: float = 0.0
    lift: float = 0.0
    gamma: float = 1.0
    saturation: float = 1.0
    warmth: float = 0.0
    tint: float = 0.0


GRADES = {
    "cinematic": Grade(contrast=0.16, lift=0.008, saturation=1.06, warmth=0.010, tint=-0.004),
    "realistic": Grade(contrast=0.05, saturation=1.02),
    "anime": Grade(contrast=0.08, gamma=1.04, saturation=1.14),
    "sketch": Grade(contrast=0.10, saturation=0.85),
    "watercolor": Grade(contrast=-0.06, lift=0.02, saturation=0.94, warmth=0.006),
    "noir": Grade(contrast=0.30, saturation=0.0),
    "vintage": Grade(contrast=-0.04, lift=0.035, saturation=0.80, warmth=0.028, tint=-0.006),
    "neon": Grade(contrast=0.20, saturation=1.22, warmth=-0.010, tint=0.008),
    "documentary": Grade(contrast=0.07, saturation=0.96),
}
"""By style; a style that is not here is left as it is."""


def graded(stream: Stream, style: str, cube: str = "") -> Stream:
    """The stream with a style's grade ("" leaves it) and then an own .cube file's."""
    grade = GRADES.get(style)
    if grade is not None:
        red, blue = _chroma(grade)
        stream = stream.filter("lutyuv", y=_luma(grade), u=blue, v=red)
    return stream.filter("lut3d", file=Path(cube)) if cube else stream


def _luma(grade: Grade) -> str:
    # t is luma from 0 to 1; t*(1-t)*(2t-1) is an S that leaves black, middle and white where they are.
    t = "clip((val-16)/219,0,1)"
    bent = f"pow({t},{1 / grade.gamma:.4f})"
    curve = f"({bent}+{4 * grade.contrast:.4f}*{bent}*(1-{bent})*(2*{bent}-1)/2)"
    return f"clip(16.5+219*({grade.lift:.4f}+(1-{grade.lift:.4f})*{curve}),16,235)"


def _chroma(grade: Grade) -> tuple[str, str]:
    red = grade.warmth + grade.tint / 2
    blue = -grade.warmth + grade.tint / 2

    def plane(shift: float) -> str:
        return f"clip(128.5+(val-128)*{grade.saturation:.4f}+{224 * shift:.3f},16,240)"

    return plane(red), plane(blue)
