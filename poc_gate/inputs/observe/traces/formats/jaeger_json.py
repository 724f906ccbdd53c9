"""Jaeger's JSON, from its page or its API, and its records of storage, one a line -> spans; times are microseconds."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, mappings_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter

_MICRO = 1000


def is_jaeger(head: Head) -> bool:
    """Say whether a file holds Jaeger's spans."""
    return head.is_json and head.has("traceID", "spanID", "operationName")


def read_jaeger(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the spans of a file."""
    for record in records(stream):
        processes = {name: _service(one, writer) for name, one in mapping_of(record.get("processes")).items()}
        for span in mappings_of(record.get("spans")) if "spans" in record else [record]:
            _add(span, processes, writer)


def _service(process: object, writer: SpanWriter) -> str:
    told = mapping_of(process)
    tags = _tags(told.get("tags"))
    return writer.service({**tags, "service.name": told.get("serviceName")})


def _tags(tags: object) -> dict[str, object]:
    if isinstance(tags, dict):  # a record of storage may hold them as a mapping
        return dict(tags)
    return {text_of(tag.get("key")): tag.get("value") for tag in mappings_of(tags)}


def _add(span: Mapping[str, object], processes: Mapping[str, str], writer: SpanWriter) -> None:
    tags = _tags(span.get("tags"))
    references = mappings_of(span.get("references"))
    trace = span.get("traceID")
    parent = next(
        (one.get("spanID") for one in references if one.get("traceID", trace) == trace and one.get("refType") != "FOLLOWS_FROM"),
        span.get("parentSpanID"),
    )  # fmt: skip
    begun, length = span.get("startTime"), span.get("duration")
    start = int(begun) * _MICRO if isinstance(begun, int) and abs(begun) < 1 << 53 else 0
    took = int(length) * _MICRO if isinstance(length, int) and 0 <= length < 1 << 50 else -1
    process = span.get("process")
    service = _service(process, writer) if process else processes.get(text_of(span.get("processID")), "")
    failed = (
        str(tags.get("error", "")).lower() == "true"
        or str(tags.get("otel.status_code", "")).upper() == "ERROR"
    )
    for log in mappings_of(span.get("logs")):
        fields = _tags(log.get("fields"))
        if fields.get("event") == "exception":
            tags.setdefault("exception.type", fields.get("exception.type") or "exception")
    add_plain(
        writer, trace=trace, span=span.get("spanID"), parent=parent, name=span.get("operationName"), start=start,
        end=start + took, attributes=tags, kind=tags.get("span.kind"), service=service, failed=failed,
        state=text_of(tags.get("w3c.tracestate")),
    )  # fmt: skip
