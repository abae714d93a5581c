"""The render job: pulls clip requests until none is left for a while, claims, renders, delivers.

A request is acknowledged when its clip is claimed; from then on the clip's document holds the lease, kept alive while
frames are drawn. A killed task loses its leases and the monitor asks again. Where the renderer draws several shots at once,
clips that can share a batch with the one whose turn it is are claimed with it; each has a lease of its own, and ends alone.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TypeVar

from aiprod import gauges, paths
from aiprod.artefacts import Artefacts
from aiprod.dispatching import Turns
from aiprod.errors import OWN_FAULT, AiprodError, DeviceLost, Misuse, NotFound, Transient, Unavailable
from aiprod.events import ClipFailed, ClipRequested, video_of
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.ports import Delivery, Publisher, Renderer, Subscriber, Workspace
from aiprod.rendering.hands import Hand
from aiprod.rendering.leases import Holder
from aiprod.rendering.shots import Shots
from aiprod.sittings import Outcome, together
from aiprod.tallies import Tallies
from aiprod.video import Clip, ClipNoted

POLL_SECONDS = 0.05
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """One task of the render job; `holder` names it for its leases, `tasks` is how many may serve the queue at once. After
    `seconds` it takes on no clip (0: it always does), so that no cloud that ends tasks by the clock ends one in mid-clip."""

    subscriber: Subscriber
    publisher: Publisher
    ledger: Ledger
    artefacts: Artefacts
    renderers: Mapping[str, Renderer]
    workspace: Workspace
    turns: Turns
    holder: Holder
    idle_seconds: float
    tallies: Tallies
    tasks: int = 1
    seconds: float = 0.0
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, subscription: str) -> int:
        """Serve a subscription until it is idle, or the task's time is over; how many clips were rendered."""
        now = self.holder.clock.now
        rendered = 0
        began = idle_since = now()
        while not self.stopping.is_set() and now() - idle_since < self.idle_seconds:
            if self.seconds and now() - began >= self.seconds:
                logger().info("task over", subscription=subscription, rendered=rendered)
                break
            delivery = self._pull(subscription)
            if delivery is None:
                self.stopping.wait(POLL_SECONDS)
                continue
            rendered += self._serve(delivery)
            self.tallies.write_if_due()
            idle_since = now()
        self.tallies.write()
        return rendered

    def _pull(self, subscription: str) -> Delivery | None:
        try:
            return self.subscriber.pull(subscription, lease_seconds=self.holder.seconds)
        except Unavailable as error:
            logger().warning("nothing pulled", subscription=subscription, reason=str(error))
            return None

    def _serve(self, delivery: Delivery) -> int:
        event = delivery.event
        if not isinstance(event, ClipRequested):
            self.subscriber.refuse(delivery, reason=f"Expected a clip request, found {type(event).__name__}.")
            return 0
        try:
            clip = self.turns.take(event, self.holder.claim)
        except (NotFound, Transient) as error:
            self.subscriber.refuse(delivery, reason=str(error))
            return 0
        self.subscriber.acknowledge(delivery)
        if clip is None:
            return 0
        with ExitStack() as held:
            first = held.enter_context(self._hand(clip, delivery))
            hands = [first]
            shots = Shots(artefacts=self.artefacts, renderers=self.renderers)
            self._attempt(first, lambda: self._seat(first, shots))
            if first.sitting is not None:
                for other in self._attempt(first, lambda: shots.join(clip, self.turns, self.holder, self.tasks)) or ():
                    hand = held.enter_context(self._hand(other, delivery))
                    hands.append(hand)
                for hand in hands[1:]:
                    self._attempt(hand, lambda hand=hand: self._seat(hand, shots))  # type: ignore[misc]
            seated = [hand for hand in hands if hand.sitting is not None]
            if seated:
                self._draw(seated)
            return sum(hand.done for hand in hands)

    def _hand(self, clip: Clip, delivery: Delivery) -> Hand:
        return Hand(clip=clip, holder=self.holder, trace=self._trace(delivery, clip), since=self.holder.clock.now())

    def _trace(self, delivery: Delivery, clip: Clip) -> str:
        """The ticket's trace, unless the ticket led to another film's clip."""
        if not delivery.trace or video_of(delivery.event) == clip.video:
            return delivery.trace
        try:
            return self.ledger.get(clip.video).trace
        except NotFound:
            return ""

    def _seat(self, hand: Hand, shots: Shots) -> None:
        """Make ready to draw what need be drawn."""
        clip = hand.clip
        if self.artefacts.reuse(paths.clip(clip.video, clip.revision, clip.scene, clip.key), clip.key):
            self._finish(hand)
        else:
            hand.seat(lambda folder: shots.fetched(clip, folder), self.workspace)

    def _draw(self, hands: Sequence[Hand]) -> None:
        """Draw the clips of one renderer, and deliver each as soon as it is drawn."""
        for hand in hands:
            hand.drawn = len(hands)
        if len(hands) > 1:
            logger().info("clips drawn together", clips=[hand.clip.id for hand in hands])
        left = dict(enumerate(hands))
        renderer = together(self.renderers[hands[0].clip.renderer])
        outcomes = renderer.render_together([hand.sitting for hand in hands if hand.sitting])
        while left:
            lead = next(iter(left.values()))
            for place, outcome in lead.within(lambda: _next_of(outcomes, tuple(left))):
                hand = left.pop(place)
                self._attempt(hand, lambda hand=hand, outcome=outcome: self._land(hand, outcome))  # type: ignore[misc]
                hand.let_go()

    def _land(self, hand: Hand, outcome: Outcome) -> None:
        if isinstance(outcome, Exception):
            raise outcome
        clip = hand.clip
        if outcome.notes:
            noted = ClipNoted(revision=clip.revision, at=self.holder.clock.now(), notes=outcome.notes)
            self.ledger.advance(clip.video, noted)
        self.artefacts.land(paths.clip(clip.video, clip.revision, clip.scene, clip.key), clip.key, outcome.path)
        self._finish(hand)

    def _finish(self, hand: Hand) -> None:
        hand.done = True
        self._count(hand, "")
        logger().info("clip rendered", frames=hand.clip.frames, seconds=round(hand.seconds(), 2))

    def _attempt(self, hand: Hand, do: Callable[[], T]) -> T | None:
        """Do a part of a clip's work; what keeps it from being done ends this clip with a sentence, and no other."""
        return hand.within(lambda: self._guarded(hand, do))

    def _guarded(self, hand: Hand, do: Callable[[], T]) -> T | None:
        try:
            return do()
        except AiprodError as error:
            transient = isinstance(error, Transient)
            self._give_up(hand, error, "refused" if transient else "gave up", str(error), permanent=not transient)
            if isinstance(error, DeviceLost):
                self.stopping.set()  # every clip that this process still took on would fail at once
        except Exception as error:  # noqa: BLE001  a renderer's fault is told to the monitor, never lost
            logger().exception("renderer broke")
            self._give_up(hand, error, "broke", f"{type(error).__name__}: {error}", permanent=False)
        return None

    def _count(self, hand: Hand, end: str) -> None:
        """Time on a renderer is spent whatever comes of it."""
        clip = hand.clip
        self.tallies.took("render", hand.seconds(), renderer=clip.renderer, queue=clip.queue)
        gauges.took("aiprod.clip.seconds", hand.seconds(), renderer=clip.renderer, queue=clip.queue)
        if end:
            self.tallies.add("render failures", renderer=clip.renderer, kind=end)
        self.tallies.mark("renderer failed" if end else "renderer worked", renderer=clip.renderer)

    def _give_up(self, hand: Hand, error: Exception, end: str, sentence: str, *, permanent: bool) -> None:
        clip = hand.clip
        hand.fail(type(error).__name__)
        self._count(hand, end)
        logger().error("clip failed", reason=sentence, permanent=permanent)
        kind = error.kind if isinstance(error, AiprodError) else OWN_FAULT
        failed = ClipFailed(video=clip.video, revision=clip.revision, scene=clip.scene, attempt=clip.attempt,
                            permanent=permanent, sentence=sentence, kind=kind)  # fmt: skip
        self.publisher.publish("clip-failures", failed)


def _next_of(outcomes: Iterator[tuple[int, Outcome]], left: Sequence[int]) -> Sequence[tuple[int, Outcome]]:
    """What is known next: of one clip, or of all that are left, when the renderer breaks."""
    try:
        return [next(outcomes)]
    except StopIteration:
        fault = Misuse(f"Expected a renderer to tell what became of {len(left)} more shots, found that it ended.")
        return [(place, fault) for place in left]
    except Exception as error:  # noqa: BLE001  each clip ends with it
        return [(place, error) for place in left]
