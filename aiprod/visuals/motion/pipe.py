"""Frames into a video file: raw pictures through a pipe to ffmpeg, which leaves a nearly lossless clip.

The clip is an intermediate, encoded again with its film: quick to write, high in quality, tagged BT.709, no sound.
Equal frames give equal bytes. Knows no scene.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import IO

from aiprod.errors import EngineMissing, MediaBroken, StorageFull
from aiprod.profiles import Shape

_CRF = 13
_PRESET = "ultrafast"
_KEY_FRAMES_A_SECOND = 2
"""A segment that starts in the middle of the clip decodes from the key frame before it."""


class FramePipe:
    """An open clip; `write` takes one frame of RGB rows, top first."""

    def __init__(self, pixels: IO[bytes], frame_bytes: int) -> None:
        self._pixels = pixels
        self._frame_bytes = frame_bytes

    def write(self, frame: bytes) -> None:
        """Add a frame. Raises: MediaBroken (wrong size), BrokenPipeError (ffmpeg died; `open_clip` says why)."""
        if len(frame) != self._frame_bytes:
            raise MediaBroken(f"A frame of {self._frame_bytes} bytes was expected, {len(frame)} bytes were drawn.")
        self._pixels.write(frame)


def open_clip(path: Path, shape: Shape, rate: Fraction) -> AbstractContextManager[FramePipe]:
    """A pipe into a clip of that shape and rate. Raises: EngineMissing, StorageFull, MediaBroken."""
    return open_pipe(path, lambda unfinished: _command(unfinished, shape, rate), shape.width_px * shape.height_px * 3)


@contextmanager
def open_pipe(path: Path, command: Callable[[Path], list[str]], frame_bytes: int) -> Iterator[FramePipe]:
    """A pipe into `path`, which appears when the block ends well and never appears half written.

    `command` says how ffmpeg makes the file that it is given of the frames on its standard input.
    Raises: EngineMissing, StorageFull, MediaBroken.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        process = subprocess.Popen(
            command(unfinished), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except FileNotFoundError as error:
        raise EngineMissing("Expected the program ffmpeg to write the clip, found none; install ffmpeg.") from error
    if process.stdin is None or process.stderr is None:
        raise MediaBroken("ffmpeg was started without its pipes.")
    try:
        try:
            yield FramePipe(process.stdin, frame_bytes)
            process.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg left early: its own words below say why
        words = process.stderr.read().decode(errors="replace").strip()
        if process.wait() != 0:
            raise _failure(words)
        unfinished.replace(path)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stderr.close()
        unfinished.unlink(missing_ok=True)


def _command(path: Path, shape: Shape, rate: Fraction) -> list[str]:
    import ffmpeg

    size, exact_rate = f"{shape.width_px}x{shape.height_px}", f"{rate.numerator}/{rate.denominator}"
    source = ffmpeg.input("pipe:0", format="rawvideo", pix_fmt="rgb24", s=size, r=exact_rate)
    pictures = source.video.filter(
        "scale", in_range="full", out_range="limited", out_color_matrix="bt709", flags="bilinear+accurate_rnd+bitexact"
    ).filter("format", "yuv420p")
    output = pictures.output(
        str(path),
        format="mp4",
        vcodec="libx264",
        preset=_PRESET,
        crf=_CRF,
        r=exact_rate,
        g=max(1, round(rate / _KEY_FRAMES_A_SECOND)),
        threads=1,
        an=None,
        colorspace="bt709",
        color_primaries="bt709",
        color_trc="bt709",
        color_range="tv",
        fflags="+bitexact",
        map_metadata=-1,
        **{"flags:v": "+bitexact", "video_track_timescale": _timescale(rate)},
    )
    command: list[str] = (
        output.global_args("-hide_banner", "-nostdin", "-loglevel", "error").overwrite_output().compile()
    )
    return command


def _timescale(rate: Fraction) -> int:
    """Ticks a second in which every frame starts on a whole tick."""
    return rate.numerator * (1 if rate.numerator >= 10_000 else 512)


def _failure(words: str) -> StorageFull | MediaBroken:
    line = words.splitlines()[-1] if words else "it gave no reason"
    if "No space left" in words:
        return StorageFull(f"No room was left for the clip ({line}); free some disk and try again.")
    return MediaBroken(f"ffmpeg was expected to write the clip and stopped: {line}.")
