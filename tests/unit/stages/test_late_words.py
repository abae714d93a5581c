"""Events that come twice and late, clips that are drawn after they were given up, videos that trouble the sweep."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.errors import MediaBroken
from aiprod.events import AssemblyRequested, ClipFailed, DeliveryFailed, Event, SweepTicked
from aiprod.video import Clip, ClipStatus, StageGaveUp, Status, Video, claim
from tests.doubles import ColourRenderer, PlainWriter, SpoilingRenderer
from tests.house import BRIEF, engines_with, open_house
from tests.thin import drain_thin

STAGES = ("monitor", "assembly", "clips", "narration", "script")
REFUSED = "The subject may not be shown."


@dataclass
class House:
    """A house whose stages work only when told to; clips are drawn by the test."""

    app: App
    video: Video
    failures: list[ClipFailed] = field(default_factory=list)

    def settle(self) -> None:
        """Have the stages do all that there is to do for them."""
        waits = True
        while waits:
            waits = False
            for stage in STAGES:
                while (delivery := self.app.messages.pull(stage, lease_seconds=60.0)) is not None:
                    waits = True
                    self.failures += [delivery.event] if isinstance(delivery.event, ClipFailed) else []
                    self.app.deliveries.deliver(stage, delivery.event)
                    self.app.messages.acknowledge(delivery)

    def tell(self, stage: str, event: Event) -> None:
        self.app.deliveries.deliver(stage, event)
        self.settle()

    def clip(self, scene: int) -> Clip:
        return self.app.ledger.clip(f"{self.video.id}.1.{scene:02d}")

    def begin(self, scene: int, task: str) -> Clip:
        """A task claims a clip."""
        now = self.app.clock.now()
        held, claimed = self.app.ledger.change_clip(self.clip(scene).id, lambda clip: claim(clip, task, now, 60.0))
        assert claimed
        return held

    def draw(self, clip: Clip, folder: Path) -> Path:
        """What the clip's renderer makes of it."""
        from aiprod.rendering.shots import Shots

        renderers = self.app.engines.renderers
        folder.mkdir()
        shot = Shots(artefacts=self.app.artefacts, renderers=renderers).fetched(clip, folder)
        return renderers[clip.renderer].render(shot, folder, lambda _: None).path

    def land(self, clip: Clip, file: Path) -> None:
        """The clip's file is in storage, and its event was heard of."""
        self.app.artefacts.land(address(clip), clip.key, file)
        self.settle()


def address(clip: Clip) -> str:
    return paths.clip(clip.video, clip.revision, clip.scene, clip.key)


def house(tmp_path: Path, **renderers: ColourRenderer) -> House:
    engines = replace(engines_with(**renderers), writers={"outline": PlainWriter(scenes=2)})
    app = open_house(tmp_path / "home", engines)
    found = House(app, app.request(BRIEF))
    found.settle()
    return found


def refusal(clip: Clip) -> ClipFailed:
    return ClipFailed(video=clip.video, revision=1, scene=clip.scene, attempt=clip.attempt, permanent=True, sentence=REFUSED)


@pytest.mark.parametrize("claimed", [False, True])
def test_a_failure_told_twice_does_not_fail_the_renderer_that_took_over(tmp_path: Path, claimed: bool) -> None:
    own = house(tmp_path)
    failed = refusal(own.begin(2, "first"))
    own.tell("monitor", failed)
    assert own.clip(2).renderer == "slideshow"
    if claimed:
        own.begin(2, "second")
    before = own.clip(2)
    own.tell("monitor", failed)
    assert own.clip(2) == before
    assert own.app.ledger.get(own.video.id).status is Status.RENDERING


def test_a_clip_that_comes_after_its_renderer_was_given_up_is_not_taken_for_the_next_ones(tmp_path: Path) -> None:
    own = house(tmp_path)
    slow = own.begin(2, "slow")
    own.tell("monitor", refusal(slow))
    present = own.begin(2, "second")
    own.land(slow, own.draw(slow, tmp_path / "slow"))
    assert own.clip(2) == present, "drawn by motion, and told of as the slideshow's"
    own.land(present, own.draw(present, tmp_path / "present"))
    assert (own.clip(2).status, own.clip(2).address) == (ClipStatus.READY, address(present))


