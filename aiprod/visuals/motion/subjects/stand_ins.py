"""Which picture shows a thing whose own name finds none, or finds another thing of the same name.

Knows concepts of the lexicon and keys of the pack. How words become concepts is `prompts/`'s, spelling `index.py`'s.
"""

from collections.abc import Mapping
from functools import cache
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
    ("sun", "volcano"): "sun", ("truck", "fire"): "fire-engine", ("worm", "bug"): "worm",
}  # fmt: skip
"""Concept and picture that share a word and nothing else, and what shows the concept ("": nothing does)."""

_IDEAS: Final[Mapping[str, str]] = {
    "ghost": "fear fears peur peurs", "chart-decreasing": "failure failures echec echecs", "trophy": "success succes reussite",
    "rainbow": "happiness joy bonheur joie", "handshake": "friendship trust amitie confiance", "dove": "peace paix",
    "crossed-swords": "war wars guerre guerres", "skull": "death mort", "seedling": "life hope vie espoir",
    "books": "knowledge learning savoir connaissance", "crown": "power pouvoir", "light-bulb": "innovation invention ideas idees",
    "graduation-cap": "education", "scroll": "past history passe histoire", "brain": "memory memoire intelligence",
    "fire": "anger colere passion", "four-leaf-clover": "luck chance", "ballot-box-with-ballot": "democracy democratie",
    "key": "secret secrets", "high-voltage": "energy energie", "artist-palette": "art creativity creativite culture",
    "microscope": "science", "shield": "courage security privacy securite", "speech-balloon": "language communication langue",
    "place-of-worship": "religion", "luggage": "travel journey voyage",
}  # fmt: skip
"""Pictures of what has none, with English and French words for it, folded."""


@cache
def ideas() -> Mapping[str, str]:
    """The picture for each word that names an idea."""
    return {word: key for key, words in _IDEAS.items() for word in words.split()}
