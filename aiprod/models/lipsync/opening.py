"""All that lips are made with, opened from the registry: what finds faces, what hears, what paints, and what judges.

Knows which models these are; the judge is had where its weights are here, and else why there is none.
"""

from dataclasses import dataclass

from aiprod.errors import LicenceRefused, WeightsBroken, WeightsMissing
from aiprod.models.cards import enough_memory
from aiprod.models.lipsync.detector import FaceFinder, open_finder
from aiprod.models.lipsync.ears import Ears, open_ears
from aiprod.models.lipsync.painter import MouthPainter, open_painter
from aiprod.models.lipsync.syncnet import LipJudge, open_judge
from aiprod.models.pictures import choose_device
from aiprod.models.registry import Registry

FINDER, EARS, CODER, JUDGE = "centerface", "whisper-tiny", "sd-vae-ft-mse", "syncnet"
NEEDED = (FINDER, EARS, CODER)
"""Beside the model that paints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lips:
    """What makes lips and judges them; `no_judge` says why there is no judge ("": there is one)."""

    finder: FaceFinder
    ears: Ears
    painter: MouthPainter
    judge: LipJudge | None = None
    no_judge: str = ""


def open_lips(registry: Registry, model: str, device: str = "") -> Lips:
    """Everything on the device ("": a GPU where there is one).

    Raises: EngineMissing, NotFound, LicenceRefused, WeightsMissing, WeightsBroken, Unavailable (no memory).
    """
    place = choose_device(device, "lips", ("torch", "diffusers", "transformers"))
    (network,) = registry.weights(model)
    for name in (EARS, CODER):
        registry.weights(name)  # every digest is checked before a library reads the folder
    with enough_memory("what makes lips", place):
        judge, no_judge = _open_judge(registry, place)
        return Lips(
            finder=open_finder(registry.path(FINDER, f"{FINDER}.onnx")), ears=open_ears(registry.check(EARS), place),
            painter=open_painter(network, registry.check(CODER), place), judge=judge, no_judge=no_judge,
        )  # fmt: skip


def _open_judge(registry: Registry, device: str) -> tuple[LipJudge | None, str]:
    try:
        (weights,) = registry.weights(JUDGE)
        return open_judge(weights, device), ""
    except (WeightsMissing, WeightsBroken, LicenceRefused) as error:
        return None, str(error)
