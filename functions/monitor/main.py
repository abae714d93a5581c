"""The monitor stage as a function: what is missing is counted, what failed or was lost is asked for again."""

import functions_framework

from aiprod.errors import InvalidInput
from aiprod.pushes import Pushed, deliver, refuse, release_delayed

functions_framework.errorhandler(InvalidInput)(refuse)


@functions_framework.cloud_event
def handle(pushed: Pushed) -> None:
    """Raises: Transient, and Pub/Sub pushes the event again."""
    release_delayed(pushed)
    deliver("monitor", pushed)
