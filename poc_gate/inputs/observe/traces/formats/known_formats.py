"""Every format of traces, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.jaeger_json import is_jaeger, read_jaeger
from poc_gate.inputs.observe.traces.formats.langfuse_export import is_langfuse, read_langfuse
from poc_gate.inputs.observe.traces.formats.langsmith_runs import is_langsmith, read_langsmith
from poc_gate.inputs.observe.traces.formats.mlflow_traces import is_mlflow, read_mlflow
from poc_gate.inputs.observe.traces.formats.otlp_json import is_otlp, read_otlp
from poc_gate.inputs.observe.traces.formats.otlp_protobuf import is_protobuf, read_protobuf
from poc_gate.inputs.observe.traces.formats.sdk_spans import is_sdk_spans, read_sdk_spans
from poc_gate.inputs.observe.traces.formats.zipkin_json import is_zipkin, read_zipkin
from poc_gate.inputs.observe.traces.span_writer import SpanWriter


class SpanFormat(Struct, frozen=True):
    """One format."""

    name: str
    is_it: Callable[[Head], bool]
    read: Callable[[PackedStream, SpanWriter], None]


FORMATS = (
    SpanFormat("mlflow", is_mlflow, read_mlflow),
    SpanFormat("otlp-json", is_otlp, read_otlp),
    SpanFormat("jaeger", is_jaeger, read_jaeger),
    SpanFormat("zipkin", is_zipkin, read_zipkin),
    SpanFormat("sdk-spans", is_sdk_spans, read_sdk_spans),
    SpanFormat("langfuse", is_langfuse, read_langfuse),
    SpanFormat("langsmith", is_langsmith, read_langsmith),
    SpanFormat("otlp-protobuf", is_protobuf, read_protobuf),
)


def format_of(head: Head) -> SpanFormat | None:
    """Return the format of a file, or None where it contains no traces."""
    return next((one for one in FORMATS if one.is_it(head)), None)
