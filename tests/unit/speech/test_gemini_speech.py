"""Gemini speaks: the real client against a service that replays the protocol."""

import base64
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
from aiprod.models.gemini import GeminiAccess
from aiprod.speech.gemini_speech import GeminiVoice
from aiprod.story import LANGUAGES
from tests.hosted.replay import TOKEN, Reply, Service, blocked, error, said, service, sign_in, sound_part, wav

TEXT = "The octopus opens eight soft arms and tastes the rock."
SECONDS = 3.2


@pytest.fixture
def gemini() -> Iterator[Service]:
    with service() as running:
        yield running


@pytest.fixture
def expenses(tmp_path: Path) -> Expenses:
    return Expenses(documents=EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3")), clock=SystemClock())


def voice(gemini: Service, expenses: Expenses, timeout_seconds: float = 10.0, **access: str) -> GeminiVoice:
    paid_by = access or {"key": "AIza-secret"}
    door = GeminiAccess(url=gemini.url, wait_seconds=0.01, **paid_by)  # type: ignore[arg-type]
    return GeminiVoice(access=door, expenses=expenses, timeout_seconds=timeout_seconds)


def hum(seconds: float = SECONDS, rate_hz: int = 24_000) -> bytes:
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    return (8_000 * np.sin(2 * np.pi * 220 * times)).astype("<i2").tobytes()


def speak(engine: GeminiVoice, text: str = TEXT, language: str = "en", speed: float = 1.0) -> tuple[np.ndarray, int]:
    speech = engine.speak(text, voice="kore", language=language, speed=speed)
    assert speech.words == ()
    return speech.samples, speech.rate_hz


def test_a_wav_file_becomes_speech_without_times_of_words(gemini: Service, expenses: Expenses) -> None:
    gemini.answers(said(sound_part(wav(hum()))))
    samples, rate_hz = speak(voice(gemini, expenses))
    assert (rate_hz, len(samples)) == (24_000, round(SECONDS * 24_000))
    assert np.abs(samples).max() == pytest.approx(8_000 / 32_768, rel=0.01)


def test_bare_samples_of_older_models_are_understood_by_their_rate(gemini: Service, expenses: Expenses) -> None:
    gemini.answers(said(sound_part(hum(rate_hz=16_000), "audio/L16;codec=pcm;rate=16000")))
    samples, rate_hz = speak(voice(gemini, expenses))
    assert (rate_hz, len(samples)) == (16_000, round(SECONDS * 16_000))


def test_it_is_asked_for_sound_in_the_voice_the_language_and_a_narrators_style(gemini: Service, expenses: Expenses) -> None:
    gemini.answers(said(sound_part(wav(hum(5)))))
    speak(voice(gemini, expenses), "Les abeilles <laughs> ont **5** yeux, et [pause] elles voient bien.", "fr")
    [call] = gemini.calls
    row = hosted.model("gemini-tts")
    assert call.path.endswith(f"/models/{row.id}:generateContent")
    config = call.body["generationConfig"]
    assert config["responseModalities"] == ["AUDIO"]
    # The client writes this part with the names of the fields as they are in the protocol's definition.
    assert config["speechConfig"] == {
        "voice_config": {"prebuilt_voice_config": {"voice_name": "Kore"}}, "language_code": "fr-FR",
    }  # fmt: skip
    assert not {"temperature", "topP", "topK"} & set(config), "the models of 2026 refuse these"
    [part] = call.body["contents"][0]["parts"]
    assert "narrator" in part["speechMetadata"]["style"]
    assert re.sub(r"\s+", " ", part["text"]) == "Les abeilles ont 5 yeux, et elles voient bien."


def test_on_google_cloud_the_project_pays_with_this_machines_login(
    gemini: Service, expenses: Expenses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(monkeypatch, tmp_path, gemini)
    gemini.answers(said(sound_part(wav(hum()))))
    speak(voice(gemini, expenses, project="film-works"))
    assert "/projects/film-works/locations/global/publishers/google/models/" in gemini.calls[0].path
    assert gemini.calls[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("speed", [0.8, 1.2])
def test_the_pace_asked_for_is_kept_at_the_same_pitch(gemini: Service, expenses: Expenses, speed: float) -> None:
    gemini.answers(said(sound_part(wav(hum()))))
    samples, rate_hz = speak(voice(gemini, expenses), speed=speed)
    assert len(samples) / rate_hz == pytest.approx(SECONDS / speed, rel=0.03)
    middle = samples[rate_hz // 2 : rate_hz // 2 + 24_000]
    assert np.argmax(np.abs(np.fft.rfft(middle))) == pytest.approx(220, abs=3)


def test_what_it_cost_is_written_down_for_the_video(gemini: Service, expenses: Expenses) -> None:
    gemini.answers(said(sound_part(wav(hum())), read=31, written=80))
    with context(video="v1"):
        speak(voice(gemini, expenses))
    [expense] = expenses.of("v1")
    row = hosted.model("gemini-tts")
    assert (expense.engine, expense.model, expense.bought) == ("gemini", row.id, "31 tokens in, 80 of sound")
    assert expense.usd == pytest.approx(row.usd_for_tokens(31, 80))


@pytest.mark.parametrize(
    ("reply", "why"),
    [(said(finish="SAFETY"), "its safety filter"), (said(finish="PROHIBITED_CONTENT"), "is prohibited"), (blocked("BLOCKLIST"), "not allowed")],
)
def test_a_refusal_is_told_in_a_sentence(gemini: Service, expenses: Expenses, reply: Reply, why: str) -> None:
    gemini.answers(reply)
    with pytest.raises(ContentRefused, match=rf"will not say this: .*{why}.*Change the scene's text"):
        speak(voice(gemini, expenses))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (said({"text": "I am a language model."}, finish="OTHER"), r"without any sound \(OTHER\)"),
        (said(sound_part(wav(hum())), finish="MAX_TOKENS"), "spoke without an end"),
        (said(sound_part(wav(hum(1.0), size=2 * 24_000 * 3))), "breaks off after 48000 of 144000 bytes"),
        (said(sound_part(hum()[:-1], "audio/L16;rate=24000")), "breaks off after"),
        (said(sound_part(wav(hum(0.5)))), r"lasts 0\.5 s where about 3\.\d s were expected"),
        (said(sound_part(b"RIFF\x00\x00\x00\x00WAVE")), "a WAV file with sound"),
        (Reply(body=said(sound_part(wav(hum()))).body[:3_000], promised=200_000), "broke off its answer"),
        (Reply(body=b"{}"), "without any sound"),
    ],
)
def test_sound_that_is_not_whole_can_be_asked_for_again(gemini: Service, expenses: Expenses, reply: Reply, told: str) -> None:
    gemini.answers(reply)
    with pytest.raises(Unavailable, match=told):
        speak(voice(gemini, expenses))


def test_a_quota_spent_for_a_moment_is_waited_for(gemini: Service, expenses: Expenses) -> None:
    gemini.answers(error(429, "Resource has been exhausted"), said(sound_part(wav(hum()))))
    speak(voice(gemini, expenses))
    assert len(gemini.calls) == 2


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (429, "Quota exceeded for requests per minute", Throttled),
        (500, "Internal error", Unavailable),
        (400, "API key not valid. Please pass a valid API key.", InvalidSetting),
        (403, "Permission denied", InvalidSetting),
        (404, "models/gemini-0-tts is not found", EngineMissing),
        (400, "Request contains an invalid argument.", StageFailed),
    ],
)
def test_each_failure_has_its_meaning(gemini: Service, expenses: Expenses, status: int, message: str, kind: type[Exception]) -> None:
    gemini.fails(status, message)
    with pytest.raises(kind, match=re.escape(message)) as caught:
        speak(voice(gemini, expenses))
    assert "AIza-secret" not in str(caught.value)


