"""Reading a script that a person wrote: which format a file has, and the limits that every script keeps.

Knows files, encodings and limits. The formats themselves are in `markdown.py` and `script_json.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiprod.errors import InvalidInput, NotFound
from aiprod.story import NARRATOR, Script

MAX_FILE_BYTES: Final = 2_000_000
MAX_LINE_CHARACTERS: Final = 6_000
MEDIA_SUFFIXES: Final = (
    ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif",
    ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi",
)  # fmt: skip
SOUND_SUFFIXES: Final = (".mp3", ".wav", ".flac", ".ogg", ".opus", ".m4a", ".aac")
_SIGNATURES: Final = {
    b"\xff\xfe": "UTF-16 text", b"\xfe\xff": "UTF-16 text", b"%PDF": "a PDF document",
    b"PK\x03\x04": "a Word or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word document", b"{\\rtf": "a Rich Text document", b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"ID3": "a sound", b"RIFF": "a sound or a film",
    b"fLaC": "a sound", b"OggS": "a sound",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptFile:
    """A script read from a file, and what the file asks for beside the story.

    `media`: the user's own picture or clip for a scene, by scene number. `music` is a mood, "none", the path of a
    sound file, or "" (not said). `seconds` is the wanted duration, or 0 (not said).
    """

    script: Script
    media: Mapping[int, Path] = field(default_factory=dict)
    music: str = ""
    seconds: int = 0


def read_script(path: Path) -> ScriptFile:
    """The script in a Markdown (`.md`, `.markdown`, `.txt`) or JSON (`.json`) file.

    Raises: NotFound; InvalidInput, with the line, what was expected there and what was found.
    """
    text = read_text(path)
    if path.suffix.casefold() == ".json" or text.lstrip().startswith("{"):
        from aiprod.writers.script_json import parse_json

        return parse_json(text, source=path.name, folder=path.parent)
    from aiprod.writers.markdown import parse_markdown

    return parse_markdown(text, source=path.name, folder=path.parent)


def read_text(path: Path) -> str:
    """The file's text. Raises: NotFound; InvalidInput when it is empty, too big, binary or not UTF-8."""
    expected = "a script in UTF-8 text (Markdown or JSON)"
    if path.is_dir():
        raise InvalidInput(path.name or str(path), expected=expected, found="a folder")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except FileNotFoundError:
        raise NotFound(f"There is no script at {path}; check the path.") from None
    except OSError as error:
        raise InvalidInput(path.name, expected="a file that can be read", found=str(error.strerror)) from error
    if size > MAX_FILE_BYTES:
        limit = f"a script of at most {MAX_FILE_BYTES // 1_000_000} MB"
        raise InvalidInput(path.name, expected=limit, found=f"a file of {size / 1_000_000:.1f} MB")
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise InvalidInput(path.name, expected=expected, found=kind)
    return _decode(content, path.name, expected)


def find_media(written: str, *, folder: Path, source: str, line: int | None, suffixes: tuple[str, ...]) -> Path:
    """The file that a script names, beside the script or by its full path.

    Raises: InvalidInput when it is an address on the web, of another kind, or not there.
    """
    name = written.strip().strip("`\"'<>").strip()
    kinds = ", ".join(suffixes)
    if "://" in name:
        raise InvalidInput(source, line=line, expected="a file on this machine", found=f"the address {name}")
    path = Path(name)
    if "\x00" in name or path.suffix.casefold() not in suffixes:
        raise InvalidInput(source, line=line, expected=f"a file name ending in one of {kinds}", found=repr(written))
    whole = path if path.is_absolute() else folder / path
    if not whole.is_file():
        raise InvalidInput(source, line=line, expected=f"a file named {name} in {folder}", found="none")
    return whole


def check_cast(script: Script, *, source: str, line: int | None) -> None:
    """Raises: InvalidInput, where a voice is given to somebody who says nothing, or twice to one."""
    speakers = {line.speaker for scene in script.scenes for line in scene.lines}
    given: set[str] = set()
    for role in script.cast:
        if role.speaker not in speakers | {NARRATOR}:
            raise InvalidInput(source, line=line, expected=f"speakers of the script ({', '.join(sorted(speakers))})",
                               found=f"a voice for {role.speaker!r}")  # fmt: skip
        if role.speaker in given:
            raise InvalidInput(source, line=line, expected=f"one voice for {role.speaker}", found="two")
        given.add(role.speaker)


def _decode(content: bytes, source: str, expected: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x}, which UTF-8 does not have here: save the file as UTF-8"
        raise InvalidInput(source, line=line, expected=expected, found=found) from error
    if "\x00" in text:
        raise InvalidInput(source, line=text.count("\n", 0, text.index("\x00")) + 1, expected=expected,
                           found="a zero byte, as binary files have")  # fmt: skip
    if not text.strip():
        raise InvalidInput(source, expected="a script with at least one scene", found="an empty file")
    return text.replace("\r\n", "\n").replace("\r", "\n")
