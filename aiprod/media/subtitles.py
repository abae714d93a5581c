"""What burned subtitles look like, and where they may stand: styles, safe areas, lines that fit.

Knows faces and widths; the document itself is `ass.py`'s. Source of the safe areas: the buttons and captions that
TikTok, Shorts and Reels lay over a tall film cover about its right eighth and its lowest fifth.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aiprod.errors import Misuse
from aiprod.media.cues import PAIRS, PHRASES, Cue, Grouping, film_cues, is_ideograph, join_words
from aiprod.media.faces import CLEAR, HEAVY, Face, width_em
from aiprod.media.figures import holds
from aiprod.profiles import Shape
from aiprod.timeline import Timeline

SMALLEST_SHRINK = 0.6
"""Text is never drawn smaller than this part of its style's size; a longer word is cut in two lines."""

PARTED_EM = 4.0
"""A line this much wider is better than a figure cut from what it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleStyle:
    """A look. Sizes are parts of the film's shorter side; colours are RRGGBB."""

    name: str
    face: Face
    grouping: Grouping
    em: float
    outline: float
    shadow: float
    spoken: str
    waiting: str
    karaoke: bool = False
    boxed: bool = False
    lines: int = 2


STYLES = {
    "karaoke": SubtitleStyle(
        name="karaoke", face=HEAVY, grouping=PAIRS, em=0.108, outline=0.0085, shadow=0.005,
        spoken="FFD400", waiting="FFFFFF", karaoke=True,
    ),
    "plain": SubtitleStyle(
        name="plain", face=CLEAR, grouping=PHRASES, em=0.058, outline=0.005, shadow=0.003,
        spoken="FFFFFF", waiting="FFFFFF",
    ),
    "boxed": SubtitleStyle(
        name="boxed", face=CLEAR, grouping=PHRASES, em=0.052, outline=0.0, shadow=0.018,
        spoken="FFFFFF", waiting="FFFFFF", boxed=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeArea:
    """Pixels kept free at each side of the film."""

    side_px: int
    bottom_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedCue:
    """A cue's words laid in lines that fit, drawn at `scale` times the style's size. A long word may be in pieces:
    each piece says which word it belongs to."""

    lines: tuple[tuple["Piece", ...], ...]
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A word, or a part of one, on one line."""

    text: str
    word: int


def find_style(name: str) -> SubtitleStyle | None:
    """The style of that name, None for "none". Raises: Misuse."""
    if name == "none":
        return None
    if name not in STYLES:
        raise Misuse(f"Expected a subtitle style among {', '.join(STYLES)} or none, found {name!r}.")
    return STYLES[name]


def burned_cues(timeline: Timeline, style: SubtitleStyle, language: str) -> tuple[Cue, ...]:
    """The film's cues as this style groups them."""
    return film_cues(timeline, style.grouping, language)


def safe_area(shape: Shape) -> SafeArea:
    """Where text may stand: tall films keep clear of the platforms' buttons, wide ones of the usual edges."""
    if shape.height_px > shape.width_px:
        return SafeArea(side_px=round(shape.width_px * 0.125), bottom_px=round(shape.height_px * 0.23))
    return SafeArea(side_px=round(shape.width_px * 0.08), bottom_px=round(shape.height_px * 0.08))


def fit(cue: Cue, style: SubtitleStyle, shape: Shape) -> FittedCue:
    """Lay a cue in lines no wider than the safe area: on one line, else on more, else smaller, else in pieces."""
    unit = min(shape.width_px, shape.height_px)
    edges = 2 * (style.outline + style.shadow) * unit
    room_em = (shape.width_px - 2 * safe_area(shape).side_px - edges) / (style.em * unit)
    whole = [Piece(text=word.text, word=index) for index, word in enumerate(cue.words)]
    widest = max(width_em(piece.text, style.face) for piece in whole)
    if widest * SMALLEST_SHRINK > room_em:
        whole = [part for piece in whole for part in _cut(piece, style.face, room_em / SMALLEST_SHRINK)]
        widest = max(width_em(piece.text, style.face) for piece in whole)
    lines = _wrap(whole, style.face, max(room_em, widest), style.lines)
    broad = max(width_em(_line_text(line), style.face) for line in lines)
    return FittedCue(lines=lines, scale=min(1.0, room_em / broad))


def line_gap(before: Piece, after: Piece) -> str:
    """What stands between two pieces of one line."""
    tight = before.word == after.word or (is_ideograph(before.text[-1]) and is_ideograph(after.text[0]))
    return "" if tight else " "


def touching(cues: Sequence[Cue], start: Fraction, end: Fraction) -> tuple[Cue, ...]:
    """The cues seen at some moment of [start, end)."""
    return tuple(cue for cue in cues if cue.start < end and cue.end > start)


def _line_text(line: Sequence[Piece]) -> str:
    return join_words([piece.text for piece in line])


def _wrap(pieces: Sequence[Piece], face: Face, room_em: float, most: int) -> tuple[tuple[Piece, ...], ...]:
    """The fewest lines that fit (pieces of a cut word may take more than `most`), as even as they can be."""
    if width_em(_line_text(pieces), face) <= room_em or len(pieces) == 1:
        return (tuple(pieces),)
    best: tuple[float, int] | None = None
    held = _holds(pieces)
    for cut in range(1, len(pieces)):
        sides = [width_em(_line_text(side), face) for side in (pieces[:cut], pieces[cut:])]
        # French and English readers both dislike a short word left alone at the end of a line.
        lonely = 0.6 if len(pieces[cut - 1].text) <= 2 and cut > 1 else 0.0
        parted = 0.0 if pieces[cut - 1].word == pieces[cut].word else held[pieces[cut - 1].word] * PARTED_EM
        cost = max(sides) + lonely + parted
        if best is None or cost < best[0]:
            best = (cost, cut)
    cut = best[1] if best else 1
    if most <= 2:
        fits = all(width_em(_line_text(side), face) <= room_em for side in (pieces[:cut], pieces[cut:]))
        pieces_of_one = len({piece.word for piece in pieces}) < len(pieces)
        if fits or not pieces_of_one:
            return tuple(pieces[:cut]), tuple(pieces[cut:])
    return (*_wrap(pieces[:cut], face, room_em, most), *_wrap(pieces[cut:], face, room_em, most))


def _holds(pieces: Sequence[Piece]) -> dict[int, int]:
    """How fast each word holds to the next one."""
    numbers = list(dict.fromkeys(piece.word for piece in pieces))
    texts = ["".join(piece.text for piece in pieces if piece.word == number) for number in numbers]
    return dict(zip(numbers, (*holds(texts), 0), strict=True))


def _cut(piece: Piece, face: Face, room_em: float) -> list[Piece]:
    """A word too wide for a line, in parts about as long as each other; Latin parts end with a hyphen."""
    count = math.ceil(width_em(piece.text, face) / room_em) if room_em > 0 else 1
    size = math.ceil(len(piece.text) / count)
    parts = [piece.text[start : start + size] for start in range(0, len(piece.text), size)]
    hyphenated = [
        part + ("-" if index + 1 < len(parts) and part[-1].isalpha() and not is_ideograph(part[-1]) else "")
        for index, part in enumerate(parts)
    ]
    return [Piece(text=part, word=piece.word) for part in hyphenated]
