"""Seconds a clip, measured in parts: reading the prompts, a step, decoding; ours beside diffusers' own call in one run.

The same networks serve both, diffusers' first. A clip's seconds are the sum that its steps make of the parts, and what it takes to
bring networks that wait in main memory to the device for it; loading is left out, and so is encoding the file, which goes on
while pictures are decoded.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from aiprod.errors import AiprodError, DeviceLost, Unavailable
from aiprod.logs import logger
from aiprod.models.diffusion.devices import Device, MemoryShort, seed_everything
from aiprod.models.diffusion.effort import Offload, Stage, Work
from aiprod.models.diffusion.family import VIDEO, Family
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.loop import Guide, Watch, denoise
from aiprod.models.diffusion.opening import choose_placement, open_family
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.placement import Placement, Precision
from aiprod.models.diffusion.plain import decode_plain, open_plain, read_plain, step_plain
from aiprod.models.diffusion.sequences import from_tokens, latent_shape
from aiprod.models.diffusion.tuning import Options, denoisers

if TYPE_CHECKING:
    import torch

T = TypeVar("T")
WARM_STEPS = 2
"""Steps that are not counted: kernels are chosen and compiled in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to run a model; `plain` is diffusers' own pipeline."""

    name: str
    plain: bool = False
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was found of one model, shape and way; `failure` says why there is nothing. `moving_seconds` is for the networks that
    denoise; for the others it is in the seconds of their work."""

    model: str
    way: str
    size: str
    frames: int
    text_seconds: float = 0.0
    moving_seconds: float = 0.0
    step_seconds: float = 0.0
    decode_seconds: float = 0.0
    clip_seconds: float = 0.0
    peak_gb: float = 0.0
    placement: str = ""
    failure: str = ""


def ways(device: Device) -> tuple[Way, ...]:
    """What each optimisation brings, one after the other, beside plain diffusers."""
    if device.name == "cpu":
        full = Options(precision=Precision.FLOAT32)
        return (
            Way(name="diffusers", plain=True, options=full), Way(name="aiprod", options=full),
            Way(name="aiprod, int8", options=Options(precision=Precision.INT8)),
        )  # fmt: skip
    full = Options(precision=Precision.BFLOAT16)
    return (
        Way(name="diffusers", plain=True, options=full), Way(name="aiprod", options=full),
        Way(name="aiprod, compiled", options=replace(full, quick=True)),
        Way(name=f"aiprod, compiled, {device.small}", options=Options(precision=device.small, quick=True)),
    )  # fmt: skip


def measure(
    model: str, folder: ModelFolder, device: Device, orders: Callable[[Family], list[Order]], steps: int
) -> Iterator[Measured]:
    """Every shape in every way, as they come. `steps` are those that are timed."""
    for way in ways(device):
        try:
            placement = choose_placement(folder, device, way.options)
            if way.plain:  # diffusers keeps all on the device, the text encoder apart
                placement = replace(placement, offload=Offload.NOTHING)
            family = open_family(folder, device, placement, way.options)
        except DeviceLost:
            raise
        except Unavailable as error:
            yield Measured(model=model, way=way.name, size="", frames=0, failure=str(error))
            continue
        for order in orders(family):
            yield _measure(model, folder, device, family, order, way, placement, steps)
        del family
        device.empty()


def _measure(
    model: str, folder: ModelFolder, device: Device, family: Family, order: Order, way: Way, placement: Placement, steps: int
) -> Measured:  # fmt: skip
    size = f"{order.shape.width_px}x{order.shape.height_px}"
    work = Work(stage=Stage.DENOISING, batch=1, frames=order.frames, pixels=order.shape.width_px * order.shape.height_px)
    device.peak_bytes()
    try:
        found = device.attempt(work, lambda: (_plain if way.plain else _ours)(folder, device, family, order, steps))
    except DeviceLost:
        raise
    except AiprodError as error:
        logger().warning("not measured", model=model, way=way.name, size=size, reason=str(error))
        return Measured(model=model, way=way.name, size=size, frames=order.frames, failure=str(error))
    return Measured(
        model=model, way=way.name, size=size, frames=order.frames, text_seconds=found.text, moving_seconds=found.moving,
        step_seconds=found.step, decode_seconds=found.decode, peak_gb=device.peak_bytes() / 1e9,
        clip_seconds=found.text + found.moving + order.steps * found.step + found.decode,
        placement=f"{placement.precision}, {Offload(placement.offload).name.lower()} waits{', decoded in tiles' if found.tiled else ''}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Seconds of a clip's parts."""

    text: float
    moving: float = 0.0
    step: float
    decode: float
    tiled: bool = False


