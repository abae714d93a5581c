"""A real receiver of traces: OpenTelemetry's protocol over HTTP, in protobuf, as collectors speak it."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

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
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf"
            collector.spans += _spans(ExportTraceServiceRequest.FromString(body))
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    with listening(Handler) as address:
        collector.url = f"{address}/v1/traces"
        yield collector
