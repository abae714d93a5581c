"""Whatever works together is in one place: no GPU is needed to see that nothing of a model was left in main memory.

The card is torch's "meta", which holds no numbers: what asks for one gets an answer that fits, and every operation is looked at
for tensors of two devices, at which a GPU would stop.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from aiprod.models.diffusion.effort import Offload
from aiprod.models.diffusion.loop import Guide, Watch, denoise
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import SmallDevice

CARD = "meta"
NOISY_STEP = 900
"""What the card says of every number that it is asked for: a step at which there is much noise."""


class Apart(TorchDispatchMode):
    """Refuses what works on tensors of two devices; single numbers may come from anywhere, and copies go across."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        tensors = [one for one in tree_leaves((args, kwargs or {})) if isinstance(one, torch.Tensor) and one.ndim]
        if len({one.device.type for one in tensors}) > 1 and "copy" not in str(func):
            pytest.fail(f"{func} of {[(one.device.type, tuple(one.shape)) for one in tensors]}")
        return func(*args, **(kwargs or {}))


class Answers(TorchFunctionMode):
    """What a tensor without numbers says when it is asked for one."""

    def __torch_function__(self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        numbers: dict[Any, bool | float] = {
            torch.Tensor.__bool__: True, torch.Tensor.item: 1, torch.Tensor.__int__: 1, torch.Tensor.__float__: float(NOISY_STEP),
        }  # fmt: skip
        if func in numbers and args[0].is_meta:
            return numbers[func]
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("name", ["wan-a14b", "wan-i2v", "ltx", "ltx2"])
@pytest.mark.parametrize(
    ("precision", "offload"),
    [(Precision.BFLOAT16, Offload.NETWORKS), (Precision.INT8, Offload.NOTHING), (Precision.INT8, Offload.BLOCKS)],
)
def test_what_works_together_is_on_the_card(name: str, precision: Precision, offload: Offload, tiny: Callable[[str], Path]) -> None:
    studio = Studio(tiny(name), SmallDevice(lambda _: True, name="cpu:0", memory_bytes=2**40), Options(precision=precision))
    family, parts = studio.family, studio.family.parts
    parts.device, parts.offload = CARD, offload
    for visit in parts._visits.values():
        visit._device = CARD
    asked = order(name, steps=2)
    picture = np.full((asked.shape.height_px, asked.shape.width_px, 3), 100, np.uint8)
    first, last = family.takes
    asked = replace(asked, first=picture if first else None, last=picture if last else None)
    with Answers(), Apart():
        wanted, unwanted = family.read(["A fox runs.", "text"])
        latents = denoise(family, [asked], family.begin([asked]), Guide(wanted=wanted, unwanted=unwanted), Watch())
        pieces = list(family.decode(latents, asked, tiling=False))
    assert sum(len(piece) for piece in pieces) == asked.frames
    assert {one.device.type for one in (*wanted.values(), *latents.values(), *pieces)} == {CARD}
