"""What the stages need of the outside, as Protocols: the cloud's three services, and the engines.

Knows no adapter and no engine. Every method raises only errors of `aiprod.errors`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from aiprod.brief import Brief
from aiprod.consents import VoiceConsent
from aiprod.events import Event
from aiprod.profiles import Shape
from aiprod.story import Phoneme, Script, Word

Json: TypeAlias = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Fields: TypeAlias = Mapping[str, Json]
Samples: TypeAlias = npt.NDArray[np.float32]


# --- the cloud ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A stored document; `version` changes with every write and is what compare-and-set compares."""

    collection: str
    id: str
    version: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One write of a batch. `expected` is None (the document must not exist) or the version it must still have;
    `fields` None deletes."""

    collection: str
    id: str
    fields: Fields | None
    expected: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A field (dots go down) compared with a value: operator is one of == != < <= > >= in."""

    field: str
    operator: str
    value: Json


class Documents(Protocol):
    """Documents with versions (Firestore, or a table)."""

    def get(self, collection: str, id: str) -> Document | None: ...

    def commit(self, writes: Sequence[Write]) -> None:
        """All or nothing. Raises: Conflict (a document is there and should not, or has another version)."""

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        """Documents that meet every condition; `after` is the id of the last document of the page before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """An object's facts. `generation` grows with each rewrite; `crc32c` is base64 as Cloud Storage gives it."""

    address: str
    size: int
    generation: int
    crc32c: str


class Objects(Protocol):
    """Immutable files at addresses (Cloud Storage, or a folder); a write is announced on its prefix's topic."""

    def stat(self, address: str) -> StoredObject | None: ...

    def read(self, address: str) -> bytes:
        """Raises: NotFound."""

    def fetch(self, address: str, folder: Path) -> Path:
        """A read-only local file with the object's content, in or outside of `folder`. Raises: NotFound."""

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        """Raises: AlreadyExists, StorageFull."""

    def copy(self, source: str, address: str) -> StoredObject:
        """Raises: NotFound, AlreadyExists."""

    def under(self, prefix: str) -> tuple[StoredObject, ...]: ...

    def delete(self, address: str) -> None: ...


