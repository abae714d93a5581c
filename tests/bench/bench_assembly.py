"""Measures assembly against its limit: one bare libx264 encode of the same frames, in the same run.

    python -m tests.bench.bench_assembly --seconds 8 --scenes 8      the whole 64 s film (minutes)
    python -m tests.bench.bench_assembly                             a short film, for a quick look

Writes a table to standard output. Clips are made first (a slow fractal zoom with sharp edges, about as hard to encode
as rendered scenes, written as renderers write theirs); making them, and the narration, is not measured. CPU is user
and system time of all processes. The limit is measured before and after, because a machine's pace drifts. Clips have
been looked at by their gate, and SciPy is loaded: in a worker both were done before.
"""

import argparse
import importlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from aiprod.media import graph
from aiprod.media.ass import Canvas, write_segment_ass
from aiprod.media.boxes import read_encoded_picture
from aiprod.media.clip_scores import measure_clip
from aiprod.media.join import FilmTags, join
from aiprod.media.mix import mix
from aiprod.media.music import play
from aiprod.media.process import run_ffmpeg
from aiprod.media.score import compose
from aiprod.media.segments import SegmentRecipe, encode_segment, recipe_of
from aiprod.media.stills import MICROSECONDS, Still, write_still
from aiprod.media.subtitles import burned_cues, find_style
from aiprod.media.thumbnail import View, Views, choose_view
from aiprod.profiles import Profile, Shape, find_profile
from aiprod.story import Word
from aiprod.timeline import Segment, SpokenScene, Timeline, lay
from aiprod.visuals.intermediate import PROCESSOR, clip_options
from tests.bench.bench_sound import FilmSound, film_sound

