"""One file of traces -> spans in the reading; large files of lines are read by several processes."""

from __future__ import annotations

import os

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head
from poc_gate.inputs.observe.packed_stream import HEAD, PackedStream
from poc_gate.inputs.observe.traces.formats.known_formats import format_of
from poc_gate.inputs.observe.traces.formats.otlp_json import is_one_document
from poc_gate.inputs.observe.traces.span_workers import SpanWorkers, can_work_apart
from poc_gate.inputs.observe.traces.span_writer import SpanWriter
from poc_gate.inputs.observe.traces.trace_reading import TraceReading

LARGE = 48 << 20
"""Bytes from which starting further processes pays."""


def read_spans(stream: PackedStream, reading: TraceReading, finds: Finds) -> None:
    """Add the spans of one file; raises InvalidInputError with the line of what is not such a file."""
    content = stream.head()
    head = Head(stream.file, content, is_all=len(content) < HEAD)
    form = format_of(head)
    if form is None:
        raise stream.fault(
            "contains no traces in a format that poc-gate reads", "export it as OTLP in JSON lines"
        )
    before = len(reading.store)
    if (
        form.name == "otlp-json"
        and not stream.packing
        and stream.size > LARGE
        and not is_one_document(content)
        and can_work_apart()
    ):
        workers = reading.workers = reading.workers or SpanWorkers(min(4, os.cpu_count() or 1))
        workers.read(stream)
        return
    writer = SpanWriter(reading.store)
    form.read(stream, writer)
    if len(reading.store) == before and not reading.store.broken:
        finds.warn(f"{stream.file} contains no spans")
