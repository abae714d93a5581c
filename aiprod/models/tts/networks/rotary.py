"""Places told to attention by turning pairs of numbers. Source: RoFormer (arXiv 2104.09864). Knows no layer."""

import torch
from torch import Tensor


def turns(places: range, head: int, theta: float, like: Tensor) -> tuple[Tensor, Tensor]:
    """Cosine and sine of how far each place is turned, (count, head)."""
    even = torch.arange(0, head, 2, device=like.device, dtype=torch.float32)
    pace = theta ** -(even / head)
    angles = torch.arange(places.start, places.stop, device=like.device, dtype=torch.float32)[:, None] * pace
    whole = torch.cat([angles, angles], dim=-1)
    return whole.cos().to(like.dtype), whole.sin().to(like.dtype)


def turned(heads: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Each pair of numbers turned by its place's angle. Shapes: (..., count, head), twice (count, head)."""
    half = heads.shape[-1] // 2
    crossed = torch.cat([-heads[..., half:], heads[..., :half]], dim=-1)
    return heads * cosine + crossed * sine
