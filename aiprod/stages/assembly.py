"""The assembly stage: segments are encoded as their clips arrive; at the end they are joined and the sound is added.

Reads: `plans/V/R.json`, `narrations/V/R.json`, `clips/V/R/...`, `mixes/V/R/...`. Writes: `segments/V/R/...`; then
`exports/V/R/...` and last `films/V/R.json`. Emits: the finalisation of each segment and of the film's manifest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.brief import Brief
from aiprod.consents import describe_use
from aiprod.encoding import key_of, to_readable_json
from aiprod.errors import Misuse, NotFound
from aiprod.events import AssemblyRequested, ClipFailed, Event, ObjectFinalized
from aiprod.finishing import Finish, segment_recipe, write_exports
from aiprod.ledger import Ledger
from aiprod.manifests import Export, FilmManifest, NarrationManifest, PlanManifest, ScriptManifest
from aiprod.media.join import FilmTags, join
from aiprod.media.loudness import measure_loudness
from aiprod.media.poster import title_top
from aiprod.media.segments import encode_segment
from aiprod.ports import Clock, Publisher, Workspace
from aiprod.profiles import find_profile
from aiprod.screening import Screened, Screening, judges_of
from aiprod.soundtrack import Soundtrack, is_sounding, make_mix
from aiprod.timeline import Segment
from aiprod.video import Clip, ClipNoted, ClipStatus, Status, Video, clip_id, deliver


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyStage:
    """Encodes segments and assembles films."""

    ledger: Ledger
    artefacts: Artefacts
    publisher: Publisher
    clock: Clock
    workspace: Workspace
    screening: Screening

    def handle(self, event: Event) -> None:
        """Raises: MediaBroken, StorageFull, EngineMissing, Transient."""
        match event:
            case ObjectFinalized():
                self._clip_arrived(paths.parse(event.address), event.address)
            case AssemblyRequested():
                self._assemble(self.ledger.get(event.video), event.revision)
            case _:
                raise Misuse(f"Expected a clip or a request to assemble, found {type(event).__name__}.")

    # --- segments

    def _clip_arrived(self, place: paths.Place, address: str) -> None:
        video = self.ledger.get(place.video)
        if video.over or video.revision != place.revision:
            return
        plan = self.artefacts.read(PlanManifest, paths.plan(video.id, video.revision))
        name = clip_id(place.video, place.revision, place.item)
        if not self.artefacts.exists(address):
            return  # refused before: what was asked for in its place comes under another KEY, or is made again
        known = self.ledger.clip(name)
        if known.key != place.key:
            return  # of a renderer, or with a seed, that was given up since: what is told of the clip is not of this one
        if known.address != address:
            screened = self._screen(address, known, video.brief)
            if screened.notes:
                self.ledger.advance(video.id, ClipNoted(revision=video.revision, at=self.clock.now(), notes=screened.notes))
            if screened.refused:
                self._refuse_clip(known, address, screened)
                return
            self.ledger.change_clip(name, lambda clip: _delivered(clip, address, screened))
        ready = {
            clip.scene: clip for clip in self.ledger.clips(video.id, video.revision) if clip.status is ClipStatus.READY
        }
        touching = [
            segment
            for segment in plan.timeline.segments
            if place.item in segment.scenes and all(scene in ready for scene in segment.scenes)
        ]
        for segment in sorted(touching, key=lambda segment: len(segment.scenes)):
            self._encode(video, plan, segment, [ready[scene] for scene in segment.scenes])

    def _screen(self, address: str, clip: Clip, brief: Brief) -> Screened:
        script = self.artefacts.read(ScriptManifest, paths.script(clip.video, clip.revision)).script
        scene = next(scene for scene in script.scenes if scene.number == clip.scene)
        title = title_top(script.title, find_profile(brief.profile).shape(brief.aspect))
        with self.workspace.open("screen") as folder:
            try:
                file = self.artefacts.objects.fetch(address, folder)
            except NotFound as error:
                return Screened(refused=True, faults=(str(error),))
            return self.screening.look(file, clip, scene, script.language, title)

    def _refuse_clip(self, clip: Clip, address: str, screened: Screened) -> None:
        """A clip that cannot be used is removed, and asked for again."""
        self.artefacts.objects.delete(address)
        self.publisher.publish("clip-failures", ClipFailed(
            video=clip.video, revision=clip.revision, scene=clip.scene, attempt=clip.attempt, permanent=False,
            sentence=" ".join(screened.faults), unfit=clip.key if screened.unfit else "",
        ))  # fmt: skip

    def _encode(self, video: Video, plan: PlanManifest, segment: Segment, clips: list[Clip]) -> None:
        recipe = segment_recipe(video.brief, plan, video.language, segment)
        sources = [clip.address.rpartition("-")[2] for clip in clips]
        key = key_of("segment", recipe.canonical(), sources)
        with self.workspace.open("segment") as folder:

            def produce() -> Path:
                into = folder / "segment.mp4"
                encode_segment(recipe, [self.artefacts.objects.fetch(clip.address, folder) for clip in clips], into)
                return into

            self.artefacts.make(paths.segment(video.id, video.revision, segment.index, key), key, produce)

    # --- the film

    def _assemble(self, video: Video, revision: int) -> None:
        if video.status is not Status.ASSEMBLING or video.revision != revision:
            return
        address = paths.film(video.id, revision)
        if self.artefacts.exists(address):
            self.artefacts.announce(address)
            return
        script = self.artefacts.read(ScriptManifest, paths.script(video.id, revision))
        plan = self.artefacts.read(PlanManifest, paths.plan(video.id, revision))
        narration = self.artefacts.read(NarrationManifest, paths.narration(video.id, revision))
        profile = find_profile(video.brief.profile)
        with self.workspace.open("film") as folder:
            segments = [
                self.artefacts.objects.fetch(self._segment(video, segment), folder)
                for segment in plan.timeline.segments
            ]
            film = folder / "film.mp4"
            clips = {clip.scene: clip for clip in self.ledger.clips(video.id, revision)}
            sounding = {scene: clip.address for scene, clip in clips.items() if is_sounding(clip.spec)}
            track = Soundtrack(script=script, narration=narration, timeline=plan.timeline, profile=profile, clips=sounding)
            sound = self.artefacts.objects.fetch(self._mix(video, plan, track), folder)
            tags = FilmTags(title=script.script.title, language=script.script.language)
            join(segments, sound, film, tags)
            finish = Finish(
                brief=video.brief,
                script=script,
                plan=plan,
                clip_of=lambda scene: self.artefacts.objects.fetch(clips[scene].address, folder),
                specs={scene: clip.spec for scene, clip in clips.items()},
                views={scene: clip.views for scene, clip in clips.items()},
            )
            files = {"film.mp4": film, **write_exports(finish, folder)}
            exports = tuple(self._keep(video, name, file) for name, file in files.items())
            loudness = measure_loudness(film)
        manifest = FilmManifest(
            title=script.script.title, language=script.script.language, seconds=plan.timeline.seconds,
            frames=plan.timeline.frames, rate=plan.timeline.rate, shape=profile.shape(video.brief.aspect),
            loudness_lufs=loudness.integrated_lufs, true_peak_dbtp=loudness.true_peak_dbtp, exports=exports,
            credits=(*finish.credits, *map(describe_use, narration.consents)), notes=video.notes + finish.notes,
            renderers=tuple(clip.renderer for clip in clips.values()), models=_models(narration, clips.values()),
            consents=narration.consents,
        )  # fmt: skip
        self._keep(video, "manifest.json", to_readable_json(manifest))
        self.artefacts.write_manifest(address, manifest)

    def _mix(self, video: Video, plan: PlanManifest, track: Soundtrack) -> str:
        """Address of the film's sound: the one mixed beforehand, unless clips bring sounds of their own. Those are known
        last, and a film that has them is mixed again."""
        if not track.clips:
            return plan.mix
        address = paths.mix(video.id, video.revision, track.key)
        self.artefacts.make(address, track.key, lambda: make_mix(track, self.artefacts.objects, self.workspace))
        return address

    def _segment(self, video: Video, segment: Segment) -> str:
        prefix = f"{paths.segments(video.id, video.revision)}{segment.index:03d}-"
        found = self.artefacts.objects.under(prefix)
        if not found:
            raise NotFound(f"Expected segment {segment.index} of video {video.id}, found none.")
        return found[0].address

    def _keep(self, video: Video, name: str, content: Path | bytes) -> Export:
        address = paths.export(video.id, video.revision, name)
        self.artefacts.make(address, "", lambda: content)
        stored = self.artefacts.objects.stat(address)
        if stored is None:
            raise NotFound(f"Expected {address} as it was just kept, found none.")
        return Export(name=name, address=address, size=stored.size)


def _delivered(clip: Clip, address: str, screened: Screened) -> Clip:
    ready = deliver(clip, address)
    return replace(ready, scores=screened.scores, views=screened.views) if ready is not clip else clip


def _models(narration: NarrationManifest, clips: Iterable[Clip]) -> tuple[str, ...]:
    """What spoke, drew and judged the film's clips, each once, with its version."""
    clips = tuple(clips)
    drawn = (f"{clip.renderer} {clip.version}".rstrip() for clip in clips)
    judges = (judge for clip in clips for judge in judges_of(clip.scores))
    return tuple(dict.fromkeys(name for name in (narration.voice, *drawn, *judges) if name))
