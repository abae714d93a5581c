"""The graphics cards of a machine: what is read of one, who reads it, and how it is told to whoever keeps a history.

Knows no driver, no store and no HTTP.
"""

from dataclasses import dataclass
from typing import Protocol

from aiprod import gauges
from aiprod.logs import logger


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuReading:
    """A graphics card at a moment. `utilization` is 0..1, `celsius` its temperature; None is what it does not tell."""

    name: str
    number: int
    used_bytes: int
    memory_bytes: int
    utilization: float | None = None
    celsius: float | None = None
    watts: float | None = None


class Gpus(Protocol):
    """The graphics cards of this machine."""

    def read(self) -> tuple[GpuReading, ...]:
        """Each card now; () where there is none, or none that tells."""


def tell(machine: str, job: str, gpus: tuple[GpuReading, ...]) -> None:
    """Tell the collector and the log how the cards are that a machine has for a job."""
    for gpu in gpus:
        labels = {"machine": machine, "job": job, "gpu": str(gpu.number), "model": gpu.name}
        figures = {
            "utilization": (gpu.utilization, "1"), "memory.used": (gpu.used_bytes, "By"), "memory.size": (gpu.memory_bytes, "By"),
            "temperature": (gpu.celsius, "Cel"), "power": (gpu.watts, "W"),
        }  # fmt: skip
        for name, (value, unit) in figures.items():
            if value is not None:
                gauges.show(f"aiprod.gpu.{name}", value, unit, **labels)
        memory = round(gpu.used_bytes / max(1, gpu.memory_bytes), 4)
        logger().info("gpu read", machine=machine, job=job, gpu=gpu.number, model=gpu.name, memory=memory,
                      utilization=gpu.utilization, celsius=gpu.celsius, watts=gpu.watts)  # fmt: skip
