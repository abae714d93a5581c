"""Clips of a service made into one: joined by dissolves and slowed as the cut says. Knows ffmpeg's graphs, no service."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from aiprod.errors import MediaBroken
from aiprod.media import colour, graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.profiles import Shape
from aiprod.visuals.hosted.orders import JOIN_SECONDS
from aiprod.visuals.intermediate import PROCESSOR, clip_options

TIMEOUT_SECONDS = 600.0


def join_parts(parts: Sequence[Path], slowing: Fraction, into: Path, rate: Fraction) -> None:
    """Write the clips as one, at `rate` frames a second. Raises: MediaBroken, StorageFull, EngineMissing."""
    film: graph.Stream | None = None
    at = Fraction(0)
    first = _picture(parts[0])
    shape = Shape(width_px=first.width_px, height_px=first.height_px)
    for part in parts:
        facts = _picture(part)
        seconds = facts.seconds
        shown = graph.read(part, threads=1).video.filter("setpts", f"{float(slowing):.6f}*(PTS-STARTPTS)")
        # Frames between those that there are, so that a slowed clip does not stutter.
        shown = shown.filter("framerate", fps=rate)
        shown = colour.to_film(shown, facts, shape).filter("setsar", 1).filter("settb", expr="AVTB")
        if film is None:
            film, at = shown, seconds * slowing
            continue
        film = graph.filter_many(
            [film, shown], "xfade", transition="fade", duration=f"{float(JOIN_SECONDS):.6f}",
            offset=f"{float(at - JOIN_SECONDS):.6f}",
        )  # fmt: skip
        at += seconds * slowing - JOIN_SECONDS
    if film is None:
        raise MediaBroken("Expected at least one clip to join, found none.")
    with written_whole(into) as partial:
        run_ffmpeg(
            graph.write_arguments([film], partial, pix_fmt="yuv420p", **PROCESSOR, **clip_options(rate)),
            about=f"Joining {len(parts)} clips", timeout_seconds=TIMEOUT_SECONDS,
        )  # fmt: skip


def _picture(path: Path) -> PictureFacts:
    facts = probe(path).picture
    if facts is None or not facts.seconds or facts.frames < 1:
        raise MediaBroken(f"Expected a clip with pictures in {path.name}, found none.")
    return facts
