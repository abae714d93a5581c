"""Assembly and review without a picture, for tests that look at no film: all events, documents and artefacts.

A small film takes a fifth of the processor that it takes otherwise; its pictures are never put together nor looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.delivery import Deliveries
from aiprod.dispatching import Ceiling
from aiprod.errors import Misuse
from aiprod.events import AssemblyRequested, Event, ObjectFinalized
from aiprod.manifests import FilmManifest, PlanManifest
from aiprod.ports import Shot, Take
from aiprod.profiles import Shape
from aiprod.video import FilmAssembled, ReviewPassed, Video, clip_id, deliver
from aiprod.worker import Pace, Worker
from tests.doubles import ColourRenderer
from tests.house import BRIEF


class ThinRenderer(ColourRenderer):
    """A clip of a few bytes."""

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        into = folder / "take.mp4"
        into.write_text(shot.spec)
        return Take(path=into)


@dataclass(frozen=True, kw_only=True)
class ThinStages:
    """Handlers with the promises of the assembly and review stages; a review begins with `nap`."""

    app: App
    nap: Callable[[str], None]

    def assemble(self, event: Event) -> None:
        match event:
            case ObjectFinalized():
                self._segment(paths.parse(event.address), event.address)
            case AssemblyRequested():
                video = self.app.ledger.get(event.video)
                plan = self.app.artefacts.read(PlanManifest, paths.plan(video.id, event.revision))
                manifest = FilmManifest(
                    title=video.title, language=video.language, seconds=plan.timeline.seconds,
                    frames=plan.timeline.frames, rate=plan.timeline.rate, shape=Shape(width_px=64, height_px=112),
                    loudness_lufs=-14.0, true_peak_dbtp=-1.0, exports=(), credits=(), renderers=(), notes=(),
                )  # fmt: skip
                self.app.artefacts.write_manifest(paths.film(video.id, event.revision), manifest)
            case _:
                raise Misuse(f"Expected a clip or a request to assemble, found {type(event).__name__}.")

    def _segment(self, place: paths.Place, address: str) -> None:
        app = self.app
        app.ledger.change_clip(
            clip_id(place.video, place.revision, place.item), lambda clip: deliver(clip, address)
        )
        ready = {clip.scene for clip in app.ledger.clips(place.video, place.revision) if clip.address}
        plan = app.artefacts.read(PlanManifest, paths.plan(place.video, place.revision))
        for segment in plan.timeline.segments:
            if place.item in segment.scenes and ready.issuperset(segment.scenes):
                where = paths.segment(place.video, place.revision, segment.index, place.key)
                app.artefacts.make(where, "", lambda: b"segment")

    def review(self, event: Event) -> None:
        if not isinstance(event, ObjectFinalized):
            raise Misuse(f"Expected a film, found {type(event).__name__}.")
        place = paths.parse(event.address)
        if self.app.ledger.get(place.video).over:
            return
        self.nap(f"review {place.video}")
        when = {"revision": place.revision, "at": self.app.clock.now()}
        self.app.ledger.advance(place.video, FilmAssembled(**when))
        self.app.ledger.advance(place.video, ReviewPassed(**when))


def thin_worker(app: App, nap: Callable[[str], None] = lambda _: None) -> Worker:
    """A worker whose assembly and review are thin, and all else the product's."""
    thin = ThinStages(app=app, nap=nap)
    stages = {**app.deliveries.stages, "assembly": thin.assemble, "review": thin.review}
    pace = Pace(lease_seconds=app.settings.lease_seconds, sweep_seconds=app.settings.sweep_seconds, ceiling=Ceiling(tasks=1))
    deliveries = Deliveries(stages=stages, ledger=app.ledger, clock=app.clock, tallies=app.tallies)
    return Worker(deliveries=deliveries, messages=app.messages, jobs=app.jobs, clock=app.clock, pace=pace)


def drain_thin(app: App) -> None:
    """Work thinly until nothing is left to do."""
    thin_worker(app).drain()


def make_thin(app: App, brief: Brief = BRIEF) -> Video:
    """What becomes of that brief, as far as no picture tells."""
    video = app.request(brief)
    drain_thin(app)
    return app.ledger.get(video.id)
