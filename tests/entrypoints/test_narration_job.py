"""The narration job as it is started: a process of its own that is told of one script."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from aiprod import paths
from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.cloned_voices import digest_of
from aiprod.events import VideoRequested
from aiprod.manifests import NarrationManifest
from aiprod.models.registry import default_folder
from aiprod.settings import Settings
from aiprod.story import Line, Scene, Script
from aiprod.video import Video
from tests.tiny_weights.chatterbox import install_tiny_chatterbox
from tests.tiny_weights.qwen import install_tiny_qwen
from tests.unit.stages.test_lent_voices import CONSENT

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """A store, and the settings that its processes share."""

    app: App
    environment: dict[str, str]

    def narrated(self, brief: Brief) -> Video:
        """The video, whose script was written and then handed to the job."""
        video = self.app.request(brief)
        self.app.deliveries.deliver("script", VideoRequested(video=video.id, owner="", brief=brief))
        told = {**os.environ, **self.environment, "AIPROD_NARRATION": paths.script(video.id, 1)}
        job = [sys.executable, "-m", "gpu_jobs.narration.main"]
        run = subprocess.run(job, cwd=ROOT, env=told, capture_output=True, text=True, timeout=120)
        assert run.returncode == 0, run.stderr
        return self.app.ledger.get(video.id)


def open_cloud(folder: Path, models: Path, cloning_model: str = "") -> Cloud:
    home = folder / "home"
    app = open_app(Settings(home=home, models_dir=models, cloning_model=cloning_model), log_file=folder / "test.log")  # type: ignore[arg-type]
    environment = {"AIPROD_HOME": str(home), "AIPROD_MODELS_DIR": str(models), "AIPROD_CLONING_MODEL": cloning_model}
    return Cloud(app=app, environment=environment)


def script_of(*lines: Line) -> Script:
    return Script(title="Tide", language="en", writer="own", scenes=(Scene(number=1, visual="the sea", lines=lines),))


def test_the_job_speaks_the_script_that_it_is_told_of(tmp_path: Path) -> None:
    cloud = open_cloud(tmp_path, default_folder(os.environ))
    script = script_of(Line(text="Who is there?", speaker="Ann"), Line(text="The sea."))
    video = cloud.narrated(Brief(script=script, voice="espeak:", profile="draft", renderer="motion"))
    assert not video.failure
    (sound,) = cloud.app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds
    assert [word.text for word in sound.words] == ["Who", "is", "there?", "The", "sea."]
    assert cloud.app.objects.stat(sound.address) is not None


@pytest.mark.parametrize(
    ("install", "model", "voice"),
    [
        (install_tiny_qwen, "", "qwen qwen3-tts-0.6b@1.0.0 on cpu, revision 2, torch 2."),
        (
            install_tiny_chatterbox, "chatterbox-multilingual",
            "chatterbox chatterbox-multilingual@3.0.0 on cpu, revision 2, torch 2.",
        ),
    ],
)  # fmt: skip
def test_the_job_speaks_in_a_voice_that_was_lent_and_keeps_what_its_speaker_agreed_to(
    tmp_path: Path, install: Callable[[Path], Path], model: str, voice: str
) -> None:
    models = install(tmp_path / "models")
    (models / "whisper-base").symlink_to(default_folder(os.environ) / "whisper-base")
    cloud = open_cloud(tmp_path, models, model)
    hum = humming(tmp_path / "voice.wav")
    consent = replace(CONSENT, sample_sha256=digest_of(hum))
    cloud.app.cloned_voices.keep(consent, "the tide is full", hum, hum)
    brief = Brief(script=script_of(Line(text="The sea.")), voice="anna", profile="draft", renderer="motion")
    video = cloud.narrated(brief)
    assert not video.failure
    manifest = cloud.app.artefacts.read(NarrationManifest, paths.narration(video.id, 1))
    assert manifest.consents == (consent,)
    assert manifest.voice.startswith(voice)
    (sound,) = manifest.sounds
    assert [word.text for word in sound.words] == ["The", "sea."], "the words of a voice that times none are found"
    assert sound.rate_hz == 24_000
    assert sound.samples >= 1920


def humming(path: Path) -> Path:
    """A recording of 6 s, of no words."""
    times = np.arange(6 * 24_000) / 24_000
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 180 * times) * (1 + np.sin(2 * np.pi * 3 * times)) / 2, 24_000)
    return path
