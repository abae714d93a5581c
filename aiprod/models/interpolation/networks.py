"""RIFE's network (IFNet, third version): the motion from the middle to two pictures, found coarse to fine.

Knows the architecture, under the names of its published weights, and how to tell its widths from a file; pictures and moments
are `interpolator.py`'s business. Each block sees the pictures as they are warped so far and mends the motion at a finer scale;
it looks at them in both orders, so that neither picture is the first. Source: Huang et al., "Real-Time Intermediate Flow
Estimation for Video Frame Interpolation" (ECCV 2022), in the form of its release for films. Shapes: B pairs, 3 colours in
0..1, H rows and W columns in multiples of `STEP_PX`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import read_header

if TYPE_CHECKING:
    import torch

SCALES = (4, 2, 1)
"""How much smaller than the picture each block looks at it."""
STEP_PX = 32
"""The coarsest block halves twice what is four times smaller."""
COLOURS, MOTION = 3, 4
GIVEN = 2 * COLOURS + 1 + MOTION
"""What a block is told: two pictures, the mask, the motion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How wide each block is."""

    widths: tuple[int, ...]


def read_plan(path: Path) -> Flow:
    """The network that a file holds, by its keys and shapes. Raises: WeightsMissing, WeightsBroken."""
    entries = read_header(path).entries
    try:
        return Flow(widths=tuple(entries[f"block{number}.conv0.1.0.weight"].shape[0] for number in range(len(SCALES))))
    except KeyError as error:
        raise WeightsBroken(f"{path.name}: expected RIFE's network, found no {error}; fetch the model again.") from error


def build(plan: Flow) -> "torch.nn.Module":
    """The network of that plan, without weights."""
    import torch
    from torch import Tensor, nn
    from torch.nn.functional import grid_sample, interpolate

    def warp(pictures: Tensor, motion: Tensor) -> Tensor:
        """The pictures as seen from where each pixel goes. Shapes: (B, 3, H, W), (B, 2, H, W) in pixels right and down."""
        rows, columns = pictures.shape[-2:]
        across = torch.linspace(-1, 1, columns, device=motion.device).view(1, 1, columns).expand(1, rows, columns)
        down = torch.linspace(-1, 1, rows, device=motion.device).view(1, rows, 1).expand(1, rows, columns)
        seen = torch.stack([across + motion[:, 0] * 2 / (columns - 1), down + motion[:, 1] * 2 / (rows - 1)], dim=-1)
        return grid_sample(pictures, seen, mode="bilinear", padding_mode="border", align_corners=True)

    def resized(x: Tensor, factor: float) -> Tensor:
        return x if factor == 1 else interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)

    def turned(motion: Tensor) -> Tensor:
        """The motion as it is with the pictures in the other order."""
        return torch.cat([motion[:, 2:], motion[:, :2]], 1)

    def convolution(inside: int, outside: int, stride: int = 1) -> nn.Sequential:
        return nn.Sequential(nn.Conv2d(inside, outside, 3, stride, 1), nn.PReLU(outside))

    def told(width: int, channels: int) -> nn.Sequential:
        return nn.Sequential(
            nn.ConvTranspose2d(width, width // 2, 4, 2, 1), nn.PReLU(width // 2), nn.ConvTranspose2d(width // 2, channels, 4, 2, 1)
        )

    class Block(nn.Module):
        """Mends motion and mask at one scale."""

        def __init__(self, width: int) -> None:
            super().__init__()
            self.conv0 = nn.Sequential(convolution(GIVEN, width // 2, 2), convolution(width // 2, width, 2))
            self.convblock0 = nn.Sequential(convolution(width, width), convolution(width, width))
            self.convblock1 = nn.Sequential(convolution(width, width), convolution(width, width))
            self.convblock2 = nn.Sequential(convolution(width, width), convolution(width, width))
            self.convblock3 = nn.Sequential(convolution(width, width), convolution(width, width))
            self.conv1, self.conv2 = told(width, MOTION), told(width, 1)

        def forward(self, seen: Tensor, motion: Tensor, scale: int) -> tuple[Tensor, Tensor]:
            features = self.conv0(torch.cat([resized(seen, 1 / scale), resized(motion, 1 / scale) / scale], 1))
            for block in (self.convblock0, self.convblock1, self.convblock2, self.convblock3):
                features = block(features) + features
            return resized(self.conv1(features), float(scale)) * scale, resized(self.conv2(features), float(scale))

    class IFNet(nn.Module):
        """The picture in the middle. Shapes: (B, 3, H, W) twice, to (B, 3, H, W)."""

        def __init__(self) -> None:
            super().__init__()
            self.block0, self.block1, self.block2 = (Block(width) for width in plan.widths)

        def forward(self, first: Tensor, second: Tensor) -> Tensor:
            one, other = first, second
            motion, mask = first.new_zeros((len(first), MOTION, *first.shape[2:])), first.new_zeros((len(first), 1, *first.shape[2:]))
            for block, scale in zip((self.block0, self.block1, self.block2), SCALES, strict=True):
                more, mended = block(torch.cat([one, other, mask], 1), motion, scale)
                back, mended_back = block(torch.cat([other, one, -mask], 1), turned(motion), scale)
                motion = motion + (more + turned(back)) / 2
                mask = mask + (mended - mended_back) / 2
                one, other = warp(first, motion[:, :2]), warp(second, motion[:, 2:])
            share = torch.sigmoid(mask)
            return one * share + other * (1 - share)

    return IFNet()
