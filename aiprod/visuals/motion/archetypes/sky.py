"""Sky: among heaped clouds, over a sea of them; sun or stars above, birds below."""

from dataclasses import replace

from aiprod.visuals.motion.layers import PlaneOptions
from aiprod.visuals.motion.light import Mood, mixed, scaled
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.relief import Cumulus, paint_cumulus
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World


class Sky:
    """In the air; subjects fly."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = 1 if spec.seed % 2 else -1
        return Setting(
            eye_height=40.0,
            horizon=-0.34,
            reach=6.0,
            shake=6.0,
            fog=0.0007,
            fog_fall=0.0,
            stage_near=6.0,
            stage_far=60.0,
            swims=True,
            sun_at={
                "day": (side * 0.5, 0.70),
                "golden": (side * 0.34, 0.10),
                "dawn": (side * 0.25, 0.02),
                "sunset": (side * 0.16, -0.10),
            }.get(spec.time_of_day),
            clouds=0.55,
            cloud_scale=0.6,
        )

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        if spec.time_of_day == "day":
            mood = replace(mood, exposure=0.72, cloud_dark=scaled(mood.cloud_dark, 0.55), bloom=0.25)
        else:
            mood = replace(mood, cloud_dark=scaled(mood.cloud_dark, 0.6), exposure=mood.exposure * 0.9)
        high = replace(mood, zenith=scaled(mood.zenith, 0.85), rays=mood.rays * 0.8, threshold=max(mood.threshold, 1.0))
        return replace(high, threshold=mood.threshold) if mood.night else high

    def build(self, world: World) -> None:
        mood, spec = world.mood, world.spec
        seed = float(world.random.random() * 70)
        lit = mood.cloud_lit
        dark = mixed(mood.cloud_dark, mood.middle, 0.35)
        wild = spec.weather in ("storm", "rain") or spec.time_of_day == "storm"
        cover = 0.72 if wild else (0.50, 0.58, 0.44)[spec.variant % 3]
        gust = 3.0 if wild or spec.weather == "wind" else 1.0
        fields = (
            (
                900.0,
                Cumulus(
                    near=420,
                    far=1500,
                    bottom=-10,
                    top=(170, 250, 120)[spec.variant % 3],
                    lit=lit,
                    dark=dark,
                    cover=cover,
                    scale=0.0075,
                    seed=seed,
                    density=0.045,
                ),
                1.0,
            ),
            (
                330.0,
                Cumulus(
                    near=190,
                    far=430,
                    bottom=-40,
                    top=60,
                    lit=lit,
                    dark=dark,
                    cover=cover + 0.02,
                    scale=0.016,
                    seed=seed + 9,
                    density=0.06,
                ),
                1.6,
            ),
            (
                120.0,
                Cumulus(
                    near=70,
                    far=185,
                    bottom=-24,
                    top=30,
                    lit=lit,
                    dark=dark,
                    cover=cover - 0.04,
                    scale=0.034,
                    seed=seed + 17,
                    density=0.10,
                ),
                1.4,
            ),
        )
        for depth, field, speed in fields:
            self._clouds(world, depth, field, speed * gust)
        if not mood.night and not wild:
            world.swarm(
                90,
                Swarm(
                    kind="BIRDS",
                    count=12,
                    depth=(50, 90),
                    heights=(34, 62),
                    size=(0.8, 1.5),
                    tone=scaled(mood.ambient, 0.2),
                    strength=0.9,
                    wind=(4.0, 0, 0),
                ),
            )
        near = Cumulus(
            near=14,
            far=40,
            bottom=30.5,
            top=37.5,
            lit=lit,
            dark=dark,
            cover=cover - 0.10,
            scale=0.13,
            seed=seed + 31,
            density=0.3,
        )
        self._clouds(world, 22.0, near, 1.6 * gust)

    def _clouds(self, world: World, depth: float, field: Cumulus, speed: float) -> None:
        options = PlaneOptions(resolution=0.5, soften=0.9, drift=(speed, 0.0))
        world.plane(depth, lambda: paint_cumulus(world.gpu, field), options)
