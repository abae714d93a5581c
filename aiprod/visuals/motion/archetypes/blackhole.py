"""Black hole: light bent around a shadow, by Einstein's equations; a disc that glows and turns, stars behind drawn to arcs.

The paths of light round a mass without spin (Schwarzschild's) are walked once a scene; each frame only lets the disc turn.
Distances are in radii of the horizon.
"""

import math
from dataclasses import dataclass, replace

import moderngl
import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.gpu import Target, Uniform
from aiprod.visuals.motion.light import Colour, Mood
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import Moment, World

Floats = npt.NDArray[np.float32]
Heights = npt.NDArray[np.float64]

FAR = 1e5
"""Metres at which it hangs: it does not slide when the camera does."""
_IMPACTS, _ANGLES = 1024, 512
_INSIDE = 0.375
"""The part of the rows that looks into the shadow."""
_OVERSCAN = 1.16
_DISC_SHARE = 0.66
"""Sharpness of the disc against the picture's."""
_WIDEST = 1.5
"""The widest angle from the hole's middle that is kept."""
_LAST_ANGLE = 3.2 * math.pi
"""How far around the hole a path of light is kept."""

_FIRES: dict[str, tuple[Colour, Colour]] = {
    "amber": ((1.0, 0.46, 0.13), (1.0, 0.82, 0.56)), "warm": ((1.0, 0.40, 0.14), (1.0, 0.78, 0.55)),
    "cool": ((0.30, 0.50, 1.0), (0.78, 0.88, 1.0)), "teal": ((0.16, 0.62, 0.72), (0.76, 1.0, 0.98)),
    "violet": ((0.62, 0.26, 0.95), (0.95, 0.78, 1.0)), "rose": ((1.0, 0.30, 0.42), (1.0, 0.80, 0.80)),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """Where we look from: distance, height over the disc and roll in radians; the disc's outer edge; how bright jets are."""

    distance: float
    tilt: float
    roll: float
    outer: float
    jets: float = 0.0


_VIEWS = (
    _View(distance=26.0, tilt=0.10, roll=0.16, outer=9.5),
    _View(distance=24.0, tilt=0.42, roll=-0.30, outer=10.5),
    _View(distance=30.0, tilt=0.20, roll=-0.55, outer=12.0, jets=1.0),
    _View(distance=20.0, tilt=0.16, roll=0.05, outer=7.5),
    _View(distance=26.0, tilt=0.85, roll=0.35, outer=9.0),
)


class BlackHole:
    """Afloat some way from the hole, a little over its disc."""

    def setting(self, spec: SceneSpec) -> Setting:
        del spec

        def nowhere(x: Heights, z: Heights) -> Heights:
            return np.full(np.broadcast(x, z).shape, -9.0)  # no ground to stand on

        return Setting(
            eye_height=0.0, heights=nowhere, focal=1.9, horizon=0.0, reach=1.6, shake=0.5, fog=0.0, fog_fall=0.1, stage_near=5.0,
            stage_far=30.0, sun_at=(0.0, 0.2), indoors=True, swims=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        deep, bright = _fire(spec)
        sun = (1.5 * bright[0], 1.4 * bright[1], 1.3 * bright[2])
        return replace(
            mood, sun=sun, ambient=(0.06 + 0.06 * deep[0], 0.07 + 0.05 * deep[1], 0.10 + 0.08 * deep[2]), fog=(0.0, 0.0, 0.0),
            fog_sun=(0.0, 0.0, 0.0), rays=0.0, stars=0.0, moon=False, sun_size=0.0, exposure=1.0, bloom=0.48, threshold=0.7,
            night=True, key=0.7, thickness=0.0, shadow_tint=(0.0, 0.0, 0.012), light_tint=(0.0, 0.0, 0.0),
        )  # fmt: skip

    def build(self, world: World) -> None:
        _Hole(world).hang()


def _fire(spec: SceneSpec) -> tuple[Colour, Colour]:
    """The disc's colours: outer and inner."""
    return _FIRES.get(spec.palette) or _FIRES["cool" if (spec.variant + spec.seed) % 4 == 3 else "amber"]


def light_paths(distance: float) -> Floats:
    """Paths of light that reach an eye at `distance`: rows are views, from straight at the hole (0) to straight away;
    columns are angles about the hole, 0 towards the eye; values are 1 / radius, 0 where it has left for good and 1 where it fell in.
    The second channel of a row is the angle at which its light comes from infinity (0: it fell into the hole)."""
    view = view_angles(distance)
    u = np.full(_IMPACTS, 1.0 / distance)
    pace = 1.0 / distance / np.tan(view) * np.sqrt(1 - 1.0 / distance)
    step = _LAST_ANGLE / _ANGLES
    table = np.zeros((_IMPACTS, _ANGLES, 2), np.float32)
    gone = np.zeros(_IMPACTS, bool)
    escape = np.zeros(_IMPACTS)
    fine = 8
    for column in range(_ANGLES):
        table[:, column, 0] = np.where(gone, np.where(escape > 0, 0.0, 1.0), u)
        for part in range(fine):
            before = u
            u, pace = _walk(u, pace, step / fine)
            out = ~gone & (u <= 0)
            escape[out] = (column + (part + before[out] / (before[out] - u[out] + 1e-12)) / fine) * step
            gone |= out | (u >= 1.0)
            u = np.where(gone, 0.5, u)
            pace = np.where(gone, 0.0, pace)
    table[:, :, 1] = escape[:, None]
    return table


def shadow_angle(distance: float) -> float:
    """How far from its middle the shadow reaches, seen from `distance`."""
    return math.asin(math.sqrt(27.0) / 2 / distance * math.sqrt(1 - 1 / distance))


def view_angles(distance: float) -> npt.NDArray[np.float64]:
    """The angle from the hole's middle of each row of the paths: rows crowd at the shadow's edge, where light circles it."""
    share, edge = (np.arange(_IMPACTS) + 0.5) / _IMPACTS, shadow_angle(distance)
    inside = edge * (1 - (1 - np.minimum(share / _INSIDE, 1.0)) ** 3)
    return np.asarray(inside + (_WIDEST - edge) * (np.maximum(share - _INSIDE, 0.0) / (1 - _INSIDE)) ** 3)


def _walk(
    u: npt.NDArray[np.float64], pace: npt.NDArray[np.float64], step: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """One step of u'' = 3/2 u^2 - u (radius of the horizon 1), by the midpoint."""
    middle = u + pace * step / 2
    middle_pace = pace + (1.5 * u * u - u) * step / 2
    return u + middle_pace * step, pace + (1.5 * middle * middle - middle) * step


class _Hole:
    """The hole of one scene: its maps, and how they are shown."""

    def __init__(self, world: World) -> None:
        self._world, self._gpu = world, world.gpu
        spec = world.spec
        self._view = _VIEWS[spec.variant % len(_VIEWS)]
        wide = min(max(world.aspect, 0.5625), 1.2)
        self._distance = self._view.distance * (0.74 / (wide + 0.1775)) ** 0.5 * (0.82 if spec.composition == "close" else 1.0)
        side = -1.0 if spec.seed % 2 else 1.0
        spread = float(world.random.uniform(-0.06, 0.06))
        self._tilt, self._roll = self._view.tilt + spread, side * (self._view.roll + spread)
        heroes, focal = spec.subjects, world.framing.focal
        lean = {"left": -0.3, "right": 0.3}.get(spec.composition, 0.0)
        if heroes:  # the hole makes room for who floats before it
            lean = (-0.42 if heroes[0].x >= 0.5 else 0.42) * min(world.aspect, 1.0)
            self._distance *= 1.15
        self._at = (lean * world.aspect / focal, (0.40 if heroes and world.aspect < 1 else 0.08) / focal)
        self._seed = float(world.random.random() * 30)

    def hang(self) -> None:
        """Walk the light, bake what stands still, and let the disc turn."""
        gpu, world = self._gpu, self._world
        paths = self._upload(light_paths(self._distance))
        width, height = (round(side * _OVERSCAN) for side in world.size)
        sky = gpu.target(width, height)
        small = (round(width * _DISC_SHARE), round(height * _DISC_SHARE))
        first, second = gpu.target(*small, "f2"), gpu.target(*small, "f2")
        first.texture.filter = second.texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        lens = world.framing.focal / _OVERSCAN
        edge, pixel = shadow_angle(self._distance), 2 / (lens * height)
        where: dict[str, Uniform] = {
            "distance": self._distance, "tilt": self._tilt, "roll": self._roll, "at": self._at, "extent": (world.aspect / lens, 1 / lens),
            "outer": self._view.outer, "seed": self._seed, "edge": edge, "pixel": pixel,
        }  # fmt: skip
        gpu.blend("replace")
        textures = {"paths": paths, "grain": gpu.grain}
        deep, bright = _fire(world.spec)
        for part, target in (("SKY", sky), ("FIRST", first), ("SECOND", second)):
            gpu.fill(gpu.screen_program("blackhole", part), target, textures=textures, deep=deep, **where)
        disc = gpu.target(*small)
        fire: dict[str, Uniform] = {"deep": deep, "bright": bright, "outer": self._view.outer, "jets": self._view.jets, "at": self._at,
                                    "axis": (math.sin(self._roll), math.cos(self._roll)), "distance": self._distance,
                                    "extent": (world.aspect / lens, 1 / lens), "seed": self._seed,
                                    "core": max(1.3, 1.5 * pixel / (0.012 * edge))}  # fmt: skip
        maps = {"first": first.texture, "second": second.texture, "grain": gpu.grain}

        def draw(moment: Moment) -> None:
            gpu.blend("replace")
            gpu.fill(gpu.screen_program("accretion"), disc, textures=maps, **fire)
            world.scene.framebuffer.use()
            self._show(sky, moment)
            gpu.blend("over")
            self._show(disc, moment)

        world.add(FAR, draw)

    def _show(self, target: Target, moment: Moment) -> None:
        """Lay a map over the picture as the lens sees what is endlessly far."""
        ratio = self._world.framing.focal / moment.lens.focal / _OVERSCAN
        program = self._gpu.screen_program("slide")
        self._gpu.bind(program, {"picture": target.texture})
        shift = moment.lens.shift
        self._gpu.set(program, {"remap": (ratio, ratio, -shift[0] * ratio, -shift[1] * ratio)})
        self._gpu.screen(program)

    def _upload(self, table: Floats) -> moderngl.Texture:
        texture = self._gpu.context.texture((_ANGLES, _IMPACTS), 2, np.ascontiguousarray(table).tobytes(), dtype="f4")
        texture.repeat_x = texture.repeat_y = False
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        return texture
