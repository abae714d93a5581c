"""Gemini Omni through the Interactions API."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from aiprod.errors import ContentRefused, EngineMissing, Throttled
from aiprod.media.probe import probe
from tests.hosted.video_server import (
    Reply,
    VideoServer,
    error_body,
    omni_done,
    omni_going_on,
    omni_says,
)
from tests.unit.visuals.hosted.conftest import Studio

Told = Callable[[int], None]
START, LOOK = "/interactions|POST", "/interactions/i-1|GET"


def test_a_project_gets_its_clip_inline_where_there_is_no_bucket(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    server.says(LOOK, omni_going_on(), omni_done(data=base64.b64encode(clip).decode()))
    server.says(START, omni_going_on())
    renderer = studio.renderer("omni")
    take = renderer.render(studio.shot(renderer, seconds=3.5), tmp_path, told)
    picture = probe(take.path).picture
    assert picture is not None and (picture.frames, picture.width_px, picture.height_px) == (105, 90, 160)
    started = next(one for one in server.asked if one.method == "POST")
    assert "/projects/p/locations/global/interactions" in started.path
    body = started.body
    assert (body["model"], body["background"], body["store"]) == ("gemini-omni-1.2-flash", True, True)
    form = body["response_format"]
    assert isinstance(form, dict)
    assert (form["duration"], form["aspect_ratio"], form["resolution"], form["delivery"]) == ("3s", "9:16", "720p", "inline")
    assert "elephant" in str(body["input"]) and "Not to be seen: text" in str(body["input"])


def test_a_bucket_is_named_to_the_service_and_read_from(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.bucket = "films"
    studio.objects.write("takes/x/clip.mp4", clip)
    server.says(LOOK, omni_done(uri="gs://films/takes/x/clip.mp4"))
    server.says(START, omni_going_on())
    renderer = studio.renderer("omni")
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    form = server.asked[0].body["response_format"]
    assert isinstance(form, dict)
    assert form["delivery"] == "uri" and str(form["gcs_uri"]).startswith("gs://films/takes/")


def test_a_key_alone_serves_and_the_clip_is_fetched_with_it(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.project = ""
    server.says("/files/abc:download", Reply(body=clip))
    server.says(LOOK, omni_done(uri="https://generativelanguage.googleapis.com/v1beta/files/abc:download?alt=media"))
    server.says(START, omni_going_on())
    renderer = studio.renderer("omni")
    renderer.check()
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    keys = {name.casefold(): value for name, value in server.asked[-1].headers.items()}
    assert keys["x-goog-api-key"] == "a-key"


def test_a_start_that_is_not_taken_is_asked_for_once_an_answer_not_five_times(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(START, Reply(status=429, body=error_body(429, "quota")))
    renderer = studio.renderer("omni")
    with pytest.raises(Throttled):
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert server.count("/interactions", "POST") == 2, "the client's own repetitions, which could pay twice, are off"


def test_a_model_that_answers_in_words_will_not_draw(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    server.says(LOOK, omni_says("I can't create videos of that."))
    server.says(START, omni_going_on())
    renderer = studio.renderer("omni")
    with pytest.raises(ContentRefused) as refused:
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert "I can't create videos of that." in str(refused.value)


def test_without_key_and_project_it_says_what_to_set(studio: Studio) -> None:
    studio.project = ""
    renderer = studio.renderer("omni")
    renderer.check()
    assert renderer.usd_per_second == pytest.approx(0.1122)
    from aiprod.models.gemini import GeminiAccess
    from aiprod.visuals.hosted.omni import Omni
    from aiprod.visuals.hosted.service import GoogleDoor

    with pytest.raises(EngineMissing) as missing:
        Omni(GoogleDoor(GeminiAccess(), "")).check()
    assert "AIPROD_GEMINI_KEY" in str(missing.value)
