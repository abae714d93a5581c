"""Takes single frames out of films and clips, as arrays or as picture files.

Knows seeking and colour; does not judge a picture.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import MediaBroken
from aiprod.media import colour, graph
from aiprod.media.boxes import read_encoded_picture
from aiprod.media.faces import FONTS_FOLDER
from aiprod.media.grade import graded
from aiprod.media.probe import probe
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.profiles import Shape

STILL_TIMEOUT_SECONDS = 120
MICROSECONDS = 1_000_000
"""In a second: the unit in which ffmpeg reads times."""
Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One frame of a film or a clip, to be shown at `shape`; `overlay` is an ASS document drawn over it."""

    source: Path
    frame: int
    rate: Fraction
    shape: Shape
    grade: str = ""
    overlay: str = ""


def read_key_frames(film: Path, shape: Shape) -> npt.NDArray[np.uint8]:
    """An .mp4's key frames, small. Shape: (count, height, width, 3), RGB.

    Only they are decoded, which is many times cheaper than the whole film.
    """
    count = len(read_encoded_picture(film).key_frames)
    source = graph.read(film, skip_frame="nokey", threads=1).video
    small = source.filter("scale", w=shape.width_px, h=shape.height_px, flags="area")
    arguments = graph.write_arguments([small], "pipe:", f="rawvideo", pix_fmt="rgb24", fps_mode="passthrough")
    content = run_ffmpeg(arguments, about=f"Looking at {film.name}", timeout_seconds=STILL_TIMEOUT_SECONDS)
    pictures = np.frombuffer(content, dtype=np.uint8).reshape(-1, shape.height_px, shape.width_px, 3)
    if len(pictures) != count:
        raise MediaBroken(f"Expected {count} key frames in {film.name}, found {len(pictures)}; make it again.")
    return pictures


def write_still(still: Still, into: Path) -> None:
    """Write the frame as .jpg or .png, by the name's ending. Raises: MediaBroken, when there is no such frame."""
    facts = probe(still.source).picture
    if facts is None or facts.frames <= still.frame:
        raise MediaBroken(f"Expected a frame number {still.frame} in {still.source.name}, found none.")
    source = graph.read(still.source, threads=1, **seek_to(still.frame, still.rate)).video
    picture = graded(colour.to_film(source, facts, still.shape), still.grade)
    with written_whole(into) as partial:
        overlay = partial.with_suffix(".ass")
        if still.overlay:
            overlay.write_text(still.overlay, encoding="utf-8")
            picture = picture.filter("ass", filename=overlay, fontsdir=FONTS_FOLDER)
        options: dict[str, graph.Option] = {
            "frames:v": 1, "f": "image2", "update": 1, "fflags": "+bitexact", "flags:v": "+bitexact", "threads": 1,
        }  # fmt: skip
        if into.suffix == ".jpg":
            # A .jpg is full range and BT.601 by its own standard.
            picture = picture.filter(
                "scale", in_color_matrix="bt709", in_range="tv", out_color_matrix="smpte170m", out_range="pc"
            )
            options |= {"vcodec": "mjpeg", "pix_fmt": "yuvj420p", "q:v": 2}
        else:
            picture = picture.filter("scale", in_color_matrix="bt709", in_range="tv").filter("format", "rgb24")
        try:
            run_ffmpeg(
                graph.write_arguments([picture], partial, **options),
                about=f"Writing {into.name}", timeout_seconds=STILL_TIMEOUT_SECONDS,
            )  # fmt: skip
        finally:
            overlay.unlink(missing_ok=True)


def seek_to(frame: int, rate: Fraction) -> dict[str, graph.Option]:
    """Input options that make `frame` the first one, of a file that counts its frames in whole ticks.

    Rounded down, so that rounding cannot lose it; and by less than a tick, so that a key frame is not decoded to from
    the one before.
    """
    microseconds = frame * MICROSECONDS // rate
    return {"ss": f"{microseconds // MICROSECONDS}.{microseconds % MICROSECONDS:06d}"} if frame else {}
