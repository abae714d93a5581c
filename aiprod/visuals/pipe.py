"""Frames into a video file: raw pictures through a pipe to ffmpeg, which leaves a nearly lossless clip.

The clip is an intermediate, encoded again with its film: quick to write, high in quality, tagged BT.709, no sound.
Equal frames give equal bytes. Knows no scene.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from pathlib import Path

from aiprod.errors import MediaBroken
from aiprod.media import graph
from aiprod.media.process import Feed, feed_ffmpeg
from aiprod.profiles import Shape
from aiprod.visuals.intermediate import PROCESSOR, clip_options


class FramePipe:
    """An open clip; `write` takes one frame of RGB rows, top first."""

    def __init__(self, pixels: Feed, frame_bytes: int) -> None:
        self._pixels = pixels
        self._frame_bytes = frame_bytes

    def write(self, frame: bytes) -> None:
        """Add a frame. Raises: MediaBroken (wrong size), BrokenPipeError (ffmpeg failed; `open_pipe` says why)."""
        if len(frame) != self._frame_bytes:
            raise MediaBroken(f"A frame of {self._frame_bytes} bytes was expected, {len(frame)} bytes were drawn.")
        self._pixels.write(frame)


def open_clip(path: Path, shape: Shape, rate: Fraction) -> AbstractContextManager[FramePipe]:
    """A pipe into a clip of that shape and rate. Raises: what `open_pipe` does."""
    pictures = graph.read_fed(shape.width_px, shape.height_px, rate).filter(
        "scale", in_range="full", out_range="limited", out_color_matrix="bt709", flags="bilinear+accurate_rnd+bitexact"
    )
    return open_pipe(path, pictures, shape.width_px * shape.height_px * 3, **PROCESSOR, **clip_options(rate))


@contextmanager
def open_pipe(path: Path, pictures: graph.Stream, frame_bytes: int, **options: graph.Option) -> Iterator[FramePipe]:
    """A pipe into `path`, which appears when the block ends well and never appears half written.

    `pictures` is what becomes of the frames on ffmpeg's standard input, `options` how they are written.
    Raises: EngineMissing, StorageFull, MediaBroken, Unavailable (ffmpeg was killed).
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    arguments = graph.write_arguments([pictures.filter("format", "yuv420p")], unfinished, **options)
    try:
        with feed_ffmpeg(arguments, about=f"Writing the clip {path.name}") as pixels:
            yield FramePipe(pixels, frame_bytes)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
