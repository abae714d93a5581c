"""What is written in a request is words, all the way into the film: no subtitle tag, no filter, no markup of any kind."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.backend.conftest import Browser, Site, open_site
from tests.doubles import PlainEngines, PlainWriter
from tests.house import drain

SUBTITLE_TAGS = r"{\an8\fs300\1c&H0000FF&}{\p1}m 0 0 l 2000 0 2000 2000 0 2000{\p0}{\pos(9,9)}\N\n\h"
FILTERS = "';[in]drawtext=text=%{pts}:x=1[out];movie=CANARY,metadata=print:file=CANARY:|@#%%$(touch CANARY)`touch CANARY`"
MARKUP = "</v><script>alert(1)</script><i>x --> y &amp; \"q\" <!-- c"
CONTROLS = "\u202e\u2066\u200b\ufeff\ue000"
EVERYTHING = f"{SUBTITLE_TAGS} {FILTERS} {MARKUP} {CONTROLS}"
PLAIN = "The tide goes out and the tide comes in and the moon pulls the sea"
LIFTED = " ".join(f"{{\\an8}}{word}" for word in PLAIN.split())
"""The same words at the same moments; read as tags, they would stand at the top of the picture."""
UPPER = slice(0, 70)
"""Rows of a small frame in which no subtitle stands."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return open_site(tmp_path_factory.mktemp("injection"), PlainEngines(writers={"outline": PlainWriter(scenes=1)}))


@pytest.fixture(scope="module")
def jane(site: Site) -> Browser:
    jane = site.register()
    site.services.users.set_tier(jane.id, "pro")
    return jane


def film(site: Site, jane: Browser, folder: Path, **request: object) -> dict[str, Any]:
    """A film that is made of a request; its bytes lie in `folder`."""
    answer = jane("POST", "/videos", json={"profile": "draft", "music": "none", "subtitles": "plain", "seed": 3, **request})
    assert answer.status_code == 201, answer.text
    drain(site.app)
    id = answer.json()["id"]
    video: dict[str, Any] = jane("GET", f"/videos/{id}").json()
    assert video["status"] == "completed", video["progress"]["failure"]
    for name in ("film.mp4", "subtitles.srt", "subtitles.vtt"):
        (folder / name).write_bytes(jane("GET", f"/videos/{id}/files/{name}").content)
    return video


def frames(path: Path) -> np.ndarray:
    """The film at two frames a second, small, in colour."""
    command = ["ffmpeg", "-v", "error", "-i", path, "-vf", "fps=2,scale=72:128", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 128, 72, 3).astype(int)


def script(said: str, written: str) -> str:
    """A script with the same words in each of its fields."""
    source = {"title": written[:400], "work": written[:200], "licence": written[:100], "url": f"https://x.test/{written}"}
    scene = {"visual": f"A calm sea {written}", "text": said, "title": written[:200], "mood": written[:80]}
    spoken = [{"text": said, "speaker": written[:80]}, {"text": PLAIN, "speaker": "second"}]
    second = {"visual": written, "lines": spoken, "title": written[:200]}
    return json.dumps({"version": 1, "title": written[:200], "writer": written[:80], "notes": [written], "scenes": [scene, second], "sources": [source]})


def test_no_words_of_a_script_are_taken_for_tags_filters_or_markup(site, jane, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    words = EVERYTHING.replace("CANARY", str(canary))
    harmless, hostile = tmp_path / "harmless", tmp_path / "hostile"
    for folder in (harmless, hostile):
        folder.mkdir()
    film(site, jane, harmless, script=script(PLAIN, "The tide"))
    video = film(site, jane, hostile, script=script(LIFTED, words))
    assert not canary.exists()
    assert words[:200] in str(video["title"]) or "drawtext" in json.dumps(video["scenes"])
    plain, drawn = frames(harmless / "film.mp4"), frames(hostile / "film.mp4")
    assert len(plain) == len(drawn)
    assert np.abs(plain[:, UPPER] - drawn[:, UPPER]).mean(axis=(1, 2, 3)).max() < 3.0, "something is drawn where no subtitle stands"
    cues = (hostile / "subtitles.vtt").read_text()
    assert "<script" not in cues and "<i>" not in cues and "{\\" not in cues
    assert cues.count("-->") == (hostile / "subtitles.srt").read_text().count("-->")


def test_no_words_of_a_theme_or_of_an_edited_scene_are_either(site, jane, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    words = EVERYTHING.replace("CANARY", str(canary))
    video = film(site, jane, tmp_path, theme=f"tide it's 100% {SUBTITLE_TAGS} {FILTERS} {MARKUP}".replace("CANARY", "/x")[:300], language="en")
    assert str(video["title"]).startswith("tide")
    cues = (tmp_path / "subtitles.vtt").read_text()
    assert "part" in cues and "<script" not in cues and "{\\" not in cues
    changed = jane("PATCH", f"/videos/{video['id']}/scenes/1", json={"text": f"{PLAIN} {words}", "visual": words})
    assert changed.status_code == 200, changed.text
    drain(site.app)
    again = jane("GET", f"/videos/{video['id']}").json()
    assert again["status"] == "completed", again["progress"]["failure"]
    assert "<script" not in jane("GET", f"/videos/{video['id']}/subtitles/vtt").text
    assert not canary.exists()
