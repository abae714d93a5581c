"""The manifests of finished films; kept a while, since one that is written stays as it is, and every list asks for many."""

from dataclasses import dataclass, field
from typing import Final

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.errors import NotFound
from aiprod.manifests import FilmManifest
from aiprod.video import Status, Video
from backend.recent import Recent

MOST_KEPT: Final = 2048


@dataclass(slots=True, kw_only=True)
class Films:
    """The manifests that were read a while ago, by address."""

    artefacts: Artefacts
    known: Recent[str, FilmManifest] = field(default_factory=lambda: Recent(most=MOST_KEPT))

    def of(self, video: Video) -> FilmManifest:
        """The manifest of a video's last film. Raises: NotFound."""
        revision = finished_revision(video)
        if not revision:
            raise NotFound(f"Expected a finished film, found the video {video.id} {video.status.value}.")
        address = paths.film(video.id, revision)
        known = self.known.get(address)
        if known is None:
            known = self.artefacts.read(FilmManifest, address)
            self.known.keep(address, known)
        return known

    def of_any(self, video: Video) -> FilmManifest | None:
        """The manifest; None where there is no film, or none any more."""
        try:
            return self.of(video)
        except NotFound:
            return None


def finished_revision(video: Video) -> int:
    """The last revision that was completed: its film is shown while a later one is made; 0 where there is none."""
    return max((entry.revision for entry in video.history if entry.status is Status.COMPLETED), default=0)
