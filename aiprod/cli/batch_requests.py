"""From a batch file to checked requests: every line is read to its end, and every fault told, before anything starts.

Reads the files that lines name, seen from the batch file's folder; writes nothing.
"""

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiprod.batch import BatchLine, read_lines, video_id
from aiprod.brief import MUSIC_MOODS
from aiprod.cli.requests import Request, read_request
from aiprod.errors import AiprodError, InvalidInput, MediaBroken, Misuse, NotFound

MOST_FAULTS_TOLD = 20
PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """A line that can be made, and its video's id."""

    line: BatchLine
    id: str
    request: Request

    @property
    def title(self) -> str:
        """What the line is about, for people."""
        script = self.request.brief.script
        return script.title if script else self.line.text("theme") or Path(self.line.text("audio")).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A whole file: its requests in order, and a name for its content."""

    name: str
    file: Path
    requests: tuple[BatchRequest, ...]


def read_batch(file: Path, owner: str) -> Batch:
    """Check the whole file. Raises: NotFound; InvalidInput for one fault, Misuse with a sentence a line for more."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NotFound(f"Expected a batch file at {file}, found none that can be read ({error.strerror}).") from error
    lines, faults = read_lines(content, file.name)
    told = list(faults)
    requests = []
    for line in lines:
        try:
            requests.append(_request(line, file, owner))
        except InvalidInput as fault:
            told.append(fault)
    raise_faults(told)
    return Batch(name=hashlib.sha256(content).hexdigest()[:12], file=file, requests=tuple(requests))


def raise_faults(faults: Sequence[InvalidInput]) -> None:
    """Tell every fault, in the order of the lines. Raises: InvalidInput, Misuse."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        ordered = sorted(faults, key=lambda fault: fault.line or 0)
        sentences = [str(fault) for fault in ordered[:MOST_FAULTS_TOLD]]
        more = len(faults) - len(sentences)
        raise Misuse("\n".join([*sentences, *([f"and {more} more faults"] if more else [])]))


def options_of(line: BatchLine, folder: Path) -> argparse.Namespace:
    """The line as the options of `aiprod make`."""
    music = line.text("music")
    own_music = music and music != "none" and music not in MUSIC_MOODS
    names = ("theme", "language", "scenes", "seconds", "writer", "style", "profile", "aspect", "renderer", "subtitles",
             "voice", "seed", "budget", "webhook")  # fmt: skip
    return argparse.Namespace(
        **{name: line.text(name) for name in names},
        **{name: _beside(folder, line.text(name)) for name in ("script", "audio", "media")},
        music=_beside(folder, music) if own_music else music,
        presenter=bool(line.fields.get("presenter", False)),
    )


def placed(file: Path, line: BatchLine, error: AiprodError) -> InvalidInput:
    """An error of one line, with its line."""
    if not isinstance(error, InvalidInput):
        return InvalidInput(file.name, line=line.number, expected="files and names that are there", found=str(error))
    place = error.source.removeprefix("--") + (f", line {error.line}" if error.line else "")
    expected = error.expected if place == "aiprod make" else f"{error.expected} ({place})"
    return InvalidInput(file.name, line=line.number, expected=expected, found=error.found)


def _request(line: BatchLine, file: Path, owner: str) -> BatchRequest:
    options = options_of(line, file.parent)
    own_music = options.music if options.music != line.text("music") else ""
    named = [Path(name) for name in (options.script, options.audio, options.media, own_music) if name]
    try:
        id = video_id(owner, line, [_digest(path) for name in named for path in _files(name)])
        return BatchRequest(line=line, id=id, request=read_request(options, id))
    except (Misuse, MediaBroken) as error:
        raise placed(file, line, error) from error
    except OSError as error:
        raise InvalidInput(file.name, line=line.number, expected="files that can be read",
                           found=f"{error.filename} ({error.strerror})") from error  # fmt: skip


def _beside(folder: Path, name: str) -> str:
    return str(folder / name) if name else ""


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        return tuple(sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")))
    return (path,) if path.is_file() else ()


def _digest(path: Path) -> str:
    digest = hashlib.sha256(path.name.encode())
    with path.open("rb") as content:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
