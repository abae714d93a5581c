"""From arguments to an exit code: finds the command, and turns every error into one readable sentence."""

import argparse
import sys
import traceback
from collections.abc import Sequence

from aiprod.cli.arguments import Command, parse
from aiprod.cli.exit_codes import ExitCode, code_of
from aiprod.cli.screen import COMPLAINT
from aiprod.errors import AiprodError


def run(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code."""
    debug = "--debug" in words
    try:
        arguments = parse(words)
        return _command(arguments)(arguments)
    except AiprodError as error:
        _complain(str(error), debug)
        return code_of(error)
    except KeyboardInterrupt:
        _complain("Interrupted.", debug)
        return ExitCode.STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001  the last border: a fault of ours is told, never swallowed
        _complain(f"A fault of AIPROD's own: {type(error).__name__}: {error}. Run it again with --debug for the trace.",
                  debug)  # fmt: skip
        return ExitCode.OWN_FAULT


def _complain(sentence: str, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    print(f"{COMPLAINT}{sentence}", file=sys.stderr)


def _command(arguments: argparse.Namespace) -> Command:
    """The function of a command; imported now, because most commands need little of the library."""
    match arguments.command:
        case "make":
            from aiprod.cli.make import make

            return make
        case "batch":
            from aiprod.cli.batch import batch

            return batch
        case "resume":
            from aiprod.cli.make import resume

            return resume
        case "retry":
            from aiprod.cli.make import retry

            return retry
        case "list":
            from aiprod.cli.videos import list_videos

            return list_videos
        case "show":
            from aiprod.cli.videos import show

            return show
        case "cancel":
            from aiprod.cli.videos import cancel

            return cancel
        case "worker":
            from aiprod.cli.work import work

            return work
        case "doctor":
            from aiprod.cli.checkup import doctor

            return doctor
        case "voices":
            from aiprod.cli.voices import voices

            return voices
        case "gpu":
            from aiprod.cli.gpu import gpu

            return gpu
        case _:
            from aiprod.cli.models import models

            return models
