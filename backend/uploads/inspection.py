"""From a file that somebody sent to one that films may be made of: looked at, then written anew, with nothing else in it.

A picture is decoded and encoded again; of a clip and of a sound the first stream of each is kept as it is, in a new
container without names, places, attachments or anything else. Programs read the file from this disk alone.
"""

import sys
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Final

from aiprod.encoding import from_json
from aiprod.errors import InvalidInput
from aiprod.media.process import find_program
from backend.sandbox import Limits, run_confined
from backend.uploads.sniffing import FLAC, MATROSKA, MP3, MP4, OGG, PNG, WAV, Form, sniff

MOST_CLIP_SECONDS: Final = 600
MOST_SOUND_SECONDS: Final = 3600
LEAST_SOUND_SECONDS: Final = 1
MOST_STREAMS: Final = 16
MOST_SIDE_PX: Final = 8192
LEAST_SIDE_PX: Final = 64
MOST_FRAMES_A_SECOND: Final = 130
PICTURE_CODECS: Final = ("h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mjpeg", "prores")
SOUND_CODECS: Final = (
    "aac", "mp3", "opus", "vorbis", "flac", "alac", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_s16be",
    "pcm_s24be", "pcm_u8",
)  # fmt: skip
_ENTRIES: Final = (
    "stream=codec_type,codec_name,width,height,avg_frame_rate:stream_disposition=attached_pic:format=duration"
)
_LOOK: Final = Limits()
_PICTURE: Final = Limits(file_bytes=256 << 20)
_SPARE_BYTES: Final = 8 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A clean file: a "picture", a "clip" or a "sound"."""

    file: Path
    kind: str
    media_type: str
    width_px: int = 0
    height_px: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cleaned:
    """What the child says of a picture."""

    width_px: int = 0
    height_px: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Disposition:
    attached_pic: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stream:
    """A stream as ffprobe tells of it."""

    codec_type: str = ""
    codec_name: str = ""
    width: int = 0
    height: int = 0
    avg_frame_rate: str = "0/0"
    disposition: _Disposition = field(default_factory=_Disposition)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    duration: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """What ffprobe tells of a file."""

    streams: tuple[_Stream, ...] = ()
    format: _Format = field(default_factory=_Format)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Container:
    """How a file is written anew: ffmpeg's name, the name's ending, the media type."""

    writer: str
    suffix: str
    media_type: str


_SOUNDS: Final = {
    MP3: _Container(writer="mp3", suffix=".mp3", media_type="audio/mpeg"),
    WAV: _Container(writer="wav", suffix=".wav", media_type="audio/wav"),
    FLAC: _Container(writer="flac", suffix=".flac", media_type="audio/flac"),
    OGG: _Container(writer="ogg", suffix=".ogg", media_type="audio/ogg"),
    MP4: _Container(writer="ipod", suffix=".m4a", media_type="audio/mp4"),
    MATROSKA: _Container(writer="ogg", suffix=".ogg", media_type="audio/ogg"),  # as browsers record
}
_MP4_CLIP: Final = _Container(writer="mp4", suffix=".mp4", media_type="video/mp4")
_MOV_CLIP: Final = _Container(writer="mov", suffix=".mov", media_type="video/quicktime")
_WEBM_CLIP: Final = _Container(writer="webm", suffix=".webm", media_type="video/webm")
_MKV_CLIP: Final = _Container(writer="matroska", suffix=".mkv", media_type="video/x-matroska")


def inspect(file: Path, folder: Path) -> Inspected:
    """A clean file in `folder`, made of what `file` holds. Raises: InvalidInput, EngineMissing."""
    form = sniff(file)
    if form.kind == "picture":
        return _picture(file, form, folder)
    report = _look(file, form, folder)
    pictures = [one for one in report.streams if one.codec_type == "video" and not one.disposition.attached_pic]
    sounds = [one for one in report.streams if one.codec_type == "audio"]
    if len(report.streams) > MOST_STREAMS:
        raise _refusal(f"at most {MOST_STREAMS} streams", f"{len(report.streams)}")
    if pictures and form.kind != "sound":
        return _clip(file, form, folder, pictures[0], sounds[0] if sounds else None)
    if sounds:
        return _sound(file, form, folder, sounds[0])
    raise _refusal("a picture, a clip or a sound", "a file with none of them")


def _picture(file: Path, form: Form, folder: Path) -> Inspected:
    into = folder / f"clean.{'png' if form is PNG else 'jpg'}"
    command = [sys.executable, "-m", "backend.uploads.cleaning", str(file), str(into)]
    answer = from_json(_Cleaned, _run(command, folder, _PICTURE), source="picture")
    if answer.fault:
        raise _refusal("a picture that can be used", answer.fault)
    return Inspected(
        file=into, kind="picture", media_type="image/png" if form is PNG else "image/jpeg", width_px=answer.width_px,
        height_px=answer.height_px,
    )  # fmt: skip


def _clip(file: Path, form: Form, folder: Path, picture: _Stream, sound: _Stream | None) -> Inspected:
    _check_codec(picture, PICTURE_CODECS)
    sides = (picture.width, picture.height)
    if max(sides) > MOST_SIDE_PX or min(sides) < LEAST_SIDE_PX:
        raise _refusal(f"sides of {LEAST_SIDE_PX} to {MOST_SIDE_PX} pixels", f"{picture.width}x{picture.height}")
    if _fraction(picture.avg_frame_rate) > MOST_FRAMES_A_SECOND:
        raise _refusal(f"at most {MOST_FRAMES_A_SECOND} frames a second", picture.avg_frame_rate)
    if sound is not None and sound.codec_name not in SOUND_CODECS:
        sound = None  # it is not heard in the film
    container = _container(form, picture, sound)
    maps = ["-map", "0:V:0", *(["-map", "0:a:0"] if sound else [])]
    into = _write_anew(file, form, folder, container, maps)
    seconds = _seconds(into, form, folder)
    if not 0 < seconds <= MOST_CLIP_SECONDS:
        raise _refusal(f"a clip of at most {MOST_CLIP_SECONDS // 60} minutes", _told(seconds))
    _check_decodes(into, form, folder, ["-map", "0:V:0", "-frames:v", "3"])
    return Inspected(
        file=into, kind="clip", media_type=container.media_type, width_px=picture.width, height_px=picture.height,
        seconds=seconds,
    )  # fmt: skip


def _sound(file: Path, form: Form, folder: Path, sound: _Stream) -> Inspected:
    _check_codec(sound, SOUND_CODECS)
    container = _SOUNDS[form]
    into = _write_anew(file, form, folder, container, ["-map", "0:a:0"])
    seconds = _seconds(into, form, folder)
    if not LEAST_SOUND_SECONDS <= seconds <= MOST_SOUND_SECONDS:
        wanted = f"a sound of {LEAST_SOUND_SECONDS} second to {MOST_SOUND_SECONDS // 60} minutes"
        raise _refusal(wanted, _told(seconds))
    _check_decodes(into, form, folder, ["-map", "0:a:0", "-t", "2"])
    return Inspected(file=into, kind="sound", media_type=container.media_type, seconds=seconds)


def _seconds(written: Path, form: Form, folder: Path) -> float:
    """How long a file is that was written anew: one from a browser's recorder does not tell before."""
    return float(_fraction(_look(written, form, folder).format.duration))


