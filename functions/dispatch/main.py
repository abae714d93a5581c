"""The dispatcher as a function: a request for a clip or a tick comes in, tasks of the render jobs are started."""

import functions_framework

from aiprod.errors import InvalidInput
from aiprod.pushes import Pushed, dispatch, refuse

functions_framework.errorhandler(InvalidInput)(refuse)


@functions_framework.cloud_event
def handle(pushed: Pushed) -> None:
    """Raises: Transient, and Pub/Sub pushes the event again."""
    dispatch(pushed)
