"""From an event to its stage, and from a stage's error to what happens next. The same for every cloud.

Return means acknowledge, raise means redeliver: a Transient error escapes; a Permanent one (or a Misuse, which trying
again cannot mend either) is recorded on the video and the event is done with.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiprod.errors import AiprodError, Misuse, NotFound, Permanent, Transient
from aiprod.events import Event, revision_of, video_of
from aiprod.ledger import Ledger
from aiprod.logs import context, logger
from aiprod.ports import Clock
from aiprod.tallies import Tallies
from aiprod.telemetry import is_on, span
from aiprod.video import StageGaveUp

Handler = Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Hands each event to the stage of its subscription."""

    stages: Mapping[str, Handler]
    ledger: Ledger
    clock: Clock
    tallies: Tallies

    def deliver(self, subscription: str, event: Event, *, trace: str = "") -> None:
        """Handle one event, which is of that trace. Raises: Transient (deliver it again)."""
        video = video_of(event)
        known = {"stage": subscription, "video": video, "received": type(event).__name__}
        with context(**known), span(subscription, known, kind="consumer", after=trace or self._trace(video)) as piece:
            started, end = self.clock.now(), "broke"
            try:
                self._publish_leftovers(video)
                self.stages[subscription](event)
                end = ""
            except Transient as error:
                end = "refused"
                logger().warning("event refused", reason=str(error))
                raise
            except (Permanent, Misuse) as error:
                end = "gave up"
                piece.fail(type(error).__name__)
                logger().error("stage gave up", reason=str(error), kind=type(error).__name__)
                self._record(event, error)
            finally:
                self._count(subscription, self.clock.now() - started, end)
            logger().info("event handled", seconds=round(self.clock.now() - started, 3))

    def _trace(self, video: str) -> str:
        """The work that asked for the video, for events that name none, such as that of an artefact copied from another film."""
        if not video or not is_on():
            return ""
        try:
            return self.ledger.get(video).trace
        except (NotFound, Transient):
            return ""

    def _count(self, subscription: str, seconds: float, end: str) -> None:
        self.tallies.took("stage", seconds, stage=subscription)
        if end:
            self.tallies.add("stage failures", stage=subscription, kind=end)
        self.tallies.write_if_due()

    def _publish_leftovers(self, video: str) -> None:
        if not video:
            return
        try:
            self.ledger.flush(self.ledger.get(video))
        except NotFound:
            return

    def _record(self, event: Event, error: AiprodError) -> None:
        """On the revision that the event is about: a late failure of an earlier one stops no film."""
        video = video_of(event)
        if not video:
            return
        try:
            revision = revision_of(event) or self.ledger.get(video).revision
            gave_up = StageGaveUp(revision=revision, at=self.clock.now(), sentence=str(error), kind=error.kind)
            self.ledger.advance(video, gave_up)
        except NotFound:
            return
