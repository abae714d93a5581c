"""A scene, built and drawn: an archetype adds planes, ground, water, particles, lights; `render` draws a moment.

Everything added has an order: its distance. Each frame is drawn from the farthest to the nearest. Knows no archetype by
name, no film and no file.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aiprod.profiles import Shape
from aiprod.visuals.motion.camera import CameraPath, Lens, Mount
from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.cards.stock import CardSet, Material, Planting, draw_plantings
from aiprod.visuals.motion.cast import Place
from aiprod.visuals.motion.gpu import Frame, Gpu, Target
from aiprod.visuals.motion.ground import Earth, Ground, Shadow
from aiprod.visuals.motion.layers import Paint, Plane, PlaneOptions, bake_plane, seen_extent
from aiprod.visuals.motion.light import Mood
from aiprod.visuals.motion.palettes import grade_for
from aiprod.visuals.motion.particles import Light, Lights, Particles, Swarm
from aiprod.visuals.motion.post import Darkroom, Finish
from aiprod.visuals.motion.relief import Cone, Cumulus, Ridge, paint_cumulus, paint_ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.sky import Clouds, Sky, sun_direction
from aiprod.visuals.motion.spec import SceneSpec, SubjectSpec
from aiprod.visuals.motion.water import Water, WaterLook

_COMPOSITION_FOCAL = {"close": 1.16, "wide": 0.84}
_GROUND_ORDER = 130.0
_SKY_ORDER = 1e6


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the shot: seconds, the frame's number and the lens."""

    seconds: float
    number: int
    lens: Lens


