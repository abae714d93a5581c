"""Reads the boxes of an .mp4 file: enough to know how its pictures were encoded without starting a program.

Knows ISO base media boxes (ISO/IEC 14496-12) and the AVC sample entry; decodes nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiprod.errors import MediaBroken

_VISUAL_ENTRY_BYTES = 78
_HEADER_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPicture:
    """An .mp4's H.264 track: `parameters` are its SPS and PPS as stored, `ticks` the sum of its frames' durations.

    `key_frames` are numbers of frames that can be decoded alone; in closed GOPs stored and shown order agree on them.
    """

    parameters: bytes
    width_px: int
    height_px: int
    frames: int
    timescale: int
    ticks: int
    key_frames: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    kind: str
    start: int
    end: int


def read_encoded_picture(path: Path) -> EncodedPicture:
    """The first H.264 track of an .mp4. Raises: MediaBroken, when there is none or the file is cut short."""
    index = _read_index(path)
    for track in _boxes(index, 0, len(index)):
        if track.kind == "trak":
            media = _inside(index, track, "mdia")
            table = _inside(index, _inside(index, media, "minf"), "stbl") if media else None
            picture = _read_track(index, media, table) if media and table else None
            if picture is not None:
                return picture
    raise MediaBroken(f"Expected an H.264 picture in {path.name}, found none; encode the segment again.")


def is_index_first(path: Path) -> bool:
    """Whether a player can start before it has the whole file: moov before mdat."""
    order = [kind for kind, _, _ in _top_boxes(path)]
    return "moov" in order and "mdat" in order and order.index("moov") < order.index("mdat")


def _read_index(path: Path) -> bytes:
    for kind, start, end in _top_boxes(path):
        if kind == "moov":
            with path.open("rb") as file:
                file.seek(start)
                return file.read(end - start)
    raise MediaBroken(f"Expected an index (moov) in {path.name}, found none: it was cut short; make it again.")


def _top_boxes(path: Path) -> Iterator[tuple[str, int, int]]:
    """Kind, content start and end of the file's outermost boxes."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = 0
        while start + _HEADER_BYTES <= size:
            file.seek(start)
            length, kind = struct.unpack(">I4s", file.read(_HEADER_BYTES))
            header = _HEADER_BYTES
            if length == 1:
                length = struct.unpack(">Q", file.read(8))[0]
                header = 16
            end = size if length == 0 else start + length
            if end > size or end < start + header:
                raise MediaBroken(f"Expected whole boxes in {path.name}, found one cut short; make the file again.")
            yield kind.decode("latin-1"), start + header, end
            start = end


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + _HEADER_BYTES <= end:
        length, kind = struct.unpack_from(">I4s", content, start)
        if length < _HEADER_BYTES or start + length > end:
            return
        yield _Box(kind=kind.decode("latin-1"), start=start + _HEADER_BYTES, end=start + length)
        start += length


def _inside(content: bytes, box: _Box | None, kind: str, skip: int = 0) -> _Box | None:
    if box is None:
        return None
    return next((inner for inner in _boxes(content, box.start + skip, box.end) if inner.kind == kind), None)


def _read_track(content: bytes, media: _Box, table: _Box) -> EncodedPicture | None:
    header = _inside(content, media, "mdhd")
    entry = _inside(content, _inside(content, table, "stsd"), "avc1", skip=8)
    parameters = _inside(content, entry, "avcC", skip=_VISUAL_ENTRY_BYTES)
    sizes, times = _inside(content, table, "stsz"), _inside(content, table, "stts")
    if header is None or entry is None or parameters is None or sizes is None or times is None:
        return None
    timescale_at = header.start + (20 if content[header.start] == 1 else 12)
    width_px, height_px = struct.unpack_from(">HH", content, entry.start + 24)
    return EncodedPicture(
        parameters=content[parameters.start : parameters.end],
        width_px=width_px,
        height_px=height_px,
        frames=struct.unpack_from(">I", content, sizes.start + 8)[0],
        timescale=struct.unpack_from(">I", content, timescale_at)[0],
        ticks=_sum_of_times(content, times),
        key_frames=_key_frames(content, _inside(content, table, "stss")),
    )


def _key_frames(content: bytes, table: _Box | None) -> tuple[int, ...]:
    if table is None:
        return ()
    count = struct.unpack_from(">I", content, table.start + 4)[0]
    return tuple(sample - 1 for sample in struct.unpack_from(f">{count}I", content, table.start + 8))


def _sum_of_times(content: bytes, times: _Box) -> int:
    count = struct.unpack_from(">I", content, times.start + 4)[0]
    pairs = struct.unpack_from(f">{2 * count}I", content, times.start + 8)
    return sum(frames * ticks for frames, ticks in zip(pairs[::2], pairs[1::2], strict=True))
