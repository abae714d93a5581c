"""HTTP servers of tests, on this machine alone; what they answer is each test's business."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def listening(
    handler: type[BaseHTTPRequestHandler], *, host: str = "127.0.0.1", server: type[ThreadingHTTPServer] = ThreadingHTTPServer
) -> Iterator[str]:
    """The address of a server that answers, without a line on the screen for each request, until the block ends."""

    class Quiet(handler):  # type: ignore[misc, valid-type]
        def log_message(self, format: str, *arguments: object) -> None:
            return

    running = server((host, 0), Quiet)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{running.server_port}"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
