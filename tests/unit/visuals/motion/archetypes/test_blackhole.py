"""Light bends round the hole as general relativity has it, and the picture shows a shadow, its ring and a disc that turns."""

import math

import numpy as np
import pytest

from aiprod.visuals.motion.archetypes.blackhole import light_paths, shadow_angle, view_angles
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import SceneSpec
from tests.unit.visuals.motion.pictures import STILL, brightness, draw

DISTANCE = 40.0


def test_light_falls_in_within_the_shadow_and_escapes_beyond_it() -> None:
    escape, views = light_paths(DISTANCE)[:, 0, 1], view_angles(DISTANCE)
    edge = shadow_angle(DISTANCE)
    assert np.all(escape[views < edge * 0.999] == 0)
    assert np.all(escape[(views > edge * 1.01) & (views < 1.0)] > 0)
    assert edge == pytest.approx(math.asin(2.598 / DISTANCE), rel=0.02)


def test_light_that_passes_far_away_bends_as_einstein_said() -> None:
    views = view_angles(DISTANCE)
    row = int(np.argmin(np.abs(views - 0.45)))
    impact = DISTANCE * math.sin(views[row]) / math.sqrt(1 - 1 / DISTANCE)
    straight = math.pi - views[row]
    bend = light_paths(DISTANCE)[row, 0, 1] - straight
    whole = 2 / impact  # 4 G M / (b c^2), from infinity to infinity; ours starts at the eye
    assert 0.85 * whole < bend < 1.15 * whole


def test_light_comes_nearest_halfway_and_leaves_again() -> None:
    row = int(np.argmin(np.abs(view_angles(DISTANCE) - 0.15)))
    nearness = light_paths(DISTANCE)[row, :, 0]
    nearest = int(nearness.argmax())
    assert nearness[0] == pytest.approx(1 / DISTANCE)
    assert 0 < nearest < np.flatnonzero(nearness)[-1]
    assert 1 / nearness[nearest] > 1.5  # outside the photon sphere


@pytest.mark.parametrize("variant", range(5))
def test_a_dark_shadow_lies_within_a_bright_ring(gpu: Gpu, variant: int) -> None:
    light = brightness(draw(gpu, SceneSpec(archetype="blackhole", seed=2, variant=variant, camera=STILL), 1.0)[0])
    middle = light[40:110, 15:75]
    darkest = np.unravel_index(np.argmin(_smooth(middle)), middle.shape)
    y, x = 40 + int(darkest[0]), 15 + int(darkest[1])
    assert light[y - 2 : y + 3, x - 2 : x + 3].max() < 0.12
    around = light[max(y - 22, 0) : y + 23, max(x - 22, 0) : x + 23]
    assert np.percentile(around, 95) > 0.5


def test_the_disc_turns_while_the_camera_stands_still(gpu: Gpu) -> None:
    first, later = draw(gpu, SceneSpec(archetype="blackhole", seed=2, variant=4, camera=STILL), 0.5, 3.5)
    assert np.abs(first - later).mean() > 0.01


def _smooth(light: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    padded = np.pad(light, 3, mode="edge")
    shifted = [padded[j : j + light.shape[0], i : i + light.shape[1]] for j in range(7) for i in range(7)]
    return np.asarray(np.max(shifted, axis=0), dtype=np.float32)
