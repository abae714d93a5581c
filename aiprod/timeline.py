"""The film in exact time: shots, transitions and segments, in whole frames; where every word is said.

Pure: lays narration against pictures, knows no file. A **shot** is what one clip shows; neighbouring shots overlap by
the frames of the transition between them. A **segment** is a stretch of the film that can be encoded alone: a shot's
**body**, or a **transition** of two shots. Segments follow each other without gap or overlap and cover the film.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aiprod.errors import Misuse
from aiprod.story import Word
from aiprod.units import frames_to_seconds, seconds_to_frames_ceil

LEAD_IN_SECONDS = Fraction(2, 5)
BREATH_SECONDS = Fraction(7, 10)
TAIL_SECONDS = Fraction(3, 2)

TRANSITION_SECONDS = {
    "cut": Fraction(0),
    "dissolve": Fraction(4, 5),
    "fade": Fraction(4, 5),
    "wipe": Fraction(3, 5),
    "match": Fraction(2, 5),
}
"""How long each kind of transition lasts: whole steps."""

TRANSITION_STEP_SECONDS = Fraction(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenScene:
    """A scene's narration: how long its sound is, its words from that sound's start."""

    number: int
    seconds: Fraction
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedShot:
    """A clip's place: it shows film frames [start_frame, start_frame + frames); its narration starts at
    `speech_start` seconds of the film."""

    scene: int
    start_frame: int
    frames: int
    speech_start: Fraction
    speech_seconds: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the film: frames [start_frame, start_frame + frames). A body has one scene, a transition two.

    `offsets` are the frames to skip at the start of each scene's clip.
    """

    index: int
    kind: str
    scenes: tuple[int, ...]
    start_frame: int
    frames: int
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole film. `words` have film times."""

    rate: Fraction
    frames: int
    shots: tuple[PlacedShot, ...]
    segments: tuple[Segment, ...]
    words: tuple[Word, ...]

    @property
    def seconds(self) -> Fraction:
        """Exact duration."""
        return frames_to_seconds(self.frames, self.rate)

    def shot(self, scene: int) -> PlacedShot:
        """The shot of a scene."""
        return next(shot for shot in self.shots if shot.scene == scene)


def lay(scenes: Sequence[SpokenScene], transitions: Sequence[str], rate: Fraction) -> Timeline:
    """Lay spoken scenes one after the other; `transitions[i]` is how scene i gives way to scene i+1.

    Every scene breathes before it speaks (LEAD_IN for the first, half of BREATH for the others) and after; a
    transition is centred on the cut, inside that silence where it fits.
    """
    if not scenes:
        raise Misuse("A film needs at least one scene, found none.")
    if len(transitions) != len(scenes) - 1:
        raise Misuse(f"Expected {len(scenes) - 1} transitions for {len(scenes)} scenes, found {len(transitions)}.")
    body_starts: list[int] = []
    speech_starts: list[Fraction] = []
    cursor = 0
    for index, scene in enumerate(scenes):
        lead = LEAD_IN_SECONDS if index == 0 else BREATH_SECONDS / 2
        tail = TAIL_SECONDS if index == len(scenes) - 1 else BREATH_SECONDS / 2
        body_starts.append(cursor)
        speech_starts.append(frames_to_seconds(cursor, rate) + lead)
        cursor += seconds_to_frames_ceil(lead + scene.seconds + tail, rate)
    ends = [*body_starts[1:], cursor]
    halves = [_half_transition(kind, rate, ends[i] - body_starts[i], ends[i + 1] - body_starts[i + 1])
              for i, kind in enumerate(transitions)]  # fmt: skip
    before = [0, *halves]
    after = [*halves, 0]
    shots = tuple(
        PlacedShot(
            scene=scene.number,
            start_frame=body_starts[i] - before[i],
            frames=ends[i] + after[i] - (body_starts[i] - before[i]),
            speech_start=speech_starts[i],
            speech_seconds=scene.seconds,
        )
        for i, scene in enumerate(scenes)
    )
    segments: list[Segment] = []
    for i, scene in enumerate(scenes):
        start = body_starts[i] + before[i]
        segments.append(
            Segment(
                index=len(segments), kind="body", scenes=(scene.number,), start_frame=start,
                frames=ends[i] - after[i] - start, offsets=(start - shots[i].start_frame,),
            )
        )  # fmt: skip
        if after[i]:
            start = ends[i] - after[i]
            segments.append(
                Segment(
                    index=len(segments), kind=transitions[i], scenes=(scene.number, scenes[i + 1].number),
                    start_frame=start, frames=2 * after[i],
                    offsets=(start - shots[i].start_frame, start - shots[i + 1].start_frame),
                )
            )  # fmt: skip
    words = tuple(
        Word(text=word.text, start=word.start + speech_starts[i], end=word.end + speech_starts[i])
        for i, scene in enumerate(scenes)
        for word in scene.words
    )
    return Timeline(rate=rate, frames=cursor, shots=shots, segments=tuple(segments), words=words)


def _half_transition(kind: str, rate: Fraction, frames_before: int, frames_after: int) -> int:
    """Half a transition's frames, at most a quarter of the shorter scene so that a body is always left."""
    if kind not in TRANSITION_SECONDS:
        raise Misuse(f"Expected a transition among {', '.join(TRANSITION_SECONDS)}, found {kind!r}.")
    wanted = int(TRANSITION_SECONDS[kind] * rate / 2)
    return min(wanted, frames_before // 4, frames_after // 4)
