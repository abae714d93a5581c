"""`aiprod gpu bench`: seconds a clip by model, shape and optimisation, beside diffusers' own call in the same run."""

import argparse
import json
import math
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import error_console, output
from aiprod.errors import InvalidInput
from aiprod.models.diffusion.devices import find_device
from aiprod.models.diffusion.folders import ModelFolder, check_packages
from aiprod.models.diffusion.orders import Order, fit_parts, fit_shape
from aiprod.models.diffusion.variants import VARIANTS
from aiprod.profiles import Shape
from aiprod.settings import read_settings

if TYPE_CHECKING:
    from aiprod.models.diffusion.bench import Measured
    from aiprod.models.diffusion.family import Family

SIZES = {"480p": (848, 480), "720p": (1280, 720), "1080p": (1920, 1080)}
RATE = Fraction(24)
PLAIN_STEP_PX = 32
MODELS = ("wan2.2-ti2v-5b", "wan2.2-t2v-a14b", "ltx-2")
PROMPT = "A lighthouse stands on a cliff above the sea at night while waves break below. Cinematic film, soft light."
NEGATIVE = "text, captions, watermark"


def gpu(arguments: argparse.Namespace) -> int:
    """Measure."""
    if arguments.action != "bench":
        raise InvalidInput("aiprod gpu", expected="bench", found=arguments.action)
    check_packages()
    unknown = sorted(set(arguments.sizes) - set(SIZES))
    if unknown:
        raise InvalidInput("--size", expected=f"one of {', '.join(SIZES)}", found=unknown[0])
    found = list(_measured(arguments))
    if arguments.json:
        output().print(json.dumps([asdict(one) for one in found], indent=1), highlight=False, markup=False)
    return ExitCode.DONE


def _measured(arguments: argparse.Namespace) -> "Iterator[Measured]":
    from aiprod.models.diffusion.bench import measure
    from aiprod.models.diffusion.full_size import RandomFolder

    device = find_device(read_settings().diffusion_device)
    device.hold()
    error_console().print(f"{device.title}, {device.memory_bytes / 1e9:.0f} GB", highlight=False)
    for model in arguments.models or MODELS:
        with tempfile.TemporaryDirectory(prefix="aiprod-bench-") as scratch:
            own = Path(model)
            folder = ModelFolder(own) if own.is_dir() else RandomFolder(model, Path(scratch))
            for one in measure(model, folder, device, _orders(model, arguments), arguments.steps):
                error_console().print(_line(one), highlight=False, markup=False)
                yield one


def _orders(model: str, arguments: argparse.Namespace) -> "Callable[[Family], list[Order]]":
    """An order a size, as long as asked for, with the steps that the model is used with."""
    variant = next((one for one in VARIANTS if one.model == model), VARIANTS[0])
    shapes = [SIZES[size] for size in arguments.sizes or SIZES] if not arguments.side else [(arguments.side * 16 // 9, arguments.side)]

    def orders(family: "Family") -> list[Order]:
        grid = family.grid
        if grid.rate is None:  # diffusers' pipelines of LTX take no other sides
            grid = replace(grid, step_px=math.lcm(grid.step_px, PLAIN_STEP_PX))
        rate = grid.rate or RATE
        frames = min(grid.longest, fit_parts(Fraction(arguments.seconds), rate, grid)[0])
        return [
            Order(
                prompt=PROMPT, negative=NEGATIVE, seed=1, frames=frames, rate=rate, steps=variant.steps,
                guidance=max(2.0, variant.guidance), shape=fit_shape(Shape(width_px=width, height_px=height), grid),
            )
            for width, height in shapes
        ]  # fmt: skip

    return orders


def _line(one: "Measured") -> str:
    head = f"{one.model:<18} {one.size:>10} {one.frames:>4} frames  {one.way:<28}"
    if one.failure:
        return f"{head} {one.failure}"
    return (
        f"{head} text {one.text_seconds:7.2f} s  moving {one.moving_seconds:6.2f} s  step {one.step_seconds:8.3f} s"
        f"  decoding {one.decode_seconds:7.2f} s  clip {one.clip_seconds:8.1f} s  {one.peak_gb:5.1f} GB  {one.placement}"
    )
