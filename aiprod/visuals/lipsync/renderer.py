"""A renderer around another: where a character tells the story, its lips follow the narration.

Knows which scenes these are and where their voice comes from; the inner renderer draws, `clips.py` makes lips. Where what
makes them is not here, the clip stays as it was drawn, and its note says why.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from aiprod.encoding import to_json
from aiprod.errors import InvalidInput
from aiprod.models.lipsync.ears import RATE_HZ
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import FilmLook, Renderer, Shot, ShotBrief, Take
from aiprod.sittings import Sitting
from aiprod.visuals.around import RendererAround, open_if_there, own_rate
from aiprod.visuals.lipsync.speaking import Speech

if TYPE_CHECKING:
    from aiprod.models.lipsync.opening import Lips

VERSION = "2"
MARK = "speaks"
"""What a spec says besides the inner renderer's own words where somebody in the scene tells the story."""
TELLER = "The person who tells the story looks into the camera and speaks, face and shoulders in the picture."


class LipsyncRenderer(RendererAround):
    """Implements ports.Renderer. `model` is the registry's name of what paints mouths."""

    def __init__(self, inner: Renderer, model: str, registry: Registry) -> None:
        super().__init__(inner)
        self._model = model
        self._registry = registry
        self._lips: Resident[Lips] = Resident()

    @property
    def version(self) -> str:
        """Changes when the same spec would look different."""
        return f"{self._inner.version}+{self._label}/{VERSION}"

    @property
    def _label(self) -> str:
        """All that lips are made with, the model that paints first."""
        from aiprod.models.lipsync.opening import NEEDED

        return "+".join(self._registry.model(name).label for name in (self._model, *NEEDED))

    def own_rate(self) -> Fraction | None:
        """The inner renderer's. Raises: InvalidSetting."""
        return own_rate(self._inner)

    def check(self) -> None:
        """Raises: what the inner renderer's does, LicenceRefused."""
        from aiprod.models.lipsync.opening import NEEDED

        self._inner.check()
        for name in (self._model, *NEEDED):
            self._registry.check_licence(name)

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """The inner renderer's specs; of a film with a presenter they say so, and scenes without media show who speaks."""
        if not look.presenter:
            return self._inner.plan(briefs, look)
        shown = [
            brief if brief.media else replace(brief, visual=f"{(brief.visual or brief.text).rstrip('. ')}. {TELLER}")
            for brief in briefs
        ]
        return tuple(_marked(spec) for spec in self._inner.plan(shown, look))

    def _drawn(self, shot: Shot) -> Shot:
        return _bare(shot)[0]

    def _worked_on(self, sitting: Sitting, take: Take) -> Take:
        shot = sitting.shot
        if not _bare(shot)[1] or shot.sound is None or not shot.words:
            return take
        from aiprod.media.probe import read_samples
        from aiprod.models.lipsync.opening import open_lips
        from aiprod.visuals.lipsync.clips import sync_clip

        def opened() -> "Lips":
            return self._lips.get(self._label, lambda: open_lips(self._registry, self._model))

        lips, why = open_if_there(self._model, opened)
        if lips is None:
            return replace(take, notes=(*take.notes, f"Scene {shot.scene}: lips left as they are. {why}"))
        speech = Speech(samples=read_samples(shot.sound, RATE_HZ), start=shot.sound_start, words=shot.words)
        into = sitting.folder / f"{self.name}-{shot.scene:02d}-lips.mp4"
        synced = sync_clip(take.path, shot, speech, into, lips)
        return replace(take, path=into if synced.frames else take.path, notes=(*take.notes, synced.note))


def _marked(spec: str) -> str:
    return to_json({**json.loads(spec), MARK: True}).decode()


def _bare(shot: Shot) -> tuple[Shot, bool]:
    """The shot as the inner renderer knows it, and whether somebody in it tells the story. Raises: InvalidInput."""
    try:
        fields = json.loads(shot.spec)
        speaks = fields.pop(MARK, False) is True
    except (ValueError, AttributeError, TypeError) as error:
        raise InvalidInput(f"scene {shot.scene}", expected="a spec in JSON", found=shot.spec[:60]) from error
    return (replace(shot, spec=to_json(fields).decode()), True) if speaks else (shot, False)
