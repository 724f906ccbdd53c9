"""What a connection of PostgreSQL received, looked at while it waits and by a thread beside it."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from poc_gate.inputs.connect.drivers import bounded_postgres
from poc_gate.inputs.connect.drivers.bounded_answers import AnswerBudget
from poc_gate.inputs.connect.drivers.bounded_postgres import (
    _counting,
    _Meter,
    _resident,
    received_bytes,
    waiting_bytes,
)
from poc_gate.inputs.connect.interface import SourceError


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Yield the two ends of a TCP connection: the one that is looked at, and the server's."""
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as ours:
        theirs, _ = door.accept()
        with theirs:
            yield ours, theirs


def arrived(ours: socket.socket, size: int) -> None:
    until = time.monotonic() + 5
    while received_bytes(ours) < size and time.monotonic() < until:
        time.sleep(0.001)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own sum")
def test_the_kernel_counts_what_a_tcp_socket_received(pair):
    ours, theirs = pair
    assert received_bytes(ours) == 0
    theirs.sendall(b"x" * 70_000)
    arrived(ours, 70_000)
    assert received_bytes(ours) == 70_000
    ours.recv(1000)
    assert received_bytes(ours) == 70_000
    assert waiting_bytes(ours) == 0, "of a TCP socket the sum tells all"


def test_the_number_is_read_where_the_kernel_keeps_it():
    asked = []

    def told(size: int, value: int = 7) -> Any:
        def option(*given: int) -> bytes:
            asked.append(given)
            return (b"\xff" * 128 + value.to_bytes(8, sys.byteorder) + b"\xff" * 100)[:size]

        return SimpleNamespace(getsockopt=option)

    assert received_bytes(told(136)) == received_bytes(told(200)) == 7
    assert received_bytes(told(200, 2**40)) == 2**40
    assert received_bytes(told(135)) == 0
    assert asked[0] == (socket.IPPROTO_TCP, socket.TCP_INFO, 256)

    def refused(*_: int) -> bytes:
        raise OSError

    assert received_bytes(SimpleNamespace(getsockopt=refused)) == 0


def test_what_waits_unread_at_a_unix_socket_is_told():
    here, there = socket.socketpair(socket.AF_UNIX)
    with here, there:
        assert waiting_bytes(here) == 0
        there.sendall(b"x" * 5000)
        assert waiting_bytes(here) == 5000
        here.recv(2000)
        assert waiting_bytes(here) == 3000
        assert received_bytes(here) == 0
    assert waiting_bytes(here) == 0, "it is closed"


def test_the_memory_of_this_process_is_its_resident_pages(monkeypatch):
    assert 5 * 2**20 < _resident() < 2**36
    for text, pages in (("100 7 3 1 0 2 0\n", 7), ("100", 0), ("a b", 0)):
        monkeypatch.setattr(Path, "read_text", lambda _self, encoding, held=text: held)
        assert _resident() == pages * bounded_postgres.mmap.PAGESIZE

    def missing(*_: Any, **__: Any) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", missing)
    assert _resident() == 0


@pytest.fixture
def meter_of(pair, monkeypatch) -> Iterator[Any]:
    """Yield what makes a meter of which each look sees the next of some numbers; no thread is started."""
    made: list[_Meter] = []
    started: list[str] = []

    class Thread:
        def __init__(self, *, target: Any, name: str, daemon: bool) -> None:
            assert daemon
            self.name = name

        def start(self) -> None:
            started.append(self.name)

        def join(self) -> None:
            started.append("joined")

    def make(most: int, received: list[int], waiting: list[int] | None = None) -> tuple[_Meter, list[str]]:
        seen, unread = iter([0, *received]), iter(waiting or [0] * len(received))
        monkeypatch.setattr(bounded_postgres, "received_bytes", lambda _wire: next(seen))
        monkeypatch.setattr(bounded_postgres, "waiting_bytes", lambda _wire: next(unread))
        monkeypatch.setattr(bounded_postgres.threading, "Thread", Thread)
        meter = _Meter(pair[0].fileno(), AnswerBudget(most, 30.0))
        made.append(meter)
        return meter, started

    yield make
    for meter in made:
        meter.close()


def test_each_look_takes_off_what_came_since_the_last(meter_of):
    meter, _ = meter_of(100, [40, 100, 100, 101])
    for _ in range(3):
        meter.count()
    with pytest.raises(SourceError, match="longer than 100 bytes"):
        meter.count()


def test_what_waits_unread_is_added_up(meter_of):
    meter, _ = meter_of(100, [0, 0, 0], [60, 40, 1])
    meter.count()
    meter.count()
    with pytest.raises(SourceError, match="longer than 100 bytes"):
        meter.count()


def test_a_new_request_begins_with_nothing(meter_of):
    meter, _ = meter_of(100, [100, 200, 300], [0, 0, 0])
    for _ in range(3):
        meter.count()
        meter.begin()


