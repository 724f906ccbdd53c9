"""Zipkin's JSON, version 2: spans as a list, a list for each trace, or one a line -> spans; times are microseconds.

Every tag is a text. A server's span may share its id with the client's (`shared`): it then counts as a span of its own below it.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.plain_records import records
from poc_gate.inputs.observe.traces.plain_span import add_plain, mapping_of, text_of
from poc_gate.inputs.observe.traces.span_writer import SpanWriter

_MICRO = 1000
_OTHER_SIDE = 0x5A5A5A5A5A5A5A5A
"""Added to the id of a shared span, so that both sides have one of their own."""
_OWN_SPANS = frozenset({"", "unknown_service"})


def is_zipkin(head: Head) -> bool:
    """Say whether a file holds Zipkin's spans."""
    return head.is_json and head.has("traceId", "id", "timestamp") and (
        head.has("localEndpoint") or head.has("remoteEndpoint")
    )  # fmt: skip


def read_zipkin(stream: PackedStream, writer: SpanWriter) -> None:
    """Add the spans of a file."""
    for span in records(stream):
        _add(span, writer)


def _add(span: Mapping[str, object], writer: SpanWriter) -> None:
    tags = {str(name): _number_or_text(value) for name, value in mapping_of(span.get("tags")).items()}
    local, remote = mapping_of(span.get("localEndpoint")), mapping_of(span.get("remoteEndpoint"))
    if peer := text_of(remote.get("serviceName")):
        tags.setdefault("peer.service", peer)
    if address := text_of(remote.get("ipv4")) or text_of(remote.get("ipv6")):
        tags.setdefault("network.peer.address", address)
    own = text_of(local.get("serviceName"))
    if own.partition(":")[0] not in _OWN_SPANS:
        tags.setdefault("service.name", own)
    begun, length = span.get("timestamp"), span.get("duration")
    start = int(begun) * _MICRO if isinstance(begun, int) and abs(begun) < 1 << 53 else 0
    took = int(length) * _MICRO if isinstance(length, int) and 0 <= length < 1 << 50 else -1
    identity, parent = text_of(span.get("id")), span.get("parentId")
    kind = text_of(span.get("kind")).lower()
    if span.get("shared") is True and kind == "server":
        identity, parent = _other_side(identity), identity
    failed = "error" in tags or str(tags.get("otel.status_code", "")).upper() == "ERROR"
    add_plain(
        writer, trace=span.get("traceId"), span=identity, parent=parent, name=span.get("name"), start=start, end=start + took,
        attributes=tags, kind=kind, service=writer.service(tags), failed=failed and str(tags.get("error", "")).lower() != "false",
    )  # fmt: skip


def _other_side(identity: str) -> str:
    try:
        return f"{int(identity, 16) % (1 << 64) ^ _OTHER_SIDE:016x}"
    except ValueError:
        return f"{identity}-server"


def _number_or_text(value: object) -> object:
    """Return the whole number that a text is, since a tag cannot be one; any other text as it is."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value
