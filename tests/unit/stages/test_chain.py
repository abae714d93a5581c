"""The chain of stages, with small engines: what goes right, what goes wrong, and what a user is told."""

import random
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.errors import ContentRefused, EngineMissing, InvalidInput, Misuse, NotFound, Unavailable
from aiprod.events import SceneEdit
from aiprod.manifests import FilmManifest, ReviewReport
from aiprod.media.probe import probe
from aiprod.video import ClipStatus, Status, Video
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import drain, open_house

BRIEF = Brief(theme="the tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)


def make(app: App, brief: Brief = BRIEF) -> Video:
    video = app.request(brief)
    drain(app)
    return app.ledger.get(video.id)


def film_bytes(app: App, video: Video) -> bytes:
    return app.objects.read(paths.export(video.id, video.revision, "film.mp4"))


def engines_with(**renderers: ColourRenderer) -> PlainEngines:
    return PlainEngines(renderers={**PlainEngines().renderers, **renderers})


def test_a_theme_becomes_a_film_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    manifest = app.artefacts.read(FilmManifest, paths.film(video.id, 1))
    names = {export.name for export in manifest.exports}
    assert names >= {"film.mp4", "subtitles.srt", "subtitles.vtt", "thumbnail.jpg", "poster.jpg", "timeline.json"}
    facts = probe(app.objects.fetch(manifest.address("film.mp4"), tmp_path))
    assert facts.picture is not None
    assert facts.picture.frames == manifest.frames
    assert (facts.picture.width_px, facts.picture.height_px) == (360, 640)
    assert facts.sound is not None


def test_the_same_brief_gives_the_same_film_byte_for_byte_in_another_house(tmp_path: Path) -> None:
    first, second = open_house(tmp_path / "one"), open_house(tmp_path / "two")
    assert film_bytes(first, make(first)) == film_bytes(second, make(second))


def test_another_seed_gives_another_film(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    assert film_bytes(app, make(app)) != film_bytes(app, make(app, replace(BRIEF, seed=4)))


def test_equal_work_is_not_paid_twice(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    first, second = make(app), make(app)
    assert second.status is Status.COMPLETED
    assert sorted(renderer.rendered) == [1, 2, 3]
    assert film_bytes(app, first) == film_bytes(app, second)


def test_every_event_three_times_and_shuffled_makes_the_same_film_once(tmp_path: Path) -> None:
    plain = open_house(tmp_path / "plain")
    expected = film_bytes(plain, make(plain))
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "shuffled", engines_with(motion=renderer))
    app.messages.outstanding()
    with sqlite3.connect(tmp_path / "shuffled" / "store.sqlite3") as store:
        store.execute(
            """CREATE TRIGGER three_times AFTER INSERT ON messages BEGIN
                 UPDATE messages SET available_at = NEW.available_at + abs(random() % 1000) / 2500.0 WHERE id = NEW.id;
                 INSERT INTO messages (subscription, payload, priority, available_at, published_at)
                   VALUES (NEW.subscription, NEW.payload, abs(random() % 5),
                           NEW.available_at + abs(random() % 1000) / 2500.0, NEW.published_at),
                          (NEW.subscription, NEW.payload, abs(random() % 5),
                           NEW.available_at + abs(random() % 1000) / 2500.0, NEW.published_at);
               END"""
        )
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert video.revision == 1
    assert sorted(renderer.rendered) == [1, 2, 3]
    assert film_bytes(app, video) == expected
    assert app.messages.dead_letters() == ()


def test_a_clip_that_fails_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion", faults={2: [Unavailable("The driver is busy."), Unavailable("Again.")]})
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert renderer.rendered.count(2) == 3


def test_a_clip_that_its_renderer_refuses_is_made_by_the_next_and_the_user_is_told(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion", faults={2: [ContentRefused("The subject may not be shown.")]})
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert "Scene 2 was made by slideshow, because motion failed: The subject may not be shown." in video.notes


def test_a_clip_that_nobody_can_make_fails_the_video_with_the_reason(tmp_path: Path) -> None:
    refusal = ContentRefused("The subject may not be shown.")
    app = open_house(
        tmp_path / "home",
        engines_with(
            motion=ColourRenderer(name="motion", faults={2: [refusal]}),
            slideshow=ColourRenderer(name="slideshow", faults={2: [refusal]}),
        ),
    )
    video = make(app)
    assert video.status is Status.FAILED
    assert video.failure == "Scene 2 could not be made: The subject may not be shown."


def test_a_clip_cut_short_is_refused_and_rendered_again(tmp_path: Path) -> None:
    class CuttingRenderer(ColourRenderer):
        def render(self, shot, folder, progress):  # type: ignore[no-untyped-def]
            take = super().render(shot, folder, progress)
            if shot.scene == 2 and self.rendered.count(2) == 1:
                content = take.path.read_bytes()
                take.path.write_bytes(content[: len(content) // 2])
            return take

    renderer = CuttingRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert renderer.rendered.count(2) == 2


def test_a_missing_renderer_is_told_and_the_next_one_serves(tmp_path: Path) -> None:
    missing = ColourRenderer(name="motion", missing=EngineMissing("No OpenGL here; install libegl1."))
    app = open_house(tmp_path / "home", engines_with(motion=missing))
    video = make(app)
    assert video.status is Status.COMPLETED
    assert "No OpenGL here; install libegl1." in video.notes


def test_an_unknown_renderer_or_writer_fails_with_the_names_there_are(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    assert "motion, slideshow" in make(app, replace(BRIEF, renderer="crayons")).failure
    assert "outline" in make(app, replace(BRIEF, writer="poet")).failure


def test_retrying_a_scene_renders_that_scene_alone(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    first = make(app)
    before = film_bytes(app, first)
    app.retry(first.id, (2,))
    drain(app)
    again = app.ledger.get(first.id)
    assert (again.status, again.revision) == (Status.COMPLETED, 2), again.failure
    assert sorted(renderer.rendered) == [1, 2, 2, 3]
    assert film_bytes(app, again) != before
    assert film_bytes(app, replace(again, revision=1)) == before


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


def test_a_scene_that_is_not_there_cannot_be_retried(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app)
    with pytest.raises(InvalidInput, match="found 9"):
        app.retry(video.id, (9,))


def test_a_cancelled_video_stops_and_stays_cancelled(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = app.request(BRIEF)
    app.worker().run(until=lambda: app.ledger.get(video.id).status is Status.RENDERING)
    app.cancel(video.id)
    drain(app)
    assert app.ledger.get(video.id).status is Status.CANCELLED
    assert app.objects.stat(paths.film(video.id, 1)) is None


def test_a_task_that_dies_with_its_clip_loses_it_to_another(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", lease_seconds=0.6)
    video = app.request(BRIEF)
    app.worker().run(until=lambda: bool(app.ledger.clips(video.id, 1)) and app.ledger.get(video.id).planned == 1)
    name = app.ledger.clips(video.id, 1)[0].id
    app.ledger.change_clip(
        name,
        lambda clip: replace(
            clip, status=ClipStatus.RENDERING, lease_owner="dead", lease_until=time.time() + 0.5, attempt=1
        ),
    )
    drain_until_over(app, video.id)
    assert app.ledger.get(video.id).status is Status.COMPLETED


def drain_until_over(app: App, video: str, seconds: float = 60.0) -> None:
    ends = time.monotonic() + seconds
    app.worker().run(until=lambda: app.ledger.get(video).over or time.monotonic() > ends)


def test_asking_twice_with_one_id_is_asking_once(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    first = app.request(BRIEF, video="fixed-id")
    second = app.request(BRIEF, video="fixed-id")
    drain(app)
    assert first.id == second.id
    assert len(app.ledger.all()) == 1


def test_a_request_for_two_things_at_once_is_refused_before_anything_starts(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    with pytest.raises(InvalidInput, match="one of a theme, a script, a recording"):
        app.request(replace(BRIEF, recording="uploads/x/voice.wav"))
    with pytest.raises(InvalidInput):
        app.request(Brief())
    assert app.ledger.all() == ()


def test_a_writer_that_breaks_fails_the_video_with_a_sentence_and_a_dead_letter(tmp_path: Path) -> None:
    class BrokenWriter(PlainWriter):
        def write(self, brief):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError("division by zero")

    app = open_house(tmp_path / "home", PlainEngines(writers={"outline": BrokenWriter()}))
    video = make(app)
    assert video.status is Status.FAILED
    assert video.failure == "The stage script could not go on: ZeroDivisionError: division by zero"
    assert [letter.subscription for letter in app.messages.dead_letters()] == ["script"]


def test_the_review_is_kept_beside_the_film(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app)
    report = app.artefacts.read(ReviewReport, paths.review(video.id, 1))
    assert report.verdict == "approve"
    assert {finding.check for finding in report.findings} >= {"duration", "loudness", "true peak", "spoken words"}


def test_a_video_that_does_not_exist_is_said_not_to(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    for ask in (app.ledger.get, app.cancel, lambda id: app.retry(id, (1,))):
        with pytest.raises(NotFound, match="nowhere"):
            ask("nowhere")


def test_a_video_at_work_cannot_be_retried(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF)
    with pytest.raises(Misuse, match="queued"):
        app.retry(video.id, (1,))


def test_twenty_films_at_once_all_finish(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", PlainEngines(writers={"outline": PlainWriter(scenes=1)}))
    draw = random.Random(5)
    videos = [app.request(replace(BRIEF, theme=f"wave {draw.randint(0, 999)} {number}")) for number in range(20)]
    drain(app)
    statuses = {app.ledger.get(video.id).status for video in videos}
    assert statuses == {Status.COMPLETED}


def test_media_for_a_scene_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from aiprod.brief import OwnMedia

    app = open_house(tmp_path / "home")
    video = make(app, replace(BRIEF, media=(OwnMedia(scene=9, address="uploads/x/a.jpg"),)))
    assert video.failure == "media: expected pictures for scenes 1 to 3, found scene 9"
