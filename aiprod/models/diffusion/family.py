"""What one kind of model brings to the loop that all share: how it reads, starts, predicts and decodes.

`wan.py`, `ltx.py` and `ltx2.py` implement it; `loop.py` is the only caller of `velocity`. Names the tensors' shapes:
B clips, S tokens, C channels, T, H, W the latents' frames, rows and columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from aiprod.models.diffusion.orders import Grid, Order
from aiprod.models.pictures import Picture, sized
from aiprod.ports import Samples

if TYPE_CHECKING:
    import torch

    from aiprod.models.diffusion.parts import Parts
    from aiprod.models.diffusion.solvers import Solver

Tensors: TypeAlias = Mapping[str, "torch.Tensor"]

VIDEO = "video"
SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is not denoised: where `mask` is 1 the stream is `clean`, at every step. Both broadcast to the stream."""

    mask: "torch.Tensor"
    clean: "torch.Tensor"


@dataclass(slots=True, kw_only=True)
class Start:
    """Noise to begin with, its solvers, and all that stays the same from step to step.

    `streams` are what is denoised, the clips' first dimension being B; `constants` are handed to `velocity` as they are;
    `begun` steps are not to be made.
    """

    streams: dict[str, "torch.Tensor"]
    solvers: dict[str, "Solver"]
    held: dict[str, Held] = field(default_factory=dict)
    constants: dict[str, "torch.Tensor"] = field(default_factory=dict)
    begun: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a model makes to be heard. Shape of `samples`: (channels, n)."""

    samples: Samples
    rate_hz: int


class Family(Protocol):
    """One loaded model."""

    parts: "Parts"

    @property
    def grid(self) -> Grid: ...

    @property
    def takes(self) -> tuple[bool, bool]:
        """Whether it can start from a picture, and end on one."""

    @property
    def longest_tokens(self) -> int:
        """Tokens of a prompt that are read; what is longer is cut."""

    def count_tokens(self, prompt: str) -> int:
        """Tokens of the whole prompt."""

    def read(self, prompts: Sequence[str]) -> list[dict[str, "torch.Tensor"]]:
        """Each prompt as tensors with a first dimension of 1."""

    def begin(self, orders: Sequence[Order]) -> Start:
        """The noise of orders of one shape and length, each from its own seed whatever else is in the batch."""

    def latents_of(self, picture: Picture, order: Order) -> "torch.Tensor":
        """A picture as the stream of an order of one frame, without noise."""

    def velocity(self, streams: Tensors, text: Tensors, timestep: "torch.Tensor", start: Start) -> dict[str, "torch.Tensor"]:
        """Where the streams are headed at `timestep`; the first dimension is a multiple of the start's B."""

    def guidance(self, order: Order, timestep: float) -> Mapping[str, float]:
        """How far from the negative prompt each stream is led; 1 is not at all."""

    def decode(self, latents: Tensors, order: Order, *, tiling: bool) -> Iterator["torch.Tensor"]:
        """The pictures of one clip in order, some at a time. Shape: (frames, height, width, 3), uint8."""

    def sound(self, latents: Tensors, order: Order) -> Sound | None:
        """What the clip sounds like, if the model says."""


def picture_tensor(picture: Picture, order: Order, device: "torch.device | str") -> "torch.Tensor":
    """A picture as a network reads it: the order's size, -1..1. Shape: (1, 3, height, width)."""
    import numpy as np
    import torch

    values = torch.from_numpy(np.array(sized(picture, order.shape))).to(device).permute(2, 0, 1).unsqueeze(0)
    return values.float() / 127.5 - 1.0


def to_bytes(video: "torch.Tensor") -> "torch.Tensor":
    """A decoder's output as pictures. Shapes: (1, 3, frames, height, width) in -1..1 to (frames, height, width, 3)."""
    import torch

    values = video[0].permute(1, 2, 3, 0).float()
    return ((values.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)


def draw_noise(shape: Sequence[int], orders: Sequence[Order], device: "torch.device | str", stream: int = 0) -> "torch.Tensor":
    """Gaussian noise, a clip a seed: drawn on the processor, so that every device begins with the same. Shape: (B, *shape)."""
    import torch

    drawn = [
        torch.randn(tuple(shape), generator=torch.Generator().manual_seed(order.seed + stream), dtype=torch.float32)
        for order in orders
    ]
    return torch.stack(drawn).to(device)
