"""Real-ESRGAN's two networks, under the names that their published weights use.

Knows the two architectures and how to tell from a file which one it holds; what pictures are is `enlarger.py`'s business.
Sources: Wang et al., "ESRGAN: Enhanced Super-Resolution Generative Adversarial Networks" (2018), section 3.1, and
"Real-ESRGAN: Training Real-World Blind Super-Resolution with Pure Synthetic Data" (2021), with its compact VGG-like
network for films. Shapes: B pictures, 3 colours in 0..1, H rows, W columns.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import Entry, read_header

if TYPE_CHECKING:
    import torch

RESIDUAL_SHARE = 0.2
"""How much of what a block finds is added to what came in: training deep networks without normalisation needs it small."""
LEAK = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense:
    """Residual blocks of densely connected convolutions: `growth` channels more at each."""

    features: int
    blocks: int
    growth: int
    scale: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Compact:
    """A plain row of convolutions at the small size, shuffled into the large one at the end."""

    features: int
    convolutions: int
    scale: int


def read_plan(path: Path) -> Dense | Compact:
    """Which network a file holds, by its keys and shapes. Raises: WeightsMissing, WeightsBroken."""
    entries = read_header(path).entries
    try:
        return _dense(entries) if "conv_first.weight" in entries else _compact(entries)
    except (KeyError, IndexError) as error:
        raise WeightsBroken(
            f"{path.name}: expected one of Real-ESRGAN's networks, found no {error}; fetch the model again."
        ) from error


def _dense(entries: Mapping[str, Entry]) -> Dense:
    return Dense(
        features=entries["conv_first.weight"].shape[0],
        blocks=sum(key.endswith(".rdb1.conv1.weight") for key in entries),
        growth=entries["body.0.rdb1.conv1.weight"].shape[0],
    )


def _compact(entries: Mapping[str, Entry]) -> Compact:
    rows = sum(len(entry.shape) == 4 for entry in entries.values())
    last = entries[f"body.{2 * (rows - 1)}.weight"].shape[0]
    return Compact(features=entries["body.0.weight"].shape[0], convolutions=rows - 2, scale=math.isqrt(last // 3))


def build(plan: Dense | Compact) -> "torch.nn.Module":
    """The network of that plan, without weights."""
    return _build_dense(plan) if isinstance(plan, Dense) else _build_compact(plan)


def _build_dense(plan: Dense) -> "torch.nn.Module":
    import torch
    from torch import Tensor, nn
    from torch.nn.functional import interpolate, leaky_relu

    def convolution(inside: int, outside: int) -> nn.Conv2d:
        return nn.Conv2d(inside, outside, 3, 1, 1)

    class ResidualDenseBlock(nn.Module):
        """Five convolutions, each of which sees all that the ones before it made."""

        def __init__(self) -> None:
            super().__init__()
            features, growth = plan.features, plan.growth
            self.conv1 = convolution(features, growth)
            self.conv2 = convolution(features + growth, growth)
            self.conv3 = convolution(features + 2 * growth, growth)
            self.conv4 = convolution(features + 3 * growth, growth)
            self.conv5 = convolution(features + 4 * growth, features)

        def forward(self, x: Tensor) -> Tensor:
            made = [x]
            for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
                made.append(leaky_relu(layer(torch.cat(made, 1)), LEAK))
            found: Tensor = self.conv5(torch.cat(made, 1))
            return x + RESIDUAL_SHARE * found

    class ResidualInResidual(nn.Module):
        """Three dense blocks with a residual around them."""

        def __init__(self) -> None:
            super().__init__()
            self.rdb1, self.rdb2, self.rdb3 = ResidualDenseBlock(), ResidualDenseBlock(), ResidualDenseBlock()

        def forward(self, x: Tensor) -> Tensor:
            found: Tensor = self.rdb3(self.rdb2(self.rdb1(x)))
            return x + RESIDUAL_SHARE * found

    class RRDBNet(nn.Module):
        """Features, blocks, then twice twice the size. Shapes: (B, 3, H, W) to (B, 3, 4H, 4W)."""

        def __init__(self) -> None:
            super().__init__()
            features = plan.features
            self.conv_first = convolution(3, features)
            self.body = nn.Sequential(*(ResidualInResidual() for _ in range(plan.blocks)))
            self.conv_body = convolution(features, features)
            self.conv_up1, self.conv_up2 = convolution(features, features), convolution(features, features)
            self.conv_hr, self.conv_last = convolution(features, features), convolution(features, 3)

        def forward(self, x: Tensor) -> Tensor:
            first = self.conv_first(x)
            features = first + self.conv_body(self.body(first))
            for enlarge in (self.conv_up1, self.conv_up2):
                features = leaky_relu(enlarge(interpolate(features, scale_factor=2.0, mode="nearest")), LEAK)
            made: Tensor = self.conv_last(leaky_relu(self.conv_hr(features), LEAK))
            return made

    return RRDBNet()


def _build_compact(plan: Compact) -> "torch.nn.Module":
    from torch import Tensor, nn
    from torch.nn.functional import interpolate, pixel_shuffle

    class SRVGGNetCompact(nn.Module):
        """Convolutions and PReLUs in a row. Shapes: (B, 3, H, W) to (B, 3, scale H, scale W)."""

        def __init__(self) -> None:
            super().__init__()
            features = plan.features
            layers: list[nn.Module] = [nn.Conv2d(3, features, 3, 1, 1), nn.PReLU(features)]
            for _ in range(plan.convolutions):
                layers += [nn.Conv2d(features, features, 3, 1, 1), nn.PReLU(features)]
            self.body = nn.ModuleList([*layers, nn.Conv2d(features, 3 * plan.scale**2, 3, 1, 1)])

        def forward(self, x: Tensor) -> Tensor:
            features = x
            for layer in self.body:
                features = layer(features)
            # What is learnt is the difference to the picture whose pixels are merely larger.
            return pixel_shuffle(features, plan.scale) + interpolate(x, scale_factor=float(plan.scale), mode="nearest")

    return SRVGGNetCompact()
