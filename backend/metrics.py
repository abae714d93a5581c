"""What Prometheus is told: counts from documents, which are the same whichever process answers, and the state of now.

No label has a value that a user chooses: routes are templates, and what is on no route has none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from aiprod import __version__
from aiprod.gpus import GpuReading
from aiprod.tallies import BOUNDS, Totals
from backend.readings import Readings, gpu_seconds

HISTOGRAMS = {
    "http": ("aiprod_http_request_seconds", "Seconds until an answer begins.", ("method", "route", "status")),
    "stage": ("aiprod_stage_seconds", "Seconds that a stage took for an event.", ("stage",)),
    "render": ("aiprod_render_seconds", "Seconds that a renderer took for a clip.", ("renderer", "queue")),
}
COUNTERS = {
    "stage failures": ("aiprod_stage_failures", "Events that a stage refused, gave up on or broke at.", ("stage", "kind")),
    "render failures": ("aiprod_render_failures", "Clips that a renderer refused, gave up on or broke at.", ("renderer", "kind")),
    "videos": ("aiprod_videos", "Videos that were asked for (queued) and that ended.", ("status",)),
    "cost usd": ("aiprod_cost_usd", "US dollars paid to others.", ("engine",)),
}
MARKS = {
    "renderer worked": ("aiprod_renderer_worked_at", "When a renderer last made a clip, in seconds since 1970."),
    "renderer failed": ("aiprod_renderer_failed_at", "When a renderer last failed at a clip, in seconds since 1970."),
}

GPU_FIGURES: tuple[tuple[str, str, Callable[[GpuReading], float | None]], ...] = (
    ("aiprod_gpu_utilization_ratio", "How busy a GPU is.", lambda gpu: gpu.utilization),
    ("aiprod_gpu_memory_used_bytes", "Memory of a GPU that is in use.", lambda gpu: gpu.used_bytes),
    ("aiprod_gpu_memory_bytes", "Memory of a GPU.", lambda gpu: gpu.memory_bytes),
    ("aiprod_gpu_temperature_celsius", "How hot a GPU is.", lambda gpu: gpu.celsius),
    ("aiprod_gpu_power_watts", "What power a GPU takes.", lambda gpu: gpu.watts),
)


def exposition(readings: Readings) -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(tuple(_families(readings))))
    return generate_latest(registry)


class _Once(Collector):
    def __init__(self, families: tuple[Metric, ...]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _families(readings: Readings) -> Iterator[Metric]:
    yield from _histograms(readings.totals)
    yield from _counters(readings.totals)
    for mark, (name, sentence) in MARKS.items():
        found = {one.label["renderer"]: at for one, at in readings.totals.marks.items() if one.name == mark}
        yield _gauge(name, sentence, "renderer", found)
    queues = readings.queues
    yield _gauge("aiprod_videos_at_work", "Videos at work, by status.", "status", readings.videos)
    yield GaugeMetricFamily(
        "aiprod_oldest_video_seconds", "How long ago the oldest video at work was asked for.", readings.oldest_seconds
    )
    yield _gauge("aiprod_clips_waiting", "Clips that wait for a renderer, up to 1000.", "queue", readings.clips)
    yield _gauge("aiprod_queue_events", "Events before a subscription.", "subscription",
                 {one.subscription: one.events for one in queues})  # fmt: skip
    yield _gauge("aiprod_queue_oldest_seconds", "How long the oldest of them has waited.", "subscription",
                 {one.subscription: one.oldest_seconds for one in queues})  # fmt: skip
    yield _gauge("aiprod_renderer_healthy", "Whether a renderer made its last clip.", "renderer", readings.renderers)
    if readings.dead_letters is not None:
        yield GaugeMetricFamily("aiprod_dead_letters", "Events that could not be handled.", readings.dead_letters)
    yield from _gpus(readings)
    yield _gauge("aiprod_build", "1, for the version that answers.", "version", {__version__: 1})


def _histograms(totals: Totals) -> Iterator[Metric]:
    for kind, (name, sentence, labels) in HISTOGRAMS.items():
        family = HistogramMetricFamily(name, sentence, labels=labels)
        for one, durations in sorted(totals.durations(kind).items()):
            passed, buckets = 0.0, []
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), durations.counts, strict=True):
                passed += count
                buckets.append((bound, passed))
            family.add_metric([one.label.get(label, "") for label in labels], buckets, durations.seconds)
        yield family


def _counters(totals: Totals) -> Iterator[Metric]:
    for kind, (name, sentence, labels) in COUNTERS.items():
        family = CounterMetricFamily(name, sentence, labels=labels)
        for one, value in sorted(totals.of(kind).items()):
            family.add_metric([one.label.get(label, "") for label in labels], value)
        yield family
    gpu = CounterMetricFamily("aiprod_gpu_seconds", "Seconds that GPUs rendered.")
    gpu.add_metric([], gpu_seconds(totals))
    yield gpu


def _gpus(readings: Readings) -> Iterator[Metric]:
    """Each card of each machine, as it last told."""
    labels = ["machine", "job", "gpu", "model"]
    for name, sentence, read in GPU_FIGURES:
        family = GaugeMetricFamily(name, sentence, labels=labels)
        for machine in readings.machines:
            for gpu in machine.gpus:
                value = read(gpu)
                if value is not None:
                    family.add_metric([machine.name, machine.job, str(gpu.number), gpu.name], float(value))
        yield family


def _gauge(name: str, sentence: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, sentence, labels=[label])
    for value, amount in sorted(values.items()):
        family.add_metric([value], float(amount))
    return family
