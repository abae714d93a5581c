"""Pictures between two pictures: by a network whose motion is known, at any moment, from strictly read weights."""

import pickle
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.errors import Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.interpolation.interpolator import Interpolator, open_interpolator
from aiprod.models.interpolation.networks import Flow, build, read_plan
from aiprod.models.pictures import Picture
from aiprod.models.weights.rife_conversion import write_rife
from aiprod.models.weights.safetensors import write_arrays
from aiprod.models.weights.torch_archive import PUBLISHED
from tests.unit.models.interpolation.tiny import BLUE, LEVELS, TINY, write_moving, write_random

EDGE = 40


def waves(shift: float, blue: int = 100, rows: int = 128, columns: int = 160) -> Picture:
    """A soft pattern, moved to the right, in red and green."""
    y, x = np.mgrid[:rows, :columns].astype(float)
    light = [128 + 60 * np.sin((x - shift) / 9 + turn) + 40 * np.cos(y / 7 + (x - shift) / 23) for turn in (0.0, 1.0)]
    return np.stack([*light, np.full(x.shape, float(blue))], -1).round().astype(np.uint8)


def inside(picture: Picture) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    return picture[EDGE:-EDGE, EDGE:-EDGE, :BLUE].astype(np.int64)


@pytest.mark.parametrize("moment", [Fraction(1, 4), Fraction(1, 2), Fraction(13, 16)])
def test_what_moves_is_drawn_where_it_is_at_that_moment(moment: Fraction, tmp_path: Path) -> None:
    drawing = open_interpolator(write_moving(tmp_path / "moving.safetensors", 6.0), "cpu")
    (made,) = drawing.between(waves(0), waves(6, 100 + LEVELS), [moment])
    there = waves(6 * float(moment))
    assert np.abs(inside(made) - inside(there)).max() <= 4
    assert np.abs(inside(waves(0)) - inside(there)).mean() > 4


def test_a_moment_that_halving_does_not_reach_is_met_nearly(tmp_path: Path) -> None:
    drawing = open_interpolator(write_moving(tmp_path / "moving.safetensors", 6.0), "cpu")
    made = drawing.between(waves(0), waves(6, 100 + LEVELS), [Fraction(number, 15) for number in range(1, 15)])
    for number, picture in enumerate(made, start=1):
        assert np.abs(inside(picture) - inside(waves(6 * number / 15))).mean() < 2


def test_several_moments_are_each_as_alone_and_sizes_need_not_fit_the_network(tmp_path: Path) -> None:
    drawing = open_interpolator(write_random(tmp_path / "random.safetensors"), "cpu")
    first, second = waves(0, rows=50, columns=70), waves(5, rows=50, columns=70)
    moments = [Fraction(1, 3), Fraction(2, 3)]
    together = drawing.between(first, second, moments)
    assert [one.shape for one in together] == [(50, 70, 3)] * 2
    for made, moment in zip(together, moments, strict=True):
        assert np.array_equal(made, drawing.between(first, second, [moment])[0])
    assert not np.array_equal(*together)


def test_neither_picture_is_the_first(tmp_path: Path) -> None:
    drawing = open_interpolator(write_random(tmp_path / "random.safetensors"), "cpu")
    first, second = waves(0, rows=64, columns=64), waves(5, rows=64, columns=64)
    (there,), (back,) = (drawing.between(*pair, [Fraction(1, 2)]) for pair in ((first, second), (second, first)))
    assert np.abs(there.astype(int) - back).max() <= 1


def test_where_memory_is_short_it_is_told_for_which_picture() -> None:
    class Forgetful(torch.nn.Module):
        def forward(self, *_: torch.Tensor) -> torch.Tensor:
            raise torch.AcceleratorError("CUDA error: out of memory")

    with pytest.raises(Unavailable, match="memory for a picture of 70x50 pixels on cpu"):
        Interpolator(Forgetful(), "cpu").between(waves(0, rows=50, columns=70), waves(5, rows=50, columns=70), [Fraction(1, 2)])


def test_the_network_is_told_from_its_file_and_another_is_refused(tmp_path: Path) -> None:
    assert read_plan(write_random(tmp_path / "random.safetensors")) == TINY
    broken = tmp_path / "broken.safetensors"
    content = {name: np.zeros(tuple(tensor.shape), np.float32) for name, tensor in build(TINY).state_dict().items()}
    del content["block2.conv2.2.bias"]
    write_arrays(broken, content, {"format": "pt"})
    with pytest.raises(WeightsBroken, match=r"block2\.conv2\.2\.bias"):
        open_interpolator(broken, "cpu")
    write_arrays(broken, {"conv.weight": np.zeros((1, 1), np.float32)}, {"format": "pt"})
    with pytest.raises(WeightsBroken, match="expected RIFE's network"):
        open_interpolator(broken, "cpu")
    with pytest.raises(WeightsMissing):
        open_interpolator(tmp_path / "none.safetensors", "cpu")


def test_a_training_state_becomes_the_network_without_its_teacher(tmp_path: Path) -> None:
    state = {f"module.{name}": torch.randn(tensor.shape) for name, tensor in build(TINY).state_dict().items()}
    whole = "module.block0."
    teacher = {f"module.block_tea.{name.removeprefix(whole)}": tensor for name, tensor in state.items() if name.startswith(whole)}
    torch.save({**state, **teacher}, tmp_path / PUBLISHED, _use_new_zipfile_serialization=False)
    write_rife(tmp_path, tmp_path / "network.safetensors")
    assert read_plan(tmp_path / "network.safetensors") == TINY
    open_interpolator(tmp_path / "network.safetensors", "cpu")
    torch.save({"head.weight": torch.ones(2)}, tmp_path / PUBLISHED)
    with pytest.raises(WeightsBroken, match="Expected RIFE's blocks"):
        write_rife(tmp_path, tmp_path / "other.safetensors")
    (tmp_path / PUBLISHED).write_bytes(pickle.dumps(print))
    with pytest.raises(WeightsBroken):
        write_rife(tmp_path, tmp_path / "other.safetensors")
    assert not (tmp_path / "other.safetensors").exists()


def test_the_published_network_has_three_blocks_of_90() -> None:
    published = build(Flow(widths=(90, 90, 90)))
    assert sum(parameter.numel() for parameter in published.parameters()) == pytest.approx(2.28e6, rel=0.01)
