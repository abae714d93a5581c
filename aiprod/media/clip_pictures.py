"""A clip's pictures as its judges see them: one a second, small. Knows ffmpeg; judges nothing."""

from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media import graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import run_ffmpeg
from aiprod.picture_ports import Pictures

SIDE_PX = 256
"""The shorter side: no judge looks at more."""
FEWEST = 4
TIMEOUT_SECONDS = 300.0


def look_every(facts: PictureFacts) -> int:
    """How many frames make a stretch, of which one is looked at: a second of them, or a quarter of a shorter clip."""
    return max(1, min(round(facts.rate), facts.frames // FEWEST))


def read_pictures(clip: Path) -> Pictures:
    """One picture a second, and at least four where there are as many; each from the middle of its stretch.

    Raises: NotFound, MediaBroken, EngineMissing.
    """
    facts = probe(clip).picture
    if facts is None or not facts.rate or not facts.frames:
        raise MediaBroken(f"Expected pictures in {clip.name}, found none; make the clip again.")
    every = look_every(facts)
    unit = Fraction(SIDE_PX, min(facts.width_px, facts.height_px))
    width, height = (2 * round(side * unit / 2) for side in (facts.width_px, facts.height_px))
    chosen = graph.read(clip, threads=1).video.filter("select", f"eq(mod(n,{every}),{every // 2})")
    small = chosen.filter("scale", w=width, h=height, flags="area", in_color_matrix="bt709").filter("format", "rgb24")
    arguments = graph.write_arguments([small], "pipe:", f="rawvideo", pix_fmt="rgb24", fps_mode="passthrough")
    content = run_ffmpeg(arguments, about=f"Looking at {clip.name}", timeout_seconds=TIMEOUT_SECONDS)
    pictures = np.frombuffer(content, np.uint8).reshape(-1, height, width, 3)
    if not len(pictures):
        raise MediaBroken(f"Expected pictures in {clip.name}, none could be decoded; make the clip again.")
    return pictures
