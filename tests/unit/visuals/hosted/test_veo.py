"""Veo through its protocol: what is asked for, what comes of each answer, and that nothing is started twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aiprod.errors import ContentRefused, EngineMissing, InvalidSetting, Permanent, Throttled, Unavailable
from aiprod.logs import context
from aiprod.media.probe import probe
from tests.hosted.video_server import (
    Reply,
    VideoServer,
    error_body,
    veo_done,
    veo_filtered,
    veo_going_on,
    veo_started,
    veo_stored,
)
from tests.unit.visuals.hosted.conftest import Studio

Told = Callable[[int], None]
START, LOOK = ":predictLongRunning", ":fetchPredictOperation"


def test_a_scene_becomes_a_clip_of_the_shots_frames_rate_and_shape(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, veo_going_on(), veo_going_on(), veo_done(clip))
    renderer = studio.renderer()
    with context(video="v1"):
        take = renderer.render(studio.shot(renderer, seconds=3.5), tmp_path, told)
    facts = probe(take.path)
    assert facts.picture is not None and facts.sound is None
    assert (facts.picture.frames, facts.picture.rate) == (105, 30)
    assert (facts.picture.width_px, facts.picture.height_px) == (90, 160)
    assert facts.picture.colour_matrix == "bt709"
    started = next(one for one in server.asked if START in one.path)
    assert started.headers["Authorization"] == "Bearer a-token"
    assert "elephant walking in the savanna" in str(started.body["instances"])
    asked = started.body["parameters"]
    assert isinstance(asked, dict)
    assert (asked["durationSeconds"], asked["aspectRatio"], asked["resolution"]) == (4, "9:16", "720p")
    assert (asked["generateAudio"], asked["sampleCount"], asked["seed"]) == (False, 1, 7)
    assert "watermark" in str(asked["negativePrompt"])
    (paid,) = studio.expenses.of("v1")
    assert (paid.engine, paid.model, paid.bought) == ("veo", "veo-3.1-fast-generate-001", "4 s at 720p")
    assert paid.usd == pytest.approx(0.40)


def test_the_same_shot_asked_again_is_neither_started_nor_paid_again(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, veo_done(clip))
    with context(video="v1"):
        for number in range(2):
            folder = tmp_path / str(number)
            folder.mkdir()
            renderer = studio.renderer()
            renderer.render(studio.shot(renderer), folder, told)
    assert server.count(START) == 1
    assert len(studio.expenses.of("v1")) == 1


def test_a_shot_longer_than_a_clip_is_asked_as_several_views_and_joined(
    studio: Studio, server: VideoServer, tmp_path: Path, clip: bytes, told: Told
) -> None:
    from tests.hosted.film_clips import make_clip

    long = make_clip(tmp_path / "long.mp4", seconds=8)
    server.says(START, veo_started())
    server.says(LOOK, veo_done(clip), veo_done(long))
    renderer = studio.renderer()
    take = renderer.render(studio.shot(renderer, seconds=12), tmp_path, told)
    picture = probe(take.path).picture
    assert picture is not None and picture.frames == 360
    starts = [one.body for one in server.asked if START in one.path]
    assert [dict(body["parameters"])["durationSeconds"] for body in starts] == [4, 8]  # type: ignore[call-overload]
    prompts = [str(body["instances"]) for body in starts]
    assert prompts[0] != prompts[1] and "closer" in prompts[1]
    assert take.notes == (), "the joined clips last as long as the shot: nothing comes round again"


def test_a_filtered_scene_is_refused_with_the_filters_reason_and_not_asked_for_again(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, veo_filtered("Support code 29310472: violence"))
    renderer = studio.renderer()
    for _ in range(2):
        with pytest.raises(ContentRefused) as refused:
            renderer.render(studio.shot(renderer), tmp_path, told)
        assert "violence" in str(refused.value)
    assert server.count(START) == 1
    assert studio.breaker("veo").read().failures == 0, "a refusal is no fault of the service"


def test_a_prompt_refused_at_the_start_is_refused_content(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(status=400, body=error_body(400, "The prompt violates Vertex AI's usage guidelines.")))
    renderer = studio.renderer()
    with pytest.raises(ContentRefused):
        renderer.render(studio.shot(renderer), tmp_path, told)


def test_a_spent_quota_is_waited_for_then_told_as_throttled_and_leaves_nothing_behind(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(status=429, body=error_body(429, "Quota exceeded")), Reply(status=429, body=error_body(429, "q")),
                veo_started())  # fmt: skip
    server.says(LOOK, veo_done(clip))
    renderer = studio.renderer()
    with pytest.raises(Throttled):
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert server.count(START) == 2, "one start, and one more after a wait"
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()


def test_a_start_whose_answer_is_lost_is_not_made_again_and_the_sentence_says_why(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(cut=True))
    renderer = studio.renderer()
    for _ in range(2):
        with pytest.raises(Permanent) as given_up:
            renderer.render(studio.shot(renderer), tmp_path, told)
        assert "not started again" in str(given_up.value)
    assert server.count(START) == 1


def test_a_start_whose_answer_is_lost_is_found_in_storage(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.bucket = "films"
    renderer = studio.renderer()

    def lose(asked: object) -> Reply:
        uri = str(dict(server.asked[-1].body["parameters"])["storageUri"])  # type: ignore[call-overload]
        studio.objects.write(uri.removeprefix("gs://films/") + "1234/sample_0.mp4", clip)
        return Reply(status=504, body=error_body(504, "deadline"))

    server.says(START, lose)
    with context(video="v1"):
        take = renderer.render(studio.shot(renderer), tmp_path, told)
    assert take.path.is_file()
    assert server.count(START) == 1
    assert studio.expenses.total_usd("v1") == pytest.approx(0.40)


def test_a_clip_in_the_bucket_is_taken_from_there(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.bucket = "films"
    studio.objects.write("takes/abc/sample_0.mp4", clip)
    server.says(START, veo_started())
    server.says(LOOK, veo_stored("gs://films/takes/abc/sample_0.mp4"))
    renderer = studio.renderer()
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()


def test_an_operation_that_is_gone_is_looked_for_in_storage_first(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.bucket = "films"
    renderer = studio.renderer()
    stored: list[str] = []

    def start(asked: object) -> Reply:
        stored.append(str(dict(server.asked[-1].body["parameters"])["storageUri"]))  # type: ignore[call-overload]
        return veo_started()

    def gone(asked: object) -> Reply:
        studio.objects.write(stored[0].removeprefix("gs://films/") + "sample_0.mp4", clip)
        return Reply(status=404, body=error_body(404, "Operation not found"))

    server.says(START, start)
    server.says(LOOK, gone)
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 1


def test_an_operation_that_is_gone_without_a_clip_may_be_asked_for_anew_a_few_times(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, Reply(status=404, body=error_body(404, "Operation not found")))
    renderer = studio.renderer()
    for _ in range(3):
        with pytest.raises(Unavailable):
            renderer.render(studio.shot(renderer), tmp_path, told)
    with pytest.raises(Permanent):
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert server.count(START) == 3


def test_an_operation_is_followed_through_a_short_outage(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, Reply(status=503, body=error_body(503, "busy")), Reply(cut=True), veo_going_on(), veo_done(clip))
    renderer = studio.renderer()
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 1


def test_a_failed_operation_is_tried_again_and_costs_nothing(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    failed = Reply(body={"name": "x", "done": True, "error": {"code": 13, "message": "Internal error"}})
    server.says(LOOK, failed, veo_done(clip))
    renderer = studio.renderer()
    with context(video="v1"):
        with pytest.raises(Unavailable):
            renderer.render(studio.shot(renderer), tmp_path, told)
        assert studio.expenses.of("v1") == ()
        assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 2


def test_an_operation_that_never_ends_is_left_for_later_and_found_again(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, veo_started())
    server.says(LOOK, veo_going_on())
    renderer = studio.renderer()
    with pytest.raises(Unavailable) as late:
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert "longer than" in str(late.value)
    server.replies[LOOK] = [veo_done(clip)]
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 1


def test_five_failures_leave_the_service_alone_and_later_one_clip_tries_it(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(status=503, body=error_body(503, "overloaded")))
    renderer = studio.renderer()
    for seed in range(5):
        with pytest.raises(Unavailable):
            renderer.render(studio.shot(renderer, seed=seed), tmp_path, told)
    asked = server.count(START)
    with pytest.raises(Permanent) as shut:
        renderer.render(studio.shot(renderer, seed=9), tmp_path, told)
    assert "left alone until" in str(shut.value)
    assert server.count(START) == asked, "an open breaker asks nothing"
    studio.clock.pause(121)
    server.replies[START] = [veo_started()]
    server.says(LOOK, veo_done(clip))
    assert renderer.render(studio.shot(renderer, seed=9), tmp_path, told).path.is_file()
    assert studio.breaker("veo").read().state == "closed"


def test_an_empty_picture_is_not_shown(studio: Studio, server: VideoServer, tmp_path: Path, told: Told) -> None:
    from aiprod.errors import MediaBroken
    from tests.hosted.film_clips import make_clip

    black = make_clip(tmp_path / "black.mp4", source="color")
    server.says(START, veo_started())
    server.says(LOOK, veo_done(black))
    renderer = studio.renderer()
    with pytest.raises(MediaBroken) as empty:
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert "found an even one" in str(empty.value)


def test_credentials_that_may_not_are_a_setting_to_mend(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(status=403, body=error_body(403, "Permission aiplatform.endpoints.predict denied")))
    renderer = studio.renderer()
    with pytest.raises(InvalidSetting) as denied:
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert "roles/aiplatform.user" in str(denied.value)


def test_what_to_set_is_said_before_anything_is_asked(studio: Studio) -> None:
    studio.project = ""
    with pytest.raises(EngineMissing) as missing:
        studio.renderer().check()
    assert "AIPROD_GOOGLE_PROJECT" in str(missing.value)
    studio.project = "p"
    with pytest.raises(EngineMissing) as unknown:
        studio.renderer(model="veo-1").check()
    assert "AIPROD_VEO_MODEL" in str(unknown.value)
    assert studio.renderer().usd_per_second == pytest.approx(0.135)
