"""The scheduler: the static message that Cloud Scheduler would publish, at a steady pace."""

import threading
from dataclasses import dataclass, field

from google.api_core.exceptions import GoogleAPIError
from google.cloud.pubsub_v1 import PublisherClient

from aiprod.events import SweepTicked, encode
from aiprod.logs import logger

TICK = encode(SweepTicked(at=0.0))
"""What a schedule can say: it has no clock of its own, so the time is that of the message."""
TIMEOUT_SECONDS = 5.0


@dataclass(slots=True, kw_only=True)
class Scheduler:
    """Ticks the topic `sweeps`. Use it in a `with` statement."""

    project: str
    every_seconds: float
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "Scheduler":
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _tick(self) -> None:
        publisher = PublisherClient()
        topic = publisher.topic_path(self.project, "sweeps")
        while not self._ended.wait(self.every_seconds):
            try:
                publisher.publish(topic, TICK, timeout=TIMEOUT_SECONDS).result(timeout=TIMEOUT_SECONDS)
            except (GoogleAPIError, TimeoutError) as error:
                logger().warning("tick not published", reason=str(error))
        publisher.stop()