Draw = Callable[[Moment], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a world is made from: the plan, the place, its light, and how long it is seen.

    `follow` is how many metres the camera goes along with its hero over the shot (negative: to the left).
    """

    spec: SceneSpec
    setting: Setting
    mood: Mood
    seconds: float
    follow: float = 0.0


@dataclass(frozen=True, slots=True)
class Framing:
    """What the lens holds in the middle of the shot."""

    focal: float
    aspect: float

    def shown(self, z: float) -> float:
        """Metres that the picture is wide at distance `z`."""
        return 2 * self.aspect * z / self.focal


def frame_of(setting: Setting, spec: SceneSpec, shape: Shape) -> Framing:
    """The framing of a composition in a place."""
    focal = setting.focal * _COMPOSITION_FOCAL.get(spec.composition, 1.0)
    return Framing(focal, shape.width_px / shape.height_px)


def place_subject(subject: SubjectSpec, setting: Setting, frame: Framing) -> Place:
    """Where a subject stands and how high it is, from its place in the picture."""
    z = setting.stage_near * (setting.stage_far / setting.stage_near) ** subject.depth
    x = (subject.x - 0.5) * frame.shown(z)
    ground = float(setting.heights(np.array(x), np.array(z)))
    return Place(x=x, y=ground, z=z, height=subject.scale * 2 * z / frame.focal)


class World:
    """One scene, for one shot."""

    def __init__(self, gpu: Gpu, scene: Scene, shape: Shape) -> None:
        spec, setting, mood, seconds = scene.spec, scene.setting, scene.mood, scene.seconds
        self.gpu, self.spec, self.setting, self.mood = gpu, spec, setting, mood
        self.size = (shape.width_px, shape.height_px)
        self.aspect = shape.width_px / shape.height_px
        self.seconds = seconds
        self.random = np.random.default_rng(spec.seed % 2**63)
        self.framing = frame_of(setting, spec, shape)
        mount = Mount(
            eye=(0.0, setting.eye_height, 0.0),
            focal=self.framing.focal,
            shift=(0.0, setting.horizon),
            reach=setting.reach,
            interest=self._interest(),
            shake=setting.shake,
            aspect=self.aspect,
            follow=scene.follow,
        )
        self.camera = CameraPath(spec.camera, mount, seconds, phase=(spec.seed % 628) / 100)
        self.path = self.camera.moments(25)
        self._middle = self.camera.at(seconds / 2)
        self._still = self._frame(self._middle, 0.0)
        self._scene = gpu.target(*self.size)
        self._darkroom = Darkroom(gpu, self.size, mood, grade_for(spec))
        self._lights = Lights(gpu)
        self._items: list[tuple[float, int, Draw]] = []
        self._horizons: list[Callable[[Frame], float]] = []
        self._overlays: list[Callable[[Moment, Target], None]] = []
        self._tint = (1.0, 1.0, 1.0, 1.0)
        self.reflects = False
        self.credits: tuple[str, ...] = ()
        self._flashes = _lightning(spec, seconds)
        gpu.use_frame(self._still)
        if setting.sky:
            clouds = Clouds(
                cover=mood.cover * setting.clouds,
                scale=setting.cloud_scale,
                speed=2.4 if spec.weather in ("storm", "wind") else 1.0,
            )
            sky = Sky(gpu, self.size, mood, clouds, spec.seed)
            self.add(_SKY_ORDER, lambda moment: sky.draw(moment.number, moment.lens))

    # --- what an archetype may ask ---------------------------------------------------------------------------------

    def add(self, order: float, draw: Draw) -> None:
        """Draw something each frame, as far away as `order` metres."""
        self._items.append((order, len(self._items), draw))

    def half_width(self, z: float) -> float:
        """How far from the middle the camera ever sees at distance `z`."""
        left, _, right, _ = seen_extent(self.path, z, self.aspect)
        return max(-left, right)

    @property
    def fullness(self) -> float:
        """How much wider the picture is than 9:16: multiply counts of things that fill it."""
        return float(min((self.aspect / 0.5625) ** 0.8, 3.0))

    def height_at(self, x: float, z: float) -> float:
        """Height of the ground."""
        return float(self.setting.heights(np.array(x), np.array(z)))

    def place(self, subject: SubjectSpec) -> Place:
        """Where that subject stands and how high it is, from its place in the picture."""
        return place_subject(subject, self.setting, self.framing)

    @property
    def stage(self) -> Place:
        """The hero's place, or where one would stand."""
        heroes = [s for s in self.spec.subjects if s.role == "hero"] or list(self.spec.subjects)
        return self.place(heroes[0] if heroes else SubjectSpec(icon="", name="", x=0.5, depth=0.25))

    def clearing(self, share: float = 0.13) -> tuple[float, float, float] | None:
        """What grass leaves free for the hero's feet (x, z, radius), or None where nobody stands."""
        if not self.spec.subjects:
            return None
        stage = self.stage
        return stage.x, stage.z, 0.1 + stage.height * share

    def cards(self, paintings: Sequence[Pixels], material: Material) -> CardSet:
        """Upload pictures of one size for planting."""
        return CardSet(self.gpu, paintings, material)

    def band(self, depth: float, plantings: Sequence[Planting], options: PlaneOptions | None = None) -> None:
        """Bake cards into a plane at `depth` and keep it."""
        held = list(plantings)
        self.plane(depth, lambda: draw_plantings(held), options)

    def plane(self, depth: float, paint: Paint, options: PlaneOptions | None = None, *, order: float = 0.0) -> Plane:
        """Bake whatever `paint` draws into a plane at `depth` and keep it; `order` where it is drawn, if elsewhere."""
        plane = bake_plane(
            self.gpu,
            paint,
            depth,
            frame=self._still,
            path=self.path,
            width_px=self.size[0],
            options=options or PlaneOptions(),
        )
        self.add(order or depth, lambda _: plane.draw(self._tint if depth > 20 else (1.0, 1.0, 1.0, 1.0)))
        return plane

    def ridge(self, depth: float, ridge: Ridge, cone: Cone | None = None, options: PlaneOptions | None = None) -> None:
        """Bake a range of mountains; it is drawn before the ground."""
        self.plane(
            depth,
            lambda: paint_ridge(self.gpu, ridge, cone),
            options or PlaneOptions(resolution=0.9),
            order=_GROUND_ORDER + depth,
        )

    def cumulus(self, depth: float, field: Cumulus, speed: float = 0.6) -> None:
        """Bake a field of heaped clouds that drifts at `speed` metres a second."""
        options = PlaneOptions(resolution=0.5, soften=0.9, drift=(speed, 0.0))
        self.plane(depth, lambda: paint_cumulus(self.gpu, field), options)

    def ground(self, earth: Earth, shadows: Sequence[Shadow] = (), *, near: float = 0.9, far: float = 120.0) -> None:
        """Bake the ground of the setting's heights; it is drawn before all that is nearer than 130 metres."""
        self.gpu.use_frame(self._still)
        ground = Ground(self.gpu, self.setting.heights, near=near, far=far, half_width=self.half_width)
        width = min(2048, max(256, 2 ** round(math.log2(self.size[0] * 1.6))))
        ground.bake(earth, shadows, (width, width * 2 if self.aspect < 1 else width))
        self._horizons.append(ground.horizon)
        self.add(_GROUND_ORDER, lambda _: ground.draw(self._tint))

    def water(self, depth: float, look: WaterLook) -> None:
        """Water from our feet to `depth`; what is farther is mirrored in it."""
        self.reflects = True
        water = Water(self.gpu, self.size, depth, look)
        self.add(depth, lambda _: water.draw(self._scene))

    def swarm(self, order: float, swarm: Swarm) -> None:
        """Particles, drawn at that distance."""
        count = max(
            1, round(swarm.count * (self.fullness if swarm.kind not in ("EMBERS", "FOUNTAIN", "SMOKE") else 1.0))
        )
        particles = Particles(self.gpu, replace(swarm, count=count), self.spec.seed % 9973 + len(self._items), order)
        self.add(order, lambda _: particles.draw())

    def lights(self, order: float, at: Callable[[float], Sequence[Light]]) -> None:
        """Lights that may change with time, added at that distance."""
        self.add(order, lambda moment: self._lights.draw(at(moment.seconds)))

    def overlay(self, draw: Callable[[Moment, Target], None]) -> None:
        """Draw over the finished picture, ungraded: a chart, a callout. The target's rows run from the top, so y = -1 is
        the upper edge there; blending is "over"."""
        self._overlays.append(draw)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def render(self, seconds: float, number: int) -> Target:
        """The finished picture at that time; `number` counts frames from 0 in order."""
        gpu = self.gpu
        lens = self.camera.at(seconds)
        frame = self._frame(lens, seconds)
        gpu.use_frame(frame)
        flash = self._flash(seconds)
        self._tint = (1 + flash * 0.5, 1 + flash * 0.55, 1 + flash * 0.7, 1.0)
        moment = Moment(seconds, number, lens)
        self._scene.framebuffer.use()
        if not self.setting.sky:
            gpu.context.clear(0.0, 0.0, 0.0, 1.0)
        ordered = sorted(self._items, key=lambda item: (-item[0], item[1]))
        behind = [draw for order, _, draw in ordered if order > _GROUND_ORDER]
        self._scene.framebuffer.scissor = self._above_ground(frame)
        for draw in behind:
            draw(moment)
        self._scene.framebuffer.scissor = (0, 0, *self.size)
        for _, _, draw in ordered[len(behind) :]:
            draw(moment)
        d = frame.sun_dir
        sun_x = (frame.focal * d[0] / max(d[2], 0.05) / frame.aspect + frame.shift[0]) * 0.5 + 0.5
        sun_y = (frame.focal * d[1] / max(d[2], 0.05) + frame.shift[1]) * 0.5 + 0.5
        picture = self._darkroom.develop(self._scene, Finish(light_at=(sun_x, sun_y), flash=flash * 0.06))
        for overlay in self._overlays:
            gpu.blend("over")
            picture.framebuffer.use()
            overlay(moment, picture)
        return picture

    @property
    def scene(self) -> Target:
        """What is being drawn into."""
        return self._scene

    def _above_ground(self, frame: Frame) -> tuple[int, int, int, int]:
        """The rows in which what is behind the ground can be seen: drawing the others would be for nothing."""
        width, height = self.size
        hidden = max((horizon(frame) for horizon in self._horizons), default=-1.0)
        first = min(max(math.floor((hidden + 1) / 2 * height) - 1, 0), height - 1)
        return 0, first, width, height - first

    def _frame(self, lens: Lens, seconds: float) -> Frame:
        setting, mood = self.setting, self.mood
        frame = Frame(eye=lens.eye, seconds=seconds, focal=lens.focal, shift=lens.shift, aspect=self.aspect)
        middle = Frame(focal=self._middle.focal, shift=self._middle.shift, aspect=self.aspect)
        sun = sun_direction(middle, setting.sun_at or mood.sun_at)
        key = np.array([sun[0] * 1.3 - 0.12, abs(sun[1]) + 0.35, -0.62])
        key /= np.linalg.norm(key)
        return replace(
            frame,
            sun_dir=sun,
            key_dir=(float(key[0]), float(key[1]), float(key[2])),
            key_strength=mood.key,
            sun_colour=mood.sun,
            leaf_light=setting.leaf_light,
            ambient=mood.ambient,
            fog_colour=mood.fog,
            fog_sun=mood.fog_sun,
            fog_density=setting.fog * mood.thickness,
            fog_fall=setting.fog_fall,
        )

    def _interest(self) -> float:
        setting = self.setting
        heroes = [s for s in self.spec.subjects if s.role == "hero"]
        depth = heroes[0].depth if heroes else 0.25
        return float(setting.stage_near * (setting.stage_far / setting.stage_near) ** depth)

    def _flash(self, seconds: float) -> float:
        total = 0.0
        for start, strength in self._flashes:
            if start <= seconds < start + 0.5:
                total += strength * (1 - (seconds - start) * 2) * (0.6 + 0.4 * math.sin(seconds * 70))
        return total


def _lightning(spec: SceneSpec, seconds: float) -> list[tuple[float, float]]:
    """When lightning strikes, and how strongly."""
    if spec.weather != "storm" and spec.time_of_day != "storm":
        return []
    random = np.random.default_rng(spec.seed + 5)
    strikes, t = [], float(random.uniform(0.5, 1.6))
    while t < seconds:
        strikes.append((t, float(random.uniform(0.6, 1.0))))
        strikes.append((t + 0.18, float(random.uniform(0.3, 0.6))))
        t += float(random.uniform(1.8, 3.6))
    return strikes
