"""One clip of the storage that a job is to make another of, as the job's environment orders it.

Knows how orders are read, and where what is made goes; what is done to a clip is others' business. Done again, an order
changes nothing: what is there stays.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from aiprod.errors import AlreadyExists, InvalidSetting
from aiprod.media.probe import PictureFacts
from aiprod.ports import Objects, Shot
from aiprod.profiles import Shape


def read_words(environment: Mapping[str, str], prefix: str, forms: Mapping[str, str], wanted: str) -> Mapping[str, str]:
    """What the variables of that prefix say, each in its form; `wanted` is for people: what is ordered, as which file says.

    Raises: InvalidSetting naming all that is missing or wrong.
    """
    found = {name: environment.get(f"{prefix}_{name}", "") for name in forms}
    wrong = [f"{prefix}_{name} ({found[name]!r})" for name, form in forms.items() if not re.fullmatch(form, found[name])]
    if wrong:
        raise InvalidSetting(f"Expected {wanted}, found {', '.join(wrong)}.")
    return found


def write_once(objects: Objects, target: str, make: Callable[[], Path]) -> None:
    """Write what is made at the target, unless something is there. Raises: Transient, what `make` does."""
    if objects.stat(target) is None:
        made = make()
        with suppress(AlreadyExists):
            objects.write(target, made)


def shot_of(facts: PictureFacts) -> Shot:
    """A whole clip as a shot: as large, as fast and as long."""
    shape = Shape(width_px=facts.width_px, height_px=facts.height_px)
    return Shot(scene=1, spec="{}", frames=facts.frames, rate=facts.rate, shape=shape, seed=0, style="")
