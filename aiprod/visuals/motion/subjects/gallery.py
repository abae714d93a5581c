"""Which painter draws which painted thing.

Knows keys and painters. The words that find a thing are in `packs/painted.tsv`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from aiprod.errors import NotFound
from aiprod.visuals.motion.subjects import bridges, landmarks, vessels
from aiprod.visuals.motion.subjects.painted import Painting

PAINTERS: Final[Mapping[str, Callable[[], Painting]]] = {
    "arch-bridge": bridges.arch_bridge,
    "caravel": vessels.caravel,
    "clock-tower": landmarks.clock_tower,
    "eiffel-tower": landmarks.eiffel_tower,
    "hot-air-balloon": vessels.hot_air_balloon,
    "lighthouse": landmarks.lighthouse,
    "submarine": vessels.submarine,
    "suspension-bridge": bridges.suspension_bridge,
    "wind-turbine": landmarks.wind_turbine,
    "windmill": landmarks.windmill,
}


@cache
def painting(key: str) -> Painting:
    """The painting of that key. Raises: NotFound."""
    painter = PAINTERS.get(key)
    if painter is None:
        raise NotFound(f"Expected the key of a painted thing ({', '.join(PAINTERS)}), found {key!r}: "
                       "name its painter in the gallery.")  # fmt: skip
    return painter()
