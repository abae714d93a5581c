"""How feet go round: for each gait, where a foot is in its cycle, and how the body rises and pitches.

Pure numbers. Distances are in leg lengths; a planted foot moves back at exactly the speed at which the body advances.
"""

import math
from dataclasses import dataclass
from typing import Final

from aiprod.visuals.motion.spec import Gait


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One cycle of a gait. `starts` are when each foot lands (near hind, near fore, far hind, far fore; of two feet
    the first and third count), `duty` the part of the cycle that a foot stays planted, `reach` how far it goes back
    meanwhile, `lift` how high it swings, `bounce` and `pitch_degrees` what the body does."""

    starts: tuple[float, float, float, float]
    duty: float
    reach: float
    lift: float
    bounce: float
    pitch_degrees: float
    pace: float
    beats: int = 2


CYCLES: Final[dict[str, Cycle]] = {"walk": Cycle(starts=(0.0, 0.25, 0.5, 0.75), duty=0.64, reach=0.62, lift=0.17,
    bounce=0.014, pitch_degrees=0.7, pace=1.0), "run": Cycle(starts=(0.0, 0.46, 0.10, 0.60), duty=0.34, reach=0.78,
    lift=0.34, bounce=0.075, pitch_degrees=4.5, pace=0.52, beats=1), "hop": Cycle(starts=(0.0, 0.52, 0.03, 0.57),
    duty=0.36, reach=0.66, lift=0.30, bounce=0.20, pitch_degrees=9.0, pace=0.62, beats=1),
    "biped-walk": Cycle(starts=(0.0, 0.0, 0.5, 0.5), duty=0.62, reach=0.66, lift=0.13, bounce=0.022,
    pitch_degrees=0.0, pace=1.0), "biped-run": Cycle(starts=(0.0, 0.0, 0.5, 0.5), duty=0.36, reach=0.74, lift=0.38,
    bounce=0.055, pitch_degrees=0.0, pace=0.66),}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a foot is: `ahead` of its rest place and `high` above the ground, in leg lengths; `swing` is 0 while
    planted, else how far through the swing (0..1)."""

    ahead: float
    high: float
    swing: float
    planted: bool


STILL: Final = Step(ahead=0.0, high=0.0, swing=0.0, planted=True)


def gait_cycle(gait: Gait, *, biped: bool = False) -> Cycle | None:
    """The cycle of a moving gait on legs; None for one that stays (idle, sit) or has no legs (fly, swim)."""
    return CYCLES.get(f"biped-{gait}" if biped else gait)


def step(cycle: Cycle, foot: int, turns: float) -> Step:
    """Foot number `foot` after `turns` cycles."""
    place = (turns - cycle.starts[foot]) % 1.0
    half = cycle.reach / 2
    if place < cycle.duty:
        return Step(ahead=half - cycle.reach * place / cycle.duty, high=0.0, swing=0.0, planted=True)
    part = (place - cycle.duty) / (1.0 - cycle.duty)
    # A cubic that leaves and lands with the ground's own speed, so that no foot jerks.
    slope = -cycle.reach / cycle.duty * (1.0 - cycle.duty)
    ahead = _hermite(part, -half, half, slope, slope)
    return Step(
        ahead=ahead,
        high=cycle.lift * math.pow(max(math.sin(math.pi * math.pow(part, 0.8)), 0.0), 1.3),
        swing=part,
        planted=False,
    )


def speed(cycle: Cycle, leg: float, seconds: float) -> float:
    """How far the body gets a second, for legs of that length and cycles of that many seconds."""
    return cycle.reach * leg / (cycle.duty * seconds)


def cycle_seconds(metres: float, pace: float) -> float:
    """How long a cycle lasts: big animals walk slowly."""
    return min(max(1.05 * math.pow(metres, 0.38), 0.42), 1.9) * pace


def body(cycle: Cycle, turns: float) -> tuple[float, float]:
    """How high the body bounces (leg lengths) and how it pitches (degrees, nose up)."""
    if cycle.beats == 1:
        return cycle.bounce * (0.5 - 0.5 * math.cos(2 * math.pi * (turns - 0.12))), cycle.pitch_degrees * math.sin(
            2 * math.pi * (turns - 0.05)
        )
    wave = math.cos(4 * math.pi * (turns - cycle.duty / 2))
    return cycle.bounce * (wave - 1) / 2, cycle.pitch_degrees * math.sin(4 * math.pi * turns)


def _hermite(t: float, start: float, end: float, slope_in: float, slope_out: float) -> float:
    return ((2 * t**3 - 3 * t**2 + 1) * start + (t**3 - 2 * t**2 + t) * slope_in + (3 * t**2 - 2 * t**3) * end + (
        t**3 - t**2) * slope_out)  # fmt: skip
