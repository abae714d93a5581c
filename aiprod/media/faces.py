"""Finds a face that has each character: AIPROD's own first, then what fontconfig knows.

Knows files, families and glyph widths; draws nothing. Faces under `fonts/` are under the SIL Open Font License.
"""

import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import EngineMissing

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from PIL.ImageFont import FreeTypeFont

FONTS_FOLDER = Path(__file__).parent / "fonts"
ADVICE = "install fonts (Debian: apt-get install fonts-noto-core fonts-noto-cjk)"
FONTCONFIG_TIMEOUT_SECONDS = 20
RULER_PX = 1000
"""Widths are measured at this size, where hinting and rounding do not show."""

_INVISIBLE = frozenset([*range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF])


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face of a font file; `family` is how libass asks for it, with `bold`."""

    family: str
    path: Path
    index: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring characters drawn with one face."""

    text: str
    face: Face


HEAVY = Face(family="Anton", path=FONTS_FOLDER / "Anton-Regular.ttf")
CLEAR = Face(family="Montserrat ExtraBold", path=FONTS_FOLDER / "Montserrat-ExtraBold.ttf")
EMOJI = Face(family="Noto Emoji", path=FONTS_FOLDER / "NotoEmoji-Bold.ttf", bold=True)


def runs_of(text: str, first: Face) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The text in runs, each in a face that has its characters, and the characters that no face here has (left out)."""
    runs: list[Run] = []
    missing: list[str] = []
    for character in text:
        previous = runs[-1].face if runs else first
        face = _face_of(character, first, previous, "".join(sorted(set(text))))
        if face is None:
            missing.append(character)
        elif runs and runs[-1].face == face:
            runs[-1] = Run(text=runs[-1].text + character, face=face)
        else:
            runs.append(Run(text=character, face=face))
    return tuple(runs), tuple(dict.fromkeys(missing))


def width_em(text: str, first: Face) -> float:
    """Advance width of the text in ems, shaped (kerned, joined) run by run, each in its own face."""
    return sum(_run_width_em(run) for run in runs_of(text, first)[0])


def em_share(face: Face) -> float:
    """Part of an ASS font size that is the em: ASS counts from the face's Windows ascent to its descent."""
    font = _open(face)
    return float(font["head"].unitsPerEm / (font["OS/2"].usWinAscent + font["OS/2"].usWinDescent))


def own_faces() -> tuple[str, ...]:
    """Families that AIPROD brings. Raises: EngineMissing, when one is not there or cannot be read."""
    faces = (HEAVY, CLEAR, EMOJI)
    for face in faces:
        _open(face)
    return tuple(face.family for face in faces)


def _face_of(character: str, first: Face, previous: Face, text: str) -> Face | None:
    if ord(character) in _INVISIBLE or character.isspace():
        return previous
    for face in (first, previous, EMOJI):
        if ord(character) in _glyph_names(face):
            return face
    return _fallback(character, _ideographs(text))


def _run_width_em(run: Run) -> float:
    return _ruler(run.face).getlength(run.text) / RULER_PX


def _ideographs(text: str) -> str:
    """Which country's shapes the Chinese characters of a text should have."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return "JP"
    if any("\uac00" <= character <= "\ud7af" for character in text):
        return "KR"
    return "SC"


@lru_cache(maxsize=2048)
def _fallback(character: str, country: str) -> Face | None:
    found = [face for face in _known_faces(ord(character)) if "Color" not in face.family]
    if not found:
        return None
    wanted = f"CJK {country}"

    def rank(face: Face) -> tuple[bool, bool, bool, bool, bool, str]:
        family = face.family
        return (
            not family.startswith("Noto Sans"), "Mono" in family or "UI" in family,
            "CJK" in family and wanted not in family, not face.bold, "Condensed" in face.path.name,
            f"{family} {face.path}",
        )  # fmt: skip

    return min(found, key=rank)


@lru_cache(maxsize=2048)
def _known_faces(codepoint: int) -> tuple[Face, ...]:
    program = shutil.which("fc-list")
    if program is None:
        return ()
    pattern = f":charset={codepoint:x}:outline=true"
    listed = subprocess.run(
        [program, pattern, "--format", "%{file}\t%{index}\t%{family[0]}\t%{style[0]}\n"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=FONTCONFIG_TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    rows = (line.split("\t") for line in listed.stdout.decode("utf-8", "replace").splitlines())
    return tuple(
        Face(family=row[2], path=Path(row[0]), index=int(row[1]) & 0xFFFF, bold=row[3] == "Bold")
        for row in rows
        if len(row) == 4 and row[3] in ("Regular", "Bold", "Book")
    )


@lru_cache(maxsize=64)
def _glyph_names(face: Face) -> dict[int, str]:
    names: dict[int, str] = _open(face).getBestCmap()
    return names


@lru_cache(maxsize=64)
def _ruler(face: Face) -> "FreeTypeFont":
    from PIL import ImageFont

    _open(face)
    return ImageFont.truetype(face.path, RULER_PX, index=face.index)


@lru_cache(maxsize=64)
def _open(face: Face) -> "TTFont":
    from fontTools.ttLib import TTFont, TTLibError

    try:
        return TTFont(face.path, fontNumber=face.index, lazy=True)
    except (OSError, TTLibError) as error:
        raise EngineMissing(
            f"Expected the face {face.family} in {face.path.name}, found none; install AIPROD again or {ADVICE}."
        ) from error
