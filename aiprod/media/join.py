"""Joins finished segments and the finished sound into one film without re-encoding anything.

Knows that the segments were encoded alike, and checks it; knows nothing of how they were made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from aiprod.errors import MediaBroken, Misuse
from aiprod.media import graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.media.segments import TIMESCALE_PER_FRAME

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
    facts = [_picture(segment) for segment in segments]
    _check_alike(segments, facts)
    tags = tags or FilmTags()
    with written_whole(into) as partial:
        playlist = partial.with_suffix(".ffconcat")
        playlist.write_text(_playlist(segments, facts), encoding="utf-8")
        streams = [graph.read(playlist, f="concat", safe=0).video]
        if sound is not None:
            streams.append(graph.read(sound).audio)
        options: dict[str, graph.Option] = {
            "c": "copy", "map_metadata": "-1", "map_chapters": "-1", "fflags": "+bitexact",
            "movflags": "+faststart+write_colr",
            "video_track_timescale": facts[0].rate.numerator * TIMESCALE_PER_FRAME,
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
        _check_whole(partial, sum(fact.frames for fact in facts))


def _picture(path: Path) -> PictureFacts:
    picture = probe(path).picture
    if picture is None:
        raise MediaBroken(f"Expected a picture in {path.name}, found none; encode the segment again.")
    return picture


def _check_alike(segments: Sequence[Path], facts: Sequence[PictureFacts]) -> None:
    first = facts[0]
    for path, fact in zip(segments, facts, strict=True):
        for what, expected, found in (
            ("codec", first.codec, fact.codec),
            ("size", (first.width_px, first.height_px), (fact.width_px, fact.height_px)),
            ("rate", first.rate, fact.rate),
        ):
            if expected != found:
                raise MediaBroken(
                    f"Expected every segment with the same {what} ({expected}), found {found} in {path.name}; "
                    "encode the segments again."
                )


def _playlist(segments: Sequence[Path], facts: Sequence[PictureFacts]) -> str:
    lines = ["ffconcat version 1.0"]
    for path, fact in zip(segments, facts, strict=True):
        quoted = str(path.absolute()).replace("'", "'\\''")
        lines += [f"file '{quoted}'", f"duration {_decimal(Fraction(fact.frames) / fact.rate)}"]
    return "\n".join(lines) + "\n"


def _decimal(seconds: Fraction) -> str:
    return f"{float(seconds):.9f}"


def _check_whole(path: Path, frames: int) -> None:
    picture = probe(path).picture
    if picture is None or picture.frames != frames:
        raise MediaBroken(
            f"Expected {frames} frames after joining, found {picture.frames if picture else 0}; "
            "encode the segments again."
        )
