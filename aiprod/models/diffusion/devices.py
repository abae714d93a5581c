"""What diffusion runs on, behind a port: where tensors go, how much memory there is, and memory that ran out.

Knows torch's devices and their errors; knows no model. Work goes through `attempt`, so that running out of memory is
one error of ours wherever it happens.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TypeVar

from aiprod.errors import Unavailable
from aiprod.logs import logger
from aiprod.models.cards import ran_out, require_card
from aiprod.models.diffusion.effort import Work
from aiprod.models.diffusion.placement import HEADROOM, Precision
from aiprod.models.pictures import require_packages

T = TypeVar("T")
_HELD: dict[Path, IO[bytes]] = {}
"""Locks of devices that this process has; the system lets go of them when it ends."""
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where a container of either kind of Linux's control groups is told its memory."""
LEFT_BYTES = 3 * 2**29
"""Of a GPU's memory, for kernels as they are loaded and for NVENC, which another process asks: torch keeps what it once had."""
FLOAT8_CAPABILITY = (8, 9)
"""Ada and later multiply 8-bit floats."""


class MemoryShort(Unavailable):
    """The device has no room for a piece of work; a smaller effort may fit."""

    def __init__(self, work: Work, where: str) -> None:
        self.work = work
        super().__init__(
            f"Expected room for {work.stage.value} ({work.batch} x {work.frames} frames), found too little in {where};"
            " use a device with more memory or set a smaller AIPROD_DIFFUSION_SIDE_PX."
        )


class Device(Protocol):
    """Where networks run. `name` is torch's; `small` the precision of one byte that it is quick in; `main_bytes` is the memory of
    the machine that it belongs to."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def memory_bytes(self) -> int: ...
    @property
    def main_bytes(self) -> int: ...
    @property
    def small(self) -> Precision: ...

    def attempt(self, work: Work, do: Callable[[], T]) -> T:
        """Do it. Raises: MemoryShort, DeviceLost."""

    def settle(self) -> None:
        """Wait until all that was asked for is done."""

    def peak_bytes(self) -> int:
        """The most memory that was in use since this was last asked (0: not known)."""

    def empty(self) -> None:
        """Give back memory that is held for later."""

    def hold(self) -> None:
        """Have the device for this process alone until it ends, but for a little memory; waits for whoever has it."""


@dataclass(frozen=True, slots=True)
class ProcessorDevice:
    """Implements Device on the machine's own processor and memory."""

    name: str = "cpu"
    title: str = "processor"
    small: Precision = Precision.INT8

    @property
    def memory_bytes(self) -> int:
        return self.main_bytes

    @property
    def main_bytes(self) -> int:
        return main_memory_bytes()

    def attempt(self, work: Work, do: Callable[[], T]) -> T:
        try:
            return do()
        except MemoryError as error:
            raise MemoryShort(work, "the machine's memory") from error

    def settle(self) -> None:
        return

    def peak_bytes(self) -> int:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def empty(self) -> None:
        return

    def hold(self) -> None:
        return


@dataclass(frozen=True, slots=True)
class CudaDevice:
    """Implements Device on an NVIDIA GPU."""

    name: str = "cuda:0"

    @property
    def title(self) -> str:
        import torch

        return torch.cuda.get_device_name(self.name)

    @property
    def memory_bytes(self) -> int:
        import torch

        return int(torch.cuda.get_device_properties(self.name).total_memory)

    @property
    def main_bytes(self) -> int:
        return main_memory_bytes()

    @property
    def small(self) -> Precision:
        import torch

        able = torch.cuda.get_device_capability(self.name) >= FLOAT8_CAPABILITY
        return Precision.FLOAT8 if able else Precision.INT8

    def attempt(self, work: Work, do: Callable[[], T]) -> T:
        import torch

        try:
            return do()
        except RuntimeError as error:
            if not ran_out(error):
                raise
            logger().warning("memory of the GPU ran out", stage=work.stage.value, reason=str(error).partition("\n")[0])
        torch.cuda.empty_cache()  # not before the error has gone, which holds all that the work had made
        raise MemoryShort(work, self.title)

    def settle(self) -> None:
        import torch

        torch.cuda.synchronize(self.name)

    def peak_bytes(self) -> int:
        import torch

        peak = int(torch.cuda.max_memory_allocated(self.name))
        torch.cuda.reset_peak_memory_stats(self.name)
        return peak

    def empty(self) -> None:
        import gc

        import torch

        gc.collect()
        torch.cuda.empty_cache()

    def hold(self) -> None:
        import torch

        # Two tasks of one machine would each find half of the memory, and draw smaller than either need.
        facts = torch.cuda.get_device_properties(self.name)
        path = Path(tempfile.gettempdir()) / f"aiprod-gpu-{facts.uuid}.lock"  # each process counts its cards from nought
        if path not in _HELD:
            lock = _open_lock(path)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                logger().warning("waiting for the GPU, which another process has", device=self.name)
                fcntl.flock(lock, fcntl.LOCK_EX)
            torch.cuda.set_per_process_memory_fraction(max(HEADROOM, 1 - LEFT_BYTES / facts.total_memory), self.name)
            _HELD[path] = lock


def _open_lock(path: Path) -> IO[bytes]:
    """The file, which whoever comes first makes: a lock wants no right to write, which other users would not have."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        lock = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC)
        os.fchmod(lock, 0o644)
        return os.fdopen(lock, "rb")


def main_memory_bytes(limits: Sequence[Path] = CGROUP_LIMITS) -> int:
    """The machine's own memory, or as much of it as this process's container may have."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in limits:
        with suppress(OSError, ValueError):  # no such kind of container, or "max"
            found.append(int(path.read_text()))
    return min(found)


def find_device(wanted: str) -> Device:
    """The device of that kind, cuda or cpu. Raises: EngineMissing, when it is not to be had here."""
    if wanted == "cpu":
        return ProcessorDevice()
    require_packages("diffusion", ("torch",))
    require_card("", "set AIPROD_DIFFUSION_DEVICE=cpu, which takes hours a clip")
    return CudaDevice()


def seed_everything(seed: int) -> None:
    """Give every generator of random numbers this seed and cuDNN one way of doing things.

    Latents are drawn from generators of their own, a clip each; this is for what a library may draw besides.
    """
    import random

    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False

