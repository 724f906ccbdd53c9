"""Spans as the OpenTelemetry SDK prints them, and as Phoenix returns them -> spans.

The SDK's console exporter writes `context: {trace_id, span_id}`, `parent_id`, ISO times and attributes as a mapping. Phoenix
returns the same from its API (`/v1/projects/NAME/spans`), and a table with `context.span_id` and `attributes.*` as columns from its client.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, mappings_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter


def is_sdk_spans(head: Head) -> bool:
    """Say whether a file holds such spans."""
    if not head.is_json or not head.has("start_time"):
        return False
    return head.has("context", "trace_id", "span_id") or head.has("context.trace_id", "context.span_id")


def read_sdk_spans(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the spans of a file."""
    for record in records(stream):
        _add(record, writer)


def _add(record: Mapping[str, object], writer: SpanWriter) -> None:
    context = mapping_of(record.get("context"))
    attributes = dict(mapping_of(record.get("attributes")))
    attributes |= {
        key.removeprefix("attributes."): value
        for key, value in record.items()
        if key.startswith("attributes.")
    }
    resource = mapping_of(mapping_of(record.get("resource")).get("attributes"))
    kind = text_of(record.get("kind"))
    span_kind = text_of(record.get("span_kind"))
    if span_kind and span_kind.upper() != "UNKNOWN":
        attributes.setdefault("openinference.span.kind", span_kind)
    status = record.get("status_code") or mapping_of(record.get("status")).get("status_code")
    events = mappings_of(record.get("events"))
    for event in events:
        told = mapping_of(event.get("attributes"))
        if event.get("name") == "exception":
            attributes.setdefault("exception.type", told.get("exception.type") or "exception")
    state = text_of(context.get("trace_state"))
    add_plain(
        writer,
        trace=context.get("trace_id") or record.get("context.trace_id"),
        span=context.get("span_id") or record.get("context.span_id"),
        parent=record.get("parent_id"),
        name=record.get("name"),
        start=record.get("start_time"),
        end=record.get("end_time"),
        attributes=attributes,
        kind=kind,
        service=writer.service(resource or {"service.name": attributes.get("service.name")}),
        failed=text_of(status).upper() == "ERROR",
        state=state if "=" in state else "",
    )
