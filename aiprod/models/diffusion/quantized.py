"""Linear layers with weights of one byte a number: 8-bit floats where the GPU multiplies them, 8-bit integers elsewhere.

Weights are scaled by output channel, activations by token while they pass. Knows torch's two kernels and no model; what
is small or delicate (embeddings, norms, the last projection) stays as it is.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.placement import Precision

if TYPE_CHECKING:
    import torch

FLOAT8_MOST = 448.0
INT8_MOST = 127.0
FEWEST_ROWS = 17
"""torch's integer kernel wants more rows than this on a GPU."""
WIDTH_STEP = 16


def quantize_blocks(network: "torch.nn.Module", precision: Precision, device: str) -> int:
    """Replace the linear layers of the network's blocks, which stay in main memory. How many were replaced."""
    import torch

    replaced = 0
    for child in network.children():
        if not isinstance(child, torch.nn.ModuleList):
            continue
        for block in child:
            for name, layer in list(block.named_modules()):
                if isinstance(layer, torch.nn.Linear) and not (layer.in_features % WIDTH_STEP or layer.out_features % WIDTH_STEP):
                    parent, _, leaf = name.rpartition(".")
                    setattr(block.get_submodule(parent), leaf, make_linear(layer, precision, device))
                    replaced += 1
    return replaced


def make_linear(layer: "torch.nn.Linear", precision: Precision, device: str) -> "torch.nn.Module":
    """The layer in that precision; the device does the arithmetic."""
    import torch

    weight = layer.weight.to(device).float()
    most = FLOAT8_MOST if precision is Precision.FLOAT8 else INT8_MOST
    scale = (weight.abs().amax(dim=1, keepdim=True) / most).clamp(min=1e-12)
    scaled = weight / scale
    kept = scaled.to(torch.float8_e4m3fn) if precision is Precision.FLOAT8 else scaled.round().to(torch.int8)
    return _small_linear()(kept.cpu(), scale.squeeze(1).cpu(), layer.bias)


@cache
def _small_linear() -> "Callable[..., torch.nn.Module]":
    """The class of small layers; made once, so that what is compiled for one serves all."""
    import torch

    class SmallLinear(torch.nn.Module):
        """y = x W' + b with W kept small. Shapes: x (..., inward), W (outward, inward)."""

        weight: torch.Tensor
        scale: torch.Tensor
        bias: torch.Tensor | None

        def __init__(self, weight: torch.Tensor, scale: torch.Tensor, bias: torch.Tensor | None) -> None:
            super().__init__()
            self.register_buffer("weight", weight)
            self.register_buffer("scale", scale)
            self.register_buffer("bias", bias)
            self.out_features, self.in_features = weight.shape

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            rows = x.reshape(-1, x.shape[-1])
            multiply = _float8 if self.weight.is_floating_point() else _int8
            y: torch.Tensor = multiply(rows, self.weight, self.scale).to(x.dtype)
            y = y if self.bias is None else y + self.bias.to(x.dtype)
            return y.view(*x.shape[:-1], -1)

    return SmallLinear


def _float8(rows: "torch.Tensor", weight: "torch.Tensor", scale: "torch.Tensor") -> Any:
    import torch

    each = (rows.abs().amax(dim=1, keepdim=True).float() / FLOAT8_MOST).clamp(min=1e-12)
    small = (rows.float() / each).to(torch.float8_e4m3fn)
    return torch._scaled_mm(
        small, weight.t(), scale_a=each, scale_b=scale.unsqueeze(0), out_dtype=torch.bfloat16, use_fast_accum=True
    )


def _int8(rows: "torch.Tensor", weight: "torch.Tensor", scale: "torch.Tensor") -> Any:
    import torch

    each = (rows.abs().amax(dim=1, keepdim=True).float() / INT8_MOST).clamp(min=1e-12)
    small = (rows.float() / each).round().to(torch.int8)
    lacking = max(0, FEWEST_ROWS - small.shape[0])
    if lacking:
        small = torch.nn.functional.pad(small, (0, 0, 0, lacking))
    product = torch._int_mm(small, weight.t())[: rows.shape[0]]
    return product.float() * each * scale
