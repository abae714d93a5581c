"""The assembly stage as a function: a clip comes in and its segments are encoded; at the end they are joined."""

import functions_framework

from aiprod.errors import InvalidInput
from aiprod.pushes import Pushed, deliver, refuse

functions_framework.errorhandler(InvalidInput)(refuse)


@functions_framework.cloud_event
def handle(pushed: Pushed) -> None:
    """Raises: Transient, and Pub/Sub pushes the event again."""
    deliver("assembly", pushed)
