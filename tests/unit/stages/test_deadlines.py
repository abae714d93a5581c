"""Who is late and who only waits: machines that slept, lines that are long, renderers that hang."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from aiprod.bootstrap import App
from aiprod.encoding import to_fields
from aiprod.events import SweepTicked
from aiprod.ledger import VIDEOS
from aiprod.ports import Write
from aiprod.video import Clip, ClipStatus, Status, Video, claim
from tests.house import BRIEF, open_house
from tests.thin import drain_thin

HOUR = 3600.0


def sweep(app: App) -> None:
    app.deliveries.deliver("monitor", SweepTicked(at=app.clock.now()))


def watched_all_along(app: App) -> None:
    """As if sweeps had come one after the other for days."""
    sweep(app)
    found = app.documents.get("watches", "sweeps")
    assert found is not None
    fields = {**found.fields, "since": app.clock.now() - 100 * HOUR}
    app.documents.commit([Write(collection="watches", id="sweeps", fields=fields, expected=found.version)])


def aged(app: App, video: str, hours: float) -> Video:
    """As if the video had entered its status so long ago."""
    found = app.documents.get(VIDEOS, video)
    assert found is not None
    known = app.ledger.get(video)
    old = replace(known.history[-1], at=app.clock.now() - hours * HOUR)
    after = replace(known, history=(*known.history[:-1], old))
    app.documents.commit([Write(collection=VIDEOS, id=video, fields=to_fields(after), expected=found.version)])
    return after


def serve(app: App, *stages: str) -> None:
    """Have these stages do what waits for them, and no other."""
    for stage in stages:
        while (delivery := app.messages.pull(stage, lease_seconds=30.0)) is not None:
            app.deliveries.deliver(stage, delivery.event)
            app.messages.acknowledge(delivery)


def narrating(app: App) -> Video:
    """A video whose narration was begun, and is spoken."""
    video = app.request(BRIEF)
    serve(app, "script", "narration")
    found = app.ledger.get(video.id)
    assert found.status is Status.NARRATING
    return found


def rendering(app: App) -> Video:
    """A video whose clips wait for their renderer."""
    video = narrating(app)
    serve(app, "clips")
    found = app.ledger.get(video.id)
    assert found.status is Status.RENDERING
    assert {clip.status for clip in app.ledger.clips(video.id, 1)} == {ClipStatus.REQUESTED}
    return found


def test_a_video_that_was_interrupted_for_days_goes_on_where_it_stopped(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = narrating(app)
    aged(app, video.id, 48)
    drain_thin(app)
    assert app.ledger.get(video.id).status is Status.COMPLETED, app.ledger.get(video.id).failure


@pytest.mark.parametrize(("hours", "failed"), [(1.9, False), (2.1, True)])
def test_a_stage_has_two_hours_while_somebody_watches(tmp_path: Path, hours: float, failed: bool) -> None:
    app = open_house(tmp_path / "home")
    video = narrating(app)
    watched_all_along(app)
    aged(app, video.id, hours)
    sweep(app)
    assert (app.ledger.get(video.id).status is Status.FAILED) is failed


@pytest.mark.parametrize(("hours", "failed"), [(9, False), (25, True)])
def test_who_stands_in_line_for_a_script_behind_a_long_batch_is_not_late(tmp_path: Path, hours: float, failed: bool) -> None:
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF)
    watched_all_along(app)
    aged(app, video.id, hours)
    sweep(app)
    assert (app.ledger.get(video.id).status is Status.FAILED) is failed


def test_who_stands_in_line_for_pictures_is_not_late_and_has_its_time_when_it_is_its_turn(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = rendering(app)
    watched_all_along(app)
    aged(app, video.id, 9)
    sweep(app)
    assert app.ledger.get(video.id).status is Status.RENDERING
    first = app.ledger.clips(video.id, 1)[0]
    app.ledger.change_clip(first.id, lambda clip: claim(clip, "somebody", time.time() - HOUR, 2 * HOUR))
    sweep(app)
    assert app.ledger.get(video.id).status is Status.RENDERING


def test_a_renderer_that_hangs_and_keeps_its_lease_fails_the_video_in_the_end(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = rendering(app)
    watched_all_along(app)
    aged(app, video.id, 3)

    def hanging(clip: Clip) -> Clip:
        return claim(clip, "somebody", time.time() - 2.5 * HOUR, 9 * HOUR)

    for clip in app.ledger.clips(video.id, 1):
        app.ledger.change_clip(clip.id, hanging)
    sweep(app)
    assert "stayed rendering for longer than 7200 s" in app.ledger.get(video.id).failure
