"""Makes Pub/Sub's topics and subscriptions from the table of aiprod.subscriptions, where Terraform does not."""

from collections.abc import Callable
from datetime import timedelta

from aiprod.adapters.google_errors import translated
from aiprod.subscriptions import DEAD_LETTERS, DEAD_LETTERS_KEPT, CloudSubscription, cloud_subscriptions


def declare(project: str, push_endpoint_of: Callable[[str], str], *, backoff_scale: float = 1.0) -> None:
    """Make every topic and subscription that is missing; what is there stays as it is. Terraform does this for a
    deployment. `push_endpoint_of` gives the address of a stage's function; "" lets its subscriptions be pulled.
    `backoff_scale` shortens every back-off (on a laptop)."""
    from google.api_core.exceptions import AlreadyExists
    from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

    wanted = cloud_subscriptions()
    with translated("Making topics and subscriptions", role="roles/pubsub.editor"):
        publisher = PublisherClient()
        with SubscriberClient() as subscriber:
            for topic in dict.fromkeys(subscription.topic for subscription in wanted):
                try:
                    publisher.create_topic(name=publisher.topic_path(project, topic))
                except AlreadyExists:
                    continue
            for subscription in wanted:
                endpoint = push_endpoint_of(subscription.stage) if subscription.stage else ""
                try:
                    subscriber.create_subscription(request=_request(project, subscription, endpoint, backoff_scale))
                except AlreadyExists:
                    continue


def _request(project: str, subscription: CloudSubscription, endpoint: str, backoff_scale: float) -> dict[str, object]:
    request: dict[str, object] = {
        "name": f"projects/{project}/subscriptions/{subscription.name}",
        "topic": f"projects/{project}/topics/{subscription.topic}",
        "ack_deadline_seconds": subscription.deadline_seconds,
        "push_config": {"push_endpoint": endpoint},
    }
    if subscription.name != DEAD_LETTERS_KEPT:
        request["retry_policy"] = {
            "minimum_backoff": timedelta(seconds=subscription.minimum_backoff_seconds * backoff_scale),
            "maximum_backoff": timedelta(seconds=subscription.maximum_backoff_seconds * backoff_scale),
        }
    if subscription.attempts:
        request["dead_letter_policy"] = {
            "dead_letter_topic": f"projects/{project}/topics/{DEAD_LETTERS}",
            "max_delivery_attempts": subscription.attempts,
        }
    return request
