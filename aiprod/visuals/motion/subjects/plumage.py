"""What each bird looks like.

Knows colours, beaks and proportions, in parts of the body's length; `bird_art.py` draws them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias

from aiprod.visuals.motion.subjects.ink import Colour, colour

Beak: TypeAlias = Literal["short", "hook", "long", "flat", "bent", "needle", "spear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bird:
    """A bird's looks: colours of back, belly, head, wing, wing tip, beak and legs; lengths of neck, beak, legs, tail; the
    wing's span of one side and how often it beats a second."""

    back: Colour
    belly: Colour
    head: Colour
    wing: Colour
    tip: Colour
    beak: Colour
    legs: Colour
    bill: Beak = "short"
    bill_length: float = 0.14
    neck: float = 0.05
    skull: float = 0.135
    leg: float = 0.22
    tail: float = 0.34
    forked: bool = False
    span: float = 0.85
    broad: float = 0.34
    beats: float = 2.6
    eye: float = 0.22
    face: Colour | None = None
    extras: tuple[str, ...] = ()


@cache
def birds() -> Mapping[str, Bird]:
    """All birds by key."""

    def bird(tones: str) -> Bird:
        back, belly, head, wing, tip, beak, legs = (colour(tone) for tone in tones.split())
        return Bird(back=back, belly=belly, head=head, wing=wing, tip=tip, beak=beak, legs=legs)

    small = bird("4f8fc9 f0e6d6 4f8fc9 3f7ab5 2a5585 e0a13b b5763b")
    raptor = replace(
        bird("5a3d28 6b4a32 f4f0e6 4f3524 2f2018 f0b52b f0b52b"),
        bill="hook",
        bill_length=0.13,
        leg=0.16,
        span=1.35,
        broad=0.42,
        beats=1.1,
        tail=0.36,
    )
    gull = replace(
        bird("f6f6f4 ffffff ffffff b9c0c8 33363d f0b52b e0a13b"),
        bill="hook",
        bill_length=0.12,
        span=1.2,
        broad=0.28,
        beats=1.5,
        leg=0.18,
    )
    goose = replace(
        bird("e9e6df f7f5f0 f7f5f0 dcd7cc b5aea2 f08a2b f08a2b"),
        bill="flat",
        bill_length=0.16,
        neck=0.38,
        span=1.05,
        beats=1.9,
        leg=0.2,
        tail=0.2,
        skull=0.11,
    )
    stork = replace(
        bird("f7f5f0 ffffff ffffff f3f1ec 2b2a30 d9452b d9452b"),
        bill="spear",
        bill_length=0.36,
        neck=0.42,
        leg=0.62,
        span=1.15,
        beats=1.2,
        tail=0.18,
        skull=0.10,
    )
    return {"bird": small, "robin": replace(small, back=colour("7a5f46"), head=colour("7a5f46"),
        wing=colour("6b523c"), tip=colour("4f3c2c"), face=colour("e0642b"), belly=colour("f3ece2"),
        beak=colour("4a4038"), extras=("breast",)), "eagle": raptor, "falcon": replace(raptor, back=colour("5f6875"),
        belly=colour("efe6d6"), head=colour("4a525e"), wing=colour("545d6a"), tip=colour("2f353f"), span=1.1,
        beats=2.0, broad=0.30), "vulture": replace(raptor, head=colour("d9a39a"), back=colour("3d342f"),
        belly=colour("4a403a"), wing=colour("3a312c"), neck=0.14, extras=("ruff",)),
        "dove": replace(gull, wing=colour("eef0f3"), tip=colour("dfe3e8"), bill="short", bill_length=0.09,
        beak=colour("c98a7a"), span=0.95, broad=0.36, beats=2.6), "crow": replace(small, back=colour("2a2a33"),
        belly=colour("33333d"), head=colour("2a2a33"), wing=colour("23232b"), tip=colour("17171d"),
        beak=colour("26262c"), legs=colour("2b2a2f"), bill="spear", bill_length=0.18, span=1.05, beats=1.9),
        "gull": gull, "goose": goose, "duck": replace(goose, back=colour("8a7866"), belly=colour("d9d3c9"),
        head=colour("1f6f4f"), wing=colour("7a6a5a"), tip=colour("3f4f8a"), neck=0.16, face=colour("f2f0ec"),
        beats=3.0, extras=("ring",), span=0.85), "stork": stork, "flamingo": replace(stork, back=colour("f08fa5"),
        belly=colour("f6a9b9"), head=colour("f29db0"), wing=colour("ec7f99"), tip=colour("33272f"),
        beak=colour("f2d9cf"), legs=colour("ec8fa5"), bill="bent", bill_length=0.18, neck=0.58, leg=0.72),
        "owl": replace(small, back=colour("8a6844"), belly=colour("d9bf97"), head=colour("96734d"),
        wing=colour("7a5a3a"), tip=colour("553d27"), face=colour("e6d3b0"), skull=0.24, bill="hook", bill_length=0.07,
        span=1.05, broad=0.42, beats=1.6, tail=0.2, leg=0.14, eye=0.30, neck=0.0, extras=("disc", "tufts", "flecks")),
        "parrot": replace(small, back=colour("d93b2f"), belly=colour("e0503a"), head=colour("d93b2f"),
        wing=colour("f0b52b"), tip=colour("2f6fc9"), beak=colour("3a3638"), bill="hook", bill_length=0.15, tail=0.46,
        span=0.95, face=colour("f5efe6"), leg=0.14), "hummingbird": replace(small, back=colour("2f9f6f"),
        belly=colour("e9f0ea"), head=colour("2a8f63"), wing=colour("4fa98a"), tip=colour("3f6f7f"), bill="needle",
        bill_length=0.42, beak=colour("33363a"), span=0.62, broad=0.22, beats=5.0, leg=0.05, face=colour("c9356b"),
        extras=("breast",)), "pterosaur": replace(raptor, back=colour("8f7a55"), belly=colour("cbb78f"),
        head=colour("96805a"), wing=colour("a88a5f"), tip=colour("7f6545"), bill="spear", bill_length=0.5,
        beak=colour("b59a6a"), beats=0.9, span=1.6, broad=0.36, tail=0.22, neck=0.22, extras=("crest",)),}  # fmt: skip
