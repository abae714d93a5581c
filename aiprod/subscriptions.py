"""Who hears of what: each subscription's topics, patience and back-off. One table for every cloud.

In Pub/Sub a subscription has one topic: `cloud_subscriptions` says what there is to be for this table.
"""

from dataclasses import dataclass

from aiprod.errors import Misuse
from aiprod.paths import finalized_topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A reader of topics. `refusals` is how often an event may be given back before it becomes a dead letter;
    `job` names the heavy job that pulls from it ("" for a stage, to which events are pushed); where it is `vital`, a
    video whose event cannot be delivered fails. Where it is not `embedded`, the embedded cloud has no need of it; where it
    `waits`, its stage waits for servers of others rather than computes."""

    name: str
    topics: tuple[str, ...]
    refusals: int = 5
    minimum_backoff_seconds: float = 10.0
    maximum_backoff_seconds: float = 600.0
    job: str = ""
    vital: bool = True
    embedded: bool = True
    waits: bool = False


RENDER_QUEUES = ("render-cpu", "render-gpu", "render-api")
"""What is asked of this machine's processors, of a GPU, of somebody's API."""

NARRATION_JOB = "narration"
"""Speaks a script where the stage of that name has it done elsewhere; told which one, it pulls from no queue."""

SUBSCRIPTIONS = {
    subscription.name: subscription
    for subscription in (
        Subscription(name="notify", topics=("status-changes", "webhook-deliveries"), vital=False, waits=True),
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
        *(Subscription(name=queue, topics=(queue,), job="clips") for queue in RENDER_QUEUES),
        # Starts tasks of jobs for what waits; a worker of the embedded cloud sees the queues itself.
        Subscription(name="dispatch", topics=(*RENDER_QUEUES, "sweeps"), vital=False, embedded=False),
    )
}
"""In the order in which a single worker serves them: what is nearest to a finished film first."""


def subscribers(topic: str) -> tuple[str, ...]:
    """Names of the embedded cloud's subscriptions that hear of a topic. Raises: Misuse, when nobody does."""
    names = tuple(
        name for name, subscription in SUBSCRIPTIONS.items() if topic in subscription.topics and subscription.embedded
    )
    if not names:
        raise Misuse(f"Expected a topic that somebody hears of, found {topic!r}.")
    return names


# --- in Pub/Sub --------------------------------------------------------------------------------------------------

DEAD_LETTERS = "dead-letters"
"""Topic of what could not be delivered; the monitor hears of it, and a subscription keeps it for people to look at."""
DEAD_LETTERS_KEPT = "dead-letters-kept"
PUSH_SECONDS = 600
"""The longest that Pub/Sub waits for an answer to a push."""
PULL_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSubscription:
    """A subscription of Pub/Sub. `stage` names the function that it pushes to ("" where a job, or nobody, pulls);
    `attempts` is after how many deliveries an event becomes a dead letter (0: never)."""

    name: str
    topic: str
    stage: str = ""
    attempts: int = 0
    minimum_backoff_seconds: float = 10.0
    maximum_backoff_seconds: float = 600.0
    deadline_seconds: int = PULL_SECONDS


def cloud_name(subscription: Subscription, topic: str) -> str:
    """What a subscription to one of its topics is called in Pub/Sub."""
    return subscription.name if subscription.name == topic else f"{subscription.name}-{topic}"


def cloud_subscriptions() -> tuple[CloudSubscription, ...]:
    """Every subscription that Pub/Sub needs; their topics are all the topics."""
    chain = tuple(
        CloudSubscription(
            name=cloud_name(subscription, topic),
            topic=topic,
            stage="" if subscription.job else subscription.name,
            attempts=subscription.refusals,
            minimum_backoff_seconds=subscription.minimum_backoff_seconds,
            maximum_backoff_seconds=subscription.maximum_backoff_seconds,
            deadline_seconds=PULL_SECONDS if subscription.job else PUSH_SECONDS,
        )
        for subscription in SUBSCRIPTIONS.values()
        for topic in subscription.topics
    )
    heard = CloudSubscription(
        name=f"monitor-{DEAD_LETTERS}", topic=DEAD_LETTERS, stage="monitor", deadline_seconds=PUSH_SECONDS
    )
    return (*chain, heard, CloudSubscription(name=DEAD_LETTERS_KEPT, topic=DEAD_LETTERS))


def called_in_cloud(name: str) -> str:
    """The subscription of the table behind one of Pub/Sub; "" when none is."""
    return next(
        (
            subscription.name
            for subscription in SUBSCRIPTIONS.values()
            if any(cloud_name(subscription, topic) == name for topic in subscription.topics)
        ),
        "",
    )
