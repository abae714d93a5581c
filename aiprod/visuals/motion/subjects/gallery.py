"""Which painter draws which painted thing.

Knows keys and painters. The words that find a thing are in `packs/painted.tsv`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from aiprod.errors import NotFound
from aiprod.visuals.motion.subjects import (
    aircraft,
    atoms,
    bridges,
    cars,
    ceratops,
    desk_things,
    dodos,
    jellyfishes,
    kangaroos,
    landmarks,
    liners,
    locomotives,
    microbes,
    octopuses,
    organs,
    ostriches,
    penguins,
    presses,
    robots,
    rockets,
    sauropods,
    spacecraft,
    stonework,
    telescopes,
    tyrants,
    vessels,
)
from aiprod.visuals.motion.subjects.painted import Painting

PAINTERS: Final[Mapping[str, Callable[[], Painting]]] = {
    "airplane": aircraft.airplane,
    "anatomical-heart": organs.heart,
    "arch-bridge": bridges.arch_bridge,
    "atom": atoms.atom,
    "automobile": cars.automobile,
    "brain": organs.brain,
    "caravel": vessels.caravel,
    "clock-tower": landmarks.clock_tower,
    "closed-book": desk_things.book,
    "coin": desk_things.coin,
    "desktop-computer": desk_things.computer,
    "dodo": dodos.dodo,
    "eiffel-tower": landmarks.eiffel_tower,
    "emu": ostriches.emu,
    "hot-air-balloon": vessels.hot_air_balloon,
    "jellyfish": jellyfishes.jellyfish,
    "kangaroo": kangaroos.kangaroo,
    "lighthouse": landmarks.lighthouse,
    "locomotive": locomotives.locomotive,
    "microbe": microbes.bacterium,
    "octopus": octopuses.octopus,
    "ostrich": ostriches.ostrich,
    "penguin": penguins.penguin,
    "printing-press": presses.printing_press,
    "pyramid": stonework.pyramid,
    "robot": robots.robot,
    "rocket": rockets.rocket,
    "rover": robots.rover,
    "satellite": spacecraft.satellite,
    "sauropod": sauropods.sauropod,
    "ship": liners.liner,
    "space-station": spacecraft.space_station,
    "squid": octopuses.squid,
    "statue": stonework.statue,
    "statue-of-liberty": stonework.statue_of_liberty,
    "submarine": vessels.submarine,
    "suspension-bridge": bridges.suspension_bridge,
    "t-rex": tyrants.tyrannosaur,
    "telescope": telescopes.telescope,
    "triceratops": ceratops.triceratops,
    "virus": microbes.virus,
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
