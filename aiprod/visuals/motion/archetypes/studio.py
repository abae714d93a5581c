"""Stage: a studio for what has no place of its own; only the scene's own subjects, on a floor that shines."""

from dataclasses import replace

from aiprod.visuals.motion.backdrop import Backdrop
from aiprod.visuals.motion.gpu import Uniform
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

FLOOR_END = 26.0
"""Metres to the line where floor meets wall."""

_PALETTES: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "warm": (srgb(96, 38, 34), srgb(186, 92, 54), srgb(255, 206, 140), srgb(255, 150, 90)),
    "amber": (srgb(84, 44, 16), srgb(182, 112, 34), srgb(255, 224, 150), srgb(255, 190, 70)),
    "rose": (srgb(88, 26, 58), srgb(178, 74, 112), srgb(255, 196, 208), srgb(255, 130, 170)),
    "violet": (srgb(34, 22, 84), srgb(92, 62, 164), srgb(206, 186, 255), srgb(150, 120, 255)),
    "cool": (srgb(14, 34, 76), srgb(44, 92, 158), srgb(180, 220, 255), srgb(90, 170, 255)),
    "teal": (srgb(6, 48, 56), srgb(22, 120, 122), srgb(176, 250, 236), srgb(70, 220, 200)),
    "earth": (srgb(54, 40, 28), srgb(136, 106, 72), srgb(250, 226, 186), srgb(214, 160, 100)),
    "pastel": (srgb(150, 150, 184), srgb(206, 196, 220), srgb(255, 244, 250), srgb(255, 200, 220)),
    "noir": (srgb(14, 14, 18), srgb(58, 60, 68), srgb(220, 222, 230), srgb(150, 154, 166)),
    "sepia": (srgb(64, 46, 28), srgb(142, 112, 74), srgb(246, 226, 186), srgb(206, 166, 110)),
}
_ROTATION = ("teal", "violet", "amber", "cool", "rose", "warm")


class Stage:
    """Before a wall of light."""

    def setting(self, spec: SceneSpec) -> Setting:
        del spec
        return Setting(
            eye_height=1.35, focal=2.3, horizon=-0.42, reach=0.8, shake=0.6, fog=0.0, fog_fall=0.1, stage_near=4.2,
            stage_far=16.0, sun_at=(0.0, 0.62), indoors=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        low, high, spot, _ = _colours(spec)
        return replace(
            mood, sun=(1.35, 1.28, 1.18), ambient=scaled(mixed(high, spot, 0.5), 0.75), fog=high, fog_sun=spot, rays=0.0,
            stars=0.0, moon=False, sun_size=0.0, exposure=0.95, bloom=0.42, threshold=0.9, key=1.1, zenith=high,
            middle=mixed(low, high, 0.6), skyline=low, night=False,
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec = world.spec
        low, high, spot, accent = _colours(spec)
        kind = float((spec.variant + spec.seed // 3) % 4)
        seed = float(world.random.random() * 4)
        dim = 0.6 if spec.time_of_day in ("night", "dusk", "storm") else 1.0
        uniforms: dict[str, Uniform] = {
            "low": scaled(low, dim), "high": scaled(high, dim), "spot": scaled(spot, dim), "accent": accent,
            "kind": kind, "seed": seed,
        }  # fmt: skip
        Backdrop(world, "studio", uniforms)
        floor = WaterLook(deep=scaled(low, 0.7 * dim), waves=0.045, smear=0.012, reflectance=0.75)
        world.water(FLOOR_END, floor)
        motes = Swarm(kind="DUST", count=70, depth=(2.0, 9.0), heights=(0.1, 3.2), size=(0.006, 0.022), tone=scaled(spot, 1.4),
                      other_tone=scaled(accent, 1.2), strength=0.5, wind=(0.06, 0.05, 0))  # fmt: skip
        world.swarm(3, motes)


def _colours(spec: SceneSpec) -> tuple[Colour, Colour, Colour, Colour]:
    return _PALETTES.get(spec.palette) or _PALETTES[_ROTATION[(spec.variant + spec.seed) % len(_ROTATION)]]
