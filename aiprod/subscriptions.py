"""Who hears of what: each subscription's topics, patience and back-off. One table for every cloud."""

from dataclasses import dataclass

from aiprod.errors import Misuse
from aiprod.paths import finalized_topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A reader of topics. `refusals` is how often an event may be given back before it becomes a dead letter;
    `job` names the heavy job that pulls from it ("" for a stage, to which events are pushed); where it is `vital`, a
    video whose event cannot be delivered fails."""

    name: str
    topics: tuple[str, ...]
    refusals: int = 5
    minimum_backoff_seconds: float = 10.0
    maximum_backoff_seconds: float = 600.0
    job: str = ""
    vital: bool = True


SUBSCRIPTIONS = {
    subscription.name: subscription
    for subscription in (
        Subscription(name="notify", topics=("status-changes",), vital=False),
        Subscription(
            name="monitor",
            topics=(
                finalized_topic("segments"),
                finalized_topic("mixes"),
                "clip-failures",
                "sweeps",
                "failed-deliveries",
            ),
        ),
        Subscription(name="review", topics=(finalized_topic("films"),)),
        Subscription(name="assembly", topics=("assembly-requests", finalized_topic("clips"))),
        Subscription(name="clips", topics=(finalized_topic("narrations"),)),
        Subscription(name="narration", topics=(finalized_topic("scripts"),)),
        Subscription(name="script", topics=("video-requests", "revision-requests")),
        Subscription(name="render-cpu", topics=("render-cpu",), job="clips"),
        Subscription(name="render-gpu", topics=("render-gpu",), job="clips"),
    )
}
"""In the order in which a single worker serves them: what is nearest to a finished film first."""


def subscribers(topic: str) -> tuple[str, ...]:
    """Names of the subscriptions that hear of a topic. Raises: Misuse, when nobody does."""
    names = tuple(name for name, subscription in SUBSCRIPTIONS.items() if topic in subscription.topics)
    if not names:
        raise Misuse(f"Expected a topic that somebody hears of, found {topic!r}.")
    return names
