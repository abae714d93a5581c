"""A clip's lease, kept alive with its progress while the clip is drawn. Knows no renderer."""

import threading
from dataclasses import dataclass, field

from aiprod.errors import Conflict, NotFound, Transient
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.ports import Clock
from aiprod.video import Clip, ClipStatus, claim, hold

LONGEST_SILENCE_SECONDS = 2.0
"""How often progress is told at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds clips, and for how long without a sign of life."""

    ledger: Ledger
    clock: Clock
    owner: str
    seconds: float

    def claim(self, clip: Clip) -> Clip:
        """The clip taken by this holder; unchanged when it cannot be."""
        return claim(clip, self.owner, self.clock.now(), self.seconds)


@dataclass(slots=True)
class Lease:
    """Keeps the lease of a clip that its holder has claimed, within a `with`."""

    holder: Holder
    clip: Clip
    _frames: int = 0
    _done: threading.Event = field(default_factory=threading.Event)
    _gone: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def progressed(self, frames: int) -> None:
        """Raises: NotFound, when the clip's video was deleted: nobody needs the rest."""
        if self._gone.is_set():
            raise NotFound(f"Expected the video {self.clip.video}, found that it was deleted.")
        self._frames = frames

    def __enter__(self) -> "Lease":
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _keep(self) -> None:
        every = min(self.holder.seconds / 3, LONGEST_SILENCE_SECONDS)
        while not self._done.wait(every):
            try:
                clip, _ = self.holder.ledger.change_clip(self.clip.id, self._held)
            except (Conflict, Transient) as error:
                logger().warning("lease not extended", reason=str(error))
                continue
            except NotFound:
                self._gone.set()
                return
            if clip.status is not ClipStatus.RENDERING:
                return

    def _held(self, clip: Clip) -> Clip:
        return hold(clip, self.holder.owner, self.holder.clock.now() + self.holder.seconds, self._frames)
