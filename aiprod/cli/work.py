"""`aiprod worker`: works on what is waiting in the embedded cloud."""

import argparse
import json
import signal
from types import FrameType

from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import error_console


def work(arguments: argparse.Namespace) -> int:
    """Work until nothing is left (with --stay: until told to end); the first signal lets the event at hand finish."""
    from aiprod.bootstrap import open_app
    from aiprod.settings import read_settings

    settings = read_settings()
    app = open_app(settings, log_file=settings.home_folder / "logs" / "worker.log")
    worker = app.worker()

    def end(_number: int, _frame: FrameType | None) -> None:
        if worker.stopping.is_set():
            raise KeyboardInterrupt
        worker.stop()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if arguments.stay:
        worker.run(until=lambda: False)
    else:
        worker.drain()
    left = app.embedded.outstanding()
    if arguments.json:
        print(json.dumps({"left": left}))
    elif not arguments.stay:
        error_console().print("Nothing is left to do." if not left else f"{left} events are left.", highlight=False)
    return ExitCode.STOPPED if left and worker.stopping.is_set() and not arguments.stay else ExitCode.DONE
