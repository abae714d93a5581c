"""A stretch of the Earth painted as a picture: by day, by night with its cities lit, or on parchment.

Knows colours and Skia. Knows no camera.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from aiprod.visuals.motion.geography.earth import Bytes, Earth, Extent, Floats, cut_out, load_earth
from aiprod.visuals.motion.spec import SceneSpec

if TYPE_CHECKING:
    import skia

Look: TypeAlias = Literal["day", "night", "parchment"]
FILL, EDGE = 105, 255
"""In the fourth channel: how strongly a lit country and its border are lit."""
_EDGES = 179.9
_FINE = 1.2
"""Points of a ring that fall into the same cell, this many a pixel, are one."""
_ICE = (77.0, 83.0)
"""Degrees north between which the sea goes over into ice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tones:
    """Colours 0..1: depths from deep to shallow, borders, coasts; `relief` is how strongly slopes are shaded."""

    deep: tuple[float, float, float]
    middle: tuple[float, float, float]
    shallow: tuple[float, float, float]
    ice: tuple[float, float, float]
    border: int
    coast: int
    relief: float


_TONES: dict[Look, _Tones] = {
    "day": _Tones(deep=(0.016, 0.075, 0.165), middle=(0.045, 0.235, 0.39), shallow=(0.30, 0.62, 0.68), ice=(0.84, 0.90, 0.94),
                  border=0x70FFF8E6, coast=0xB0F4FFFF, relief=2.0),
    "night": _Tones(deep=(0.022, 0.045, 0.095), middle=(0.034, 0.085, 0.165), shallow=(0.05, 0.13, 0.23), ice=(0.16, 0.21, 0.30),
                    border=0x6078B4E6, coast=0xC06AB4F0, relief=2.2),
    "parchment": _Tones(deep=(0.62, 0.53, 0.38), middle=(0.69, 0.60, 0.44), shallow=(0.52, 0.43, 0.29), ice=(0.80, 0.73, 0.58),
                        border=0x805A3C1E, coast=0xE0492D14, relief=1.7),
}  # fmt: skip


def look_of(spec: SceneSpec) -> Look:
    """How a scene's Earth looks, from its palette and hour."""
    if spec.palette == "sepia" or spec.style == "vintage":
        return "parchment"
    return "night" if spec.time_of_day in ("night", "dusk") or spec.palette == "noir" or spec.style == "neon" else "day"


def paint_earth(extent: Extent, size: tuple[int, int], look: Look, lit: Collection[int] = ()) -> Bytes:
    """Rows x columns x 4: sRGB, and where countries are lit. `size` is (columns, rows)."""
    earth, tones = load_earth(), _TONES[look]
    mask = _alpha(earth, extent, size, None)
    land = _land(earth, extent, size, look)
    slope = 1 + (cut_out(earth.relief, extent, size) * (255 / 128) - 1) * tones.relief
    land *= np.clip(slope, 0.35, 1.9)[..., None]
    sea = _sea(earth, extent, size, tones, mask)
    whole = sea + (land - sea) * mask[..., None]
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    pixels[..., :3] = np.clip(whole * 255, 0, 255)
    pixels[..., 3] = 255
    _draw_lines(earth, extent, pixels, tones)
    if look == "night":
        _light_cities(extent, pixels)
    pixels[..., 3] = 0
    if lit:
        pixels[..., 3] = _lit(earth, extent, size, lit)
    return pixels


def _land(earth: Earth, extent: Extent, size: tuple[int, int], look: Look) -> Floats:
    colours = cut_out(earth.land, extent, size)
    light = colours @ np.array([0.3, 0.55, 0.15], np.float32)
    if look == "day":
        return np.asarray((colours * 0.82 + 0.18 * light[..., None]) ** 0.72 * np.float32(0.98), dtype=np.float32)
    if look == "night":
        base = np.array([0.075, 0.105, 0.165], np.float32) + light[..., None] * np.array(
            [0.06, 0.075, 0.10], np.float32
        )
        return np.asarray(base, dtype=np.float32)
    sheet = np.array([0.87, 0.78, 0.60], np.float32) * (0.86 + 0.2 * light[..., None])
    return np.asarray(sheet, dtype=np.float32)


def _sea(earth: Earth, extent: Extent, size: tuple[int, int], tones: _Tones, mask: Floats) -> Floats:
    """Depths, and the light rim along coasts that maps have."""
    from PIL import Image, ImageFilter

    depth = np.clip(cut_out(earth.sea, extent, size) * 1.5 - 0.12, 0, 1)
    reach = max(2.0, size[0] * 0.012)
    near = Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(reach))
    coast = np.clip(np.asarray(near, dtype=np.float32) / 255 * 1.6, 0, 1)
    deep, middle, shallow = (np.array(tone, np.float32) for tone in (tones.deep, tones.middle, tones.shallow))
    sea = deep + (middle - deep) * depth[..., None]
    sea = sea + (shallow - sea) * (coast * coast * 0.75)[..., None]
    lats = np.linspace(extent.north, extent.south, size[1], dtype=np.float32)
    ice = np.clip((lats - _ICE[0]) / (_ICE[1] - _ICE[0]), 0, 1).astype(np.float32)[:, None, None]
    return np.asarray(sea + (np.array(tones.ice, np.float32) - sea) * ice, dtype=np.float32)


