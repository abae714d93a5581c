"""The assembly stage: segments are encoded as their clips arrive; at the end they are joined and the sound is added.

Reads: `plans/V/R.json`, `narrations/V/R.json`, `clips/V/R/...`, `mixes/V/R/...`. Writes: `segments/V/R/...`; then
`exports/V/R/...` and last `films/V/R.json`. Emits: the finalisation of each segment and of the film's manifest.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.encoding import key_of, to_readable_json
from aiprod.errors import MediaBroken, Misuse, NotFound
from aiprod.events import AssemblyRequested, ClipFailed, Event, ObjectFinalized
from aiprod.finishing import Finish, segment_recipe, write_exports
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.manifests import Export, FilmManifest, NarrationManifest, PlanManifest, ScriptManifest
from aiprod.media.clip_gate import find_faults
from aiprod.media.clip_scores import measure_clip
from aiprod.media.join import FilmTags, join
from aiprod.media.loudness import measure_loudness
from aiprod.media.probe import probe
from aiprod.media.segments import encode_segment
from aiprod.ports import Clock, Publisher, Workspace
from aiprod.profiles import find_profile
from aiprod.timeline import Segment
from aiprod.video import Clip, ClipNoted, ClipStatus, Status, Video, clip_id, deliver


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What came of looking at a clip; `unfit`: it is whole, and not good enough."""

    refused: bool
    unfit: bool = False
    faults: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyStage:
    """Encodes segments and assembles films."""

    ledger: Ledger
    artefacts: Artefacts
    publisher: Publisher
    clock: Clock
    workspace: Workspace

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
        if known.address != address:
            checked = self._check(address, plan, known)
            if checked.refused:
                self._refuse_clip(known, address, checked)
                return
            for note in checked.faults:
                self.ledger.advance(video.id, ClipNoted(revision=video.revision, at=self.clock.now(), notes=(
                    f"Scene {place.item} is as good as its renderers could make it: {note}",
                )))  # fmt: skip
            self.ledger.change_clip(name, lambda clip: _delivered(clip, address, checked))
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

    def _check(self, address: str, plan: PlanManifest, clip: Clip) -> "_Checked":
        """Look at a clip's pictures. The user's own are taken as they are; the last one that anybody can draw is taken with
        its lesser faults."""
        with self.workspace.open("check") as folder:
            try:
                file = self.artefacts.objects.fetch(address, folder)
                picture = probe(file).picture
                wanted, found = plan.shot(clip.scene).frames, picture.frames if picture else 0
                if found != wanted:
                    sentence = f"Expected {wanted} frames in the clip of scene {clip.scene}, found {found}."
                    return _Checked(refused=True, faults=(sentence,))
                scores = measure_clip(file)
            except (MediaBroken, NotFound) as error:
                return _Checked(refused=True, faults=(str(error),))
        faults = () if plan.shot(clip.scene).media else find_faults(scores)
        last = bool(clip.reseeded) and not clip.renderers
        unfit = bool(faults) and not (last and not any(fault.grave for fault in faults))
        logger().info("clip measured", scene=clip.scene, renderer=clip.renderer, unfit=unfit, **asdict(scores))
        return _Checked(
            refused=unfit, unfit=unfit, faults=tuple(fault.sentence for fault in faults),
            scores=tuple((name, round(float(value), 3)) for name, value in asdict(scores).items()),
        )  # fmt: skip

    def _refuse_clip(self, clip: Clip, address: str, checked: "_Checked") -> None:
        """A clip that cannot be used is removed, and asked for again."""
        self.artefacts.objects.delete(address)
        self.publisher.publish("clip-failures", ClipFailed(
            video=clip.video, revision=clip.revision, scene=clip.scene, attempt=clip.attempt, permanent=False,
            sentence=" ".join(checked.faults), unfit=clip.key if checked.unfit else "",
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
        with self.workspace.open("film") as folder:
            segments = [
                self.artefacts.objects.fetch(self._segment(video, segment), folder)
                for segment in plan.timeline.segments
            ]
            film = folder / "film.mp4"
            sound = self.artefacts.objects.fetch(plan.mix, folder)
            tags = FilmTags(title=script.script.title, language=script.script.language)
            join(segments, sound, film, tags)
            clips = {clip.scene: clip for clip in self.ledger.clips(video.id, revision)}
            finish = Finish(
                brief=video.brief,
                script=script,
                plan=plan,
                film=film,
                clip_of=lambda scene: self.artefacts.objects.fetch(clips[scene].address, folder),
                specs={scene: clip.spec for scene, clip in clips.items()},
            )
            files = {"film.mp4": film, **write_exports(finish, folder)}
            exports = tuple(self._keep(video, name, file) for name, file in files.items())
            loudness = measure_loudness(film)
        profile = find_profile(video.brief.profile)
        manifest = FilmManifest(
            title=script.script.title, language=script.script.language, seconds=plan.timeline.seconds,
            frames=plan.timeline.frames, rate=plan.timeline.rate, shape=profile.shape(video.brief.aspect),
            loudness_lufs=loudness.integrated_lufs, true_peak_dbtp=loudness.true_peak_dbtp, exports=exports,
            credits=finish.credits, notes=video.notes + finish.notes,
            renderers=tuple(clip.renderer for clip in clips.values()), models=_models(narration, clips.values()),
        )  # fmt: skip
        self._keep(video, "manifest.json", to_readable_json(manifest))
        self.artefacts.write_manifest(address, manifest)

    def _segment(self, video: Video, segment: Segment) -> str:
        prefix = f"{paths.segments(video.id, video.revision)}{segment.index:03d}-"
        found = self.artefacts.objects.under(prefix)
        if not found:
            raise NotFound(f"Expected segment {segment.index} of video {video.id}, found none.")
        return found[0].address

    def _keep(self, video: Video, name: str, content: Path | bytes) -> Export:
        address = paths.export(video.id, video.revision, name)
        stored = self.artefacts.objects.stat(address)
        if stored is None:
            stored = self.artefacts.keep(address, content)
        return Export(name=name, address=address, size=stored.size)


def _delivered(clip: Clip, address: str, checked: _Checked) -> Clip:
    ready = deliver(clip, address)
    return replace(ready, scores=checked.scores) if ready is not clip else clip


def _models(narration: NarrationManifest, clips: Iterable[Clip]) -> tuple[str, ...]:
    """What spoke and drew the film, each once, with its version."""
    drawn = (f"{clip.renderer} {clip.version}".rstrip() for clip in clips)
    return tuple(dict.fromkeys(name for name in (narration.voice, *drawn) if name))
