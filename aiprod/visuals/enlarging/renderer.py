"""A renderer around another: scenes are drawn small and slow by it, then enlarged and interpolated to what the film wants.

Knows sizes and rates; the inner renderer draws, `clips.py` enlarges. Without the network, for whatever reason, Lanczos
enlarges, and the clip's note says why.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import AiprodError, EngineMissing, LicenceRefused, WeightsBroken, WeightsMissing
from aiprod.logs import logger
from aiprod.models.registry import Registry
from aiprod.ports import FilmLook, Renderer, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.sittings import Outcome, Sitting, only, together

if TYPE_CHECKING:
    from aiprod.models.upscale.enlarger import Enlarger

LANCZOS = "lanczos"
VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How scenes are enlarged: by which model of the registry (or "lanczos"), drawn with which smaller side at most, up to
    which, and drawn at which rate at most (0: the film's own)."""

    model: str
    drawn_px: int
    large_px: int
    drawn_rate: int = 0


class EnlargingRenderer:
    """Implements ports.Renderer."""

    def __init__(self, inner: Renderer, wish: Wish, registry: Registry) -> None:
        self.name = inner.name
        self.queue = inner.queue
        self._inner = inner
        self._wish = wish
        self._registry = registry
        self._enlarger: Enlarger | None = None

    @property
    def version(self) -> str:
        """Changes when the same spec would look different."""
        wish = self._wish
        way = LANCZOS if wish.model == LANCZOS else self._registry.model(wish.model).label
        sizes = f"{wish.drawn_px}-{wish.large_px}px" + (f"-{wish.drawn_rate}fps" if wish.drawn_rate else "")
        return f"{self._inner.version}+{way}/{VERSION}/{sizes}"

    @property
    def usd_per_second(self) -> float:
        """What the inner renderer costs."""
        return self._inner.usd_per_second

    def check(self) -> None:
        """Raises: what the inner renderer's does, LicenceRefused."""
        self._inner.check()
        if self._wish.model != LANCZOS:
            self._registry.check_licence(self._wish.model)

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """The inner renderer's specs."""
        return self._inner.plan(briefs, look)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw small, then enlarge. Raises: what the inner renderer does, MediaBroken, StorageFull, Unavailable."""
        return only(self.render_together([Sitting(shot=shot, folder=folder, progress=progress)]))

    def most_together(self) -> int:
        """As many as the inner renderer draws. Raises: what its `check` does."""
        return together(self._inner).most_together()

    def company(self, shot: Shot) -> str:
        """The inner renderer's. Raises: InvalidInput, what its `check` does."""
        return together(self._inner).company(smaller(shot, self._wish))

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        """Draw small, and enlarge each as soon as it is drawn. Raises: what the inner renderer does."""
        drawn = [self._smaller(sitting) for sitting in sittings]
        for place, outcome in together(self._inner).render_together(drawn):
            if isinstance(outcome, Exception):
                yield place, outcome
                continue
            try:
                enlarged = self._enlarged(sittings[place], outcome)
            except AiprodError as error:
                yield place, error
            else:
                yield place, enlarged

    def _smaller(self, sitting: Sitting) -> Sitting:
        shot = sitting.shot
        drawn = smaller(shot, self._wish)
        return replace(
            sitting, shot=drawn, progress=lambda frames: sitting.progress(frames * shot.frames // drawn.frames)
        )

    def _enlarged(self, sitting: Sitting, take: Take) -> Take:
        shot = sitting.shot
        drawn, large = smaller(shot, self._wish), larger(shot, self._wish)
        if drawn.shape == large.shape and drawn.rate == large.rate:
            return take
        from aiprod.visuals.enlarging.clips import enlarge_clip

        enlarger, why = self._open()
        into = sitting.folder / f"{self.name}-{shot.scene:02d}-large.mp4"
        enlarged = enlarge_clip(take.path, large, into, enlarger)
        sitting.progress(shot.frames)
        return replace(take, path=into, notes=(*take.notes, *why, enlarged.note))

    def _open(self) -> "tuple[Enlarger | None, tuple[str, ...]]":
        """The network, or why there is none."""
        if self._wish.model == LANCZOS:
            return None, ()
        if self._enlarger is None:
            from aiprod.models.upscale.enlarger import open_enlarger

            try:
                (weights,) = self._registry.weights(self._wish.model)
                self._enlarger = open_enlarger(weights)
            except (EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused) as error:
                logger().warning("enlarged without the network", reason=str(error))
                return None, (str(error),)
        return self._enlarger, ()


def smaller(shot: Shot, wish: Wish) -> Shot:
    """The shot as it is drawn: not larger and not faster than wished, and a frame longer where it is slower, so that the
    last frame of the film's rate lies between two that are there."""
    shape = sized(shot.shape, min(wish.drawn_px, short_side(shot.shape)))
    if not wish.drawn_rate or wish.drawn_rate >= shot.rate:
        return replace(shot, shape=shape)
    rate = Fraction(wish.drawn_rate)
    return replace(shot, shape=shape, rate=rate, frames=ceil(shot.frames / shot.rate * rate) + 1)


def larger(shot: Shot, wish: Wish) -> Shot:
    """The shot as the film gets it."""
    return replace(shot, shape=sized(shot.shape, max(wish.large_px, short_side(shot.shape))))


def short_side(shape: Shape) -> int:
    """Pixels of the smaller side."""
    return min(shape.width_px, shape.height_px)


def sized(shape: Shape, side_px: int) -> Shape:
    """The shape with that smaller side, even on both."""
    scale = Fraction(side_px, short_side(shape))
    return Shape(width_px=round(shape.width_px * scale / 2) * 2, height_px=round(shape.height_px * scale / 2) * 2)
