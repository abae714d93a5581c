"""The sound of a shot that a model drew in stretches: each goes on from the one before, and so does what is heard.

Knows samples; `media/scene_sounds.py` writes them into the clip.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from aiprod.models.diffusion.devices import MemoryShort
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

if TYPE_CHECKING:
    from aiprod.models.diffusion.family import Sound
    from aiprod.models.diffusion.studio import Footage


@dataclass(slots=True, kw_only=True)
class Hearing:
    """Sounds of a shot's stretches; `overlap_seconds` of each are seen in the one before already."""

    overlap_seconds: Fraction
    notes: list[str] = field(default_factory=list)
    _parts: "list[tuple[Sound | None, Fraction]]" = field(default_factory=list)

    def hear(self, footage: "Footage") -> None:
        """Take a stretch's sound; where memory does not suffice for it, silence, and a note."""
        sound = None
        try:
            sound = footage.hear()
        except MemoryShort as short:
            self.notes.append(f"silent for a stretch. {short}")
        self._parts.append((sound, footage.order.frames / footage.order.rate))

    @property
    def rate_hz(self) -> int:
        """The model's."""
        return next((sound.rate_hz for sound, _ in self._parts if sound is not None), SOUND_RATE_HZ)

    def joined(self) -> Samples:
        """All of it, crossfaded where pictures are shared. Shape: (2, n)."""
        overlap = round(self.overlap_seconds * self.rate_hz)
        whole = np.zeros((2, 0), dtype=np.float32)
        for sound, seconds in self._parts:
            part = self._exact(sound, seconds)
            shared = min(overlap, whole.shape[1], part.shape[1])
            rise = (np.arange(shared, dtype=np.float32) + 0.5) / max(1, shared)
            kept = whole.shape[1] - shared
            met = whole[:, kept:] * (1 - rise) + part[:, :shared] * rise
            whole = np.concatenate([whole[:, :kept], met, part[:, shared:]], axis=1)
        return whole

    def _exact(self, sound: "Sound | None", seconds: Fraction) -> Samples:
        """Stereo, and as long as its pictures."""
        exact = np.zeros((2, round(seconds * self.rate_hz)), dtype=np.float32)
        if sound is not None:
            heard = sound.samples[:2, : exact.shape[1]]
            exact[:, : heard.shape[1]] = heard  # a single channel is heard on both sides
        return exact
