"""One clip of the storage whose lips are to follow one sound of the storage, as the environment of a job orders it.

Knows the order's words; `clips.py` does the work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from aiprod.logs import logger
from aiprod.media.probe import read_samples
from aiprod.models.lipsync.ears import RATE_HZ
from aiprod.models.registry import Registry
from aiprod.ports import Objects
from aiprod.visuals.frames import picture_of
from aiprod.visuals.lipsync.speaking import Speech
from aiprod.visuals.orders import read_words, shot_of, write_once

PREFIX = "AIPROD_LIPSYNC"
MODEL = "musetalk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whose lips follow what, from `start` seconds of the clip on, and where the clip goes."""

    source: str
    sound: str
    target: str
    start: Fraction
    model: str


def read_order(environment: Mapping[str, str]) -> Order:
    """The order in the environment. Raises: InvalidSetting naming all that is missing or wrong."""
    forms = {"SOURCE": r".+", "SOUND": r".+", "TARGET": r".+", "START": r"(\d{1,6}(\.\d{1,6})?)?"}
    found = read_words(environment, PREFIX, forms, "a clip and its voice, as gpu_jobs/lipsync/main.py says")
    return Order(
        source=found["SOURCE"], sound=found["SOUND"], target=found["TARGET"], start=Fraction(found["START"] or 0),
        model=environment.get(PREFIX) or MODEL,
    )  # fmt: skip


def run_order(order: Order, objects: Objects, registry: Registry, folder: Path) -> None:
    """Make the lips; a clip in which nobody is seen to speak is copied, with a line in the log that says so.

    Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused, MediaBroken, Transient.
    """
    write_once(objects, order.target, lambda: _make(order, objects, registry, folder))


def _make(order: Order, objects: Objects, registry: Registry, folder: Path) -> Path:
    from aiprod.models.lipsync.opening import open_lips
    from aiprod.visuals.lipsync.clips import sync_clip

    source, into = objects.fetch(order.source, folder), folder / "lips.mp4"
    speech = Speech(samples=read_samples(objects.fetch(order.sound, folder), RATE_HZ), start=order.start)
    synced = sync_clip(source, shot_of(picture_of(source)), speech, into, open_lips(registry, order.model))
    if synced.frames:
        return into
    logger().warning("no lips made", reason=synced.note)
    return source