class Publisher(Protocol):
    """Sends events to topics, at least once, each with the trace that it is part of: `trace`, or the work at hand."""

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery of an event; `attempt` counts from 1; `trace` is the work that sent it ("": not told)."""

    id: str
    subscription: str
    event: Event
    attempt: int
    trace: str = ""


class Subscriber(Protocol):
    """Pulls events; each delivery is leased and comes back unless acknowledged in time."""

    def pull(self, subscription: str, *, lease_seconds: float) -> Delivery | None: ...

    def acknowledge(self, delivery: Delivery) -> None: ...

    def extend(self, delivery: Delivery, *, lease_seconds: float) -> None: ...

    def refuse(self, delivery: Delivery, *, reason: str) -> None:
        """Give it back: it comes again after a back-off, or goes to the dead letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An event that could not be handled: None where it cannot even be read. `reason` is "" and `at` (seconds since 1970
    UTC) 0 where the cloud does not say why and when."""

    id: str
    subscription: str
    event: Event | None
    attempts: int
    reason: str = ""
    at: float = 0.0


class DeadLetters(Protocol):
    """Keeps what could not be handled, for people to look at and to send again."""

    def look(self) -> Sequence[DeadLetter]: ...

    def replay(self, id: str) -> None:
        """Send one again, as new. Raises: NotFound."""


class Jobs(Protocol):
    """Starts heavy jobs (Cloud Run jobs, or child processes with the same environment)."""

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        """Name of the execution started."""

    def running(self, job: str) -> int:
        """How many tasks of that job are running now; of a queue's name, those that serve it."""

    def lost(self, owner: str) -> bool:
        """Whether the task that goes by that name is certainly gone."""

    def cancel(self, execution: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCall:
    """One call of a user's server. `id` names what is told, so that told twice it is told apart; `secret` is what to sign
    with ("": the deployment's own)."""

    id: str
    url: str
    body: bytes
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAnswer:
    """What a user's server said: its status, the beginning of its text, after so many seconds."""

    status: int
    text: str
    seconds: float


class Webhooks(Protocol):
    """Tells a user's server something, signed."""

    def check(self, url: str) -> None:
        """Whether it may be called with the deployment's own secret. Raises: InvalidInput (no such address, or a private one),
        InvalidSetting, Unavailable."""

    def check_address(self, url: str) -> None:
        """Whether it may be called. Raises: InvalidInput, Unavailable."""

    def send(self, call: WebhookCall) -> WebhookAnswer:
        """Raises: Unavailable (no answer), Permanent, InvalidInput, InvalidSetting."""


class Clock(Protocol):
    """What time it is: seconds since 1970 UTC."""

    def now(self) -> float: ...


# --- the engines -------------------------------------------------------------------------------------------------


class Writer(Protocol):
    """Writes a script from a brief's theme. Raises: WriterFailed, ContentRefused, EngineMissing, Unavailable."""

    @property
    def name(self) -> str: ...

    def write(self, brief: Brief) -> Script: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Spoken sound: mono float32 in -1..1, shape (n,), at `rate_hz`. `words` and `phonemes` are empty where the
    engine gives no times (then an Aligner finds the words)."""

    samples: Samples
    rate_hz: int
    words: tuple[Word, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()


class Voice(Protocol):
    """A speech engine. `version` changes when the same text would sound different: it is part of the sound's KEY."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def check(self, language: str) -> None:
        """Raises: EngineMissing, WeightsMissing, when it cannot speak that language here."""

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name ("" picks the language's best). Raises: NotFound with the names there are."""

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1."""

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """A speech engine that works here, the full name of the voice, and what the user should know of the choice."""

    voice: Voice
    name: str
    notes: tuple[str, ...] = ()


class VoiceChooser(Protocol):
    """Knows the speech engines in the order to be tried."""

    def choose(self, language: str, wanted: str) -> VoiceChoice:
        """The best engine for a language; `wanted` names a voice, an engine, or nothing.

        Raises: NotFound, NotAllowed, EngineMissing.
        """

    def engine(self, name: str) -> Voice:
        """The engine of that name. Raises: NotFound."""

    def consent(self, engine: str, voice: str) -> VoiceConsent | None:
        """What whoever lent the voice agreed to; None where it is nobody's.

        Raises: NotFound, NotAllowed (the consent was withdrawn).
        """


class Transcriber(Protocol):
    """Turns sound into words (mono float32, 16 kHz)."""

    name: str

    def check(self) -> None: ...

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]:
        """Language heard ("" given: guessed) and the words with their times."""


ErrorRate: TypeAlias = Callable[[str, str, str], float]
"""From the script's text, the text heard and the language to a word error rate (0 is perfect)."""


class Aligner(Protocol):
    """Finds when known words are said (mono float32, 16 kHz)."""

    def align(self, samples: Samples, text: str, *, language: str) -> tuple[Word, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotBrief:
    """What a renderer may know of a scene when it plans the whole film's shots."""

    scene: int
    visual: str
    text: str
    title: str = ""
    mood: str = ""
    take: int = 0
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLook:
    """What all shots of a film share."""

    style: str
    language: str
    seed: int
    presenter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One clip to render. `spec` is the renderer's own plan (JSON text from `plan`); `words` and `phonemes` are
    the narration heard during the clip, times from its first frame; `media` is a local file of the user's, or None.
    `sound` is the narration's own file where a character tells the story; it begins `sound_start` seconds into the clip."""

    scene: int
    spec: str
    frames: int
    rate: Fraction
    shape: Shape
    seed: int
    style: str
    words: tuple[Word, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()
    media: Path | None = None
    sound: Path | None = None
    sound_start: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A rendered clip: a video file, exactly as many frames as asked for, silent unless its spec says so; notes for the user."""

    path: Path
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = field(default=())


class Renderer(Protocol):
    """Makes clips. `plan` is light and pure (no GPU, no GL); `render` is heavy and runs in a job. `version` changes when the
    same spec would look different. `queue` names the job that serves it."""

    name: str
    queue: str

    @property
    def version(self) -> str: ...

    @property
    def usd_per_second(self) -> float:
        """About what a second of film costs; 0 where nothing is paid."""

    def check(self) -> None:
        """Raises: EngineMissing, WeightsMissing, when it cannot work on this machine."""

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One spec a brief, all made together so that neighbours differ; editing one scene leaves the others' specs
        as they were unless they must change. A spec is a JSON object; `lettered` in it lists the stretches of the shot ([start,
        end] in parts of it) that are written over, for no thumbnail; `credited` tells that the clip itself carries the lines of
        its `Take.credits` (media/attribution.py), `sounding` that it has sound of its own in place of the scene's ambience.

        Raises: ContentRefused, MediaBroken.
        """

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot into `folder`; `progress` is told the frames done."""


class Workspace(Protocol):
    """Scratch folders for one piece of work, removed afterwards."""

    def open(self, name: str) -> AbstractContextManager[Path]: ...
