"""The state machine: whatever is told, in whatever order, a video stays sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiprod.brief import Brief
from aiprod.encoding import from_json, to_json
from aiprod.errors import NOT_GOOD_ENOUGH, Misuse
from aiprod.events import AssemblyRequested, ClipRequested, RevisionRequested, StatusChanged
from aiprod.video import (
    ENDS,
    WAY,
    Clip,
    ClipAskedAgain,
    ClipNoted,
    ClipsPlanned,
    ClipStatus,
    Fact,
    FilmAssembled,
    Message,
    ReviewPassed,
    ReviewRejected,
    RevisionOpened,
    ScriptStarted,
    ScriptWritten,
    SegmentsFinished,
    StageGaveUp,
    Status,
    Video,
    VideoCancelled,
    advance,
    ask,
    claim,
    create,
    deliver,
    fail,
    hand_over,
    hold,
    published,
)

REQUEST = Message.carrying(ClipRequested(video="v", revision=1, scene=1), topic="render-cpu")


def fresh() -> Video:
    return create("v", "ann", Brief(theme="bees"), 0.0)


def facts(revision: int, at: float = 1.0) -> list[Fact]:
    """The facts of a revision that goes well, in order."""
    return [
        ScriptStarted(revision=revision, at=at),
        ScriptWritten(revision=revision, at=at, title="Bees", language="en", scenes=(1, 2, 3)),
        ClipsPlanned(revision=revision, at=at, requests=(REQUEST,)),
        SegmentsFinished(revision=revision, at=at),
        FilmAssembled(revision=revision, at=at),
        ReviewPassed(revision=revision, at=at),
    ]


def told(video: Video, *what: Fact) -> Video:
    for fact in what:
        video = advance(video, fact)
    return video


def test_a_video_that_goes_well_passes_every_status_in_order() -> None:
    video = told(fresh(), *facts(1))
    assert [entered.status for entered in video.history] == [*WAY, Status.COMPLETED]


def test_a_fact_told_three_times_changes_and_announces_nothing_more() -> None:
    once = told(fresh(), *facts(1))
    thrice = told(fresh(), *(fact for fact in facts(1) for _ in range(3)))
    assert thrice == once


def test_every_change_of_status_is_announced_once() -> None:
    video = told(fresh(), *facts(1), *facts(1))
    announced = [message.event.status for _, message in video.outbox if isinstance(message.event, StatusChanged)]
    assert announced == [entered.status for entered in video.history]


def test_the_assembly_is_asked_for_once_and_only_after_the_clips_were_planned() -> None:
    early = told(fresh(), *facts(1)[:2], SegmentsFinished(revision=1, at=1.0))
    assert early.status is Status.NARRATING
    video = told(early, *facts(1)[2:5], SegmentsFinished(revision=1, at=2.0))
    assert sum(isinstance(message.event, AssemblyRequested) for _, message in video.outbox) == 1


def test_an_overtaking_event_carries_the_video_forward() -> None:
    video = told(fresh(), facts(1)[1], facts(1)[2])
    assert video.status is Status.RENDERING and video.scenes == (1, 2, 3)


def test_a_rejected_film_redoes_its_scenes_once_and_then_fails_with_the_reasons() -> None:
    rejected = ReviewRejected(revision=1, at=2.0, scenes=(2,), reasons=("Scene 2 is black.",))
    again = told(fresh(), *facts(1)[:5], rejected)
    assert (again.status, again.revision) == (Status.RENDERING, 2)
    request = again.outbox[-1][1].event
    assert request == RevisionRequested(video="v", revision=2, scenes=(2,))
    failed = told(again, *facts(2)[:5], ReviewRejected(revision=2, at=3.0, scenes=(2,), reasons=("Scene 2 is black.",)))
    assert failed.status is Status.FAILED and "Scene 2 is black." in failed.failure
    assert failed.failure_kind == NOT_GOOD_ENOUGH


def test_a_rejection_without_scenes_fails_at_once() -> None:
    video = told(fresh(), *facts(1)[:5], ReviewRejected(revision=1, at=2.0, scenes=(), reasons=("The sound is late.",)))
    assert video.status is Status.FAILED


@pytest.mark.parametrize("end", [ReviewPassed(revision=1, at=2.0), StageGaveUp(revision=1, at=2.0, sentence="no", kind="unavailable")])
def test_a_finished_video_can_be_opened_again(end: Fact) -> None:
    video = told(fresh(), *facts(1)[:5], end, RevisionOpened(revision=1, at=3.0, scenes=(1,)))
    assert (video.status, video.revision, video.failure, video.failure_kind) == (Status.RENDERING, 2, "", "")
    assert told(video, *facts(2)).status is Status.COMPLETED


def test_a_video_that_failed_without_a_script_starts_with_the_script_again() -> None:
    video = told(fresh(), StageGaveUp(revision=1, at=1.0, sentence="no"), RevisionOpened(revision=1, at=2.0, scenes=()))
    assert video.status is Status.SCRIPTING


def test_a_video_at_work_cannot_be_opened_again() -> None:
    with pytest.raises(Misuse, match="rendering"):
        told(fresh(), *facts(1)[:3], RevisionOpened(revision=1, at=2.0, scenes=(1,)))


def test_a_cancelled_video_stays_cancelled() -> None:
    video = told(fresh(), *facts(1)[:3], VideoCancelled(revision=1, at=2.0), *facts(1))
    assert video.status is Status.CANCELLED


def test_what_was_published_leaves_the_outbox_and_nothing_else_does() -> None:
    video = told(fresh(), *facts(1)[:2])
    names = frozenset({video.outbox[0][0]})
    assert published(video, names).outbox == video.outbox[1:]


def any_fact() -> st.SearchStrategy[Fact]:
    revision = st.integers(1, 3)
    simple = [ScriptStarted, SegmentsFinished, FilmAssembled, ReviewPassed, VideoCancelled]
    return st.one_of(
        *(st.builds(kind, revision=revision, at=st.just(1.0)) for kind in simple),
        st.builds(ScriptWritten, revision=revision, at=st.just(1.0), title=st.just("t"), language=st.just("en"),
                  scenes=st.just((1, 2))),
        st.builds(ClipsPlanned, revision=revision, at=st.just(1.0), requests=st.just((REQUEST,))),
        st.builds(ClipNoted, revision=revision, at=st.just(1.0), notes=st.just(("Enlarged.",))),
        st.builds(ClipAskedAgain, revision=revision, at=st.just(1.0), request=st.just(REQUEST)),
        st.builds(ReviewRejected, revision=revision, at=st.just(1.0), scenes=st.sampled_from([(), (1,)]),
                  reasons=st.just(("bad",))),
        st.builds(StageGaveUp, revision=revision, at=st.just(1.0), sentence=st.just("no")),
        st.builds(RevisionOpened, revision=revision, at=st.just(1.0), scenes=st.just((1,))),
    )  # fmt: skip


@given(st.lists(any_fact(), max_size=40))
def test_no_order_of_facts_breaks_a_video(told_facts: list[Fact]) -> None:
    video = fresh()
    for fact in told_facts:
        before = video
        try:
            video = advance(video, fact)
        except Misuse:
            assert isinstance(fact, RevisionOpened) and before.status not in (Status.COMPLETED, Status.FAILED)
            continue
        assert video.revision in (before.revision, before.revision + 1)
        if video.revision == before.revision and before.status in ENDS:
            assert video.status is before.status
        if video.revision == before.revision and video.status in WAY:
            assert WAY.index(video.status) >= WAY.index(before.status)
        if video.revision > before.revision:
            assert before.status in (Status.REVIEWING, Status.COMPLETED, Status.FAILED)
        assert advance(video, fact) == video or isinstance(fact, ClipAskedAgain)
        assert video.outbox[: len(before.outbox)] == before.outbox
        assert len({name for name, _ in video.outbox}) == len(video.outbox)
    assert from_json(Video, to_json(video)) == video


# --- clips


CLIP = {"video": "v", "revision": 1, "scene": 1, "renderer": "motion", "queue": "render-cpu", "key": "k",
        "spec": "{}", "frames": 30, "seed": 1, "renderers": ("slideshow",)}  # fmt: skip


def clip(**fields: object) -> Clip:
    return Clip(**{**CLIP, **fields})  # type: ignore[arg-type]  # fmt: skip


def test_two_tasks_cannot_hold_one_clip() -> None:
    first = claim(ask(clip()), "a", 0.0, 30.0)
    assert first.lease_owner == "a" and claim(first, "b", 10.0, 30.0) == first


def test_a_silent_task_loses_its_clip_to_the_next_and_cannot_keep_it() -> None:
    first = claim(ask(clip()), "a", 0.0, 30.0)
    second = claim(first, "b", 31.0, 30.0)
    assert (second.lease_owner, second.attempt) == ("b", 2)
    assert hold(second, "a", 100.0, 5) == second and hold(second, "b", 100.0, 5).frames_done == 5


def test_a_late_failure_does_not_spoil_a_ready_clip() -> None:
    ready = deliver(claim(ask(clip()), "a", 0.0, 30.0), "clips/v/1/01-k.mp4")
    assert fail(ready, 1, "late") == ready and ask(ready) == ready


def test_a_failure_of_an_earlier_attempt_does_not_stop_the_present_one() -> None:
    second = claim(claim(ask(clip()), "a", 0.0, 30.0), "b", 31.0, 30.0)
    assert fail(second, 1, "the first attempt") == second


def test_a_failed_clip_goes_to_the_next_renderer_whom_no_late_word_of_the_first_can_stop() -> None:
    failed = fail(claim(ask(clip()), "a", 0.0, 30.0), 1, "no GL")
    handed = ask(hand_over(failed, renderer="slideshow", queue="render-cpu", key="other", spec="{}"))
    assert (handed.status, handed.renderers, handed.attempt - handed.earlier) == (ClipStatus.REQUESTED, (), 0)
    taken = claim(handed, "b", 9.0, 30.0)
    assert (taken.attempt - taken.earlier, taken.claimed_at) == (1, 9.0)
    assert [fail(one, 1, "no GL") for one in (handed, taken)] == [handed, taken]
