"""Enlarging by Real-ESRGAN's networks: whole or in tiles, again and again the same, steady where nothing moves."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.errors import Unavailable, WeightsBroken
from aiprod.models.pictures import Picture
from aiprod.models.registry import Registry, default_folder
from aiprod.models.upscale.enlarger import Effort, Enlarger, open_enlarger
from aiprod.models.upscale.networks import Compact, Dense, build, read_plan
from aiprod.models.weights.ncnn import write_realesrgan
from aiprod.models.weights.safetensors import read_arrays, write_arrays
from tests.unit.models.upscale.tiny import COMPACT, DENSE, write_tiny


def picture(rows: int = 48, columns: int = 64, *, seed: int = 5) -> Picture:
    """Stripes, a disc and some noise."""
    y, x = np.mgrid[:rows, :columns]
    disc = (np.hypot(y - rows / 2, x - columns / 2) < rows / 4) * 90
    noise = np.random.default_rng(seed).integers(0, 12, (rows, columns, 3))
    return np.clip(noise + (60 + 50 * np.sin(x / 3) + disc)[..., None] * [1.0, 0.8, 0.6], 0, 255).astype(np.uint8)


def enlarge(enlarger: Enlarger, *pictures: Picture) -> list[Picture]:
    return list(enlarger.enlarge(iter(pictures)))


@pytest.mark.parametrize(("plan", "scale"), [(DENSE, 4), (COMPACT, 2)])
def test_a_network_is_told_by_its_file_and_enlarges(tmp_path: Path, plan: Dense | Compact, scale: int) -> None:
    path = write_tiny(tmp_path / "tiny.safetensors", plan)
    assert read_plan(path) == plan
    enlarger = open_enlarger(path, "cpu")
    (made,) = enlarge(enlarger, picture())
    assert enlarger.scale == scale
    assert (made.shape, made.dtype) == ((48 * scale, 64 * scale, 3), np.uint8)
    (again,) = enlarge(open_enlarger(path, "cpu"), picture())
    assert (made == again).all()
    other = open_enlarger(write_tiny(tmp_path / "other.safetensors", plan, seed=2), "cpu")
    assert (enlarge(other, picture())[0] != made).any()


def test_the_dense_network_computes_what_its_paper_says() -> None:
    """One dense block, by hand: each convolution sees all before it; a fifth of what is found is added, twice."""
    torch.manual_seed(3)
    network = build(DENSE)
    block = network.body[0].rdb1
    x = torch.randn(1, 8, 5, 5)
    with torch.inference_mode():
        made = [x]
        for layer in (block.conv1, block.conv2, block.conv3, block.conv4):
            made.append(torch.nn.functional.leaky_relu(layer(torch.cat(made, 1)), 0.2))
        expected = x + 0.2 * block.conv5(torch.cat(made, 1))
        torch.testing.assert_close(block(x), expected)
        inner = network.body[0]
        torch.testing.assert_close(inner(x), x + 0.2 * inner.rdb3(inner.rdb2(inner.rdb1(x))))


@pytest.mark.parametrize(("plan", "reach_px"), [(DENSE, 20), (COMPACT, 4)])
@pytest.mark.parametrize("tile_px", [13, 40])
def test_tiles_whose_overlap_is_the_networks_reach_give_the_whole_picture(
    tmp_path: Path, plan: Dense | Compact, reach_px: int, tile_px: int
) -> None:
    """A network looks a pixel farther with each convolution, half and a quarter where pictures are larger."""
    path = write_tiny(tmp_path / "tiny.safetensors", plan)
    (whole,) = enlarge(open_enlarger(path, "cpu", Effort(tile_px=0)), picture())
    (tiled,) = enlarge(open_enlarger(path, "cpu", Effort(tile_px=tile_px, overlap_px=reach_px)), picture())
    assert int(np.abs(whole.astype(int) - tiled).max()) <= 1
    (seamed,) = enlarge(open_enlarger(path, "cpu", Effort(tile_px=tile_px, overlap_px=0, fade_px=0)), picture())
    assert int(np.abs(whole.astype(int) - seamed).max()) > 1


def test_tiles_that_see_too_little_go_over_into_each_other(tmp_path: Path) -> None:
    """A published network sees farther than a tile's surroundings."""
    path = write_tiny(tmp_path / "tiny.safetensors", DENSE, strength=0.12)

    def step_at_the_seam(**other: int) -> float:
        whole, tiled = (
            enlarge(open_enlarger(path, "cpu", Effort(tile_px=tile, overlap_px=1, **other)), picture())[0].astype(int) for tile in (0, 32)
        )
        error = tiled - whole
        return float(np.abs(error[:, 128] - error[:, 127]).mean())

    assert step_at_the_seam() < 0.5 * step_at_the_seam(fade_px=0)


def test_light_and_colours_that_are_spread_wide_stay_the_pictures_own(tmp_path: Path) -> None:
    """Published networks darken and tint."""
    path = write_tiny(tmp_path / "tiny.safetensors", COMPACT)
    arrays = dict(read_arrays(path)[0])
    arrays["body.6.bias"] = arrays["body.6.bias"] + np.repeat([0.08, -0.05, -0.03], 4).astype(np.float32)
    write_arrays(path, arrays, {"format": "pt"})
    small = picture()
    (made,) = enlarge(open_enlarger(path, "cpu"), small)
    again = made.reshape(48, 2, 64, 2, 3).mean(axis=(1, 3))
    assert np.abs((again - small).mean((0, 1))).max() < 1
    assert np.abs((again - small)[:16, :16].mean((0, 1))).max() < 2.5


