"""How the scenes of a film are told apart: light, framing, camera, palette and arrangement for each place in the film.

Within any WINDOW scenes no two share archetype, time of day, composition and camera. A scene that asks for nothing
follows a timetable of its own place, so that editing a scene leaves the others as they were: the timetable pairs five
framings with seven cameras by steps that first repeat after 35 scenes. Knows no prompt and no picture.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

WINDOW = 8
FRAMINGS = ("center", "left", "wide", "right", "close")
CAMERAS = ("dolly", "truck", "crane", "pan", "zoom", "orbit", "tilt")
_FRAMING_STEP, _CAMERA_STEP = 2, 3

_PALETTES = {
    "cinematic": ("natural", "teal", "warm", "cool", "amber", "violet"),
    "realistic": ("natural", "earth", "cool", "warm"),
    "documentary": ("natural", "earth", "warm", "cool"),
    "anime": ("vivid", "pastel", "natural", "rose"),
    "watercolor": ("pastel", "natural", "rose", "cool"),
    "sketch": ("natural", "sepia", "cool", "earth"),
    "noir": ("noir", "cool"),
    "vintage": ("sepia", "earth", "amber", "warm"),
    "neon": ("violet", "vivid", "teal", "rose"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a scene asks for. `times` are the lights that suit it (one: it is told); "" leaves the choice open."""

    archetype: str
    times: tuple[str, ...]
    framing: str = ""
    camera: str = ""
    take: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """What a scene gets."""

    time_of_day: str
    framing: str
    camera: str
    palette: str
    variant: int


Pair = tuple[str, str]


def vary(wishes: Sequence[Wish], *, seed: int, style: str) -> tuple[Variation, ...]:
    """A variation a scene. Only the scene itself changes with its `take`; what is told is kept where it can be."""
    times = [_time(wish, place, seed) for place, wish in enumerate(wishes)]
    pairs: dict[int, Pair] = {}
    told = [i for i, wish in enumerate(wishes) if wish.framing or wish.camera]
    free = [i for i, wish in enumerate(wishes) if not (wish.framing or wish.camera)]
    first_times = [_time(wish, place, seed, take=0) for place, wish in enumerate(wishes)]
    for place in (*told, *free):
        pairs[place] = _choose(place, wishes, first_times, pairs, _candidates(wishes[place], place, seed))
    for place, wish in enumerate(wishes):
        if wish.take:
            others = {other: pair for other, pair in pairs.items() if other != place}
            pairs[place] = _choose(place, wishes, times, others, _retakes(wish, place, seed))
    pool = _PALETTES.get(style, _PALETTES["cinematic"])
    return tuple(
        Variation(
            time_of_day=times[i],
            framing=pairs[i][0],
            camera=pairs[i][1],
            palette=pool[(draw(seed, "palette") + i + wish.take) % len(pool)],
            variant=(draw(seed, "variant") + i + 5 * wish.take) % 256,
        )
        for i, wish in enumerate(wishes)
    )


def draw(seed: int, *names: object) -> int:
    """A number below 2**32 that depends on nothing but the seed and the names."""
    text = "\x1f".join([str(seed), *(str(name) for name in names)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _time(wish: Wish, place: int, seed: int, take: int | None = None) -> str:
    turns = wish.take if take is None else take
    return wish.times[(draw(seed, "time") + place + turns) % len(wish.times)]


def _scheduled(place: int, seed: int) -> Pair:
    """The timetable's framing and camera for a place in the film."""
    return (
        FRAMINGS[(draw(seed, "framing") + _FRAMING_STEP * place) % len(FRAMINGS)],
        CAMERAS[(draw(seed, "camera") + _CAMERA_STEP * place) % len(CAMERAS)],
    )


def _candidates(wish: Wish, place: int, seed: int) -> list[Pair]:
    """Pairs for a scene, best first: its own timetable, then what the timetable gives to no scene near it; the
    framing and the camera that are told come before any other."""
    own = _scheduled(place, seed)
    near = {_scheduled(place + step, seed) for step in range(1 - WINDOW, WINDOW)} - {own}
    everything = sorted(product(FRAMINGS, _cameras(wish)), key=lambda pair: draw(seed, place, *pair))
    ordered = [own, *everything] if not wish.camera else everything

    def cost(pair: Pair) -> tuple[int, bool, bool]:
        broken = (2 * (wish.camera not in ("", pair[1]))) + (wish.framing not in ("", pair[0]))
        return broken, pair in near, pair != own

    return list(dict.fromkeys(sorted(ordered, key=cost)))


def _retakes(wish: Wish, place: int, seed: int) -> list[Pair]:
    """Pairs for a scene that is redone, starting further on with each take."""
    ordered = _candidates(wish, place, seed)
    kept = [
        pair for pair in ordered
        if wish.framing in ("", pair[0]) and wish.camera in ("", pair[1])
    ]  # fmt: skip
    near = {_scheduled(place + step, seed) for step in range(1 - WINDOW, WINDOW)}
    fresh = [pair for pair in kept if pair not in near] or kept
    start = wish.take % len(fresh)
    return list(dict.fromkeys([*fresh[start:], *fresh[:start], *ordered]))


def _cameras(wish: Wish) -> tuple[str, ...]:
    return CAMERAS if wish.camera in ("", *CAMERAS) else (wish.camera, *CAMERAS)


def _choose(
    place: int, wishes: Sequence[Wish], times: Sequence[str], pairs: dict[int, Pair], candidates: Sequence[Pair]
) -> Pair:
    """The first candidate that no scene near has with the same archetype and light."""
    taken = {
        pairs[other]
        for other in range(max(0, place - WINDOW + 1), min(len(wishes), place + WINDOW))
        if other in pairs and other != place
        and (wishes[other].archetype, times[other]) == (wishes[place].archetype, times[place])
    }  # fmt: skip
    return next(pair for pair in candidates if pair not in taken)
