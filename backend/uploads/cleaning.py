"""`python -m backend.uploads.cleaning IN OUT`: a picture decoded and written anew, so that nothing but the picture is left.

Runs confined. Prints the picture's size as JSON; where it may not be taken, what it is instead.
"""

import json
import sys
from pathlib import Path
from typing import Final

from aiprod.errors import MediaBroken

MOST_MEGAPIXELS: Final = 60
LEAST_SIDE_PX: Final = 64
JPEG_QUALITY: Final = 95


def main(arguments: list[str]) -> int:
    """0 with the answer on the standard output, whatever it is."""
    sys.stdout.write(json.dumps(_clean(Path(arguments[0]), Path(arguments[1]))))
    return 0


def _clean(source: Path, into: Path) -> dict[str, int | str]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_MEGAPIXELS * 1_000_000
    try:
        # Told from the file's head, before a single pixel is decoded.
        with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as opened:
            width, height, frames = opened.width, opened.height, getattr(opened, "n_frames", 1)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"fault": "one that is damaged or far too large"}
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        return {"fault": f"one of {width}x{height} pixels; at most {MOST_MEGAPIXELS} megapixels are taken"}
    if min(width, height) < LEAST_SIDE_PX:
        return {"fault": f"one of {width}x{height} pixels; each side needs {LEAST_SIDE_PX}"}
    if frames > 1:
        return {"fault": "one that moves; save it as MP4"}
    from aiprod.visuals.stills import read_picture

    try:
        picture = read_picture(source)
    except MediaBroken:
        return {"fault": "one that is damaged"}
    if picture is None:
        return {"fault": "none that can be read"}
    if into.suffix == ".png":
        picture.save(into, format="PNG")
    else:
        picture.save(into, format="JPEG", quality=JPEG_QUALITY, subsampling=0)
    return {"width_px": picture.width, "height_px": picture.height}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
