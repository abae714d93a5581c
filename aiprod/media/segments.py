"""Encodes one segment of the film with the film's final parameters, so that joining needs no encoding.

Knows offsets, transitions, encoder parameters; the order of work is scale, grade, transition, grain, subtitles, encode.
Does not know where clips come from nor where segments are kept.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from aiprod.errors import EngineMissing, MediaBroken, Misuse
from aiprod.media import colour, graph
from aiprod.media.boxes import read_encoded_picture
from aiprod.media.faces import FONTS_FOLDER
from aiprod.media.grade import graded
from aiprod.media.graph import Stream
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import run_ffmpeg, run_ffmpeg_heard, written_whole
from aiprod.media.stills import seek_to
from aiprod.profiles import Profile, Shape

SEGMENT_VERSION = 6
"""Changes when the same recipe and clips would give other pictures."""

ENCODER_THREADS, CROSSING_THREADS = 4, 2
"""Fixed, because x264's output depends on them. Without a look-ahead thread three leave a sixth of two cores idle, and six cost
more to start than they gain; for the few frames of a transition two are as quick."""

DECODER_THREADS = 2
"""Of a body's clip: pictures are the same, and come while the encoder is asked to take the last one. A transition has two."""

X264_PARAMETERS = "sync-lookahead=0"
"""The look-ahead in a thread of its own gives other bytes from run to run (measured with x264 0.164: docs/LOG.md)."""

ENCODE_TIMEOUT_SECONDS = 1_800.0
TIMESCALE_PER_FRAME = 512

TRANSITIONS = ("dissolve", "match", "fade", "wipe")
"""A match is a short dissolve; a fade goes through black."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRecipe:
    """All that a segment's pictures depend on, but for its clips' content.

    `offsets` are the frames skipped at the start of each clip. `grade` is a style's name or "" (see `grade.py`), `cube`
    the path of an own .cube file or "". `grain` is 0 to 20. `subtitles` is a whole ASS document whose times count from
    the segment's first frame, or "".
    """

    kind: str
    frames: int
    offsets: tuple[int, ...]
    rate: Fraction
    shape: Shape
    crf: int
    preset: str
    gop_frames: int
    grade: str = ""
    cube: str = ""
    grain: int = 0
    subtitles: str = ""
    encoder: str = ""
    version: int = SEGMENT_VERSION

    def canonical(self) -> str:
        """The recipe as text that is equal for equal recipes, to be hashed into the KEY."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)


def read_encoder_version() -> str:
    """Names the ffmpeg that encodes here, because another build may write other bytes. Raises: EngineMissing."""
    text, _ = run_ffmpeg_heard(["-version"], about="Asking ffmpeg its version", timeout_seconds=20)
    words = text.decode("utf-8", "replace").split()
    if len(words) < 3:
        raise EngineMissing("Expected ffmpeg to say its version, found nothing; install it again.")
    return words[2]


def recipe_of(kind: str, frames: int, offsets: tuple[int, ...], profile: Profile, aspect: str) -> SegmentRecipe:
    """A plain recipe in a profile; add grade, grain and subtitles with `dataclasses.replace`."""
    return SegmentRecipe(
        kind=kind, frames=frames, offsets=offsets, rate=profile.rate, shape=profile.shape(aspect),
        crf=profile.crf, preset=profile.preset, gop_frames=profile.gop_frames,
    )  # fmt: skip


def encode_segment(recipe: SegmentRecipe, clips: Sequence[Path], into: Path) -> None:
    """Encode the segment into an .mp4 of exactly `recipe.frames` frames.

    Clips with a key frame every half second are cheap to start in the middle; others are decoded up to the offset.
    Raises: MediaBroken (a clip is damaged or too short), EngineMissing, StorageFull, Unavailable, Misuse.
    """
    if len(clips) != len(recipe.offsets) or len(clips) != (1 if recipe.kind == "body" else 2):
        raise Misuse(f"Expected as many clips as a {recipe.kind} shows, found {len(clips)}.")
    shown = [_shown(clip, *part, recipe) for clip, part in zip(clips, _parts(recipe), strict=True)]
    picture = shown[0] if recipe.kind == "body" else _crossed(shown[0], shown[1], recipe)
    picture = picture.filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    # Clips of some renderers say that pixels are square, others leave it open: joined segments must say the same.
    picture = picture.filter("setsar", 1)
    if recipe.grain:
        picture = picture.filter("noise", c0s=recipe.grain, c0f="t", c0_seed=7)
    with written_whole(into) as partial:
        captions = partial.with_suffix(".ass")
        if recipe.subtitles:
            captions.write_text(recipe.subtitles, encoding="utf-8")
            picture = picture.filter("ass", filename=captions, fontsdir=FONTS_FOLDER)
        about = f"Encoding a {recipe.kind} of {recipe.frames} frames from {', '.join(clip.name for clip in clips)}"
        try:
            run_ffmpeg(_arguments(picture, recipe, partial), about=about, timeout_seconds=ENCODE_TIMEOUT_SECONDS)
        finally:
            captions.unlink(missing_ok=True)
        _check(partial, recipe, about)


