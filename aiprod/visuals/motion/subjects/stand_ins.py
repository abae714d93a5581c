"""Which picture shows a thing whose own name finds none, or finds another thing of the same name.

Knows concepts of the lexicon and keys of the pack. How words become concepts is `prompts/`'s, spelling `index.py`'s.
"""

from collections.abc import Mapping
from typing import Final

STAND_INS: Final[Mapping[str, str]] = {
    "alien": "alien", "baby": "child", "battery": "battery", "chart": "bar-chart", "cheese": "cheese-wedge", "chess": "chess-pawn",
    "chocolate": "chocolate-bar", "clock": "mantelpiece-clock", "cyclist": "person-biking", "flower": "hibiscus",
    "football": "soccer-ball", "ghost": "ghost", "ladybug": "lady-beetle", "leaf": "maple-leaf", "music": "musical-notes",
    "piano": "musical-keyboard", "plastic bottle": "lotion-bottle", "robot": "robot", "student": "person",
    "subway": "tram-car", "surfer": "person-surfing", "swimmer": "person-swimming", "water drop": "droplet",
    "wine": "wine-glass",
}  # fmt: skip
"""Concepts whose name says nothing to the pack, or only "a person"."""

NAMESAKES: Final[Mapping[tuple[str, str], str]] = {
    ("battery", "drum"): "battery", ("book", "roman"): "closed-book", ("clock", "timer-clock"): "mantelpiece-clock",
    ("money", "ticket"): "dollar-banknote", ("seal", "lion"): "seal", ("student", "teacher"): "person",
    ("sun", "volcano"): "sun", ("truck", "fire"): "fire-engine", ("windmill", "wind-face"): "", ("worm", "bug"): "worm",
}  # fmt: skip
"""Concept and picture that share a word and nothing else, and what shows the concept ("": nothing does)."""
