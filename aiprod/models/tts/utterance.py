"""What a voice's network is asked to say. Knows no network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What is to be said, and how: `seed` picks one way of saying it among many."""

    text: str
    language: str
    seed: int
    most_seconds: float
