"""A clip's pictures one after the other, read from its file by ffmpeg: as they are, or filled up by ffmpeg's own motion search.

Knows colours and sides; who interpolates how is `enlarging/smoothing.py`'s business.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media import colour, graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import stream_ffmpeg
from aiprod.media.scene_sounds import carry_sound
from aiprod.models.pictures import Picture

LOOKS = (Fraction(1, 6), Fraction(1, 2), Fraction(5, 6))
"""Where in a clip its pictures are compared."""


def picture_of(source: Path) -> PictureFacts:
    """The facts of a clip's pictures, its sides as they are shown. Raises: NotFound, MediaBroken, EngineMissing."""
    facts = probe(source).picture
    if facts is None or not facts.rate:
        raise MediaBroken(f"Expected pictures in {source.name}, found none; make the clip again, or give another.")
    return replace(facts, width_px=facts.height_px, height_px=facts.width_px) if facts.rotation % 180 else facts


def read_pictures(source: Path, rate: Fraction | None = None) -> Iterator[Picture]:
    """The clip's pictures as RGB, at its own rate or, by ffmpeg's motion interpolation, at a higher one.

    Raises: MediaBroken, EngineMissing, StorageFull, Unavailable.
    """
    facts, stream = picture_of(source), graph.read(source).video
    if rate is not None and rate > facts.rate:
        stream = _filled(stream, rate)
    yield from _read(stream, facts, source)


def read_halved(source: Path, first: int, count: int) -> Iterator[Picture]:
    """`count` pictures from `first` on, every second of them left out and drawn anew by ffmpeg. Raises: as `read_pictures`."""
    facts = picture_of(source)
    part = graph.read(source).video.filter("trim", start_frame=first, end_frame=first + count)
    kept = part.filter("select", "not(mod(n,2))").filter("setpts", f"N/({facts.rate / 2}*TB)").filter("fps", fps=facts.rate / 2)
    yield from _read(_filled(kept, facts.rate), facts, source)


def read_stretches(source: Path, length: int) -> list[tuple[int, list[Picture]]]:
    """Neighbouring pictures from three places of the clip, so many each (of a shorter clip all there are), with the number of
    the first of them. Raises: as `read_pictures`."""
    frames = picture_of(source).frames
    firsts = sorted({max(0, min(frames - length, int(part * frames) - (length - 1) // 2)) for part in LOOKS})
    wanted = {number for first in firsts for number in range(first, first + length)}
    held = {number: picture for number, picture in enumerate(read_pictures(source)) if number in wanted}
    return [(first, [held[number] for number in range(first, first + length) if number in held]) for first in firsts]


@contextmanager
def sounding_like(source: Path, into: Path) -> Iterator[Path]:
    """Where to write a silent clip, which becomes `into` with the sound of the clip that it is made from, if that has any.

    Raises: MediaBroken, StorageFull, EngineMissing.
    """
    silent = into.with_stem(f"{into.stem}-silent")
    yield silent
    if carry_sound(source, silent, into):
        silent.unlink()
    else:
        silent.replace(into)


def _filled(stream: graph.Stream, rate: Fraction) -> graph.Stream:
    return stream.filter("tpad", stop_mode="clone", stop_duration="1").filter(
        "minterpolate", fps=rate, mi_mode="mci", mc_mode="aobmc", me_mode="bidir", vsbmc=1
    )


def _read(stream: graph.Stream, facts: PictureFacts, source: Path) -> Iterator[Picture]:
    rows = stream.filter(
        "scale", in_color_matrix="bt709" if colour.matrix_of(facts) == "bt709" else "bt601", in_range="limited",
        out_range="full", flags="bicubic+accurate_rnd+full_chroma_int+bitexact",
    )  # fmt: skip
    arguments = graph.write_arguments([rows], "pipe:", f="rawvideo", pix_fmt="rgb24", fps_mode="passthrough")
    for content in stream_ffmpeg(arguments, facts.width_px * facts.height_px * 3, about=f"Reading the pictures of {source.name}"):
        yield np.frombuffer(content, dtype=np.uint8).reshape(facts.height_px, facts.width_px, 3)
