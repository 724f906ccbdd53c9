"""OTLP as protobuf -> spans: one message, or messages behind their length as the collector's file exporter writes them.

The collector writes the length in four bytes, the big end first; other tools in protobuf's own varint.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.plain_span import origin_of
from poc_gate.inputs.observe.traces.span_store import Flag
from poc_gate.inputs.observe.traces.span_writer import CONTENT, IDENTITY, MEASURE, URL, SpanWriter

_LARGEST_MESSAGE = 64 << 20
_INSTALL = "pip install 'poc-gate[traces]'"
_BATCH = 0x0A
"""Tag of field 1 with a length: `resource_spans` of a request, and of what is inside it the resource."""


def is_protobuf(head: Head) -> bool:
    """Say whether a file holds OTLP traces as protobuf: by its name, or by the tags and lengths at its start."""
    content = head.content
    if not content or head.is_json:
        return False
    if not _starts_well(content):
        return False
    # Graphs of models begin with the same tag; what spans are about is in their resource.
    about = any(
        word in content[:8192] for word in (b"service.name", b"telemetry.sdk", b"deployment.environment")
    )
    return about or head.name.endswith((".binpb", ".otlp"))


def _starts_well(content: bytes) -> bool:
    return any(
        content[at : at + 1] == bytes([_BATCH]) for at in (0, 4, _varint_end(content)) if at < len(content)
    )


def _varint_end(content: bytes) -> int:
    at = 0
    while at < 5 and at < len(content) and content[at] & 0x80:
        at += 1
    return at + 1


def read_protobuf(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the spans of a file; raises InvalidInputError where the package for the format is not installed."""
    if (
        importlib.util.find_spec("opentelemetry") is None
        or importlib.util.find_spec("opentelemetry.proto") is None
    ):
        raise stream.fault(
            "is OTLP as protobuf, which this installation cannot read", f"{_INSTALL}, or export it as JSON"
        )
    from google.protobuf.message import DecodeError
    from opentelemetry.proto.trace.v1.trace_pb2 import TracesData

    content = stream.whole()
    try:
        for message in _messages(content, stream):
            data = TracesData()
            data.ParseFromString(message)
            for group in data.resource_spans:
                _add_group(group, writer)
    except (DecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not OTLP as protobuf: {str(error)[:120]}", "export it again, or as JSON"
        ) from None


def _messages(content: bytes, stream: PackedStream) -> Iterator[memoryview]:
    """Yield the messages of a file, in whichever of the three forms it fits to its very end."""
    view = memoryview(content)
    if content[:1] == bytes([_BATCH]) and not _fits(content, 4) and not _fits(content, 0):
        yield view
        return
    width = 4 if _fits(content, 4) else 0
    if not width and not _fits(content, 0):
        raise stream.fault("its messages do not end where their lengths say", "export it again, or as JSON")
    at = 0
    while at < len(content):
        start, length = _length(content, at, width)
        yield view[start : start + length]
        at = start + length


def _fits(content: bytes, width: int) -> bool:
    at = 0
    while at < len(content):
        start, length = _length(content, at, width)
        if not 0 < length <= _LARGEST_MESSAGE or start + length > len(content) or content[start] != _BATCH:
            return False
        at = start + length
    return True


def _length(content: bytes, at: int, width: int) -> tuple[int, int]:
    if width:
        return at + width, int.from_bytes(content[at : at + width], "big")
    value = shift = 0
    while at < len(content) and shift < 35:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return at, value
        shift += 7
    return at, 0


def _add_group(group: Any, writer: SpanWriter) -> None:
    told = {one.key: _value(one.value) for one in group.resource.attributes}
    service = writer.service(told)
    sampling = {key: told[key] for key in names.SAMPLING if key in told}
    for scope in group.scope_spans:
        for span in scope.spans:
            _add_span(span, service, writer, sampling)


def _value(value: Any) -> object:
    kind = value.WhichOneof("value")
    return (
        getattr(value, kind) if kind in ("string_value", "int_value", "double_value", "bool_value") else None
    )


def _add_span(span: Any, service: str, writer: SpanWriter, sampling: dict[str, object]) -> None:
    identity: list[object] = []
    measures: dict[str, object] = {}
    flags = int(Flag.ERROR) if span.status.code == 2 else 0
    for one in span.attributes:
        good_for = writer.known[one.key]
        if good_for == CONTENT:
            flags |= int(Flag.CONTENT)
        elif good_for:
            value = _value(one.value)
            if good_for == IDENTITY:
                identity += (one.key, value)
            elif good_for == MEASURE:
                measures[one.key] = value
            elif good_for == URL:
                origin, more = origin_of(str(value))
                identity += (one.key, origin)
                flags |= more
            else:
                sampling = {**sampling, one.key: value}
    first = -1
    for event in span.events:
        if event.name in names.FIRST_TOKEN_EVENTS and first < 0:
            first = max(-1, event.time_unix_nano - span.start_time_unix_nano)
        elif event.name.startswith(names.CONTENT_EVENTS):
            flags |= int(Flag.CONTENT)
        elif event.name == "exception":
            kinds = (_value(one.value) for one in event.attributes if one.key == "exception.type")
            measures.setdefault("exception.type", next(kinds, None) or "exception")
    writer.add(
        int.from_bytes(span.trace_id[-8:], "big"), int.from_bytes(span.span_id, "big") & (1 << 64) - 1,
        int.from_bytes(span.parent_span_id, "big") & (1 << 64) - 1, name=span.name, kind=span.kind if 0 <= span.kind <= 5 else 0,
        start=span.start_time_unix_nano, end=span.end_time_unix_nano, service=service, identity=identity, measures=measures,
        flags=flags, state=span.trace_state, sampling=sampling or None, first_token=first,
    )  # fmt: skip
