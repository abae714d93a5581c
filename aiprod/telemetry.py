"""Traces: which piece of work came from which, across processes, sent by OpenTelemetry's protocol over HTTP.

Off unless a setting says where to: then nothing is imported, and a span costs a look at a variable. What is carried from
process to process is a W3C traceparent, beside the events and never in an artefact. Knows no event and no document.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiprod.logs import context
from aiprod.otlp import FLUSH_SECONDS, Outlet, resource

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

Kind: TypeAlias = Literal["internal", "server", "consumer"]
Attributes: TypeAlias = Mapping[str, str | int | float | bool]
_HEADER = "traceparent"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tracing:
    """Implements otlp.Teller."""

    provider: "TracerProvider"
    tracer: "Tracer"

    def shutdown(self) -> None:
        self.provider.shutdown()


_outlet: Outlet[_Tracing] = Outlet("AIPROD_TRACES_URL")


def configure(url: str, share: float = 1.0) -> None:
    """Send a share (0..1) of traces to a collector from now on; "" sends none. Raises: EngineMissing."""
    _outlet.configure(url, lambda: _open(url, share))


def _open(url: str, share: float) -> _Tracing:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    provider = TracerProvider(resource=resource(), sampler=ParentBased(TraceIdRatioBased(share)))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=FLUSH_SECONDS)))
    return _Tracing(provider=provider, tracer=provider.get_tracer("aiprod"))


def is_on() -> bool:
    """Whether traces are sent from here."""
    return _outlet.teller is not None


def stop() -> None:
    """Send what is left, and nothing from now on."""
    _outlet.stop()


def flush() -> None:
    """Send what is left: for processes that sleep between requests."""
    if _outlet.teller is not None:
        _outlet.teller.provider.force_flush(int(FLUSH_SECONDS * 1000))


def carried() -> str:
    """The traceparent of the work at hand, to be carried to whoever goes on with it; "" where there is none."""
    if _outlet.teller is None:
        return ""
    from opentelemetry.trace import get_current_span

    at_hand = get_current_span().get_span_context()
    if not at_hand.is_valid:
        return ""
    return f"00-{at_hand.trace_id:032x}-{at_hand.span_id:016x}-{int(at_hand.trace_flags):02x}"


class Piece:
    """A piece of work that is being timed."""

    def __init__(self, span: "Span | None" = None) -> None:
        self._span = span

    def call(self, name: str) -> None:
        """Give it the name that it turned out to have."""
        if self._span is not None:
            self._span.update_name(name)

    def note(self, **attributes: str | int | float | bool) -> None:
        """Add what is known by now."""
        if self._span is not None:
            self._span.set_attributes(attributes)

    def fail(self, reason: str) -> None:
        """Tell that it did not succeed; by itself only an error that leaves the block tells so."""
        if self._span is not None:
            from opentelemetry.trace import StatusCode

            self._span.set_status(StatusCode.ERROR, reason)


_NOTHING = Piece()


@contextmanager
def span(name: str, attributes: Attributes | None = None, *, kind: Kind = "internal", after: str = "") -> Iterator[Piece]:
    """Time a piece of work: a part of what is at hand, or of what a carried traceparent (`after`) names.

    Log lines of the work carry the trace's id. `attributes` never hold a text of a user's.
    """
    if _outlet.teller is None:
        yield _NOTHING
        return
    from opentelemetry.trace import SpanKind

    parent = _read(after) if after else None
    with _outlet.teller.tracer.start_as_current_span(
        name, context=parent, kind=SpanKind[kind.upper()], attributes=attributes, record_exception=False,
        set_status_on_exception=False,
    ) as started:  # fmt: skip
        piece = Piece(started)
        with context(trace=f"{started.get_span_context().trace_id:032x}"):
            try:
                yield piece
            except BaseException as error:
                piece.fail(type(error).__name__)  # its sentence may hold words of a user's
                raise


@contextmanager
def resumed(traceparent: str) -> Iterator[None]:
    """Do what follows as a part of the work that a carried traceparent names, without timing it."""
    if _outlet.teller is None or not traceparent:
        yield
        return
    from opentelemetry.context import attach, detach

    token = attach(_read(traceparent))
    try:
        yield
    finally:
        detach(token)


def _read(traceparent: str) -> "Context":
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract({_HEADER: traceparent})
