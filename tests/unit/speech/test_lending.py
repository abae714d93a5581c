"""A voice is taken only from whoever says, in that voice, that it may be imitated. Spoken by Kokoro, heard by Whisper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
import soundfile

from aiprod.bootstrap import App, open_app
from aiprod.cloned_voices import ClonedVoices
from aiprod.consents import consent_sentence, default_purpose
from aiprod.errors import AlreadyExists, ContentRefused, InvalidInput, MediaBroken, NotAllowed, NotFound
from aiprod.models.registry import Registry
from aiprod.settings import Settings
from aiprod.speech.lending import LEAST_LIKENESS, Offer, VoiceLending
from aiprod.speech.likeness import Likeness
from tests.unit.speech.studio import Studio
from tests.unit.stages.test_lent_voices import CONSENT

Record: TypeAlias = Callable[..., Path]
SPEAKER = "Anna Miller"
SAMPLE = (
    "The tide comes in twice a day, and each time it changes the shape of the whole beach a little, so that nobody ever walks"
    " on the same sand."
)

REFUSAL = "My name is Anna Miller. I do not want anybody to copy how I speak, whatever it may be for, today or at any later time."


@pytest.fixture(scope="session")
def record(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A recording of a voice that says a text, made once."""
    folder = tmp_path_factory.mktemp("recordings")

    def make(text: str, voice: str = "af_heart", language: str = "en") -> Path:
        path = folder / f"{voice}-{abs(hash(text)):x}.wav"
        if not path.exists():
            speech = studio.voice.speak(text, voice=voice, language=language, speed=1.0)
            soundfile.write(path, speech.samples, speech.rate_hz)
        return path

    return make


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app(Settings(home=tmp_path / "home"), log_file=tmp_path / "test.log")


@pytest.fixture
def lending(app: App, studio: Studio, registry: Registry) -> VoiceLending:
    registry.fetch("voice-encoder")
    return VoiceLending(
        voices=app.cloned_voices, chooser=app.engines.voices, ear=studio.ear, likeness=Likeness(registry), clock=app.clock
    )


@pytest.fixture
def offer(record: Record) -> Offer:
    """A whole and honest one."""
    purpose = default_purpose("en")
    return Offer(
        voice="anna", speaker=SPEAKER, purpose=purpose, language="en", sample=record(SAMPLE),
        consent=record(consent_sentence(SPEAKER, purpose, "en")),
    )  # fmt: skip


def test_a_voice_is_kept_with_what_its_speaker_agreed_to(lending: VoiceLending, offer: Offer, app: App) -> None:
    voice = lending.take(offer)
    consent = voice.consent
    assert (consent.speaker, consent.purpose, consent.voice) == (SPEAKER, "the narration of films", "anna")
    assert consent.word_error_rate <= 0.25 and consent.likeness >= LEAST_LIKENESS
    assert "imitates my voice" in consent.heard
    assert "tide comes in twice a day" in voice.said
    assert app.objects.read(voice.sample) == offer.sample.read_bytes()
    assert app.objects.read(voice.spoken_consent) == offer.consent.read_bytes()
    assert [one.consent for one in app.cloned_voices.all()] == [consent]
    with pytest.raises(AlreadyExists, match="found anna: remove that voice first"):
        lending.take(offer)


def test_a_speaker_consents_in_their_own_language(lending: VoiceLending, record: Record) -> None:
    purpose = default_purpose("fr")
    sample = "Les abeilles volent d'une fleur à l'autre, et elles rentrent à la ruche bien avant que la nuit soit tombée."
    consent = consent_sentence("Claire Martin", purpose, "fr")
    offer = Offer(
        voice="claire", speaker="Claire Martin", purpose=purpose, language="fr", sample=record(sample, "ff_siwis", "fr"),
        consent=record(consent, "ff_siwis", "fr"), said=sample,
    )  # fmt: skip
    assert lending.take(offer).consent.sentence == consent


def test_another_sentence_is_no_consent(lending: VoiceLending, offer: Offer, record: Record, app: App) -> None:
    other = record(REFUSAL)
    with pytest.raises(ContentRefused, match=r"expected Anna Miller to say .* heard .*do not want anybody"):
        lending.take(replace(offer, consent=other))
    assert app.cloned_voices.all() == ()
    assert app.objects.under("voices/") == ()


