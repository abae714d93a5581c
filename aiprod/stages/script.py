"""The script stage: from a request to a checked script, with the decisions that all later stages share.

Reads: the request, the user's uploads, earlier revisions' scripts. Writes: `scripts/V/R.json`. Emits: its finalisation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.brief import SCENE_SECONDS, Brief
from aiprod.encoding import key_of
from aiprod.errors import EngineMissing, InvalidInput, Misuse, NotFound, QuotaSpent, WeightsBroken, WeightsMissing
from aiprod.events import Event, RevisionRequested, SceneEdit, VideoRequested
from aiprod.ledger import Ledger
from aiprod.manifests import ScriptManifest
from aiprod.pacing import fit_speed, pick_music, pick_transitions
from aiprod.ports import Clock, Renderer, VoiceChooser, Writer
from aiprod.speakers import cast_speakers
from aiprod.story import Line, Scene, Script
from aiprod.units import DAY_SECONDS
from aiprod.video import ScriptStarted, Status, Video, create

FALLBACKS = ("motion", "slideshow")
"""Renderers that are tried after the one asked for; they cost nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptStage:
    """Writes scripts. `writers` by name; "recording" and "own" come from the brief itself; `videos_a_day` of an owner (0: any)."""

    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    writers: Mapping[str, Writer]
    voices: VoiceChooser
    renderers: Mapping[str, Renderer]
    default_writer: str
    videos_a_day: int = 0

    def handle(self, event: Event) -> None:
        """Raises: WriterFailed, InvalidInput, EngineMissing, ContentRefused, QuotaSpent, Transient."""
        match event:
            case VideoRequested():
                video = self.ledger.open(create(event.video, event.owner, event.brief, self.clock.now()))
                self._admit(video)
                self._write(video, 1)
            case RevisionRequested():
                self._revise(self.ledger.get(event.video), event)
            case _:
                raise Misuse(f"Expected a request, found {type(event).__name__}.")

    def _admit(self, video: Video) -> None:
        """Count the owner's videos, through whichever door they came. Raises: QuotaSpent."""
        if not self.videos_a_day or not video.owner or video.status is not Status.QUEUED:
            return
        day = self.ledger.counted(video.owner, video.created_at - DAY_SECONDS)
        earlier = sum((other.created_at, other.id) < (video.created_at, video.id) for other in day)
        if earlier >= self.videos_a_day:
            raise QuotaSpent(
                f"Expected at most {self.videos_a_day} videos of {video.owner} a day, found {earlier} before this one; "
                "ask again tomorrow."
            )

    def _write(self, video: Video, revision: int) -> None:
        self.ledger.advance(video.id, ScriptStarted(revision=revision, at=self.clock.now()))
        address = paths.script(video.id, revision)
        if self.artefacts.exists(address):
            self.artefacts.announce(address)
        elif not video.over:
            self.artefacts.write_manifest(address, self._decide(video.brief))

    def _decide(self, brief: Brief) -> ScriptManifest:
        script = self._script(brief)
        notes = list(script.notes)
        seconds = brief.seconds or SCENE_SECONDS * len(script.scenes)
        cast = cast_speakers(script, brief.voice, self.voices)
        choice = cast.narrator
        notes += cast.notes
        spoken = " ".join(scene.text for scene in script.scenes)
        speed = fit_speed(choice.voice.estimate_seconds(spoken, script.language), seconds, len(script.scenes))
        renderers, missing = self._renderers(brief, seconds)
        seed = brief.seed or int(key_of(script.title, script.scenes)[:7], 16)
        return ScriptManifest(
            script=script, engine=choice.voice.name, voice=choice.name, speed=speed, renderers=renderers,
            transitions=pick_transitions(script, seed), music=pick_music(script, brief.music), seed=seed,
            estimate_usd=self.renderers[renderers[0]].usd_per_second * seconds,
            notes=tuple(notes) + missing, cast=cast.others,
        )  # fmt: skip

    def _script(self, brief: Brief) -> Script:
        if brief.script is not None:
            script = brief.script
        elif brief.recording:
            script = self.writers["recording"].write(brief)
        else:
            name = brief.writer or self.default_writer
            if name not in self.writers:
                raise NotFound(f"Expected a writer among {', '.join(sorted(self.writers))}, found {name!r}.")
            script = self.writers[name].write(brief)
        media = {own.scene: own.address for own in brief.media}
        unknown = sorted(set(media) - {scene.number for scene in script.scenes})
        if unknown:
            raise InvalidInput(
                "media", expected=f"pictures for scenes 1 to {len(script.scenes)}", found=f"scene {unknown[0]}"
            )
        scenes = tuple(replace(scene, media=media.get(scene.number, scene.media)) for scene in script.scenes)
        return replace(script, scenes=scenes)

    def _renderers(self, brief: Brief, seconds: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Renderers to try, in order, within the budget; and what was not to be had."""
        if brief.renderer and brief.renderer not in self.renderers:
            raise NotFound(f"Expected a renderer among {', '.join(sorted(self.renderers))}, found {brief.renderer!r}.")
        chain: list[str] = []
        missing: list[str] = []
        for name in dict.fromkeys([brief.renderer, *FALLBACKS] if brief.renderer else FALLBACKS):
            renderer = self.renderers[name]
            try:
                renderer.check()
            except (EngineMissing, WeightsMissing, WeightsBroken) as error:
                missing.append(str(error))
                continue
            price = renderer.usd_per_second * seconds
            if price > brief.budget_usd and renderer.usd_per_second:
                missing.append(
                    f"The renderer {name} would cost about ${price:.2f}, over the budget of ${brief.budget_usd:.2f}."
                )
                continue
            chain.append(name)
        if not chain:
            raise EngineMissing("No renderer can work here. " + " ".join(missing))
        return tuple(chain), tuple(missing)

    def _revise(self, video: Video, event: RevisionRequested) -> None:
        address = paths.script(video.id, event.revision)
        if self.artefacts.exists(address):
            self.artefacts.announce(address)
            return
        earlier = next(
            (
                found
                for revision in range(event.revision - 1, 0, -1)
                if self.artefacts.exists(found := paths.script(video.id, revision))
            ),
            "",
        )
        if not earlier:
            self._write(video, event.revision)
            return
        manifest = self.artefacts.read(ScriptManifest, earlier)
        numbers = {scene.number for scene in manifest.script.scenes}
        unknown = sorted((set(event.scenes) | {edit.scene for edit in event.edits}) - numbers)
        if unknown:
            raise InvalidInput("scenes", expected=f"numbers from 1 to {len(numbers)}", found=str(unknown[0]))
        edits = {edit.scene: edit for edit in event.edits}
        scenes = tuple(
            _retaken(scene, edits.get(scene.number), again=scene.number in event.scenes)
            for scene in manifest.script.scenes
        )
        revised = replace(manifest, script=replace(manifest.script, scenes=scenes))
        self.artefacts.write_manifest(address, revised)


def _retaken(scene: Scene, edit: SceneEdit | None, *, again: bool) -> Scene:
    if edit is not None:
        lines = (_retold(scene.lines, edit.text),) if edit.text else scene.lines
        scene = replace(scene, lines=lines, visual=edit.visual or scene.visual)
    return replace(scene, take=scene.take + 1) if again else scene


def _retold(lines: Sequence[Line], text: str) -> Line:
    """Another text for a scene, said by who said all of it; what several said to each other the narrator tells."""
    speakers = {line.speaker for line in lines}
    return Line(text=text, speaker=speakers.pop()) if len(speakers) == 1 else Line(text=text)
