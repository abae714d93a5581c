"""A puppet in the light: it is lit from where the sun stands whichever way it turns, and shows its own colours."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.visuals.motion.gpu import Frame, Gpu
from aiprod.visuals.motion.puppet import Look, Puppet
from aiprod.visuals.motion.subjects.rig import Part, PartPose, Rig

SIDE_PX = 96
HALF_UP = 0.5


def ball() -> Rig:
    """One round grey part, half a unit in radius around (0, 0.5)."""
    across = (np.arange(64) + 0.5) / 32 - 1
    x, y = np.meshgrid(across, -across)
    inside = x * x + y * y < 0.9
    z = np.sqrt(np.clip(1 - x * x - y * y, 0.05, 1))
    atlas = np.where(inside[..., None], np.array([128, 128, 128, 255]), 0).astype(np.uint8)
    normals = np.round(np.stack([x, y, z, inside], -1) * 127 + 128).clip(0, 255).astype(np.uint8)
    return Rig(
        atlas=atlas, normals=normals, parts=(Part(name="ball", box=(-0.5, 0.0, 0.5, 1.0), uv=(0.0, 0.0, 1.0, 1.0)),),
        animate=lambda _t, _phase: [], stride_per_second=0.0, metres=1.0, extent=(-0.5, 0.0, 0.5, 1.0), faces_left=False,
        grounded=True,
    )  # fmt: skip


def turned(degrees: float) -> PartPose:
    """The ball turned about its middle."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return PartPose(part=0, matrix=(c, s, -s, c, s * HALF_UP, HALF_UP - c * HALF_UP))


def seen(gpu: Gpu, pose: PartPose, look: Look | None = None) -> npt.NDArray[np.float64]:
    """Luma of the ball filling most of a square picture, the sun at the right. Shape: (height, width), top first."""
    gpu.use_frame(replace(
        Frame(), eye=(0.0, 0.5, 0.0), aspect=1.0, focal=2.0, fog_density=0.0, sun_dir=(0.8, 0.0, 0.6),
        key_dir=(0.75, 0.1, -0.65), sun_colour=(2.0, 2.0, 2.0), ambient=(0.15, 0.15, 0.15),
    ))  # fmt: skip
    target = gpu.target(SIDE_PX, SIDE_PX)
    target.framebuffer.use()
    Puppet(gpu, ball()).draw([pose], (0.0, 0.0, 1.25), 1.0, look or Look())
    rows = np.frombuffer(target.framebuffer.read(components=3, alignment=1), np.uint8)
    return rows.reshape(SIDE_PX, SIDE_PX, 3)[::-1].mean(axis=2)


@pytest.mark.parametrize("degrees", [0, 37, 90, 180, -120])
def test_the_side_towards_the_sun_is_the_brighter_one_however_the_part_is_turned(gpu: Gpu, degrees: float) -> None:
    picture = seen(gpu, turned(degrees))
    left, right = picture[:, 20:40].mean(), picture[:, 56:76].mean()
    assert right > left * 1.25


def test_a_small_turn_is_no_jump_of_light(gpu: Gpu) -> None:
    """Neighbouring frames of a swinging limb differ by less than an eye notices."""
    pictures = [seen(gpu, turned(degrees)) for degrees in np.arange(0.0, 9.0, 0.5)]
    middle = slice(24, 72)
    steps = [abs(b[middle, middle] - a[middle, middle]).mean() for a, b in pairwise(pictures)]
    assert max(steps) < 4.0


def test_the_foot_is_darker_than_the_head(gpu: Gpu) -> None:
    picture = seen(gpu, turned(0))
    assert picture[72:84, 40:56].mean() < picture[12:24, 40:56].mean()


def test_own_light_is_seen_at_night_and_moonlight_takes_the_colour_away(gpu: Gpu) -> None:
    plain, own = seen(gpu, turned(0)), seen(gpu, turned(0), Look(own_light=1.0))
    shadowed = (slice(40, 56), slice(14, 24))
    assert own[shadowed].mean() > plain[shadowed].mean()


def test_what_is_under_the_water_is_not_seen(gpu: Gpu) -> None:
    target = gpu.target(SIDE_PX, SIDE_PX)
    target.framebuffer.use()
    gpu.use_frame(replace(Frame(), eye=(0.0, 0.5, 0.0), aspect=1.0, focal=2.0, fog_density=0.0))
    Puppet(gpu, ball()).draw([turned(0)], (0.0, -0.5, 1.25), 1.0, Look(reflected=True))
    rows = np.frombuffer(target.framebuffer.read(components=4, alignment=1), np.uint8).reshape(SIDE_PX, SIDE_PX, 4)
    cover = rows[::-1, :, 3]
    drawn = np.flatnonzero(cover.max(axis=1) > 0)
    assert abs(drawn[-1] - (0.5 + 0.5 * 2.0 / 1.25 * 0.5) * SIDE_PX) < 3  # the water's edge, at y = 0
