"""One clip of the storage enlarged as the environment of a job orders it.

Knows the order's words; `clips.py` does the work. Done again, it changes nothing: what is there stays.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from aiprod.errors import AlreadyExists, InvalidSetting, MediaBroken
from aiprod.media.probe import probe
from aiprod.models.registry import Registry
from aiprod.ports import Objects, Shot
from aiprod.profiles import Shape
from aiprod.units import seconds_to_frames_nearest

PREFIX = "AIPROD_UPSCALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is enlarged into what; `rate` None is the clip's own."""

    source: str
    target: str
    shape: Shape
    rate: Fraction | None
    model: str


def read_order(environment: Mapping[str, str]) -> Order:
    """The order in the environment. Raises: InvalidSetting naming all that is missing or wrong."""
    wanted = {"SOURCE": r".+", "TARGET": r".+", "SHAPE": r"[1-9]\d{1,4}x[1-9]\d{1,4}", "RATE": r"([1-9]\d{0,5}(/[1-9]\d{0,4})?)?"}
    found = {name: environment.get(f"{PREFIX}_{name}", "") for name in wanted}
    wrong = [f"{PREFIX}_{name} ({found[name]!r})" for name, form in wanted.items() if not re.fullmatch(form, found[name])]
    if wrong:
        raise InvalidSetting(f"Expected a clip to enlarge, as gpu_jobs/upscale/main.py says, found {', '.join(wrong)}.")
    width, height = (int(side) // 2 * 2 for side in found["SHAPE"].split("x"))
    return Order(
        source=found["SOURCE"], target=found["TARGET"], shape=Shape(width_px=width, height_px=height),
        rate=Fraction(found["RATE"]) if found["RATE"] else None, model=environment.get(PREFIX) or "realesrgan-x4plus",
    )  # fmt: skip


def run_order(order: Order, objects: Objects, registry: Registry, folder: Path) -> None:
    """Enlarge the clip. Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused, MediaBroken, Transient."""
    from aiprod.models.upscale.enlarger import open_enlarger
    from aiprod.visuals.enlarging.clips import enlarge_clip
    from aiprod.visuals.enlarging.renderer import LANCZOS

    if objects.stat(order.target) is not None:
        return
    enlarger = None if order.model == LANCZOS else open_enlarger(registry.weights(order.model)[0])
    source = objects.fetch(order.source, folder)
    facts = probe(source).picture
    if facts is None or not facts.rate:
        raise MediaBroken(f"Expected pictures in {order.source}, found none.")
    rate = order.rate or facts.rate
    shot = Shot(
        scene=1, spec="{}", frames=seconds_to_frames_nearest(facts.frames / facts.rate, rate), rate=rate, shape=order.shape,
        seed=0, style="",
    )  # fmt: skip
    into = folder / "large.mp4"
    enlarge_clip(source, shot, into, enlarger)
    with suppress(AlreadyExists):
        objects.write(order.target, into)
