"""The exception tree: what a caller may do about an error is its type.

    AiprodError
    ├── Transient            try again later; the event is redelivered with back-off
    │   ├── Unavailable      a service, a process or a disk did not answer
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

Every message is one sentence that a user can read: what was expected, what was found, what to do.
"""


class AiprodError(Exception):
    """Root of every error that AIPROD raises on purpose."""


class Transient(AiprodError):
    """The same call may work later."""


class Unavailable(Transient):
    """A service, a process or a disk did not answer."""


class StorageFull(Transient):
    """No room is left where the work is kept."""


class Throttled(Transient):
    """A quota is spent for now; `seconds` says for how long, where that is known."""

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(message)


class Conflict(Transient):
    """Another writer was first."""


class Permanent(AiprodError):
    """The same call will never work."""


class EngineMissing(Permanent):
    """A program, a library, a font or a driver is not installed; the message says how to get it."""


class WeightsMissing(Permanent):
    """A model's files are not here; the message says how to fetch them."""


class WeightsBroken(Permanent):
    """A model's files are here and do not match their manifest."""


class LicenceRefused(Permanent):
    """A model's licence does not allow what films are made for here; the message names both."""


class MediaBroken(Permanent):
    """A sound, a picture or a film cannot be read or is not what it should be."""


class ContentRefused(Permanent):
    """An engine will not make this content."""


class WriterFailed(Permanent):
    """No script could be written from what was given."""


class StageFailed(Permanent):
    """A stage gave up on a video."""


class Misuse(AiprodError):
    """The caller asked for something that cannot be."""


class InvalidInput(Misuse):
    """Input that cannot be used, with its place, what was expected and what was found.

    >>> str(InvalidInput("bees.md", line=7, expected="**VOICE OVER:**", found="a second **VISUAL:**"))
    'bees.md, line 7: expected **VOICE OVER:**, found a second **VISUAL:**'
    """

    def __init__(self, source: str, *, expected: str, found: str, line: int | None = None) -> None:
        self.source = source
        self.line = line
        self.expected = expected
        self.found = found
        place = source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: expected {expected}, found {found}")


class InvalidSetting(Misuse):
    """A setting is missing or cannot be used."""


class NotFound(Misuse):
    """There is no such thing."""


class AlreadyExists(Misuse):
    """The name is taken; nothing was written."""


class NotSignedIn(Misuse):
    """Nobody knows who asks: no token or key, or one that does not count."""


class NotAllowed(Misuse):
    """Who asks may not do this."""


class QuotaSpent(Misuse):
    """Who asks has had all that the account may have."""
