"""A film in a voice that somebody lent carries their consent, and is not made without it."""

from dataclasses import dataclass
from pathlib import Path

from aiprod import paths
from aiprod.consents import VoiceConsent
from aiprod.encoding import from_json
from aiprod.errors import NotAllowed
from aiprod.manifests import FilmManifest
from aiprod.video import Status
from tests.doubles import OneVoice, PlainEngines
from tests.house import make, open_house
from tests.thin import make_thin
from tests.unit.stages.conftest import Finished

CONSENT = VoiceConsent(
    voice="anna", speaker="Anna Miller", purpose="the narration of films", language="en", sentence="I agree.", heard="I agree.",
    word_error_rate=0.0, likeness=0.93, given_at=1_790_000_000.0, sample_sha256="a" * 64, consent_sha256="b" * 64,
)  # fmt: skip


@dataclass
class LentVoice(OneVoice):
    """A voice of Anna's."""

    withdrawn: bool = False

    def consent(self, engine: str, voice: str) -> VoiceConsent | None:
        if self.withdrawn:
            raise NotAllowed("The voice anna may not be used: the consent of Anna Miller was withdrawn.")
        return CONSENT


def test_the_consent_goes_with_the_film_and_the_credits_tell_of_it(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", PlainEngines(voices=LentVoice()))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    film = app.artefacts.read(FilmManifest, paths.film(video.id, 1))
    assert film.consents == (CONSENT,)
    beside = from_json(FilmManifest, app.objects.read(film.address("film.mp4").replace("film.mp4", "manifest.json")))
    assert beside.consents == (CONSENT,)
    told = "The voice anna imitates that of Anna Miller, who agreed to it on 2026-09-21 for the narration of films."
    assert told in film.credits


def test_a_film_of_a_voice_that_nobody_lent_has_no_consent(finished: Finished) -> None:
    film = finished.app.artefacts.read(FilmManifest, paths.film(finished.video.id, 1))
    assert film.consents == ()
    assert not any("imitates" in line for line in film.credits)


def test_a_film_fails_whose_voice_was_taken_back_even_where_its_sound_is_kept(tmp_path: Path) -> None:
    voices = LentVoice()
    app = open_house(tmp_path / "home", PlainEngines(voices=voices))
    assert make_thin(app).status is Status.COMPLETED
    voices.withdrawn = True
    again = make_thin(app)
    assert again.status is Status.FAILED
    assert again.failure == "The voice anna may not be used: the consent of Anna Miller was withdrawn."
