"""Scripts from the user's own narration: what was said, cut into scenes where the speaker breathes.

Knows how to cut a stream of timed words; hearing them is a Transcriber's work. The sound itself is never changed.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from aiprod.brief import Brief
from aiprod.errors import WriterFailed
from aiprod.ports import Objects, Transcriber
from aiprod.story import LANGUAGES, Line, Recording, Scene, Script, Word

HEARING_RATE_HZ: Final = 16_000
SHORTEST_SCENE: Final = Fraction(5)
LONGEST_SCENE: Final = Fraction(10)
SHORTEST_RECORDING: Final = Fraction(1)
SILENT: Final = 1e-4
"""A recording whose loudest sample is softer (-80 dB) has nothing to hear."""
LONGEST_STRETCH: Final = Fraction(18)
"""A scene is never longer, wherever the cut then falls."""
MARGIN: Final = Fraction(1, 4)
"""Silence kept before the first and after the last word of a scene, where there is so much."""
_TITLE_WORDS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingWriter:
    """Writes a script from `brief.recording`. Raises: WriterFailed, NotFound, MediaBroken, WeightsMissing."""

    transcriber: Transcriber
    objects: Objects
    name: str = "recording"

    def write(self, brief: Brief) -> Script:
        """The recording's words as scenes of five to ten seconds, each with its stretch of the sound."""
        from aiprod.media.probe import read_samples
        from aiprod.prompts import visual_prompt

        self.transcriber.check()
        with tempfile.TemporaryDirectory(prefix="aiprod-recording-") as folder:
            samples = read_samples(self.objects.fetch(brief.recording, Path(folder)), HEARING_RATE_HZ)
        end = Fraction(len(samples), HEARING_RATE_HZ)
        if end < SHORTEST_RECORDING:
            raise WriterFailed(
                f"Expected a recording of at least {SHORTEST_RECORDING} s, found {float(end):.1f} s: record more of it."
            )
        if float(abs(samples).max()) < SILENT:
            raise WriterFailed("The recording is silent; expected someone who speaks: check the file by listening to it.")
        language, words = self.transcriber.transcribe(samples, language=brief.language)
        if not any(re.search(r"\w", word.text) for word in words):
            raise WriterFailed("No words were heard in the recording; expected someone who speaks, found none: check the file by"
                               " listening to it.")  # fmt: skip
        if language not in LANGUAGES:
            raise WriterFailed(
                f"Expected speech in one of {', '.join(LANGUAGES)}, heard {language!r}; if that is wrong, say the"
                " language (--language)."
            )
        stretches = cut(words)
        spans = spans_of(stretches, end)
        topic = _topic(words)
        scenes = tuple(
            Scene(
                number=number,
                visual=visual_prompt(text_of(stretch), language, topic, number - 1),
                lines=(_line(stretch, span, brief.recording),),
            )
            for number, (stretch, span) in enumerate(zip(stretches, spans, strict=True), start=1)
        )
        return Script(title=_title(words), language=language, scenes=scenes, writer=self.name)


def cut(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words in stretches of five to ten seconds, cut after sentences and at pauses as far as that goes.

    Of all ways to cut, the one whose cuts and lengths cost least.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options: list[tuple[float, int]] = []
        for start in range(end - 1, -1, -1):
            seconds = words[end - 1].end - words[start].start
            if seconds > LONGEST_STRETCH and start < end - 1:
                break
            options.append((best[start][0] + _length_cost(seconds) + _cut_cost(words, end), start))
        best.append(min(options))
    stretches: list[tuple[Word, ...]] = []
    end = len(words)
    while end:
        start = best[end][1]
        stretches.append(tuple(words[start:end]))
        end = start
    return stretches[::-1]


def spans_of(stretches: Sequence[Sequence[Word]], end: Fraction) -> list[tuple[Fraction, Fraction]]:
    """From when to when each stretch sounds: up to a quarter second around its words, never into its neighbours'."""
    spans: list[tuple[Fraction, Fraction]] = []
    for index, stretch in enumerate(stretches):
        before = stretches[index - 1][-1].end if index else Fraction(0)
        after = stretches[index + 1][0].start if index + 1 < len(stretches) else end
        first, last = stretch[0].start, stretch[-1].end
        room_before = (first - before) / (2 if index else 1)
        room_after = (after - last) / (2 if index + 1 < len(stretches) else 1)
        spans.append(
            (first - max(Fraction(0), min(MARGIN, room_before)), last + max(Fraction(0), min(MARGIN, room_after)))
        )
    return spans


def text_of(words: Sequence[Word]) -> str:
    """The words as a sentence."""
    return " ".join(word.text.strip() for word in words if word.text.strip())


def _line(words: Sequence[Word], span: tuple[Fraction, Fraction], address: str) -> Line:
    start, end = span
    placed = tuple(Word(text=w.text.strip(), start=w.start - start, end=w.end - start) for w in words if w.text.strip())
    return Line(text=text_of(words), recording=Recording(address=address, start=start, end=end, words=placed))


def _length_cost(seconds: Fraction) -> float:
    """0 between five and ten seconds; short scenes cost less than long ones as far from that."""
    if seconds < SHORTEST_SCENE:
        return 0.5 * float(SHORTEST_SCENE - seconds)
    return 0.8 * float(max(Fraction(0), seconds - LONGEST_SCENE)) + 0.05 * abs(float(seconds) - 7.5)


def _cut_cost(words: Sequence[Word], end: int) -> float:
    """What it costs to cut after word number `end` (counted from 1): nothing at a sentence's end with a pause."""
    if end == len(words):
        return 0.0
    text = words[end - 1].text.strip().rstrip("\"'”»)")
    pause = float(words[end].start - words[end - 1].end)
    cost = 0.0 if text.endswith((".", "!", "?", "…")) else 1.2 if text.endswith((",", ";", ":")) else 3.0
    return max(0.0, cost - 2.0 * min(pause, 1.0)) + (0.4 if pause < 0.15 else 0.0)


def _topic(words: Sequence[Word]) -> str:
    """The long word said most often, as what the recording is about."""
    said = [re.sub(r"^\W+|\W+$", "", word.text) for word in words]
    counts = Counter(word.casefold() for word in said if len(word) > 4)
    return counts.most_common(1)[0][0] if counts else ""


def _title(words: Sequence[Word]) -> str:
    first = re.split(r"(?<=[.!?…])\s", text_of(words[:40]))[0].split()
    short = " ".join(first[:_TITLE_WORDS]).rstrip(".,;:!?…")
    return f"{short}…" if len(first) > _TITLE_WORDS else short
