"""Videos and clips over each document store, under many hands at once: nothing is lost and nothing happens twice."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest

from aiprod.brief import Brief
from aiprod.encoding import to_fields
from aiprod.errors import Conflict
from aiprod.events import AssemblyRequested, ClipRequested, Event
from aiprod.ledger import CLIPS, VIDEOS, Ledger
from aiprod.ports import Documents, Write
from aiprod.video import (
    Clip,
    ClipAskedAgain,
    ClipStatus,
    Message,
    SegmentsFinished,
    Status,
    Video,
    clip_id,
    create,
    deliver,
)

VIDEO_COUNT, CLIP_COUNT, HANDS = 300, 8, 16


class WallClock:
    def now(self) -> float:
        return time.time()


@dataclass
class Noted:
    """Implements ports.Publisher: keeps what it was given."""

    events: list[tuple[str, Event]] = field(default_factory=list)

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None:
        self.events.append((topic, event))


@pytest.fixture
def sent() -> Noted:
    return Noted()


@pytest.fixture
def ledger(documents: Documents, sent: Noted) -> Ledger:
    return Ledger(documents=documents, publisher=sent, clock=WallClock())


def rendering(id: str) -> Video:
    """A video whose clips were asked for; nothing is left to publish."""
    fresh = create(id, "owner", Brief(theme="the tide"), 1.0)
    scenes = tuple(range(1, CLIP_COUNT + 1))
    return replace(fresh, status=Status.RENDERING, planned=1, scenes=scenes, outbox=())


def requested(video: str, scene: int) -> Clip:
    return Clip(
        video=video, revision=1, scene=scene, renderer="motion", queue="render-cpu", key=f"k{scene}", spec="{}", frames=48,
        seed=scene, status=ClipStatus.REQUESTED,
    )  # fmt: skip


def patiently(act: Callable[[], object]) -> None:
    """As a delivery does: a conflict that lasts is delivered again."""
    while True:
        try:
            act()
        except Conflict:
            continue
        return


def by_many(acts: Sequence[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        for done in [hands.submit(patiently, act) for act in acts]:
            done.result()


def test_what_sixteen_hands_tell_one_video_is_all_there_and_all_published(ledger: Ledger, sent: Noted) -> None:
    ledger.open(rendering("v"))

    def tell(hand: int, turn: int) -> Callable[[], object]:
        event = ClipRequested(video="v", revision=1, scene=hand * 10 + turn)
        fact = ClipAskedAgain(
            revision=1,
            at=2.0,
            request=Message.carrying(event, topic="render-cpu"),
            notes=(f"hand {hand}, turn {turn}",),
        )
        return lambda: ledger.advance("v", fact)

    by_many([tell(hand, turn) for turn in range(3) for hand in range(HANDS)])
    video = ledger.get("v")
    assert sorted(video.notes) == sorted(f"hand {hand}, turn {turn}" for hand in range(HANDS) for turn in range(3))
    assert video.outbox == () and ledger.flush(video) == video
    scenes = {event.scene for _, event in sent.events if isinstance(event, ClipRequested)}
    assert scenes == {hand * 10 + turn for hand in range(HANDS) for turn in range(3)}


def test_sixteen_hands_that_change_one_clip_lose_no_change(ledger: Ledger, documents: Documents) -> None:
    documents.commit(
        [Write(collection=CLIPS, id=clip_id("v", 1, 1), fields=to_fields(requested("v", 1)), expected=None)]
    )

    def count() -> None:
        ledger.change_clip(clip_id("v", 1, 1), lambda clip: replace(clip, frames_done=clip.frames_done + 1))

    by_many([count] * (HANDS * 5))
    assert ledger.clip(clip_id("v", 1, 1)).frames_done == HANDS * 5


def test_of_sixteen_hands_at_a_gate_one_passes(ledger: Ledger) -> None:
    passed: list[bool] = []
    video = rendering("v")
    start = threading.Barrier(HANDS)

    def try_it() -> None:
        start.wait()
        passed.append(ledger.once(video, "1.assembly"))

    by_many([try_it] * HANDS)
    assert sorted(passed) == [False] * (HANDS - 1) + [True]
    assert ledger.once(replace(video, created_at=2.0), "1.assembly"), "deleted, and asked for again under its id"


def test_three_hundred_videos_of_eight_clips_are_each_assembled_once(
    ledger: Ledger, documents: Documents, sent: Noted
) -> None:
    names = [f"v{number:03d}" for number in range(VIDEO_COUNT)]
    scenes = range(1, CLIP_COUNT + 1)

    def ask(name: str) -> Callable[[], object]:
        video = Write(collection=VIDEOS, id=name, fields=to_fields(rendering(name)), expected=None)
        clips = [requested(name, scene) for scene in scenes]
        asked = [Write(collection=CLIPS, id=clip.id, fields=to_fields(clip), expected=None) for clip in clips]
        return lambda: documents.commit([video, *asked])

    def finish(name: str, scene: int) -> Callable[[], object]:
        def act() -> None:
            ledger.change_clip(clip_id(name, 1, scene), lambda clip: deliver(clip, f"clips/{name}/1/{scene:02d}-k.mp4"))
            if all(ledger.clip(clip_id(name, 1, other)).status is ClipStatus.READY for other in reversed(scenes)):
                gate = ledger.gate(rendering(name), "1.assembly")
                ledger.advance(name, SegmentsFinished(revision=1, at=3.0), writes=lambda: [gate])

        return act

    by_many([ask(name) for name in names])
    by_many([finish(name, scene) for name in names for scene in scenes])

    videos = ledger.all()
    assert Counter(video.status for video in videos) == {Status.ASSEMBLING: VIDEO_COUNT}
    assert len(documents.query("gates")) == VIDEO_COUNT
    assert not any(video.outbox for video in videos)
    requests = Counter(event.video for _, event in sent.events if isinstance(event, AssemblyRequested))
    assert set(requests) == set(names)
    histories = [[entered.status for entered in video.history] for video in videos]
    assert histories == [[Status.QUEUED, Status.ASSEMBLING]] * VIDEO_COUNT, "each decided once"
