"""The models that the renderers know by name: which weights, drawn how. Pure: what is on disk is the registry's business."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiprod.errors import InvalidSetting

LTX_2_CAMERAS = {
    move: f"ltx-2-camera-{move.replace(' ', '-')}"
    for move in ("dolly in", "dolly out", "dolly left", "dolly right", "jib up", "jib down", "static")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A model of the registry and how it is run.

    `side_px` is the smaller side that it was trained to draw at most; `sounds` tells that its clips can be heard; `rate` is
    how many pictures a second it draws (0: as many as are asked for); `cameras` are the models of the registry that lead its
    camera, by the move that each was taught.
    """

    model: str
    renderer: str
    steps: int
    guidance: float
    side_px: int
    sounds: bool = False
    rate: int = 0
    cameras: Mapping[str, str] = field(default_factory=dict)


VARIANTS = (
    Variant(model="wan2.2-ti2v-5b", renderer="wan", steps=50, guidance=5.0, side_px=704, rate=24),
    Variant(model="wan2.2-t2v-a14b", renderer="wan", steps=40, guidance=4.0, side_px=720, rate=16),
    Variant(model="wan2.2-i2v-a14b", renderer="wan", steps=40, guidance=3.5, side_px=720, rate=16),
    Variant(model="ltx-video-2b", renderer="ltx", steps=40, guidance=3.0, side_px=704),
    Variant(model="ltx-2", renderer="ltx", steps=40, guidance=4.0, side_px=1088, sounds=True, cameras=LTX_2_CAMERAS),
)
"""The first of a renderer is its own choice."""


def find_variant(renderer: str, model: str = "") -> Variant:
    """A renderer's model of that name ("": its first). Raises: InvalidSetting with the names there are."""
    own = [one for one in VARIANTS if one.renderer == renderer]
    found = next((one for one in own if model in ("", one.model)), None)
    if found is None:
        known = ", ".join(one.model for one in own)
        raise InvalidSetting(f"Expected AIPROD_{renderer.upper()}_MODEL among {known}, found {model!r}.")
    return found
