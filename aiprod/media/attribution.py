"""To whom a clip is owed, written into the clip itself, so that every copy of it still says so.

Knows the tag of an .mp4 file that carries the lines (its comment, which players show); knows no library and no film.
"""

from collections.abc import Sequence
from pathlib import Path

from aiprod.media import graph
from aiprod.media.probe import probe
from aiprod.media.process import run_ffmpeg, written_whole

TIMEOUT_SECONDS = 120.0


def write_attribution(clip: Path, credits: Sequence[str], into: Path) -> None:
    """Write the same clip, not encoded again, with the lines in it. Raises: MediaBroken, StorageFull, EngineMissing."""
    lines = "\n".join(" ".join(line.split()) for line in credits)
    with written_whole(into) as partial:
        arguments = graph.write_arguments(
            [graph.read(clip).video], partial, c="copy", f="mp4", fflags="+bitexact", metadata=f"comment={lines}"
        )
        run_ffmpeg(arguments, about=f"Crediting {clip.name}", timeout_seconds=TIMEOUT_SECONDS)


def read_attribution(clip: Path) -> tuple[str, ...]:
    """The lines in a clip, () where there are none. Raises: NotFound, MediaBroken, EngineMissing."""
    return tuple(line for line in probe(clip).comment.splitlines() if line)
