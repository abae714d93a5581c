"""What happens when clips fail, hang or are lost."""

import time
from dataclasses import replace
from pathlib import Path

from aiprod.bootstrap import App
from aiprod.errors import ContentRefused, Unavailable
from aiprod.video import ClipStatus, Status
from tests.doubles import ColourRenderer
from tests.house import BRIEF, engines_with, open_house
from tests.thin import make_thin, thin_worker


def test_a_clip_that_fails_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion", faults={2: [Unavailable("The driver is busy."), Unavailable("Again.")]})
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make_thin(app)
    assert video.status is Status.COMPLETED, video.failure
    assert renderer.rendered.count(2) == 3


def test_a_clip_that_its_renderer_refuses_is_made_by_the_next_and_the_user_is_told(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion", faults={2: [ContentRefused("The subject may not be shown.")]})
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make_thin(app)
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
    video = make_thin(app)
    assert video.status is Status.FAILED
    assert video.failure == "Scene 2 could not be made: The subject may not be shown."


def test_a_task_that_dies_with_its_clip_loses_it_to_another(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", lease_seconds=0.6)
    video = app.request(BRIEF)
    thin_worker(app).run(until=lambda: bool(app.ledger.clips(video.id, 1)) and app.ledger.get(video.id).planned == 1)
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
    thin_worker(app).run(until=lambda: app.ledger.get(video).over or time.monotonic() > ends)


def test_a_clip_is_tried_at_most_four_times_before_the_next_renderer(tmp_path: Path) -> None:
    motion = ColourRenderer(name="motion", faults={2: [Unavailable("Busy.") for _ in range(9)]})
    slideshow = ColourRenderer(name="slideshow")
    app = open_house(tmp_path / "home", engines_with(motion=motion, slideshow=slideshow))
    video = make_thin(app)
    assert video.status is Status.COMPLETED, video.failure
    assert (motion.rendered.count(2), slideshow.rendered) == (4, [2])


def test_a_stage_that_outlives_its_deadline_fails_the_video(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", stage_deadline_seconds=0.5, sweep_seconds=0.2)
    video = app.request(BRIEF)
    assert app.messages.pull("script", lease_seconds=60.0), "somebody took it, and is never heard of again"
    drain_until_over(app, video.id, 20.0)
    found = app.ledger.get(video.id)
    assert found.status is Status.FAILED
    assert "stayed queued for longer than" in found.failure


def test_an_event_that_was_lost_is_delivered_again(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", redeliver_seconds=0.6, sweep_seconds=0.2)
    video = app.request(BRIEF)
    request = app.messages.pull("script", lease_seconds=60.0)
    assert request is not None
    app.messages.acknowledge(request)
    drain_until_over(app, video.id)
    assert app.ledger.get(video.id).status is Status.COMPLETED
