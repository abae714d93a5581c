"""Joins finished segments and the finished sound into one film without re-encoding anything.

Knows that the segments were encoded alike, and checks it; knows nothing of how they were made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiprod.errors import MediaBroken, Misuse
from aiprod.media import graph
from aiprod.media.boxes import EncodedPicture, read_encoded_picture
from aiprod.media.process import run_ffmpeg, written_whole

JOIN_TIMEOUT_SECONDS = 300.0

LANGUAGE_CODES = {"en": "eng", "fr": "fra", "es": "spa", "it": "ita", "pt": "por", "de": "deu"}
"""ISO 639-2, which is what an .mp4 carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmTags:
    """What a player shows of the film: nothing else is written in it."""

    title: str = ""
    language: str = ""


def join(segments: Sequence[Path], sound: Path | None, into: Path, tags: FilmTags | None = None) -> None:
    """Concatenate the segments, add the sound (AAC, ready), write `into` with its index first.

    Raises: MediaBroken when segments were not encoded alike or a frame is lost, Misuse, StorageFull, Unavailable.
    """
    if not segments:
        raise Misuse("A film needs at least one segment, found none.")
    pictures = [read_encoded_picture(segment) for segment in segments]
    _check_alike(segments, pictures)
    tags = tags or FilmTags()
    with written_whole(into) as partial:
        playlist = partial.with_suffix(".ffconcat")
        playlist.write_text(_playlist(segments, pictures), encoding="utf-8")
        streams = [graph.read(playlist, f="concat", safe=0).video]
        if sound is not None:
            streams.append(graph.read(sound).audio)
        options: dict[str, graph.Option] = {
            "c": "copy", "map_metadata": "-1", "map_chapters": "-1", "fflags": "+bitexact",
            "movflags": "+faststart+write_colr",
            "video_track_timescale": pictures[0].timescale,
        }  # fmt: skip
        if tags.title:
            options["metadata"] = f"title={tags.title}"
        if tags.language and sound is not None:
            options["metadata:s:a:0"] = f"language={LANGUAGE_CODES.get(tags.language, tags.language)}"
        try:
            run_ffmpeg(
                graph.write_arguments(streams, partial, **options),
                about=f"Joining {len(segments)} segments", timeout_seconds=JOIN_TIMEOUT_SECONDS,
            )  # fmt: skip
        finally:
            playlist.unlink(missing_ok=True)
        _check_whole(partial, pictures)


def _check_alike(segments: Sequence[Path], pictures: Sequence[EncodedPicture]) -> None:
    first = pictures[0]
    for path, picture in zip(segments, pictures, strict=True):
        same = (picture.parameters, picture.timescale) == (first.parameters, first.timescale)
        if not same or picture.ticks * first.frames != first.ticks * picture.frames:
            raise MediaBroken(
                f"Expected {path.name} to be encoded as {segments[0].name} is, found other parameters; "
                "encode the segments again with one ffmpeg."
            )


def _playlist(segments: Sequence[Path], pictures: Sequence[EncodedPicture]) -> str:
    lines = ["ffconcat version 1.0"]
    for path, picture in zip(segments, pictures, strict=True):
        quoted = str(path.absolute()).replace("'", "'\\''")
        lines += [f"file '{quoted}'", f"duration {picture.ticks / picture.timescale:.9f}"]
    return "\n".join(lines) + "\n"


def _check_whole(path: Path, pictures: Sequence[EncodedPicture]) -> None:
    film = read_encoded_picture(path)
    frames, ticks = sum(picture.frames for picture in pictures), sum(picture.ticks for picture in pictures)
    if (film.frames, film.ticks) != (frames, ticks):
        raise MediaBroken(
            f"Expected {frames} frames after joining, found {film.frames} (or a gap); encode the segments again."
        )