def _look(file: Path, form: Form, folder: Path) -> _Report:
    command = [
        find_program("ffprobe"), "-hide_banner", "-loglevel", "error", *_reading(file, form), "-show_entries", _ENTRIES,
        "-of", "json", f"file:{file}",
    ]  # fmt: skip
    return from_json(_Report, _run(command, folder, _LOOK), source="upload")


def _write_anew(file: Path, form: Form, folder: Path, container: _Container, maps: list[str]) -> Path:
    into = folder / f"clean{container.suffix}"
    command = [
        find_program("ffmpeg"), "-hide_banner", "-nostdin", "-loglevel", "error", *_reading(file, form), "-i", f"file:{file}",
        *maps, "-c", "copy", "-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-sn", "-dn",
        "-fflags", "+bitexact", "-f", container.writer, f"file:{into}",
    ]  # fmt: skip
    _run(command, folder, Limits(file_bytes=file.stat().st_size + _SPARE_BYTES))
    return into


def _check_decodes(file: Path, form: Form, folder: Path, what: list[str]) -> None:
    command = [
        find_program("ffmpeg"), "-hide_banner", "-nostdin", "-loglevel", "error", "-xerror", *_reading(file, form), "-i",
        f"file:{file}", *what, "-f", "null", "-",
    ]  # fmt: skip
    _run(command, folder, _LOOK)


def _run(command: list[str], folder: Path, limits: Limits) -> bytes:
    """What a confined program says of the file. Raises: InvalidInput, EngineMissing."""
    ended = run_confined(command, folder, limits)
    if ended.code is None:
        raise _refusal("one that is read in little time and memory", "one that asks for more; send a smaller one")
    if ended.code != 0:
        raise _refusal("a whole file that can be read", "one that is damaged, or not what it begins as")
    return ended.said


def _reading(file: Path, form: Form) -> list[str]:
    readers = "ogg" if file.suffix == ".ogg" else form.readers
    return ["-protocol_whitelist", "file", "-format_whitelist", readers, "-max_streams", str(MOST_STREAMS + 1)]


def _container(form: Form, picture: _Stream, sound: _Stream | None) -> _Container:
    if form is MATROSKA:
        heard = sound is None or sound.codec_name in ("opus", "vorbis")
        return _WEBM_CLIP if picture.codec_name in ("vp8", "vp9", "av1") and heard else _MKV_CLIP
    heard = sound is None or not sound.codec_name.startswith("pcm")
    return _MOV_CLIP if picture.codec_name in ("prores", "mjpeg") or not heard else _MP4_CLIP


def _check_codec(stream: _Stream, known: tuple[str, ...]) -> None:
    if stream.codec_name not in known:
        raise _refusal(f"one of the codecs {', '.join(known)}", stream.codec_name[:40] or "an unknown one")


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def _told(seconds: float) -> str:
    return f"one of {seconds:.1f} seconds" if seconds > 0 else "one that does not tell how long it is"


def _refusal(expected: str, found: str) -> InvalidInput:
    return InvalidInput("file", expected=expected, found=found)
