"""A theme in English and a script in French become films on the command line, and a viewer finds all that belongs to them.

Everything is real here: writer, Kokoro, the motion renderer, the music, Whisper. `tests/entrypoints/` has the film that
is interrupted and taken up again.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aiprod.media.loudness import measure_loudness
from aiprod.media.probe import probe
from aiprod.speech.wer import word_error_rate

ROOT = Path(__file__).resolve().parents[2]
RATE = 15
SMALL = (90, 160)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for, and what must come of it."""

    words: tuple[str, ...]
    language: str
    title: str
    scenes: int
    size: tuple[int, int]
    writer: str
    voice: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film as it was handed over."""

    wanted: Wanted
    summary: dict[str, object]
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "film.mp4"

    def read(self, name: str) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.folder / name).read_text("utf-8"))
        return found

    @property
    def said(self) -> str:
        """All that the script wants to be spoken."""
        scenes = self.read("script.json")["scenes"]
        assert isinstance(scenes, list)
        return " ".join(scene["text"] for scene in scenes)


ENGLISH = Wanted(
    words=("The giant panda", "--scenes", "4", "--seconds", "20", "--aspect", "1:1"), language="en",
    title="The giant panda", scenes=4, size=(360, 360), writer="outline", voice="kokoro af_heart",
    credit="Giant panda, Wikipedia, CC BY-SA",
)  # fmt: skip
FRENCH = Wanted(
    words=("--script", str(ROOT / "examples" / "short-lune.md")), language="fr", title="La Lune en trois phrases",
    scenes=3, size=(360, 640), writer="markdown", voice="kokoro ff_siwis", credit="",
)  # fmt: skip


@pytest.fixture(scope="module", params=[ENGLISH, FRENCH], ids=["english", "french"])
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """`aiprod make ... --json`, from an empty store."""
    wanted: Wanted = request.param
    folder = tmp_path_factory.mktemp(wanted.language)
    run = subprocess.run(
        [sys.executable, "-m", "aiprod", "make", *wanted.words, "--profile", "draft", "--seed", "5", "--json"],
        cwd=folder, env={**os.environ, "AIPROD_HOME": str(folder / "home")}, capture_output=True, text=True,
        timeout=540, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout)
    return Film(wanted=wanted, summary=summary, folder=folder / summary["folder"])


def seconds_of(stamp: str) -> float:
    hours, minutes, seconds = re.split(":", stamp.replace(",", "."))
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def cues_of(text: str) -> list[tuple[float, float, str]]:
    """Start, end and words of every cue of an SRT or WebVTT file."""
    cues = re.findall(r"^([\d:.,]+) --> ([\d:.,]+)\n(.+?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return [(seconds_of(start), seconds_of(end), " ".join(words.split())) for start, end, words in cues]


def small_frames(path: Path) -> "np.ndarray[tuple[int, int, int], np.dtype[np.float32]]":
    """Every frame, grey. Shape: (frames, rows, columns)."""
    width, height = SMALL
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-vf", f"scale={width}:{height}", "-pix_fmt", "gray", "-f",
         "rawvideo", "-"],
        stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return np.frombuffer(run.stdout, np.uint8).reshape(-1, height, width).astype(np.float32)


def test_the_summary_tells_what_was_made_and_by_whom(film: Film) -> None:
    summary, wanted = film.summary, film.wanted
    assert (summary["status"], summary["failure"], summary["revision"]) == ("completed", "", 1)
    assert (summary["title"], summary["language"]) == (wanted.title, wanted.language)
    assert (summary["writer"], summary["voice"], summary["renderers"]) == (wanted.writer, wanted.voice, ["motion"])
    assert (summary["width_px"], summary["height_px"], summary["frames_a_second"]) == (*wanted.size, RATE)
    assert summary["cost_usd"] == 0.0
    assert summary["bytes"] == film.path.stat().st_size
    review, stages = summary["review"], summary["stages"]
    assert isinstance(review, dict)
    assert isinstance(stages, list)
    assert (review["verdict"], review["reasons"]) == ("approve", [])
    assert [stage["stage"] for stage in stages] == ["script", "narration", "clips", "assembly", "review"]
    assert all(stage["over"] for stage in stages)


def test_the_film_is_a_file_that_every_player_plays(film: Film) -> None:
    facts = probe(film.path)
    assert facts.picture is not None
    assert facts.sound is not None
    assert (facts.picture.width_px, facts.picture.height_px) == film.wanted.size
    assert (facts.picture.codec, facts.picture.profile, facts.picture.rate) == ("h264", "High", RATE)
    assert facts.picture.pixel_format == "yuv420p"
    assert (facts.sound.codec, facts.sound.rate_hz, facts.sound.channels) == ("aac", 48_000, 2)
    assert (facts.title, facts.language[:2]) == (film.wanted.title, film.wanted.language)
    content = film.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_film_lasts_what_its_timeline_says(film: Film) -> None:
    timeline = film.read("timeline.json")
    facts = probe(film.path)
    assert facts.picture is not None
    assert facts.sound is not None
    assert facts.picture.frames == timeline["frames"]
    assert film.summary["seconds"] == pytest.approx(facts.picture.frames / RATE)
    assert abs(facts.sound.seconds - facts.picture.seconds) < Fraction(1, RATE)
    words, shots = timeline["words"], timeline["shots"]
    assert isinstance(words, list)
    assert isinstance(shots, list)
    assert len(shots) == film.wanted.scenes
    assert Fraction(words[-1]["end"]) < facts.picture.seconds


def test_the_sound_is_as_loud_as_platforms_want_it(film: Film) -> None:
    loudness = measure_loudness(film.path)
    assert loudness.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert loudness.true_peak_dbtp <= -1.0
    assert film.summary["loudness_lufs"] == pytest.approx(loudness.integrated_lufs, abs=0.1)


def test_what_is_said_is_what_was_written(film: Film) -> None:
    heard = film.read("review.json")["heard"]
    rate = word_error_rate(film.said, str(heard), film.wanted.language)
    assert rate <= 0.35, heard
    review = film.summary["review"]
    assert isinstance(review, dict)
    assert review["word_error_rate"] == pytest.approx(rate)


@pytest.mark.parametrize("name", ["subtitles.srt", "subtitles.vtt"])
def test_the_captions_carry_every_word_in_its_time(film: Film, name: str) -> None:
    text = (film.folder / name).read_text("utf-8")
    cues = cues_of(text)
    assert " ".join(words for _, _, words in cues).split() == film.said.split()
    moments = [moment for start, end, _ in cues for moment in (start, end)]
    assert moments == sorted(moments)
    assert moments[0] >= 0
    assert moments[-1] <= probe(film.path).seconds
    assert (text.startswith("WEBVTT\n")) == (name.endswith("vtt"))


def test_the_subtitles_are_seen_in_the_picture(film: Film) -> None:
    findings = film.read("review.json")["findings"]
    assert isinstance(findings, list)
    (subtitles,) = [finding for finding in findings if finding["check"] == "subtitles"]
    assert subtitles["passed"], subtitles


def test_scenes_move_and_look_different(film: Film) -> None:
    frames = small_frames(film.path)
    shots = film.read("timeline.json")["shots"]
    assert isinstance(shots, list)
    middles = []
    for shot in shots:
        middle = shot["start_frame"] + shot["frames"] // 2
        moved = np.abs(frames[middle] - frames[middle - RATE // 2]).mean()
        assert moved > 0.5, f"scene {shot['scene']} stands still"
        middles.append(frames[middle])
    for first, second in pairwise(middles):
        assert np.abs(first - second).mean() > 8


@pytest.mark.parametrize("name", ["thumbnail.jpg", "poster.jpg"])
def test_the_thumbnail_and_the_poster_show_something(film: Film, name: str) -> None:
    with Image.open(film.folder / name) as picture:
        assert picture.size == film.wanted.size
        grey = np.asarray(picture.convert("L"), dtype=np.float32)
    assert grey.mean() > 25
    assert grey.std() > 12


def test_the_credits_name_whose_facts_were_used(film: Film) -> None:
    for credits in (film.read("manifest.json")["credits"], film.summary["credits"]):
        assert isinstance(credits, list)
        assert len(credits) == (1 if film.wanted.credit else 0)
        assert all(credit.startswith(film.wanted.credit) for credit in credits)


def test_the_manifest_lists_every_file_with_its_size(film: Film) -> None:
    manifest = film.read("manifest.json")
    exports = manifest["exports"]
    assert isinstance(exports, list)
    assert {export["name"]: export["size"] for export in exports} == {
        path.name: path.stat().st_size
        for path in film.folder.iterdir()
        if path.name not in ("manifest.json", "review.json")
    }
    assert film.summary["files"] == [export["name"] for export in exports]
