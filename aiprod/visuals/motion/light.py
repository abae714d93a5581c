"""Moods of light: sky, sun, ambient and air for each time of day, and what weather does to them.

Values are linear light, written as sRGB triplets where they were chosen by eye. Knows no place: archetypes bend a mood
(`dataclasses.replace`) where theirs differs.
"""

from dataclasses import dataclass, replace

from aiprod.visuals.motion.spec import SceneSpec

Colour = tuple[float, float, float]


def srgb(red: int, green: int, blue: int) -> Colour:
    """Linear light of a colour picked on a screen."""
    return ((red / 255) ** 2.2, (green / 255) ** 2.2, (blue / 255) ** 2.2)


def scaled(colour: Colour, by: float) -> Colour:
    """The colour, brighter or darker."""
    return (colour[0] * by, colour[1] * by, colour[2] * by)


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two; `share` of the second."""
    return (
        first[0] + (second[0] - first[0]) * share,
        first[1] + (second[1] - first[1]) * share,
        first[2] + (second[2] - first[2]) * share,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Light at one time. `sun_at` is where the sun (or moon) stands in the picture, -1..1; `thickness` multiplies an
    archetype's fog; `night` lights lamps and windows; `key` is how strongly light falls on what faces us (low when we
    look into the sun); `threshold` is the light from which things bloom."""

    zenith: Colour
    middle: Colour
    skyline: Colour
    sun: Colour
    ambient: Colour
    fog: Colour
    fog_sun: Colour
    cloud_lit: Colour
    cloud_dark: Colour
    shadow_tint: Colour
    light_tint: Colour
    sun_at: tuple[float, float]
    sun_size: float
    exposure: float = 1.0
    stars: float = 0.0
    moon: bool = False
    night: bool = False
    cover: float = 0.5
    rays: float = 0.6
    bloom: float = 0.5
    threshold: float = 0.72
    thickness: float = 1.0
    key: float = 1.0
    saturation: float = 1.0
    glow: float = 1.0


_MOODS = {
    "dawn": Mood(
        zenith=srgb(78, 114, 178),
        middle=srgb(212, 158, 170),
        skyline=srgb(255, 196, 142),
        sun=(1.9, 1.12, 0.62),
        ambient=(0.29, 0.31, 0.42),
        fog=srgb(192, 168, 172),
        fog_sun=srgb(255, 208, 156),
        cloud_lit=srgb(255, 206, 184),
        cloud_dark=srgb(146, 128, 158),
        shadow_tint=(-0.01, 0.005, 0.035),
        light_tint=(0.03, 0.01, -0.02),
        sun_at=(-0.28, 0.08),
        sun_size=0.045,
        cover=0.55,
        rays=0.6,
        thickness=1.4,
        key=0.5,
        exposure=0.86,
        threshold=1.05,
    ),
    "day": Mood(
        zenith=srgb(34, 98, 190),
        middle=srgb(96, 160, 222),
        skyline=srgb(188, 218, 236),
        sun=(1.7, 1.56, 1.32),
        ambient=(0.40, 0.47, 0.58),
        fog=srgb(172, 202, 224),
        fog_sun=srgb(232, 234, 222),
        cloud_lit=srgb(255, 252, 246),
        cloud_dark=srgb(146, 166, 194),
        shadow_tint=(-0.012, 0.0, 0.022),
        light_tint=(0.018, 0.012, -0.012),
        sun_at=(0.42, 0.74),
        sun_size=0.024,
        cover=0.6,
        exposure=0.9,
        rays=0.45,
        bloom=0.38,
        threshold=0.95,
    ),
    "golden": Mood(
        zenith=srgb(52, 108, 184),
        middle=srgb(214, 172, 140),
        skyline=srgb(255, 178, 92),
        sun=(2.1, 1.36, 0.66),
        ambient=(0.31, 0.33, 0.40),
        fog=srgb(196, 164, 134),
        fog_sun=srgb(255, 200, 120),
        cloud_lit=srgb(255, 224, 186),
        cloud_dark=srgb(150, 134, 148),
        shadow_tint=(-0.012, 0.004, 0.032),
        light_tint=(0.035, 0.015, -0.03),
        sun_at=(0.24, 0.18),
        sun_size=0.042,
        rays=0.7,
        bloom=0.42,
        thickness=1.1,
        exposure=0.82,
        key=0.55,
        threshold=1.1,
    ),
    "sunset": Mood(
        zenith=srgb(50, 46, 112),
        middle=srgb(190, 84, 110),
        skyline=srgb(255, 150, 72),
        sun=(2.3, 0.95, 0.36),
        ambient=(0.26, 0.22, 0.36),
        fog=srgb(158, 98, 122),
        fog_sun=srgb(255, 164, 92),
        cloud_lit=srgb(255, 152, 112),
        cloud_dark=srgb(92, 58, 106),
        shadow_tint=(0.0, -0.005, 0.04),
        light_tint=(0.04, 0.01, -0.03),
        sun_at=(0.2, 0.03),
        sun_size=0.082,
        cover=0.62,
        rays=0.55,
        key=0.5,
        threshold=1.0,
        exposure=0.94,
    ),
    "dusk": Mood(
        zenith=srgb(20, 28, 72),
        middle=srgb(72, 66, 124),
        skyline=srgb(214, 122, 112),
        sun=(0.72, 0.40, 0.44),
        ambient=(0.13, 0.14, 0.26),
        fog=srgb(84, 76, 122),
        fog_sun=srgb(196, 118, 122),
        cloud_lit=srgb(200, 116, 132),
        cloud_dark=srgb(44, 42, 86),
        shadow_tint=(-0.012, 0.0, 0.045),
        light_tint=(0.03, 0.0, 0.01),
        sun_at=(-0.22, -0.06),
        sun_size=0.0,
        exposure=1.12,
        stars=0.35,
        night=True,
        cover=0.58,
        rays=0.35,
        bloom=0.6,
        threshold=0.6,
        thickness=1.25,
        key=0.6,
    ),
    "night": Mood(
        zenith=srgb(4, 8, 25),
        middle=srgb(11, 22, 52),
        skyline=srgb(28, 46, 82),
        sun=(0.33, 0.42, 0.64),
        ambient=(0.040, 0.056, 0.105),
        fog=srgb(24, 38, 70),
        fog_sun=srgb(70, 94, 140),
        cloud_lit=srgb(40, 52, 86),
        cloud_dark=srgb(10, 14, 32),
        shadow_tint=(-0.012, 0.0, 0.036),
        light_tint=(0.0, 0.006, 0.012),
        sun_at=(0.36, 0.60),
        sun_size=0.0,
        exposure=1.0,
        stars=1.0,
        moon=True,
        night=True,
        cover=0.40,
        rays=0.30,
        bloom=0.55,
        threshold=0.55,
        thickness=1.1,
        key=0.75,
        saturation=0.8,
    ),
    "overcast": Mood(
        zenith=srgb(104, 118, 136),
        middle=srgb(148, 160, 172),
        skyline=srgb(190, 197, 201),
        sun=(0.66, 0.68, 0.72),
        ambient=(0.44, 0.48, 0.54),
        fog=srgb(166, 177, 185),
        fog_sun=srgb(196, 200, 201),
        cloud_lit=srgb(206, 211, 215),
        cloud_dark=srgb(98, 109, 124),
        shadow_tint=(-0.012, 0.005, 0.022),
        light_tint=(0.0, 0.0, 0.0),
        sun_at=(0.2, 0.85),
        sun_size=0.0,
        exposure=0.86,
        cover=1.05,
        rays=0.1,
        bloom=0.3,
        threshold=0.95,
        thickness=1.5,
    ),
    "storm": Mood(
        zenith=srgb(34, 44, 60),
        middle=srgb(66, 78, 94),
        skyline=srgb(130, 137, 140),
        sun=(0.36, 0.39, 0.44),
        ambient=(0.17, 0.20, 0.25),
        fog=srgb(84, 97, 108),
        fog_sun=srgb(128, 135, 139),
        cloud_lit=srgb(130, 137, 145),
        cloud_dark=srgb(24, 32, 45),
        shadow_tint=(-0.014, 0.004, 0.03),
        light_tint=(0.0, 0.004, 0.0),
        sun_at=(-0.2, 0.8),
        sun_size=0.0,
        exposure=1.0,
        cover=1.18,
        rays=0.1,
        bloom=0.4,
        threshold=0.7,
        thickness=1.6,
    ),
}


