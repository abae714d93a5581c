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
from tests.unit.stages.conftest import Finished


def test_the_review_is_kept_beside_the_film(finished: Finished) -> None:
    report = finished.app.artefacts.read(ReviewReport, paths.review(finished.video.id, 1))
    assert report.verdict == "approve"
    assert {finding.check for finding in report.findings} >= {"duration", "loudness", "true peak", "spoken words"}


def test_a_film_that_does_not_say_its_script_fails_with_the_figure(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", PlainEngines(misheard=0.8))
    video = make(app)
    assert video.status is Status.FAILED
    assert "spoken words: expected a word error rate of at most 45%, found 80%" in video.failure


LONG = "The tide comes twice a day, for the moon pulls the sea over the sand and then lets it go back again."
LONG_SCENES = replace(BRIEF, theme="", script=Script(title="Tide", language="en", writer="own", scenes=tuple(
    Scene(number=number, visual="the sea", lines=(Line(text=LONG),)) for number in (1, 2, 3)
)))  # fmt: skip


@dataclass
class StillRenderer(ColourRenderer):
    """Shows in scene 2 bars that stand still, the first `times` times; a block moves below them, so that the clip is none that
    nobody would take."""

    times: int = 1

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        take = super().render(shot, folder, progress)
        if shot.scene != 2 or self.rendered.count(2) > self.times:
            return take
        size, bars = f"{shot.shape.width_px}x{shot.shape.height_px}", folder / "bars.mp4"
        block = f"color=white:s={shot.shape.width_px // 2}x{shot.shape.height_px // 4}:r={shot.rate}[b]"
        graph = f"smptehdbars=s={size}:r={shot.rate}[a];{block};[a][b]overlay=x=(W-w)*(1+sin(t*4))/2:y=H*0.7"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", graph, "-frames:v", str(shot.frames), "-c:v", "libx264",
             "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1", str(bars)], check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Take(path=bars)


def test_a_scene_that_stands_still_is_redone_once_and_the_film_finishes(tmp_path: Path) -> None:
    renderer = StillRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app, LONG_SCENES)
    assert video.status is Status.COMPLETED, video.failure
    assert video.revision == 2
    assert sorted(renderer.rendered) == [1, 2, 2, 3]
    assert app.artefacts.read(ReviewReport, paths.review(video.id, 1)).scenes == (2,)


def test_a_scene_that_stands_still_twice_fails_the_film_with_the_reason(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", engines_with(motion=StillRenderer(name="motion", times=9)))
    video = make(app, LONG_SCENES)
    assert video.status is Status.FAILED
    assert "frozen picture of scene 2" in video.failure
    assert video.revision == 2


def test_a_sign_that_stands_alone_is_captioned_with_its_number(tmp_path: Path) -> None:
    scene = Scene(number=1, visual="the sea", lines=(Line(text="Les océans couvrent 71 % de la planète !"),))
    app = open_house(tmp_path / "home")
    script = Script(title="Mer", language="fr", writer="own", scenes=(scene,))
    video = make(app, replace(BRIEF, theme="", language="fr", script=script))
    assert video.status is Status.COMPLETED, video.failure
