"""A batch on the command line: checked whole, asked for once, made, handed over."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.adapters.storage import GcsObjects
from aiprod.adapters.topics import declare
from aiprod.bootstrap import SystemClock, open_app
from aiprod.events import VideoRequested, decode
from aiprod.settings import Settings
from cloud_local.notifications import bucket_of

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCRIPT = """# The tide

## Scene 1
**VISUAL:** The calm blue sea in the evening
**VOICE OVER:** The sea comes and goes.
"""
QUICK = {"profile": "draft", "renderer": "slideshow", "voice": "espeak:", "music": "none"}


def write(folder: Path, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "films.jsonl").write_text(text + "\n")


def listed(aiprod: Run) -> list[dict[str, object]]:
    rows = json.loads(aiprod("list", "--json", "--limit", "0").stdout)
    assert isinstance(rows, list)
    return rows


def test_nothing_is_started_while_a_single_line_is_wrong(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"}, {"theme": "Owls", "style": "baroque"}, {"script": "missing.md"})
    run = aiprod("batch", "films.jsonl", "--queue")
    assert run.returncode == 2
    first, second = run.stderr.splitlines()
    assert first.startswith("aiprod: films.jsonl, line 2: expected one of cinematic, ")
    assert first.endswith(' as "style", found "baroque"')
    assert second.startswith("films.jsonl, line 3: expected files and names that are there, found ")
    assert "missing.md" in second
    assert listed(aiprod) == []


def test_what_only_the_engines_know_is_told_with_its_line_too(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"}, {"theme": "Owls", "voice": "ghost"}, {"theme": "Owls", "renderer": "oil"})
    run = aiprod("batch", "films.jsonl", "--queue")
    assert run.returncode == 2
    assert [line.partition("films.jsonl, ")[2][:6] for line in run.stderr.splitlines()] == ["line 2", "line 3"]
    assert "'oil'" in run.stderr
    assert listed(aiprod) == []


def test_a_fault_in_a_script_is_told_with_both_lines(aiprod: Run, tmp_path: Path) -> None:
    (tmp_path / "tide.json").write_text('{\n"version": 1,\n"scenes": [{"visual": 7, "text": "Hello."}]\n}')
    write(tmp_path, {"script": "tide.json"})
    run = aiprod("batch", "films.jsonl", "--queue")
    assert run.returncode == 2
    assert run.stderr == (
        "aiprod: films.jsonl, line 1: expected `str` in scenes[0].visual (tide.json, line 3), found `int`\n"
    )


def requests_in(home: Path) -> int:
    """Requests that lie in the queue."""
    return open_app(Settings(home=home), log_file=home / "logs" / "test.log").embedded.backlog("script")


def test_asking_twice_asks_once(aiprod: Run, tmp_path: Path, home: Path) -> None:
    write(tmp_path, {"theme": "Bees", "seed": 1}, {"theme": "Bees", "seed": 2}, {"theme": "Owls"})
    first = json.loads(aiprod("batch", "films.jsonl", "--queue", "--json", "--owner", "ana").stdout)
    again = json.loads(aiprod("batch", "films.jsonl", "--queue", "--json", "--owner", "ana").stdout)
    assert (first["asked"], again["asked"]) == (3, 0)
    assert [row["id"] for row in first["videos"]] == [row["id"] for row in again["videos"]]
    assert len(listed(aiprod)) == 3
    assert requests_in(home) == 3
    other = json.loads(aiprod("batch", "films.jsonl", "--queue", "--json", "--owner", "bob").stdout)
    assert other["asked"] == 3
    assert len(listed(aiprod)) == 6


def test_a_line_that_is_added_is_all_that_is_asked_for(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"})
    assert aiprod("batch", "films.jsonl", "--queue").returncode == 0
    write(tmp_path, {"theme": "Owls"}, {"theme": "Bees"})
    found = json.loads(aiprod("batch", "films.jsonl", "--queue", "--json").stdout)
    assert [(row["line"], row["title"], row["new"]) for row in found["videos"]] == [(1, "Owls", True), (2, "Bees", False)]


def test_files_are_looked_for_beside_the_batch_file(aiprod: Run, tmp_path: Path, picture: Path) -> None:
    folder = tmp_path / "deep"
    (folder / "pictures").mkdir(parents=True)
    picture.rename(folder / "pictures" / "01.png")
    (folder / "tide.md").write_text(SCRIPT)
    write(folder, {"script": "tide.md", "media": "pictures"})
    found = json.loads(aiprod("batch", "deep/films.jsonl", "--queue", "--json").stdout)
    assert found["videos"][0]["title"] == "The tide"
    (folder / "tide.md").write_text(SCRIPT.replace("goes", "goes again"))
    changed = json.loads(aiprod("batch", "deep/films.jsonl", "--queue", "--json").stdout)
    assert changed["asked"] == 1


def test_a_quota_that_does_not_reach_starts_nothing(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"}, {"theme": "Owls"})
    assert aiprod("batch", "films.jsonl", "--queue", "--owner", "ana", "--quota", "2").returncode == 0
    write(tmp_path, {"theme": "Bees"}, {"theme": "Owls"}, {"theme": "Whales"})
    run = aiprod("batch", "films.jsonl", "--queue", "--owner", "ana", "--quota", "2")
    assert run.returncode == 2
    assert run.stderr == (
        "aiprod: --quota: expected at most 0 new videos (the quota is 2 a day, 2 are made or at work), found 1\n"
    )
    assert len(listed(aiprod)) == 2
    assert aiprod("batch", "films.jsonl", "--queue", "--owner", "ana", "--quota", "3").returncode == 0


def test_what_an_owner_may_not_have_at_work_yet_is_asked_for_later(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"}, {"theme": "Owls"}, {"theme": "Whales"})
    found = json.loads(aiprod("batch", "films.jsonl", "--queue", "--json", AIPROD_VIDEOS_AT_WORK="2").stdout)
    assert (found["asked"], [row["status"] for row in found["videos"]]) == (2, ["queued", "queued", "not asked"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("missing.jsonl",), "aiprod: Expected a batch file at missing.jsonl, found none that can be read"),
        (("films.jsonl", "--quota", "many"), "aiprod: --quota: expected a whole number from 1 to"),
        (("films.jsonl", "--owner", "a b"), "aiprod: --owner: expected letters, digits"),
    ],
)
def test_options_that_cannot_be_used_are_told(aiprod: Run, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    write(tmp_path, {"theme": "Bees"})
    assert aiprod("batch", *words).stderr.startswith(sentence)


def test_a_batch_is_made_handed_over_and_not_made_again(aiprod: Run, tmp_path: Path) -> None:
    (tmp_path / "tide.md").write_text(SCRIPT)
    write(tmp_path, {"script": "tide.md", **QUICK}, {"theme": "Qwxyz vbnm zzplk", "language": "en", **QUICK})
    run = aiprod("batch", "films.jsonl", "--out", "films", seconds=240)
    assert run.returncode == 1, run.stderr
    assert "line 1: The tide, completed" in run.stderr
    assert "line 2: Qwxyz vbnm zzplk, failed" in run.stderr
    assert "2 videos: 2 new, 1 completed, 1 failed." in run.stdout
    (film,) = (tmp_path / "films").glob("the-tide-*/film.mp4")
    before = film.stat().st_mtime_ns
    again = json.loads(aiprod("batch", "films.jsonl", "--out", "elsewhere", "--json", seconds=60).stdout)
    assert (again["asked"], again["completed"], again["failed"]) == (0, 1, 1)
    assert (tmp_path / again["videos"][0]["film"]).read_bytes() == film.read_bytes()
    assert film.stat().st_mtime_ns == before


@pytest.mark.emulators
def test_a_batch_for_the_cloud_is_messages_that_say_who_asks_for_what(
    aiprod: Run, tmp_path: Path, picture: Path, project: str
) -> None:
    declare(project, lambda stage: "")
    (tmp_path / "pictures").mkdir()
    picture.rename(tmp_path / "pictures" / "01.png")
    (tmp_path / "tide.md").write_text(SCRIPT)
    write(tmp_path, {"theme": "Bees", "voice": "Kore"}, {"script": "tide.md", "media": "pictures"})
    cloud = {"AIPROD_GOOGLE_PROJECT": project, "AIPROD_BUCKET": bucket_of(project)}
    words = ("batch", "films.jsonl", "--cloud", "google", "--owner", "ana", "--quota", "50")
    run = aiprod(*words, "--json", **cloud)
    assert run.returncode == 0, run.stderr
    asked = json.loads(run.stdout)
    assert [row["status"] for row in asked["videos"]] == ["published", "published"]
    again = aiprod(*words, **cloud)
    assert "2 videos: all published to the topic of requests" in again.stdout

    documents = FirestoreDocuments(project=project)
    messages = PubSubMessages(project=project, documents=documents, clock=SystemClock())
    taken = [one.message for _ in range(4) for one in messages.take("script-video-requests", most=10)]
    assert len(taken) == 4
    first = {one.attributes["line"]: one for one in taken}
    assert {name: first["2"].attributes[name] for name in ("owner", "quota", "batch", "video", "type", "sender")} == {
        "owner": "ana", "quota": "50", "batch": asked["batch"], "video": asked["videos"][1]["id"],
        "type": "VideoRequested", "sender": "",
    }  # fmt: skip
    events = [decode(one.data) for one in taken]
    assert all(isinstance(event, VideoRequested) and event.owner == "ana" for event in events)
    assert len({event.video for event in events if isinstance(event, VideoRequested)}) == 2
    brief = next(event.brief for event in events if isinstance(event, VideoRequested) and event.brief.media)
    kept = GcsObjects(project=project, bucket=bucket_of(project)).read(brief.media[0].address)
    assert kept == (tmp_path / "pictures" / "01.png").read_bytes()
    assert documents.query("videos") == []


def test_a_batch_for_a_cloud_that_is_not_set_up_says_what_to_set(aiprod: Run, tmp_path: Path) -> None:
    write(tmp_path, {"theme": "Bees"})
    run = aiprod("batch", "films.jsonl", "--cloud", "google")
    assert run.returncode == 2
    assert run.stderr == "aiprod: AIPROD_CLOUD=google also needs AIPROD_GOOGLE_PROJECT, AIPROD_BUCKET; set them.\n"
    assert aiprod("batch", "films.jsonl", "--cloud", "elsewhere").stderr == (
        "aiprod: --cloud: expected local or google, found 'elsewhere'\n"
    )
