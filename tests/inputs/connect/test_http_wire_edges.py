"""HTTP/1.1 at its edges: the shortest bodies and chunks, the longest lengths, answers one after the other, connections cut short."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from poc_gate.inputs.connect.drivers.http_wire import MOST_BODY, HttpWire, read_body
from poc_gate.inputs.connect.interface import SourceError

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def ends() -> Iterator[tuple[HttpWire, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(5)
        yield HttpWire(here), there


def answer(wire: HttpWire) -> tuple[int, bytes]:
    """Return status and body of the next answer."""
    status, headers = wire.head()
    return status, read_body(wire.body("GET", status, headers), keep=True, on_chunk=None)[1]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b""),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", b""),
        (CHUNKED + b"1\r\nx\r\n0\r\n\r\n", b"x"),
        (CHUNKED + b"10\r\n0123456789abcdef\r\n0\r\n\r\n", b"0123456789abcdef"),
        (CHUNKED + b"0A\r\n0123456789\r\n0\r\nX-A: 1\r\nX-B: 2\r\n\r\n", b"0123456789"),
    ],
)
def test_answers_follow_one_another_on_one_connection(ends, content, body):
    """A chunk of 10 has sixteen bytes (RFC 9112, 7.1: sizes are hexadecimal); nothing of it is left for the next answer."""
    wire, there = ends
    there.sendall(content + b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")
    assert answer(wire) in ((200, body), (304, body))
    assert answer(wire) == (201, b"ok")


def test_a_line_may_come_in_pieces(ends):
    wire, there = ends

    def feed() -> None:
        for piece in (CHUNKED, b"5", b"\r", b"\nhello\r", b"\n0\r\n", b"\r\n"):
            there.sendall(piece)
            time.sleep(0.02)

    feeder = threading.Thread(target=feed)
    feeder.start()
    assert answer(wire) == (200, b"hello")
    feeder.join()
    assert wire.ends is False


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 18 + b"\r\n\r\n", "closed the connection"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 19 + b"\r\n\r\n", "Content-Length is not a number"),
        (CHUNKED + b"0" * 16 + b"ff\r\n", "closed the connection"),
        (CHUNKED + b"0" * 17 + b"ff\r\n", "chunks carry no size"),
        (b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "is not HTTP/1.1"),
    ],
)
def test_a_length_has_eighteen_digits_at_most(ends, head, reason):
    wire, there = ends
    there.sendall(head)
    there.shutdown(socket.SHUT_WR)
    with pytest.raises(SourceError, match=reason):
        answer(wire)
    assert wire.ends is (reason == "closed the connection")


def test_a_call_that_is_broken_off_is_a_timeout(ends):
    wire, there = ends
    there.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    threading.Timer(0.05, wire.abort).start()
    with pytest.raises(TimeoutError, match="timed out"):
        answer(wire)


def test_the_longest_body_is_read_and_one_byte_more_is_not():
    assert read_body(iter([b"x" * MOST_BODY]), keep=False, on_chunk=None) == (MOST_BODY, b"")
    with pytest.raises(SourceError, match="longer than 16,777,216 bytes"):
        read_body(iter([b"x" * MOST_BODY, b"x"]), keep=False, on_chunk=None)
