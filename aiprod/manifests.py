"""What each stage leaves for the next: the contents of the manifests, whose addresses `aiprod/paths.py` knows.

All that a stage decided is in its manifest, because an event may overtake the document's write.
"""

from dataclasses import dataclass
from fractions import Fraction

from aiprod.consents import VoiceConsent
from aiprod.profiles import Shape
from aiprod.story import NARRATOR, Phoneme, Script, Word
from aiprod.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerVoice:
    """A speaker of the script, the engine and the voice that speak for them."""

    speaker: str
    engine: str
    voice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptManifest:
    """The script and what was decided with it: who speaks and how fast, who renders (in the order to be tried),
    how scenes give way to each other, the music's mood or address. `cast` are the speakers beside the narrator."""

    script: Script
    engine: str
    voice: str
    speed: float
    renderers: tuple[str, ...]
    transitions: tuple[str, ...]
    music: str
    seed: int
    estimate_usd: float
    notes: tuple[str, ...] = ()
    cast: tuple[SpeakerVoice, ...] = ()

    def voice_of(self, speaker: str) -> SpeakerVoice:
        """Who speaks for a speaker: the narrator for whoever the cast does not name, as in films asked for long ago."""
        own = (one for one in self.cast if one.speaker == speaker)
        return next(own, SpeakerVoice(speaker=NARRATOR, engine=self.engine, voice=self.voice))


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSound:
    """One scene's narration: address of its sound, its exact length, and times from its start: of words, of phonemes, and of
    each line's beginning (none in films of long ago)."""

    scene: int
    address: str
    rate_hz: int
    samples: int
    words: tuple[Word, ...]
    phonemes: tuple[Phoneme, ...] = ()
    lines: tuple[Fraction, ...] = ()

    @property
    def seconds(self) -> Fraction:
        """Exact duration."""
        return Fraction(self.samples, self.rate_hz)


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrationManifest:
    """The whole narration, scene by scene; `voice` is the engine that spoke it and its version, "" where nothing was spoken;
    `consents` are those of whoever's voice was imitated."""

    sounds: tuple[SceneSound, ...]
    notes: tuple[str, ...] = ()
    voice: str = ""
    consents: tuple[VoiceConsent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShot:
    """What a clip's renderer needs beside the clip's document: words and phonemes count from the clip's first frame.
    `sound` is the narration's address where a character tells the story, and begins `sound_start` seconds into the clip."""

    scene: int
    frames: int
    media: str
    words: tuple[Word, ...]
    phonemes: tuple[Phoneme, ...] = ()
    sound: str = ""
    sound_start: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanManifest:
    """The film in exact time, and its shots."""

    timeline: Timeline
    shots: tuple[PlannedShot, ...]
    work_shape: Shape
    style: str
    mix: str

    def shot(self, scene: int) -> PlannedShot:
        """The shot of a scene."""
        return self.shots[self.position(scene)]

    def position(self, scene: int) -> int:
        """How many scenes come before."""
        return [shot.scene for shot in self.shots].index(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished file: what it is, where it lies, how large it is."""

    name: str
    address: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmManifest:
    """The finished film: its files, its measures, to whom its facts and pictures are owed, and what made it: `models` are
    the voice and the renderers, each with its version; `consents` are those of whoever's voice is imitated in it."""

    title: str
    language: str
    seconds: Fraction
    frames: int
    rate: Fraction
    shape: Shape
    loudness_lufs: float
    true_peak_dbtp: float
    exports: tuple[Export, ...]
    credits: tuple[str, ...]
    renderers: tuple[str, ...]
    notes: tuple[str, ...]
    models: tuple[str, ...] = ()
    consents: tuple[VoiceConsent, ...] = ()

    def address(self, name: str) -> str:
        """Address of an export, "" when the film has none of that name."""
        return next((export.address for export in self.exports if export.name == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the review looked at; `scene` 0 is the whole film."""

    check: str
    passed: bool
    expected: str
    found: str
    scene: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipReport:
    """What was measured on a scene's clip before it entered the film, and who drew it."""

    scene: int
    renderer: str
    seed: int
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """The verdict: approve, redo (these scenes) or fail, with all that was measured."""

    verdict: str
    scenes: tuple[int, ...]
    findings: tuple[Finding, ...]
    word_error_rate: float
    heard: str
    seconds: float
    clips: tuple[ClipReport, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """A sentence for each thing that was not as it should be."""
        return tuple(
            f"{finding.check}{f' of scene {finding.scene}' if finding.scene else ''}: "
            f"expected {finding.expected}, found {finding.found}."
            for finding in self.findings
            if not finding.passed
        )
