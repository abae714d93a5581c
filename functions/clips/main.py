"""The clips stage as a function: a narration comes in, shots are planned and asked for."""

import functions_framework

from aiprod.errors import InvalidInput
from aiprod.pushes import Pushed, deliver, refuse

functions_framework.errorhandler(InvalidInput)(refuse)


@functions_framework.cloud_event
def handle(pushed: Pushed) -> None:
    """Raises: Transient, and Pub/Sub pushes the event again."""
    deliver("clips", pushed)
