"""The motion renderer behind its port: exact clips, equal bytes, clear errors."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from aiprod.errors import InvalidInput, MediaBroken, Unavailable
from aiprod.media.clip_gate import find_faults
from aiprod.media.clip_scores import measure_clip
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.motion.renderer import MotionRenderer
from aiprod.visuals.motion.spec import CameraMove, SceneSpec, SubjectSpec, encode_spec
from aiprod.visuals.pipe import open_clip

SHAPE = Shape(width_px=90, height_px=160)


@pytest.fixture(scope="module")
def renderer() -> MotionRenderer:
    return MotionRenderer()


def shot(spec: SceneSpec, *, frames: int = 12, rate: Fraction = Fraction(30), shape: Shape = SHAPE) -> Shot:
    return Shot(scene=2, spec=encode_spec(spec), frames=frames, rate=rate, shape=shape, seed=1, style=spec.style)


def probe(path: Path) -> dict[str, str]:
    answer = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream", "-of", "json", str(path)],
        capture_output=True, check=True,
    )  # fmt: skip
    streams = json.loads(answer.stdout)["streams"]
    assert len(streams) == 1
    return {key: str(value) for key, value in streams[0].items()}


@pytest.mark.parametrize(("frames", "rate"), [(7, Fraction(25)), (12, Fraction(30000, 1001))])
def test_a_clip_has_exactly_the_frames_asked_for(
    renderer: MotionRenderer, tmp_path: Path, frames: int, rate: Fraction
) -> None:
    told: list[int] = []
    take = renderer.render(shot(SceneSpec(archetype="forest", seed=1), frames=frames, rate=rate), tmp_path, told.append)
    facts = probe(take.path)
    assert (facts["nb_read_frames"], facts["width"], facts["height"]) == (str(frames), "90", "160")
    assert Fraction(facts["r_frame_rate"]) == Fraction(facts["avg_frame_rate"]) == rate
    assert [facts[key] for key in ("pix_fmt", "color_space", "color_primaries", "color_transfer", "color_range")] == [
        "yuv420p", "bt709", "bt709", "bt709", "tv",
    ]  # fmt: skip
    assert told[-1] == frames
    assert list(tmp_path.iterdir()) == [take.path]


@pytest.mark.parametrize("icon", ["honeybee", "dragonfly", "hummingbird"])
def test_wings_that_beat_fast_do_not_flicker(renderer: MotionRenderer, tmp_path: Path, icon: str) -> None:
    """A film's gate would take them for pictures in no order, and no renderer would be left to draw a bee."""
    spec = SceneSpec(archetype="space", seed=2, subjects=(SubjectSpec(icon=icon, name=icon, gait="fly", scale=0.6),))
    take = renderer.render(shot(spec, frames=30, shape=Shape(width_px=180, height_px=320)), tmp_path, lambda done: None)
    assert not [fault for fault in find_faults(measure_clip(take.path)) if "flicker" in fault.sentence or "order" in fault.sentence]


WALKER = SceneSpec(archetype="savanna", seed=9, subjects=(SubjectSpec(icon="elephant", name="elephant", gait="walk"),))
IN_ANOTHER_PROCESS = """
import sys
from fractions import Fraction
from pathlib import Path
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.motion.renderer import MotionRenderer
shot = Shot(scene=2, spec=sys.argv[1], frames=12, rate=Fraction(30), shape=Shape(width_px=90, height_px=160), seed=1, style="cinematic")
MotionRenderer().render(shot, Path(sys.argv[2]), lambda _: None)
"""


def digest(folder: Path) -> str:
    (clip,) = folder.iterdir()
    return hashlib.sha256(clip.read_bytes()).hexdigest()


def test_the_same_shot_gives_the_same_bytes_again_in_another_thread_and_in_another_process(
    renderer: MotionRenderer, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("one", "after-another-scene", "thread", "process")]
    for folder in folders:
        folder.mkdir()
    renderer.render(shot(WALKER), folders[0], lambda _: None)
    (tmp_path / "between").mkdir()
    renderer.render(shot(SceneSpec(archetype="sky", seed=1), frames=2), tmp_path / "between", lambda _: None)
    renderer.render(shot(WALKER), folders[1], lambda _: None)
    thread = threading.Thread(target=renderer.render, args=(shot(WALKER), folders[2], lambda _: None))
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS, encode_spec(WALKER), str(folders[3])], check=True)
    assert len({digest(folder) for folder in folders}) == 1


def test_another_seed_gives_another_clip(renderer: MotionRenderer, tmp_path: Path) -> None:
    for seed in (9, 10):
        (tmp_path / str(seed)).mkdir()
        renderer.render(shot(replace(WALKER, seed=seed), frames=3), tmp_path / str(seed), lambda _: None)
    assert digest(tmp_path / "9") != digest(tmp_path / "10")


