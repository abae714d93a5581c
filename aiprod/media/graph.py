"""ffmpeg graphs with types: a thin layer over ffmpeg-python, which escapes every filter argument.

Knows how a graph becomes an argument list; knows no filter and no encoder. The only importer of ffmpeg-python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import ffmpeg

Option: TypeAlias = str | int | float | Fraction | Path


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream inside a graph: an input, or what a filter gives."""

    node: Any

    def filter(self, name: str, *positional: Option, **options: Option) -> "Stream":
        """The stream after one more filter."""
        return Stream(self.node.filter(name, *map(_text, positional), **_texts(options)))

    @property
    def video(self) -> "Stream":
        """Only the picture of an input."""
        return Stream(self.node.video)

    @property
    def audio(self) -> "Stream":
        """Only the sound of an input."""
        return Stream(self.node.audio)

    def split(self, count: int) -> "list[Stream]":
        """The same video stream several times."""
        node = self.node.filter_multi_output("split", str(count))
        return [Stream(node.stream(index)) for index in range(count)]


def read(path: Path, **options: Option) -> Stream:
    """An input file; options come before its -i."""
    return Stream(ffmpeg.input(_file(path), **_texts(options)))


def read_source(expression: str, **options: Option) -> Stream:
    """A synthetic input (lavfi)."""
    return Stream(ffmpeg.input(expression, f="lavfi", **_texts(options)))


def read_fed(width_px: int, height_px: int, rate: Fraction) -> Stream:
    """Pictures as rows of RGB bytes, top first, on ffmpeg's standard input."""
    size = f"{width_px}x{height_px}"
    return Stream(ffmpeg.input("pipe:0", f="rawvideo", pix_fmt="rgb24", s=size, r=str(rate)).video)


def filter_many(streams: Sequence[Stream], name: str, **options: Option) -> Stream:
    """One filter fed by several streams."""
    return Stream(ffmpeg.filter([stream.node for stream in streams], name, **_texts(options)))


@dataclass(frozen=True, slots=True)
class Output:
    """Streams and the file that they are written to ("pipe:" is ffmpeg's standard output)."""

    node: Any

    @classmethod
    def of(cls, streams: Sequence[Stream], into: Path | str, **options: Option) -> "Output":
        """An output; options come before its name."""
        target = _file(into) if isinstance(into, Path) else into
        return cls(ffmpeg.output(*(stream.node for stream in streams), target, **_texts(options)))


def write_arguments(streams: Sequence[Stream], into: Path | str, **options: Option) -> list[str]:
    """ffmpeg's arguments to write the streams to one output."""
    return write_many(Output.of(streams, into, **options))


def write_many(*outputs: Output) -> list[str]:
    """ffmpeg's arguments to write several outputs in one run."""
    merged = outputs[0].node if len(outputs) == 1 else ffmpeg.merge_outputs(*(output.node for output in outputs))
    return [str(part) for part in ffmpeg.get_args(merged.overwrite_output())]


def _texts(options: dict[str, Option]) -> dict[str, str]:
    return {name: _text(value) for name, value in options.items()}


def _text(value: Option) -> str:
    return _file(value) if isinstance(value, Path) else str(value)


def _file(path: Path) -> str:
    # An absolute path can be taken neither for an option (-x.mp4) nor for a protocol (http:x.mp4).
    return str(path.absolute())
