"""What breaks under a film: the disk, ffmpeg, stored files, fonts, weights. Told in a sentence or mended, and then resumed."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.engines import Voices
from aiprod.errors import Unavailable
from aiprod.models.registry import Registry
from aiprod.settings import Settings
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.e2e.lives import ROOT, begin, labourer, live, outcome
from tests.house import drain, open_house
from tests.thin import drain_thin

BRIEF = Brief(theme="the tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)
LONGEST_SECONDS = 120


def intact(app: App) -> bool:
    """Whether the store's file is sound and every object is as long as its row says."""
    with sqlite3.connect(app.settings.home_folder / "store.sqlite3") as store:
        ((verdict,),) = store.execute("PRAGMA integrity_check").fetchall()
    objects = app.objects.under("")
    return verdict == "ok" and all(app.objects.fetch(one.address, Path()).stat().st_size == one.size for one in objects)


def pieces(app: App) -> dict[str, str]:
    """Checksums of the film, its sound and its segments."""
    kinds = ("mixes/", "segments/", "exports/the-film/1/film.mp4")
    return {found.address: found.crc32c for found in app.objects.under("") if found.address.startswith(kinds)}


def made_calmly(home: Path) -> dict[str, str]:
    app = open_house(home)
    app.request(BRIEF, video="the-film")
    drain(app)
    return pieces(app)


# --- the disk


