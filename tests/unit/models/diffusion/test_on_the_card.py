"""What is drawn on a card is what the processor draws, wherever networks wait: no GPU is needed to see that all that works
together is on the card, in shapes and layouts that it takes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aiprod.models.diffusion.bench import measure
from aiprod.models.diffusion.devices import CudaDevice, Device, ProcessorDevice
from aiprod.models.diffusion.effort import Effort, Offload
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.pictures import Picture
from aiprod.ports import Samples
from aiprod.profiles import Shape
from tests.tiny_weights.orders import order
from tests.unit.models.card import card
from tests.unit.models.diffusion.test_studio import FolderKeep

__all__ = ["card"]

MODELS = ["wan-ti2v", "wan-a14b", "wan-i2v", "ltx", "ltx2"]


def draw(
    folder: Path, keep: Path, device: Device, options: Options, offload: Offload = Offload.NOTHING
) -> tuple[list[Picture], Samples | None]:  # fmt: skip
    """A clip between two pictures where the model takes them, its latents kept on the way; and how it sounds."""
    studio = Studio(folder, device, options)
    studio._effort = Effort(offload=offload)
    studio.family.parts.ease(offload)
    asked = order(folder.name, steps=3)
    picture = np.full((asked.shape.height_px, asked.shape.width_px, 3), 100, np.uint8)
    starts, ends = studio.family.takes
    asked = replace(asked, first=picture if starts else None, last=picture if ends else None)
    keep.mkdir()
    (footage,) = studio.make([asked], Watch(keep=FolderKeep(keep), keep_every=1))
    heard = footage.hear()
    return list(footage.pictures), None if heard is None else heard.samples


@pytest.mark.parametrize(
    ("precision", "offload"),
    [(Precision.BFLOAT16, one) for one in Offload] + [(small, Offload.BLOCKS) for small in (Precision.INT8, Precision.FLOAT8)],
)
@pytest.mark.parametrize("model", MODELS)
def test_a_clip_is_on_the_card_what_it_is_on_the_processor(
    model: str, precision: Precision, offload: Offload, tiny: Callable[[str], Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    expected, sounds = draw(tiny(model), tmp_path / "here", ProcessorDevice(), Options(precision=Precision.BFLOAT16))
    request.getfixturevalue("card")
    found, heard = draw(tiny(model), tmp_path / "there", CudaDevice(), Options(precision=precision), offload)
    assert len(found) == len(expected)
    assert np.abs(np.int16(found) - np.int16(expected)).mean() <= (2 if precision is Precision.BFLOAT16 else 12)
    assert (heard is None) == (sounds is None)


@pytest.mark.usefixtures("card")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what diffusers' pipelines and torch's compiler call
@pytest.mark.parametrize("model", ["wan-a14b", "ltx2"])
def test_every_way_is_measured_on_the_card(model: str, tiny: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch, "compile", lambda do: do)  # a compiler looks beneath what stands for a card
    asked = order(model, shape=Shape(width_px=64, height_px=32))
    found = list(measure("tiny", ModelFolder(tiny(model)), CudaDevice(), lambda _: [asked], 1))
    assert [one.way for one in found] == ["diffusers", "aiprod", "aiprod, compiled", "aiprod, compiled, float8"]
    assert not any(one.failure for one in found)
    assert {one.peak_gb for one in found} == {2**30 / 1e9}
