"""How a job's task ends where it could not be done: one line of its log that says why, and the command line's exit codes."""

from collections.abc import Callable

from aiprod.cli.exit_codes import ExitCode, code_of
from aiprod.errors import AiprodError
from aiprod.logs import configure, logger


def run_task(task: Callable[[], None]) -> int:
    """Do the task; the exit code. A fault of AIPROD's own is raised, with its trace."""
    configure("info")  # what is wrong with the settings is told before they can say otherwise
    try:
        task()
    except AiprodError as error:
        logger().error("task failed", reason=str(error), kind=type(error).__name__)
        return code_of(error)
    return ExitCode.DONE
