"""How a route's function is called: in a thread, since it waits for documents, once for each request.

Knows no route. FastAPI by itself would go to a thread a second time, to check the answer against its description. Going
there costs more processor time than reading a video does, and on a busy machine each time may wait.
"""

import functools
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool


class Route(APIRoute):
    """A route whose function may wait; its answer is checked where it is sent."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint if iscoroutinefunction(endpoint) else _in_a_thread(endpoint), **options)


def _in_a_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def call(**given: Any) -> Any:
        return await run_in_threadpool(function, **given)

    return call
