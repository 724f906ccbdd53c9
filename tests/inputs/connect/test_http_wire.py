"""HTTP/1.1 as real servers speak it, in pieces of every size, and as broken or hostile ones do."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import measure_one, value_of
from own_servers import JsonHandler, serving

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.drivers.http_exchange import refuse_status
from poc_gate.inputs.connect.drivers.http_wire import MOST_BODY, HttpWire, read_body, request_head
from poc_gate.inputs.connect.interface import SourceError


def _read(content: bytes, cuts: list[int], method: str = "GET") -> tuple[int, dict[str, str], bytes, bool]:
    """Return what a wire makes of an answer that arrives cut into pieces, after which the server closes."""
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(5)

        def feed() -> None:
            start = 0
            for cut in [*sorted(cuts), len(content)]:
                there.sendall(content[start:cut])
                start = max(start, cut)
            there.shutdown(socket.SHUT_WR)

        feeder = threading.Thread(target=feed)
        feeder.start()
        wire = HttpWire(here)
        try:
            status, headers = wire.head()
            size, body = read_body(wire.body(method, status, headers), keep=True, on_chunk=None)
        finally:
            feeder.join()
        assert size == len(body)
        return status, headers, body, wire.ends


PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello world"
CHUNKED = (
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n"
)
CLOSING = b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\nhello world"


@given(st.sampled_from([PLAIN, CHUNKED, CLOSING]), st.lists(st.integers(0, len(CHUNKED)), max_size=8))
@settings(max_examples=80, deadline=None)
def test_an_answer_is_the_same_in_pieces_of_every_size(content, cuts):
    status, _, body, _ = _read(content, [min(cut, len(content)) for cut in cuts])
    assert (status, body) == (200, b"hello world")


def test_headers_are_named_in_lower_case_and_joined():
    assert _read(PLAIN, [])[1] == {"content-length": "11", "x-a": "1, 2"}


@pytest.mark.parametrize(
    ("content", "ends"),
    [
        (PLAIN, False),
        (CLOSING, True),
        (PLAIN.replace(b"X-A: 1", b"Connection: close"), True),
        (PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0"), True),
        (PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0").replace(b"X-A: 1", b"Connection: keep-alive"), False),
    ],
)
def test_a_server_that_closes_is_noticed(content, ends):
    assert _read(content, [])[3] is ends


@pytest.mark.parametrize(("status", "method"), [(b"204 No Content", "GET"), (b"200 OK", "HEAD")])
def test_answers_without_a_body_have_none(status, method):
    assert _read(b"HTTP/1.1 " + status + b"\r\nContent-Length: 11\r\n\r\n", [], method)[2] == b""


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"SSH-2.0-OpenSSH\r\n\r\n", "not HTTP/1.1"),
        (b"HTTP/1.1 abc\r\n\r\n", "not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nnameless\r\n\r\n", "has no name"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "not a number"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nshort", "closed the connection"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "carry no size"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", "longer than it says"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, "do not end"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 200_000, "does not end"),
        (b"", "closed the connection"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (MOST_BODY + 1), "longer than"),
    ],
)
def test_what_is_no_answer_is_a_reason(content, word):
    with pytest.raises(SourceError, match=word):
        _read(content, [])


@given(st.binary(max_size=120))
@settings(max_examples=80, deadline=None)
def test_any_bytes_end_in_an_answer_or_a_reason(content):
    try:
        _read(b"HTTP/1.1 200 OK\r\n" + content, [])
    except SourceError as error:
        assert error.kind == "protocol"


@pytest.mark.parametrize(
    ("path", "header"),
    [("/a b", "x"), ("/a\r\nX: y", "x"), ("/a", "x\r\nEvil: 1"), ("/ä", "x"), ("/a", "\x00")],
)
def test_nothing_is_smuggled_into_a_request(path, header):
    with pytest.raises(SourceError, match="does not allow"):
        request_head("GET", path, "h", {"X-Key": header})


class _Closing(JsonHandler):
    """Answers one call a connection."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET, slowly enough that a busy machine does not triple the time."""
        time.sleep(0.02)
        self.answer({})


def test_a_server_that_closes_each_connection_is_measured_and_told():
    with serving(_Closing) as port:
        report = measure_one(Declaration("x", "rest", url=f"http://127.0.0.1:{port}/x"))
    assert report.state == "measured", report.reason
    assert value_of(report, "error_rate") == 0
    assert "every call pays for a new one" in report.server["connection"]


class _Answering(JsonHandler):
    """Answers every GET."""

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        self.answer({"host": self.headers["Host"]})


def test_a_name_with_an_address_that_nothing_listens_on_is_reached_by_another():
    """`localhost` is ::1 first on many machines, while the server listens on 127.0.0.1 alone."""
    with serving(_Answering) as port:
        report = measure_one(Declaration("x", "rest", url=f"http://localhost:{port}/x"))
    assert report.state == "measured", report.reason


@pytest.mark.parametrize("size", [b"-5", b"+5", b"0x5", b"1_0", b"", b" ", b"f" * 40])
def test_a_size_that_python_would_take_but_http_does_not_is_refused(size: bytes):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with pytest.raises(SourceError, match="chunks carry no size"):
        _read(head + size + b"\r\nhello\r\n0\r\n\r\n", [])


def test_a_length_of_five_thousand_digits_is_told_in_our_words():
    with pytest.raises(SourceError, match="Content-Length is not a number"):
        _read(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", [])


def test_a_redirect_to_what_is_no_address_is_told_in_our_words():
    with pytest.raises(SourceError, match="redirected to an address that cannot be read"):
        refuse_status(302, {"location": "http://[::1"})
