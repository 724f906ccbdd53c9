"""Observer of traces: OTLP as JSON or protobuf, Jaeger, Langfuse, Phoenix, LangSmith, MLflow; several files make one observation."""

from __future__ import annotations

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.conclude.conclude import conclude
from poc_gate.inputs.observe.traces.formats.known_formats import format_of
from poc_gate.inputs.observe.traces.read_spans import read_spans
from poc_gate.inputs.observe.traces.totals.trace_totals import TraceTotals
from poc_gate.inputs.observe.traces.trace_reading import TraceReading


def _sniff(head: Head) -> bool:
    return format_of(head) is not None


def _read(stream: PackedStream, finds: Finds) -> None:
    if not isinstance(finds.state, TraceReading):
        finds.state = TraceReading()
    read_spans(stream, finds.state, finds)


def _finish(finds: Finds) -> None:
    reading = finds.state
    assert isinstance(reading, TraceReading)
    totals: TraceTotals = reading.finish()
    finds.state, finds.samples = totals, totals.spans


OBSERVER = Observer(
    name="traces",
    summary="Traces: OTLP (JSON, protobuf), Jaeger, Zipkin, Langfuse, Phoenix, LangSmith, MLflow",
    group="traces",
    sniff=_sniff,
    read=_read,
    together=True,
    finish=_finish,
    fit=conclude,
    patterns=("*otlp*.json*", "*trace*.json*", "*span*.json*", "*trace*.binpb*"),
    extra="traces",
    versions="opentelemetry-sdk 1.45.1",
)
