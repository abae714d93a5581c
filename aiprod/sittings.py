"""Several shots for one renderer, whether it draws them at once or one after the other. Knows the ports, and no renderer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from aiprod.ports import Renderer, Shot, Take


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A shot to draw, and into which folder; `progress` is told the frames done, and raises when nobody needs the rest."""

    shot: Shot
    folder: Path
    progress: Callable[[int], None]


Outcome: TypeAlias = Take | Exception
"""What became of a sitting: its take, or why there is none."""


@runtime_checkable
class Together(Protocol):
    """What a renderer can do besides that draws several shots at once. One of them alone has the same frames."""

    def most_together(self) -> int:
        """How many shots at most, on this machine. Raises: what `check` does."""

    def company(self, shot: Shot) -> str:
        """Shots of equal company can be drawn together. Raises: InvalidInput, what `check` does."""

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        """Draw them; each one's place and what became of it, as soon as it is known. What it raises became of all that are left."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Implements Together over a renderer that draws one shot at a time."""

    renderer: Renderer

    def most_together(self) -> int:
        return 1

    def company(self, shot: Shot) -> str:  # noqa: ARG002
        return ""

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        for place, sitting in enumerate(sittings):
            yield place, self.renderer.render(sitting.shot, sitting.folder, sitting.progress)


def together(renderer: Renderer) -> Together:
    """The renderer as one that is given several shots."""
    return renderer if isinstance(renderer, Together) else OneByOne(renderer)


def only(outcomes: Iterator[tuple[int, Outcome]]) -> Take:
    """The take of a single sitting. Raises: whatever kept it from being drawn."""
    ((_, outcome),) = outcomes
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
