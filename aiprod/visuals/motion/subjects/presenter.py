"""The presenter: a friendly bust whose mouth says the narration's phonemes.

Knows how sounds look on lips, blinks, sways and nods. Knows no voice: phonemes come with their times, whatever spoke them.
"""

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np

from aiprod.story import Phoneme
from aiprod.visuals.motion.subjects.faces import (
    LIP,
    FaceFrame,
    draw_back_hair,
    draw_brows,
    draw_eyes,
    draw_front_hair,
    draw_head,
)  # fmt: skip
from aiprod.visuals.motion.subjects.hosts import draw_bust, draw_years, host
from aiprod.visuals.motion.subjects.ink import (
    curve,
    darker,
    mix,
    oval,
    paint,
    path,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.rig import IDENTITY, PartPose, Rig, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

Viseme: TypeAlias = Literal["rest", "closed", "bite", "teeth", "tongue", "smile", "mid", "open", "round", "pout"]

_SOUNDS: Final[Mapping[Viseme, str]] = {
    "closed": "m b p ɱ",
    "bite": "f v ʋ",
    "teeth": "s z t d n ʃ ʒ ʂ ʐ c ɕ ʑ k g ɡ ŋ ɲ x ɣ h ɦ ç r ɹ ɾ ʁ ʀ ɻ ʔ q j T ʧ ʤ ʦ ʣ",
    "tongue": "l ɫ ʎ θ ð",
    "smile": "i ɪ e ɨ A ᵻ",
    "mid": "ɛ ə ɜ ɚ ɝ ɘ ɐ ᵊ ʌ",
    "open": "a ɑ æ ɶ I W",
    "round": "o ɔ ɒ O Y Q",
    "pout": "u ʊ w y ø œ ɵ ɯ ʏ ɥ ʍ",
}
_VISEMES: Final[Mapping[str, Viseme]] = {sound: kind for kind, sounds in _SOUNDS.items() for sound in sounds.split()}
_PAUSES: Final = frozenset(
    (" ", ".", ",", "!", "?", ";", ":", "—", "…", "-", "_", "|", '"', "“", "”", "(", ")", "ˈ", "ˌ")
)

ATTACK_SECONDS: Final = 0.06
GAP_SECONDS: Final = 0.08
BLINK_SECONDS: Final = 0.16


def viseme(symbol: str) -> Viseme:
    """The mouth of an IPA symbol: its first letter decides, marks of length and stress do not count."""
    for letter in unicodedata.normalize("NFD", symbol):
        if letter in _VISEMES:
            return _VISEMES[letter]
        if letter in _PAUSES:
            continue
    return "rest"


class PresenterRig:
    """A presenter of seeded looks. `rig` holds its textures; it is 1 high from y = 0 to its hair, and the bust goes on below, to be cut by
    the picture's edge."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        looks = host(seed)
        self._frame = FaceFrame(centre=(0.0, 0.665), radius=0.262)
        studio = Studio(faces_left=False)
        who, frame, r = looks.person, self._frame, self._frame.radius
        (x, y) = frame.centre
        wide = (x - r * 1.7, y - r * 2.0, x + r * 1.5, y + r * 1.4)
        self._hair = studio.add("hair-behind", wide, lambda c: draw_back_hair(c, who, frame), Relief(radius=0.08))
        self._bust = studio.add(
            "bust", (-0.56, -0.24, 0.56, 0.60), lambda c: draw_bust(c, looks), Relief(radius=0.16)
        )

        def head_art(canvas: "skia.Canvas") -> None:
            draw_head(canvas, who, frame, features=False)
            draw_years(canvas, looks, frame)
            draw_front_hair(canvas, who, frame)

        self._head = studio.add("head", wide, head_art, Relief(radius=0.15, strength=0.8))
        face = (x - r * 0.3, y - r * 0.4, x + r * 1.1, y + r * 0.6)
        flat = Relief(strength=0.0)
        self._eyes = studio.add("eyes", face, lambda c: draw_eyes(c, who, frame), flat)
        self._lids = studio.add("lids", face, lambda c: _draw_lids(c, who, frame), flat)
        self._brows = studio.add(
            "brows", (x - r * 0.9, y - r * 0.4, x + r * 1.1, y + r * 0.8), lambda c: draw_brows(c, who, frame), flat
        )
        lips = (x - r * 0.2, y - r * 1.0, x + r * 0.95, y - r * 0.25)
        self._mouths = {
            kind: studio.add(f"mouth-{kind}", lips, partial(_draw_mouth, who=who, frame=frame, kind=kind), flat)
            for kind in get_args(Viseme)
        }
        self.rig: Rig = studio.finish(
            RigFacts(animate=lambda t, _: self.pose(t, ()), stride_per_second=0.0, metres=0.75, faces_left=False)
        )

    def pose(self, t: float, phonemes: Sequence[Phoneme]) -> tuple[PartPose, ...]:
        """Where every part is at `t` seconds; phoneme times count from the same moment."""
        now, before, part = spoken(t, phonemes)
        talk = loudness(t, phonemes)
        slow = 2 * math.pi * t
        breath = turn(0.0, (0.0, 0.0), stretch=(1.0, 1.0 + 0.006 * math.sin(slow / 3.7)),
            shift=(0.010 * math.sin(slow / 6.1 + self._seed), 0.0))  # fmt: skip
        neck = (0.0, 0.42)
        sway = 2.2 * math.sin(slow / 4.3 + self._seed) + 1.4 * talk * math.sin(slow / 1.7)
        nod = 0.012 * talk * math.sin(slow / 0.9)
        head = join(breath, turn(sway, neck, shift=(0.008 * math.sin(slow / 5.2), nod)))
        closed = blink(t, self._seed)
        lift = 0.012 * talk * max(0.0, math.sin(slow / 2.3 + 1.0)) + 0.004 * math.sin(slow / 7.0)
        eye_line = self._frame.at(0.37, 0.02)
        found = [PartPose(part=self._hair, matrix=head), PartPose(part=self._bust, matrix=breath),
            PartPose(part=self._head, matrix=head), PartPose(part=self._eyes,
            matrix=join(head, turn(0.0, eye_line, stretch=(1.0, max(1.0 - closed, 0.08)))), opacity=1.0 - max(0.0,
            closed - 0.75) * 4)]  # fmt: skip
        if closed > 0.5:
            found.append(PartPose(part=self._lids, matrix=head, opacity=min(1.0, (closed - 0.5) * 4)))
        found.append(PartPose(part=self._brows, matrix=join(head, (1.0, 0.0, 0.0, 1.0, 0.0, lift))))
        if part < 1.0 and before != now:
            found.append(PartPose(part=self._mouths[before], matrix=head, opacity=1.0 - part))
        found.append(PartPose(part=self._mouths[now], matrix=head, opacity=part if before != now else 1.0))
        return tuple(found)


def spoken(t: float, phonemes: Sequence[Phoneme]) -> tuple[Viseme, Viseme, float]:
    """The mouth at `t`, the one before it, and how far it has taken over (0..1)."""
    index = bisect_right(phonemes, t, key=lambda phoneme: float(phoneme.start)) - 1
    if index < 0:
        return "rest", "rest", 1.0
    phoneme = phonemes[index]
    if t < float(phoneme.end) + GAP_SECONDS / 2:
        earlier = phonemes[index - 1] if index > 0 else None
        close = earlier is not None and float(phoneme.start) - float(earlier.end) < GAP_SECONDS
        before: Viseme = viseme(earlier.symbol) if earlier is not None and close else "rest"
        return viseme(phoneme.symbol), before, _ease((t - float(phoneme.start)) / ATTACK_SECONDS)
    return "rest", viseme(phoneme.symbol), _ease((t - float(phoneme.end) - GAP_SECONDS / 2) / ATTACK_SECONDS)


def loudness(t: float, phonemes: Sequence[Phoneme]) -> float:
    """How lively the speech is about `t`, 0 (silence) to 1."""
    near = [phoneme for phoneme in phonemes if abs(float(phoneme.start) - t) < 0.5]
    return min(1.0, len(near) / 6)


def blink(t: float, seed: int) -> float:
    """How far the eyes are shut at `t`: every few seconds, never quite evenly, sometimes twice."""
    slot = int(t // 3.4)
    random = np.random.default_rng([seed % (2**31), slot])
    start, twice = slot * 3.4 + float(random.uniform(0.3, 2.7)), float(random.random()) < 0.2
    for moment in (start, start + 0.28) if twice else (start,):
        part = (t - moment) / BLINK_SECONDS
        if 0.0 < part < 1.0:
            return math.sin(math.pi * part)
    return 0.0


def _ease(part: float) -> float:
    held = min(max(part, 0.0), 1.0)
    return held * held * (3.0 - 2.0 * held)


def _draw_lids(canvas: "skia.Canvas", who: Person, frame: FaceFrame) -> None:
    """Shut eyes."""
    r = frame.radius
    for x in (0.10, 0.64):
        lid = frame.curve([(x - 0.15, 0.03), (x, -0.045), (x + 0.15, 0.03)], closed=False, steps=8)
        canvas.drawPath(curve(lid), paint(darker(who.skin, 0.72), line=r * 0.055))


def _draw_mouth(canvas: "skia.Canvas", who: Person, frame: FaceFrame, kind: Viseme) -> None:
    """One mouth: half-width and half-height of its opening, teeth, tongue, lips."""
    r, x, y = frame.radius, 0.37, -0.57
    lip = mix(mix(who.skin, LIP, 0.62 if who.female else 0.40), (0.45, 0.12, 0.12), 0.12)
    if kind in ("rest", "closed"):
        droop = 0.055 if kind == "rest" else 0.015
        line = frame.curve([(x - 0.25, y + droop), (x, y - droop), (x + 0.24, y + droop)], closed=False)
        canvas.drawPath(curve(line), paint(lip, line=r * (0.085 if kind == "closed" else 0.075)))
        canvas.drawPath(curve(line), paint(darker(lip, 0.6), line=r * 0.030))
        return
    wide, high = {"bite": (0.22, 0.050), "teeth": (0.24, 0.085), "tongue": (0.22, 0.125), "smile": (0.28, 0.115),
        "mid": (0.23, 0.145), "open": (0.25, 0.255), "round": (0.165, 0.205), "pout": (0.105, 0.105)}[kind]  # fmt: skip

    shape = path(frame.curve([(x - wide, y + 0.02), (x - wide * 0.5, y + high * 0.62), (x, y + high * 0.55),
        (x + wide * 0.5, y + high * 0.62), (x + wide, y + 0.02), (x + wide * 0.62, y - high * 0.85),
        (x, y - high * 1.1), (x - wide * 0.62, y - high * 0.85)]))  # fmt: skip
    canvas.drawPath(shape, paint((0.30, 0.07, 0.09)))
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    if kind not in ("pout", "round"):
        canvas.drawPath(
            path(
                oval(
                    frame.at(x, y + high * 0.62),
                    r * wide * 0.92,
                    r * high * (0.95 if kind in ("teeth", "smile") else 0.50),
                )
            ),
            paint((0.97, 0.96, 0.94)),
        )
    if kind in ("open", "tongue", "mid", "round"):
        lift = high * 0.35 if kind == "tongue" else 0.0
        canvas.drawPath(
            path(oval(frame.at(x + 0.01, y - high * 0.95 + lift), r * wide * 0.68, r * high * 0.62)),
            paint((0.82, 0.36, 0.38)),
        )
    if kind == "bite":
        canvas.drawPath(path(oval(frame.at(x, y - high * 0.9), r * wide * 0.85, r * high * 0.7)), paint(lip))
    canvas.restore()
    canvas.drawPath(shape, paint(lip, line=r * (0.075 if kind != "pout" else 0.10)))


STILL: Final = IDENTITY
