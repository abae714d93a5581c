"""The verdict on the finished file."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.manifests import ReviewReport
from aiprod.ports import Shot, Take
from aiprod.story import Line, Scene, Script
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainEngines
from tests.house import BRIEF, engines_with, make, open_house


def test_the_review_is_kept_beside_the_film(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app)
    report = app.artefacts.read(ReviewReport, paths.review(video.id, 1))
    assert report.verdict == "approve"
    assert {finding.check for finding in report.findings} >= {"duration", "loudness", "true peak", "spoken words"}


def test_a_film_that_does_not_say_its_script_fails_with_the_figure(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", PlainEngines(misheard=0.8))
    video = make(app)
    assert video.status is Status.FAILED
    assert "spoken words: expected a word error rate of at most 45%, found 80%" in video.failure


@dataclass
class BlackRenderer(ColourRenderer):
    """Shows nothing in scene 2, the first `times` times."""

    times: int = 1

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        take = super().render(shot, folder, progress)
        if shot.scene == 2 and self.rendered.count(2) <= self.times:
            black = folder / "black.mp4"
            subprocess.run(
                ["ffmpeg", "-v", "error", "-i", str(take.path), "-vf", "lutyuv=y=16:u=128:v=128", "-c:v", "libx264",
                 "-preset", "ultrafast", "-threads", "1", str(black)], check=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            return Take(path=black)
        return take


def test_a_scene_that_shows_nothing_is_redone_once_and_the_film_finishes(tmp_path: Path) -> None:
    renderer = BlackRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert video.revision == 2
    assert sorted(renderer.rendered) == [1, 2, 2, 3]
    assert app.artefacts.read(ReviewReport, paths.review(video.id, 1)).scenes == (2,)


def test_a_scene_that_shows_nothing_twice_fails_the_film_with_the_reason(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", engines_with(motion=BlackRenderer(name="motion", times=9)))
    video = make(app)
    assert video.status is Status.FAILED
    assert "scene 2" in video.failure
    assert video.revision == 2


def test_a_sign_that_stands_alone_is_captioned_with_its_number(tmp_path: Path) -> None:
    scene = Scene(number=1, visual="the sea", lines=(Line(text="Les océans couvrent 71 % de la planète !"),))
    app = open_house(tmp_path / "home")
    script = Script(title="Mer", language="fr", writer="own", scenes=(scene,))
    video = make(app, replace(BRIEF, theme="", language="fr", script=script))
    assert video.status is Status.COMPLETED, video.failure
