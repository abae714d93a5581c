"""The narration stage: every scene is spoken, or cut from the user's recording, and every word gets its time.

Reads: `scripts/V/R.json`. Writes: `sounds/V/R/...`, then `narrations/V/R.json`. Emits: the manifest's finalisation.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.consents import VoiceConsent
from aiprod.encoding import from_json, key_of, to_json
from aiprod.errors import Misuse
from aiprod.events import Event, ObjectFinalized
from aiprod.ledger import Ledger
from aiprod.manifests import NarrationManifest, SceneSound, ScriptManifest, SpeakerVoice
from aiprod.media.probe import read_samples
from aiprod.media.sounds import write_flac
from aiprod.ports import Aligner, Clock, Samples, Speech, Voice, VoiceChooser, Workspace
from aiprod.story import Line, Phoneme, Scene, Word
from aiprod.units import SOUND_RATE_HZ, samples_to_seconds
from aiprod.video import ScriptWritten, Video

BETWEEN_LINES_SECONDS = Fraction(1, 4)
ALIGNER_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    """What is kept beside a scene's sound."""

    rate_hz: int
    samples: int
    words: tuple[Word, ...]
    phonemes: tuple[Phoneme, ...]
    lines: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaking:
    """An engine and the voice with which it speaks for somebody."""

    engine: Voice
    voice: str

    @property
    def key(self) -> tuple[str, ...]:
        """Everything that makes them sound as they do."""
        return (self.engine.name, self.engine.version, self.voice)


