"""A clip that a task has in hand: its lease, its folder, and logs and traces of its own while others are drawn beside it."""

from collections.abc import Callable
from contextlib import ExitStack
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from aiprod.logs import context
from aiprod.ports import Shot, Workspace
from aiprod.rendering.leases import Holder, Lease
from aiprod.sittings import Sitting
from aiprod.telemetry import Piece, span
from aiprod.video import Clip

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Hand:
    """One claimed clip, within a `with`. `since` is when its time began to count, `drawn` how many clips share that time;
    `sitting` is what is to be drawn of it (None: nothing, or not known yet); `done` tells that the clip is there."""

    clip: Clip
    holder: Holder
    trace: str
    since: float
    sitting: Sitting | None = None
    drawn: int = 1
    done: bool = False
    _piece: Piece = field(default_factory=Piece)
    _lease: Lease = field(init=False)
    _context: Context = field(default_factory=copy_context)
    _open: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self._lease = Lease(self.holder, self.clip)

    def within(self, do: Callable[[], T]) -> T:
        """Do something as a part of this clip's work, whatever other clips are in hand."""
        return self._context.run(do)

    def __enter__(self) -> "Hand":
        self.within(self._take_up)
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def let_go(self) -> None:
        """End the lease, remove the folder, close the trace; harmless when done twice."""
        self.within(self._open.close)

    def seat(self, shot: Callable[[Path], Shot], workspace: Workspace) -> None:
        """Make ready to draw, in a folder of its own. Raises: what `shot` does, StorageFull."""
        folder = self._open.enter_context(workspace.open("clip"))
        self.sitting = Sitting(shot=shot(folder), folder=folder, progress=self._lease.progressed)

    def fail(self, reason: str) -> None:
        """Note on the trace that the work did not succeed."""
        self.sitting = None
        self._piece.fail(reason)

    def seconds(self) -> float:
        """This clip's part of the time since it was begun."""
        return (self.holder.clock.now() - self.since) / self.drawn

    def _take_up(self) -> None:
        known: dict[str, str | int] = {
            "video": self.clip.video, "scene": self.clip.scene, "renderer": self.clip.renderer, "attempt": self.clip.attempt
        }
        self._open.enter_context(context(**known))
        self._piece = self._open.enter_context(span("render", known, kind="consumer", after=self.trace))
        self._open.enter_context(self._lease)
