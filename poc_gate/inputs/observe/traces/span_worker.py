"""A process of its own that reads one part of a large file of lines, then adds up the traces that fall to it.

Started by `span_workers.py` alone, which sends and takes frames over its standard input and output. A frame is eight bytes
of length and a pickle; both ends are this program, so that nothing from outside is unpickled.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.observe.packed_stream import LONGEST_LINE
from poc_gate.inputs.observe.traces.span_store import SpanStore

_LENGTH = struct.Struct(">Q")
_TELL_EVERY = 16 << 20


class LinePart:
    """Some lines of a file, as a stream gives them; line numbers count from the part's own start."""

    def __init__(self, path: Path, shown: str, start: int, end: int) -> None:
        """Keep which bytes are meant: lines that begin from `start` on and before `end`."""
        self.path, self.file, self.start, self.end = path, shown, start, end
        self.done = 0

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield number and bytes of each line; raises InvalidInputError for one that is too long."""
        with self.path.open("rb", buffering=1 << 20) as file:
            at = self.start
            if at:
                file.seek(at - 1)
                at += len(file.readline()) - 1  # the rest of a line that the part before reads
            number = 0
            while at < self.end:
                line = file.readline(LONGEST_LINE + 1)
                if not line:
                    return
                number += 1
                at += len(line)
                self.done = at - self.start
                if len(line) > LONGEST_LINE:
                    raise self.fault("the line has more than 64 MiB", "write one record a line", number, 1)
                if not line.isspace():
                    yield number, line

    def fault(self, what: str, next_step: str, line: int = 0, column: int = 0) -> InvalidInputError:
        """Return an error about a line of this part."""
        return InvalidInputError([Fault(self.file, line, column, what, next_step)])


def send(stream: IO[bytes], value: object) -> None:
    """Write one frame."""
    body = pickle.dumps(value, protocol=5)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one frame; raises EOFError where the other end is gone."""
    front = stream.read(_LENGTH.size)
    if len(front) < _LENGTH.size:
        raise EOFError("the other process ended")
    (length,) = _LENGTH.unpack(front)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError("the other process ended")
    return pickle.loads(body)  # noqa: S301 - written by this program at the other end of a pipe


def work() -> None:
    """Do what the starting process asks: read parts of files, then add up traces."""
    gc.disable()  # columns and short-lived structs make no cycles; looking for them takes a third of the time
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        order = receive(source)
        assert isinstance(order, tuple)
        if order[0] == "read":
            send(sink, _read(order, sink))
        elif order[0] == "add":
            send(sink, _add_up(order[1]))
            return


def _read(order: tuple[str, str, str, int, int, int], sink: IO[bytes]) -> object:
    from poc_gate.inputs.observe.traces.formats.otlp_json import read_lines
    from poc_gate.inputs.observe.traces.span_writer import SpanWriter

    _, path, shown, start, end, parts = order
    part, writer, told = LinePart(Path(path), shown, start, end), SpanWriter(), [0]

    def tell() -> None:
        if part.done - told[0] > _TELL_EVERY:
            told[0] = part.done
            send(sink, ("progress", part.done))

    try:
        is_end = end >= part.path.stat().st_size
        read_lines(part.lines(), writer, part, is_end=is_end, told=tell)
    except InvalidInputError as error:
        return ("fault", start, error.faults)
    return ("spans", writer.store.split(parts))


def _add_up(stores: list[SpanStore]) -> object:
    from poc_gate.inputs.observe.traces.totals.walk_traces import Walk

    whole = SpanStore()
    while stores:
        whole.take(stores.pop(0))
    return Walk(whole).run()
