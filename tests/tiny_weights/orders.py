"""Small orders for tiny models."""

from fractions import Fraction

from aiprod.models.diffusion.orders import Order
from aiprod.profiles import Shape

SHAPES = {
    "wan-ti2v": Shape(width_px=64, height_px=96), "wan-a14b": Shape(width_px=32, height_px=48),
    "wan-i2v": Shape(width_px=32, height_px=48), "ltx": Shape(width_px=32, height_px=32), "ltx2": Shape(width_px=12, height_px=16),
}  # fmt: skip
"""As small as each tiny model can draw with more than one token across."""


def order(model: str = "wan-ti2v", **changes: object) -> Order:
    """A small order for a tiny model."""
    fields: dict[str, object] = {
        "prompt": "A giant panda eats bamboo", "negative": "text, watermark", "seed": 3, "shape": SHAPES[model],
        "frames": 9, "rate": Fraction(24), "steps": 3, "guidance": 4.0,
    }  # fmt: skip
    return Order(**{**fields, **changes})  # type: ignore[arg-type]
