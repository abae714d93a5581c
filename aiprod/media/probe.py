"""Facts of a media file, read from the file itself by ffprobe, and its sound as samples.

Knows what a file is; does not judge it against a profile (review does).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken, NotFound
from aiprod.media import graph
from aiprod.media.process import run_ffmpeg, run_ffprobe
from aiprod.ports import Json, Samples

PROBE_TIMEOUT_SECONDS = 60.0
DECODE_TIMEOUT_SECONDS = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """A video stream. Colour tags are ffmpeg's names ("bt709"), "" where the file does not say; `frames` is exact."""

    codec: str
    profile: str
    pixel_format: str
    width_px: int
    height_px: int
    rate: Fraction
    frames: int
    start: Fraction
    seconds: Fraction
    bit_rate: int
    colour_matrix: str
    colour_primaries: str
    colour_transfer: str
    colour_range: str
    sample_aspect: Fraction
    rotation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """An audio stream; `seconds` is what a player plays (without the encoder's priming samples)."""

    codec: str
    profile: str
    rate_hz: int
    channels: int
    start: Fraction
    seconds: Fraction
    bit_rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """A whole file: its container's names ("mov,mp4,m4a,3gp,3g2,mj2"), its first picture and sound."""

    container: str
    seconds: Fraction
    bit_rate: int
    streams: int
    picture: PictureFacts | None
    sound: SoundFacts | None
    title: str = ""
    language: str = ""
    comment: str = ""


def probe(path: Path) -> MediaFacts:
    """Facts of a file; every packet is counted, so a file cut short is noticed.

    Raises: NotFound, MediaBroken, EngineMissing.
    """
    if not path.is_file():
        raise NotFound(f"Expected a media file at {path.name}, found none.")
    state = path.stat()
    return _facts(path, state.st_ino, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=256)
def _facts(path: Path, _inode: int, _size_bytes: int, _written_ns: int) -> MediaFacts:
    """Facts of a file in that state: starting ffprobe takes a tenth of a second, and each clip is asked about often."""
    output, complaints = run_ffprobe(
        ["-count_packets", "-show_format", "-show_streams", "-of", "json", str(path.absolute())],
        about=f"Reading {path.name}", timeout_seconds=PROBE_TIMEOUT_SECONDS,
    )  # fmt: skip
    report = _mapping(json.loads(output or b"{}"))
    container = _mapping(report.get("format"))
    listed = report.get("streams")
    streams = [_mapping(stream) for stream in listed] if isinstance(listed, list) else []
    pictures = [s for s in streams if s.get("codec_type") == "video" and not _is_cover(s)]
    sounds = [s for s in streams if s.get("codec_type") == "audio"]
    if not pictures and not sounds:
        raise MediaBroken(f"Expected a picture or a sound in {path.name}, found neither; give another file.")
    if "partial file" in complaints or "moov atom not found" in complaints:
        raise MediaBroken(f"Expected a whole file in {path.name}, found one cut short; make or send it again.")
    return MediaFacts(
        container=_text(container, "format_name"),
        seconds=_fraction(container, "duration"),
        bit_rate=_whole(container, "bit_rate"),
        streams=len(streams),
        picture=_picture(pictures[0], path) if pictures else None,
        sound=_sound(sounds[0]) if sounds else None,
        title=_text(_mapping(container.get("tags")), "title"),
        comment=_text(_mapping(container.get("tags")), "comment"),
        language=_text(_mapping((sounds or pictures)[0].get("tags")), "language"),
    )


def read_samples(path: Path, rate_hz: int, mono: bool = True) -> Samples:
    """A file's sound. Shapes: (n,) mono, (n, 2) stereo. Raises: MediaBroken, EngineMissing."""
    channels = 1 if mono else 2
    arguments = graph.write_arguments(
        [graph.read(path).audio], "pipe:", f="f32le", acodec="pcm_f32le", ac=channels, ar=rate_hz
    )
    content = run_ffmpeg(arguments, about=f"Reading the sound of {path.name}", timeout_seconds=DECODE_TIMEOUT_SECONDS)
    samples = np.frombuffer(content, dtype="<f4")
    return samples if mono else samples.reshape(-1, 2)


def _picture(stream: Mapping[str, Json], path: Path) -> PictureFacts:
    counted, declared = _whole(stream, "nb_read_packets"), _whole(stream, "nb_frames")
    if declared and counted < declared:
        raise MediaBroken(
            f"Expected {declared} frames in {path.name}, found {counted}: it was cut short; make or send it again."
        )
    return PictureFacts(
        codec=_text(stream, "codec_name"),
        profile=_text(stream, "profile"),
        pixel_format=_text(stream, "pix_fmt"),
        width_px=_whole(stream, "width"),
        height_px=_whole(stream, "height"),
        rate=_fraction(stream, "avg_frame_rate") or _fraction(stream, "r_frame_rate"),
        frames=counted,
        start=_fraction(stream, "start_time"),
        seconds=_exact_seconds(stream),
        bit_rate=_whole(stream, "bit_rate"),
        colour_matrix=_tag(stream, "color_space"),
        colour_primaries=_tag(stream, "color_primaries"),
        colour_transfer=_tag(stream, "color_transfer"),
        colour_range=_tag(stream, "color_range"),
        sample_aspect=_fraction(stream, "sample_aspect_ratio") or Fraction(1),
        rotation=_rotation(stream),
    )


def _sound(stream: Mapping[str, Json]) -> SoundFacts:
    return SoundFacts(
        codec=_text(stream, "codec_name"),
        profile=_text(stream, "profile"),
        rate_hz=_whole(stream, "sample_rate"),
        channels=_whole(stream, "channels"),
        start=_fraction(stream, "start_time"),
        seconds=_exact_seconds(stream),
        bit_rate=_whole(stream, "bit_rate"),
    )


def _is_cover(stream: Mapping[str, Json]) -> bool:
    return bool(_mapping(stream.get("disposition")).get("attached_pic"))


def _exact_seconds(stream: Mapping[str, Json]) -> Fraction:
    ticks, base = _whole(stream, "duration_ts"), _fraction(stream, "time_base")
    return ticks * base if ticks else _fraction(stream, "duration")


def _rotation(stream: Mapping[str, Json]) -> int:
    listed = stream.get("side_data_list")
    for entry in listed if isinstance(listed, list) else []:
        if "rotation" in _mapping(entry):
            return _whole(_mapping(entry), "rotation") % 360
    return 0


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _text(fields: Mapping[str, Json], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _tag(fields: Mapping[str, Json], name: str) -> str:
    value = _text(fields, name)
    return "" if value in ("unknown", "reserved", "unspecified") else value


def _whole(fields: Mapping[str, Json], name: str) -> int:
    value = fields.get(name)
    if isinstance(value, str | int):
        try:
            return int(value)
        except ValueError:
            return 0
    return 0


def _fraction(fields: Mapping[str, Json], name: str) -> Fraction:
    try:
        return Fraction(_text(fields, name).replace(":", "/"))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)