@pytest.mark.parametrize("largest_file", [300_000, 700_000])
def test_a_disk_that_takes_no_more_ends_the_worker_with_a_sentence_and_the_film_goes_on(
    tmp_path: Path, largest_file: int
) -> None:
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF).id
    with labourer(tmp_path / "home", "--scenes", "3") as process:
        assert live(process, LONGEST_SECONDS, largest_file) == "broke"
        assert "aiprod: The store " in (tmp_path / "home" / "labourer.log").read_text()
        assert intact(app)
        assert not app.ledger.get(video).over
        assert live(process, LONGEST_SECONDS) == "done"
    assert app.ledger.get(video).status is Status.COMPLETED
    assert intact(app)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_that_the_disk_refuses_leaves_nothing_and_may_be_done_again(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    content = random.Random(1).randbytes(6_000_000)
    address = "clips/video/1/01-key.mp4"
    app.objects.write("uploads/video/a", b"first")
    with largest_file(5_000_000), pytest.raises(Unavailable, match=f"The disk refused writing {address}: File too large"):
        app.objects.write(address, content)
    assert app.objects.stat(address) is None
    assert list((tmp_path / "home" / "objects" / ".incoming").iterdir()) == []
    assert app.messages.outstanding() == 0
    app.objects.write(address, content)
    assert app.objects.read(address) == content
    assert intact(app)


# --- ffmpeg


def descendants(process: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    waiting = [process]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


class Killer(threading.Thread):
    """Kills, under a process, the first ffmpeg of every second kind: equal but for the files that it reads and writes.

    Of every second, because an event that fails five times is given up, and a film's last step starts ffmpeg often."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.seen: set[tuple[bytes, ...]] = set()
        self.kills = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.01):  # none lives shorter, and looking at all processes takes as long
            for child in descendants(self.process):
                try:
                    words = (Path("/proc") / str(child) / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                program = next((at for at, word in enumerate(words) if word.endswith((b"ffmpeg", b"ffprobe"))), None)
                kind = tuple(word for word in words[program:] if b"/" not in word)
                if program is None or kind in self.seen:
                    continue
                self.seen.add(kind)
                if len(self.seen) % 2:
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
                        self.kills += 1


def test_a_film_whose_ffmpegs_are_killed_is_finished_all_the_same(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    app.request(BRIEF, video="the-film")
    with labourer(tmp_path / "home", "--scenes", "3") as process:
        killer = Killer(process.pid)
        killer.start()
        begin(process, LONGEST_SECONDS)
        ended = outcome(process)
        killer.over.set()
        killer.join()
    video = app.ledger.get("the-film")
    assert ended == "done"
    assert killer.kills >= 4
    assert (video.status, video.failure, video.notes) == (Status.COMPLETED, "", ())
    assert intact(app)
    assert pieces(app) == made_calmly(tmp_path / "calm")


# --- stored files


def test_stored_files_cut_short_are_made_again_and_never_copied(tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "home", PlainEngines(renderers={**PlainEngines().renderers, "motion": renderer}))
    video = app.request(BRIEF)
    drain(app)
    clip, *_ = app.objects.under(f"clips/{video.id}/1/01-")
    segment, *_ = app.objects.under(f"segments/{video.id}/1/000-")
    whole = {kind: app.objects.read(one.address) for kind, one in (("clips", clip), ("segments", segment))}
    for one in (clip, segment):
        path = app.objects.fetch(one.address, tmp_path)
        path.chmod(0o644)
        os.truncate(path, one.size // 2)
    app.retry(video.id, (3,))
    drain(app)
    again = app.ledger.get(video.id)
    assert (again.status, again.revision, again.notes) == (Status.COMPLETED, 2, ()), again.failure
    assert sorted(renderer.rendered) == [1, 1, 2, 3, 3]
    for kind, content in whole.items():
        made, *_ = app.objects.under(f"{kind}/{video.id}/2/0")
        assert app.objects.read(made.address) == content


def test_a_stored_file_that_vanished_fails_the_film_with_its_address_and_a_retry_makes_it_again(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF)
    drain(app)
    (sound,) = app.objects.under(f"mixes/{video.id}/1/")
    app.objects.fetch(sound.address, tmp_path).unlink()
    app.retry(video.id, (3,))
    drain(app)
    again = app.ledger.get(video.id)
    assert (again.status, again.revision) == (Status.COMPLETED, 2), again.failure
    assert app.objects.read(app.objects.under(f"mixes/{video.id}/2/")[0].address)


# --- fonts


def test_a_missing_font_fails_the_film_with_what_to_install_and_a_retry_finishes_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    for package in ("aiprod", "tests"):
        shutil.copytree(ROOT / package, broken / package, ignore=shutil.ignore_patterns("golden", "__pycache__"))
    for font in (broken / "aiprod" / "media" / "fonts").glob("*.ttf"):
        font.unlink()
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF).id
    with labourer(tmp_path / "home", "--scenes", "2", root=broken) as process:
        assert live(process, LONGEST_SECONDS) == "done"
    failed = app.ledger.get(video)
    assert failed.status is Status.FAILED
    assert failed.failure.startswith("Expected the face ")
    assert "install AIPROD again or install fonts" in failed.failure
    app.retry(video, ())
    with labourer(tmp_path / "home", "--scenes", "2") as process:
        assert live(process, LONGEST_SECONDS) == "done"
    mended = app.ledger.get(video)
    assert (mended.status, mended.revision) == (Status.COMPLETED, 2), mended.failure


# --- weights


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The models of this machine, to be broken without harm."""
    folder = tmp_path / "models"
    folder.mkdir()
    for model in Settings().models_folder.iterdir():
        if model.name != "kokoro" and not model.name.startswith("."):
            (folder / model.name).symlink_to(model)
    shutil.copytree(Settings().models_folder / "kokoro", folder / "kokoro", symlinks=True)
    return folder


def speaking(home: Path, models: Path) -> App:
    voices = Voices(Registry(models))
    return open_house(home, PlainEngines(writers={"outline": PlainWriter(scenes=1)}, voices=voices))  # type: ignore[arg-type]


def test_weights_cut_short_are_told_and_the_next_voice_speaks(tmp_path: Path, models: Path) -> None:
    (weights,) = models.glob("kokoro/*/*.onnx")
    os.truncate(weights, 1000)
    app = speaking(tmp_path / "home", models)
    video = app.request(BRIEF)
    drain_thin(app)
    found = app.ledger.get(video.id)
    assert found.status is Status.COMPLETED, found.failure
    told = " ".join(found.notes)
    assert "kokoro-v1.0.int8.onnx (92.4 MB, found 1000 bytes)" in told
    assert "Run `aiprod models fetch kokoro`." in told
    assert "The narration is spoken by " in told


def test_weights_of_the_right_size_and_wrong_bytes_fail_with_what_to_do_and_a_retry_finishes(
    tmp_path: Path, models: Path
) -> None:
    (weights,) = models.glob("kokoro/*/*.onnx")
    content = weights.read_bytes()
    weights.write_bytes(bytes(len(content)))
    app = speaking(tmp_path / "home", models)
    video = app.request(BRIEF)
    drain_thin(app)
    found = app.ledger.get(video.id)
    assert found.status is Status.FAILED
    assert "aiprod models fetch kokoro" in found.failure
    weights.write_bytes(content)
    mended = speaking(tmp_path / "home", models)
    mended.retry(video.id, ())
    drain_thin(mended)
    assert mended.ledger.get(video.id).status is Status.COMPLETED, mended.ledger.get(video.id).failure
