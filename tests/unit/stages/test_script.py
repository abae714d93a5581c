"""What a request becomes: a checked script, the decisions that hold for the whole film, or one sentence that says why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.brief import Brief, OwnMedia
from aiprod.errors import EngineMissing, InvalidInput
from aiprod.events import SceneEdit, VideoRequested
from aiprod.manifests import ScriptManifest
from aiprod.story import Line, Scene, Script
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import BRIEF, drain, engines_with, make, open_house
from tests.thin import drain_thin, make_thin
from tests.unit.stages.conftest import Finished


def test_an_unknown_renderer_or_writer_fails_with_the_names_there_are(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    assert "motion, slideshow" in make(app, replace(BRIEF, renderer="crayons")).failure
    assert "outline" in make(app, replace(BRIEF, writer="poet")).failure


def test_a_missing_renderer_is_told_and_the_next_one_serves(tmp_path: Path) -> None:
    missing = ColourRenderer(name="motion", missing=EngineMissing("No OpenGL here; install libegl1."))
    app = open_house(tmp_path / "home", engines_with(motion=missing))
    video = make_thin(app)
    assert video.status is Status.COMPLETED
    assert "No OpenGL here; install libegl1." in video.notes


def test_a_writer_that_breaks_fails_the_video_with_a_sentence_and_a_dead_letter(tmp_path: Path) -> None:
    class BrokenWriter(PlainWriter):
        def write(self, brief):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError("division by zero")

    app = open_house(tmp_path / "home", PlainEngines(writers={"outline": BrokenWriter()}))
    video = make(app)
    assert video.status is Status.FAILED
    assert video.failure == "The stage script could not go on: ZeroDivisionError: division by zero"
    assert [letter.subscription for letter in app.messages.dead_letters()] == ["script"]


def test_an_owner_who_sends_more_videos_than_a_day_allows_has_the_rest_fail_before_anything_is_made(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", videos_a_day=2)
    for number in range(4):
        app.messages.publish("video-requests", VideoRequested(video=f"film{number}", owner="ana", brief=BRIEF))
    app.messages.publish("video-requests", VideoRequested(video="other", owner="ben", brief=BRIEF))
    drain_thin(app)
    videos = {video.id: video for video in app.ledger.all()}
    assert [videos[id].status for id in ("film0", "film1", "other")] == [Status.COMPLETED] * 3
    for id in ("film2", "film3"):
        assert videos[id].status is Status.FAILED
        assert "Expected at most 2 videos of ana a day, found 2 before this one" in videos[id].failure
        assert app.objects.stat(paths.script(id, 1)) is None


def test_media_for_a_scene_that_is_not_there_is_refused(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app, replace(BRIEF, media=(OwnMedia(scene=9, address="uploads/x/a.jpg"),)))
    assert video.failure == "media: expected pictures for scenes 1 to 3, found scene 9"


def test_a_request_for_two_things_at_once_is_refused_before_anything_starts(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    with pytest.raises(InvalidInput, match="one of a theme, a script, a recording"):
        app.request(replace(BRIEF, recording="uploads/x/voice.wav"))
    with pytest.raises(InvalidInput):
        app.request(Brief())
    assert app.ledger.all() == ()


def test_asking_twice_with_one_id_is_asking_once(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    first = app.request(BRIEF, video="fixed-id")
    second = app.request(BRIEF, video="fixed-id")
    drain_thin(app)
    assert first.id == second.id
    assert len(app.ledger.all()) == 1


def test_an_edited_scene_says_and_shows_what_it_was_given(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    first = make(app)
    app.retry(first.id, (3,), (SceneEdit(scene=3, text="Now the water sleeps."),))
    drain(app)
    again = app.ledger.get(first.id)
    assert again.status is Status.COMPLETED, again.failure
    captions = app.objects.read(paths.export(first.id, 2, "subtitles.srt")).decode("utf-8")
    assert "Now the water sleeps." in captions
    assert "part 3" not in captions


def test_an_edited_scene_is_said_by_who_said_it_before(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    told = (("Ada",), ("Ada", "Narrator of tides"))
    scenes = tuple(
        Scene(number=number, visual="A calm sea", lines=tuple(Line(text=f"This is {who}.", speaker=who) for who in speakers))
        for number, speakers in enumerate(told, 1)
    )
    script = Script(title="Tides", language="en", writer="own", scenes=scenes)
    video = make_thin(app, replace(BRIEF, theme="", script=script))
    app.retry(video.id, (1, 2), (SceneEdit(scene=1, text="I am here."), SceneEdit(scene=2, text="They talk.")))
    drain_thin(app)
    again = app.artefacts.read(ScriptManifest, paths.script(video.id, 2)).script.scenes
    assert [[(line.text, line.speaker) for line in scene.lines] for scene in again] == [
        [("I am here.", "Ada")], [("They talk.", "narrator")],
    ]  # fmt: skip


def test_a_scene_that_is_not_there_cannot_be_retried(finished: Finished) -> None:
    with pytest.raises(InvalidInput, match="found 9"):
        finished.app.retry(finished.video.id, (9,))


def test_a_paid_renderer_over_the_budget_is_left_out_and_the_user_is_told(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", engines_with(veo=ColourRenderer(name="veo", usd_per_second=0.4)))
    video = make_thin(app, replace(BRIEF, renderer="veo", budget_usd=1.0))
    assert video.status is Status.COMPLETED, video.failure
    assert any("veo would cost about $9.60, over the budget of $1.00" in note for note in video.notes)
    script = app.artefacts.read(ScriptManifest, paths.script(video.id, 1))
    assert (script.renderers, script.estimate_usd) == (("motion", "slideshow"), 0.0)


def test_a_paid_renderer_within_the_budget_is_used_and_its_price_estimated(tmp_path: Path) -> None:
    veo = ColourRenderer(name="veo", usd_per_second=0.4)
    app = open_house(tmp_path / "home", engines_with(veo=veo))
    video = make_thin(app, replace(BRIEF, renderer="veo", budget_usd=10.0))
    script = app.artefacts.read(ScriptManifest, paths.script(video.id, 1))
    assert script.estimate_usd == pytest.approx(9.6)
    assert sorted(veo.rendered) == [1, 2, 3]


def test_without_any_renderer_the_film_fails_with_what_to_install(tmp_path: Path) -> None:
    nothing = {
        name: ColourRenderer(name=name, missing=EngineMissing(f"{name} needs its library.")) for name in ("motion", "slideshow")
    }
    video = make(open_house(tmp_path / "home", engines_with(**nothing)))
    assert video.status is Status.FAILED
    assert video.failure.endswith("No renderer can work here. motion needs its library. slideshow needs its library.")
