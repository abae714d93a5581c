"""A task that draws several clips at once: who is drawn together, who is not, and whose end is whose."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aiprod.bootstrap import App
from aiprod.compare_and_set import remove
from aiprod.errors import ContentRefused, DeviceLost, NotFound, Unavailable
from aiprod.ledger import CLIPS
from aiprod.ports import Shot, Take
from aiprod.sittings import Outcome, Sitting
from aiprod.video import Clip, ClipStatus
from tests.doubles import ColourRenderer
from tests.house import engines_with, open_house
from tests.unit.rendering.queues import QUEUE, clip, failures, queue_film, there

LEASE_SECONDS = 1.5
KEPT_SECONDS = 1.4 * LEASE_SECONDS
"""As long as a lease lasts only if it was prolonged again and again, every third of it."""


@dataclass
class CrowdRenderer(ColourRenderer):
    """Draws shots of one length together, in a few bytes each; `faults` are of scenes, `meanwhile` is done as it begins."""

    name: str = "crowd"
    most: int = 4
    sat: list[list[int]] = field(default_factory=list)
    meanwhile: Callable[[Sequence[Sitting]], object] = lambda _: None
    breaks_after: int = 99

    def most_together(self) -> int:
        return self.most

    def company(self, shot: Shot) -> str:
        return str(shot.frames)

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        self.sat.append([sitting.shot.scene for sitting in sittings])
        self.meanwhile(sittings)
        for place, sitting in enumerate(sittings):
            if place == self.breaks_after:
                raise RuntimeError("the card fell out")
            try:
                yield place, self.take(sitting)
            except Exception as error:  # noqa: BLE001  it is what became of it
                yield place, error

    def take(self, sitting: Sitting) -> Take:
        waiting = self.faults.get(sitting.shot.scene, [])
        if waiting:
            raise waiting.pop(0)
        sitting.progress(sitting.shot.frames)
        path = sitting.folder / "take.mp4"
        path.write_text(f"scene {sitting.shot.scene} of seed {sitting.shot.seed}")
        return Take(path=path, notes=self.notes)


def house(home: Path, renderer: ColourRenderer, **settings: object) -> App:
    quick: dict[str, object] = {"render_tasks": 1, "lease_seconds": 20.0, **settings}
    return open_house(home, engines_with(crowd=renderer), **quick)


def work(app: App) -> int:
    return app.render_job().run(QUEUE)


@pytest.mark.parametrize("owner", ["", "anna"])
def test_clips_that_share_a_batch_are_drawn_together_and_each_is_delivered(tmp_path: Path, owner: str) -> None:
    crowd = CrowdRenderer(notes=("it rained",))
    app = house(tmp_path, crowd)
    clips = [clip("film", scene) for scene in range(1, 7)]
    queue_film(app, "film", clips, owner=owner)
    assert work(app) == 6
    assert crowd.sat == [[1, 2, 3, 4], [5, 6]]
    assert there(app, clips) == [1, 2, 3, 4, 5, 6]
    assert [app.objects.read(f"clips/film/1/0{scene}-filmk{scene}.mp4") for scene in (1, 4)] == [
        b"scene 1 of seed 1", b"scene 4 of seed 4",
    ]  # fmt: skip
    assert {(one.status, one.attempt) for one in app.ledger.clips("film", 1)} == {(ClipStatus.RENDERING, 1)}
    assert app.ledger.get("film").notes == ("it rained",)
    assert app.messages.backlog(QUEUE) == 0
    assert list((tmp_path / "scratch").glob("*/clip-*")) == []


def test_only_clips_that_could_share_its_batch_are_taken_with_the_first(tmp_path: Path) -> None:
    crowd, other = CrowdRenderer(), CrowdRenderer(name="other")
    app = open_house(tmp_path, engines_with(crowd=crowd, other=other), render_tasks=1)
    clips = [
        clip("film", 1), clip("film", 2, frames=30), clip("film", 3, renderer="other"), clip("film", 4, version="2"),
        clip("film", 5), clip("film", 6, frames=30),
    ]  # fmt: skip
    queue_film(app, "film", clips)
    assert work(app) == 6
    assert crowd.sat == [[1, 5], [2, 6], [4]]
    assert other.sat == [[3]]


def test_clips_wait_for_a_batch_only_while_more_of_them_wait_than_tasks_may_run(tmp_path: Path) -> None:
    for tasks, sat in ((1, [4, 2]), (2, [3, 2, 1]), (6, [1] * 6)):
        crowd = CrowdRenderer()
        app = house(tmp_path / str(tasks), crowd, render_tasks=tasks)
        queue_film(app, "film", [clip("film", scene) for scene in range(1, 7)])
        assert work(app) == 6
        assert [len(scenes) for scenes in crowd.sat] == sat


def test_owners_take_turns_within_a_batch_too(tmp_path: Path) -> None:
    crowd = CrowdRenderer()
    app = house(tmp_path, crowd)
    queue_film(app, "many", [clip("many", scene) for scene in range(1, 6)], owner="anna")
    queue_film(app, "few", [clip("few", scene) for scene in (7, 8)], owner="bert")
    assert work(app) == 7
    assert crowd.sat[0] == [1, 7, 2, 8]


def test_a_task_whose_time_is_over_takes_on_no_clip_and_leaves_the_others_to_the_next(tmp_path: Path) -> None:
    crowd = CrowdRenderer(most=1, meanwhile=lambda _: time.sleep(0.3))
    app = house(tmp_path, crowd, job_seconds=0.5)
    clips = [clip("film", scene) for scene in range(1, 6)]
    queue_film(app, "film", clips)
    first = work(app)
    assert 1 <= first <= 2
    left = [one for one in app.ledger.clips("film", 1) if one.status is ClipStatus.REQUESTED]
    assert len(left) == 5 - first
    assert app.messages.backlog(QUEUE) == 5 - first
    while app.messages.backlog(QUEUE):
        assert work(app) > 0
    assert there(app, clips) == [1, 2, 3, 4, 5]


def test_equal_work_is_drawn_once_and_copied(tmp_path: Path) -> None:
    crowd = CrowdRenderer()
    app = house(tmp_path, crowd)
    films = {name: [clip(name, scene, key=f"k{scene}") for scene in (1, 2)] for name in ("one", "two")}
    for name, clips in films.items():
        queue_film(app, name, clips)
    assert work(app) == 4
    assert crowd.sat == [[1, 2]]
    assert [there(app, clips) for clips in films.values()] == [[1, 2], [1, 2]]


def test_a_renderer_that_draws_one_at_a_time_is_given_one(tmp_path: Path) -> None:
    plain = ColourRenderer(name="crowd")
    app = house(tmp_path, plain)
    clips = [clip("film", scene) for scene in (1, 2)]
    queue_film(app, "film", clips)
    assert work(app) == 2
    assert plain.rendered == [1, 2]
    assert there(app, clips) == [1, 2]


def test_one_that_cannot_be_drawn_loses_none_of_the_others(tmp_path: Path) -> None:
    faults = {2: [ContentRefused("Nobody draws this.")], 3: [Unavailable("The card is hot.")], 4: [ValueError("odd")]}
    crowd = CrowdRenderer(most=5, faults=faults)  # type: ignore[arg-type]
    app = house(tmp_path, crowd)
    clips = [clip("film", scene) for scene in range(1, 6)]
    queue_film(app, "film", clips)
    assert work(app) == 2
    assert crowd.sat == [[1, 2, 3, 4, 5]]
    assert there(app, clips) == [1, 5]
    assert [(one.scene, one.permanent, one.sentence) for one in failures(app)] == [
        (2, True, "Nobody draws this."), (3, False, "The card is hot."), (4, False, "ValueError: odd"),
    ]  # fmt: skip


def test_a_task_whose_card_is_lost_takes_on_no_other_clip(tmp_path: Path) -> None:
    crowd = CrowdRenderer(most=1, faults={1: [DeviceLost("The card is lost.")]})
    app = house(tmp_path, crowd)
    clips = [clip("film", scene) for scene in (1, 2)]
    queue_film(app, "film", clips)
    assert work(app) == 0
    assert [(one.scene, one.permanent) for one in failures(app)] == [(1, False)]
    assert work(app) == 1
    assert there(app, clips) == [2]


def test_what_was_drawn_before_the_renderer_broke_is_delivered(tmp_path: Path) -> None:
    crowd = CrowdRenderer(breaks_after=1)
    app = house(tmp_path, crowd)
    clips = [clip("film", scene) for scene in (1, 2, 3)]
    queue_film(app, "film", clips)
    assert work(app) == 1
    assert there(app, clips) == [1]
    assert [(one.scene, one.permanent, one.sentence) for one in failures(app)] == [
        (scene, False, "RuntimeError: the card fell out") for scene in (2, 3)
    ]


def test_a_clip_whose_video_is_deleted_while_it_is_drawn_ends_alone(tmp_path: Path) -> None:
    crowd = CrowdRenderer()
    app = house(tmp_path, crowd, lease_seconds=LEASE_SECONDS)
    queue_film(app, "kept", [clip("kept", scene) for scene in (1, 2)])
    queue_film(app, "gone", [clip("gone", 3)])

    def delete(sittings: Sequence[Sitting]) -> None:
        remove(app.documents, CLIPS, "gone.1.03")
        deadline = time.monotonic() + 10
        with suppress(NotFound):
            while time.monotonic() < deadline:
                sittings[2].progress(1)
                time.sleep(0.05)

    crowd.meanwhile = delete
    work(app)
    assert crowd.sat[0] == [1, 2, 3]
    assert there(app, [clip("kept", 1), clip("kept", 2), clip("gone", 3)]) == [1, 2]
    (failed,) = failures(app)
    assert (failed.video, failed.sentence) == ("gone", "Expected the video gone, found that it was deleted.")


def test_every_lease_of_a_batch_is_kept_and_the_progress_of_each_clip_is_noted(tmp_path: Path) -> None:
    crowd = CrowdRenderer()
    app = house(tmp_path, crowd, lease_seconds=LEASE_SECONDS)
    clips = [clip("film", scene) for scene in (1, 2, 3)]
    queue_film(app, "film", clips)
    seen: list[Clip] = []
    begun: list[float] = []

    def draw(sittings: Sequence[Sitting]) -> None:
        begun.append(app.clock.now())
        for sitting in sittings:
            sitting.progress(sitting.shot.scene)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            seen[:] = app.ledger.clips("film", 1)
            if all(one.frames_done and one.lease_until > begun[0] + KEPT_SECONDS for one in seen):
                return
            time.sleep(0.05)

    crowd.meanwhile = draw
    work(app)
    assert [(one.scene, one.frames_done) for one in seen] == [(1, 1), (2, 2), (3, 3)]
    assert all(one.lease_owner == app.owner for one in seen)
    assert all(one.lease_until > begun[0] + KEPT_SECONDS for one in seen)


def test_two_tasks_at_once_never_draw_the_same_clip(tmp_path: Path) -> None:
    drawn: list[tuple[int, int]] = []
    crowd = CrowdRenderer(meanwhile=lambda sittings: drawn.extend((one.shot.seed, one.shot.scene) for one in sittings))
    app = house(tmp_path, crowd)
    clips = [clip(f"film{seed}", scene, seed=seed) for seed in range(4) for scene in range(1, 5)]
    for seed in range(4):
        queue_film(app, f"film{seed}", clips[seed * 4 : seed * 4 + 4], owner=("", "anna", "bert")[seed % 3])
    tasks = [threading.Thread(target=work, args=(app,)) for _ in range(3)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    assert sorted(drawn) == [(seed, scene) for seed in range(4) for scene in range(1, 5)]
    assert max(len(scenes) for scenes in crowd.sat) > 1
    assert len(there(app, clips)) == 16
