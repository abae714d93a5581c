"""Builds the tiny models: `python -m tests.tiny_weights.build FOLDER` writes every one of them."""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.tiny_weights import ltx, wan

MODELS: dict[str, Callable[[Path], None]] = {
    "wan-ti2v": wan.write_ti2v,
    "wan-a14b": wan.write_a14b,
    "wan-i2v": wan.write_i2v,
    "ltx": ltx.write_ltx,
    "ltx2": ltx.write_ltx2,
}


def build(name: str, folder: Path) -> Path:
    """The model of that name in the folder; the same bytes each time."""
    import torch

    torch.manual_seed(0)
    path = folder / name
    MODELS[name](path)
    return path


if __name__ == "__main__":
    for model in MODELS:
        print(build(model, Path(sys.argv[1])))
