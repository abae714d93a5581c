"""Draws the poster: a frame of the film, its title and how long it lasts.

Knows where the words stand; the frame is taken by `stills.py` and the letters are drawn by libass, which has every
script's shaping.
"""

from collections.abc import Sequence

from aiprod.media.ass import harmless, in_faces
from aiprod.media.cues import NO_BREAK_SPACE, is_ideograph
from aiprod.media.faces import CLEAR, HEAVY, Face, em_share, width_em
from aiprod.profiles import Shape

TITLE_EM = 0.125
SMALLEST_TITLE_EM = 0.06
TITLE_LINES = 4
BADGE_EM = 0.042
SHADE_STRIPS = 40
LINE_EMS = 1.75
"""Height of a title's line, in ems of the heavy face."""


def title_top(title: str, shape: Shape) -> float:
    """From where down the title will stand, in parts of the height."""
    unit = min(shape.width_px, shape.height_px)
    foot, side = _margins(shape)
    lines, em = _title_lines(harmless(title), (shape.width_px - 2 * side) / unit, 0.6 * shape.height_px / unit)
    return 1 - (foot + len(lines) * em * unit * LINE_EMS) / shape.height_px if lines else 1.0


def poster_overlay(title: str, duration: str, shape: Shape) -> str:
    """An ASS document with the title low in the picture on a soft shade, and the duration in a corner."""
    unit = min(shape.width_px, shape.height_px)
    foot, side = _margins(shape)
    lines, em = _title_lines(harmless(title), (shape.width_px - 2 * side) / unit, 0.6 * shape.height_px / unit)
    height_px = foot + len(lines) * em * unit * LINE_EMS + shape.height_px * 0.12
    head = [
        "[Script Info]", "ScriptType: v4.00+", f"PlayResX: {shape.width_px}", f"PlayResY: {shape.height_px}",
        "WrapStyle: 2", "ScaledBorderAndShadow: yes", "YCbCr Matrix: TV.709", "", "[V4+ Styles]",
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
        "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
        "MarginR, MarginV, Encoding",
        _style("Title", HEAVY, em * unit, f"1,{unit * 0.006:.1f},{unit * 0.004:.1f},1", (side, foot)),
        _style("Badge", CLEAR, BADGE_EM * unit, f"4,0,{unit * 0.016:.1f},9", (side, round(shape.height_px * 0.06))),
        _style("Shade", CLEAR, 20, "1,0,0,7", (0, 0)), "",
        "[Events]", "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]  # fmt: skip
    drawn = "\\N".join(in_faces(line, HEAVY, em * unit) for line in lines)
    events = [*_shade(shape, min(round(height_px), shape.height_px))]
    if drawn:
        events.append(_line(2, "Title", drawn))
    if duration:
        # Another layer: libass moves apart what would touch on one layer.
        events.append(_line(3, "Badge", in_faces(harmless(duration), CLEAR, BADGE_EM * unit)))
    return "\n".join([*head, *events]) + "\n"


def _margins(shape: Shape) -> tuple[int, int]:
    """Pixels kept free under the title and at each side of it."""
    return round(shape.height_px * (0.12 if shape.height_px > shape.width_px else 0.09)), round(shape.width_px * 0.08)


def _style(name: str, face: Face, em_px: float, border: str, margins: tuple[int, int]) -> str:
    look = "&H00FFFFFF,&H00FFFFFF,&H00101010,&H50101010"
    side, edge = margins
    bold = -1 if face.bold else 0
    size = f"{em_px / em_share(face):.1f}"
    return f"Style: {name},{face.family},{size},{look},{bold},0,0,0,100,100,0,0,{border},{side},{side},{edge},-1"


def _line(layer: int, style: str, text: str) -> str:
    return f"Dialogue: {layer},0:00:00.00,9:00:00.00,{style},,0,0,0,,{text}"


def _shade(shape: Shape, height_px: int) -> list[str]:
    """Strips from clear to dark, so that white letters are read on any picture."""
    events = []
    top = shape.height_px - height_px
    for strip in range(SHADE_STRIPS):
        y0, y1 = (top + height_px * edge // SHADE_STRIPS for edge in (strip, strip + 1))
        share = (strip + 0.5) / SHADE_STRIPS
        clear = round(255 * (1 - 0.82 * share * share * (3 - 2 * share)))
        box = f"m 0 {y0} l {shape.width_px} {y0} {shape.width_px} {y1} 0 {y1}"
        events.append(_line(0, "Shade", f"{{\\pos(0,0)\\an7\\bord0\\shad0\\c&H000000&\\1a&H{clear:02X}&\\p1}}{box}"))
    return events


def _title_lines(title: str, room: float, height: float) -> tuple[list[str], float]:
    """The title in at most four lines, as large as room and height allow (parts of the shorter side, as the size is)."""
    words = _words(title)
    em = TITLE_EM
    while em > SMALLEST_TITLE_EM:
        lines = _fill(words, room / em)
        low = len(lines) <= TITLE_LINES and len(lines) * em * LINE_EMS <= height
        if low and all(width_em(line, HEAVY) <= room / em for line in lines):
            return lines, em
        em *= 0.94
    lines = _fill(words, room / SMALLEST_TITLE_EM)[:TITLE_LINES]
    broadest = max((width_em(line, HEAVY) for line in lines), default=0.0)
    return lines, min(SMALLEST_TITLE_EM, room / broadest if broadest else SMALLEST_TITLE_EM)


def _fill(words: Sequence[str], room_em: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        glue = "" if lines and is_ideograph(lines[-1][-1]) and is_ideograph(word[0]) else " "
        longer = f"{lines[-1]}{glue}{word}" if lines else word
        if lines and width_em(longer, HEAVY) <= room_em:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _words(title: str) -> list[str]:
    """What may stand alone on a line: words, single ideographs; a French mark stays with its word."""
    words: list[str] = []
    for word in title.split(" "):
        if word and all(mark in "?!;:»%€" for mark in word) and words:
            words[-1] += NO_BREAK_SPACE + word
        elif word and all(is_ideograph(character) for character in word):
            words += list(word)
        elif word:
            words.append(word)
    return words
