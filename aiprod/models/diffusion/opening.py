"""A model's folder into a loaded family on a device: placed by the memory at hand, changed and made quick by its options."""

from dataclasses import replace

from aiprod.errors import InvalidSetting, WeightsBroken
from aiprod.logs import logger
from aiprod.models.cards import enough_memory
from aiprod.models.diffusion.devices import Device
from aiprod.models.diffusion.effort import Offload
from aiprod.models.diffusion.family import Family
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.ltx import Ltx
from aiprod.models.diffusion.ltx2 import Ltx2
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.placement import MAIN_SHARE, Placement, Precision, Sizes, place, waiting_bytes
from aiprod.models.diffusion.tuning import TRANSFORMERS, Options, change_weights, denoisers, make_quick
from aiprod.models.diffusion.wan import Wan

TEXT_ENCODER = "text_encoder"


def choose_placement(folder: ModelFolder, device: Device, options: Options) -> Placement:
    """By the memory at hand, unless the options tell. Raises: WeightsMissing, WeightsBroken, InvalidSetting."""
    if device.name == "cpu":
        together = 1 if options.cache else options.batch or 1
        return Placement(precision=options.precision or Precision.FLOAT32, offload=Offload.NOTHING, together=together)
    if options.precision is Precision.FLOAT8 and device.small is not Precision.FLOAT8:
        raise InvalidSetting(
            f"Expected a GPU that multiplies 8-bit floats (Ada and later) for AIPROD_DIFFUSION_PRECISION=float8, found {device.title}:"
            f" set {device.small} instead."
        )
    sizes = reckon(folder)
    chosen = place(sizes, device.memory_bytes, main_bytes=device.main_bytes, small=device.small, wanted=options.precision)
    if (waiting := waiting_bytes(sizes, chosen)) > MAIN_SHARE * device.main_bytes:
        logger().warning("main memory is short", wanted_gb=round(waiting / 1e9, 1), memory_gb=round(device.main_bytes / 1e9, 1))
    # Which steps are guessed would depend on whom a clip is drawn with.
    return replace(chosen, together=1 if options.cache else options.batch or chosen.together)


def reckon(folder: ModelFolder) -> Sizes:
    """What the model's networks take, and a step. Raises: WeightsMissing, WeightsBroken."""
    family = _family_of(folder)
    networks = {name: (4 if name in family.whole else 2) * folder.numbers(name) for name in folder.index() if folder.has(name)}
    return Sizes(
        text_encoder=networks.get(TEXT_ENCODER, 0), transformers=[networks[name] for name in TRANSFORMERS if name in networks],
        decoders=sum(size for name, size in networks.items() if name not in (*TRANSFORMERS, TEXT_ENCODER)),
        activations=family.step_bytes(folder),
    )  # fmt: skip


def _family_of(folder: ModelFolder) -> "type[Wan | Ltx | Ltx2]":
    """Raises: WeightsMissing, WeightsBroken."""
    families: dict[str, type[Wan | Ltx | Ltx2]] = {"Wan": Wan, "LTX2": Ltx2, "LTX": Ltx}
    family = next((one for prefix, one in families.items() if folder.kind.startswith(prefix)), None)
    if family is None:
        raise WeightsBroken(f"Expected a model of {' or '.join(families)} in {folder.path}, found {folder.kind!r}.")
    return family


def open_family(folder: ModelFolder, device: Device, placement: Placement, options: Options) -> Family:
    """The model, ready to draw. Raises: WeightsMissing, WeightsBroken, InvalidSetting, Unavailable (no memory)."""
    import torch

    parts = Parts(device.name, placement.offload, (*TRANSFORMERS, TEXT_ENCODER))
    full = device.name == "cpu" and options.precision is not Precision.BFLOAT16
    opened = _family_of(folder)(folder, parts, torch.float32 if full else torch.bfloat16)
    with enough_memory("a model's weights", device.name):
        change_weights(denoisers(parts), options, placement, device, folder.kind)
    make_quick(parts, options, device)
    return opened

