"""What a video says and shows: Script, Scene, Line, and the sources it owes its facts to.

Knows no engine and no file format; `aiprod/writers/` reads and writes those.
"""

from dataclasses import dataclass
from fractions import Fraction

SCRIPT_VERSION = 1
NARRATOR = "narrator"
"""The speaker of all that names none."""
LANGUAGES = ("en", "fr", "es", "it", "pt", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A spoken word and its exact time, in seconds from the start of the sound it belongs to.

    `text` is the word as it is written for the reader, punctuation included ("1912," not "nineteen twelve").
    """

    text: str
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Phoneme:
    """A spoken sound (IPA symbol) and its time, in seconds from the start of the sound it belongs to."""

    symbol: str
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A stretch of the user's own narration: an object's address, times in it, and the words aligned
    (word times count from `start`)."""

    address: str
    start: Fraction
    end: Fraction
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one speaker says in one breath."""

    text: str
    speaker: str = NARRATOR
    recording: Recording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Whose voice a speaker has: `voice` is a voice's name, an engine's, or both ("kokoro:bf_emma")."""

    speaker: str
    voice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One idea of the story: what is shown while its lines are said.

    `number` counts from 1. `visual` is a prompt in the script's language: subject, action, place, light, camera.
    `media` is the address of the user's own picture or clip for this scene. `take` counts the times it was redone:
    it changes the seed and nothing else. `transition` is how this scene gives way to the next ("": the plan chooses).
    """

    number: int
    visual: str
    lines: tuple[Line, ...]
    title: str = ""
    mood: str = ""
    transition: str = ""
    media: str = ""
    take: int = 0

    @property
    def text(self) -> str:
        """All that is said in the scene."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A work that the script's facts come from, to be credited."""

    title: str
    work: str
    licence: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A whole story, in order. `writer` names what wrote it; `notes` are sentences the user should read; `cast` is who
    speaks with which voice, where somebody wishes it."""

    title: str
    language: str
    scenes: tuple[Scene, ...]
    writer: str
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    version: int = SCRIPT_VERSION
    cast: tuple[Role, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who is to be spoken, in order of appearance; what is recorded needs no voice."""
        lines = (line for scene in self.scenes for line in scene.lines if line.recording is None)
        return tuple(dict.fromkeys(line.speaker for line in lines))
