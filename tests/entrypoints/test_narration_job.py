"""The narration job as it is started: a process of its own that is told of one script."""

import os
import subprocess
import sys
from pathlib import Path

from aiprod import paths
from aiprod.bootstrap import open_app
from aiprod.brief import Brief
from aiprod.events import VideoRequested
from aiprod.manifests import NarrationManifest
from aiprod.settings import Settings
from aiprod.story import Line, Scene, Script

ROOT = Path(__file__).resolve().parents[2]


def test_the_job_speaks_the_script_that_it_is_told_of(tmp_path: Path) -> None:
    app = open_app(Settings(home=tmp_path / "home"), log_file=tmp_path / "test.log")
    lines = (Line(text="Who is there?", speaker="Ann"), Line(text="The sea."))
    script = Script(title="Tide", language="en", writer="own", scenes=(Scene(number=1, visual="the sea", lines=lines),))
    video = app.request(Brief(script=script, voice="espeak:", profile="draft", renderer="motion"))
    app.deliveries.deliver("script", VideoRequested(video=video.id, owner="", brief=video.brief))
    told = {"AIPROD_HOME": str(tmp_path / "home"), "AIPROD_NARRATION": paths.script(video.id, 1)}
    run = subprocess.run(
        [sys.executable, "-m", "gpu_jobs.narration.main"], cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    (sound,) = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds
    assert [word.text for word in sound.words] == ["Who", "is", "there?", "The", "sea."]
    assert app.objects.stat(sound.address) is not None
