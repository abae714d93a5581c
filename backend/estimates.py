"""What a film would cost and how long it would take, from what it asks for and from the last films made here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from aiprod.bootstrap import App
from aiprod.brief import SCENE_SECONDS, USUAL_SCENES, Brief
from aiprod.encoding import from_fields
from aiprod.ledger import VIDEOS
from aiprod.stages.script import FALLBACKS
from aiprod.video import Status, Video

VIDEOS_LOOKED_AT = 40
FRESH_SECONDS = 60.0


def film_seconds(brief: Brief, scenes: int = 0) -> float:
    """About how long the film will be."""
    written = len(brief.script.scenes) if brief.script else 0
    return float(brief.seconds or SCENE_SECONDS * (scenes or brief.scenes or written or USUAL_SCENES))


def cost_usd(app: App, brief: Brief) -> float:
    """What its pictures cost; writers and voices that cost money are paid by their setting, some cents a film."""
    first = brief.renderer or FALLBACKS[0]
    price = app.engines.renderers[first].usd_per_second * film_seconds(brief)
    return round(price if price <= brief.budget_usd else 0.0, 4)


@dataclass(kw_only=True)
class Paces:
    """How long the last films took here, a second of film: looked at once in a while for all who ask while they type."""

    app: App
    _looked_at: float = -FRESH_SECONDS
    _known: Mapping[str, float] = field(default_factory=dict)

    def making_seconds(self, brief: Brief) -> float | None:
        """How long the film will take, as the last ones of its profile did; None where none was made here yet."""
        now = self.app.clock.now()
        if not self._known or now >= self._looked_at + FRESH_SECONDS:
            self._known, self._looked_at = self._look(), now
        pace = self._known.get(brief.profile)
        return round(pace * film_seconds(brief), 1) if pace is not None else None

    def _look(self) -> Mapping[str, float]:
        found = self.app.documents.query(VIDEOS, order_by="created_at", descending=True, limit=VIDEOS_LOOKED_AT)
        ratios: dict[str, list[float]] = {}
        for document in found:
            video = from_fields(Video, document.fields, source=document.id)
            if video.status is Status.COMPLETED:
                took = _took(video) / film_seconds(video.brief, len(video.scenes))
                ratios.setdefault(video.brief.profile, []).append(took)
        return {profile: median(told) for profile, told in ratios.items()}


def _took(video: Video) -> float:
    entered = [entry.at for entry in video.history if entry.revision == video.revision]
    return entered[-1] - entered[0]
