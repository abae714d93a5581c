"""Chirp speaks: the real client against a service that replays the protocol."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.bootstrap import SystemClock
from aiprod.errors import (
    ContentRefused,
    EngineMissing,
    InvalidInput,
    InvalidSetting,
    NotFound,
    StageFailed,
    Throttled,
    Unavailable,
)
from aiprod.expenses import Expenses
from aiprod.logs import context
from aiprod.models import hosted
from aiprod.speech.chirp import ChirpVoice
from aiprod.story import LANGUAGES
from tests.hosted.replay import Reply, Service, error, service, sign_in, wav

TEXT = "The octopus opens eight soft arms."
HUM = (8_000 * np.sin(2 * np.pi * 220 * np.arange(48_000) / 24_000)).astype("<i2").tobytes()


@pytest.fixture
def chirp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with service() as running:
        sign_in(monkeypatch, tmp_path, running)
        yield running


@pytest.fixture
def expenses(tmp_path: Path) -> Expenses:
    return Expenses(documents=EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3")), clock=SystemClock())


def voice(chirp: Service, expenses: Expenses, timeout_seconds: float = 10.0, project: str = "film-works") -> ChirpVoice:
    return ChirpVoice(project=project, expenses=expenses, url=chirp.url, timeout_seconds=timeout_seconds, wait_seconds=0.02)


def spoken(content: bytes) -> Reply:
    """Sound. Source: Cloud Text-to-Speech, SynthesizeSpeechResponse."""
    return Reply(body=json.dumps({"audioContent": base64.b64encode(content).decode()}).encode())


def test_a_line_becomes_speech_without_times_of_words(chirp: Service, expenses: Expenses) -> None:
    chirp.answers(spoken(wav(HUM)))
    speech = voice(chirp, expenses).speak(TEXT, voice="Kore", language="en", speed=0.9)
    assert (speech.rate_hz, len(speech.samples), speech.words) == (24_000, 48_000, ())
    [call] = chirp.calls
    assert call.path.startswith("/v1/text:synthesize")
    assert call.headers["authorization"].startswith("Bearer ")
    assert call.headers["x-goog-user-project"] == "film-works"
    assert call.body["input"] == {"text": TEXT}
    assert call.body["voice"] == {"languageCode": "en-US", "name": "en-US-Chirp3-HD-Kore"}
    sound = call.body["audioConfig"]
    assert sound["speakingRate"] == 0.9
    assert sound["sampleRateHertz"] == 24_000
    assert sound["audioEncoding"] in ("LINEAR16", 1)


def test_what_it_cost_is_counted_in_characters(chirp: Service, expenses: Expenses) -> None:
    chirp.answers(spoken(wav(HUM)))
    with context(video="v1"):
        voice(chirp, expenses).speak(TEXT, voice="Kore", language="en", speed=1.0)
    [expense] = expenses.of("v1")
    assert (expense.engine, expense.bought) == ("chirp", f"{len(TEXT)} characters")
    assert expense.usd == pytest.approx(hosted.model("chirp").usd_for_characters(len(TEXT)))


def test_a_quota_spent_for_a_moment_is_waited_for(chirp: Service, expenses: Expenses) -> None:
    chirp.answers(error(429, "Quota exceeded", "RESOURCE_EXHAUSTED"), spoken(wav(HUM)))
    voice(chirp, expenses).speak(TEXT, voice="", language="en", speed=1.0)
    assert len(chirp.calls) == 2


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric", Throttled),
        (500, "INTERNAL", "Internal error encountered", Unavailable),
        (503, "UNAVAILABLE", "The service is currently unavailable", Unavailable),
        (504, "DEADLINE_EXCEEDED", "Deadline exceeded", Unavailable),
        (401, "UNAUTHENTICATED", "Request had invalid authentication credentials", InvalidSetting),
        (403, "PERMISSION_DENIED", "Cloud Text-to-Speech API has not been used in project 1", InvalidSetting),
        (404, "NOT_FOUND", "Voice does not exist", EngineMissing),
        (400, "INVALID_ARGUMENT", "This request contains sentences that are too long", StageFailed),
        (400, "INVALID_ARGUMENT", "The text violates the policy for sensitive content", ContentRefused),
    ],
)
def test_each_failure_has_its_meaning(
    chirp: Service, expenses: Expenses, status: int, code: str, message: str, kind: type[Exception]
) -> None:  # fmt: skip
    chirp.fails(status, message, code)
    with pytest.raises(kind) as caught:
        voice(chirp, expenses).speak(TEXT, voice="Kore", language="en", speed=1.0)
    assert type(caught.value) is kind
    assert message in str(caught.value)
    assert expenses.of("") == ()


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (spoken(wav(HUM, size=3 * len(HUM))), "breaks off after 96000 of 288000 bytes"),
        (spoken(b""), "breaks off after 0 bytes"),
        (Reply(body=spoken(wav(HUM)).body[:3_000], promised=200_000), "could not be reached, or gave no answer"),
        (Reply(body=b"<html>Welcome</html>"), "Cloud Text-to-Speech"),
    ],
)
def test_sound_that_is_not_whole_can_be_asked_for_again(chirp: Service, expenses: Expenses, reply: Reply, told: str) -> None:
    chirp.answers(reply)
    with pytest.raises(Unavailable, match=told):
        voice(chirp, expenses).speak(TEXT, voice="Kore", language="en", speed=1.0)


def test_a_slow_answer_can_be_tried_later(chirp: Service, expenses: Expenses) -> None:
    release = threading.Event()
    chirp.answers(Reply(body=b"{}", wait=release))
    with pytest.raises(Unavailable, match="gave no answer in time"):
        voice(chirp, expenses, timeout_seconds=0.3).speak(TEXT, voice="Kore", language="en", speed=1.0)
    release.set()


def test_a_login_that_is_none_says_how_to_log_in(
    chirp: Service, expenses: Expenses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nothing.json"))
    with pytest.raises(InvalidSetting, match="gcloud auth application-default login"):
        voice(chirp, expenses).speak(TEXT, voice="Kore", language="en", speed=1.0)


def test_an_address_that_is_none_names_the_setting(chirp: Service, expenses: Expenses) -> None:
    lost = ChirpVoice(project="film-works", expenses=expenses, url="texttospeech")
    with pytest.raises(InvalidSetting, match="AIPROD_CHIRP_URL"):
        lost.speak(TEXT, voice="Kore", language="en", speed=1.0)


def test_without_a_project_it_says_what_to_set(chirp: Service, expenses: Expenses) -> None:
    with pytest.raises(EngineMissing, match="AIPROD_GOOGLE_PROJECT"):
        voice(chirp, expenses, project="").check("en")


@pytest.mark.parametrize(
    ("asked", "language", "name"),
    [
        ("", "fr", "fr-FR-Chirp3-HD-Charon"),
        ("kore", "pt", "pt-BR-Chirp3-HD-Kore"),
        ("en-GB-Kore", "en", "en-GB-Chirp3-HD-Kore"),
        ("en-gb-chirp3-hd-kore", "en", "en-GB-Chirp3-HD-Kore"),
        ("Chirp3-HD-Puck", "de", "de-DE-Chirp3-HD-Puck"),
    ],
)
def test_a_voice_may_be_named_short_or_in_full(chirp: Service, expenses: Expenses, asked: str, language: str, name: str) -> None:
    assert voice(chirp, expenses).resolve(asked, language) == name


def test_a_voice_of_another_language_is_not_taken(chirp: Service, expenses: Expenses) -> None:
    with pytest.raises(NotFound, match=re.escape("speaks fr, found 'en-GB-Kore'")):
        voice(chirp, expenses).resolve("en-GB-Kore", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_voice(chirp: Service, expenses: Expenses, language: str) -> None:
    engine = voice(chirp, expenses)
    engine.check(language)
    assert len(set(engine.voices(language))) == 30
    assert all(name.startswith(f"{language}-") for name in engine.voices(language))


@pytest.mark.parametrize(("text", "speed"), [("[music]", 1.0), ("word " * 1_200, 1.0), (TEXT, 3.0)])
def test_what_it_cannot_say_is_not_sent(chirp: Service, expenses: Expenses, text: str, speed: float) -> None:
    with pytest.raises(InvalidInput):
        voice(chirp, expenses).speak(text, voice="Kore", language="en", speed=speed)
    assert chirp.calls == []
