"""Chatterbox speaks in lent voices where it is asked for, by its name or by a setting, and says what it lacks."""

from pathlib import Path

import pytest

from aiprod.bootstrap import App, open_app
from aiprod.errors import EngineMissing, NotFound
from aiprod.settings import Settings
from tests.unit.stages.test_lent_voices import CONSENT


def house(folder: Path, cloning_model: str = "") -> App:
    """With Anna's voice, and no models."""
    settings = Settings(home=folder / "home", models_dir=folder / "models", cloning_model=cloning_model)  # type: ignore[arg-type]
    app = open_app(settings, log_file=folder / "test.log")
    recording = folder / "voice.wav"
    recording.write_bytes(b"RIFF")
    app.cloned_voices.keep(CONSENT, "the tide", recording, recording)
    return app


def test_it_says_which_files_it_lacks_how_large_they_are_and_under_which_licence(tmp_path: Path) -> None:
    app = house(tmp_path)
    told = (
        r"found 4 of its 4 files missing, about 3\.2 GB: t3_cfg\.safetensors .*Licence: MIT\. .*"
        r"`aiprod models fetch chatterbox-multilingual`"
    )
    with pytest.raises(EngineMissing, match=told) as caught:
        app.engines.voices.choose("fr", "chatterbox:anna")
    assert "qwen" not in str(caught.value)


@pytest.mark.parametrize(("model", "first"), [("", "qwen3-tts-0.6b"), ("chatterbox", "chatterbox@1.0.0")])
def test_the_setting_says_which_engine_is_tried_first(tmp_path: Path, model: str, first: str) -> None:
    with pytest.raises(EngineMissing, match=rf"No voice can speak English here\. Expected the model {first}"):
        house(tmp_path, model).engines.voices.choose("en", "anna")


def test_the_english_one_is_not_asked_for_french(tmp_path: Path) -> None:
    app = house(tmp_path, "chatterbox")
    with pytest.raises(NotFound, match=r"Chatterbox \(chatterbox\) is used for en, and not for 'fr'"):
        app.engines.voices.choose("fr", "chatterbox:anna")
    with pytest.raises(EngineMissing, match=r"here\. Expected the model qwen3-tts-0\.6b"):
        app.engines.voices.choose("fr", "anna")


def test_what_its_speaker_agreed_to_is_asked_for_whichever_engine_speaks(tmp_path: Path) -> None:
    voices = house(tmp_path).engines.voices
    assert voices.consent("chatterbox", "anna") == CONSENT
    assert voices.engine("chatterbox").voices("en") == ()
