"""Pictures of a model into a shot's clip: one after the other through a pipe, scaled, cut and timed by ffmpeg on the way.

The graphics card encodes where it can (NVENC), the processor elsewhere. No picture is held once it is written. The clip
is an intermediate like any renderer's: the shot's shape, rate and number of frames, nearly lossless, BT.709, no sound.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from aiprod.errors import EngineMissing, MediaBroken, Unavailable
from aiprod.media import colour, graph
from aiprod.media.process import find_program, run_ffmpeg
from aiprod.models.diffusion.orders import Picture
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.motion.pipe import open_pipe

PROCESSOR: dict[str, graph.Option] = {"vcodec": "libx264", "preset": "ultrafast", "crf": 13, "threads": 1}
GRAPHICS: dict[str, graph.Option] = {"vcodec": "h264_nvenc", "preset": "p4", "rc": "constqp", "qp": 14}
KEY_FRAMES_A_SECOND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The pictures that come: their shape and rate."""

    shape: Shape
    rate: Fraction


@contextmanager
def open_footage(source: Source, shot: Shot, into: Path, *, graphics: bool) -> Iterator[Callable[[Picture], None]]:
    """What writes the shot's pictures into its clip; `graphics` lets the graphics card encode.

    Raises: MediaBroken, StorageFull, EngineMissing.
    """
    encoder = GRAPHICS if graphics and nvenc_works() else PROCESSOR
    frame_bytes = source.shape.width_px * source.shape.height_px * 3
    with open_pipe(into, lambda unfinished: _command(unfinished, source, shot, encoder), frame_bytes) as pipe:
        yield lambda picture: pipe.write(sized(picture, source.shape).tobytes())


def sized(picture: Picture, shape: Shape) -> Picture:
    """The picture at that size."""
    if (picture.shape[1], picture.shape[0]) == (shape.width_px, shape.height_px):
        return picture
    resized = Image.fromarray(picture).resize((shape.width_px, shape.height_px), Image.Resampling.LANCZOS)
    return np.asarray(resized)


@cache
def nvenc_works() -> bool:
    """Whether this machine's graphics card encodes: some have no encoder, some drivers are too old."""
    picture = graph.read_source("color=s=256x256:d=0.1").video.filter("format", "yuv420p")
    arguments = graph.write_arguments([picture], "-", f="null", **GRAPHICS)
    try:
        run_ffmpeg(arguments, about="Trying NVENC", timeout_seconds=30)
    except (MediaBroken, EngineMissing, Unavailable):
        return False
    return True


def _command(path: Path, source: Source, shot: Shot, encoder: dict[str, graph.Option]) -> list[str]:
    import ffmpeg

    size, rate = f"{source.shape.width_px}x{source.shape.height_px}", f"{shot.rate.numerator}/{shot.rate.denominator}"
    given = f"{source.rate.numerator}/{source.rate.denominator}"
    pictures = graph.Stream(ffmpeg.input("pipe:0", f="rawvideo", pix_fmt="rgb24", s=size, r=given).video)
    scaled = pictures.filter(
        "scale", w=shot.shape.width_px, h=shot.shape.height_px, force_original_aspect_ratio="increase",
        in_range="full", out_range="limited", out_color_matrix="bt709", flags="lanczos+accurate_rnd+bitexact",
    )  # fmt: skip
    cut = scaled.filter("crop", w=shot.shape.width_px, h=shot.shape.height_px).filter("setsar", 1)
    timed = cut.filter("fps", fps=rate, round="near").filter("tpad", stop_mode="clone", stop_duration="2")
    ticks = 1 if shot.rate.numerator >= 10_000 else 512
    options: dict[str, graph.Option] = {
        "f": "mp4", "r": rate, "g": max(1, round(shot.rate / KEY_FRAMES_A_SECOND)), "frames:v": shot.frames,
        "fflags": "+bitexact", "flags:v": "+bitexact", "map_metadata": -1,
        "video_track_timescale": shot.rate.numerator * ticks, **encoder, **colour.OUTPUT_TAGS,
    }  # fmt: skip
    arguments = graph.write_arguments([timed.filter("format", "yuv420p")], path, **options)
    return [find_program("ffmpeg"), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]
