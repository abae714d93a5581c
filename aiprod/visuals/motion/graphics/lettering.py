"""Text set on a canvas: shaped, in fitting faces, wrapped in even lines or made smaller, right to left where it is so.

Knows letters and their shadow. Knows no graphic.
"""

import math
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiprod.media.faces import Face, runs_of

if TYPE_CHECKING:
    import skia

Align: TypeAlias = Literal["left", "center", "right"]
SMALLEST = 0.42
"""Text is made smaller than this part of its size only where a single word needs it."""
_STEP = 0.92
_CUT = 0.62
"""A word that needs a smaller part of its size than this is cut, where there are lines for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How letters look: colour is 0xAARRGGBB, `foot` the colour that it turns to at the line's foot (0: the same)."""

    face: Face
    size: float
    colour: int = 0xFFFFFFFF
    foot: int = 0
    align: Align = "left"
    leading: float = 1.08
    shadow: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Text that fits: `size` as it is drawn; width and height in pixels, `room` the width that it is aligned in."""

    text: str
    type: Type
    size: float
    room: float
    width: float
    height: float

    def draw(self, canvas: "skia.Canvas", x: float, y: float, opacity: float = 1.0) -> None:
        """Draw with the upper left corner of its room at x, y."""
        if self.type.shadow > 0:
            self._draw_shadow(canvas, x, y, opacity)
        canvas.save()
        canvas.translate(x, y)
        _paragraph(self.text, self.type, self.size, self.room, opacity=opacity).paint(canvas, 0, 0)
        canvas.restore()

    def _draw_shadow(self, canvas: "skia.Canvas", x: float, y: float, opacity: float) -> None:
        for reach, drop, strength in ((0.09, 0.02, 0.8), (0.035, 0.03, 0.9)):
            canvas.save()
            canvas.translate(x, y + self.size * drop)
            shade = strength * self.type.shadow * opacity
            _paragraph(self.text, self.type, self.size, self.room, opacity=shade, blur=self.size * reach).paint(
                canvas, 0, 0
            )
            canvas.restore()


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction goes right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def set_text(text: str, look: Type, width: float, lines: int = 1) -> Setting:
    """The text in at most `lines` lines of `width` pixels, smaller where it must be, its lines of like length."""
    size = look.size
    if reads_right_to_left(text) and look.align == "left":
        look = replace(look, align="right")
    if lines > 1:
        text = " ".join(_cut(word, look, width) for word in text.split(" "))
    while size > look.size * SMALLEST and not _fits(text, look, size, width, lines):
        size *= _STEP
    while size > 4.0 and _paragraph(text, look, size, 1e5).MinIntrinsicWidth > width:
        size *= _STEP
    flowing = _paragraph(text, look, size, width)
    height = flowing.Height
    low, high = flowing.MinIntrinsicWidth, width
    for _ in range(7 if height > 1.5 * size * look.leading else 0):
        middle = (low + high) / 2
        if _paragraph(text, look, size, middle).Height > height:
            low = middle
        else:
            high = middle
    settled = _paragraph(text, look, size, high + 1)
    longest = settled.LongestLine
    return Setting(
        text=text, type=look, size=size, room=longest + 1, width=longest, height=settled.Height,
    )  # fmt: skip


def unbroken(text: str) -> str:
    """The text with spaces that no line ends at."""
    return "\u00a0".join(text.split())


def _cut(word: str, look: Type, width: float) -> str:
    """A word that would have to be very small, in parts of like length on lines of their own."""
    needed = _paragraph(word, look, look.size * _CUT, 1e5).MinIntrinsicWidth / width
    if needed <= 1.0 or len(word) < 4:
        return word
    size = math.ceil(len(word) / math.ceil(needed))
    parts = [word[start : start + size] for start in range(0, len(word), size)]
    return "\n".join(part + ("-" if part is not parts[-1] and part[-1].isalpha() else "") for part in parts)


def _fits(text: str, look: Type, size: float, width: float, lines: int) -> bool:
    flowing = _paragraph(text, look, size, width)
    return bool(flowing.MinIntrinsicWidth <= width and flowing.Height <= (lines + 0.4) * size * look.leading)


def _paragraph(
    text: str, look: Type, size: float, room: float, *, opacity: float = 1.0, blur: float = 0.0
) -> "skia.textlayout_Paragraph":
    import skia

    layout = skia.textlayout
    families, fonts = _fonts(look.face, "".join(sorted(set(text))))
    style = layout.TextStyle()
    style.setFontSize(size)
    style.setFontFamilies(list(families))
    style.setHeight(look.leading)
    style.setHeightOverride(True)
    style.setForegroundPaint(_ink(look, size, opacity, blur))
    whole = layout.ParagraphStyle()
    whole.setTextStyle(style)
    whole.setTextAlign({"left": layout.TextAlign.kLeft, "center": layout.TextAlign.kCenter,
                        "right": layout.TextAlign.kRight}[look.align])  # fmt: skip
    builder = layout.ParagraphBuilder.make(whole, fonts, skia.Unicodes.ICU.Make())
    builder.pushStyle(style)
    builder.addText(f"\u2067{text}\u2069" if reads_right_to_left(text) else text)
    paragraph = builder.Build()
    paragraph.layout(room)
    return paragraph


def _ink(look: Type, size: float, opacity: float, blur: float) -> "skia.Paint":
    import skia

    if blur > 0:
        ink = skia.Paint(Color=0xFF05070C, AntiAlias=True)
        ink.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    else:
        ink = skia.Paint(Color=look.colour, AntiAlias=True)
        if look.foot:
            ink.setShader(
                skia.GradientShader.MakeLinear([(0, size * 0.25), (0, size * 1.05)], [look.colour, look.foot])
            )
    ink.setAlphaf(ink.getAlphaf() * min(max(opacity, 0.0), 1.0))
    return ink


@lru_cache(maxsize=256)
def _fonts(face: Face, characters: str) -> tuple[tuple[str, ...], "skia.textlayout_FontCollection"]:
    """Family names in the order to be tried, and where they are found."""
    import skia

    faces = list(dict.fromkeys([face, *(run.face for run in runs_of(characters, face)[0])]))
    known = skia.textlayout.TypefaceFontProvider()
    for one in faces:
        known.registerTypeface(_typeface(one), one.family)
    fonts = skia.textlayout.FontCollection()
    fonts.setDefaultFontManager(known)
    return tuple(one.family for one in faces), fonts


@lru_cache(maxsize=64)
def _typeface(face: Face) -> "skia.Typeface":
    import skia

    return skia.Typeface.MakeFromFile(str(face.path), face.index)
