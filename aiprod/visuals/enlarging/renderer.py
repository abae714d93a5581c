"""A renderer around another: scenes are drawn small and slow by it, then enlarged and filled up to what the film wants.

Knows sizes and rates; the inner renderer draws, `clips.py` enlarges and fills up. Where a network is not here, Lanczos
enlarges and ffmpeg fills up, and the clip's note says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import FilmLook, Renderer, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.sittings import Sitting
from aiprod.visuals.around import RendererAround, open_if_there, own_rate

if TYPE_CHECKING:
    from aiprod.models.interpolation.interpolator import Interpolator
    from aiprod.models.upscale.enlarger import Enlarger
    from aiprod.visuals.enlarging.clips import Networks

LANCZOS = "lanczos"
MOTION = "motion"
VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How scenes are enlarged: by which model of the registry (or "lanczos"; "" for not at all), drawn with which smaller side
    at most, up to which, and drawn at which rate at most (0: the film's own); `interpolation` is the model that draws pictures
    in between (or "motion", for ffmpeg alone; "" has the inner renderer come to the film's rate as it can)."""

    model: str = ""
    drawn_px: int = 0
    large_px: int = 0
    drawn_rate: int = 0
    interpolation: str = MOTION


class EnlargingRenderer(RendererAround):
    """Implements ports.Renderer."""

    def __init__(self, inner: Renderer, wish: Wish, registry: Registry) -> None:
        super().__init__(inner)
        self._wish = wish
        self._registry = registry
        self._enlarger: Resident[Enlarger] = Resident()
        self._interpolator: Resident[Interpolator] = Resident()

    @property
    def version(self) -> str:
        """Changes when the same spec would look different."""
        wish, version = self._wish, self._inner.version
        if wish.model:
            drawn_rate = f"-{wish.drawn_rate}fps" if wish.drawn_rate else ""
            version += f"+{self._label(wish.model)}/{VERSION}/{wish.drawn_px}-{wish.large_px}px{drawn_rate}"
        if self._fills_up:
            version += f"+{self._label(wish.interpolation)}/{VERSION}"
        return version

    @property
    def _fills_up(self) -> bool:
        return bool(self._wish.interpolation and (own_rate(self._inner) or self._wish.drawn_rate))

    def _label(self, way: str) -> str:
        return way if way in (LANCZOS, MOTION) else self._registry.model(way).label

    def check(self) -> None:
        """Raises: what the inner renderer's does, LicenceRefused."""
        self._inner.check()
        for model in (self._wish.model, self._wish.interpolation if self._fills_up else ""):
            if model not in ("", LANCZOS, MOTION):
                self._registry.check_licence(model)

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """The inner renderer's specs."""
        return self._inner.plan(briefs, look)

    def _drawn(self, shot: Shot) -> Shot:
        own = own_rate(self._inner) if self._wish.interpolation else None
        return smaller(shot, self._wish, own)

    def _worked_on(self, sitting: Sitting, take: Take) -> Take:
        shot = sitting.shot
        drawn, large = self._drawn(shot), larger(shot, self._wish)
        if drawn.shape == large.shape and drawn.rate == large.rate:
            return take
        from aiprod.visuals.enlarging.clips import enlarge_clip

        networks, why = self._open(enlarging=drawn.shape != large.shape, filling=drawn.rate != large.rate)
        into = sitting.folder / f"{self.name}-{shot.scene:02d}-large.mp4"
        enlarged = enlarge_clip(take.path, large, into, networks)
        return replace(take, path=into, notes=(*take.notes, *why, enlarged.note))

    def _open(self, *, enlarging: bool, filling: bool) -> "tuple[Networks, tuple[str, ...]]":
        """The networks that are needed, and why one of them is not there."""
        from aiprod.visuals.enlarging.clips import Networks

        enlarger, no_enlarger = find_enlarger(self._registry, self._wish.model if enlarging else LANCZOS, self._enlarger)
        way = self._wish.interpolation if filling else MOTION
        interpolator, no_interpolator = find_interpolator(self._registry, way, self._interpolator)
        return Networks(enlarger=enlarger, interpolator=interpolator), tuple(filter(None, (no_enlarger, no_interpolator)))


def find_enlarger(registry: Registry, model: str, held: "Resident[Enlarger]") -> "tuple[Enlarger | None, str]":
    """The network of a model of the registry, opened already or now; None where none is wished for, or where it cannot be had,
    and why."""
    from aiprod.models.upscale.enlarger import open_enlarger

    def opened() -> "Enlarger":
        return held.get(registry.model(model).label, lambda: open_enlarger(registry.weights(model)[0]))

    return (None, "") if model == LANCZOS else open_if_there(model, opened)


def find_interpolator(registry: Registry, model: str, held: "Resident[Interpolator]") -> "tuple[Interpolator | None, str]":
    """The network of a model of the registry, opened already or now; None where none is wished for, or where it cannot be had,
    and why."""
    from aiprod.models.interpolation.interpolator import open_interpolator

    def opened() -> "Interpolator":
        return held.get(registry.model(model).label, lambda: open_interpolator(registry.weights(model)[0]))

    return (None, "") if model in ("", MOTION) else open_if_there(model, opened)


def smaller(shot: Shot, wish: Wish, own_rate: Fraction | None = None) -> Shot:
    """The shot as it is drawn: not larger and not faster than wished, at the renderer's own rate where that is lower, and a
    frame longer where it is slower, so that the last frame of the film's rate lies between two that are there."""
    shape = with_short_side(shot.shape, min(wish.drawn_px, short_side(shot.shape))) if wish.model else shot.shape
    rate = min(shot.rate, Fraction(wish.drawn_rate) or shot.rate, own_rate or shot.rate)
    if rate == shot.rate:
        return replace(shot, shape=shape)
    return replace(shot, shape=shape, rate=rate, frames=ceil(shot.frames / shot.rate * rate) + 1)


def larger(shot: Shot, wish: Wish) -> Shot:
    """The shot as the film gets it."""
    return replace(shot, shape=with_short_side(shot.shape, max(wish.large_px, short_side(shot.shape)))) if wish.model else shot


def short_side(shape: Shape) -> int:
    """Pixels of the smaller side."""
    return min(shape.width_px, shape.height_px)


def with_short_side(shape: Shape, side_px: int) -> Shape:
    """The shape with that smaller side, even on both."""
    scale = Fraction(side_px, short_side(shape))
    return Shape(width_px=round(shape.width_px * scale / 2) * 2, height_px=round(shape.height_px * scale / 2) * 2)
