"""How the whole product is at the moment, read from documents, so that any process tells the same. Knows no HTTP."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiprod.adapters.embedded.messages import Waiting
from aiprod.bootstrap import App
from aiprod.machines import Machine
from aiprod.subscriptions import RENDER_QUEUES
from aiprod.tallies import Totals, series
from aiprod.video import ClipStatus

MOST_COUNTED = 1000
FRESH_SECONDS = 1.0
"""How long one reading serves whoever asks."""
GPU_QUEUE = "render-gpu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The product at a moment. `queues` is empty where the cloud does not say what waits; `clips` are counted up to a
    thousand; `renderers` tells of each that ever worked here whether it did at its last attempt; `machines` are those with a
    GPU that work now."""

    at: float
    videos: Mapping[str, int]
    oldest_seconds: float
    clips: Mapping[str, int]
    queues: tuple[Waiting, ...]
    dead_letters: int | None
    renderers: Mapping[str, bool]
    totals: Totals
    machines: tuple[Machine, ...] = ()


def gpu_seconds(totals: Totals) -> float:
    """How long GPUs rendered."""
    return totals.sum("render.seconds", queue=GPU_QUEUE)


@dataclass(kw_only=True)
class Instruments:
    """Reads the product."""

    app: App
    _last: Readings | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self) -> Readings:
        """The product now. Raises: Transient."""
        return _read(self.app)

    def shared(self) -> Readings:
        """The product now or just before, read once for all who watch. Raises: Transient."""
        with self._lock:
            if self._last is None or self.app.clock.now() - self._last.at >= FRESH_SECONDS:
                self._last = _read(self.app)
            return self._last


def _read(app: App) -> Readings:
    now, totals = app.clock.now(), app.tallies.totals()
    at_work = [video for video in app.ledger.at_work() if not video.over]
    local = app.settings.cloud == "local"
    return Readings(
        at=now,
        videos=Counter(video.status.value for video in at_work),
        oldest_seconds=round(now - min((video.created_at for video in at_work), default=now), 1),
        clips={name: len(app.ledger.clips_in(name, ClipStatus.REQUESTED, MOST_COUNTED)) for name in RENDER_QUEUES},
        queues=app.embedded.waiting() if local else (),
        dead_letters=len(app.dead_letters.look()) if local else None,
        renderers=_health(totals),
        totals=totals,
        machines=app.machines.at_work(),
    )


def _health(totals: Totals) -> dict[str, bool]:
    names = sorted({one.label["renderer"] for one in totals.marks if "renderer" in one.label})
    last = {
        name: tuple(totals.marks.get(series(mark, renderer=name), 0.0) for mark in ("renderer worked", "renderer failed"))
        for name in names
    }
    return {name: worked >= failed for name, (worked, failed) in last.items()}
