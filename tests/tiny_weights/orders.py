"""Small orders for tiny models."""

from fractions import Fraction

from aiprod.models.diffusion.orders import Order
from aiprod.profiles import Shape


def order(seed: int = 3, **changes: object) -> Order:
    """A small order that every tiny model can draw."""
    fields: dict[str, object] = {
        "prompt": "A giant panda eats bamboo", "negative": "text, watermark", "seed": seed,
        "shape": Shape(width_px=64, height_px=96), "frames": 9, "rate": Fraction(24), "steps": 3, "guidance": 4.0,
    }  # fmt: skip
    return Order(**{**fields, **changes})  # type: ignore[arg-type]
