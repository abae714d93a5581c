"""What is known of the Earth's surface: coasts and borders as rings, colours, relief and depth as pictures.

Knows files and stretches in degrees. Knows no look and no camera.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of the Earth in degrees; `east` is over `west` and may be over 180."""

    west: float
    south: float
    east: float
    north: float

    def across(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is in it: 0..1 from the west, 0..1 from the north."""
        return ((lon - self.west) % 360.0 / (self.east - self.west), (self.north - lat) / (self.north - self.south))


WHOLE = Extent(west=-180.0, south=-90.0, east=180.0, north=90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earth:
    """Rings in degrees with their countries' numeric codes; colours of the land (also where there is water), depth of the
    sea (255 shallow) and relief (128 level), whole pictures from -180, 90 to 180, -90."""

    rings: tuple[Floats, ...]
    countries: tuple[int, ...]
    land: Bytes
    sea: Bytes
    relief: Bytes


@lru_cache(maxsize=1)
def load_earth() -> Earth:
    """All of it, read once."""
    from PIL import Image

    folder = files(__name__.rpartition(".")[0]).joinpath("data")
    with folder.joinpath("coasts.npz").open("rb") as stream, np.load(stream) as kept:
        ends, steps = kept["ends"], kept["steps"]
        parts, codes = float(kept["parts"]), kept["countries"]
    starts = [0, *ends[:-1]]
    rings = tuple(
        np.asarray(np.cumsum(steps[start:end], axis=0) / parts, dtype=np.float32)
        for start, end in zip(starts, ends, strict=True)
    )
    pictures = {}
    for name in ("land", "sea", "relief"):
        with folder.joinpath(f"{name}.webp").open("rb") as stream, Image.open(stream) as picture:
            pictures[name] = np.asarray(picture.convert("RGB" if name == "land" else "L"))
    return Earth(rings=rings, countries=tuple(int(code) for code in codes), **pictures)


def cut_out(picture: Bytes, extent: Extent, size: tuple[int, int]) -> Floats:
    """A stretch of a whole picture at a size (columns, rows), in 0..1."""
    from PIL import Image

    rows, columns = picture.shape[:2]
    middle = (extent.west + extent.east) / 2
    turned = round(middle / 360 * columns)
    rolled = np.roll(picture, -turned, axis=1)
    left = (extent.west + 180) / 360 * columns - turned
    right = (extent.east + 180) / 360 * columns - turned
    top, bottom = (90 - extent.north) / 180 * rows, (90 - extent.south) / 180 * rows
    box = (max(0.0, left), max(0.0, top), min(float(columns), right), min(float(rows), bottom))
    cut = Image.fromarray(rolled).resize(size, Image.Resampling.BICUBIC, box=box)
    return np.asarray(np.asarray(cut, dtype=np.float32) / 255)
