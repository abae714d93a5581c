"""A real receiver of the metrics that OpenTelemetry sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from tests.collectors import receiving


@dataclass(frozen=True)
class Measure:
    """A number that was told: of a histogram its sum."""

    name: str
    unit: str
    kind: str
    value: float
    labels: dict[str, str]
    service: str


@dataclass
class Measurer:
    """What was told."""

    url: str = ""
    measures: list[Measure] = field(default_factory=list)

    def last(self, name: str, **labels: str) -> Measure:
        return [one for one in self.measures if one.name == name and labels.items() <= one.labels.items()][-1]


def _measures(request: ExportMetricsServiceRequest) -> Iterator[Measure]:
    for told in request.resource_metrics:
        service = {one.key: one.value.string_value for one in told.resource.attributes}["service.name"]
        for scope in told.scope_metrics:
            for metric in scope.metrics:
                kind = metric.WhichOneof("data")
                for point in getattr(metric, kind).data_points:
                    yield Measure(
                        name=metric.name, unit=metric.unit, kind=kind, service=service,
                        value=point.sum if kind == "histogram" else point.as_double or float(point.as_int),
                        labels={one.key: one.value.string_value for one in point.attributes},
                    )  # fmt: skip


@contextmanager
def measuring() -> Iterator[Measurer]:
    measurer = Measurer()

    def hear(body: bytes) -> None:
        measurer.measures += _measures(ExportMetricsServiceRequest.FromString(body))

    with receiving("/v1/metrics", hear) as measurer.url:
        yield measurer
