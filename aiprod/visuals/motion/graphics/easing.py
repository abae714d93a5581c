"""How things start and stop: curves from 0 to 1 over 0..1. Knows no picture."""

_OVERSHOOT = 1.4


def part_of(seconds: float, start: float, lasts: float) -> float:
    """How much of a stretch of time is over, 0..1."""
    return min(max((seconds - start) / max(lasts, 1e-6), 0.0), 1.0)


def ease_out(part: float) -> float:
    """Fast, then slower: what arrives."""
    return 1.0 - (1.0 - part) ** 3


def ease_in_out(part: float) -> float:
    """Slow at both ends: what travels."""
    return part * part * part * (part * (6 * part - 15) + 10)


def spring(part: float) -> float:
    """Goes a little too far and comes back: what pops in."""
    back = part - 1.0
    return 1.0 + back * back * ((_OVERSHOOT + 1.0) * back + _OVERSHOOT)