def test_what_stands_still_takes_a_share_of_what_it_was_and_what_moves_does_not(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "tiny.safetensors", COMPACT, strength=0.3)
    noisy = [picture(seed=seed) // 8 * 8 for seed in (1, 2)]
    first = noisy[0].copy()
    second = np.clip(first.astype(int) + np.random.default_rng(8).integers(-2, 3, first.shape), 0, 255).astype(np.uint8)
    loose, steady = (
        enlarge(open_enlarger(path, "cpu", Effort(steadiness=share)), first, second) for share in (0.0, 0.6)
    )

    def change(pair: list[Picture]) -> float:
        return float(np.abs(pair[1].astype(int) - pair[0]).mean())

    assert (steady[0] == loose[0]).all()
    assert change(steady) < 0.65 * change(loose)
    moved = np.roll(first, 9, axis=1) ^ 128
    loose, steady = (enlarge(open_enlarger(path, "cpu", Effort(steadiness=share)), first, moved) for share in (0.0, 0.6))
    assert (steady[1] == loose[1]).all()


class Forgetful(torch.nn.Module):
    """Has memory for tiles of a certain size alone."""

    def __init__(self, most_px: int) -> None:
        super().__init__()
        self.most_px = most_px
        self.seen: list[int] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.seen.append(max(x.shape[-2:]))
        if self.seen[-1] > self.most_px:
            raise torch.AcceleratorError("CUDA error: out of memory")
        return torch.nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")


def test_where_memory_is_short_tiles_become_smaller_and_stay_so() -> None:
    network = Forgetful(90)
    enlarger = Enlarger(network, COMPACT, "cpu", Effort(tile_px=128, overlap_px=2))
    small = picture(160, 200)
    made = enlarge(enlarger, small, small)
    assert (made[0] == np.repeat(np.repeat(small, 2, 0), 2, 1)).all()
    assert sum(side > 90 for side in network.seen) == 1
    with pytest.raises(Unavailable) as caught:
        enlarge(Enlarger(Forgetful(10), COMPACT, "cpu", Effort(tile_px=128)), small)
    assert "memory for a tile of 32 pixels" in str(caught.value)


def change_keys(path: Path, change: Callable[[dict[str, np.ndarray]], None]) -> None:  # type: ignore[type-arg]
    arrays, metadata = read_arrays(path)
    change(arrays)
    write_arrays(path, arrays, metadata)


def test_weights_that_are_no_such_network_are_refused_with_what_is_wrong(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "tiny.safetensors", DENSE)
    change_keys(path, lambda arrays: arrays.pop("body.0.rdb2.conv3.bias"))
    with pytest.raises(WeightsBroken) as caught:
        open_enlarger(path, "cpu")
    assert "tiny.safetensors without body.0.rdb2.conv3.bias" in str(caught.value)
    write_arrays(path, {"what": np.zeros(3, np.float32)}, {})
    with pytest.raises(WeightsBroken) as other:
        open_enlarger(path, "cpu")
    assert "expected one of Real-ESRGAN's networks" in str(other.value)


@pytest.mark.parametrize("name", ["realesr-animevideov3", "realesrgan-x4plus"])
def test_the_published_weights_become_safetensors_of_one_digest(name: str) -> None:
    registry = Registry(default_folder(os.environ))
    registry.fetch(name)
    (path,) = registry.weights(name)
    plan = read_plan(path)
    assert plan == (Compact(features=64, convolutions=16, scale=4) if "anime" in name else Dense(features=64, blocks=23, growth=32))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == registry.model(name).files[0].sha256


def test_the_published_film_network_makes_an_edge_sharper_than_lanczos_and_keeps_the_picture() -> None:
    from PIL import Image

    from aiprod.visuals.enlarging.measures import sharpness, ssim

    registry = Registry(default_folder(os.environ))
    registry.fetch("realesr-animevideov3")
    small = np.asarray(Image.fromarray(picture(96, 128)).resize((64, 48), Image.Resampling.BOX))
    (made,) = enlarge(open_enlarger(registry.weights("realesr-animevideov3")[0], "cpu"), small)
    plain = np.asarray(Image.fromarray(small).resize((256, 192), Image.Resampling.LANCZOS))
    again = np.asarray(Image.fromarray(made).resize((64, 48), Image.Resampling.BOX))
    assert ssim(again, small) > 0.9
    assert sharpness(made) > 1.1 * sharpness(plain)


@pytest.mark.parametrize("damage", [lambda content: content[:-8], lambda content: b"what" + content[4:], lambda content: content + b"1234"])
def test_an_ncnn_file_that_is_something_else_is_told(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    registry = Registry(default_folder(os.environ))
    registry.fetch("realesrgan-ncnn")
    source = tmp_path / "realesr-animevideov3.bin"
    source.write_bytes(damage(registry.path("realesrgan-ncnn", source.name).read_bytes()))
    with pytest.raises(WeightsBroken):
        write_realesrgan(source, tmp_path / "out.safetensors")
