"""What the command line's exit code means."""

from enum import IntEnum

from aiprod.errors import (
    AiprodError,
    EngineMissing,
    MediaBroken,
    Misuse,
    NotFound,
    Transient,
    WeightsBroken,
    WeightsMissing,
)


class ExitCode(IntEnum):
    """The number that the shell sees."""

    DONE = 0
    FILM_FAILED = 1
    BAD_INPUT = 2
    MISSING = 3
    STOPPED = 4
    NOT_FOUND = 5
    TRY_LATER = 6
    OWN_FAULT = 70


MEANINGS = {
    ExitCode.DONE: "Done: the film (or the answer) is there.",
    ExitCode.FILM_FAILED: "The film failed; the sentence says why.",
    ExitCode.BAD_INPUT: "The input, an option or a setting cannot be used; nothing was started.",
    ExitCode.MISSING: "A program, a library or a model's weights are missing; `aiprod doctor` says how to get them.",
    ExitCode.STOPPED: "Interrupted or cancelled; `aiprod resume` goes on where it stopped.",
    ExitCode.NOT_FOUND: "There is no such video, file, voice or model.",
    ExitCode.TRY_LATER: "A disk, a service or the network did not serve; the same command may work later.",
    ExitCode.OWN_FAULT: "A fault of AIPROD's own; `--debug` shows where.",
}
"""One sentence each, shown by `aiprod --help` and in the README."""


def code_of(error: AiprodError) -> ExitCode:
    """The exit code for an error that reached the user."""
    if isinstance(error, NotFound):
        return ExitCode.NOT_FOUND
    if isinstance(error, Misuse | MediaBroken):
        return ExitCode.BAD_INPUT
    if isinstance(error, EngineMissing | WeightsMissing | WeightsBroken):
        return ExitCode.MISSING
    if isinstance(error, Transient):
        return ExitCode.TRY_LATER
    return ExitCode.FILM_FAILED
