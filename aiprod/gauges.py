"""Numbers told to a collector while a process lives, by OpenTelemetry's protocol over HTTP: for jobs, which nobody can ask.

Off unless a setting says where to: then nothing is imported, and telling costs a look at a variable. Knows no number's
meaning; `telemetry.py` tells traces the same way.
"""

from typing import TYPE_CHECKING

from aiprod.otlp import FLUSH_SECONDS, Outlet, resource

if TYPE_CHECKING:
    from opentelemetry.metrics import Meter
    from opentelemetry.sdk.metrics import MeterProvider

TOLD_SECONDS = 15.0
CLIP_BOUNDS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
"""Upper bounds in seconds by which durations are sorted; what is longer comes after the last."""
_outlet: "Outlet[MeterProvider]" = Outlet("AIPROD_METRICS_URL")


def configure(url: str) -> None:
    """Tell numbers to a collector from now on; "" tells none. Raises: EngineMissing."""
    _outlet.configure(url, lambda: _open(url))


def stop() -> None:
    """Tell what is left, and nothing from now on."""
    _outlet.stop()


def show(name: str, value: float, unit: str, **labels: str) -> None:
    """How something is now."""
    if (meter := _meter()) is not None:
        meter.create_gauge(name, unit).set(value, labels)


def add(name: str, amount: float, unit: str, **labels: str) -> None:
    """That something grew."""
    if (meter := _meter()) is not None:
        meter.create_counter(name, unit).add(amount, labels)


def took(name: str, seconds: float, **labels: str) -> None:
    """How long something took."""
    if (meter := _meter()) is not None:
        meter.create_histogram(name, "s", explicit_bucket_boundaries_advisory=CLIP_BOUNDS).record(seconds, labels)


def _meter() -> "Meter | None":
    """Makes an instrument once, and gives the same one again."""
    teller = _outlet.teller
    return teller.get_meter("aiprod") if teller is not None else None


def _open(url: str) -> "MeterProvider":
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    exporter = OTLPMetricExporter(endpoint=url, timeout=FLUSH_SECONDS)
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=TOLD_SECONDS * 1000)
    return MeterProvider(metric_readers=[reader], resource=resource())