def _ours(_folder: ModelFolder, device: Device, family: Family, order: Order, steps: int) -> _Parts:
    seed_everything(order.seed)  # as before a clip: cuDNN must choose as it does then
    prompts = [order.prompt, order.negative]
    family.read(prompts)
    _wait(family)
    words, text = _timed(device, lambda: family.read(prompts))
    guide = Guide(wanted=words[0], unwanted=words[1])
    start = family.begin([replace(order, steps=steps + WARM_STEPS)])
    stamps: list[float] = []

    def told(_done: int, _all: int) -> None:
        device.settle()
        stamps.append(time.perf_counter())

    latents = denoise(family, [order], start, guide, Watch(told=told))
    decode, tiled = _decoding(device, family, latents, order)
    gaps = [after - before for before, after in pairwise(stamps)]
    step = statistics.median(gaps[WARM_STEPS - 1 :])
    return _Parts(text=text, moving=_moving(device, family), step=step, decode=decode, tiled=tiled)


def _decoding(device: Device, family: Family, latents: "dict[str, torch.Tensor]", order: Order) -> tuple[float, bool]:
    """Seconds of decoding, and whether it was in tiles, as a clip's is where memory does not suffice. Raises: MemoryShort."""
    work = Work(stage=Stage.DECODING, batch=1, frames=order.frames, pixels=order.shape.width_px * order.shape.height_px)

    def decode(tiling: bool) -> float:
        _exhaust(family, latents, order, tiling=tiling)
        _wait(family)
        return _timed(device, lambda: _exhaust(family, latents, order, tiling=tiling))[1]

    try:
        return device.attempt(work, lambda: decode(tiling=False)), False
    except MemoryShort:
        return device.attempt(replace(work, tiling=True), lambda: decode(tiling=True)), True


def _wait(family: Family) -> None:
    """Networks that wait in main memory between their turns do so now."""
    if family.parts.offload is not Offload.NOTHING:
        for name in family.parts.names():
            family.parts.park(name)


def _moving(device: Device, family: Family) -> float:
    """Seconds in which the networks that denoise come to the device, each once a clip; 0 where they stay."""
    if family.parts.offload is Offload.NOTHING:
        return 0.0
    _wait(family)
    return sum(_timed(device, lambda name=name: family.parts.use(name))[1] for name in denoisers(family.parts))  # type: ignore[misc]


def _plain(folder: ModelFolder, device: Device, family: Family, order: Order, steps: int) -> _Parts:
    import torch

    torch.backends.cudnn.deterministic = False  # as in a process that has drawn nothing with ours
    pipeline = open_plain(folder, family)
    for name in family.parts.names():
        family.parts.use(name)
    read_plain(pipeline, order)
    words, text = _timed(device, lambda: read_plain(pipeline, order))
    pipeline.text_encoder = None  # a pipeline works where its networks are: the one that is done must not count
    family.parts.park("text_encoder")
    gaps = step_plain(pipeline, order, words, device, steps + WARM_STEPS)
    start = family.begin([order])
    latents = start.streams[VIDEO]
    if latents.ndim == 3:
        decoder = family.parts["vae"]
        latents = from_tokens(latents, latent_shape(order, decoder, latents.shape[2]))
    call = decode_plain(family, latents.to(next(family.parts["vae"].parameters()).dtype))
    call()
    decode = _timed(device, call)[1]
    return _Parts(text=text, step=statistics.median(gaps[WARM_STEPS - 1 :]), decode=decode)


def _timed(device: Device, do: Callable[[], T]) -> tuple[T, float]:
    device.settle()
    began = time.perf_counter()
    result = do()
    device.settle()
    return result, time.perf_counter() - began


def _exhaust(family: Family, latents: "dict[str, torch.Tensor]", order: Order, *, tiling: bool) -> int:
    """Every picture, brought to main memory as a clip's are."""
    return sum(len(piece.cpu()) for piece in family.decode(latents, order, tiling=tiling))

