"""A file of JSON records -> the records: a list, one a line, one behind the other, or under `data`, `runs`, `traces`, `observations`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec

from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.formats.otlp_json import is_one_document

_UNDER = ("data", "runs", "traces", "observations", "spans")
_STEP = "export it again; a file that is still being written ends in half a record"


def first_record(head: Head) -> Mapping[str, object]:
    """Return the first record where it is whole in the head, else an empty mapping."""
    found = head.first
    if isinstance(found, dict):
        inner = next((found[key] for key in _UNDER if isinstance(found.get(key), list)), None)
        found = inner or found
    if isinstance(found, list):
        found = found[0] if found else None
    return found if isinstance(found, dict) else {}


def records(stream: PackedStream) -> Iterator[Mapping[str, object]]:
    """Yield the records of a file; raises InvalidInputError with the line of what does not parse."""
    head = stream.head()
    if is_one_document(head) or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
        yield from _of_document(stream.whole(), stream)
        return
    for number, line in stream.lines():
        try:
            found = parse_json(line.lstrip(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise stream.fault(f"is not JSON: {str(error)[:120]}", _STEP, number, 1) from None
        yield from _unfold(found)


def _of_document(text: bytes, stream: PackedStream) -> Iterator[Mapping[str, object]]:
    try:
        yield from _unfold(parse_json(text.lstrip(b"\xef\xbb\xbf")))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        yield from _one_behind_the_other(text, stream)


def _one_behind_the_other(content: bytes, stream: PackedStream) -> Iterator[Mapping[str, object]]:
    """Yield documents that follow each other, as the SDK's console exporter prints them."""
    text = content.decode("utf-8-sig", errors="replace")
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        if text[at] in " \t\r\n,":
            at += 1
            continue
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, at) + 1
            why = str(error).partition(":")[0][:120]
            raise stream.fault(f"is not JSON: {why}", _STEP, line, 1) from None
        yield from _unfold(found)


def _unfold(found: object) -> Iterator[Mapping[str, object]]:
    if isinstance(found, dict):
        inner = next((found[key] for key in _UNDER if isinstance(found.get(key), list)), None)
        if inner is None or "spans" in found or "id" in found or "traceID" in found:
            yield found
        else:
            yield from (one for one in inner if isinstance(one, dict))
    elif isinstance(found, list):
        for one in found:
            yield from _unfold(one)
