"""How fast a narration is spoken so that the whole fits the seconds wanted. Pure."""

from collections.abc import Sequence

SLOWEST, FASTEST = 0.8, 1.2
STEP = 0.01


def fit_speed(estimated_seconds: Sequence[float], wanted_seconds: float, silent_seconds: float = 0.0) -> float:
    """The speed for every line, within 0.8-1.2, from how long the lines last at speed 1.

    `silent_seconds` is what no voice fills (lead-in, breaths, tail). 0 wanted, or nothing to say, is speed 1.

    >>> fit_speed([30.0, 36.0], 64.0, silent_seconds=4.0)
    1.1
    """
    spoken = sum(estimated_seconds)
    if wanted_seconds <= 0 or spoken <= 0:
        return 1.0
    room = wanted_seconds - silent_seconds
    if room <= 0:
        return FASTEST
    return round(min(max(spoken / room, SLOWEST), FASTEST) / STEP) * STEP if spoken != room else 1.0
