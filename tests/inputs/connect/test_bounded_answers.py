"""Servers that answer without end, without sense or without haste: every call ends in words, in time and in memory."""

from __future__ import annotations

import contextlib
import json
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import repeat

import pytest
from measuring import configured, measure_one

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.drivers.bounded_answers import AnswerBudget, BoundedSocket
from poc_gate.inputs.connect.interface import SourceError

Pieces = Iterator[bytes]
MIB = 2**20


@contextlib.contextmanager
def server(answer: Callable[[], Pieces], greeting: Callable[[], Pieces] | None = None) -> Iterator[int]:
    """Yield the port of a server that greets each connection, and answers each thing it is sent, with pieces."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(wire: socket.socket) -> None:
        with contextlib.suppress(OSError), wire:
            for piece in greeting() if greeting else ():
                wire.sendall(piece)
            while wire.recv(65536):
                for piece in answer():
                    wire.sendall(piece)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def slowly(content: bytes) -> Pieces:
    for letter in content:
        time.sleep(0.2)
        yield bytes([letter])


def http(body: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )


def events(*lines: bytes) -> bytes:
    body = b"".join(b"data: " + line + b"\n\n" for line in lines)
    return http(body)


def packet(number: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "little") + bytes([number]) + body


GREETING = packet(
    0,
    b"\x0a8.0.40\0"
    b"\1\0\0\0"
    + b"a" * 8
    + b"\0"
    + b"\xff\xf7\x21\2\0\xff\xc1\x15"
    + b"\0" * 10
    + b"b" * 12
    + b"\0mysql_native_password\0",
)
REDIS = {
    "endless bulk": lambda: iter((b"$99999999999\r\n", *repeat(b"A" * 65536, 3000))),
    "endless line": lambda: iter((b"+", *repeat(b"A" * 65536, 3000))),
    "endless list": lambda: iter((b"*99999999\r\n", *repeat(b":1\r\n" * 16384, 3000))),
    "nested": lambda: iter((b"*1\r\n" * 200_000,)),
    "digits": lambda: iter((b":" + b"9" * 5000 + b"\r\n",)),
    "length of digits": lambda: iter((b"$" + b"9" * 5000 + b"\r\n",)),
    "negative length": lambda: iter((b"$-7\r\n",)),
    "letters for a length": lambda: iter((b"$many\r\n",)),
    "another kind": lambda: iter((b"%1\r\n+a\r\n+b\r\n",)),
    "a list for a text": lambda: iter((b"*2\r\n+a\r\n+b\r\n",)),
    "nothing": lambda: iter((b"$-1\r\n",)),
    "slow": lambda: slowly(b"$99\r\n" + b"a" * 99),
    "zeros": lambda: iter((b"\0" * 70_000,)),
}
BODIES = {
    "nested": b"[" * 2_000_000,
    "nested objects": b'{"a":' * 400_000,
    "digits": b'{"data": ' + b"9" * 5000 + b"}",
    "infinite": b'{"data": [{"id": 1e999}], "result": {"points_count": Infinity, "points": [{"vector": [1]}]}}',
    "not a number": b'{"result": {"points_count": NaN, "points": [{"vector": [NaN]}]}}',
    "a list": b"[1, 2]",
    "a text": b'"x"',
    "null": b"null",
    "empty": b"",
    "other types": b'{"data": 7, "result": 7}',
    "members of other types": b'{"data": [7, null], "result": {"points": [7], "points_count": [1]}}',
    "half a pair": b'{"data": [{"id": "\\ud800"}], "result": {"points": [{"vector": "\\ud800"}]}}',
    "another encoding": b"\xff\xfe{\0}\0",
    "large": b"[" + b"1," * (9 * MIB) + b"1]",
}


def ended_well(declared: Declaration, *, most_mib: int = 400) -> str:
    """Measure, and return why nothing came of it; time and memory stay within their bounds."""
    begun, held = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = measure_one(declared, configured(timeout=1.0, wall=5.0, bytes=5 * MIB, connections=2))
    assert time.monotonic() - begun < 20
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024 < most_mib
    assert report.state in {"not-measured", "stopped"}
    return report.reason


@pytest.mark.parametrize("how", REDIS)
def test_a_hostile_redis_ends_in_words(how: str) -> None:
    with server(REDIS[how]) as port:
        assert ended_well(
            Declaration("x", "redis", url=f"redis://127.0.0.1:{port}/0", options={"environment": "test"})
        )


@pytest.mark.parametrize("how", BODIES)
@pytest.mark.parametrize("system", ["vllm", "qdrant"])
def test_a_hostile_body_ends_in_words(system: str, how: str) -> None:
    options = {"environment": "test", "model": "m", "collection": "c"}
    known = {"vllm": ("model",), "qdrant": ("collection",)}[system]
    kept = {name: text for name, text in options.items() if name in {"environment", *known}}
    with server(lambda: iter((http(BODIES[how]),))) as port:
        assert ended_well(Declaration("x", system, url=f"http://127.0.0.1:{port}/v1", options=kept))


STREAMS = {
    "nested": b"[" * 200_000,
    "a list": b"[]",
    "digits": b'{"usage": {"completion_tokens": ' + b"9" * 5000 + b"}}",
    "infinite": b'{"usage": {"completion_tokens": 1e999}}',
    "members of other types": b'{"choices": [7], "usage": 7}',
    "letters": b"{",
}


@pytest.mark.parametrize("how", STREAMS)
def test_a_hostile_stream_ends_in_words(how: str) -> None:
    models = http(json.dumps({"data": [{"id": "m"}]}).encode())
    turns = iter([models, *repeat(events(STREAMS[how], b"[DONE]"), 500)])
    with server(lambda: iter((next(turns),))) as port:
        options = {"environment": "test", "model": "m"}
        assert ended_well(Declaration("x", "vllm", url=f"http://127.0.0.1:{port}/v1", options=options))


MYSQL = {
    "endless packets": lambda: (packet(number % 256, b"A" * 0xFFFFFF) for number in range(2, 200)),
    "garbage": lambda: iter((packet(2, b"\xfe\xff\0"),)),
    "half a packet": lambda: iter((b"\xff\xff\xff\2abc",)),
    "empty": lambda: iter((packet(2, b""),)),
    "slow": lambda: slowly(packet(2, b"\0" * 99)),
}


@pytest.mark.parametrize("how", MYSQL)
def test_a_hostile_mysql_ends_in_words(how: str) -> None:
    with server(MYSQL[how], lambda: iter((GREETING,))) as port:
        options = {"environment": "test", "table": "t", "key": "k"}
        assert ended_well(Declaration("x", "mysql", url=f"mysql://a@127.0.0.1:{port}/d", options=options))


def test_an_answer_is_counted_from_the_request_on() -> None:
    here, there = socket.socketpair()
    with here, there:
        budget = AnswerBudget(10, 60.0)
        bounded = BoundedSocket(here, budget)
        there.sendall(b"a" * 30)
        assert bounded.recv(10) == b"a" * 10
        with pytest.raises(SourceError, match="longer than 10 bytes"):
            bounded.recv(1)
        budget.begin()
        buffer = bytearray(9)
        assert bounded.recv_into(buffer) == 9
        assert bounded.fileno() == here.fileno()
        budget.begin(seconds=1e-9)
        with pytest.raises(TimeoutError):
            bounded.recv(1)
