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

from aiprod.errors import EngineMissing, MediaBroken, Unavailable
from aiprod.media import graph
from aiprod.media.process import run_ffmpeg
from aiprod.models.pictures import Picture, sized
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.intermediate import PROCESSOR, clip_options
from aiprod.visuals.pipe import open_pipe

GRAPHICS: dict[str, graph.Option] = {"vcodec": "h264_nvenc", "preset": "p4", "rc": "constqp", "qp": 14, "bf": 0}
"""No B-frames: NVENC refuses a group of pictures that is no longer than a row of them, and a clip of few frames a second has such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The pictures that come: their shape and rate."""

    shape: Shape
    rate: Fraction


@contextmanager
def open_footage(source: Source, shot: Shot, into: Path, *, graphics: bool) -> Iterator[Callable[[Picture], None]]:
    """What writes the shot's pictures into its clip; `graphics` lets the graphics card encode.

    Raises: what `open_pipe` does.
    """
    encoder = GRAPHICS if graphics and nvenc_works() else PROCESSOR
    given, shape = source.shape, shot.shape
    scaled = graph.read_fed(given.width_px, given.height_px, source.rate).filter(
        "scale", w=shape.width_px, h=shape.height_px, force_original_aspect_ratio="increase",
        in_range="full", out_range="limited", out_color_matrix="bt709", flags="lanczos+accurate_rnd+bitexact",
    )  # fmt: skip
    cut = scaled.filter("crop", w=shape.width_px, h=shape.height_px).filter("setsar", 1)
    timed = cut.filter("fps", fps=shot.rate, round="near").filter("tpad", stop_mode="clone", stop_duration="2")
    options: dict[str, graph.Option] = {"frames:v": shot.frames, **encoder, **clip_options(shot.rate)}
    with open_pipe(into, timed, given.width_px * given.height_px * 3, **options) as pipe:
        yield lambda picture: pipe.write(sized(picture, given).tobytes())


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
