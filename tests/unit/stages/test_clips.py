"""Which clips are asked for, in which order, and which are not made again."""

from dataclasses import replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.brief import OwnMedia
from aiprod.manifests import PlanManifest
from aiprod.story import Line, Scene, Script
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainWriter
from tests.house import BRIEF, drain, engines_with, film_bytes, make, open_house
from tests.thin import make_thin
from tests.unit.stages.conftest import Finished


def test_equal_work_is_not_paid_twice(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    first, second = make(app), make(app)
    assert second.status is Status.COMPLETED
    assert sorted(renderer.rendered) == [1, 2, 3]
    assert film_bytes(app, first) == film_bytes(app, second)


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


def test_what_a_renderer_has_to_say_of_its_clips_is_told_once(tmp_path: Path) -> None:
    note = "The picture is smaller than the film and was enlarged."
    app = open_house(tmp_path / "home", engines_with(motion=ColourRenderer(name="motion", notes=(note,))))
    assert make(app).notes.count(note) == 1


def test_the_first_and_the_last_scene_are_rendered_first(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    engines = replace(engines_with(motion=renderer), writers={"outline": PlainWriter(scenes=5)})
    app = open_house(tmp_path / "home", engines, render_tasks=1)
    make_thin(app)
    assert set(renderer.rendered[:2]) == {1, 5}


def test_every_scene_breathes_after_its_last_word(finished: Finished) -> None:
    timeline = finished.app.artefacts.read(PlanManifest, paths.plan(finished.video.id, 1)).timeline
    assert [word.text for word in timeline.words].count("tide.") == 3
    ends = [word.end for word in timeline.words if word.text == "tide."]
    starts = [word.start for word in timeline.words if word.text == "This"]
    assert all(0.3 <= start - end <= 2.0 for end, start in zip(ends, starts[1:], strict=False))
    assert 0.3 <= timeline.seconds - ends[-1] <= 4.0


def test_own_pictures_are_shown_by_the_renderer_of_stills(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (640, 480), (200, 40, 40)).save(tmp_path / "red.png")
    stills = ColourRenderer(name="stills")
    app = open_house(tmp_path / "home", engines_with(stills=stills))
    app.objects.write("uploads/me/red.png", tmp_path / "red.png")
    video = make_thin(app, replace(BRIEF, media=(OwnMedia(scene=2, address="uploads/me/red.png"),)))
    assert video.status is Status.COMPLETED, video.failure
    assert stills.rendered == [2]


def test_a_film_that_lasts_clearly_longer_or_shorter_than_was_asked_for_says_so(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    usual = make_thin(app)
    seconds = app.artefacts.read(PlanManifest, paths.plan(usual.id, 1)).timeline.seconds
    near, far = (make_thin(app, replace(BRIEF, seconds=round(seconds * factor))) for factor in (1, 3))
    lasts = app.artefacts.read(PlanManifest, paths.plan(far.id, 1)).timeline.seconds
    assert f"{far.brief.seconds} s were asked for; what there is to say lasts {float(lasts):.0f} s." in far.notes
    assert not any("asked for" in note for note in (*usual.notes, *near.notes))


@pytest.mark.parametrize("presenter", [True, False])
def test_a_presenters_mouth_says_what_the_narrator_says_and_not_what_others_say(presenter: bool, tmp_path: Path) -> None:
    spoken = (Line(text="Who goes there"), Line(text="Only me", speaker="Bob"), Line(text="Come in"))
    scenes = (
        Scene(number=1, visual="A door", lines=spoken),
        Scene(number=2, visual="A fire", lines=(Line(text="Good evening", speaker="Bob"),)),
    )
    app = open_house(tmp_path / "home", engines_with())
    script = Script(title="A visit", language="en", writer="own", scenes=scenes)
    video = make_thin(app, replace(BRIEF, theme="", script=script, presenter=presenter))
    plan = app.artefacts.read(PlanManifest, paths.plan(video.id, 1))
    first, second = ([word.text for word in shot.words] for shot in plan.shots)
    assert first == ["Who", "goes", "there", *(() if presenter else ("Only", "me")), "Come", "in"]
    assert second == ["Good", "evening"]
    assert "Only" in [word.text for word in plan.timeline.words]