_Cast: TypeAlias = Mapping[str, _Speaking]
"""By speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrationStage:
    """Speaks scripts, or where it is given `elsewhere`, has a job do so that is told the script's address.

    A voice that somebody lent is used only while they agree to it, and what they agreed to goes with the film.
    """

    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    voices: VoiceChooser
    aligner: Aligner
    workspace: Workspace
    elsewhere: Callable[[str], None] | None = None

    def handle(self, event: Event) -> None:
        """Raises: NotAllowed (a voice's consent was withdrawn), EngineMissing, WeightsMissing, MediaBroken, Transient."""
        if not isinstance(event, ObjectFinalized):
            raise Misuse(f"Expected a finalised script, found {type(event).__name__}.")
        place = paths.parse(event.address)
        manifest = self.artefacts.read(ScriptManifest, event.address)
        script = manifest.script
        video = self.ledger.advance(
            place.video,
            ScriptWritten(
                revision=place.revision, at=self.clock.now(), title=script.title, language=script.language,
                scenes=tuple(scene.number for scene in script.scenes), notes=manifest.notes,
            ),
        )  # fmt: skip
        if video.over or video.revision != place.revision:
            return
        address = paths.narration(place.video, place.revision)
        if self.artefacts.exists(address):
            self.artefacts.announce(address)
            return
        if self.elsewhere is not None:
            if not self._is_being_spoken(video):
                self.elsewhere(event.address)
            return
        cast = {speaker: self._speaking(manifest.voice_of(speaker)) for speaker in script.speakers}
        consents = self._consents(cast)
        sounds: list[SceneSound] = []
        for scene in script.scenes:
            if self._is_unwanted(place):
                return
            sounds.append(self._scene(place, manifest, scene, cast))
        said_by = dict.fromkeys(f"{own.engine.name} {own.engine.version}" for own in cast.values())
        self.artefacts.write_manifest(address, NarrationManifest(
            sounds=tuple(sounds), voice="; ".join(said_by), consents=consents,
        ))  # fmt: skip

    def _is_unwanted(self, place: paths.Place) -> bool:
        """Whether the video was cancelled or changed since: what is left to say may take a GPU hours."""
        video = self.ledger.get(place.video)
        return video.over or video.revision != place.revision

    def _is_being_spoken(self, video: Video) -> bool:
        """Whether sounds came since the script was last delivered: a job outlasts that, and another is paid for as well."""
        sounds = len(self.artefacts.objects.under(f"sounds/{video.id}/{video.revision}/"))
        return sounds > 0 and self.ledger.once(video, f"{video.revision}.{sounds}-sounds")

    def _speaking(self, chosen: SpeakerVoice) -> _Speaking:
        return _Speaking(engine=self.voices.engine(chosen.engine), voice=chosen.voice)

    def _consents(self, cast: _Cast) -> tuple[VoiceConsent, ...]:
        """What whoever lent a voice of the cast agreed to, each once. Raises: NotFound, NotAllowed."""
        found = (self.voices.consent(own.engine.name, own.voice) for own in cast.values())
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _scene(self, place: paths.Place, manifest: ScriptManifest, scene: Scene, cast: _Cast) -> SceneSound:
        voices = tuple(cast[line.speaker].key if line.recording is None else ("recording",) for line in scene.lines)
        speed = 1.0 if all(line.recording for line in scene.lines) else manifest.speed
        key = key_of("narration", voices, speed, manifest.script.language, scene.lines)
        sound = paths.line_sound(place.video, place.revision, scene.number, key)
        times = paths.line_times(place.video, place.revision, scene.number, key)
        if not (self.artefacts.exists(sound) and self.artefacts.exists(times)):
            self._make(sound, times, key, partial(self._lines, manifest, scene, cast))
        kept = from_json(_Times, self.artefacts.objects.read(times), source=times)
        return SceneSound(
            scene=scene.number, address=sound, rate_hz=kept.rate_hz, samples=kept.samples, words=kept.words,
            phonemes=kept.phonemes, lines=kept.lines,
        )  # fmt: skip

    def _make(self, sound: str, times: str, key: str, lines: Callable[[Path], Iterator[Speech]]) -> None:
        with self.workspace.open("narration") as folder:
            spoken: list[tuple[Speech, tuple[Fraction, ...]]] = []

            def speech() -> tuple[Speech, tuple[Fraction, ...]]:
                if not spoken:
                    spoken.append(_joined(list(lines(folder))))
                return spoken[0]

            def as_sound() -> Path:
                said, _ = speech()
                return write_flac(said.samples, said.rate_hz, folder / "scene.flac")

            def as_times() -> bytes:
                said, starts = speech()
                return to_json(_Times(rate_hz=said.rate_hz, samples=len(said.samples), words=said.words,
                                      phonemes=said.phonemes, lines=starts))  # fmt: skip

            self.artefacts.make(sound, f"sound-{key}", as_sound)
            self.artefacts.make(times, f"times-{key}", as_times)

    def _lines(self, manifest: ScriptManifest, scene: Scene, cast: _Cast, folder: Path) -> Iterator[Speech]:
        language = manifest.script.language
        for line in scene.lines:
            if line.recording is not None:
                yield self._recorded(line, folder)
                continue
            own = cast[line.speaker]
            said = own.engine.speak(line.text, voice=own.voice, language=language, speed=manifest.speed)
            yield said if said.words else replace(said, words=self._aligned(said, line.text, language))

    def _recorded(self, line: Line, folder: Path) -> Speech:
        if line.recording is None:
            raise Misuse("Expected a recorded line, found one to be spoken.")
        file = self.artefacts.objects.fetch(line.recording.address, folder)
        samples = read_samples(file, SOUND_RATE_HZ)
        start, end = (int(moment * SOUND_RATE_HZ) for moment in (line.recording.start, line.recording.end))
        return Speech(samples=samples[start:end], rate_hz=SOUND_RATE_HZ, words=line.recording.words)

    def _aligned(self, said: Speech, text: str, language: str) -> tuple[Word, ...]:
        at_16k = _at_rate(said.samples, said.rate_hz, ALIGNER_RATE_HZ)
        return self.aligner.align(at_16k, text, language=language)


def _at_rate(samples: Samples, rate_hz: int, wanted_hz: int) -> Samples:
    """The same sound with as many samples a second as wanted."""
    if rate_hz == wanted_hz:
        return samples
    from scipy.signal import resample_poly

    changed: Samples = resample_poly(samples, wanted_hz, rate_hz).astype(np.float32)
    return changed


def _joined(lines: list[Speech]) -> tuple[Speech, tuple[Fraction, ...]]:
    """Lines one after the other, a short pause between, at the highest rate that one of them has; when each begins."""
    rate_hz = max(line.rate_hz for line in lines)
    pause: Samples = np.zeros(int(BETWEEN_LINES_SECONDS * rate_hz), dtype=np.float32)
    parts: list[Samples] = []
    words: list[Word] = []
    phonemes: list[Phoneme] = []
    starts: list[Fraction] = []
    at = 0
    for line in lines:
        if parts:
            parts.append(pause)
            at += len(pause)
        start = samples_to_seconds(at, rate_hz)
        starts.append(start)
        words += [replace(word, start=word.start + start, end=word.end + start) for word in line.words]
        phonemes += [replace(one, start=one.start + start, end=one.end + start) for one in line.phonemes]
        parts.append(_at_rate(line.samples, line.rate_hz, rate_hz))
        at += len(parts[-1])
    said = Speech(samples=np.concatenate(parts), rate_hz=rate_hz, words=tuple(words), phonemes=tuple(phonemes))
    return said, tuple(starts)
