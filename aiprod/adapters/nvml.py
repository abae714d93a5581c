"""NVIDIA's cards of this machine, asked through the driver's own library (NVML). A machine without one has none: no error.

Knows pynvml; what is made of the readings is others' business.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiprod.gpus import GpuReading
from aiprod.logs import logger
from aiprod.models.cards import DEVICES, attached_cards


@dataclass(frozen=True, slots=True)
class NvidiaGpus:
    """Implements gpus.Gpus. Of a card that is here and cannot be asked, the log says why: else nobody would see that it works
    unwatched, and that what it costs is not counted."""

    devices: Path = DEVICES

    def read(self) -> tuple[GpuReading, ...]:
        try:
            import pynvml
        except ImportError:
            return self._unread("nvidia-ml-py is not installed (scripts/setup gpu)")
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError as error:  # no driver, no library of it, or no right to ask it
            return self._unread(str(error))
        try:
            return tuple(_reading(pynvml, number) for number in range(pynvml.nvmlDeviceGetCount()))
        except pynvml.NVMLError as error:
            logger().warning("GPU not read", reason=str(error))
            return ()
        finally:
            with suppress(pynvml.NVMLError):
                pynvml.nvmlShutdown()

    def _unread(self, reason: str) -> tuple[GpuReading, ...]:
        if cards := attached_cards(self.devices):
            logger().warning("GPU not read", cards=cards, reason=reason)
        return ()


def _reading(nvml: Any, number: int) -> GpuReading:
    card = nvml.nvmlDeviceGetHandleByIndex(number)
    memory = nvml.nvmlDeviceGetMemoryInfo(card)
    name = nvml.nvmlDeviceGetName(card)

    def asked(ask: Callable[[], float]) -> float | None:
        """What some cards, and slices of cards, do not tell."""
        try:
            return float(ask())
        except nvml.NVMLError:
            return None

    percent = asked(lambda: nvml.nvmlDeviceGetUtilizationRates(card).gpu)
    milliwatts = asked(lambda: nvml.nvmlDeviceGetPowerUsage(card))
    return GpuReading(
        name=name.decode() if isinstance(name, bytes) else name, number=number,
        used_bytes=int(memory.used), memory_bytes=int(memory.total),
        utilization=None if percent is None else percent / 100,
        celsius=asked(lambda: nvml.nvmlDeviceGetTemperature(card, nvml.NVML_TEMPERATURE_GPU)),
        watts=None if milliwatts is None else milliwatts / 1000,
    )  # fmt: skip
