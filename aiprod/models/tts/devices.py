"""Where voices' networks run. Knows devices and which libraries they need; no network."""

from aiprod.errors import EngineMissing, InvalidSetting
from aiprod.models.cards import require_card

DEVICES = ("cpu", "cuda")


def check_device(device: str) -> None:
    """Raises: InvalidSetting (no such kind of device), EngineMissing (torch or the device is not here)."""
    if device.split(":")[0] not in DEVICES:
        raise InvalidSetting(f"Expected cpu or cuda in AIPROD_VOICE_DEVICE, found {device!r}.")
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401  the networks read with its parts
    except ImportError as error:
        raise EngineMissing(
            f"Expected torch and transformers for a voice on {device}, found no {error.name}: install requirements/torch.txt"
            " and requirements/gpu.lock, or leave AIPROD_VOICE_DEVICE empty."
        ) from error
    if device.startswith("cuda"):
        require_card(" for AIPROD_VOICE_DEVICE=cuda", "leave it empty")