def mood_for(spec: SceneSpec) -> Mood:
    """The light of a scene before its archetype bends it."""
    mood = _MOODS[spec.time_of_day]
    if spec.weather == "clear":
        return replace(mood, cover=mood.cover * 0.85)
    if spec.weather in ("rain", "storm") and spec.time_of_day not in ("storm", "overcast"):
        return _clouded(mood, 0.8 if spec.weather == "storm" else 0.6)
    if spec.weather == "storm":
        return _MOODS["storm"]
    if spec.weather == "fog":
        return replace(
            mood, thickness=mood.thickness * 2.0, sun_size=0.0, cover=mood.cover * 0.5, bloom=mood.bloom * 1.2
        )
    if spec.weather == "snow":
        return replace(_clouded(mood, 0.35), thickness=mood.thickness * 1.8)
    if spec.weather == "dust":
        return _dusty(mood)
    return mood


def _clouded(mood: Mood, share: float) -> Mood:
    """The same hour under a closed sky: greyer, lower, thicker."""
    grey = _MOODS["storm"] if not mood.night else mood
    darker = 1.0 if not mood.night else 0.8
    return replace(
        mood,
        zenith=scaled(mixed(mood.zenith, grey.zenith, share), darker),
        middle=scaled(mixed(mood.middle, grey.middle, share), darker),
        skyline=mixed(mood.skyline, grey.skyline, share * 0.8),
        sun=mixed(mood.sun, grey.sun, share),
        ambient=mixed(mood.ambient, grey.ambient, share * 0.7),
        fog=mixed(mood.fog, grey.fog, share),
        fog_sun=mixed(mood.fog_sun, grey.fog_sun, share),
        cloud_lit=mixed(mood.cloud_lit, grey.cloud_lit, share),
        cloud_dark=mixed(mood.cloud_dark, grey.cloud_dark, share),
        sun_size=0.0,
        stars=mood.stars * 0.15,
        moon=False,
        cover=max(mood.cover, 1.05),
        rays=mood.rays * 0.4,
        thickness=mood.thickness * 1.5,
    )


def _dusty(mood: Mood) -> Mood:
    dust = scaled(srgb(206, 150, 96), 0.12 if mood.night else 0.85)
    return replace(
        mood,
        fog=mixed(mood.fog, dust, 0.7),
        fog_sun=mixed(mood.fog_sun, scaled(dust, 1.3), 0.5),
        skyline=mixed(mood.skyline, dust, 0.7),
        middle=mixed(mood.middle, dust, 0.5),
        sun=scaled(mood.sun, 0.75),
        cover=mood.cover * 0.6,
        thickness=mood.thickness * 3.0,
    )
