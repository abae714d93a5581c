"""The four-legged species that AIPROD draws, as measures and colours; nothing here paints.

Colours are "back belly legs muzzle marks hair" as rrggbb; measures are parts of the shoulder's height.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from aiprod.visuals.motion.subjects.ink import Colour, colour
from aiprod.visuals.motion.subjects.species import Coat, Head, Pattern, Species


def _coat(tones: str, pattern: Pattern = "plain", *, cheek: str = "", iris: str = "33200f", nose: str = "241c1f",
          ear: str = "d99e94") -> Coat:  # fmt: skip
    back, belly, legs, muzzle, marks, hair = (colour(tone) for tone in tones.split())
    side: Colour | None = colour(cheek) if cheek else None
    return Coat(back=back, belly=belly, legs=legs, muzzle=muzzle, marks=marks, hair=hair, pattern=pattern,
                cheek=side, iris=colour(iris), nose=colour(nose), ear=colour(ear))  # fmt: skip


@cache
def bestiary() -> Mapping[str, Species]:
    """All species by key."""
    return {
        **_cats(),
        **_dogs(),
        **_bears(),
        **_horses(),
        **_cattle(),
        **_deer(),
        **_giants(),
        **_small(),
        **_reptiles(),
    }


def _cats() -> dict[str, Species]:
    body = Species(coat=_coat("dca05a f3dfbd d99a55 f6ead6 4a2f1d 5b3a22"), length=1.28, depth=0.42, tuck=0.10,
        neck=0.26, neck_angle=38, neck_thick=0.19, leg_thick=0.088, thigh=0.20, tail="slim", tail_length=0.85,
        tail_angle=200, head=Head(size=0.185, snout=0.72, snout_depth=0.56, tilt=18, ears="round", ear_size=0.55,
        eye=0.17))  # fmt: skip
    lion = replace(body, tail="tuft", mane="lion", coat=_coat("d99f52 efd3a0 d69a4f f5e6cb 5a3417 7a4320",
        iris="a5671c"), head=replace(body.head, size=0.18))  # fmt: skip
    house = replace(body, coat=_coat("e39a45 f6dcb4 e39a45 fbf0de b5651d e39a45", "tiger", iris="6f9a2f"), length=1.2,
        depth=0.4, neck_angle=50, leg_thick=0.07, tail_length=0.95, tail_angle=150,
        head=replace(body.head, size=0.215, ears="point", ear_size=0.72, snout=0.55, eye=0.21))  # fmt: skip
    return {"lion": lion, "lioness": replace(lion, mane="none", coat=replace(lion.coat, hair=colour("6b4020"))),
        "tiger": replace(body, coat=_coat("e8842b f7e8d2 e58531 fbf3e6 2a1c18 2a1c18", "tiger", cheek="fbf3e6",
        iris="b98a1e")), "white-tiger": replace(body, coat=_coat("eceae6 ffffff eceae6 ffffff 3a3638 3a3638", "tiger",
        iris="6fa8c9")), "leopard": replace(body, coat=_coat("e2b063 f5e5c6 deab60 f8eed9 4a2e1c 4a2e1c", "rosettes",
        iris="8a8a2a")), "cheetah": replace(body, coat=_coat("e6bb72 f6e8cb e2b66d f9f0dd 3a261c 3a261c", "spots",
        iris="a5671c"), length=1.2, depth=0.38, tuck=0.20, leg_thick=0.066, head=replace(body.head, size=0.15),
        extras=("tear",)), "snow-leopard": replace(body, coat=_coat("c9cbd0 f1f1f0 c6c8cd f6f6f4 55545c 55545c",
        "rosettes", iris="8fae9a"), fur=0.012, tail="bushy", tail_length=0.95),
        "puma": replace(body, coat=_coat("c99a63 ecd9ba c5965f f4e6cf 5b402a 5b402a", iris="9a8a3a")),
        "black-panther": replace(body, coat=_coat("34323c 45424d 302e38 3e3b46 1d1b22 1d1b22", iris="c9b23a")),
        "lynx": replace(body, coat=_coat("bd9566 ead9bf b78f62 f1e4cf 5b4330 2d2320", "spots", iris="b7a23a"),
        tail="stub", tail_length=0.2, fur=0.014, head=replace(body.head, ears="point", ear_size=0.85),
        extras=("tufts",)), "cat": house, "black-cat": replace(house, coat=_coat(
        "37353f 4a4753 34323c 423f4b 24222a 37353f", iris="c9b23a")),}  # fmt: skip


def _dogs() -> dict[str, Species]:
    body = Species(coat=_coat("8d8a8c d9d5cf a09b98 e3ded6 55525a 6a676c", cheek="e3ded6", iris="b98a2e"),
        length=1.12, depth=0.40, tuck=0.16, neck=0.34, neck_angle=40, neck_thick=0.175, leg_thick=0.070, thigh=0.17,
        tail="bushy", tail_length=0.52, tail_angle=225, fur=0.016, head=Head(size=0.155, snout=1.25, snout_depth=0.42,
        tilt=16, ears="point", ear_size=0.95, eye=0.145))  # fmt: skip
    fox = replace(body, coat=_coat("e0702a f6ead9 2f2321 fbf2e6 fbf2e6 e0702a", cheek="fbf2e6", iris="a5671c"),
        length=1.22, depth=0.36, tail_length=0.86, tail_angle=196, leg_thick=0.062, fur=0.012, neck=0.28,
        head=replace(body.head, size=0.165, snout=1.2, snout_depth=0.30, ear_size=1.15, eye=0.16),
        extras=("white-tip",))  # fmt: skip
    return {"wolf": body, "husky": replace(body, coat=_coat("6d737d f2f2f0 f0f0ee f7f7f5 3c4048 6d737d",
        cheek="f7f7f5", iris="6fb3e0"), tail_angle=120, tail_length=0.6),
        "dog": replace(body, coat=_coat("d9a05b f3e0c0 d9a05b f5e7cf 8a5a2b d9a05b"), fur=0.0, tail="slim",
        tail_angle=135, tail_length=0.42, head=replace(body.head, size=0.175, ears="floppy", ear_size=1.0, snout=1.0,
        snout_depth=0.56)), "fox": fox, "arctic-fox": replace(fox, coat=_coat(
        "eef1f4 ffffff e6eaee ffffff ffffff eef1f4", cheek="ffffff", iris="5a4632"), fur=0.02, head=replace(fox.head,
        ear_size=0.8, snout=0.95)), "hyena": replace(body, coat=_coat("b39a72 d4c19c 6f5a45 4d3d33 4d3d2f 5a4735",
        "hyena"), rump=0.80, fur=0.02, tail_length=0.36, mane="crest", head=replace(body.head, ears="round",
        ear_size=0.85, snout=1.05, snout_depth=0.62)),}  # fmt: skip


def _bears() -> dict[str, Species]:
    body = Species(coat=_coat("7d5234 8f6341 6a432b b98c62 4a2f1f 6a432b"), length=1.32, depth=0.58, tuck=0.04,
        rump=0.95, hump=0.05, neck=0.26, neck_angle=22, neck_thick=0.25, leg_thick=0.125, thigh=0.25, tail="stub",
        tail_length=0.12, fur=0.018, head=Head(size=0.2, snout=0.95, snout_depth=0.46, tilt=16, ears="round",
        ear_size=0.55, eye=0.115))  # fmt: skip
    panda = replace(body, coat=_coat("f3f1ec fbfaf7 34323a f8f7f3 34323a 34323a", "panda", ear="34323a"), length=1.22,
        depth=0.6, hump=0.0, fur=0.012, head=replace(body.head, size=0.25, snout=0.66, snout_depth=0.52, ears="round",
        ear_size=0.55, eye=0.11), extras=("eye-patch",))  # fmt: skip
    small = replace(body, depth=0.5, leg_thick=0.1, hump=0.0)
    return {"bear": body, "black-bear": replace(body, hump=0.0, coat=_coat(
        "3d3a3f 4b474c 333036 a9825e 2a282d 333036")), "polar-bear": replace(body, hump=0.0, neck=0.34,
        coat=_coat("f2efe6 fbfaf5 e9e5d9 f5f2ea d9d5c8 e9e5d9", ear="d8cfc4"), head=replace(body.head, size=0.17,
        snout=1.15)), "panda": panda, "koala": replace(small, coat=_coat("9a9ba3 e6e4e2 8b8c95 a3a4ab 6d6d76 9a9ba3",
        nose="2b2930", ear="f0e3e2"), tail="none", depth=0.56, neck=0.18, head=replace(body.head, size=0.28,
        snout=0.34, snout_depth=0.62, ears="round", ear_size=0.95, eye=0.1), extras=("big-nose",)),
        "raccoon": replace(small, coat=_coat("83838a c2c0bf 3a383d e9e7e4 33313a 83838a", "plain", cheek="efedea"),
        tail="bushy", tail_length=0.72, tail_angle=200, length=1.45, head=replace(body.head, size=0.21, snout=0.85,
        snout_depth=0.3, ears="round", ear_size=0.6), extras=("mask", "rings")),
        "badger": replace(small, coat=_coat("8f8d90 4a474b 2f2d31 f4f3f0 2f2d31 8f8d90", "badger", cheek="f4f3f0"),
        length=1.7, depth=0.62, tail_length=0.3, tail="bushy", tail_angle=190, neck_angle=10, neck=0.22,
        head=replace(body.head, size=0.2, snout=1.2, snout_depth=0.3, ears="round", ear_size=0.4),
        extras=("face-stripe",)), "red-panda": replace(small, coat=_coat("b9532a 33262a 33262a f6ece0 7c331c b9532a",
        cheek="f6ece0", ear="f6ece0"), tail="bushy", tail_length=0.9, tail_angle=195, length=1.45,
        head=replace(body.head, size=0.23, snout=0.6, snout_depth=0.4, ears="point", ear_size=0.75),
        extras=("rings",)), "monkey": replace(small, coat=_coat("8a5f3c d9b98f 75502f e9c9a3 5a3d26 8a5f3c",
        cheek="e9c9a3", ear="e9c9a3"), tail="slim", tail_length=1.15, tail_angle=150, length=1.0, depth=0.4,
        rump=0.84, leg_thick=0.085, foot="hand", neck_angle=55, neck=0.2, neck_thick=0.15, fur=0.008,
        head=replace(body.head, size=0.22, snout=0.5, snout_depth=0.62, ears="round", ear_size=0.55, eye=0.13)),}  # fmt: skip


def _horses() -> dict[str, Species]:
    body = Species(coat=_coat("a8652f b9773c 4a2a18 7f4a24 3a2115 3a2115"), length=1.08, depth=0.42, tuck=0.10,
        neck=0.62, neck_angle=50, neck_thick=0.17, leg_thick=0.052, thigh=0.19, foot="hoof", tail="hair",
        tail_length=0.62, tail_angle=255, mane="crest", head=Head(size=0.125, snout=2.0, snout_depth=0.62, tilt=42,
        ears="leaf", ear_size=1.0, eye=0.17))  # fmt: skip
    return {"horse": body, "white-horse": replace(body, coat=_coat("ecebe8 f7f6f4 d9d6d2 c9bfb8 c9c4be cfcac4")),
        "unicorn": replace(body, coat=_coat("f4f1f6 ffffff e9e3ee f1d9e2 e79ac0 e48ab8"), head=replace(body.head,
        horns="unicorn", horn_size=1.4)), "donkey": replace(body, coat=_coat(
        "8d8780 d5cec5 8d8780 e9e4dc 4a4542 4a4542"), neck=0.5, neck_angle=44, tail="tuft", tail_length=0.5,
        head=replace(body.head, size=0.145, ears="long", ear_size=1.35, snout=1.75), leg_thick=0.055),
        "zebra": replace(body, coat=_coat("f4f2ec ffffff f2f0ea 3a3638 2a282d 2a282d", "zebra"), tail="tuft",
        neck=0.55, tail_length=0.52, leg_thick=0.056), "llama": replace(body,
        coat=_coat("eadcc4 f6ecda e3d2b6 f4e8d2 c9b18c eadcc4"), neck=0.72, neck_angle=72, neck_thick=0.13,
        mane="none", fur=0.022, tail="bushy", tail_length=0.25, tail_angle=225, depth=0.46, head=replace(body.head,
        snout=1.3, tilt=14, ears="long", ear_size=0.8, size=0.13)), "camel": replace(body,
        coat=_coat("cf9a55 dcae6e c08a48 d8aa6c 8a5b2b 8a5b2b"), neck=0.66, neck_angle=40, neck_thick=0.12, humps=1,
        mane="none", leg_thick=0.058, foot="pad", depth=0.40, tail="tuft", tail_length=0.45, extras=("droop",),
        head=replace(body.head, snout=1.6, tilt=6, ears="round", ear_size=0.55, size=0.125, snout_depth=0.66)),
        "two-hump-camel": replace(body, coat=_coat("a8683a b8794a 94582e b98253 6b3d1f 6b3d1f"), neck=0.6,
        neck_angle=38, neck_thick=0.14, humps=2, mane="beard", leg_thick=0.064, foot="pad", depth=0.42, tail="tuft",
        tail_length=0.45, fur=0.012, extras=("droop",), head=replace(body.head, snout=1.5, tilt=6, ears="round",
        ear_size=0.55, size=0.125, snout_depth=0.66)),}  # fmt: skip


def _cattle() -> dict[str, Species]:
    body = Species(coat=_coat("f3efe8 faf7f2 f0ebe3 f1b9a8 35302f 35302f", "holstein", nose="b9776c"), length=1.36,
        depth=0.52, tuck=0.04, neck=0.34, neck_angle=24, neck_thick=0.19, leg_thick=0.066, thigh=0.19, foot="hoof",
        tail="tuft", tail_length=0.62, tail_angle=258, head=Head(size=0.15, snout=1.45, snout_depth=0.72, tilt=34,
        ears="leaf", ear_size=1.0, eye=0.15, horns="cow", horn_size=0.7))  # fmt: skip
    sheep = replace(body, coat=_coat("f2ece0 e6ddcd 3f393b 4a4346 d9cfbd f2ece0"), length=1.3, depth=0.6, mane="wool",
        fur=0.03, tail="stub", tail_length=0.14, neck=0.24, neck_angle=32, neck_thick=0.17, leg_thick=0.06,
        head=replace(body.head, size=0.14, snout=1.1, snout_depth=0.62, horns="none", ear_size=0.9, tilt=30))  # fmt: skip
    pig = replace(body, coat=_coat("f0a9a2 f6c3bb e89d97 f3b3ab d98880 f0a9a2", nose="e58f88", ear="e58f88"),
        length=1.6, depth=0.62, tuck=0.0, neck=0.2, neck_angle=8, neck_thick=0.26, leg_thick=0.075, tail="curl",
        tail_length=0.2, tail_angle=170, head=replace(body.head, size=0.21, snout=0.95, snout_depth=0.66,
        horns="none", ears="leaf", tilt=14, eye=0.1), extras=("disc-nose",))  # fmt: skip
    return {"cow": replace(body, extras=("udder",)), "bull": replace(body,
        coat=_coat("6d4027 7c4b2e 4f2d1b 8f6546 3a2115 2d1a11"), hump=0.06, neck_thick=0.24, head=replace(body.head,
        horn_size=1.2)), "water-buffalo": replace(body, coat=_coat("55525a 625f67 46434b 6f6b73 34323a 34323a"),
        head=replace(body.head, horns="buffalo", horn_size=1.3), hump=0.03),
        "bison": replace(body, coat=_coat("6b452c 5a3824 4a2e1f 4a2e1f 3a2418 3d2719"), hump=0.24, rump=0.80,
        depth=0.62, neck=0.22, neck_angle=-6, neck_thick=0.30, mane="shaggy", fur=0.02, leg_thick=0.062,
        head=replace(body.head, size=0.19, snout=0.95, tilt=44, horn_size=0.9)),
        "yak": replace(body, coat=_coat("4a3a33 3d2f2a 33271f 6b5a50 2a201c 33271f"), hump=0.14, depth=0.66,
        mane="shaggy", fur=0.03, neck=0.26, neck_angle=4, neck_thick=0.25, tail="bushy", tail_angle=250,
        head=replace(body.head, horn_size=1.4)), "sheep": sheep, "ram": replace(sheep, head=replace(sheep.head,
        horns="ram", horn_size=1.0), coat=replace(sheep.coat, muzzle=colour("d9c7ad"), legs=colour("b9a58a"))),
        "goat": replace(sheep, coat=_coat("c9a27a ece0cf 5a4636 e6d5bd 6b4a30 c9a27a"), mane="beard", fur=0.008,
        depth=0.5, neck=0.36, neck_angle=48, neck_thick=0.13, length=1.15, leg_thick=0.055, tail_angle=150,
        head=replace(sheep.head, horns="goat", snout=1.35)), "pig": pig,
        "boar": replace(pig, coat=_coat("5f4a3c 6f5848 43342a 8a7060 33271f 3d3027", nose="a0776a"), hump=0.08,
        rump=0.86, mane="crest", fur=0.024, tail="slim", tail_length=0.3, tail_angle=240, length=1.4, leg_thick=0.066,
        head=replace(pig.head, snout=1.5, snout_depth=0.5, horns="tusks", ears="point", ear_size=0.6),
        extras=("disc-nose",)),}  # fmt: skip


def _deer() -> dict[str, Species]:
    body = Species(coat=_coat("a9683a e6cfae 8f5730 7c4a2a f6ead6 8f5730", cheek="e6cfae"), length=1.05, depth=0.40,
        tuck=0.14, neck=0.52, neck_angle=58, neck_thick=0.125, leg_thick=0.042, thigh=0.17, foot="hoof", tail="stub",
        tail_length=0.14, tail_angle=230, head=Head(size=0.115, snout=1.55, snout_depth=0.46, tilt=24, ears="leaf",
        ear_size=1.25, eye=0.19, horns="antlers", horn_size=1.0))  # fmt: skip
    return {"deer": body, "doe": replace(body, coat=replace(body.coat, pattern="fawn"), head=replace(body.head,
        horns="none")), "reindeer": replace(body, coat=_coat("75614f efe9df 5f4e40 5f4e40 efe9df 8d7a66",
        cheek="b9a892"), neck_angle=34, mane="beard", fur=0.016, depth=0.46, head=replace(body.head, horn_size=1.2,
        snout_depth=0.6)), "moose": replace(body, coat=_coat("5b4030 6b4c39 8d7a68 7a5c46 3d2a1f 4a3426"), hump=0.12,
        rump=0.92, neck=0.34, neck_angle=30, neck_thick=0.17, depth=0.45, mane="beard", fur=0.01,
        head=replace(body.head, size=0.135, snout=2.0, snout_depth=0.82, tilt=30, horns="palmate", horn_size=1.2)),
        "antelope": replace(body, coat=_coat("c98f4e f6ecd9 c08648 e9d3b0 4a2f1d 8a5a2b", "fawn", cheek="f6ecd9"),
        head=replace(body.head, horns="antelope", horn_size=1.1), leg_thick=0.038), "wildebeest": replace(body,
        coat=_coat("6f6a70 7f7a80 4a464b 2f2c31 3d393f 2f2c31", "hyena"), hump=0.08, rump=0.86, depth=0.48, neck=0.3,
        neck_angle=24, neck_thick=0.16, mane="beard", tail="tuft", tail_length=0.62, tail_angle=258, leg_thick=0.05,
        head=replace(body.head, size=0.13, snout=2.0, snout_depth=0.72, tilt=44, horns="buffalo", horn_size=0.8)),
        "giraffe": replace(body, coat=_coat("f0c878 f8e6bf f3d79a e6c48a a5662e 7a4a22", "giraffe"), length=0.82,
        depth=0.36, rump=0.84, neck=1.12, neck_angle=64, neck_thick=0.10, leg_thick=0.046, tail="tuft",
        tail_length=0.45, tail_angle=258, mane="crest", head=replace(body.head, size=0.09, snout=1.9, tilt=22,
        horns="ossicones", ear_size=1.0)),}  # fmt: skip


def _giants() -> dict[str, Species]:
    elephant = Species(coat=_coat("8f8d95 9c9aa2 7f7d86 8f8d95 6a6871 55535b", ear="b39a9c"), length=1.12, depth=0.58,
        tuck=0.02, rump=0.93, dip=-0.03, neck=0.20, neck_angle=24, neck_thick=0.27, leg_thick=0.115, thigh=0.22,
        foot="pad", tail="tuft", tail_length=0.45, tail_angle=255, weight=1.5, head=Head(size=0.225, snout=0.5,
        snout_depth=0.62, tilt=52, ears="huge", ear_size=1.25, eye=0.085, horns="trunk"))  # fmt: skip
    rhino = replace(elephant, coat=_coat("83828a 92919a 75747c 83828a 5f5e66 55535b"), length=1.5, depth=0.6,
        rump=0.98, dip=0.04, hump=0.05, leg_thick=0.105, neck=0.3, neck_angle=-4, head=Head(size=0.185, snout=1.6,
        snout_depth=0.64, tilt=26, ears="leaf", ear_size=0.8, eye=0.09, horns="rhino", horn_size=1.3))  # fmt: skip
    return {"elephant": elephant, "mammoth": replace(elephant, coat=_coat("7a4a2c 63391f 5a3520 7a4a2c 43270f 43270f",
        ear="63391f"), hump=0.14, rump=0.82, mane="shaggy", fur=0.04, head=replace(elephant.head, ear_size=0.6,
        horn_size=1.7)), "rhinoceros": rhino, "hippopotamus": replace(rhino,
        coat=_coat("8d7078 c99a98 84676f b98a8c 6a5058 6a5058", ear="c99a98"), length=1.75, depth=0.72, hump=0.0,
        neck_angle=2, tail_length=0.25, neck_thick=0.32, head=Head(size=0.23, snout=1.35, snout_depth=0.92, tilt=18,
        ears="round", ear_size=0.35, eye=0.09)),}  # fmt: skip


def _small() -> dict[str, Species]:
    rabbit = Species(coat=_coat("a98f76 f1e8dc a58b72 e9dccb 8a6f58 f6f1ea"), length=1.45, depth=0.66, tuck=0.0,
        rump=1.08, dip=-0.10, neck=0.26, neck_angle=44, neck_thick=0.20, leg_thick=0.085, thigh=0.34, tail="stub",
        tail_length=0.2, tail_angle=160, fur=0.014, head=Head(size=0.29, snout=0.62, snout_depth=0.5, tilt=16,
        ears="long", ear_size=1.6, eye=0.17), extras=("white-tip",))  # fmt: skip
    mouse = replace(rabbit, coat=_coat("9d9aa0 e0dcda e9b6ae c9c4c4 7f7c82 e0a79f", ear="efb9b3", nose="d98880"),
        length=1.75, depth=0.86, rump=1.0, dip=-0.12, tail="slim", tail_length=1.7, tail_angle=190, leg_thick=0.07,
        thigh=0.3, fur=0.0, neck=0.2, neck_angle=8, head=replace(rabbit.head, size=0.36, snout=1.1, snout_depth=0.2,
        ears="round", ear_size=0.85, eye=0.15), extras=())  # fmt: skip
    return {"rabbit": rabbit, "mouse": mouse, "rat": replace(mouse,
        coat=_coat("6f6a6c a8a29f d9a59c 8d8786 55514f cf968c", ear="d9a59c", nose="c97f76"), length=2.0,
        head=replace(mouse.head, size=0.3, ear_size=0.6)), "squirrel": replace(rabbit,
        coat=_coat("b8622c f6e9d6 a85626 f3dcc0 7c3d18 b8622c"), tail="bushy", tail_length=1.5, tail_angle=115,
        fur=0.012, length=1.5, depth=0.62, extras=(), head=replace(rabbit.head, ears="point", ear_size=0.75,
        size=0.28, snout=0.7)),}  # fmt: skip


def _reptiles() -> dict[str, Species]:
    crocodile = Species(coat=_coat("5f7340 c9c79a 566a3a 6b8048 3f4f2b 3f4f2b", "scales", iris="d9b52a"), length=3.6,
        depth=0.62, tuck=0.0, rump=0.92, dip=0.0, neck=0.5, neck_angle=-6, neck_thick=0.30, leg_thick=0.14,
        thigh=0.28, tail="thick", tail_length=2.9, tail_angle=186, mane="ridge", head=Head(size=0.26,
        snout=3.6, snout_depth=0.44, tilt=3, ears="none", eye=0.22), extras=("teeth", "low-eye"))  # fmt: skip
    return {"crocodile": crocodile, "lizard": replace(crocodile, coat=_coat(
        "5f9a3f d7e3a0 55903a 78b04c 3d6b2a 3d6b2a", "spots", iris="d98a1e"), length=2.6, depth=0.5, mane="none",
        head=replace(crocodile.head, size=0.3, snout=1.3, snout_depth=0.34, eye=0.26), tail_length=3.2, leg_thick=0.1,
        extras=()), "tortoise": replace(crocodile, coat=_coat("8a9a55 b9c07c 84944f 94a45f 5b4a2c 5b4a2c",
        iris="33200f"), length=1.3, depth=0.5, mane="shell", neck=0.42, neck_angle=18, neck_thick=0.13, tail="thick",
        tail_length=0.3, leg_thick=0.15, rump=0.85, head=replace(crocodile.head, size=0.17, snout=0.7,
        snout_depth=0.56, tilt=8, eye=0.17), extras=()), "frog": replace(crocodile,
        coat=_coat("6fae3f e6ecb0 66a43a 84c24e 4a8a2a 4a8a2a", "spots", iris="d9b52a"), length=1.25, depth=0.72,
        rump=0.7, dip=-0.06, mane="none", tail="none", leg_thick=0.10, thigh=0.34, neck=0.22, neck_angle=26,
        neck_thick=0.3, head=replace(crocodile.head, size=0.36, snout=0.72, snout_depth=0.72, tilt=6, eye=0.24),
        extras=("top-eye",)),}  # fmt: skip
