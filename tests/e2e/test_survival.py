"""Kill everything, at random moments, again and again: the film is finished, and no finished work is made again."""

import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.manifests import ReviewReport
from aiprod.video import ClipStatus, Status
from tests.e2e.lives import labourer, live
from tests.house import open_house

KILLS = 40
MOST_LIVES = 150
SCENES = 5
LONGEST_SECONDS = 240
BRIEF = Brief(theme="the long tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)
TIMED = ("reviews/", "exports/the-film/1/review.json")
"""Artefacts that say how long their making took, and so differ from run to run."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished artefact as it lies in the store."""

    generation: int
    checksum: str
    inode: int
    written_ns: int


def kept(app: App) -> dict[str, Kept]:
    found = {}
    for stored in app.objects.under(""):
        state = app.objects.fetch(stored.address, Path()).stat()
        assert state.st_size == stored.size, f"{stored.address} is not whole"
        found[stored.address] = Kept(stored.generation, stored.crc32c, state.st_ino, state.st_mtime_ns)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A film that was finished in many lives, and the same one that nobody disturbed; `seen` is what each life left."""

    app: App
    calm: App
    kills: int
    seen: list[dict[str, Kept]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Kill after random times, short against what the film takes undisturbed; longer ones while nothing new was
    finished, so that the longest step fits."""
    home = tmp_path_factory.mktemp("killed") / "home"
    app, calm = open_house(home), open_house(home.with_name("calm"))
    options = ("--scenes", str(SCENES))
    for house in (app, calm):
        house.request(BRIEF, video="the-film")
    with labourer(calm.settings.home_folder, *options) as process:
        started = time.monotonic()
        assert live(process, LONGEST_SECONDS) == "done"
        undisturbed = time.monotonic() - started
    draw = random.Random(40)
    seen: list[dict[str, Kept]] = [{}]
    in_vain = 0
    ended = ""
    with labourer(home, *options) as process:
        while len(seen) <= MOST_LIVES and ended != "done":
            ended = live(process, draw.uniform(0.004, 0.028) * 1.5**in_vain * undisturbed)
            assert ended in ("killed", "done"), (home / "labourer.log").read_text()
            seen.append(kept(app))
            in_vain = in_vain + 1 if len(seen[-1]) == len(seen[-2]) else 0
    return Lived(app=app, calm=calm, kills=len(seen) - 2, seen=seen)


def test_forty_kills_end_in_a_finished_film_that_passed_its_review(lived: Lived) -> None:
    video = lived.app.ledger.get("the-film")
    assert KILLS <= lived.kills < MOST_LIVES
    assert video.status is Status.COMPLETED, video.failure
    assert (video.revision, video.notes) == (1, ())
    assert lived.app.artefacts.read(ReviewReport, paths.review(video.id, 1)).verdict == "approve"
    assert [clip.status for clip in lived.app.ledger.clips(video.id, 1)] == [ClipStatus.READY] * SCENES
    assert lived.app.messages.dead_letters() == ()
    assert lived.app.messages.outstanding() == 0


def test_no_finished_artefact_is_lost_or_made_again(lived: Lived) -> None:
    for before, after in zip(lived.seen, lived.seen[1:], strict=False):
        assert {address: after.get(address) for address in before} == before
    log = lived.app.settings.home_folder / "logs" / "test.log"
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.endswith("}")]
    made = Counter(line["address"] for line in lines if line["event"] == "artefact made")
    assert made
    assert max(made.values()) == 1, made.most_common(3)
    assert [line["address"] for line in lines if line["event"] == "artefact made twice"] == []


def test_no_engine_begins_what_is_finished(lived: Lived) -> None:
    app = lived.app
    finished = {}
    for scene in range(1, SCENES + 1):
        (clip,) = app.objects.under(f"clips/the-film/1/{scene:02d}-")
        sounds = app.objects.under(f"sounds/the-film/1/{scene:02d}-")
        finished[f"render {scene}"] = kept(app)[clip.address].written_ns
        finished[f"speak This is part {scene} of {BRIEF.theme}."] = max(
            kept(app)[sound.address].written_ns for sound in sounds
        )
    finished["listen"] = kept(app)[paths.review("the-film", 1)].written_ns
    begun = (app.settings.home_folder / "journal").read_text().splitlines()
    for line in begun:
        at, _, what = line.split(" ", 2)
        assert int(at) < finished[what], line
    assert {line.split(" ", 2)[2] for line in begun} == set(finished)


def test_the_killed_film_is_the_undisturbed_one_byte_for_byte(lived: Lived) -> None:
    def artefacts(app: App) -> dict[str, str]:
        return {found.address: found.crc32c for found in app.objects.under("") if not found.address.startswith(TIMED)}

    assert artefacts(lived.app) == artefacts(lived.calm)


def test_nothing_of_the_dead_is_left_lying_about(lived: Lived) -> None:
    home = lived.app.settings.home_folder
    assert list((home / "objects" / ".incoming").iterdir()) == []
    assert list((home / "scratch").glob("*/*")) == []
