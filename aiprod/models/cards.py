"""NVIDIA's cards as torch sees them, and the one rule by which work comes to a card or to the processor.

Work that asks for a card gets one, or an error. Work that takes what there is runs on the processor only where there is no card:
beside a card that torch cannot use it would take hours without a word.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiprod.errors import DeviceLost, EngineMissing, Unavailable
from aiprod.logs import logger

HIDING = "CUDA_VISIBLE_DEVICES"
"""CUDA's own variable: which cards a process may see."""
DEVICES = Path("/dev")
SLOW = "The processor did it, for there is no GPU here."
"""What a film's notes say of such work."""
NO_ROOM = ("out of memory", "ALLOC_FAILED", "ALLOCATION_FAILED", "unable to find an engine")
"""What CUDA, cuBLAS, Triton and cuDNN say where a card is full; cuDNN finds no engine whose workspace has room."""


def require_card(wish: str, instead: str, devices: Path = DEVICES) -> None:
    """`wish` is what asks for a card, `instead` what else can be done. Raises: EngineMissing, where torch can use none."""
    import torch

    if not torch.cuda.is_available():
        found, remedy = _unusable(devices)
        raise EngineMissing(f"Expected an NVIDIA GPU{wish}, found {found}; {remedy} (or {instead}).")


def card_or_processor(work: str, devices: Path = DEVICES) -> str:
    """The card where there is one, else the processor, and a line in the log. Raises: EngineMissing, where torch cannot use it."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if attached_cards(devices):
        require_card(f" for {work}", f"set {HIDING}=-1 to have the processor do it, which takes hours", devices)
    logger().warning("processor works in place of a GPU", work=work)
    return "cpu"


def attached_cards(devices: Path = DEVICES) -> list[str]:
    """The cards that the driver has handed to this process, and that nobody hides from it."""
    if os.environ.get(HIDING, "0").strip() in ("", "-1"):
        return []
    return sorted(path.name for path in devices.glob("nvidia*") if re.fullmatch(r"nvidia\d+", path.name))


def ran_out(error: RuntimeError) -> bool:
    """Whether a card had no room: torch's allocator says so by the kind of its error, all else on a card by its words.

    Raises: DeviceLost, where the card has failed: CUDA then fails every call that this process still makes.
    """
    import torch

    if isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in NO_ROOM):
        return True
    if isinstance(error, torch.AcceleratorError):
        reason = str(error).partition("\n")[0].rstrip(".")
        raise DeviceLost(f"Expected the GPU to go on working, found {reason}; another task takes the work up.") from error
    return False


@contextmanager
def enough_memory(what: str, device: str) -> Iterator[None]:
    """Raises: Unavailable, where the device has too little memory for it; DeviceLost."""
    try:
        yield
    except RuntimeError as error:
        if not ran_out(error):
            raise
        raise Unavailable(f"Expected memory for {what} on {device}, found too little; try again alone.") from error


def _unusable(devices: Path) -> tuple[str, str]:
    """What is found in place of a card that torch can use, and what mends it."""
    import torch

    cards = attached_cards(devices)
    if torch.version.cuda is None:
        there = f" beside the card {cards[0]}" if cards else ""
        return f"a PyTorch for processors only{there}", "run scripts/setup gpu" + ("" if cards else " on a machine with one")
    if not cards:
        return "no card with a driver", "run scripts/setup gpu on a machine with one"
    return (
        f"the card {cards[0]}, which PyTorch for CUDA {torch.version.cuda} cannot use ({_reason()})",
        "update NVIDIA's driver or install PyTorch's build for it",
    )


def _reason() -> str:
    """Why CUDA does not start, in its own first words."""
    import torch

    try:
        torch.cuda.init()  # type: ignore[no-untyped-call]
    except (RuntimeError, AssertionError) as error:
        return str(error).split(". ")[0].strip().rstrip(".")
    return "CUDA counts no card"
