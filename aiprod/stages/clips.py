"""The clips stage: the timeline is fixed from the spoken times, and one clip is asked for a scene.

Reads: `narrations/V/R.json`, `scripts/V/R.json`. Writes: `plans/V/R.json`, the clips' documents, then the whole sound
`mixes/V/R/KEY.m4a` while the renderers work. Emits: ClipRequested for each scene, first and last scenes first.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.errors import AlreadyExists, Misuse, NotFound
from aiprod.events import ClipRequested, Event, ObjectFinalized
from aiprod.ledger import Ledger
from aiprod.manifests import NarrationManifest, PlanManifest, ScriptManifest
from aiprod.ports import Clock, Renderer, Workspace
from aiprod.profiles import find_profile
from aiprod.shots import plan_clips, plan_film
from aiprod.soundtrack import Soundtrack, make_mix
from aiprod.timeline import Timeline
from aiprod.video import Clip, ClipsPlanned, Message, Video, ask

EDGE_PRIORITY = 10
"""The first and the last scene are asked for first: their ends decide the film's look and its poster."""
UNNOTICED = 0.15
"""The part of the wanted length by which a film may be longer or shorter without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsStage:
    """Plans shots and asks for clips."""

    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    renderers: Mapping[str, Renderer]
    workspace: Workspace

    def handle(self, event: Event) -> None:
        """Raises: ContentRefused, MediaBroken, EngineMissing, Transient."""
        if not isinstance(event, ObjectFinalized):
            raise Misuse(f"Expected a finalised narration, found {type(event).__name__}.")
        place = paths.parse(event.address)
        video = self.ledger.get(place.video)
        if video.over or video.revision != place.revision:
            return
        narration = self.artefacts.read(NarrationManifest, event.address)
        script = self.artefacts.read(ScriptManifest, paths.script(video.id, video.revision))
        plan = self._plan(video, script, narration)
        clips = plan_clips(video, script, plan, self.renderers)
        self.ledger.create_clips(clips)
        for clip in clips:
            self._reuse(clip)
        requests = tuple(
            Message.carrying(
                ClipRequested(video=video.id, revision=video.revision, scene=clip.scene), topic=clip.queue,
                priority=EDGE_PRIORITY if clip.scene in (clips[0].scene, clips[-1].scene) else 0,
            )
            for clip in clips
        )  # fmt: skip
        for clip in clips:
            self.ledger.change_clip(clip.id, ask)
        self.ledger.advance(
            video.id,
            ClipsPlanned(
                revision=video.revision, at=self.clock.now(), requests=requests,
                notes=narration.notes + _other_length(video.brief.seconds, plan.timeline),
            ),
        )
        track = Soundtrack(
            script=script, narration=narration, timeline=plan.timeline, profile=find_profile(video.brief.profile)
        )
        self.artefacts.make(
            plan.mix, plan.mix.rpartition("/")[2], lambda: make_mix(track, self.artefacts.objects, self.workspace)
        )

    def _plan(self, video: Video, script: ScriptManifest, narration: NarrationManifest) -> PlanManifest:
        address = paths.plan(video.id, video.revision)
        if not self.artefacts.exists(address):
            plan = plan_film(video, script, narration)
            self.artefacts.write_manifest(address, plan)
        return self.artefacts.read(PlanManifest, address)

    def _reuse(self, clip: Clip) -> None:
        """Take an equal clip that was made before, for this video or another."""
        address = paths.clip(clip.video, clip.revision, clip.scene, clip.key)
        known = self.ledger.known_artefact(clip.key)
        if known and known != address and not self.artefacts.exists(address):
            with suppress(AlreadyExists, NotFound):  # another delivery was first; the equal clip is not whole any more
                self.artefacts.copy(known, address)


def _other_length(wanted_seconds: int, timeline: Timeline) -> tuple[str, ...]:
    """What is told of a film that lasts clearly longer or shorter than was asked for."""
    seconds = float(timeline.seconds)
    if not wanted_seconds or abs(seconds - wanted_seconds) <= UNNOTICED * wanted_seconds:
        return ()
    return (f"{wanted_seconds} s were asked for; what there is to say lasts {seconds:.0f} s.",)
