"""Pictures as networks take them and give them back, and the device on which networks for pictures run.

Knows torch's tensors and devices, and no network.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from aiprod.errors import EngineMissing
from aiprod.models.cards import card_or_processor
from aiprod.profiles import Shape

if TYPE_CHECKING:
    import torch

Picture: TypeAlias = npt.NDArray[np.uint8]
"""RGB in 0..255. Shape: (height, width, 3)."""


def require_packages(work: str, packages: Sequence[str]) -> None:
    """Raises: EngineMissing, where one that the work needs is not here."""
    lacking = [name for name in packages if find_spec(name) is None]
    if lacking:
        raise EngineMissing(f"Expected {', '.join(packages)} for {work}, found no {', '.join(lacking)}: run scripts/setup gpu.")


def choose_device(wanted: str, work: str, packages: Sequence[str] = ("torch",)) -> str:
    """The wanted device; for "" a GPU where there is one. Raises: as `require_packages`, and where there is a GPU that torch
    cannot use."""
    require_packages(work, packages)
    return wanted or card_or_processor(work)


def luma(picture: Picture) -> npt.NDArray[np.float64]:
    """BT.709's luma. Shape: (height, width)."""
    return np.asarray(picture @ np.array([0.2126, 0.7152, 0.0722]))


def sized(picture: Picture, shape: Shape) -> Picture:
    """The picture at that size."""
    from PIL import Image

    size = (shape.width_px, shape.height_px)
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))


def to_tensor(picture: Picture, device: str) -> "torch.Tensor":
    """The picture as numbers in 0..1. Shape: (1, 3, height, width)."""
    import torch

    values = torch.from_numpy(np.array(picture)).to(device)
    return values.permute(2, 0, 1).unsqueeze(0).float() / 255


def to_picture(values: "torch.Tensor") -> Picture:
    """A picture of numbers that are 0..1, or nearly. Shape: (1, 3, height, width)."""
    import torch

    levels = (values[0].clamp(0, 1) * 255).round().to(torch.uint8)
    return np.asarray(levels.permute(1, 2, 0).cpu().numpy())
