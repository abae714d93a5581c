"""The review stage: the finished file is measured and heard, and judged.

Reads: `films/V/R.json` and the film itself. Writes: `reviews/V/R.json` and a copy beside the film. Emits: the
verdict as the video's next status; redone scenes go out as a new revision.
"""

from dataclasses import dataclass

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.encoding import to_readable_json
from aiprod.errors import AlreadyExists, Misuse
from aiprod.events import Event, ObjectFinalized
from aiprod.ledger import Ledger
from aiprod.manifests import ReviewReport
from aiprod.ports import Clock, Transcriber, Workspace
from aiprod.video import FilmAssembled, Status

TRANSCRIBER_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStage:
    """Judges films."""

    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    transcriber: Transcriber
    workspace: Workspace

    def handle(self, event: Event) -> None:
        """Raises: MediaBroken, EngineMissing, Transient."""
        if not isinstance(event, ObjectFinalized):
            raise Misuse(f"Expected a finalised film, found {type(event).__name__}.")
        place = paths.parse(event.address)
        video = self.ledger.advance(place.video, FilmAssembled(revision=place.revision, at=self.clock.now()))
        if video.status is not Status.REVIEWING or video.revision != place.revision:
            return
        address = paths.review(video.id, video.revision)
        if not self.artefacts.exists(address):
            self.artefacts.write_manifest(address, self._report(place, event.address))
        report = self.artefacts.read(ReviewReport, address)
        try:
            beside = paths.export(video.id, video.revision, "review.json")
            self.artefacts.objects.write(beside, to_readable_json(report))
        except AlreadyExists:
            pass
        self.ledger.advance(video.id, _verdict(report, video.revision, self.clock.now()))
