"""A lent voice speaks where it is asked for by name, and nobody speaks in its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from aiprod.bootstrap import App, open_app
from aiprod.errors import EngineMissing, NotAllowed, NotFound
from aiprod.settings import Settings
from aiprod.speakers import cast_speakers
from aiprod.story import NARRATOR, Line, Role, Scene, Script
from tests.unit.stages.test_lent_voices import CONSENT


@pytest.fixture
def app(tmp_path: Path) -> App:
    """With Anna's voice, and no models."""
    app = open_app(Settings(home=tmp_path / "home", models_dir=tmp_path / "models"), log_file=tmp_path / "test.log")
    recording = tmp_path / "voice.wav"
    recording.write_bytes(b"RIFF")
    app.cloned_voices.keep(CONSENT, "the tide", recording, recording)
    return app


@pytest.fixture
def with_a_job(app: App, tmp_path: Path) -> App:
    """The same, where a job speaks."""
    return open_app(app.settings.model_copy(update={"narration_job": True}), log_file=tmp_path / "test.log")


@pytest.mark.parametrize("wanted", ["anna", "Anna", "qwen:anna"])
def test_where_its_model_is_not_here_no_other_voice_takes_its_place(app: App, wanted: str) -> None:
    with pytest.raises(EngineMissing, match=r"No voice can speak English here\. .*aiprod models fetch qwen3-tts-0\.6b"):
        app.engines.voices.choose("en", wanted)


def test_where_a_job_speaks_who_chooses_need_not_have_the_model(with_a_job: App) -> None:
    choice = with_a_job.engines.voices.choose("en", "anna")
    assert (choice.voice.name, choice.name) == ("qwen", with_a_job.cloned_voices.get("anna").full_name)


def test_speakers_whom_no_voice_was_given_do_not_speak_in_the_narrators_lent_one(with_a_job: App) -> None:
    lines = tuple(Line(text="The tide.", speaker=speaker) for speaker in (NARRATOR, "Ann", "Bob"))
    script = Script(title="Tide", language="en", writer="own", scenes=(Scene(number=1, visual="the sea", lines=lines),))
    cast = cast_speakers(script, "anna", with_a_job.engines.voices)
    assert cast.narrator.voice.name == "qwen"
    assert [(one.speaker, one.engine, one.voice) for one in cast.others] == [("Ann", "espeak", "en-us"), ("Bob", "espeak", "en-gb")]


def test_nobody_gets_a_lent_voice_without_asking(app: App) -> None:
    assert app.engines.voices.choose("en", "").voice.name == "espeak"
    qwen = app.engines.voices.engine("qwen")
    assert qwen.voices("en") == ()
    with pytest.raises(NotFound, match="asked for by its name"):
        app.engines.voices.choose("en", "qwen:")
    with pytest.raises(NotFound, match="The voices lent to be imitated are anna; found 'bob'"):
        app.engines.voices.choose("en", "qwen:bob")


def test_an_engines_name_alone_asks_for_its_best_voice_and_a_reason_is_told_once(app: App) -> None:
    choice = app.engines.voices.choose("en", "Espeak")
    assert (choice.voice.name, choice.name, choice.notes) == ("espeak", "en-us", ())
    assert "no natural voice could speak English here" in app.engines.voices.choose("en", "").notes[-1]
    with pytest.raises(NotFound, match="^Chatterbox speaks only in a voice that was lent and is asked for by its name.$"):
        app.engines.voices.choose("en", "chatterbox")
    with pytest.raises(NotFound) as refused:
        app.engines.voices.choose("en", "bob")
    assert str(refused.value).count("The voices lent to be imitated are anna; found 'bob'.") == 1


def test_a_cast_whose_voice_cannot_be_had_tells_whose_it_is(app: App) -> None:
    lines = (Line(text="The tide.", speaker="Ann"),)
    scenes = (Scene(number=1, visual="the sea", lines=lines),)
    script = Script(title="Tide", language="en", writer="own", scenes=scenes, cast=(Role(speaker="Ann", voice="nobody"),))
    with pytest.raises(NotFound, match="The voice of Ann in the script's cast, nobody, cannot be had: Kokoro's voices for en are"):
        cast_speakers(script, "", app.engines.voices)


def test_what_its_speaker_agreed_to_is_known_by_its_full_name_until_it_is_taken_back(app: App) -> None:
    voices = app.engines.voices
    name = voices.engine("qwen").resolve("anna", "en")
    assert name.startswith("anna@")
    assert voices.consent("qwen", name) == CONSENT
    assert voices.consent("kokoro", "af_heart") is None
    app.cloned_voices.withdraw("anna")
    for wanted in ("anna", name):
        with pytest.raises(NotAllowed, match="the consent of Anna Miller was withdrawn"):
            voices.choose("en", wanted)
        with pytest.raises(NotAllowed, match="the consent of Anna Miller was withdrawn"):
            voices.consent("qwen", wanted)


def test_a_voice_lent_anew_is_another_voice_even_with_the_same_recordings(app: App, tmp_path: Path) -> None:
    before = app.cloned_voices.withdraw("anna")
    recording = tmp_path / "voice.wav"
    again = app.cloned_voices.keep(replace(CONSENT, given_at=CONSENT.given_at + 1), "the ebb", recording, recording)
    with pytest.raises(NotAllowed, match="consent was withdrawn"):
        app.cloned_voices.get(before.full_name)
    assert app.cloned_voices.get(again.full_name) == again
    assert app.engines.voices.consent("qwen", "anna") == again.consent


def test_recordings_that_a_removal_left_are_deleted_when_it_is_asked_for_again(app: App) -> None:
    gone = app.cloned_voices.withdraw("anna")
    app.objects.write(gone.sample, b"RIFF")
    assert app.cloned_voices.withdraw("anna") == gone
    assert app.objects.under("voices/") == ()


def test_who_takes_a_voice_back_second_leaves_the_one_that_was_lent_in_between(app: App, tmp_path: Path) -> None:
    class Slow:
        """A clock that another removal and a new voice get ahead of."""

        def now(self) -> float:
            app.cloned_voices.withdraw("anna")
            app.cloned_voices.keep(replace(CONSENT, given_at=CONSENT.given_at + 1), "the ebb", recording, recording)
            return 1e9

    recording = tmp_path / "voice.wav"
    replace(app.cloned_voices, clock=Slow()).withdraw("anna")
    assert app.cloned_voices.get("anna").said == "the ebb"
    assert len(app.objects.under("voices/")) == 2
