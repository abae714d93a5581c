"""What is wrong with a clip is found on its pictures; what only looks so is not."""

import subprocess
from pathlib import Path

import pytest

from aiprod.errors import MediaBroken
from aiprod.media.clip_gate import find_faults
from aiprod.media.clip_scores import measure_clip
from tests.unit.media.conftest import make_clip

MOVING = "mandelbrot=s=180x320:r=30"
STILL = "mandelbrot=s=360x640:r=30:end_pts=1:start_scale=1.5:end_scale=1.5"


def faults_of(folder: Path, source: str, frames: int = 75) -> str:
    found = find_faults(measure_clip(make_clip(folder / "clip.mp4", source, frames)))
    return " ".join(fault.sentence for fault in found)


@pytest.mark.parametrize(
    ("spoiling", "sentence"),
    [
        ("eq=brightness='0.03*(2*mod(n,2)-1)':eval=frame", "Expected flicker"),
        ("eq=brightness='0.03*(2*gt(mod(n,6),2)-1)':eval=frame", "Expected flicker"),
        ("drawbox=c=black:t=fill:enable='eq(n,40)'", "Expected no jump"),
        ("drawbox=c=black:t=fill:enable='between(n,30,49)'", "Expected black pictures"),
        ("loop=loop=55:size=1:start=10", "Expected a frozen picture"),
        ("random=frames=20:seed=1", "Expected pictures in order"),
        ("gblur=sigma=3", "Expected sharp pictures"),
        ("noise=c0s=40:c0f=t+u", "Expected noise"),
        ("noise=c1s=60:c1f=t+u:c2s=60:c2f=t+u", "Expected colour noise"),
    ],
)
def test_a_spoiled_clip_is_found_out(spoiling: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in faults_of(tmp_path, f"{MOVING},{spoiling}")


def test_a_cut_in_the_middle_is_found_with_its_time(tmp_path: Path) -> None:
    found = faults_of(tmp_path, "testsrc2=s=180x320:r=30,hflip,vflip=enable='gte(n,45)',negate=enable='gte(n,45)'")
    assert found.endswith("at 1.5 s.")
    assert found.startswith("Expected no jump")


@pytest.mark.parametrize(
    "source",
    [
        MOVING,
        "testsrc2=s=180x320:r=30",
        "testsrc2=s=180x320:r=15",
        f"{STILL},loop=loop=-1:size=1,zoompan=z='1+0.0008*on':d=1:s=180x320:fps=30",
        f"{MOVING},fade=t=in:d=1",
        f"{MOVING},eq=brightness='0.3*between(n,40,42)':eval=frame",
    ],
    ids=["a fast zoom", "a test picture", "few frames a second", "a slow zoom into a still", "a fade", "a flash"],
)
def test_motion_slow_stills_fades_and_flashes_are_no_faults(source: str, tmp_path: Path) -> None:
    assert faults_of(tmp_path, source) == ""


@pytest.mark.parametrize("source", ["color=black:s=180x320:r=30", "color=gray:s=180x320:r=30"])
def test_nothing_to_see_is_worse_than_no_clip(source: str, tmp_path: Path) -> None:
    faults = find_faults(measure_clip(make_clip(tmp_path / "clip.mp4", source, 60)))
    assert faults[0].grave


def test_a_sound_is_no_clip(tmp_path: Path) -> None:
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", str(tmp_path / "sound.m4a")], check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    with pytest.raises(MediaBroken) as caught:
        measure_clip(tmp_path / "sound.m4a")
    assert "Expected pictures in sound.m4a" in str(caught.value)
