"""Measuring: parts that add up to a clip, ours beside diffusers' own; full sizes that are those of the real models."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from aiprod.errors import NotFound
from aiprod.models.diffusion.bench import measure
from aiprod.models.diffusion.effort import Stage, Work
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.full_size import RandomFolder
from aiprod.profiles import Shape
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import SmallDevice

REAL = {
    "wan2.2-ti2v-5b": {"transformer": 5.0, "text_encoder": 5.68, "vae": 0.705},
    "wan2.2-t2v-a14b": {"transformer": 14.29, "transformer_2": 14.29},
    "ltx-2": {"transformer": 18.9, "text_encoder": 11.9},
}
"""Thousands of millions of numbers in the publishers' releases."""


def test_ours_is_measured_beside_diffusers_in_parts_that_add_up(tiny: Callable[[str], Path]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "aiprod", "gpu", "bench", "--model", str(tiny("wan-a14b")), "--model", str(tiny("ltx2")),
         "--side", "32", "--seconds", "0.2", "--steps", "2", "--json"],
        env={**os.environ, "AIPROD_DIFFUSION_DEVICE": "cpu", "OMP_NUM_THREADS": "1"}, capture_output=True, text=True,
        timeout=280, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert [one["way"] for one in found] == ["diffusers", "aiprod", "aiprod, int8"] * 2
    for one in found:
        assert one["failure"] == ""
        assert min(one["text_seconds"], one["step_seconds"], one["decode_seconds"]) > 0
        steps = round((one["clip_seconds"] - one["text_seconds"] - one["decode_seconds"]) / one["step_seconds"])
        assert steps == 50
        assert f"{one['size']:>10} {one['frames']:>4} frames  {one['way']}" in run.stderr


@pytest.mark.parametrize("model", REAL)
def test_a_full_size_is_that_of_the_publishers_release(model: str, tmp_path: Path) -> None:
    folder = RandomFolder(model, tmp_path)
    for network, size in REAL[model].items():
        assert folder.numbers(network) / 1e9 == pytest.approx(size, rel=0.01)


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(("memory_bytes", "moves"), [(2**20, True), (2**40, False)])
def test_bringing_networks_that_wait_counts(memory_bytes: int, moves: bool, tiny: Callable[[str], Path]) -> None:
    device = SmallDevice(lambda _: True, name="cpu:0", memory_bytes=memory_bytes)
    folder = ModelFolder(tiny("wan-a14b"))
    found = [one for one in measure("tiny", folder, device, lambda _: [order("wan-a14b", steps=9)], 2) if one.way.startswith("aiprod")]
    assert len(found) == 3
    for one in found:
        assert (one.failure, one.moving_seconds > 0) == ("", moves)
        parts = one.text_seconds + one.moving_seconds + 9 * one.step_seconds + one.decode_seconds
        assert one.clip_seconds == pytest.approx(parts)
        assert torch.backends.cudnn.deterministic


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("name", ["wan-a14b", "ltx2"])
def test_what_cannot_be_decoded_whole_is_measured_in_tiles_and_says_so(name: str, tiny: Callable[[str], Path]) -> None:
    short = [True]

    def fits(work: Work) -> bool:
        return work.tiling or work.stage is not Stage.DECODING or not short[0]

    device = SmallDevice(fits, name="cpu:0", memory_bytes=2**40)
    wanted, found = order(name, shape=Shape(width_px=32, height_px=32)), []
    for one in measure("tiny", ModelFolder(tiny(name)), device, lambda _: [wanted, wanted], 1):
        if not one.way.startswith("diffusers"):
            found.append((one.failure, "in tiles" in one.placement))
            short[0] = not short[0]
    assert found == [("", True), ("", False)] * 3


def test_a_model_whose_full_size_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="found 'sora'"):
        RandomFolder("sora", tmp_path)
