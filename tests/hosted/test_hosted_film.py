"""A film whose script and narration come from hosted models: made by the chain, with their real clients, from a replay.

The replayed voice is espeak-ng's, so that what the film says can be heard, aligned and judged as in earnest.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from aiprod import paths
from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.cli.summary import print_summary, summarise
from aiprod.engines import EngineSet
from aiprod.manifests import NarrationManifest, ReviewReport
from aiprod.models import hosted
from aiprod.models.registry import Registry, default_folder
from aiprod.picture_ports import PromptMatcher, SafetyFilter
from aiprod.ports import Aligner, Json, Renderer, Transcriber, VoiceChooser, Writer
from aiprod.settings import Settings
from aiprod.speech.espeak import EspeakVoice
from aiprod.video import Status, Video
from tests.doubles import PlainEngines
from tests.hosted.replay import Call, Reply, Service, error, said, service, sound_part, wav
from tests.house import make, open_house

LINES = (
    "The octopus has three hearts and eight long arms.",
    "It lives under the water, and it can change its color.",
    "When a big fish comes near, it swims away very quickly.",
)
VISUAL = "A red octopus glides over a coral reef in the warm sea, morning light from above, slow dolly in."
BRIEF = Brief(theme="The octopus", language="en", profile="draft", music="none", subtitles="plain", seed=3, scenes=3,
              seconds=15, writer="gemini", voice="gemini:kore")  # fmt: skip


@dataclass
class Chatterbox:
    """Answers as both models would; the first script is refused for the quota, the first sound breaks off."""

    scripts: int = 0
    sounds: int = 0

    def answer(self, call: Call) -> Reply:
        config = call.body["generationConfig"]
        assert isinstance(config, dict)
        return self._speak(call) if config.get("responseModalities") == ["AUDIO"] else self._write()

    def _write(self) -> Reply:
        self.scripts += 1
        if self.scripts == 1:
            return error(429, "Resource has been exhausted", "RESOURCE_EXHAUSTED")
        scenes: list[Json] = [{"title": "Arms", "text": line, "visual": VISUAL, "mood": "wonder"} for line in LINES]
        return said({"text": json.dumps({"title": "Eight arms", "scenes": scenes})}, read=1_000, written=2_000)

    def _speak(self, call: Call) -> Reply:
        self.sounds += 1
        text = call.body["contents"][0]["parts"][0]["text"]  # type: ignore[index,call-overload]
        speech = EspeakVoice().speak(str(text), voice="", language="en", speed=1.0)
        pcm = (speech.samples * 32_767).astype(np.dtype("<i2")).tobytes()
        told = len(pcm)
        if self.sounds == 1:
            pcm = pcm[: len(pcm) // 8 * 2]
        return said(sound_part(wav(pcm, speech.rate_hz, size=told)), read=20, written=80)


@dataclass
class HostedEngines:
    """The real engines, but for the pictures."""

    real: EngineSet

    @property
    def writers(self) -> dict[str, Writer]:
        return dict(self.real.writers)

    @property
    def voices(self) -> VoiceChooser:
        return self.real.voices

    @property
    def aligner(self) -> Aligner:
        return self.real.aligner

    @property
    def transcriber(self) -> Transcriber:
        return self.real.transcriber

    def error_rate(self, said: str, heard: str, language: str) -> float:
        return self.real.error_rate(said, heard, language)

    @property
    def renderers(self) -> dict[str, Renderer]:
        return dict(PlainEngines().renderers)

    @property
    def prompt_matcher(self) -> PromptMatcher:
        return self.real.prompt_matcher

    @property
    def safety_filter(self) -> SafetyFilter:
        return self.real.safety_filter


@dataclass(frozen=True)
class Made:
    """The film, and what it took."""

    app: App
    video: Video
    box: Chatterbox
    service: Service


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    Registry(default_folder(os.environ)).fetch("whisper-base")
    home = tmp_path_factory.mktemp("hosted") / "home"
    box = Chatterbox()
    with service() as gemini:
        gemini.answers(box.answer)
        settings = {"gemini_key": "AIza-secret", "gemini_url": gemini.url}
        real = open_app(Settings(home=home, **settings), log_file=home / "logs" / "test.log").engines  # type: ignore[arg-type]
        app = open_house(home, HostedEngines(real), **settings)  # type: ignore[arg-type]
        yield Made(app, make(app, BRIEF), box, gemini)


def test_the_film_is_made_though_a_quota_and_a_broken_sound_came_between(made: Made) -> None:
    assert made.video.status is Status.COMPLETED, made.video.failure
    assert made.video.title == "Eight arms"
    assert made.box.scripts == 2
    assert made.box.sounds == len(LINES) + 1


def test_every_word_of_the_hosted_voice_has_its_time(made: Made) -> None:
    narration = made.app.artefacts.read(NarrationManifest, paths.narration(made.video.id, 1))
    for line, sound in zip(LINES, narration.sounds, strict=True):
        assert [word.text for word in sound.words] == line.split()
        assert all(before.end <= after.start for before, after in pairwise(sound.words))
        assert sound.words[0].start >= 0
        assert 0.8 * sound.seconds < sound.words[-1].end <= sound.seconds


def test_the_narration_is_heard_in_the_film(made: Made) -> None:
    report = made.app.artefacts.read(ReviewReport, paths.review(made.video.id, 1))
    assert report.verdict == "approve"
    assert report.word_error_rate < 0.1, report.heard


def test_the_summary_says_who_wrote_who_spoke_and_what_it_cost(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    summary = summarise(made.app, made.video, None)
    text, speech = hosted.model("gemini"), hosted.model("gemini-tts")
    assert [(paid.engine, paid.model, paid.calls) for paid in summary.paid] == [
        ("gemini", text.id, 1), ("gemini", speech.id, len(LINES) + 1),
    ]  # fmt: skip
    spent = text.usd_for_tokens(1_000, 2_000) + 4 * speech.usd_for_tokens(20, 80)
    assert summary.cost_usd == pytest.approx(spent, abs=1e-5)
    assert (summary.writer, summary.voice) == ("gemini", "gemini Kore")
    assert any("costs money" in note for note in summary.notes)
    print_summary(summary, as_json=False)
    told = " ".join(capsys.readouterr().out.split())
    assert f"${spent:.4f}" in told
    assert "voice: gemini Kore; script by gemini" in told


def test_the_key_is_in_no_log(made: Made) -> None:
    logs = (made.app.settings.home_folder / "logs").glob("*")
    assert not any("AIza-secret" in log.read_text() for log in logs)
