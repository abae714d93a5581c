"""What is wrong with a clip is found on its pictures; what only looks so is not."""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from scipy.ndimage import gaussian_filter

from aiprod.errors import MediaBroken
from aiprod.media.clip_gate import find_faults
from aiprod.media.clip_scores import measure_clip
from aiprod.profiles import Shape
from aiprod.visuals.pipe import open_clip
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


def film(into: Path, pictures: Iterable[npt.NDArray[np.float64]]) -> Path:
    """Grey pictures as a clip of 30 frames a second."""
    with open_clip(into, Shape(width_px=180, height_px=320), Fraction(30)) as pipe:
        for picture in pictures:
            pipe.write(np.clip(np.rint(picture), 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2).tobytes())
    return into


def grass(frames: int) -> Iterator[npt.NDArray[np.float64]]:
    """Blades under a camera that goes aside, a pixel and a half a picture."""
    blades = 110 + 26 * gaussian_filter(np.random.default_rng(4).standard_normal((640, 900)), 1.6) / 0.18
    for number in range(frames):
        seen = blades[:, 3 * number : 3 * number + 360]
        yield seen.reshape(320, 2, 180, 2).mean(axis=(1, 3))


def night(frames: int) -> Iterator[npt.NDArray[np.float64]]:
    """Sixty stars that twinkle in a black sky."""
    draw = np.random.default_rng(5)
    rows, columns, light = draw.integers(2, 318, 60), draw.integers(2, 178, 60), draw.uniform(60, 230, 60)
    for number in range(frames):
        sky = np.zeros((320, 180))
        sky[rows, columns] = light * (1 + 0.2 * np.sin(number / 3 + columns))
        yield 3 * gaussian_filter(sky, 0.7)


def storm(frames: int) -> Iterator[npt.NDArray[np.float64]]:
    """A landscape at night that three strokes of lightning light up."""
    land = 120 + 45 * gaussian_filter(np.random.default_rng(6).standard_normal((320, 400)), 2) / 0.14
    for number in range(frames):
        yield land[:, number : number + 180] * (1.0 if number in (30, 31, 40, 44) else 0.3)


def snow(frames: int) -> Iterator[npt.NDArray[np.float64]]:
    """Flakes that fall before a wood."""
    draw = np.random.default_rng(7)
    wood = 90 + 40 * gaussian_filter(draw.standard_normal((320, 300)), 2) / 0.14
    rows, columns, speeds = draw.uniform(0, 320, 600), draw.integers(1, 179, 600), draw.uniform(2.4, 6, 600)
    for number in range(frames):
        flakes = np.zeros((320, 180))
        flakes[((rows + speeds * number) % 320).astype(int), columns] = 1
        part = np.minimum(1, 4 * gaussian_filter(flakes, 0.8))
        yield wood[:, number // 4 : number // 4 + 180] * (1 - part) + 250 * part


@pytest.mark.parametrize("scene", [grass, night, storm, snow])
def test_grass_stars_lightning_and_snow_are_no_faults(scene: Callable[[int], Iterator[npt.NDArray[np.float64]]], tmp_path: Path) -> None:
    assert find_faults(measure_clip(film(tmp_path / "clip.mp4", scene(60)))) == ()


def test_a_clip_that_cannot_be_decoded_whole_is_no_clip(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", MOVING, 40)
    content = bytearray(clip.read_bytes())
    middle = (content.index(b"mdat") + content.index(b"moov")) // 2
    content[middle : middle + 6000] = bytes(6000)
    clip.write_bytes(content)
    with pytest.raises(MediaBroken) as caught:
        measure_clip(clip)
    assert "Looking at clip.mp4 failed in ffmpeg" in str(caught.value)
