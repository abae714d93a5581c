"""The review stage: the finished file is measured and heard, and judged.

Reads: `films/V/R.json` and the film itself. Writes: `reviews/V/R.json` and a copy beside the film. Emits: the
verdict as the video's next status; redone scenes go out as a new revision.
"""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.encoding import to_readable_json
from aiprod.errors import Misuse
from aiprod.events import Event, ObjectFinalized
from aiprod.judgement import Evidence, judge
from aiprod.ledger import Ledger
from aiprod.manifests import ClipReport, FilmManifest, NarrationManifest, PlanManifest, ReviewReport, ScriptManifest
from aiprod.media.captions import caption_cues
from aiprod.media.cues import attach_marks
from aiprod.media.loudness import measure_loudness
from aiprod.media.probe import read_samples
from aiprod.media.quality import measure_quality
from aiprod.media.subtitles import burned_cues, find_style
from aiprod.ports import Clock, ErrorRate, Transcriber, Workspace
from aiprod.profiles import find_profile
from aiprod.timeline import Timeline
from aiprod.video import Fact, FilmAssembled, ReviewPassed, ReviewRejected, Status, Video

TRANSCRIBER_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStage:
    """Judges films."""

    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    transcriber: Transcriber
    error_rate: ErrorRate
    workspace: Workspace

    def handle(self, event: Event) -> None:
        """Raises: MediaBroken, EngineMissing, WeightsMissing, Transient."""
        if not isinstance(event, ObjectFinalized):
            raise Misuse(f"Expected a finalised film, found {type(event).__name__}.")
        place = paths.parse(event.address)
        video = self.ledger.advance(place.video, FilmAssembled(revision=place.revision, at=self.clock.now()))
        if video.status is not Status.REVIEWING or video.revision != place.revision:
            return
        address = paths.review(video.id, video.revision)
        if not self.artefacts.exists(address):
            self.artefacts.write_manifest(address, self._review(video))
        report = self.artefacts.read(ReviewReport, address)
        self.artefacts.make(paths.export(video.id, video.revision, "review.json"), "", lambda: to_readable_json(report))
        self.ledger.advance(video.id, _verdict(report, video.revision, self.clock.now()))

    def _review(self, video: Video) -> ReviewReport:
        started = self.clock.now()
        where = (video.id, video.revision)
        manifest = self.artefacts.read(FilmManifest, paths.film(*where))
        plan = self.artefacts.read(PlanManifest, paths.plan(*where))
        script = self.artefacts.read(ScriptManifest, paths.script(*where))
        spoken = self.artefacts.read(NarrationManifest, paths.narration(*where))
        profile = find_profile(video.brief.profile)
        language = script.script.language
        style = find_style(video.brief.subtitles)
        cues = burned_cues(plan.timeline, style, language) if style else ()
        with self.workspace.open("review") as folder:
            film = self.artefacts.objects.fetch(manifest.address("film.mp4"), folder)
            with ThreadPoolExecutor(1) as ear:  # the film is heard while it is looked at
                hearing = ear.submit(copy_context().run, self._heard, film, language)
                quality = measure_quality(film, plan.timeline, cues, style)
                loudness = measure_loudness(film)
                heard = hearing.result()
        clips = self.ledger.clips(*where)
        own = {scene.number for scene in script.script.scenes if scene.media}
        said = " ".join(scene.text for scene in script.script.scenes)
        evidence = Evidence(
            profile=profile, shape=profile.shape(video.brief.aspect), timeline=plan.timeline, quality=quality,
            loudness=loudness, word_error_rate=self.error_rate(said, heard, language), heard=heard,
            uncaptioned=_uncaptioned(plan.timeline, language), quiet=script.music == "none",
            seconds=self.clock.now() - started, engine=spoken.voice.partition(" ")[0],
            own=frozenset(clip.scene for clip in clips if clip.scene in own and clip.renderer == "stills"),
        )  # fmt: skip
        reports = tuple(
            ClipReport(scene=clip.scene, renderer=clip.renderer, seed=clip.seed, scores=clip.scores) for clip in clips
        )
        return replace(judge(evidence), clips=reports)

    def _heard(self, film: Path, language: str) -> str:
        samples = read_samples(film, TRANSCRIBER_RATE_HZ)
        return " ".join(word.text for word in self.transcriber.transcribe(samples, language=language)[1])


def _uncaptioned(timeline: Timeline, language: str) -> int:
    captioned = sum(len(cue.words) for cue in caption_cues(timeline, language))
    return max(0, len(attach_marks(timeline.words, language)) - captioned)


def _verdict(report: ReviewReport, revision: int, at: float) -> Fact:
    if report.verdict == "approve":
        return ReviewPassed(revision=revision, at=at)
    return ReviewRejected(revision=revision, at=at, scenes=report.scenes if report.verdict == "redo" else (),
                          reasons=report.reasons)  # fmt: skip