@pytest.mark.parametrize(
    ("said", "as_shown"),
    [("I do not agree", "I agree"), ("for my old school only", "for the narration of films"), ("a computer", "I agree that a computer")],
)
def test_a_sentence_that_is_nearly_the_same_and_means_otherwise_is_no_consent(
    lending: VoiceLending, offer: Offer, record: Record, app: App, said: str, as_shown: str
) -> None:
    sentence = consent_sentence(SPEAKER, default_purpose("en"), "en")
    with pytest.raises(ContentRefused, match="expected Anna Miller to"):
        lending.take(replace(offer, consent=record(sentence.replace(as_shown, said)), said=SAMPLE))
    assert app.cloned_voices.all() == ()


def test_a_consent_in_another_voice_is_none(lending: VoiceLending, offer: Offer, record: Record, app: App) -> None:
    sentence = consent_sentence(SPEAKER, default_purpose("en"), "en")
    with pytest.raises(ContentRefused, match="expected one person in both recordings"):
        lending.take(replace(offer, consent=record(sentence, "af_bella")))
    assert app.cloned_voices.all() == ()


def test_recordings_that_cannot_serve_are_told(lending: VoiceLending, offer: Offer, tmp_path: Path) -> None:
    for level, name in ((1e-5, "faint.wav"), (np.nan, "broken.wav")):
        soundfile.write(tmp_path / name, level * np.ones(160_000), 16_000, subtype="FLOAT")
    with pytest.raises(InvalidInput, match=r"sample: expected a voice near the microphone .* found next to no sound in faint\.wav"):
        lending.take(replace(offer, sample=tmp_path / "faint.wav"))
    with pytest.raises(InvalidInput, match=r"consent: expected a voice near the microphone .* found next to no sound in faint\.wav"):
        lending.take(replace(offer, consent=tmp_path / "faint.wav"))
    with pytest.raises(MediaBroken, match=r"Expected a recording of a voice in broken\.wav, found numbers that are no sound"):
        lending.take(replace(offer, sample=tmp_path / "broken.wav"))
    with pytest.raises(InvalidInput, match="sample: expected words that it says, found '🐼'"):
        lending.take(replace(offer, said="🐼"))
    soundfile.write(tmp_path / "short.wav", np.ones(20_000), 16_000)
    with pytest.raises(InvalidInput, match="sample: expected 5 to 60 s of speech, found 1"):
        lending.take(replace(offer, sample=tmp_path / "short.wav"))
    with pytest.raises(InvalidInput, match="sample: expected another recording than the consent's"):
        lending.take(replace(offer, sample=offer.consent))
    (tmp_path / "voice.txt").write_text("I agree.")
    with pytest.raises(InvalidInput, match=r"consent: expected a recording in \.wav or \.mp3, found voice\.txt"):
        lending.take(replace(offer, consent=tmp_path / "voice.txt"))
    with pytest.raises(InvalidInput, match="speaker: expected 1 to 80 letters"):
        lending.take(replace(offer, speaker=" "))
    with pytest.raises(InvalidInput, match="voice: expected a name of 2 to 40 small letters"):
        lending.take(replace(offer, voice="../anna"))


@pytest.mark.parametrize("name", ["espeak", "qwen", "gemini"])
def test_a_voice_has_no_engines_name(lending: VoiceLending, offer: Offer, name: str) -> None:
    with pytest.raises(AlreadyExists, match=f"Expected a name that no voice has, found {name}, an engine's name"):
        lending.take(replace(offer, voice=name))


def test_a_voice_that_was_taken_back_is_gone_and_may_be_lent_anew(lending: VoiceLending, offer: Offer, app: App) -> None:
    voices: ClonedVoices = app.cloned_voices
    voice = voices.keep(CONSENT, SAMPLE, offer.sample, offer.consent)
    assert voices.get(voice.full_name) == voices.get("Anna") == voice
    voices.withdraw("anna")
    assert app.objects.under("voices/") == ()
    for name in ("anna", voice.full_name):
        with pytest.raises(NotAllowed, match="The voice anna may not be used: the consent of Anna Miller was withdrawn on 20"):
            voices.get(name)
    with pytest.raises(NotFound, match="The voices lent to be imitated are none yet; found 'bob'"):
        voices.get("bob")
    again = lending.take(replace(offer, said=SAMPLE))
    assert voices.get("anna") == again
    with pytest.raises(NotAllowed, match="withdrawn"):
        voices.get(voice.full_name)
