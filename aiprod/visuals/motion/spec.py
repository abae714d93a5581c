"""The plan of one procedural scene, as values: what is seen, where, in what light, and how the camera moves.

Knows the words that the planner may say and the engines must draw, and their text form (canonical JSON). Knows no
prompt, no picture and no renderer: `planner.py` writes specs, the motion engine and the slideshow draw them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

import msgspec

from aiprod.encoding import learnt
from aiprod.errors import InvalidInput

Archetype: TypeAlias = Literal[
    "forest", "jungle", "savanna", "desert", "mountains", "snow", "polar", "sea", "underwater", "beach", "lake",
    "river", "field", "cave", "volcano", "city", "village", "interior", "laboratory", "ruins", "battlefield", "sky",
    "space", "planet", "moonscape", "blackhole", "map", "stage",
]  # fmt: skip
TimeOfDay: TypeAlias = Literal["dawn", "day", "golden", "sunset", "dusk", "night", "overcast", "storm"]
Weather: TypeAlias = Literal["clear", "rain", "snow", "fog", "wind", "storm", "dust"]
Season: TypeAlias = Literal["spring", "summer", "autumn", "winter"]
Flora: TypeAlias = Literal[
    "none", "grass", "flowers", "wheat", "broadleaf", "pine", "birch", "bamboo", "cherry", "palm", "tropical",
    "acacia", "cactus", "reeds", "kelp", "coral", "mushroom",
]  # fmt: skip
Palette: TypeAlias = Literal[
    "natural", "warm", "cool", "teal", "amber", "rose", "violet", "earth", "pastel", "vivid", "noir", "sepia",
]  # fmt: skip
CameraKind: TypeAlias = Literal["pan", "tilt", "zoom", "dolly", "crane", "truck", "orbit", "handheld", "static"]
CameraDirection: TypeAlias = Literal["left", "right", "up", "down", "in", "out", "none"]
Composition: TypeAlias = Literal["left", "center", "right", "close", "wide"]
Role: TypeAlias = Literal["hero", "companion", "prop"]
Facing: TypeAlias = Literal["left", "right"]
Gait: TypeAlias = Literal["idle", "walk", "run", "fly", "swim", "hop", "sit"]
Particles: TypeAlias = Literal[
    "none", "dust", "pollen", "fireflies", "leaves", "petals", "snow", "rain", "embers", "ash", "sand", "bubbles",
    "plankton", "stars", "sparks", "confetti",
]  # fmt: skip
CalloutKind: TypeAlias = Literal["text", "number", "label"]
ChartKind: TypeAlias = Literal["bar", "line", "pie", "counter", "timeline"]

ARCHETYPES: Final[tuple[str, ...]] = get_args(Archetype)
PALETTES: Final[tuple[str, ...]] = get_args(Palette)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InvalidInput("scene spec", expected=f"{name} between {low} and {high}", found=str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraMove:
    """One eased move over the whole shot. `amount` 0..1: 0 is barely felt, 1 is as far as the scene allows."""

    kind: CameraKind = "dolly"
    amount: float = 0.5
    direction: CameraDirection = "in"

    def __post_init__(self) -> None:
        _check_range("camera.amount", self.amount, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectSpec:
    """Something that is seen and may move. `icon` is a key of the subject pack, `name` the word it was found by.

    `scale` is its height as a part of the frame's height (before the camera); `x` its centre across the frame,
    0 left to 1 right; `depth` 0 nearest the camera to 1 at the horizon. `count` draws that many of it, as a group.
    """

    icon: str
    name: str
    role: Role = "hero"
    facing: Facing = "right"
    gait: Gait = "idle"
    count: int = 1
    scale: float = 0.3
    x: float = 0.5
    depth: float = 0.25

    def __post_init__(self) -> None:
        _check_range("subject.count", self.count, 1, 24)
        _check_range("subject.scale", self.scale, 0.01, 1.0)
        _check_range("subject.x", self.x, -0.5, 1.5)
        _check_range("subject.depth", self.depth, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """Words over the picture; `start` and `end` are parts of the shot, 0..1."""

    kind: CalloutKind
    text: str
    start: float = 0.15
    end: float = 0.85

    def __post_init__(self) -> None:
        _check_range("callout.start", self.start, 0.0, 1.0)
        _check_range("callout.end", self.end, self.start, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """Figures that the narration states. `labels` and `values` have equal lengths; a timeline's values are years.

    A counter has one value: it counts up to it. `unit` follows each figure ("%", "km"); `texts` are the figures as the
    narration wrote them, one a value or none at all.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    unit: str = ""
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.values or len(self.labels) != len(self.values):
            raise InvalidInput(
                "scene spec", expected="a chart with one label a value, and at least one",
                found=f"{len(self.labels)} labels and {len(self.values)} values",
            )  # fmt: skip
        if len(self.texts) not in (0, len(self.values)):
            raise InvalidInput(
                "scene spec", expected="a chart's figures written once each, or none of them",
                found=f"{len(self.texts)} texts and {len(self.values)} values",
            )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A labelled point of a map, in degrees (east and north positive)."""

    name: str
    lon: float
    lat: float

    def __post_init__(self) -> None:
        _check_range("place.lon", self.lon, -180.0, 180.0)
        _check_range("place.lat", self.lat, -90.0, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSpec:
    """A stretch of the Earth. `span_degrees` is the latitude that the frame's shorter side covers.

    `route` are indices into `places`, in travelling order (empty: no route); `countries` are ISO 3166-1 numeric
    codes, three digits, to be lit.
    """

    lon: float
    lat: float
    span_degrees: float
    places: tuple[MapPlace, ...] = ()
    route: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_range("map.lon", self.lon, -180.0, 180.0)
        _check_range("map.lat", self.lat, -90.0, 90.0)
        _check_range("map.span_degrees", self.span_degrees, 0.5, 180.0)
        for index in self.route:
            _check_range("map.route", index, 0, len(self.places) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSpec:
    """One scene, whole. Equal specs at equal shapes give equal pictures.

    `variant` chooses among an archetype's arrangements (the engine takes it modulo what it has); `seed` only
    scatters details. `accent` is "#rrggbb", used by callouts, charts and light touches. `presenter` asks for a
    character who says the words. `lettered` are the stretches of the shot when something is written over it.
    """

    archetype: Archetype
    seed: int
    style: str = "cinematic"
    variant: int = 0
    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    season: Season = "summer"
    flora: Flora = "none"
    palette: Palette = "natural"
    camera: CameraMove = CameraMove()
    composition: Composition = "center"
    subjects: tuple[SubjectSpec, ...] = ()
    particles: Particles = "none"
    callout: Callout | None = None
    chart: ChartSpec | None = None
    map: MapSpec | None = None
    presenter: bool = False
    accent: str = "#ffd23f"
    lettered: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        _check_range("seed", self.seed, 0, 2**63 - 1)
        _check_range("variant", self.variant, 0, 255)
        digits = self.accent.removeprefix("#")
        if len(self.accent) != 7 or len(digits) != 6 or any(d not in "0123456789abcdef" for d in digits):
            raise InvalidInput("scene spec", expected='an accent such as "#ffd23f"', found=repr(self.accent))


def encode_spec(spec: SceneSpec) -> str:
    """The spec's canonical text: equal specs give equal bytes."""
    settled = msgspec.json.decode(msgspec.json.encode(spec), type=learnt(SceneSpec))  # so that 2 and 2.0 are written alike
    return msgspec.json.encode(settled, order="sorted").decode()


def decode_spec(text: str) -> SceneSpec:
    """The spec of a text, strictly. Raises: InvalidInput (wrong type, unknown word, unknown field, out of range)."""
    try:
        spec = msgspec.json.decode(text, type=learnt(SceneSpec), strict=True)
    except msgspec.DecodeError as error:
        raise InvalidInput("scene spec", expected="JSON of a SceneSpec", found=str(error)) from error
    unknown = _unknown_field(msgspec.json.decode(text), msgspec.to_builtins(spec), "")
    if unknown:
        raise InvalidInput("scene spec", expected="only a SceneSpec's fields", found=unknown)
    return spec


def _unknown_field(given: object, known: object, path: str) -> str:
    """Path of the first field of `given` that `known` lacks, or "" (the decoder passes over unknown fields)."""
    if isinstance(given, Mapping) and isinstance(known, Mapping):
        for key, value in given.items():
            if key not in known:
                return f"{path}{key}"
            found = _unknown_field(value, known[key], f"{path}{key}.")
            if found:
                return found
    elif isinstance(given, list) and isinstance(known, list | tuple):
        for index, (value, other) in enumerate(zip(given, known, strict=True)):
            found = _unknown_field(value, other, f"{path}{index}.")
            if found:
                return found
    return ""
