"""NVIDIA's cards of this machine, asked through the driver's own library (NVML). A machine without one has none: no error.

Knows pynvml; what is made of the readings is others' business.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiprod.gpus import GpuReading
from aiprod.logs import logger


@dataclass(frozen=True, slots=True)
class NvidiaGpus:
    """Implements gpus.Gpus."""

    def read(self) -> tuple[GpuReading, ...]:
        try:
            import pynvml
        except ImportError:
            return ()
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError:  # no driver, no library of it, or no right to ask it
            return ()
        try:
            return tuple(_reading(pynvml, number) for number in range(pynvml.nvmlDeviceGetCount()))
        except pynvml.NVMLError as error:
            logger().warning("GPU not read", reason=str(error))
            return ()
        finally:
            with suppress(pynvml.NVMLError):
                pynvml.nvmlShutdown()


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