def test_a_bad_clip_that_comes_again_does_not_fail_the_one_that_is_drawn_in_its_place(tmp_path: Path) -> None:
    own = house(tmp_path, motion=SpoilingRenderer(name="motion", spoiled=1))
    bad = own.begin(2, "slow")
    file = own.draw(bad, tmp_path / "bad")
    own.land(bad, file)
    present = own.begin(2, "second")
    assert (present.reseeded, len(own.failures)) == (1, 1)
    own.land(bad, file)  # the first task had lost its lease, and was slow
    assert own.clip(2) == present
    assert len(own.failures) == 1


def test_a_clip_that_is_lost_with_every_task_goes_to_the_next_renderer(tmp_path: Path) -> None:
    own = house(tmp_path)
    tasks = 0
    while own.clip(2).renderer == "motion" and tasks < 50:
        tasks += 1
        held = own.begin(2, f"task {tasks}")
        own.app.ledger.change_clip(held.id, lambda clip: replace(clip, lease_until=0.0))
        own.tell("monitor", SweepTicked(at=own.app.clock.now()))
    assert (tasks, own.clip(2).renderer, own.clip(2).status) == (12, "slideshow", ClipStatus.REQUESTED)
    assert "Scene 2 was made by slideshow, because motion failed: its renderer was lost" in own.app.ledger.get(own.video.id).notes


def test_a_video_that_cannot_be_swept_fails_and_keeps_no_other_from_being_looked_after(tmp_path: Path) -> None:
    own = house(tmp_path)
    others = [own.app.request(BRIEF, video=id) for id in ("0-before", "zz-after")]
    own.settle()
    own.app.objects.delete(paths.plan(own.video.id, 1))
    for video in others:
        clip = own.app.ledger.clips(video.id, 1)[0]
        own.app.ledger.change_clip(clip.id, lambda clip: claim(clip, "dead", 0.0, 1.0))
    own.tell("monitor", SweepTicked(at=own.app.clock.now()))
    assert [own.app.ledger.clips(video.id, 1)[0].status for video in others] == [ClipStatus.REQUESTED] * 2
    broken = own.app.ledger.get(own.video.id)
    assert broken.status is Status.FAILED and "plans/" in broken.failure


def test_a_deleted_video_that_is_asked_for_again_under_its_id_is_made_again(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    for made in range(2):
        app.request(BRIEF, video="the-line-of-a-batch")
        drain_thin(app)
        video = app.ledger.get("the-line-of-a-batch")
        assert video.status is Status.COMPLETED, video.failure
        assert app.tallies.totals().sum("videos", status="completed") == made + 1
        app.library.delete(video)


@pytest.mark.parametrize("revision", [1, 2])
@pytest.mark.parametrize("undeliverable", [False, True])
def test_a_failure_that_comes_after_a_retry_stops_the_earlier_revision_alone(
    tmp_path: Path, undeliverable: bool, revision: int
) -> None:
    own = house(tmp_path)
    ledger, name = own.app.ledger, own.video.id
    ledger.advance(name, StageGaveUp(revision=1, at=own.app.clock.now(), sentence="The disk was full."))
    own.app.retry(name, (1,))
    own.settle()
    assert ledger.get(name).revision == 2
    if undeliverable:
        own.tell("monitor", DeliveryFailed(subscription="assembly", video=name, sentence="Tried often.", revision=revision))
    else:
        def broken(_: Event) -> None:
            raise MediaBroken("Expected a segment, found none.")

        failing = replace(own.app.deliveries, stages={"assembly": broken})
        failing.deliver("assembly", AssemblyRequested(video=name, revision=revision))
    assert (ledger.get(name).status is Status.FAILED) == (revision == 2)