def encoders() -> list[int]:
    """This process's children that are ffmpeg."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = status.read_text().partition("(")[2].rpartition(")")
            if name == "ffmpeg" and int(rest.split()[1]) == os.getpid():
                found.append(int(status.parent.name))
    return found


def test_a_killed_encoder_is_worth_another_try_and_leaves_nothing_behind(renderer: MotionRenderer, tmp_path: Path) -> None:
    def kill_encoder(frames: int) -> None:
        if frames == 2:
            (encoder,) = encoders()
            os.kill(encoder, signal.SIGKILL)

    with pytest.raises(Unavailable, match="Writing the clip .* did not finish: ffmpeg was killed .*; try again"):
        renderer.render(shot(SceneSpec(archetype="sky", seed=1), frames=40), tmp_path, kill_encoder)
    assert list(tmp_path.iterdir()) == []
    assert encoders() == []


def test_a_clip_keeps_the_colours_that_were_drawn(tmp_path: Path) -> None:
    colours = np.zeros((64, 64, 3), np.uint8)
    colours[:32, :32], colours[:32, 32:], colours[32:, :32], colours[32:, 32:] = (
        (200, 40, 40), (40, 180, 60), (50, 70, 200), (220, 210, 190),
    )  # fmt: skip
    with open_clip(tmp_path / "colours.mp4", Shape(width_px=64, height_px=64), Fraction(10)) as clip:
        for _ in range(3):
            clip.write(colours.tobytes())
    answer = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(tmp_path / "colours.mp4"), "-frames:v", "1",
         "-vf", "scale=in_color_matrix=bt709:flags=accurate_rnd", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    seen = np.frombuffer(answer.stdout, np.uint8).reshape(64, 64, 3).astype(int)
    for row, column in ((16, 16), (16, 48), (48, 16), (48, 48)):
        assert np.abs(seen[row, column] - colours[row, column]).max() <= 4


def test_a_walking_hero_is_seen_and_stays_in_the_picture(renderer: MotionRenderer, tmp_path: Path) -> None:
    walker = SubjectSpec(icon="elephant", name="elephant", gait="walk", facing="right", scale=0.3)
    camera = CameraMove(kind="static")
    frames = []
    for subjects in ((walker,), ()):
        spec = SceneSpec(archetype="savanna", seed=9, camera=camera, subjects=subjects)
        take = renderer.render(shot(spec, frames=75, rate=Fraction(15)), tmp_path, lambda _: None)
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(take.path), "-f", "rawvideo", "-pix_fmt", "gray", "-"],
            capture_output=True, check=True,
        ).stdout  # fmt: skip
        frames.append(np.frombuffer(raw, np.uint8).reshape(75, 160, 90).astype(int))
    middle = np.abs(frames[0][37] - frames[1][37])[80:140]
    assert middle.mean() > 6
    for index in (0, 74):
        # the hero is the one big thing that is neither sky nor grass: it has not walked out of either side
        assert np.abs(frames[0][index] - frames[1][index])[80:140, 8:82].mean() > 4


def test_a_spec_that_cannot_be_read_is_refused(renderer: MotionRenderer, tmp_path: Path) -> None:
    broken = Shot(
        scene=1, spec='{"archetype": "moonbase"}', frames=2, rate=Fraction(30), shape=SHAPE, seed=1, style="cinematic"
    )
    with pytest.raises(InvalidInput, match="scene spec"):
        renderer.render(broken, tmp_path, lambda _: None)


def test_a_clip_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    with (
        pytest.raises(MediaBroken, match="bytes"),
        open_clip(tmp_path / "clip.mp4", SHAPE, Fraction(30)) as clip,
    ):
        clip.write(b"too short")
    assert list(tmp_path.iterdir()) == []


def test_ffmpeg_that_cannot_write_says_why(tmp_path: Path) -> None:
    def write_many() -> None:
        with open_clip(tmp_path / "absent" / "clip.mp4", SHAPE, Fraction(30)) as clip:
            for _ in range(50):
                clip.write(bytes(90 * 160 * 3))

    with pytest.raises(MediaBroken, match="ffmpeg"):
        write_many()


def test_a_machine_without_gl_is_told_what_to_install(tmp_path: Path) -> None:
    program = (
        "from aiprod.errors import EngineMissing\n"
        "from aiprod.visuals.motion.renderer import MotionRenderer\n"
        "try:\n    MotionRenderer().check()\nexcept EngineMissing as error:\n    print(error)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "__EGL_VENDOR_LIBRARY_DIRS": str(tmp_path), "LIBGL_DRIVERS_PATH": str(tmp_path)},
    )  # fmt: skip
    assert "libegl1 libegl-mesa0 libgl1-mesa-dri" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


def test_a_process_that_has_drawn_may_still_load_every_model() -> None:
    program = (
        "from aiprod.visuals.motion.renderer import MotionRenderer\n"
        "MotionRenderer().check()\n"
        "import torch._dynamo\n"  # brings triton, whose LLVM and Mesa's are two
        "print('alive')\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (answer.returncode, answer.stdout.strip()) == (0, "alive"), answer.stderr


def test_importing_the_renderer_loads_no_gl() -> None:
    program = "import sys, aiprod.visuals.motion.renderer; print('moderngl' in sys.modules, 'skia' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False"]
