"""What a film gets beside its pictures: each segment's subtitles, and the files that lie next to the film.

Knows the plan and the brief; `aiprod/media/` knows how each thing is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from aiprod.brief import Brief
from aiprod.encoding import from_json, to_readable_json
from aiprod.manifests import PlanManifest, ScriptManifest
from aiprod.media.ass import Canvas, missing_characters, write_segment_ass
from aiprod.media.attribution import read_attribution
from aiprod.media.captions import caption_cues, write_srt, write_vtt
from aiprod.media.poster import poster_overlay
from aiprod.media.segments import SegmentRecipe, read_encoder_version, recipe_of
from aiprod.media.stills import Still, write_still
from aiprod.media.subtitles import burned_cues, find_style
from aiprod.media.thumbnail import View, choose_view
from aiprod.profiles import find_profile
from aiprod.script_format import write_json
from aiprod.timeline import Segment
from aiprod.units import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """A film and all that its companions are made from; `clip_of` gives a scene's clip, where no subtitle is burned in;
    `specs` are the scenes' plans, which say when they are written over; `views` those of its frames that were rated."""

    brief: Brief
    script: ScriptManifest
    plan: PlanManifest
    clip_of: Callable[[int], Path]
    specs: Mapping[int, str] = field(default_factory=dict)
    views: Mapping[int, Sequence[View]] = field(default_factory=dict)

    @property
    def credits(self) -> tuple[str, ...]:
        """To whom facts and pictures are owed, a line each."""
        facts = (
            f"{source.title}, {source.work}, {source.licence}" + (f", {source.url}" if source.url else "")
            for source in self.script.script.sources
        )
        owed = [scene for scene, spec in sorted(self.specs.items()) if from_json(_Written, spec).credited]
        pictures = (line for scene in owed for line in read_attribution(self.clip_of(scene)))
        return tuple(dict.fromkeys((*facts, *pictures)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the subtitles."""
        style = find_style(self.brief.subtitles)
        if style is None:
            return ()
        cues = burned_cues(self.plan.timeline, style, self.script.script.language)
        missing = "".join(missing_characters(cues, style))
        return (f"No font here can draw {missing}: the subtitles leave it out.",) if missing else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What every renderer's plan may say: when the picture is written over; that the clip says to whom it is owed."""

    lettered: tuple[tuple[float, float], ...] = ()
    credited: bool = False


def segment_recipe(brief: Brief, plan: PlanManifest, language: str, segment: Segment) -> SegmentRecipe:
    """How a segment is encoded, with the subtitles seen in it."""
    profile = find_profile(brief.profile)
    plain = recipe_of(segment.kind, segment.frames, segment.offsets, profile, brief.aspect)
    style = find_style(brief.subtitles)
    if style is None:
        return replace(plain, encoder=_encoder())
    canvas = Canvas(shape=profile.shape(brief.aspect), rate=profile.rate)
    cues = burned_cues(plan.timeline, style, language)
    subtitles = write_segment_ass(cues, style, canvas, segment.start_frame, segment.frames)
    return replace(plain, subtitles=subtitles, encoder=_encoder())


@cache
def _encoder() -> str:
    return read_encoder_version()


def write_exports(finish: Finish, folder: Path) -> dict[str, Path]:
    """The files beside the film, by name. Raises: MediaBroken, StorageFull, EngineMissing."""
    script = finish.script.script
    captions = caption_cues(finish.plan.timeline, script.language)
    texts = {
        "subtitles.srt": write_srt(captions).encode("utf-8"),
        "subtitles.vtt": write_vtt(captions, script.language).encode("utf-8"),
        "timeline.json": to_readable_json(finish.plan.timeline),
        "script.json": write_json(script),
    }
    files: dict[str, Path] = {}
    for name, content in texts.items():
        files[name] = folder / name
        files[name].write_bytes(content)
    return files | _stills(finish, folder)


def _stills(finish: Finish, folder: Path) -> dict[str, Path]:
    """The thumbnail, which is the film's best frame without subtitles, and the poster made of it."""
    timeline = finish.plan.timeline
    shape = find_profile(finish.brief.profile).shape(finish.brief.aspect)
    title = finish.script.script.title
    lettered = {scene: from_json(_Written, spec).lettered for scene, spec in finish.specs.items()}
    scene, frame = choose_view(finish.views, timeline, lettered)
    still = Still(source=finish.clip_of(scene), frame=frame, rate=timeline.rate, shape=shape)
    files = {"thumbnail.jpg": folder / "thumbnail.jpg", "poster.jpg": folder / "poster.jpg"}
    write_still(still, files["thumbnail.jpg"])
    overlay = poster_overlay(title, clock(timeline.seconds), shape)
    write_still(replace(still, overlay=overlay), files["poster.jpg"])
    return files
