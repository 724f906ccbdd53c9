"""The relay that counts: what it passes on and how, what it cuts off at its bound, what it leaves open."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from poc_gate.inputs.connect.drivers import counting_relay
from poc_gate.inputs.connect.drivers.counting_relay import CountingRelay, _as_origin, _head_of

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Server:
    """A server that says the same to each request, keeps what it hears, and tells when a client has ended."""

    def __init__(self, answer: bytes) -> None:
        """Begin to listen."""
        self.answer, self.heard, self.ended = answer, [], threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(wire,), daemon=True).start()

    def _answer(self, wire: socket.socket) -> None:
        with wire:
            while words := wire.recv(65536):
                self.heard.append(words)
                wire.sendall(self.answer)
        self.ended.set()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server(ANSWER)
    yield found
    found.listening.close()


def dialled(relay: CountingRelay) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", int(relay.url.rpartition(":")[2])), timeout=5)
    wire.settimeout(5)
    return wire


def received(wire: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (words := wire.recv(65536)):
        found += words
    return found


def relaying(server: Server, most: int = 10**6, seconds: float = 5.0) -> CountingRelay:
    return CountingRelay("127.0.0.1", server.port, most_bytes=most, seconds=seconds)


def test_requests_are_passed_on_as_the_server_itself_is_asked(server):
    with relaying(server) as relay, dialled(relay) as wire:
        assert relay.url.startswith("http://127.0.0.1:")
        for path in (b"/a?b=c", b"/"):
            wire.sendall(b"GET http://bucket.host:80" + path + b" HTTP/1.1\r\nHost: h\r\n\r\n")
            assert received(wire, len(ANSWER)) == ANSWER
        assert server.heard == [
            b"GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        ]
        assert not relay.is_cut


def test_two_relays_are_open_at_once_on_free_ports(server):
    with relaying(server) as one, relaying(server) as other:
        assert one.url != other.url
        assert min(int(relay.url.rpartition(":")[2]) for relay in (one, other)) > 1023


def test_two_requests_at_once_are_both_passed_on(server):
    with relaying(server) as relay, dialled(relay) as wire:
        wire.sendall(b"GET http://h/1 HTTP/1.1\r\n\r\nGET http://h/2 HTTP/1.1\r\n\r\n")
        assert b"".join(sorted(_heard(server, 2))) == b"GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"


def _heard(server: Server, count: int) -> list[bytes]:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        words = b"".join(server.heard).split(b"\r\n\r\n")[:-1]
        if len(words) == count:
            return [word + b"\r\n\r\n" for word in words]
        time.sleep(0.01)
    return server.heard


def test_a_tunnel_passes_everything_on_both_ways(server):
    with relaying(server) as relay, dialled(relay) as wire:
        wire.sendall(b"CONNECT host:443 HTTP/1.1\r\n\r\nearly")
        opened = b"HTTP/1.1 200 Connection established\r\n\r\n"
        assert received(wire, len(opened + ANSWER)) == opened + ANSWER
        wire.sendall(b"GET http://h/ not to be changed")
        assert received(wire, len(ANSWER)) == ANSWER
        assert server.heard == [b"early", b"GET http://h/ not to be changed"]
        assert not server.ended.is_set()
        wire.shutdown(socket.SHUT_WR)
        assert server.ended.wait(5), "the end is passed on too"
        assert wire.recv(1) == b""


def test_answers_are_counted_to_their_last_byte(server):
    for most, cut in ((len(ANSWER), False), (len(ANSWER) - 1, True)):
        with relaying(server, most) as relay, dialled(relay) as wire:
            wire.sendall(b"GET http://h/ HTTP/1.1\r\n\r\n")
            assert received(wire, len(ANSWER)) == (b"" if cut else ANSWER)
            assert relay.is_cut is cut
            if cut:
                assert wire.recv(1) == b"", "and the connection is closed"


def test_all_answers_count_together(server):
    with relaying(server, 2 * len(ANSWER)) as relay:
        with dialled(relay) as first, dialled(relay) as second, dialled(relay) as third:
            for wire in (first, second):
                wire.sendall(b"GET http://h/ HTTP/1.1\r\n\r\n")
                assert received(wire, len(ANSWER)) == ANSWER
            assert not relay.is_cut
            third.sendall(b"GET http://h/ HTTP/1.1\r\n\r\n")
            assert third.recv(1) == first.recv(1) == b"", "the bound cuts all of them off"
        assert relay.is_cut


def _relaying(before: set[threading.Thread]) -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "poc-gate-relay" and one not in before]


def test_when_the_block_ends_nothing_is_open_any_more(server):
    before = set(threading.enumerate())
    with relaying(server) as relay:
        wire = dialled(relay)
        wire.sendall(b"GET http://h/ HTTP/1.1\r\n\r\n")
        assert received(wire, len(ANSWER)) == ANSWER
        port = int(relay.url.rpartition(":")[2])
    assert wire.recv(1) == b""
    assert server.ended.wait(5)
    wire.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    until = time.monotonic() + 4
    while _relaying(before) and time.monotonic() < until:
        time.sleep(0.01)
    assert _relaying(before) == []


def test_a_client_that_says_nothing_is_let_go_after_the_wait(server):
    with relaying(server, seconds=0.2) as relay, dialled(relay) as wire:
        begun = time.monotonic()
        assert wire.recv(1) == b""
        assert time.monotonic() - begun < 4.5
        assert server.heard == []


def test_threads_do_not_keep_the_program_from_ending(server):
    before = set(threading.enumerate())
    with relaying(server) as relay, dialled(relay) as wire:
        wire.sendall(b"GET http://h/ HTTP/1.1\r\n\r\n")
        assert received(wire, len(ANSWER)) == ANSWER
        assert [thread.daemon for thread in _relaying(before)] == [True] * 3


class Pieces:
    """A socket that hands out what it is given, piece by piece."""

    def __init__(self, *pieces: bytes) -> None:
        """Take the pieces."""
        self.pieces, self.asked = list(pieces), []

    def recv(self, most: int) -> bytes:
        """Hand out the next."""
        self.asked.append(most)
        return self.pieces.pop(0) if self.pieces else b""


def head_of(*pieces: bytes, begun: bytes = b"") -> tuple[bytes, bytes]:
    wire: Any = Pieces(*pieces)
    return _head_of(wire, begun)


def test_a_head_ends_at_its_empty_line():
    assert head_of(b"GET / HTTP/1.1\r\n", b"A: b\r\n\r", b"\nrest") == (
        b"GET / HTTP/1.1\r\nA: b\r\n\r\n",
        b"rest",
    )
    assert head_of(begun=b"GET /\r\n\r\nmore") == (b"GET /\r\n\r\n", b"more")
    assert head_of(b"GET /") == head_of() == (b"", b"")


def test_a_head_without_end_is_refused():
    most = counting_relay._LONGEST_HEAD
    assert most == counting_relay._PIECE == 65_536
    assert head_of(b"x" * most, b"\r\n\r\n") == (b"x" * most + b"\r\n\r\n", b"")
    with pytest.raises(ValueError, match="has no end"):
        head_of(b"x" * (most + 1), b"\r\n\r\n")
    wire: Any = Pieces(b"a\r\n\r\n")
    _head_of(wire)
    assert wire.asked == [65_536]


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        (b"GET http://h/a/b?c=://d HTTP/1.1\r\nA: b\r\n", b"GET /a/b?c=://d HTTP/1.1\r\nA: b\r\n"),
        (b"GET http://h HTTP/1.1\r\nA: b\r\n", b"GET / HTTP/1.1\r\nA: b\r\n"),
        (b"GET /a HTTP/1.1\r\nA: b\r\n", b"GET /a HTTP/1.1\r\nA: b\r\n"),
    ],
)
def test_a_whole_address_becomes_its_path(head, asked):
    assert _as_origin(head) == asked
