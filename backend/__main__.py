"""`python -m backend`: serves the API, with workers of this machine where films are made on it; `code` tells the codes."""

import signal
import socket
import sys
import threading
from contextlib import ExitStack
from types import FrameType

import uvicorn

from aiprod.accounts.access_codes import AccessCodes
from aiprod.accounts.users import any_admin
from aiprod.bootstrap import App, open_app
from aiprod.cli.screen import COMPLAINT, error_console
from aiprod.cli.workers import Workers
from aiprod.errors import AiprodError, InvalidSetting, Unavailable
from aiprod.logs import logger
from aiprod.settings import read_settings
from backend.main import create_application
from backend.settings import WebSettings, read_web_settings

LOOK_SECONDS = 1.0
GRACE_SECONDS = 5
REST_SECONDS = 620
"""How long a connection may rest between two requests: longer than a balancer before us keeps its own (Google's: 600 s), or
one is closed here at the moment when it is used there."""
MOST_SOCKET_BYTES = 4096
WAITING = 2048
"""Callers who may wait to be let in, from the moment when the address is told."""


def main(arguments: list[str]) -> int:
    """Serve until told to end; 2 when a setting cannot be used."""
    try:
        settings = read_settings()
        # A container's own lines are gathered from what it says; a file of it would be memory, and seen by nobody.
        log_file = settings.home_folder / "logs" / "web.log" if settings.cloud == "local" else None
        app = open_app(settings, log_file=log_file)
        if arguments == ["code"]:
            _tell_codes(app)
        else:
            _serve(app, read_web_settings())
    except AiprodError as error:
        error_console().print(f"{COMPLAINT}{error}", highlight=False, markup=False)
        return 2
    return 0


def _serve(app: App, settings: WebSettings) -> None:
    config = uvicorn.Config(
        create_application(app, settings), host=settings.host, port=settings.port, log_config=None, access_log=False,
        server_header=False, ws_per_message_deflate=False, ws_max_size=MOST_SOCKET_BYTES, timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=REST_SECONDS, proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
    )  # fmt: skip
    listening = _listen(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)  # the server hands a signal on when it has ended: then the workers end, too
    with ExitStack() as stack:
        if app.settings.cloud == "local":
            log = app.settings.home_folder / "logs" / "workers.log"
            workers = stack.enter_context(Workers(count=app.settings.workers, log=log))
            over = threading.Event()
            keeper = threading.Thread(target=_keep_working, args=(workers, over), daemon=True)
            keeper.start()
            stack.callback(keeper.join)
            stack.callback(over.set)
        host, port = listening.getsockname()[:2]
        screen = error_console()
        screen.print(f"AIPROD serves its API at http://{host}:{port}/api/v1 (docs/api.md).", highlight=False)
        if app.settings.cloud == "local":  # elsewhere what is said here is kept in logs, where no code belongs
            _tell_codes(app)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(settings: WebSettings) -> socket.socket:
    """A socket at the address of the settings. Raises: InvalidSetting."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, or asyncio lets small answers wait 40 ms for the acknowledgement of what precedes them.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise InvalidSetting(
            f"Expected to listen at {settings.host}:{settings.port}, found that it cannot be ({error.strerror}); "
            "set AIPROD_WEB_HOST or AIPROD_WEB_PORT."
        ) from error
    return listening


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _keep_working(workers: Workers, over: threading.Event) -> None:
    """Replace workers that died, until the server ends."""
    while not over.wait(LOOK_SECONDS):
        try:
            workers.replace_dead()
        except Unavailable as error:
            logger().error("no workers", reason=str(error))
            error_console().print(f"{COMPLAINT}{error}", highlight=False, markup=False)
            return


def _tell_codes(app: App) -> None:
    codes = AccessCodes(documents=app.documents, clock=app.clock)
    screen = error_console()
    if not any_admin(app.documents):
        screen.print(f"Access code of the first admin: {codes.first_admin()}", highlight=False)
    screen.print(f"Access code of this hour: {codes.current().code}", highlight=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
