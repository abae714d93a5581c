"""One clip of the storage enlarged as the environment of a job orders it.

Knows the order's words; `clips.py` does the work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import Objects
from aiprod.profiles import Shape
from aiprod.units import seconds_to_frames_nearest
from aiprod.visuals.frames import picture_of
from aiprod.visuals.orders import read_words, shot_of, write_once

PREFIX = "AIPROD_UPSCALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is enlarged into what; `rate` None is the clip's own."""

    source: str
    target: str
    shape: Shape
    rate: Fraction | None
    model: str
    interpolation: str


def read_order(environment: Mapping[str, str]) -> Order:
    """The order in the environment. Raises: InvalidSetting naming all that is missing or wrong."""
    forms = {"SOURCE": r".+", "TARGET": r".+", "SHAPE": r"[1-9]\d{1,4}x[1-9]\d{1,4}", "RATE": r"([1-9]\d{0,5}(/[1-9]\d{0,4})?)?"}
    found = read_words(environment, PREFIX, forms, "a clip to enlarge, as gpu_jobs/upscale/main.py says")
    width, height = (int(side) // 2 * 2 for side in found["SHAPE"].split("x"))
    return Order(
        source=found["SOURCE"], target=found["TARGET"], shape=Shape(width_px=width, height_px=height),
        rate=Fraction(found["RATE"]) if found["RATE"] else None, model=environment.get(PREFIX) or "realesrgan-x4plus",
        interpolation=environment.get(f"{PREFIX}_INTERPOLATION") or "rife-hd-v3",
    )  # fmt: skip


def run_order(order: Order, objects: Objects, registry: Registry, folder: Path) -> None:
    """Enlarge the clip. Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused, MediaBroken, Transient."""
    write_once(objects, order.target, lambda: _make(order, objects, registry, folder))


def _make(order: Order, objects: Objects, registry: Registry, folder: Path) -> Path:
    from aiprod.models.upscale.enlarger import open_enlarger
    from aiprod.visuals.enlarging.clips import Networks, enlarge_clip
    from aiprod.visuals.enlarging.renderer import LANCZOS, find_interpolator

    enlarger = None if order.model == LANCZOS else open_enlarger(registry.weights(order.model)[0])
    source, into = objects.fetch(order.source, folder), folder / "large.mp4"
    facts = picture_of(source)
    rate = order.rate or facts.rate
    interpolator, _ = find_interpolator(registry, order.interpolation if rate > facts.rate else "", Resident())
    frames = seconds_to_frames_nearest(facts.frames / facts.rate, rate)
    shot = replace(shot_of(facts), frames=frames, rate=rate, shape=order.shape)
    enlarge_clip(source, shot, into, Networks(enlarger=enlarger, interpolator=interpolator))
    return into
