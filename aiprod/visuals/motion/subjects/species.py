"""What a four-legged species looks like: proportions, head, tail and coat. Lengths are parts of the shoulder's height.

Knows no picture; `quadruped.py` builds rigs from it, `bestiary.py` lists the species.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from aiprod.visuals.motion.subjects.ink import Colour

Pattern: TypeAlias = Literal[
    "plain", "panda", "tiger", "zebra", "spots", "rosettes", "giraffe", "holstein", "fawn", "hyena", "badger", "scales",
    "piebald",
]  # fmt: skip
Ears: TypeAlias = Literal["round", "point", "leaf", "floppy", "long", "huge", "none"]
Horns: TypeAlias = Literal[
    "none", "cow", "buffalo", "ram", "goat", "antelope", "antlers", "palmate", "rhino", "ossicones", "unicorn", "tusks",
    "trunk",
]  # fmt: skip
Tail: TypeAlias = Literal["stub", "hair", "tuft", "slim", "bushy", "thick", "curl", "none"]
Foot: TypeAlias = Literal["hoof", "paw", "pad", "hand"]
Mane: TypeAlias = Literal["none", "lion", "crest", "beard", "wool", "shaggy", "shell", "ridge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coat:
    """Colours: back, belly, lower legs, muzzle, marks (stripes, spots), the ear's inside, hair (mane, tail tip)."""

    back: Colour
    belly: Colour
    legs: Colour
    muzzle: Colour
    marks: Colour
    hair: Colour
    ear: Colour = (0.86, 0.62, 0.58)
    nose: Colour = (0.14, 0.11, 0.12)
    iris: Colour = (0.20, 0.12, 0.07)
    pattern: Pattern = "plain"
    cheek: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`size` is the skull's radius; the muzzle is `snout` long and `snout_depth` deep at its tip (in skull radii);
    `tilt` is where the muzzle points, degrees below the horizon; `brow` how far the forehead breaks the line."""

    size: float = 0.16
    snout: float = 1.2
    snout_depth: float = 0.5
    tilt: float = 22.0
    ears: Ears = "point"
    ear_size: float = 0.8
    eye: float = 0.17
    horns: Horns = "none"
    horn_size: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Species:
    """Proportions of a species standing still. `length` of the trunk, `depth` of the chest, `tuck` of the belly,
    `rump` and `dip` of the back's line, `hump` over the shoulders (`humps` for a camel's), `neck` length and angle
    above the horizon, thickness of neck and legs, `fur` depth of tufts, `flat_foot` for soles and paws, `trot` bounce."""

    coat: Coat
    head: Head
    length: float = 1.15
    depth: float = 0.46
    tuck: float = 0.12
    rump: float = 0.98
    dip: float = 0.02
    hump: float = 0.0
    humps: int = 0
    neck: float = 0.36
    neck_angle: float = 42.0
    neck_thick: float = 0.17
    leg_thick: float = 0.075
    thigh: float = 0.19
    foot: Foot = "paw"
    tail: Tail = "slim"
    tail_length: float = 0.6
    tail_angle: float = 215.0
    mane: Mane = "none"
    fur: float = 0.0
    weight: float = 1.0
    extras: tuple[str, ...] = field(default=())
