"""Traces of MLflow as `Trace.to_json` writes them, one a line or in a list -> spans; attribute values are JSON texts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.otlp_json import key_of
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, mappings_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter


def is_mlflow(head: Head) -> bool:
    """Say whether a file holds traces of MLflow."""
    return head.is_json and head.has("info", "data", "spans") and b'"mlflow.' in head.content


def read_mlflow(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the traces of a file."""
    for record in records(stream):
        info, data = mapping_of(record.get("info")), mapping_of(record.get("data"))
        kept = {**mapping_of(info.get("tags")), **mapping_of(info.get("trace_metadata"))}
        version = text_of(kept.get("mlflow.version"))
        writer.store.tools["mlflow"] = version[:40]
        name = text_of(kept.get("mlflow.source.name")).rpartition("/")[2]
        service = writer.service({"service.name": name or "mlflow"})
        for span in mappings_of(data.get("spans")):
            _add(span, service, writer)


def _add(span: Mapping[str, object], service: str, writer: SpanWriter) -> None:
    attributes = {key: _decoded(value) for key, value in mapping_of(span.get("attributes")).items()}
    code = text_of(mapping_of(span.get("status")).get("code")) or text_of(span.get("status_code"))
    start = span.get("start_time_unix_nano") or span.get("start_time")
    end = span.get("end_time_unix_nano") or span.get("end_time")
    context = mapping_of(span.get("context"))
    if attributes.get("mlflow.spanType") == "TOOL":
        attributes.setdefault("gen_ai.tool.name", span.get("name"))
    add_plain(
        writer, trace=_id(span.get("trace_id") or context.get("trace_id")), span=_id(span.get("span_id") or context.get("span_id")),
        parent=_id(span.get("parent_span_id") or span.get("parent_id")), name=span.get("name"), start=start, end=end,
        attributes=attributes, service=service, failed="ERROR" in code.upper(),
    )  # fmt: skip


def _id(value: object) -> str:
    """Return an id in hexadecimal, of one that may be in base64."""
    text = text_of(value)
    return f"{key_of(text):016x}" if text.endswith("=") and len(text) in (12, 24) else text


def _decoded(value: object) -> object:
    if not isinstance(value, str) or value[:1] not in '"{-0123456789' or len(value) > 4000:
        return value
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):
        return value
