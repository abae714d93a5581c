"""A whole film on the command line: interrupted, taken up again, handed over, shown; and one that cannot be."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SCRIPT = """# Two seas

**MUSIC:** none

**VISUAL:** Low waves on a beach at dawn, wide shot, slow pan.
**VOICE OVER:** The sea is calm.

**VISUAL:** Snowy mountains at noon under a blue sky, slow zoom.
**VOICE OVER:** The snow is deep.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A film made in two goes."""

    folder: Path
    environment: dict[str, str]
    first: "subprocess.CompletedProcess[str]"
    left: list[str]
    second: "subprocess.CompletedProcess[str]"

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "aiprod", *words], cwd=self.folder, env=self.environment, capture_output=True,
            text=True, timeout=300, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip

    @property
    def summary(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.second.stdout)
        return found


def processes_of(home: Path) -> list[str]:
    """Command lines of the living processes that work on that store."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            if f"AIPROD_HOME={home}".encode() in environment and int(process.name) != os.getpid():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (OSError, ValueError):
            continue
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Interrupt `make` once the script is there; then `resume`."""
    folder = tmp_path_factory.mktemp("film")
    home = folder / "home"
    (folder / "seas.md").write_text(SCRIPT)
    environment = {**os.environ, "AIPROD_HOME": str(home)}
    command = [sys.executable, "-m", "aiprod", "make", "--script", "seas.md", "--profile", "draft", "--seed", "3"]
    # A shell's background jobs ignore SIGINT and so do their children, unless told otherwise.
    process = subprocess.Popen(
        ["env", "--default-signal=INT", *command], cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = ""
    while line := process.stderr.readline():
        said += line
        if line.startswith("script: "):
            process.send_signal(signal.SIGINT)
            break
    output, complaints = process.communicate(timeout=60)
    first = subprocess.CompletedProcess(command, process.returncode, output, said + complaints)
    left = processes_of(home)
    id = first.stderr.strip().split()[-1]
    second = subprocess.run(
        [sys.executable, "-m", "aiprod", "resume", id, "--json"], cwd=folder, env=environment, capture_output=True,
        text=True, timeout=400, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return Made(folder=folder, environment=environment, first=first, left=left, second=second)


def test_an_interrupted_film_says_how_to_go_on_and_leaves_nothing_running(made: Made) -> None:
    assert made.first.returncode == 4
    assert "script: " in made.first.stderr
    assert "Interrupted. To go on where it stopped: aiprod resume " in made.first.stderr
    assert made.left == []


def test_a_resumed_film_is_finished_and_told_in_full(made: Made) -> None:
    assert made.second.returncode == 0, made.second.stderr
    summary = made.summary
    assert (summary["status"], summary["title"], summary["language"]) == ("completed", "Two seas", "en")
    assert (summary["width_px"], summary["height_px"], summary["frames_a_second"]) == (360, 640, 15.0)
    assert summary["loudness_lufs"] == pytest.approx(-14.0, abs=0.5)
    assert summary["cost_usd"] == 0.0
    stages = summary["stages"]
    assert isinstance(stages, list)
    assert [stage["stage"] for stage in stages] == ["script", "narration", "clips", "assembly", "review"]
    assert processes_of(made.folder / "home") == []


def test_the_films_files_lie_where_the_summary_says(made: Made) -> None:
    film = made.folder / str(made.summary["film"])
    assert film.parent.parent == made.folder / "films"
    assert film.stat().st_size == made.summary["bytes"]
    names = {path.name for path in film.parent.iterdir()}
    assert names >= {
        "film.mp4", "subtitles.srt", "subtitles.vtt", "thumbnail.jpg", "poster.jpg", "timeline.json", "script.json",
        "manifest.json", "review.json",
    }  # fmt: skip
    assert not [name for name in names if name.startswith(".")]
    assert "The sea" in (film.parent / "subtitles.srt").read_text()


def test_a_finished_film_is_handed_over_again_at_once(made: Made) -> None:
    run = made.run("resume", str(made.summary["id"]), "--out", "again")
    assert run.returncode == 0, run.stderr
    for line in ("Film  ", "Duration  ", "Size  ", "Loudness  ", "Cost  ", "Took  ", "Review  "):
        assert line.strip() in run.stdout
    (folder,) = (made.folder / "again").iterdir()
    assert (folder / "film.mp4").read_bytes() == (made.folder / str(made.summary["film"])).read_bytes()


def test_the_film_can_be_looked_up(made: Made) -> None:
    shown = json.loads(made.run("show", str(made.summary["id"]), "--json").stdout)
    assert shown["summary"]["status"] == "completed"
    assert [(scene["scene"], scene["status"]) for scene in shown["scenes"]] == [(1, "ready"), (2, "ready")]


def test_a_scene_that_does_not_exist_cannot_be_redone(made: Made) -> None:
    run = made.run("retry", str(made.summary["id"]), "--scenes", "9")
    assert run.returncode == 2
    assert run.stderr == "aiprod: scenes: expected numbers among 1, 2, found 9\n"


def test_a_theme_that_nothing_is_known_of_fails_with_a_sentence(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("make", "Qwxyz vbnm zzplk", "--language", "en", "--profile", "draft", seconds=120)
    assert run.returncode == 1
    assert "aiprod: The film failed. " in run.stderr
    assert "aiprod retry " in run.stderr
    assert "Traceback" not in run.stderr
    assert list((tmp_path / "films").iterdir()) == []