TIMEOUT_SECONDS = 3_600
WORDS = ("the", "giant", "panda", "eats", "twelve", "kilos", "of", "bamboo", "every", "single", "day", "because")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one way of working took."""

    name: str
    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Look:
    """What is added to the plain pictures."""

    subtitles: str = "none"
    grade: str = ""
    grain: int = 0
    cube: str = ""


def main() -> None:
    """Make the clips, run every way once, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=2, help="length of a scene")
    parser.add_argument("--scenes", type=int, default=4)
    parser.add_argument("--profile", default="social")
    parser.add_argument("--work-size", action="store_true", help="clips at the renderers' size instead of the film's")
    parser.add_argument("--grade", default="cinematic")
    parser.add_argument("--cube", default="", help="an own .cube file, measured apart")
    parser.add_argument("--only", default="", help="measure only this way, and the limit")
    asked = parser.parse_args()
    profile = find_profile(asked.profile)
    timeline = _timeline(asked.scenes, asked.seconds, profile)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shape = profile.work_shape("") if asked.work_size else profile.shape("")
        clips = [_make_clip(folder / f"{shot.scene}.mp4", shot.frames, shape, profile) for shot in timeline.shots]
        film = Assembly(
            timeline=timeline, profile=profile, clips=clips, folder=folder, sound=film_sound(folder, timeline.seconds),
            views={scene: _see(clip) for scene, clip in enumerate(clips, start=1)},
        )  # fmt: skip
        ways: list[tuple[str, Callable[[], None]]] = [
            ("plain", lambda: film.make(Look())),
            ("subtitles", lambda: film.make(Look(subtitles="karaoke"))),
            ("whole", lambda: film.make(Look(subtitles="karaoke"), whole=True)),
            ("whole, grade", lambda: film.make(Look("karaoke", asked.grade), whole=True)),
            ("whole, grain 4", lambda: film.make(Look("karaoke", grain=4), whole=True)),
        ]
        if asked.cube:
            ways.append(("subtitles, own cube", lambda: film.make(Look("karaoke", cube=asked.cube))))
        chosen = [(way, work) for way, work in ways if asked.only in ("", way)]
        if not chosen:
            parser.error(f"expected --only to be one of {'; '.join(way for way, _ in ways)}; found {asked.only!r}")
        importlib.import_module("scipy.signal")
        film.make_crossings()
        before = _measure("limit: bare libx264, before", film.encode_bare)
        costs = [_measure(way, work) for way, work in chosen]
        costs.append(_measure("after the last clip", film.finish_last))
        after = _measure("limit: bare libx264, after", film.encode_bare)
    _print_table([before, *costs, after], timeline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """A film's parts."""

    timeline: Timeline
    profile: Profile
    clips: list[Path]
    views: dict[int, list[View]]
    sound: FilmSound
    folder: Path

    def make(self, look: Look, whole: bool = False) -> None:
        """Encode every segment and join them; the whole film has its sound and its thumbnail too."""
        parts = [self._encode(index, look) for index in range(len(self.timeline.segments))]
        if not whole:
            join(parts, None, self.folder / "film.mp4", FilmTags(title="Measured"))
            return
        play(compose(self.sound.score), self.folder / "music.wav")
        mix(self.sound.mix, self.folder / "sound.m4a")
        self._join(parts)

    def _join(self, parts: list[Path]) -> None:
        join(parts, self.folder / "sound.m4a", self.folder / "film.mp4", FilmTags(title="Measured"))
        scene, frame = choose_view(self.views, self.timeline, {})
        source, shape = self.clips[scene - 1], self.profile.shape("")
        write_still(Still(source=source, frame=frame, rate=self.timeline.rate, shape=shape), self.folder / "thumbnail.jpg")

    def finish_last(self) -> None:
        """What is left when the last clip arrives: the segments that show it, the join and the thumbnail. The first scene and
        the last are drawn first, so it is the one before the last."""
        last = len(self.clips) - 1
        for index, segment in enumerate(self.timeline.segments):
            if last in segment.scenes:
                self._encode(index, Look(subtitles="karaoke"))
        self._join([self.folder / f"segment{index}.mp4" for index in range(len(self.timeline.segments))])

    def encode_bare(self) -> None:
        """The film's own frames, transitions made beforehand, through one libx264 with its groups of pictures, nothing else.

        Raises: AssertionError, where a frame is missing.
        """
        playlist, bare, rate = self.folder / "all.ffconcat", self.folder / "bare.mp4", self.timeline.rate
        lines = ["ffconcat version 1.0"]
        for segment in self.timeline.segments:
            if segment.kind == "body":
                first = segment.offsets[0]
                begin, end = (f"{frame * MICROSECONDS // rate}us" for frame in (first, first + segment.frames))
                lines += [f"file '{self.clips[segment.scenes[0] - 1]}'", f"inpoint {begin}", f"outpoint {end}"]
            else:
                lines.append(f"file '{self._crossed(segment)}'")
        playlist.write_text("\n".join(lines), encoding="utf-8")
        options: dict[str, graph.Option] = {
            "vcodec": "libx264", "preset": self.profile.preset, "crf": self.profile.crf, "g": self.profile.gop_frames,
            "flags:v": "+cgop", "fps_mode": "passthrough",
        }  # fmt: skip
        source = graph.read(playlist, f="concat", safe=0).video
        run_ffmpeg(graph.write_arguments([source], bare, **options), about="The limit", timeout_seconds=TIMEOUT_SECONDS)
        assert read_encoded_picture(bare).frames == self.timeline.frames

    def make_crossings(self) -> None:
        """Write each transition as clips are written, for the limit."""
        for segment in self.timeline.segments:
            if segment.kind != "body":
                recipe = recipe_of(segment.kind, segment.frames, segment.offsets, self.profile, "")
                nearly_lossless = replace(recipe, preset=PROCESSOR["preset"], crf=PROCESSOR["crf"])
                encode_segment(nearly_lossless, [self.clips[scene - 1] for scene in segment.scenes], self._crossed(segment))

    def _crossed(self, segment: Segment) -> Path:
        return self.folder / f"crossed{segment.index}.mp4"

    def _encode(self, index: int, look: Look) -> Path:
        segment = self.timeline.segments[index]
        recipe: SegmentRecipe = replace(
            recipe_of(segment.kind, segment.frames, segment.offsets, self.profile, ""),
            grade=look.grade, grain=look.grain, cube=look.cube,
        )  # fmt: skip
        style = find_style(look.subtitles)
        if style is not None:
            cues = burned_cues(self.timeline, style, "en")
            canvas = Canvas(shape=recipe.shape, rate=recipe.rate)
            subtitles = write_segment_ass(cues, style, canvas, segment.start_frame, segment.frames)
            recipe = replace(recipe, subtitles=subtitles)
        into = self.folder / f"segment{index}.mp4"
        encode_segment(recipe, [self.clips[scene - 1] for scene in segment.scenes], into)
        return into


def _timeline(scenes: int, seconds: int, profile: Profile) -> Timeline:
    spoken_seconds = Fraction(seconds) - 1
    count = int(spoken_seconds / Fraction(2, 5))
    words = tuple(
        Word(text=WORDS[i % len(WORDS)], start=Fraction(2 * i, 5), end=Fraction(2 * i, 5) + Fraction(7, 20))
        for i in range(count)
    )
    spoken = [SpokenScene(number=n + 1, seconds=spoken_seconds, words=words) for n in range(scenes)]
    kinds = ("dissolve", "cut", "fade", "wipe", "match")
    return lay(spoken, [kinds[i % len(kinds)] for i in range(scenes - 1)], profile.rate)


def _make_clip(into: Path, frames: int, shape: Shape, profile: Profile) -> Path:
    size = f"{shape.width_px}x{shape.height_px}"
    depth = 0.4 / int(into.stem)
    source = graph.read_source(f"mandelbrot=s={size}:r={profile.rate}:start_scale={depth}:end_scale=0.01:maxiter=150")
    tagged = source.filter("format", "yuv420p").filter(
        "setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv"
    )
    options: dict[str, graph.Option] = {"frames:v": frames, **PROCESSOR, **clip_options(profile.rate)}
    run_ffmpeg(graph.write_arguments([tagged], into, **options), about="A clip", timeout_seconds=TIMEOUT_SECONDS)
    return into


def _see(clip: Path) -> list[View]:
    """A clip's views, as its gate rates them when it lands; what the gate costs is not assembly's."""
    views = Views(title_top=1.0)
    measure_clip(clip, views.see)
    return views.rated


def _measure(name: str, work: Callable[[], None]) -> Cost:
    def cpu() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
        return sum(usage.ru_utime + usage.ru_stime for usage in used)

    began, began_cpu = time.monotonic(), cpu()
    work()
    return Cost(name=name, cpu_seconds=cpu() - began_cpu, wall_seconds=time.monotonic() - began)


def _print_table(costs: list[Cost], timeline: Timeline) -> None:
    """The first and the last cost are the limit's; what lies between is told in parts of their mean."""
    cpu_seconds = (costs[0].cpu_seconds + costs[-1].cpu_seconds) / 2
    wall_seconds = (costs[0].wall_seconds + costs[-1].wall_seconds) / 2
    lines = [
        f"Film of {float(timeline.seconds):.1f} s, {timeline.frames} frames, {len(timeline.segments)} segments.", "",
        "| way | CPU s | of the limit | wall s | of the limit |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [
        f"| {cost.name} | {cost.cpu_seconds:.1f} | {cost.cpu_seconds / cpu_seconds:.3f} "
        f"| {cost.wall_seconds:.1f} | {cost.wall_seconds / wall_seconds:.3f} |"
        for cost in costs
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
