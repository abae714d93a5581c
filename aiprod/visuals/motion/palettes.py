"""The hand of a style and the tint of a palette, as numbers for the last pass: what a film's LUT would do.

Knows the styles of `brief.STYLES` and the palettes of `spec.PALETTES`. Knows no shader but its switches.
"""

from dataclasses import dataclass, replace

from aiprod.visuals.motion.light import Colour
from aiprod.visuals.motion.spec import SceneSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How light becomes a picture. `switches` are defines of `shaders/grade.frag`; tints add to shadows and lights."""

    exposure: float = 1.0
    saturation: float = 1.12
    contrast: float = 0.30
    vignette: float = 0.75
    bloom: float = 1.0
    rays: float = 1.0
    posterise: float = 6.0
    lift: Colour = (0.010, 0.010, 0.014)
    gain: Colour = (1.0, 1.0, 1.0)
    shadow_tint: Colour = (0.0, 0.0, 0.0)
    light_tint: Colour = (0.0, 0.0, 0.0)
    mood_tint: float = 1.0
    paper: Colour = (0.95, 0.93, 0.88)
    ink: Colour = (0.10, 0.10, 0.13)
    switches: tuple[str, ...] = ()


_STYLES = {
    "cinematic": Grade(shadow_tint=(-0.020, 0.006, 0.026), light_tint=(0.026, 0.008, -0.020)),
    "realistic": Grade(saturation=0.98, contrast=0.22, vignette=0.45, bloom=0.7, rays=0.85, mood_tint=0.6),
    "documentary": Grade(
        saturation=0.90,
        contrast=0.26,
        vignette=0.40,
        bloom=0.55,
        rays=0.7,
        mood_tint=0.5,
        light_tint=(0.012, 0.008, -0.006),
    ),
    "anime": Grade(
        exposure=1.10,
        saturation=1.34,
        contrast=0.34,
        vignette=0.20,
        bloom=1.15,
        posterise=7.0,
        shadow_tint=(-0.010, 0.000, 0.060),
        light_tint=(0.020, 0.012, 0.0),
        switches=("POSTERISE", "EDGES", "INKED"),
    ),
    "sketch": Grade(
        exposure=0.84,
        saturation=0.85,
        contrast=0.55,
        vignette=0.0,
        bloom=0.3,
        rays=0.4,
        mood_tint=0.3,
        switches=("EDGES", "SKETCH"),
    ),
    "watercolor": Grade(
        exposure=1.20,
        saturation=1.15,
        contrast=0.10,
        vignette=0.0,
        bloom=0.7,
        rays=0.6,
        posterise=5.0,
        mood_tint=0.6,
        lift=(0.05, 0.05, 0.06),
        paper=(0.97, 0.955, 0.92),
        switches=("EDGES", "WATERCOLOUR"),
    ),
    "noir": Grade(
        exposure=0.92,
        saturation=0.0,
        contrast=0.75,
        vignette=1.0,
        bloom=1.1,
        rays=1.3,
        mood_tint=0.0,
        shadow_tint=(0.0, 0.002, 0.008),
        light_tint=(0.006, 0.004, 0.0),
    ),
    "vintage": Grade(
        saturation=0.70,
        contrast=0.12,
        vignette=0.95,
        bloom=0.9,
        lift=(0.060, 0.040, 0.036),
        gain=(1.0, 0.955, 0.83),
        shadow_tint=(0.020, 0.010, -0.020),
        light_tint=(0.030, 0.012, -0.050),
        mood_tint=0.3,
    ),
    "neon": Grade(
        exposure=0.66,
        saturation=1.30,
        contrast=0.42,
        vignette=0.9,
        bloom=1.5,
        rays=1.0,
        shadow_tint=(0.03, -0.02, 0.10),
        light_tint=(0.02, 0.0, 0.05),
        mood_tint=0.3,
        switches=("DUOTONE",),
    ),
}

_TINTS: dict[str, tuple[Colour, Colour, Colour, float]] = {
    # gain, shadow tint, light tint, saturation
    "natural": ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0),
    "warm": ((1.03, 1.0, 0.94), (0.010, 0.0, -0.008), (0.030, 0.012, -0.030), 1.04),
    "cool": ((0.96, 1.0, 1.04), (-0.015, 0.0, 0.025), (-0.020, 0.0, 0.020), 0.98),
    "teal": ((0.97, 1.01, 1.01), (-0.030, 0.020, 0.030), (0.020, 0.008, -0.015), 1.02),
    "amber": ((1.05, 0.99, 0.88), (0.020, 0.004, -0.020), (0.040, 0.018, -0.045), 1.06),
    "rose": ((1.03, 0.97, 1.0), (0.015, -0.008, 0.018), (0.035, -0.004, 0.010), 1.03),
    "violet": ((0.99, 0.96, 1.05), (0.012, -0.012, 0.050), (0.012, -0.008, 0.022), 1.05),
    "earth": ((1.02, 0.99, 0.93), (0.008, 0.004, -0.008), (0.015, 0.008, -0.020), 0.86),
    "pastel": ((1.02, 1.01, 1.01), (0.045, 0.040, 0.050), (0.0, 0.0, 0.0), 0.82),
    "vivid": ((1.02, 1.01, 1.01), (-0.008, -0.004, 0.010), (0.015, 0.010, -0.008), 1.26),
    "noir": ((0.98, 0.98, 1.0), (-0.010, -0.008, 0.004), (0.0, 0.0, 0.0), 0.35),
    "sepia": ((1.04, 0.97, 0.82), (0.025, 0.010, -0.020), (0.035, 0.018, -0.040), 0.45),
}


def grade_for(spec: SceneSpec) -> Grade:
    """The grade of a scene's style and palette."""
    grade = _STYLES.get(spec.style, _STYLES["cinematic"])
    gain, shadow, light, saturation = _TINTS[spec.palette]
    return replace(
        grade,
        gain=(grade.gain[0] * gain[0], grade.gain[1] * gain[1], grade.gain[2] * gain[2]),
        shadow_tint=_sum(grade.shadow_tint, shadow),
        light_tint=_sum(grade.light_tint, light),
        saturation=grade.saturation * saturation,
    )


def _sum(first: Colour, second: Colour) -> Colour:
    return (first[0] + second[0], first[1] + second[1], first[2] + second[2])
