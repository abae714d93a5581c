"""Engines that imitate: which networks speak for which video, and under which licence."""

import wave
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from aiprod.bootstrap import App, open_app
from aiprod.cloned_voices import digest_of
from aiprod.errors import LicenceRefused, NotAllowed
from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import Manifest, Model, ModelFile, own_manifest
from aiprod.models.registry import Registry, Supply
from aiprod.models.tts.utterance import Utterance
from aiprod.ports import Samples
from aiprod.settings import Settings
from aiprod.speech.cloning import RATE_HZ, Asked, CloningVoice, Kind
from tests.unit.stages.test_lent_voices import CONSENT

NAME = "qwen3-tts-0.6b"
LEVELS = {"1.0.0": 0.1, "1.1.0": 0.4}


@dataclass
class Level:
    """Implements Imitator: says one level, and remembers of a voice which network it was shown to."""

    level: float

    def listen(self, _sample: Samples, _said: str) -> float:
        return self.level

    def say(self, _utterance: Utterance, shown: float) -> Samples | None:
        assert shown == self.level
        return np.full(RATE_HZ, self.level, dtype=np.float32)


@dataclass
class Notes:
    """Implements Imitator: says a second for each text, and keeps what it was asked to say."""

    said: list[str] = field(default_factory=list)

    def listen(self, _sample: Samples, _said: str) -> None:
        return None

    def say(self, utterance: Utterance, _shown: None) -> Samples | None:
        self.said.append(utterance.text)
        return np.zeros(RATE_HZ, dtype=np.float32)


def noted(app: App, tmp_path: Path, notes: Notes) -> CloningVoice[None]:
    """A voice that needs no weights."""
    (tmp_path / "models" / NAME / "1.0.0").mkdir(parents=True)
    (tmp_path / "models" / NAME / "1.0.0" / "model.safetensors").write_bytes(b"")
    model = msgspec.structs.replace(own_manifest().model(NAME), files=(ModelFile(path="model.safetensors"),))
    kind = Kind(name="qwen", title="Notes", revision=1, models={NAME: ("en",)}, open=lambda *_: notes)
    return CloningVoice(kind, Registry(tmp_path / "models", Manifest(models=(model,))), app.cloned_voices, Asked())


@pytest.fixture
def app(tmp_path: Path) -> App:
    """With Anna's voice."""
    app = open_app(Settings(home=tmp_path / "home", models_dir=tmp_path / "models"), log_file=tmp_path / "test.log")
    recording = tmp_path / "voice.wav"
    with wave.open(str(recording), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(2 * RATE_HZ))
    app.cloned_voices.keep(replace(CONSENT, sample_sha256=digest_of(recording)), "the tide", recording, recording)
    return app


def test_each_video_is_spoken_by_the_version_that_it_was_begun_with(app: App, tmp_path: Path) -> None:
    models: list[Model] = []
    for version in LEVELS:
        home = tmp_path / "models" / NAME / version
        home.mkdir(parents=True)
        (home / "model.safetensors").write_bytes(b"")
        known = own_manifest().model(NAME)
        models.append(msgspec.structs.replace(known, version=version, files=(ModelFile(path="model.safetensors"),)))
    begun_with = "1.0.0"
    registry = Registry(tmp_path / "models", Manifest(models=tuple(models)), in_use=lambda _: begun_with)
    kind = Kind(
        name="qwen", title="Levels", revision=1, models={NAME: ("en",)},
        open=lambda registry, model, _device: Level(LEVELS[registry.model(model).version]),
    )  # fmt: skip
    voice = CloningVoice(kind, registry, app.cloned_voices, Asked())
    for begun_with in ("1.0.0", "1.1.0", "1.0.0"):
        assert f"{NAME}@{begun_with}" in voice.version
        speech = voice.speak("The tide.", voice="anna", language="en", speed=1.0)
        assert float(np.median(speech.samples)) == pytest.approx(LEVELS[begun_with], abs=0.01)


def test_where_a_job_speaks_its_licence_is_asked_for_all_the_same(app: App, tmp_path: Path) -> None:
    model = msgspec.structs.replace(own_manifest().model(NAME), commercial="no")
    for_sale = Registry(tmp_path / "models", Manifest(models=(model,)), Supply(policy=LicencePolicy(purpose="commercial")))
    kind = Kind(name="qwen", title="Levels", revision=1, models={NAME: ("en",)}, open=lambda *_: Level(0.1))
    with pytest.raises(LicenceRefused, match=NAME):
        CloningVoice(kind, for_sale, app.cloned_voices, Asked(elsewhere=True)).check("en")


def test_a_sentence_that_is_too_long_for_one_pass_is_said_in_several(app: App, tmp_path: Path) -> None:
    notes = Notes()
    sentence = "the tide is full and the moon shines on the sea, " * 200
    noted(app, tmp_path, notes).speak(sentence + "a" * 2000, voice="anna", language="en", speed=1.0)
    assert max(len(said) for said in notes.said) <= 420
    assert "".join(notes.said).replace(" ", "") == sentence.replace(" ", "") + "a" * 2000


def test_a_sample_that_is_not_the_one_that_was_lent_is_not_imitated(app: App, tmp_path: Path) -> None:
    lent = app.cloned_voices.get("anna")
    app.objects.write(lent.sample, b"RIFF of somebody else", only_if_absent=False)
    with pytest.raises(NotAllowed, match=r"The voice anna may not be used: voices/anna@.*/sample\.wav is not the recording that Anna"):
        noted(app, tmp_path, Notes()).speak("The tide.", voice="anna", language="en", speed=1.0)
