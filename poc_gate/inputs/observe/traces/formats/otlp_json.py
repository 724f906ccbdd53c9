"""OTLP as JSON lines or one JSON document -> spans: the collector's file exporter, SDK file exporters, API answers.

A line holds `resourceSpans` (or `resource_spans`), or, as some exporters write, one span or a list of spans without
their resource. Only the fields that are needed are decoded; texts of messages are passed over.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.describe_span import kind_number
from poc_gate.inputs.observe.traces.formats.otlp_shapes import Batch, Event, Groups, Resource, Span, Value
from poc_gate.inputs.observe.traces.plain_span import origin_of
from poc_gate.inputs.observe.traces.span_store import Flag
from poc_gate.inputs.observe.traces.span_writer import CONTENT, IDENTITY, MEASURE, URL, SpanWriter, id_bits

_ERROR = int(Flag.ERROR)
_CONTENT = int(Flag.CONTENT)
_MASK = (1 << 64) - 1
_ERROR_CODES = (2, "STATUS_CODE_ERROR", "ERROR", "Error", "2")


_BATCH = msgspec.json.Decoder(Batch)
_SPAN = msgspec.json.Decoder(Span)
_SPANS = msgspec.json.Decoder(list[Span])
_BATCHES = msgspec.json.Decoder(list[Batch])


def is_otlp(head: Head) -> bool:
    """Say whether a file holds OTLP traces as JSON."""
    if not head.is_json:
        return False
    start = head.content[:4096]
    if b'"resourceSpans"' in start or b'"resource_spans"' in start:
        return True
    if b'"batches"' in start and b'"scopeSpans"' in head.content:
        return True
    times = b'"startTimeUnixNano"' in head.content or b'"start_time_unix_nano"' in head.content
    return times and (b'"traceId"' in head.content or b'"trace_id"' in head.content)


def read_otlp(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the spans of a file; raises InvalidInputError with the line of what is not JSON of that shape."""
    head = stream.head()
    if is_one_document(head):
        read_text(stream.whole(), writer, stream, 0)
        return
    read_lines(stream.lines(), writer, stream, is_end=True)