@pytest.mark.parametrize(
    ("received", "waiting", "watched"),
    [
        ([262_144], [0], []), ([262_145], [0], ["poc-gate-answer"]), ([200_000, 262_144], [0, 0], []),
        ([200_000, 262_145], [0, 0], ["poc-gate-answer"]), ([0, 0], [200_000, 62_144], []),
        ([0, 0], [200_000, 62_145], ["poc-gate-answer"]), ([262_145, 262_146], [0, 0], ["poc-gate-answer"]),
    ],
)  # fmt: skip
def test_a_thread_looks_too_once_an_answer_is_large(meter_of, received, waiting, watched):
    meter, started = meter_of(10**7, received, waiting)
    meter.begin()
    for _ in received:
        meter.count()
    assert started == watched
    meter.end()
    assert started == [*watched, *(["joined"] if watched else [])]
    meter.end()
    assert started.count("joined") <= 1
    assert meter._watching is None


def test_what_came_before_a_request_does_not_make_it_large(meter_of):
    meter, started = meter_of(10**7, [200_000, 400_000, 500_000], [100_000, 0, 0])
    meter.count()
    meter.end()
    started.clear()
    meter.begin()
    meter.count()
    meter.begin()
    meter.count()
    assert started == []


@pytest.mark.parametrize(
    ("received", "grown", "waited", "cut"),
    [
        ([150, 150, 151], 0, 0, True), ([150] * 4, 10**6, 0, False), ([0] * 4, 200, 5, False), ([0] * 4, 201, 5, True),
    ],
)  # fmt: skip
def test_the_thread_cuts_off_what_is_beyond_the_budget(pair, monkeypatch, received, grown, waited, cut):
    ours, theirs = pair
    monkeypatch.setattr(bounded_postgres, "_resident", lambda: 1000)
    meter = _Meter(ours.fileno(), AnswerBudget(100, 30.0))
    looks = iter([True] * 0 + [False] * len(received) + [True])
    waits = []
    meter._ended = SimpleNamespace(wait=lambda seconds: waits.append(seconds) or next(looks))
    meter._waited, meter._begun = waited, 50
    seen = iter(received)
    monkeypatch.setattr(bounded_postgres, "received_bytes", lambda _wire: next(seen))
    monkeypatch.setattr(bounded_postgres, "_resident", lambda: 1000 + grown)
    meter._watch()
    assert meter.cut_off is cut
    assert set(waits) == {0.005}
    meter.close()
    if cut:
        theirs.settimeout(5)
        assert theirs.recv(1) == b""
    else:
        ours.sendall(b"still open")
        assert theirs.recv(10) == b"still open"


def test_every_wait_is_looked_at_and_the_end_too():
    looks = []
    meter: Any = SimpleNamespace(count=lambda: looks.append(len(looks)))

    def steps() -> Any:
        first = yield "a"
        second = yield f"after {first}"
        return f"{first} {second}"

    counted = _counting(steps(), meter)
    assert next(counted) == "a"
    assert counted.send("x") == "after x"
    assert looks == [0]
    with pytest.raises(StopIteration) as end:
        counted.send("y")
    assert end.value.value == "x y"
    assert looks == [0, 1, 2]


class Driver:
    """Stands in for the driver's connection: hands out what a request ends in."""

    def __init__(self, wire: socket.socket) -> None:
        """Keep the socket."""
        self.wire, self.closes, self.ends = wire, 0, []

    def __class_getitem__(cls, _kind: object) -> type:
        """Be generic."""
        return cls

    def fileno(self) -> int:
        """Return the socket's number."""
        return self.wire.fileno()

    def wait(self, gen: Any, *further: Any, **named: Any) -> Any:
        """Run the steps of a request."""
        end = self.ends.pop(0)
        if isinstance(end, BaseException):
            raise end
        return end, further, named

    def close(self) -> None:
        """Close."""
        self.closes += 1


def test_a_request_beyond_the_budget_closes_its_connection(pair, monkeypatch):
    import psycopg

    monkeypatch.setattr(psycopg, "Connection", Driver)
    made: Any = bounded_postgres.bounded_connection(AnswerBudget(100, 30.0))(pair[0])
    assert made._meter is None
    made.ends = ["rows", SourceError("too long"), TimeoutError(), psycopg.Error("lost"), psycopg.Error("cut")]
    assert made.wait(iter(()), 1, more=2) == ("rows", (1,), {"more": 2})
    meter = made._meter
    for kind, closes in ((SourceError, 1), (TimeoutError, 2), (psycopg.Error, 2)):
        with pytest.raises(kind):
            made.wait(iter(()))
        assert made.closes == closes
    meter.cut_off = True
    with pytest.raises(SourceError, match="the answer is longer than 100 bytes") as told:
        made.wait(iter(()))
    assert told.value.kind == "protocol"
    assert made.closes == 3
    assert made._meter is meter
    assert meter._wire.fileno() == -1
    untouched: Any = bounded_postgres.bounded_connection(AnswerBudget(100, 30.0))(pair[0])
    untouched.close()
    assert untouched.closes == 1
