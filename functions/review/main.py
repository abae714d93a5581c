"""The review stage as a function: a film comes in and is judged."""

import functions_framework

from aiprod.errors import InvalidInput
from aiprod.pushes import Pushed, deliver, refuse

functions_framework.errorhandler(InvalidInput)(refuse)


@functions_framework.cloud_event
def handle(pushed: Pushed) -> None:
    """Raises: Transient, and Pub/Sub pushes the event again."""
    deliver("review", pushed)
