"""Which painter draws which painted thing.

Knows keys and painters. The words that find a thing are in `packs/painted.tsv`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from aiprod.errors import NotFound
from aiprod.visuals.motion.subjects import (
    bridges,
    ceratops,
    jellyfishes,
    landmarks,
    presses,
    robots,
    spacecraft,
    stonework,
    vessels,
)
from aiprod.visuals.motion.subjects.painted import Painting

PAINTERS: Final[Mapping[str, Callable[[], Painting]]] = {
    "arch-bridge": bridges.arch_bridge,
    "caravel": vessels.caravel,
    "clock-tower": landmarks.clock_tower,
    "eiffel-tower": landmarks.eiffel_tower,
    "hot-air-balloon": vessels.hot_air_balloon,
    "jellyfish": jellyfishes.jellyfish,
    "lighthouse": landmarks.lighthouse,
    "printing-press": presses.printing_press,
    "pyramid": stonework.pyramid,
    "robot": robots.robot,
    "rover": robots.rover,
    "space-station": spacecraft.space_station,
    "statue": stonework.statue,
    "statue-of-liberty": stonework.statue_of_liberty,
    "submarine": vessels.submarine,
    "suspension-bridge": bridges.suspension_bridge,
    "triceratops": ceratops.triceratops,
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
