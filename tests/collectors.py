"""A real receiver of what OpenTelemetry sends, over HTTP, in protobuf, as collectors speak it; and of traces."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.loopback import listening


@dataclass(frozen=True)
class Span:
    """A piece of work that was told."""

    name: str
    trace: str
    id: str
    parent: str
    kind: int
    failed: bool
    process: int
    seconds: float
    attributes: dict[str, object]


@dataclass
class Collector:
    """What was told."""

    url: str = ""
    spans: list[Span] = field(default_factory=list)

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


def _value(value) -> object:
    return getattr(value, value.WhichOneof("value"))


def _spans(request: ExportTraceServiceRequest) -> Iterator[Span]:
    for told in request.resource_spans:
        resource = {one.key: _value(one.value) for one in told.resource.attributes}
        for scope in told.scope_spans:
            for span in scope.spans:
                yield Span(
                    name=span.name, trace=span.trace_id.hex(), id=span.span_id.hex(), parent=span.parent_span_id.hex(),
                    kind=span.kind, failed=span.status.code == 2, process=int(resource["process.pid"]),
                    seconds=(span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
                    attributes={one.key: _value(one.value) for one in span.attributes},
                )  # fmt: skip


@contextmanager
def receiving(path: str, hear: Callable[[bytes], None]) -> Iterator[str]:
    """The address of a collector that hears the messages which are sent to its path."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.path == path and self.headers["Content-Type"] == "application/x-protobuf"
            hear(body)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")  # the message that says no more than that all was taken
            self.end_headers()

    with listening(Handler) as address:
        yield f"{address}{path}"


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    def hear(body: bytes) -> None:
        collector.spans += _spans(ExportTraceServiceRequest.FromString(body))

    with receiving("/v1/traces", hear) as collector.url:
        yield collector
