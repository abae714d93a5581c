"""Which picture shows a thing whose own name finds none, or finds another thing of the same name.

Knows concepts of the lexicon and keys of the pack; ideas are in `packs/ideas.tsv`. How words become concepts is
`prompts/`'s, spelling `index.py`'s.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from aiprod.prompts.words import fold

STAND_INS: Final[Mapping[str, str]] = {
    "alien": "alien", "baby": "child", "battery": "battery", "chart": "bar-chart", "cheese": "cheese-wedge", "chess": "chess-pawn",
    "chocolate": "chocolate-bar", "clock": "mantelpiece-clock", "cyclist": "person-biking", "flower": "hibiscus",
    "football": "soccer-ball", "ghost": "ghost", "ladybug": "lady-beetle", "leaf": "maple-leaf", "music": "musical-notes",
    "piano": "musical-keyboard", "plastic bottle": "lotion-bottle", "robot": "robot", "student": "person",
    "subway": "tram-car", "vaccine": "syringe", "surfer": "person-surfing", "swimmer": "person-swimming", "water drop": "droplet",
    "wine": "wine-glass",
}  # fmt: skip
"""Concepts whose name says nothing to the pack, or only "a person"."""

NAMESAKES: Final[Mapping[tuple[str, str], str]] = {
    ("battery", "drum"): "battery", ("book", "roman"): "closed-book", ("clock", "timer-clock"): "mantelpiece-clock",
    ("money", "ticket"): "dollar-banknote", ("seal", "lion"): "seal", ("student", "teacher"): "person",
    ("sun", "volcano"): "sun", ("truck", "fire"): "fire-engine", ("worm", "bug"): "worm",
}  # fmt: skip
"""Concept and picture that share a word and nothing else, and what shows the concept ("": nothing does)."""


@cache
def ideas(language: str) -> Mapping[str, str]:
    """The picture for each word (folded) that names an idea, which no thing is: peace, gravity, trade."""
    lines = files("aiprod.visuals.motion.subjects").joinpath("packs/ideas.tsv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split("\t").index(language)
    rows = [line.split("\t") for line in lines[1:]]
    return {fold(word): row[0] for row in rows for word in row[column].split()}
