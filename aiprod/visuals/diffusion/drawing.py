"""Shots being drawn: each asks for a stretch after the other, and stretches that are alike are drawn in one batch.

Knows the order of the steps and whose fault a fault is; the studio draws, ffmpeg writes.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from aiprod.media.scene_sounds import add_sound
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.orders import Order, check_order
from aiprod.models.pictures import Picture
from aiprod.ports import Take
from aiprod.sittings import Outcome, Sitting
from aiprod.visuals.diffusion.hearing import Hearing
from aiprod.visuals.diffusion.keeping import Meetings
from aiprod.visuals.diffusion.planning import DiffusionSpec, Meeting
from aiprod.visuals.footage import Source, open_footage

if TYPE_CHECKING:
    from aiprod.models.diffusion.studio import Footage, Studio

    Course: TypeAlias = Generator[Order, Footage, Take]
    """Asks for a stretch, is given it, and so on, until the clip is there."""

LIKENESS = 0.3
"""How much of a picture's steps its sheet saves it: who is seen is settled in the first of them, where and how later."""
DRAWING_SHARE = 0.95
"""Of a clip's time, about; the rest is decoding and encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """What a shot asks a model for: `common` is what all its orders share, `parts` the frames of each; `rate` is that of
    the pictures, `starts` and `ends` whether the model can start from a picture and end on one."""

    common: Order
    parts: tuple[int, ...]
    rate: Fraction
    starts: bool
    ends: bool

    def opening(self, spec: DiffusionSpec) -> Order | None:
        """The order of the picture that the shot starts from, if it does: one shared with a neighbour, or one after a sheet."""
        meeting = spec.first
        useful = meeting is not None and self.starts and (meeting.sheet is not None or self._meets)
        return self._still(meeting.prompt, meeting.seed) if meeting is not None and useful else None

    def ending(self, spec: DiffusionSpec) -> Order | None:
        """The order of the picture that the shot ends on, if it does."""
        return self._still(spec.last.prompt, spec.last.seed) if spec.last is not None and self._meets else None

    def sheet(self, meeting: Meeting | None) -> Order | None:
        """The order of the sheet that a picture is drawn after."""
        return self._still(meeting.sheet.prompt, meeting.sheet.seed) if meeting is not None and meeting.sheet is not None else None

    @property
    def _meets(self) -> bool:
        """Whether two neighbours can meet on a picture."""
        return self.ends and self.parts[-1] >= 2

    def _still(self, prompt: str, seed: int) -> Order:
        return replace(self.common, prompt=prompt, seed=seed, frames=1, first=None, last=None, loras=())

    def company(self, spec: DiffusionSpec) -> tuple[object, ...]:
        """Equal for shots whose stretches are all alike."""
        given = (self.opening(spec) is not None, self.ending(spec) is not None)
        common = self.common
        return common.shape, self.parts, self.rate, common.steps, common.guidance, given, [one.path.name for one in common.loras]


@dataclass(slots=True, kw_only=True)
class Drawing:
    """One shot being drawn, each stretch going on from the last picture of the one before."""

    sitting: Sitting
    spec: DiffusionSpec
    stretches: Stretches
    meetings: Meetings
    into: Path
    graphics: bool
    _part: int = -1
    _furthest: int = 0
    _notes: list[str] = field(default_factory=list)

    def told(self, done: int, steps: int) -> None:
        """Hear how far the stretch at hand is. Raises: whatever tells that nobody needs the rest."""
        parts = len(self.stretches.parts)
        frames = int(self.sitting.shot.frames * DRAWING_SHARE * (self._part + done / steps) / parts)
        self._furthest = max(self._furthest, frames)
        self.sitting.progress(self._furthest)

    def course(self) -> "Course":
        """Draw it. Raises: MediaBroken, StorageFull, EngineMissing, what the progress does."""
        shot, stretches = self.sitting.shot, self.stretches
        before = yield from self._met(stretches.opening(self.spec), self.spec.first)
        ending = yield from self._met(stretches.ending(self.spec), self.spec.last)
        write: Callable[[Picture], None] | None = None
        hearing = Hearing(overlap_seconds=1 / stretches.rate if stretches.starts else Fraction(0))
        drawn = self.into.with_stem(f"{self.into.stem}-silent") if self.spec.sounding else self.into
        kept: list[Callable[[], None]] = []
        with ExitStack() as clip:
            for self._part, frames in enumerate(stretches.parts):
                last = self._part == len(stretches.parts) - 1
                footage = yield replace(
                    stretches.common, frames=frames, seed=stretches.common.seed + self._part,
                    first=before if stretches.starts else None, last=ending if last else None,
                )  # fmt: skip
                kept.append(footage.forget)
                self._notes.extend(f"Scene {shot.scene}: {note[0].lower()}{note[1:]}" for note in footage.notes)
                if write is None:  # what is drawn smaller later on is scaled to the first
                    source = Source(shape=footage.order.shape, rate=stretches.rate)
                    write = clip.enter_context(open_footage(source, shot, drawn, graphics=self.graphics))
                for place, picture in enumerate(footage.pictures):
                    before = picture
                    if self._part == 0 or place > 0 or not stretches.starts:
                        write(picture)
                if self.spec.sounding:
                    hearing.hear(footage)
        if self.spec.sounding:
            self._notes.extend(f"Scene {shot.scene}: {note}" for note in hearing.notes)
            add_sound(drawn, hearing.joined(), hearing.rate_hz, self.into)
        for forget in kept:  # not before: a task that is killed in a late stretch begins with the pictures of the first
            forget()
        self.sitting.progress(shot.frames)
        return Take(path=self.into, notes=tuple(dict.fromkeys(self._notes)))

    def _met(self, order: Order | None, meeting: Meeting | None) -> "Generator[Order, Footage, Picture | None]":
        """The picture that the shot opens on or shares with a neighbour, after its sheet."""
        if order is None:
            return None
        sheet = self.stretches.sheet(meeting)
        if sheet is not None:
            like = yield from self._still(sheet)
            order = replace(order, like=like, likeness=LIKENESS)
        return (yield from self._still(order))

    def _still(self, order: Order) -> "Generator[Order, Footage, Picture]":
        """A picture that several scenes have: found, or drawn and kept."""
        found = self.meetings.find(order)
        if found is None:
            footage = yield order
            (drawn,) = footage.pictures
            found = self.meetings.keep(order, drawn)
            footage.forget()
        return found


class Session:
    """Drawings that go on side by side in one studio."""

    def __init__(self, drawings: Sequence[Drawing], studio: "Studio", watch: Callable[[Callable[[int, int], None]], Watch]) -> None:
        self._drawings = drawings
        self._studio = studio
        self._watch = watch
        self._courses = [drawing.course() for drawing in drawings]
        self._asked: dict[int, Order] = {}

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """Each drawing's place, and what became of it."""
        try:
            for place, course in enumerate(self._courses):
                yield from self._go_on(place, lambda course=course: next(course))  # type: ignore[misc]
            while self._asked:
                yield from self._draw()
        finally:
            for course in self._courses:
                course.close()

    def _draw(self) -> Iterator[tuple[int, Outcome]]:
        """Draw what is asked for first, with all that can be drawn together with it."""
        asked, drawings = list(self._asked), self._drawings
        watch = self._watch(lambda _done, _steps: None)
        places = [asked[one] for one in self._studio.choose(list(self._asked.values()), watch.keep)]

        def told(done: int, steps: int) -> None:
            for place in places:
                drawings[place].told(done, steps)

        try:
            made = self._studio.make([self._asked[place] for place in places], self._watch(told))
        except Exception as error:  # noqa: BLE001  told to whoever asked for the clips
            yield from self._ended(places, error)
            return
        for place, footage in zip(places, made, strict=True):
            del self._asked[place]
            course = self._courses[place]
            yield from self._go_on(place, lambda course=course, footage=footage: course.send(footage))  # type: ignore[misc]

    def _ended(self, places: Sequence[int], error: Exception) -> Iterator[tuple[int, Outcome]]:
        """Whose clip nobody needs any more leaves, and the others go on from the steps that are kept; else it is everyone's."""
        left = {place: fault for place in places if (fault := self._fault(place)) is not None}
        for place in left or places:
            del self._asked[place]
            yield place, left.get(place, error)

    def _fault(self, place: int) -> Exception | None:
        """Why nobody needs the clip any more."""
        try:
            self._drawings[place].told(0, 1)
        except Exception as error:  # noqa: BLE001  it is the answer
            return error
        return None

    def _go_on(self, place: int, act: Callable[[], Order]) -> Iterator[tuple[int, Outcome]]:
        """Let a drawing do what it can until it asks for the next stretch, or is over."""
        try:
            order = act()
            check_order(order, self._studio.family.grid)
        except StopIteration as over:
            yield place, over.value
        except Exception as error:  # noqa: BLE001  told to whoever asked for this clip
            yield place, error
        else:
            self._asked[place] = order