def _alpha(earth: Earth, extent: Extent, size: tuple[int, int], codes: Collection[int] | None) -> Floats:
    """1 inside of the countries of those codes (None: of all)."""
    import skia

    pixels = np.zeros((size[1], size[0]), np.uint8)
    info = skia.ImageInfo.Make(*size, skia.kAlpha_8_ColorType, skia.kPremul_AlphaType)
    with skia.Surface.MakeRasterDirect(info, pixels, size[0]) as canvas:
        whole: dict[int, skia.Path] = {}
        for ring, code in _seen(earth, extent):
            if codes is None or code in codes:
                way = whole.setdefault(code, skia.Path())
                way.addPoly(_points(ring, extent, size), close=True)
        for way in whole.values():
            way.setFillType(skia.PathFillType.kEvenOdd)
            canvas.drawPath(way, skia.Paint(AntiAlias=True))
    return np.asarray(pixels, dtype=np.float32) / np.float32(255)


def _lit(earth: Earth, extent: Extent, size: tuple[int, int], lit: Collection[int]) -> Bytes:
    from PIL import Image, ImageFilter

    inside = _alpha(earth, extent, size, lit)
    solid = Image.fromarray((inside * 255).astype(np.uint8))
    reach = max(1.0, size[0] / 700)
    soft = np.asarray(solid.filter(ImageFilter.GaussianBlur(reach * 1.6)), dtype=np.float32) / 255
    edge = np.clip(4 * soft * (1 - soft), 0, 1) ** 1.5
    return np.asarray(np.clip(inside * FILL + edge * (EDGE - FILL), 0, 255), dtype=np.uint8)


def _draw_lines(earth: Earth, extent: Extent, pixels: Bytes, tones: _Tones) -> None:
    """Borders and coasts; two countries' common border is drawn twice, a coast once, wider."""
    import skia

    rows, columns = pixels.shape[:2]
    thin = max(0.8, columns / 1700)
    info = skia.ImageInfo.Make(columns, rows, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    pen = skia.Paint(Color=tones.border, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=thin,
                     StrokeJoin=skia.Paint.kRound_Join)  # fmt: skip
    with skia.Surface.MakeRasterDirect(info, pixels) as canvas:
        for ring, _ in _seen(earth, extent):
            for part in _without_seams(ring):
                way = skia.Path()
                way.addPoly(_points(part, extent, (columns, rows)), close=False)
                canvas.drawPath(way, pen)


def _without_seams(ring: Floats) -> list[Floats]:
    """A ring's pieces that are real lines: not where the map was cut at the date line or at a pole."""
    seam = (np.abs(ring[:, 0]) > _EDGES) | (ring[:, 1] < -_EDGES / 2)
    cut = np.flatnonzero(seam[1:] & seam[:-1]) + 1
    return [part for part in np.split(ring, cut) if len(part) > 1]


def _seen(earth: Earth, extent: Extent) -> list[tuple[Floats, int]]:
    """Rings that touch the extent, moved by whole turns to where it is."""
    found = []
    for ring, code in zip(earth.rings, earth.countries, strict=True):
        low, high = ring.min(0), ring.max(0)
        if high[1] < extent.south or low[1] > extent.north:
            continue
        for turn in (-360.0, 0.0, 360.0):
            if high[0] + turn >= extent.west and low[0] + turn <= extent.east:
                moved = ring + np.array([turn, 0.0], np.float32) if turn else ring
                found.append((np.asarray(moved, dtype=np.float32), code))
    return found


def _points(ring: Floats, extent: Extent, size: tuple[int, int]) -> "list[skia.Point]":
    import skia

    x = (ring[:, 0] - extent.west) / (extent.east - extent.west) * size[0]
    y = (extent.north - ring[:, 1]) / (extent.north - extent.south) * size[1]
    cells = np.floor(np.stack([x, y], -1) * _FINE)
    kept = np.ones(len(ring), bool)
    kept[1:-1] = (cells[1:-1] != cells[:-2]).any(1)
    return [skia.Point(a, b) for a, b in zip(x[kept].tolist(), y[kept].tolist(), strict=True)]


def _light_cities(extent: Extent, pixels: Bytes) -> None:
    """The lights of large cities, and fainter ones about them."""
    import skia

    rows, columns = pixels.shape[:2]
    scale = columns / (extent.east - extent.west)
    info = skia.ImageInfo.Make(columns, rows, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    random = np.random.default_rng(7)
    glow = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kPlus)
    with skia.Surface.MakeRasterDirect(info, pixels) as canvas:
        for lon, lat in _cities():
            across, down = extent.across(lon, lat)
            scatter = random.normal(0, 0.55, (9, 2))
            if not (-0.05 < across < 1.05 and -0.05 < down < 1.05):
                continue
            x, y = across * columns, down * rows
            for radius, colour in ((0.5, 0x20FFB45A), (0.2, 0x50FFC878), (0.07, 0xD0FFECC0)):
                glow.setColor(colour)
                canvas.drawCircle(x, y, max(0.8, radius * scale), glow)
            glow.setColor(0x60FFC070)
            for aside, away in scatter:
                wide = scale / max(0.3, math.cos(math.radians(lat)))
                canvas.drawCircle(x + aside * wide, y + away * scale, max(0.5, 0.035 * scale), glow)


def _cities() -> list[tuple[float, float]]:
    lines = files("aiprod.prompts").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t", 3) for line in lines)
    return [(float(row[1]), float(row[2])) for row in rows if row[0] in ("town", "capital")]
