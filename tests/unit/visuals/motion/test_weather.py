"""Weather as it is seen: each kind changes the picture, in its own way."""

from functools import cache

import numpy as np
import pytest

from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import SceneSpec, Weather
from tests.unit.visuals.motion.pictures import STILL, Picture, brightness, draw


@cache
def under(gpu: Gpu, weather: Weather) -> list[Picture]:
    spec = SceneSpec(archetype="savanna", seed=4, weather=weather, time_of_day="overcast", camera=STILL)
    return draw(gpu, spec, 1.0, 1.1)


def restless(frames: list[Picture]) -> float:
    """How much changes within a tenth of a second."""
    return float(np.abs(frames[0] - frames[1]).mean())


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "dust", "storm"])
def test_weather_is_seen(gpu: Gpu, weather: str) -> None:
    clear, changed = (
        draw(gpu, SceneSpec(archetype="savanna", seed=4, weather=kind), 1.0)[0]  # type: ignore[arg-type]
        for kind in ("clear", weather)
    )
    assert np.abs(clear - changed).mean() > 0.03


def test_rain_and_snow_fall_and_fog_hangs(gpu: Gpu) -> None:
    clear, rain, snow, fog = (restless(under(gpu, kind)) for kind in ("clear", "rain", "snow", "fog"))
    assert min(rain, snow) > 1.5 * clear
    assert fog < 0.5 * min(rain, snow)


def test_fog_hides_what_is_far(gpu: Gpu) -> None:
    def edges(kind: Weather) -> float:
        horizon = brightness(under(gpu, kind)[0])[60:100]
        return float(np.abs(np.diff(horizon, axis=1)).mean())

    assert edges("fog") < 0.7 * edges("clear")


def test_rain_is_drawn_in_streaks_and_snow_in_flakes(gpu: Gpu) -> None:
    def upright(kind: Weather) -> float:
        """What changes across against what changes down, of what the weather alone adds."""
        added = brightness(under(gpu, kind)[0]) - brightness(under(gpu, kind)[1])
        return float(np.abs(np.diff(added, axis=1)).mean() / np.abs(np.diff(added, axis=0)).mean())

    assert upright("rain") > 1.2 * upright("snow")
