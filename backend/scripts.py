"""What the scenes of a video say and show, as the web tells it; kept a while, since a script that is written stays as it is."""

from dataclasses import dataclass, field
from typing import Final

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.errors import NotFound
from aiprod.manifests import ScriptManifest
from aiprod.story import Script
from aiprod.video import Video
from backend.recent import Recent
from backend.schemas.videos import SceneText

MOST_KEPT: Final = 512
Texts = tuple[SceneText, ...]


@dataclass(slots=True, kw_only=True)
class Scripts:
    """The scripts that were read a while ago, by address."""

    artefacts: Artefacts
    known: Recent[str, Texts] = field(default_factory=lambda: Recent(most=MOST_KEPT))

    def texts(self, video: Video, revision: int) -> Texts:
        """The scenes of a revision, as far as they are known: the newest script up to it, else the one that was sent."""
        for one in range(revision if video.scenes else 0, 0, -1):
            try:
                return self._read(paths.script(video.id, one))
            except NotFound:
                continue
        return _texts(video.brief.script) if video.brief.script else ()

    def _read(self, address: str) -> Texts:
        known = self.known.get(address)
        if known is None:
            known = _texts(self.artefacts.read(ScriptManifest, address).script)
            self.known.keep(address, known)
        return known


def _texts(script: Script) -> Texts:
    return tuple(
        SceneText(scene=scene.number, title=scene.title, text=scene.text, visual=scene.visual)
        for scene in script.scenes
    )
