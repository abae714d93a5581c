"""The exception tree: what a caller may do about an error is its type.

    AiprodError
    ├── Transient            try again later; the event is redelivered with back-off
    │   ├── Unavailable      a service, a process or a disk did not answer
    │   │   └── DeviceLost   a graphics card works no more in this process
    │   ├── StorageFull      no room is left where the work is kept
    │   ├── Throttled        a quota is spent for now
    │   └── Conflict         another writer was first; read again and decide again
    ├── Permanent            trying again cannot help; recorded on the clip or the video
    │   ├── EngineMissing    a program, a library, a font or a driver is not installed
    │   ├── WeightsMissing   a model's files are not here
    │   ├── WeightsBroken    a model's files are here and are not what they should be
    │   ├── LicenceRefused   a model's licence does not allow what films are made for here
    │   ├── MediaBroken      a sound, a picture or a film cannot be used
    │   ├── ContentRefused   an engine will not make this
    │   ├── WriterFailed     no script could be written
    │   └── StageFailed      a stage gave up, with the reason
    └── Misuse               the caller asked for something that cannot be
        ├── InvalidInput     with place, what was expected, what was found
        ├── InvalidSetting   a setting is missing or wrong
        ├── NotFound         no such video, object, voice...
        ├── AlreadyExists    the name is taken; nothing was written
        ├── NotSignedIn      nobody knows who asks
        ├── NotAllowed       who asks may not do this
        └── QuotaSpent       who asks has had all that the account may have

Every message is one sentence that a user can read: what was expected, what was found, what to do. Every class has a `kind`,
a name that stays: programs compare it, and pages say by it, in their reader's language, what happened and what to do.
"""

from typing import ClassVar

OWN_FAULT = "own-fault"
"""A fault of AIPROD's own, which is no error of this tree."""
NOT_GOOD_ENOUGH = "not-good-enough"
"""What was made was looked at, and is not good enough to be shown."""
TOOK_TOO_LONG = "took-too-long"
"""What was asked for was not done within the time that it may take."""


class AiprodError(Exception):
    """Root of every error that AIPROD raises on purpose."""

    kind: ClassVar[str] = OWN_FAULT


class Transient(AiprodError):
    """The same call may work later."""

    kind = "unavailable"


class Unavailable(Transient):
    """A service, a process or a disk did not answer."""


class DeviceLost(Unavailable):
    """A graphics card works no more in this process; it may in another."""


class StorageFull(Transient):
    """No room is left where the work is kept."""

    kind = "storage-full"


class Throttled(Transient):
    """A quota is spent for now; `seconds` says for how long, where that is known."""

    kind = "too-many-requests"

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(message)


class Conflict(Transient):
    """Another writer was first."""

    kind = "conflict"


class Permanent(AiprodError):
    """The same call will never work."""

    kind = "cannot-be-done"


class EngineMissing(Permanent):
    """A program, a library, a font or a driver is not installed; the message says how to get it."""

    kind = "engine-missing"


class WeightsMissing(Permanent):
    """A model's files are not here; the message says how to fetch them."""

    kind = "weights-missing"


class WeightsBroken(Permanent):
    """A model's files are here and do not match their manifest."""

    kind = "weights-broken"


class LicenceRefused(Permanent):
    """A model's licence does not allow what films are made for here; the message names both."""

    kind = "licence-refused"


class MediaBroken(Permanent):
    """A sound, a picture or a film cannot be read or is not what it should be."""

    kind = "media-broken"


class ContentRefused(Permanent):
    """An engine will not make this content."""

    kind = "content-refused"


class WriterFailed(Permanent):
    """No script could be written from what was given."""

    kind = "script-unwritten"


class StageFailed(Permanent):
    """A stage gave up on a video."""

    kind = "stage-failed"


class Misuse(AiprodError):
    """The caller asked for something that cannot be."""

    kind = "not-possible-now"


class InvalidInput(Misuse):
    """Input that cannot be used, with its place, what was expected and what was found.

    >>> str(InvalidInput("bees.md", line=7, expected="**VOICE OVER:**", found="a second **VISUAL:**"))
    'bees.md, line 7: expected **VOICE OVER:**, found a second **VISUAL:**'
    """

    kind = "invalid-input"

    def __init__(self, source: str, *, expected: str, found: str, line: int | None = None) -> None:
        self.source = source
        self.line = line
        self.expected = expected
        self.found = found
        place = source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: expected {expected}, found {found}")


class InvalidSetting(Misuse):
    """A setting is missing or cannot be used."""

    kind = "misconfigured"


class NotFound(Misuse):
    """There is no such thing."""

    kind = "not-found"


class AlreadyExists(Misuse):
    """The name is taken; nothing was written."""

    kind = "already-exists"


class NotSignedIn(Misuse):
    """Nobody knows who asks: no token or key, or one that does not count."""

    kind = "not-signed-in"


class NotAllowed(Misuse):
    """Who asks may not do this."""

    kind = "not-allowed"


class QuotaSpent(Misuse):
    """Who asks has had all that the account may have."""

    kind = "quota-spent"
