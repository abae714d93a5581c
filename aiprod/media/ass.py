"""Writes fitted cues as an ASS document: one for a whole film, or one for a segment that counts from its first frame.

Knows ASS and how to keep a script's text from being read as ASS; knows no timing rule and no width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aiprod.media.cues import Cue
from aiprod.media.faces import Face, em_share, runs_of
from aiprod.media.subtitles import FittedCue, SubtitleStyle, fit, line_gap, safe_area, touching
from aiprod.profiles import Shape
from aiprod.story import Word
from aiprod.units import frames_to_seconds, seconds_to_frames_nearest

_HARMLESS = str.maketrans({"{": "(", "}": ")", "\\": "/"})
_DIRECTION_MARKS = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """The film's size and rate, which the document is written for."""

    shape: Shape
    rate: Fraction


def write_ass(cues: Sequence[Cue], style: SubtitleStyle, canvas: Canvas) -> str:
    """The whole film's subtitles."""
    return _document(cues, style, canvas, first_frame=0, end_frame=None)


def write_segment_ass(
    cues: Sequence[Cue], style: SubtitleStyle, canvas: Canvas, start_frame: int, frames: int
) -> str:
    """The subtitles seen during frames [start_frame, start_frame + frames), times from start_frame; "" when none is."""
    end_frame = start_frame + frames
    start, end = frames_to_seconds(start_frame, canvas.rate), frames_to_seconds(end_frame, canvas.rate)
    return _document(touching(cues, start, end), style, canvas, first_frame=start_frame, end_frame=end_frame)


def missing_characters(cues: Sequence[Cue], style: SubtitleStyle) -> tuple[str, ...]:
    """Characters that no font here can draw: they are left out, and the user should be told."""
    text = "".join(harmless(word.text) for cue in cues for word in cue.words)
    return runs_of("".join(dict.fromkeys(text)), style.face)[1]


def harmless(text: str) -> str:
    """Text in which nothing can be read as an ASS tag, a line break or a change of direction.

    >>> harmless("{\\\\b1}a\\\\Nb")
    '(/b1)a/Nb'
    """
    kept = (
        character
        for character in " ".join(text.split())
        if (character.isprintable() or character in "\u00a0\u200c\u200d") and ord(character) not in _DIRECTION_MARKS
    )
    return "".join(kept).translate(_HARMLESS)


def _document(
    cues: Sequence[Cue], style: SubtitleStyle, canvas: Canvas, first_frame: int, end_frame: int | None
) -> str:
    events = [
        event
        for cue in cues
        if (event := _event(_safe(cue), style, canvas, first_frame, end_frame))
    ]  # fmt: skip
    if not events:
        return ""
    return "\n".join([*_header(style, canvas.shape), *events]) + "\n"


def _safe(cue: Cue) -> Cue:
    words = (Word(text=harmless(word.text), start=word.start, end=word.end) for word in cue.words)
    return Cue(words=tuple(word for word in words if word.text), start=cue.start, end=cue.end)


def _header(style: SubtitleStyle, shape: Shape) -> list[str]:
    unit = min(shape.width_px, shape.height_px)
    area = safe_area(shape)
    fields = (
        "Cue", style.face.family, f"{style.em * unit / em_share(style.face):.1f}",
        _colour(style.spoken), _colour(style.waiting), _colour("101010"), _colour("101010", transparency=0x50),
        -1 if style.face.bold else 0, 0, 0, 0, 100, 100, 0, 0, 4 if style.boxed else 1,
        f"{style.outline * unit:.1f}", f"{style.shadow * unit:.1f}", 2, area.side_px, area.side_px, area.bottom_px, -1,
    )  # fmt: skip
    return [
        "[Script Info]", "ScriptType: v4.00+", f"PlayResX: {shape.width_px}", f"PlayResY: {shape.height_px}",
        "WrapStyle: 2", "ScaledBorderAndShadow: yes", "YCbCr Matrix: TV.709", "",
        "[V4+ Styles]",
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
        "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
        "MarginR, MarginV, Encoding",
        f"Style: {','.join(map(str, fields))}", "",
        "[Events]", "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]  # fmt: skip


def _event(cue: Cue, style: SubtitleStyle, canvas: Canvas, first_frame: int, end_frame: int | None) -> str:
    def ticks(seconds: Fraction) -> int:
        frame = seconds_to_frames_nearest(seconds, canvas.rate)
        frame = max(0, (frame if end_frame is None else min(frame, end_frame)) - first_frame)
        return _centiseconds(frame, canvas.rate)

    start, end = ticks(cue.start), ticks(cue.end)
    if not cue.words or end <= start:
        return ""
    bounds = [max(start, ticks(word.start)) for word in cue.words] + [end]
    text = _text(fit(cue, style, canvas.shape), style, canvas.shape, bounds)
    return f"Dialogue: 0,{_clock(start)},{_clock(end)},Cue,,0,0,0,,{text}"


def _centiseconds(frame: int, rate: Fraction) -> int:
    # A quarter of a frame early: the decoder's times are cut to milliseconds, and the frame must still be inside.
    return max(0, int((frame - Fraction(1, 4)) / rate * 100)) if frame else 0


def _text(fitted: FittedCue, style: SubtitleStyle, shape: Shape, bounds: Sequence[int]) -> str:
    em_px = style.em * min(shape.width_px, shape.height_px) * fitted.scale
    out = "" if fitted.scale == 1 else f"{{\\fs{em_px / em_share(style.face):.1f}}}"
    seen = -1
    for number, line in enumerate(fitted.lines):
        out += "\\N" if number else ""
        for place, piece in enumerate(line):
            out += line_gap(line[place - 1], piece) if place else ""
            if style.karaoke and piece.word != seen:
                # A syllable of no length would be drawn with the one before it.
                out += f"{{\\k{max(1, bounds[piece.word + 1] - bounds[piece.word])}}}"
            seen = piece.word
            out += in_faces(piece.text, style.face, em_px)
    return out


def in_faces(text: str, first: Face, em_px: float) -> str:
    """Text with ASS tags that give each run a face that has its letters, all at one em."""
    out = ""
    for run in runs_of(text, first)[0]:
        if run.face == first:
            out += run.text
            continue
        size = em_px / em_share(run.face)
        back = f"{{\\fn{first.family}\\b{int(first.bold)}\\fs{em_px / em_share(first):.1f}}}"
        out += f"{{\\fn{run.face.family}\\b{int(run.face.bold)}\\fs{size:.1f}}}{run.text}{back}"
    return out


def _clock(centiseconds: int) -> str:
    minutes, rest = divmod(centiseconds, 6000)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest // 100:02d}.{rest % 100:02d}"


def _colour(rrggbb: str, transparency: int = 0) -> str:
    return f"&H{transparency:02X}{rrggbb[4:6]}{rrggbb[2:4]}{rrggbb[0:2]}"
