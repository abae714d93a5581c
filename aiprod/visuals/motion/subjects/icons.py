"""Icons of the packs as pictures: from SVG to pixels, cropped to what is drawn.

Knows the packs and Skia's SVG reader. Knows no motion; `sprites.py` makes rigs of them.
"""

import zipfile
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.visuals.motion.subjects.index import Subject
from aiprod.visuals.motion.subjects.rig import Pixels
from aiprod.visuals.motion.subjects.studio import skia_module

ALPHA_FLOOR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A published work that pictures come from."""

    work: str
    author: str
    licence: str
    version: str


CREDITS = (
    Credit(work="Noto Emoji (through @iconify-json/noto)", author="Google", licence="Apache-2.0", version="1.2.9"),
    Credit(work="emojibase-data (names and keywords)", author="Miles Johnson", licence="MIT", version="17.0.0"),
)


def icon_svg(subject: Subject) -> bytes:
    """The icon's SVG text. Raises: MediaBroken."""
    folder = files("aiprod.visuals.motion.subjects").joinpath("packs")
    try:
        with as_file(folder.joinpath(f"{subject.pack}.zip")) as place, zipfile.ZipFile(place) as archive:
            return archive.read(f"{subject.key}.svg")
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise MediaBroken(f"Expected the icon {subject.key!r} in the pack {subject.pack!r}, found none: "
                          "install AIPROD again or run scripts/build-icons.") from error  # fmt: skip


def icon_pixels(subject: Subject, height_px: int) -> Pixels:
    """The icon, premultiplied sRGB, cropped to what is drawn and about `height_px` high. Raises: MediaBroken."""
    skia = skia_module()
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(icon_svg(subject)))
    if dom is None:
        raise MediaBroken(f"Expected an SVG picture as the icon {subject.key!r}, found text that cannot be read.")
    size = dom.containerSize()
    small = _render(dom, (size.width(), size.height()), 1.0)
    rows = np.flatnonzero(small[..., 3].max(axis=1) > ALPHA_FLOOR)
    if not len(rows):
        raise MediaBroken(f"Expected something drawn in the icon {subject.key!r}, found an empty picture.")
    scale = height_px / max(len(rows), 1)
    large = _render(dom, (size.width(), size.height()), min(scale, 8.0))
    solid = large[..., 3] > ALPHA_FLOOR
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    return np.ascontiguousarray(large[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def _render(dom: object, size: tuple[float, float], scale: float) -> Pixels:
    skia = skia_module()
    width, height = round(size[0] * scale), round(size[1] * scale)
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    dom.render(canvas)  # type: ignore[attr-defined]
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface.readPixels(info, pixels, width * 4)
    return pixels
