"""A renderer around another, which draws: each clip is worked on as soon as it is drawn.

Knows the order of the steps and how a network that is not here is done without; what is done to a clip is others' business.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from aiprod.errors import AiprodError, EngineMissing, LicenceRefused, WeightsBroken, WeightsMissing
from aiprod.logs import logger
from aiprod.ports import Renderer, Shot, Take
from aiprod.sittings import Outcome, Sitting, only, together

Opened = TypeVar("Opened")


@runtime_checkable
class Paced(Protocol):
    """What a renderer that draws at one rate, whatever the film's, says besides."""

    def own_rate(self) -> Fraction | None:
        """Pictures a second; None: as many as are asked for. Raises: InvalidSetting."""


def own_rate(renderer: Renderer) -> Fraction | None:
    """The one rate at which it draws, if it has one. Raises: InvalidSetting."""
    return renderer.own_rate() if isinstance(renderer, Paced) else None


class RendererAround(ABC):
    """Implements ports.Renderer but for `version`, `check` and `plan`."""

    def __init__(self, inner: Renderer) -> None:
        self.name = inner.name
        self.queue = inner.queue
        self._inner = inner

    @property
    def usd_per_second(self) -> float:
        """What the inner renderer costs."""
        return self._inner.usd_per_second

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw, then work on it. Raises: what the inner renderer does, MediaBroken, StorageFull, Unavailable."""
        return only(self.render_together([Sitting(shot=shot, folder=folder, progress=progress)]))

    def most_together(self) -> int:
        """As many as the inner renderer draws. Raises: what its `check` does."""
        return together(self._inner).most_together()

    def company(self, shot: Shot) -> str:
        """The inner renderer's. Raises: InvalidInput, what its `check` does."""
        return together(self._inner).company(self._drawn(shot))

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        """Draw, and work on each clip as soon as it is drawn. Raises: what the inner renderer does."""
        for place, outcome in together(self._inner).render_together([self._seated(sitting) for sitting in sittings]):
            if isinstance(outcome, Exception):
                yield place, outcome
                continue
            try:
                worked_on = self._worked_on(sittings[place], outcome)
                sittings[place].progress(sittings[place].shot.frames)
            except AiprodError as error:
                yield place, error
            else:
                yield place, worked_on

    def _seated(self, sitting: Sitting) -> Sitting:
        shot, drawn = sitting.shot, self._drawn(sitting.shot)
        return replace(sitting, shot=drawn, progress=lambda frames: sitting.progress(frames * shot.frames // drawn.frames))

    @abstractmethod
    def _drawn(self, shot: Shot) -> Shot:
        """The shot as the inner renderer gets it. Raises: InvalidInput."""

    @abstractmethod
    def _worked_on(self, sitting: Sitting, take: Take) -> Take:
        """What becomes of the inner renderer's take. Raises: MediaBroken, StorageFull, Unavailable."""


def open_if_there(model: str, opened: Callable[[], Opened]) -> tuple[Opened | None, str]:
    """What is opened, and "" or, where it cannot be had here, why."""
    try:
        return opened(), ""
    except (EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused) as error:
        logger().warning("drawn without the network", model=model, reason=str(error))
        return None, str(error)
