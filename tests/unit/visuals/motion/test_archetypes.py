"""Every place is drawn: never blank, always moving, dark by night, the same for the same seed, in every shape."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import CameraMove, SceneSpec
from aiprod.visuals.motion.staging import stage_scene

PLACES = ("forest", "jungle", "savanna", "desert", "mountains", "snow", "volcano", "sky")
SMALL = Shape(width_px=90, height_px=160)
GOLDEN = Path(__file__).parent / "golden"

Picture = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def draw(gpu: Gpu, spec: SceneSpec, *moments: float, shape: Shape = SMALL, seconds: float = 4.0) -> list[Picture]:
    """Frames of a scene as rows x columns x 3 in 0..1."""
    world = stage_scene(gpu, spec, shape, seconds)
    frames = []
    for number, moment in enumerate(moments):
        raw = world.render(moment, number).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32) / 255)
    return frames


@pytest.mark.parametrize("place", PLACES)
def test_a_place_shows_something_and_moves(gpu: Gpu, place: str) -> None:
    spec = SceneSpec(archetype=place, seed=3, camera=CameraMove(kind="dolly", amount=0.6))  # type: ignore[arg-type]
    first, later = draw(gpu, spec, 0.4, 3.4)
    assert first.std() > 0.06
    assert len(np.unique((first * 255).astype(np.uint8).reshape(-1, 3), axis=0)) > 1500
    assert np.abs(first - later).mean() > 0.004


@pytest.mark.parametrize("place", PLACES)
def test_night_is_darker_than_day(gpu: Gpu, place: str) -> None:
    day, night = (
        draw(gpu, SceneSpec(archetype=place, seed=5, time_of_day=hour), 2.0)[0]  # type: ignore[arg-type]
        for hour in ("day", "night")
    )
    assert night.mean() < 0.62 * day.mean()
    assert night[:, :, 2].mean() >= night[:, :, 0].mean() * (0.6 if place == "volcano" else 1.0)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_looks_as_it_looked(gpu: Gpu, place: str) -> None:
    shape = Shape(width_px=180, height_px=320)
    spec = SceneSpec(archetype=place, seed=8, time_of_day="golden", camera=CameraMove(kind="truck", direction="right"))  # type: ignore[arg-type]
    drawn = draw(gpu, spec, 1.5, shape=shape)[0]
    with Image.open(GOLDEN / f"{place}.png") as kept:
        wanted = np.asarray(kept.convert("RGB"), dtype=np.float32) / 255
    assert np.abs(blurred(drawn) - blurred(wanted)).mean() < 0.02
    assert np.abs(drawn - wanted).mean() < 0.05


@pytest.mark.parametrize("place", ["forest", "volcano"])
def test_equal_specs_give_equal_pictures_and_other_seeds_others(gpu: Gpu, place: str) -> None:
    spec = SceneSpec(archetype=place, seed=21)  # type: ignore[arg-type]
    one, again = draw(gpu, spec, 1.0, 1.1), draw(gpu, spec, 1.0, 1.1)
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    other = draw(gpu, SceneSpec(archetype=place, seed=22), 1.0)[0]  # type: ignore[arg-type]
    assert np.abs(one[0] - other).mean() > 0.02


@pytest.mark.parametrize("size", [(160, 90), (120, 120), (96, 120), (66, 118)])
def test_a_scene_fills_every_shape(gpu: Gpu, size: tuple[int, int]) -> None:
    spec = SceneSpec(archetype="savanna", seed=2, camera=CameraMove(kind="truck", amount=1.0, direction="left"))
    shape = Shape(width_px=size[0], height_px=size[1])
    for frame in draw(gpu, spec, 0.0, 4.0, shape=shape):
        lower = frame[int(size[1] * 0.7) :]
        assert lower[:, : size[0] // 6].std() > 0.01
        assert lower[:, -size[0] // 6 :].std() > 0.01
        assert abs(lower[:, : size[0] // 4].mean() - lower[:, -size[0] // 4 :].mean()) < 0.25


def test_noir_has_no_colour_and_neon_has_much(gpu: Gpu) -> None:
    noir, neon = (
        draw(gpu, SceneSpec(archetype="mountains", seed=4, style=style, time_of_day="sunset"), 1.0)[0]
        for style in ("noir", "neon")
    )
    assert colourfulness(noir) < 0.03 < 4 * 0.03 < colourfulness(neon)


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "dust", "storm"])
def test_weather_is_seen(gpu: Gpu, weather: str) -> None:
    clear, changed = (
        draw(gpu, SceneSpec(archetype="savanna", seed=4, weather=kind), 1.0)[0]  # type: ignore[arg-type]
        for kind in ("clear", weather)
    )
    assert np.abs(clear - changed).mean() > 0.03


def colourfulness(picture: Picture) -> float:
    return float((picture.max(-1) - picture.min(-1)).mean())


def blurred(picture: Picture) -> Picture:
    """Means of 10 x 10 pixels: what a picture shows, whatever the rounding of a driver."""
    rows, columns = picture.shape[0] // 10 * 10, picture.shape[1] // 10 * 10
    cells = picture[:rows, :columns].reshape(rows // 10, 10, columns // 10, 10, 3)
    return np.asarray(cells.mean((1, 3)), dtype=np.float32)