def read_lines(
    lines: Iterable[tuple[int, bytes]], writer: SpanWriter, stream: Lines, *, is_end: bool,
    told: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Add the spans of numbered lines; the last one may be cut off where it is the end of a file that is still written to.

    Raises InvalidInputError for any other line that does not parse, and where none does.
    """
    broken: InvalidInputError | None = None
    good = 0
    for number, line in lines:
        if broken is not None:
            raise broken
        try:
            read_text(line, writer, stream, number)
            good += 1
        except InvalidInputError as error:
            broken = error
        told()
    if broken is not None and not (is_end and good):
        raise broken
    if broken is not None:
        writer.store.leave_out("no end, in a last line that is cut off")


def is_one_document(head: bytes) -> bool:
    """Say whether the first line is only the beginning of a document that runs over several lines."""
    line, ended, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not ended or not rest.strip():
        return False
    return line.rstrip()[-1:] not in (b"}", b"]") or line.strip() in (b"[", b"{")


class Lines(Protocol):
    """What can make an error about a line: a stream, or a part of a file."""

    def fault(self, what: str, next_step: str, line: int = 0, column: int = 0) -> InvalidInputError:
        """Return an error about a line."""


def read_text(text: bytes, writer: SpanWriter, stream: Lines, line: int) -> None:
    """Add the spans of one line or document."""
    try:
        plain = text.lstrip(b"\xef\xbb\xbf \t\r\n")
        if plain[:1] == b"[":
            if b'esourceSpans"' in plain or b'esource_spans"' in plain:
                for batch in _BATCHES.decode(plain):
                    add_batch(batch, writer)
            else:
                add_bare(_SPANS.decode(plain), writer)
        elif (
            b'esourceSpans"' in plain
            or b'esource_spans"' in plain
            or b'"spans"' in plain
            or b'"batches"' in plain
        ):
            add_batch(_BATCH.decode(plain), writer)
        else:
            add_bare([_SPAN.decode(plain)], writer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        why = str(error) or type(error).__name__
        step = "export it again; a file that is still being written ends in half a line"
        raise stream.fault(f"is not OTLP as JSON: {why[:160]}", step, line, 1 if line else 0) from None


def add_batch(batch: Batch, writer: SpanWriter) -> None:
    """Add the spans of one batch."""
    for groups in (batch, batch.trace, batch.result):
        if groups is not None:
            _add_groups(groups, writer)
    add_bare(batch.spans, writer)


def _add_groups(groups: Groups, writer: SpanWriter) -> None:
    for group in (*groups.resourceSpans, *groups.resource_spans, *groups.batches):
        service, defaults = _resource(group.resource, writer)
        for scope in (*group.scopeSpans, *group.scope_spans, *group.instrumentationLibrarySpans):
            for span in scope.spans:
                add_span(span, service, writer, defaults)


def add_bare(spans: list[Span], writer: SpanWriter) -> None:
    """Add spans that each name their own resource, or none."""
    for span in spans:
        service, defaults = _resource(span.resource, writer)
        add_span(span, service, writer, defaults)


def _resource(resource: Resource | None, writer: SpanWriter) -> tuple[str, dict[str, object]]:
    told: dict[str, object] = {}
    if resource is not None and resource.attributes:
        told = {one.key: plain_value(one.value) for one in resource.attributes if one.value is not None}
    sampling = {key: told[key] for key in names.SAMPLING if key in told}
    return writer.service(told), sampling


def plain_value(value: Value | None) -> object:
    """Return a value as text or number; None of lists and mappings."""
    if value is None:
        return None
    if value.stringValue is not None:
        return value.stringValue
    if value.intValue is not None:
        return value.intValue
    if value.doubleValue is not None:
        return value.doubleValue
    if value.boolValue is not None:
        return value.boolValue
    return value.string_value if value.string_value is not None else value.int_value


def add_span(span: Span, service: str, writer: SpanWriter, sampling: dict[str, object]) -> None:
    """Add one span."""
    identity: list[object] = []
    measures: dict[str, object] = {}
    flags = 0
    known = writer.known
    for one in span.attributes or ():
        good_for = known[one.key]
        if not good_for:
            continue
        if good_for == CONTENT:
            flags |= _CONTENT
            continue
        value = one.value
        if value is None:
            continue
        found = value.stringValue
        plain = found if found is not None else plain_value(value)
        if good_for == IDENTITY:
            identity += (one.key, plain)
        elif good_for == MEASURE:
            measures[one.key] = plain
        elif good_for == URL:
            origin, more = origin_of(str(plain))
            identity += (one.key, origin)
            flags |= more
        else:
            sampling = {**sampling, one.key: plain}
    status = span.status
    if status is not None and status.code in _ERROR_CODES:
        flags |= _ERROR
    kind = span.kind if isinstance(span.kind, int) else kind_number(span.kind)
    start = _whole(span.startTimeUnixNano or span.start_time_unix_nano)
    first_token = -1
    if span.events:
        more, first_token = events_of(span.events, start, measures)
        flags |= more
    writer.add(
        key_of(span.traceId or span.trace_id), key_of(span.spanId or span.span_id),
        key_of(span.parentSpanId or span.parent_span_id or ""), name=span.name, kind=kind if 0 <= kind <= 5 else 0,
        start=start, end=_whole(span.endTimeUnixNano or span.end_time_unix_nano), service=service, identity=identity,
        measures=measures, flags=flags, state=span.traceState or "", sampling=sampling or None, first_token=first_token,
    )  # fmt: skip


def events_of(events: list[Event], start: int, measures: dict[str, object]) -> tuple[int, int]:
    """Return flags and the nanoseconds to the first token that events tell; an exception's type joins the measures."""
    flags, first = 0, -1
    for event in events:
        if event.name in names.FIRST_TOKEN_EVENTS and first < 0:
            first = max(-1, _whole(event.timeUnixNano) - start)
        elif event.name.startswith(names.CONTENT_EVENTS):
            flags |= _CONTENT
        elif event.name == "exception":
            kinds = (one for one in event.attributes if one.key == "exception.type")
            measures.setdefault(
                "exception.type", next((plain_value(one.value) for one in kinds), "exception")
            )
    return flags, first


def _whole(value: int | str) -> int:
    try:
        return int(value)
    except ValueError:
        return 0


def key_of(text: str) -> int:
    """Return 64 bits of an id in hexadecimal, or in the base64 that a plain translation of protobuf writes."""
    try:
        return int(text[-16:], 16) & _MASK
    except ValueError:
        return _odd_key(text)


def _odd_key(text: str) -> int:
    if len(text) in (12, 24) and text.endswith("="):
        try:
            return int.from_bytes(base64.b64decode(text, validate=True)[-8:], "big")
        except (binascii.Error, ValueError):
            return 0
    return id_bits(text)
