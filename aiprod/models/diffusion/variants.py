"""The models that the renderers know by name: which weights, drawn how. Pure: what is on disk is the registry's business."""

from dataclasses import dataclass

from aiprod.errors import InvalidSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A model of the registry and how it is run. `side_px` is the smaller side that it was trained to draw at most."""

    model: str
    renderer: str
    steps: int
    guidance: float
    side_px: int


VARIANTS = (
    Variant(model="wan2.2-ti2v-5b", renderer="wan", steps=50, guidance=5.0, side_px=704),
    Variant(model="wan2.2-t2v-a14b", renderer="wan", steps=40, guidance=4.0, side_px=720),
    Variant(model="wan2.2-i2v-a14b", renderer="wan", steps=40, guidance=3.5, side_px=720),
    Variant(model="ltx-video-2b", renderer="ltx", steps=40, guidance=3.0, side_px=704),
    Variant(model="ltx-2", renderer="ltx", steps=40, guidance=4.0, side_px=1088),
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
