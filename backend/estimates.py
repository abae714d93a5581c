"""What a film would cost and how long it would take, from what it asks for and from the last films made here."""

from statistics import median

from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.encoding import from_fields
from aiprod.ledger import VIDEOS
from aiprod.stages.script import FALLBACKS, SECONDS_A_SCENE
from aiprod.video import Status, Video

USUAL_SCENES = 6
"""Scenes that a theme gets where no number is asked for, about."""
VIDEOS_LOOKED_AT = 40


def film_seconds(brief: Brief, scenes: int = 0) -> float:
    """About how long the film will be."""
    written = len(brief.script.scenes) if brief.script else 0
    return float(brief.seconds or SECONDS_A_SCENE * (scenes or brief.scenes or written or USUAL_SCENES))


def cost_usd(app: App, brief: Brief) -> float:
    """What its pictures cost; writers and voices that cost money are paid by their setting, some cents a film."""
    first = brief.renderer or FALLBACKS[0]
    price = app.engines.renderers[first].usd_per_second * film_seconds(brief)
    return round(price if price <= brief.budget_usd else 0.0, 4)


def making_seconds(app: App, brief: Brief) -> float | None:
    """How long the last films of that profile took, a second of film; None where none was made here yet."""
    found = app.documents.query(VIDEOS, order_by="created_at", descending=True, limit=VIDEOS_LOOKED_AT)
    videos = (from_fields(Video, document.fields, source=document.id) for document in found)
    ratios = [_took(video) / film_seconds(video.brief, len(video.scenes)) for video in videos
              if video.status is Status.COMPLETED and video.brief.profile == brief.profile]  # fmt: skip
    return round(median(ratios) * film_seconds(brief), 1) if ratios else None


def _took(video: Video) -> float:
    entered = [entry.at for entry in video.history if entry.revision == video.revision]
    return entered[-1] - entered[0]
