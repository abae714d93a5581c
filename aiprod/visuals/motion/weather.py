"""What the weather and the spec put into the air: rain, snow, wind, dust, and the particles that were asked for."""

from aiprod.visuals.motion.light import scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.world import World


def add_weather(world: World) -> None:
    """Add swarms before and among the planes."""
    spec = world.spec
    asked = spec.particles
    if not world.setting.indoors:
        if spec.weather in ("rain", "storm") or asked == "rain":
            _rain(world, 1.5 if spec.weather == "storm" else 1.0)
        if spec.weather == "snow" or asked == "snow":
            _snow(world)
        if spec.weather in ("wind", "dust") or asked == "sand":
            _blown(world)
    if asked in _SWARMS:
        for order, swarm in _SWARMS[asked](world):
            world.swarm(order, swarm)
    elif asked == "none" and spec.weather == "clear" and not world.setting.swims:
        warm = scaled(world.mood.sun, 0.55)
        world.swarm(
            5.0,
            Swarm(
                kind="MOTES",
                count=130,
                depth=(2.0, 9.0),
                heights=(0.1, 3.2),
                size=(0.004, 0.015),
                tone=warm,
                other_tone=warm,
                strength=0.65,
            ),
        )


def _rain(world: World, force: float) -> None:
    bright = 0.35 if world.mood.night else 0.75
    tone = (bright * 0.92, bright * 0.96, bright * 1.06)
    slant = 2.2 if world.spec.weather == "storm" else 0.7
    for order, count, depth, strength in (
        (18.0, 420, (10.0, 28.0), 0.14),
        (6.0, 260, (4.0, 10.0), 0.18),
        (1.9, 70, (1.8, 3.6), 0.15),
    ):
        world.swarm(
            order,
            Swarm(
                kind="RAIN",
                count=round(count * force),
                depth=depth,
                heights=(-1.5, depth[1] * 0.7 + 1.5),
                size=(0.24, 0.34),
                tone=tone,
                other_tone=tone,
                strength=strength,
                wind=(slant, 0.0, 0.0),
                solid=0.3,
            ),
        )


def _snow(world: World) -> None:
    bright = 0.42 if world.mood.night else 1.0
    tone = (0.95 * bright, 0.97 * bright, 1.05 * bright)
    wind = (1.2 if world.spec.weather == "storm" else 0.25, 0.0, 0.0)
    for order, count, depth, size in (
        (14.0, 620, (7.0, 24.0), (0.016, 0.04)),
        (3.5, 260, (2.2, 7.0), (0.008, 0.024)),
        (1.6, 36, (1.2, 2.2), (0.010, 0.026)),
    ):
        world.swarm(
            order,
            Swarm(
                kind="SNOW",
                count=count,
                depth=depth,
                heights=(-0.8, depth[1] * 0.62 + 1.2),
                size=size,
                tone=tone,
                other_tone=tone,
                strength=0.85,
                solid=1.0,
                wind=wind,
            ),
        )


def _blown(world: World) -> None:
    sandy = world.spec.weather == "dust" or world.spec.particles == "sand"
    dark = 0.25 if world.mood.night else 1.0
    tone = scaled(srgb(232, 190, 140), dark) if sandy else scaled((1.0, 1.0, 1.0), 0.6 * dark)
    world.swarm(
        4.0,
        Swarm(
            kind="STREAKS",
            count=170 if sandy else 40,
            depth=(2.0, 14.0),
            heights=(0.0, 3.0),
            size=(0.10, 0.42),
            tone=tone,
            other_tone=tone,
            strength=0.24 if sandy else 0.12,
            wind=(5.5, 0.0, 0.0),
        ),
    )


def _motes(world: World) -> list[tuple[float, Swarm]]:
    warm = scaled(world.mood.sun, 0.6)
    return [
        (
            5.0,
            Swarm(
                kind="MOTES",
                count=220,
                depth=(2.0, 9.0),
                heights=(0.1, 3.0),
                size=(0.005, 0.018),
                tone=warm,
                other_tone=warm,
                strength=0.8,
            ),
        )
    ]


def _pollen(world: World) -> list[tuple[float, Swarm]]:
    tone = scaled((1.6, 1.4, 0.8), 0.3 if world.mood.night else 0.9)
    return [
        (
            4.0,
            Swarm(
                kind="MOTES",
                count=260,
                depth=(1.8, 8.0),
                heights=(0.1, 2.8),
                size=(0.006, 0.024),
                tone=tone,
                other_tone=tone,
                strength=0.8,
                pace=0.8,
            ),
        )
    ]


def _fireflies(_world: World) -> list[tuple[float, Swarm]]:
    tone, other = (1.5, 1.7, 0.35), (1.7, 1.3, 0.25)
    return [
        (
            9.0,
            Swarm(
                kind="FLIES",
                count=90,
                depth=(5.0, 16.0),
                heights=(0.1, 2.4),
                size=(0.03, 0.07),
                tone=tone,
                other_tone=other,
                strength=1.0,
            ),
        ),
        (
            3.4,
            Swarm(
                kind="FLIES",
                count=40,
                depth=(2.4, 5.0),
                heights=(0.15, 1.9),
                size=(0.018, 0.04),
                tone=tone,
                other_tone=other,
                strength=1.0,
            ),
        ),
    ]