def test_a_slow_answer_can_be_tried_later(gemini: Service, expenses: Expenses) -> None:
    release = threading.Event()
    gemini.answers(Reply(body=b"{}", wait=release))
    with pytest.raises(Unavailable, match="gave no whole answer in time"):
        speak(voice(gemini, expenses, timeout_seconds=0.2))
    release.set()
    assert len(gemini.calls) == 1, "the time is for all tries together"


def test_without_a_key_and_a_project_it_says_what_to_set(gemini: Service, expenses: Expenses) -> None:
    with pytest.raises(EngineMissing, match="AIPROD_GEMINI_KEY.*AIPROD_GOOGLE_PROJECT"):
        voice(gemini, expenses, key="").check("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_voice(gemini: Service, expenses: Expenses, language: str) -> None:
    engine = voice(gemini, expenses)
    engine.check(language)
    assert len(set(engine.voices(language))) == 30
    assert engine.resolve("", language) == engine.voices(language)[0]
    assert engine.resolve("rasalgethi", language) == "Rasalgethi"
    with pytest.raises(NotFound, match="Kore.*found 'Bob'"):
        engine.resolve("Bob", language)


def test_nothing_to_say_is_not_sent(gemini: Service, expenses: Expenses) -> None:
    with pytest.raises(InvalidInput):
        speak(voice(gemini, expenses), "[music]")
    assert gemini.calls == []


def test_the_sound_is_read_as_it_was_sent(gemini: Service, expenses: Expenses) -> None:
    sent = np.array([0, 16_384, -32_768, 32_767] * 20_000, dtype="<i2")
    part = sound_part(wav(sent.tobytes()))
    assert base64.b64decode(str(part["inlineData"]["data"]))[:4] == b"RIFF"  # type: ignore[index,call-overload]
    gemini.answers(said(part))
    samples, _ = speak(voice(gemini, expenses))
    assert samples[:4] == pytest.approx([0.0, 0.5, -1.0, 1.0], abs=1e-4)