def _arguments(picture: Stream, recipe: SegmentRecipe, into: Path) -> list[str]:
    options: dict[str, graph.Option] = {
        "vcodec": "libx264", "preset": recipe.preset, "crf": recipe.crf,
        "threads": ENCODER_THREADS if recipe.kind == "body" else CROSSING_THREADS,
        "x264-params": X264_PARAMETERS,
        "profile:v": "high", "pix_fmt": "yuv420p", "g": recipe.gop_frames, "r": recipe.rate,
        "frames:v": recipe.frames, "flags:v": "+bitexact+cgop", "fflags": "+bitexact", "map_metadata": "-1",
        # One frame must be a whole number of ticks, and every segment of a film must count the same ticks.
        "video_track_timescale": recipe.rate.numerator * TIMESCALE_PER_FRAME, "movflags": "+write_colr",
    }  # fmt: skip
    return ["-filter_complex_threads", "1", *graph.write_arguments([picture], into, **options, **colour.OUTPUT_TAGS)]


def _parts(recipe: SegmentRecipe) -> list[tuple[int, int]]:
    """The first frame that is read of each clip, and how many: a fade shows one clip, then the other."""
    if recipe.kind != "fade":
        return [(offset, recipe.frames) for offset in recipe.offsets]
    old, new = recipe.offsets
    half = recipe.frames // 2
    return [(old, half), (new + half, recipe.frames - half)]


def _shown(clip: Path, offset: int, frames: int, recipe: SegmentRecipe) -> Stream:
    facts = probe(clip).picture
    if facts is None:
        raise MediaBroken(f"Expected a picture in {clip.name}, found none; render the clip again.")
    _check_clip(clip, facts, offset + frames, recipe)
    threads = DECODER_THREADS if recipe.kind == "body" else 1
    source = graph.read(clip, threads=threads, **seek_to(offset, recipe.rate)).video
    # Timestamps are made anew: filters with two inputs pair frames by time, and clips may start a fraction late.
    timed = source.filter("setpts", f"N/({recipe.rate}*TB)").filter("trim", end_frame=frames)
    return graded(colour.to_film(timed, facts, recipe.shape), recipe.grade, recipe.cube)


def _check_clip(clip: Path, facts: PictureFacts, frames: int, recipe: SegmentRecipe) -> None:
    if facts.rate != recipe.rate:
        raise MediaBroken(
            f"Expected {clip.name} at {recipe.rate} frames a second, found {facts.rate}; render the clip again."
        )
    if facts.frames < frames:
        raise MediaBroken(
            f"Expected at least {frames} frames in {clip.name}, found {facts.frames}; render the clip again."
        )


def _crossed(old: Stream, new: Stream, recipe: SegmentRecipe) -> Stream:
    """One clip into the other. xfade computes in floats, at full colour: overlay and fade cost a half of it (docs/LOG.md)."""
    old, new = (_ticking(stream, recipe) for stream in (old, new))
    if recipe.kind in ("dissolve", "match"):
        clear = new.filter("format", "yuva420p").filter("fade", type="in", nb_frames=recipe.frames, alpha=1)
    elif recipe.kind == "wipe":
        clear = graph.filter_many([new.filter("format", "yuva420p"), _edge(recipe)], "alphamerge")
    elif recipe.kind == "fade":
        half = recipe.frames // 2
        out = old.filter("fade", type="out", nb_frames=half)
        back = new.filter("fade", type="in", nb_frames=recipe.frames - half)
        return graph.filter_many([out, back], "concat", n=2)
    else:
        raise Misuse(f"Expected a body, {', '.join(TRANSITIONS)}, found {recipe.kind!r}.")
    return graph.filter_many([old, clear], "overlay", format="yuv420", shortest=1)


def _edge(recipe: SegmentRecipe) -> Stream:
    """What is seen of the new clip in a wipe, from black to white: an edge as soft as the picture is wide, that moves from the
    right to the left. It is drawn once, two rows of it, and then seen through a window."""
    width, height = recipe.shape.width_px, recipe.shape.height_px
    drawn = graph.read_source(f"color=black:s={3 * width}x2:r={recipe.rate}").filter("trim", end_frame=1).filter("format", "gray")
    eased = drawn.filter("geq", lum=f"st(0,clip(X/{width}-1,0,1));255*ld(0)*ld(0)*(3-2*ld(0))")
    tall = eased.filter("scale", w=3 * width, h=height, flags="neighbor").filter("loop", loop=recipe.frames - 1, size=1)
    timed = _ticking(tall.filter("setpts", f"N/({recipe.rate}*TB)"), recipe)
    return timed.filter("crop", w=width, h=height, x=f"{2 * width}*n/{recipe.frames}", y=0)


def _ticking(stream: Stream, recipe: SegmentRecipe) -> Stream:
    return stream.filter("settb", f"1/{recipe.rate.numerator * TIMESCALE_PER_FRAME}")


def _check(path: Path, recipe: SegmentRecipe, about: str) -> None:
    found = read_encoded_picture(path).frames
    if found != recipe.frames:
        raise MediaBroken(f"{about} gave {found} frames: a clip is damaged; render it again.")
