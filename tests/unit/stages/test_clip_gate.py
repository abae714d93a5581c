"""Clips that are whole and not good enough: drawn again with another seed, then by another renderer, then taken or refused."""

from dataclasses import replace
from pathlib import Path

from aiprod import paths
from aiprod.events import ClipFailed
from aiprod.manifests import ReviewReport
from aiprod.video import ClipStatus, Status
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter, SpoilingRenderer
from tests.house import BRIEF, drain, engines_with, make, open_house
from tests.unit.stages.conftest import Finished

DARK = "drawbox=c=black:t=fill"


def two_scenes(**renderers: ColourRenderer) -> PlainEngines:
    """The small engines, some renderers exchanged, and the second scene the last."""
    return replace(engines_with(**renderers), writers={"outline": PlainWriter(scenes=2)})


def test_a_flickering_clip_is_drawn_again_with_another_seed_and_the_user_is_told(tmp_path: Path) -> None:
    renderer = SpoilingRenderer(name="motion", spoiled=1)
    app = open_house(tmp_path / "home", two_scenes(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert len(set(renderer.seeds)) == 2, "asked again with the seed that gave the bad clip"
    (note,) = (note for note in video.notes if note.startswith("Scene 2 was"))
    assert note.startswith("Scene 2 was drawn again with another seed: Expected flicker (at most 3.0 levels)")
    clip = app.ledger.clip(f"{video.id}.1.02")
    assert (clip.reseeded, clip.seed, clip.renderer) == (1, renderer.seeds[1], "motion")
    assert clip.key in clip.address, "the clip with another seed lies under a KEY of its own"
    assert len(app.objects.under(f"clips/{video.id}/1/02-")) == 1, "the bad clip is still there"


def test_a_clip_that_another_seed_does_not_mend_goes_to_the_next_renderer(tmp_path: Path) -> None:
    motion, slideshow = SpoilingRenderer(name="motion"), ColourRenderer(name="slideshow")
    app = open_house(tmp_path / "home", two_scenes(motion=motion, slideshow=slideshow))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert (len(motion.seeds), slideshow.rendered) == (2, [2])
    assert any(note.startswith("Scene 2 was made by slideshow, because motion failed: Expected flicker") for note in video.notes)


def test_where_nobody_does_better_a_flickering_clip_is_taken_and_the_user_is_told(tmp_path: Path) -> None:
    app = open_house(
        tmp_path / "home",
        two_scenes(motion=SpoilingRenderer(name="motion"), slideshow=SpoilingRenderer(name="slideshow")),
    )
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert any("Scene 2 is as good as its renderers could make it: Expected flicker" in note for note in video.notes)


def test_where_nobody_draws_anything_but_black_the_video_fails_with_that_reason(tmp_path: Path) -> None:
    app = open_house(
        tmp_path / "home",
        two_scenes(
            motion=SpoilingRenderer(name="motion", filter=DARK), slideshow=SpoilingRenderer(name="slideshow", filter=DARK)
        ),
    )
    video = make(app)
    assert video.status is Status.FAILED
    assert video.failure.startswith("Scene 2 could not be made: Expected black pictures (at most 10%), found 100%.")


def test_a_paid_renderer_is_not_paid_twice_while_another_is_left(tmp_path: Path) -> None:
    paid, slideshow = SpoilingRenderer(name="motion", usd_per_second=0.4), ColourRenderer(name="slideshow")
    app = open_house(tmp_path / "home", two_scenes(motion=paid, slideshow=slideshow))
    assert make(app, replace(BRIEF, budget_usd=100.0)).status is Status.COMPLETED
    assert (len(paid.seeds), slideshow.rendered) == (1, [2])


def test_the_review_keeps_the_scores_of_every_clip(finished: Finished) -> None:
    report = finished.app.artefacts.read(ReviewReport, paths.review(finished.video.id, 1))
    assert [clip.scene for clip in report.clips] == [1, 2, 3]
    assert all(0.5 < dict(clip.scores)["sharpness"] <= 1 for clip in report.clips)


def test_a_late_word_of_a_refused_clip_does_not_stop_the_one_drawn_in_its_place(tmp_path: Path) -> None:
    renderer = SpoilingRenderer(name="motion", spoiled=1)
    app = open_house(tmp_path / "home", two_scenes(motion=renderer))
    video = make(app)
    late = ClipFailed(video=video.id, revision=1, scene=2, attempt=2, permanent=False, sentence="Late.", unfit="KEY")
    app.messages.publish("clip-failures", late)
    drain(app)
    assert app.ledger.clip(f"{video.id}.1.02").status is ClipStatus.READY
    assert len(renderer.seeds) == 2
