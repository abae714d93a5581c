"""What a file is, by its first and last bytes alone: never by its name, never by what its sender says.

Knows signatures. What is two things at once (a picture that is a web page, a clip that is an archive) is neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiprod.errors import InvalidInput

HEAD_BYTES: Final = 4096
TAIL_BYTES: Final = 65_557
"""As far from its end as the directory of an archive may begin."""
KNOWN: Final = (
    "a picture (JPEG, PNG, WebP), a clip (MP4, MOV, WebM, MKV) or a sound (MP3, WAV, FLAC, Ogg, M4A), by its content"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of file that is taken. `kind` is "" where only a look inside tells a clip from a sound; `readers` are
    ffmpeg's names of what may read it."""

    name: str
    kind: str = ""
    readers: str = ""


JPEG: Final = Form(name="JPEG", kind="picture")
PNG: Final = Form(name="PNG", kind="picture")
WEBP: Final = Form(name="WebP", kind="picture")
MP4: Final = Form(name="MP4", readers="mov,mp4")
MATROSKA: Final = Form(name="Matroska", readers="matroska,webm")
OGG: Final = Form(name="Ogg", kind="sound", readers="ogg")
MP3: Final = Form(name="MP3", kind="sound", readers="mp3")
WAV: Final = Form(name="WAV", kind="sound", readers="wav")
FLAC: Final = Form(name="FLAC", kind="sound", readers="flac")

_TAKEN: Final[Mapping[bytes, Form]] = {
    b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"\x1a\x45\xdf\xa3": MATROSKA, b"OggS": OGG, b"fLaC": FLAC,
    b"ID3": MP3,
}  # fmt: skip
_IN_RIFF: Final[Mapping[bytes, Form]] = {b"WEBP": WEBP, b"WAVE": WAV}
_STILLS_IN_MP4: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_REFUSED: Final[Mapping[bytes, str]] = {
    b"#EXT": "a playlist", b"ffconcat": "a playlist", b"[playlist]": "a playlist", b"<?xml": "an XML document",
    b"<svg": "an SVG drawing", b"<": "a document of tags", b"%PDF": "a PDF document", b"PK\x03\x04": "an archive",
    b"PK\x05\x06": "an archive", b"Rar!": "an archive", b"7z\xbc\xaf": "an archive", b"\x1f\x8b": "an archive",
    b"BZh": "an archive", b"\xfd7zXZ": "an archive", b"GIF8": "a GIF; save it as PNG, or as MP4 if it moves",
    b"BM": "a bitmap; save it as PNG", b"II*\x00": "a TIFF; save it as PNG", b"MM\x00*": "a TIFF; save it as PNG",
    b"\x7fELF": "a program", b"MZ": "a program", b"#!": "a program", b"ID;": "a document",
}  # fmt: skip
_HIDDEN: Final[Mapping[bytes, str]] = {
    b"<html": "a web page", b"<!doctype": "a web page", b"<script": "a web page", b"<svg": "a drawing",
    b"<?php": "a program", b"%pdf-": "a PDF document", b"#extm3u": "a playlist", b"pk\x03\x04": "an archive",
}  # fmt: skip


def sniff(file: Path) -> Form:
    """The form of a file. Raises: InvalidInput, which says what it is instead, or as well."""
    with file.open("rb") as content:
        head = content.read(HEAD_BYTES)
        content.seek(max(0, file.stat().st_size - TAIL_BYTES))
        tail = content.read()
    form = _form(head)
    if form is None:
        raise InvalidInput("file", expected=KNOWN, found=_described(head))
    second = _second_nature(head, tail)
    if second:
        raise InvalidInput("file", expected=f"{_article(form.name)} {form.name} file and nothing else",
                           found=f"one that is {second} as well")  # fmt: skip
    return form


def _form(head: bytes) -> Form | None:
    for signature, form in _TAKEN.items():
        if head.startswith(signature):
            return form
    if head.startswith(b"RIFF"):
        return _IN_RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return None if head[8:12] in _STILLS_IN_MP4 else MP4
    # A stream of MPEG audio, layer three: eleven bits set, then a version, then the layer.
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return MP3
    return None


def _described(head: bytes) -> str:
    if not head:
        return "an empty file"
    if head[4:8] == b"ftyp":
        return "an HEIC or AVIF picture; save it as JPEG"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name in _REFUSED.items():
        if start.lower().startswith(signature.lower()):
            return name
    return "text" if start.isascii() and b"\x00" not in start else "something else"


def _second_nature(head: bytes, tail: bytes) -> str:
    low = head.lower()
    hidden = next((name for mark, name in _HIDDEN.items() if mark in low), "")
    return hidden or ("an archive" if _ends_as_archive(tail) else "")


def _ends_as_archive(tail: bytes) -> bool:
    """Whether a ZIP's directory ends where the file does: its comment reaches to the last byte."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if len(tail) >= at + 22 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail):
            return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _article(name: str) -> str:
    return "an" if name[0] in "AEIOMF" and name.isupper() else "a"