def _leaves(world: World) -> list[tuple[float, Swarm]]:
    green = world.spec.season in ("summer", "spring")
    tone, other = (srgb(120, 150, 50), srgb(190, 190, 70)) if green else (srgb(200, 80, 24), srgb(240, 180, 50))
    return _falling(tone, other, 70, 0.045)


def _petals(_world: World) -> list[tuple[float, Swarm]]:
    return _falling(srgb(255, 170, 200), srgb(255, 226, 236), 110, 0.028)


def _confetti(_world: World) -> list[tuple[float, Swarm]]:
    first = _falling((1.2, 0.1, 0.25), (1.3, 0.9, 0.1), 70, 0.035)
    return first + _falling((0.1, 0.5, 1.3), (0.2, 1.1, 0.4), 70, 0.035)


def _falling(
    tone: tuple[float, float, float], other: tuple[float, float, float], count: int, size: float
) -> list[tuple[float, Swarm]]:
    return [
        (
            8.0,
            Swarm(
                kind="LEAVES",
                count=count,
                depth=(4.0, 14.0),
                heights=(-0.2, 6.0),
                size=(size * 0.9, size * 1.6),
                tone=tone,
                other_tone=other,
                strength=1.0,
                wind=(0.5, 0, 0),
            ),
        ),
        (
            2.6,
            Swarm(
                kind="LEAVES",
                count=count // 4,
                depth=(1.6, 4.0),
                heights=(-0.2, 3.0),
                size=(size * 0.6, size),
                tone=tone,
                other_tone=other,
                strength=1.0,
                wind=(0.6, 0, 0),
            ),
        ),
    ]


def _embers(world: World) -> list[tuple[float, Swarm]]:
    tone, other = (2.0, 0.7, 0.15), (2.0, 1.0, 0.3)
    stage = world.stage
    return [
        (
            stage.z + 0.5,
            Swarm(
                kind="EMBERS",
                count=150,
                tone=tone,
                other_tone=other,
                size=(0.010, 0.03),
                strength=1.0,
                origin=(stage.x, stage.y, stage.z + 1.5),
                burst=(5.0, 5.0, 1.0, 0.6),
            ),
        ),
        (
            2.8,
            Swarm(
                kind="EMBERS",
                count=50,
                tone=tone,
                other_tone=other,
                size=(0.006, 0.018),
                strength=1.0,
                origin=(0.0, 0.3, 3.2),
                burst=(2.6, 3.6, 1.0, 0.4),
            ),
        ),
    ]


def _ash(world: World) -> list[tuple[float, Swarm]]:
    grey = scaled((0.5, 0.48, 0.47), 0.35 if world.mood.night else 1.0)
    return [
        (
            5.0,
            Swarm(
                kind="SNOW",
                count=320,
                depth=(1.8, 14.0),
                heights=(-0.5, 7.0),
                size=(0.008, 0.026),
                tone=grey,
                other_tone=scaled(grey, 0.5),
                strength=0.8,
                solid=1.0,
                pace=0.7,
            ),
        )
    ]


def _bubbles(_world: World) -> list[tuple[float, Swarm]]:
    return [
        (
            4.0,
            Swarm(
                kind="BUBBLES",
                count=70,
                depth=(2.0, 10.0),
                heights=(-1.0, 5.0),
                size=(0.015, 0.06),
                tone=(0.8, 1.1, 1.2),
                strength=0.7,
            ),
        )
    ]


def _plankton(_world: World) -> list[tuple[float, Swarm]]:
    tone = (0.5, 0.9, 1.0)
    return [
        (
            4.0,
            Swarm(
                kind="MOTES",
                count=320,
                depth=(1.6, 10.0),
                heights=(-1.5, 5.0),
                size=(0.004, 0.016),
                tone=tone,
                other_tone=(0.8, 1.0, 0.8),
                strength=0.6,
                pace=0.6,
            ),
        )
    ]


def _sparks(world: World) -> list[tuple[float, Swarm]]:
    stage = world.stage
    return [
        (
            stage.z - 0.2,
            Swarm(
                kind="FOUNTAIN",
                count=160,
                tone=(2.0, 1.3, 0.5),
                other_tone=(2.0, 1.7, 1.0),
                size=(0.012, 0.03),
                strength=1.0,
                origin=(stage.x, stage.y + stage.height * 0.5, stage.z),
                burst=(1.0, 1.0, 2.6, 3.4),
            ),
        )
    ]


_SWARMS = {
    "dust": _motes,
    "stars": _motes,
    "pollen": _pollen,
    "fireflies": _fireflies,
    "leaves": _leaves,
    "petals": _petals,
    "embers": _embers,
    "ash": _ash,
    "bubbles": _bubbles,
    "plankton": _plankton,
    "sparks": _sparks,
    "confetti": _confetti,
}
