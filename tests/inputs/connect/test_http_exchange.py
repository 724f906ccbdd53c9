"""One HTTP request: which status is an error of which kind, what each part takes, what is sent along and to whom."""

from __future__ import annotations

import base64
import json
import socket

import pytest
from scripted_http import answer_of, scripted, ticking

from poc_gate.inputs.connect.drivers import http_exchange
from poc_gate.inputs.connect.drivers.http_exchange import (
    HttpAnswer,
    HttpLink,
    authorisation,
    check_address,
    refuse_status,
)
from poc_gate.inputs.connect.interface import (
    APPLICATION,
    Call,
    Limits,
    Secret,
    SourceBusyError,
    SourceError,
    Target,
)


class Link(HttpLink):
    """A link of which no call is measured."""

    def call(self, number: int) -> Call:
        """Nobody calls it."""
        raise NotImplementedError


def target_of(port: int, **more: object) -> Target:
    return Target("x", scheme="http", host="127.0.0.1", port=port, **more)


@pytest.mark.parametrize(
    ("status", "headers", "kind", "words"),
    [
        (199, {}, "protocol", "status 199"), (300, {}, "redirect", "status 300: redirected to the same host; redirects are not followed"),
        (399, {"location": "https://b.example/x"}, "redirect", "status 399: redirected to b.example; redirects are not followed"),
        (302, {"location": "http://[bad"}, "redirect", "status 302: redirected to an address that cannot be read; redirects are not followed"),
        (400, {}, "protocol", "status 400"), (401, {}, "unauthorised", "status 401"), (402, {}, "protocol", "status 402"),
        (403, {}, "unauthorised", "status 403"), (404, {}, "protocol", "status 404"), (428, {"retry-after": "1"}, "protocol", "status 428"),
        (499, {}, "protocol", "status 499"), (500, {}, "server", "status 500"), (501, {}, "server", "status 501"),
        (502, {"retry-after": "5"}, "server", "status 502"), (503, {}, "server", "status 503"), (504, {"retry-after": "5"}, "server", "status 504"),
    ],
)  # fmt: skip
def test_every_status_but_success_is_an_error_of_its_kind(status, headers, kind, words):
    with pytest.raises(SourceError) as told:
        refuse_status(status, headers)
    assert (told.value.kind, str(told.value)) == (kind, words)
    assert not isinstance(told.value, SourceBusyError)


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (429, {}, "status 429"), (429, {"retry-after": "7"}, "status 429, Retry-After: 7"),
        (503, {"retry-after": "x" * 30}, f"status 503, Retry-After: {'x' * 20}"), (503, {"retry-after": ""}, "status 503"),
    ],
)  # fmt: skip
def test_a_server_that_is_busy_says_how_long(status, headers, words):
    with pytest.raises(SourceBusyError) as told:
        refuse_status(status, headers)
    assert str(told.value) == words


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_success_passes(status):
    refuse_status(status, {})


@pytest.mark.parametrize(
    ("options", "headers"),
    [
        ({}, {"Authorization": "Bearer word"}), ({"auth": "bearer"}, {"Authorization": "Bearer word"}),
        ({"auth": "basic"}, {"Authorization": f"Basic {base64.b64encode(b'me:word').decode()}"}),
        ({"auth": "header:X-Api-Key"}, {"X-Api-Key": "word"}),
    ],
)  # fmt: skip
def test_how_a_credential_is_sent(options, headers):
    assert authorisation(Target("x", options=options, secret=Secret("me", "word"))) == headers
    assert authorisation(Target("x", options=options)) == {}


HOST, QUERY, AUTH, CLEAR = (
    "the address names no host: https://HOST/path",
    "the address carries a credential in its query; use `credential:` instead",
    "the probe option 'auth' must be bearer, basic or header:NAME",
    "a credential is not sent without encryption; use https",
)


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, []), ({"host": ""}, [HOST]), ({"url": "https://h/p?page=1"}, []), ({"url": "https://h/token"}, []),
        *(({"url": f"https://h/p?{word}=1"}, [QUERY]) for word in ("Token", "key", "secret", "password", "sig")),
        *(({"options": {"auth": how}}, []) for how in ("bearer", "basic", "header:A")), ({"options": {"auth": "digest"}}, [AUTH]),
        ({"scheme": "http", "secret": Secret("", "w")}, [CLEAR]), ({"secret": Secret("", "w")}, []), ({"scheme": "http"}, []),
        *(({"scheme": "http", "host": here, "secret": Secret("", "w")}, []) for here in ("localhost", "127.0.0.1", "::1")),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_asked(given, faults):
    target = Target("x", **{"scheme": "https", "host": "h.example", "url": "https://h.example/", **given})
    assert check_address(target) == faults
    assert check_address(target, auth=False) == [fault for fault in faults if fault != AUTH]


def test_a_body_is_read_as_json():
    assert HttpAnswer(200, {}, 2, 0.0, b"[7]").data() == [7]
    for body in (b"", b"{", b"[" * 100_000):
        with pytest.raises(SourceError, match="the answer is not JSON") as told:
            HttpAnswer(200, {}, 2, 0.0, body).data()
        assert told.value.kind == "protocol"
    assert "hunter" not in repr(HttpAnswer(200, {}, 2, 0.0, b"hunter"))


def test_each_part_of_a_connection_and_the_first_byte_have_their_own_time(monkeypatch):
    with scripted(a=answer_of(b"hello")) as server:
        monkeypatch.setattr(http_exchange.time, "perf_counter", ticking(1.0, 2.0, 4.0, 8.0, 16.0, 32.0))
        link = Link(target_of(server.port))
        assert link.parts == {"dns": 1.0, "connect": 2.0, "tls": 4.0}
        answer = link.ask("GET", "/a", keep=True)
        assert (answer.status, answer.size, answer.first_byte, answer.body) == (200, 5, 16.0, b"hello")
        assert link.encryption == "none"
        link.close()


def test_what_is_sent_with_and_without_a_body():
    with scripted(a=answer_of(b"{}")) as server:
        link = Link(target_of(server.port, secret=Secret("", "word")))
        told = []
        assert link.ask("GET", "/a").body == b""
        assert link.ask("POST", "/a", body={"b": 1}, on_chunk=told.append).size == 2
        link.ask("GET", "/a")
        usual = (
            f"Host: 127.0.0.1:{server.port}\r\nUser-Agent: {APPLICATION}\r\nAccept-Encoding: identity\r\n"
            "Authorization: Bearer word\r\n"
        )
        content = json.dumps({"b": 1})
        assert [words.decode() for words in server.asked] == [
            f"GET /a HTTP/1.1\r\n{usual}\r\n",
            f"POST /a HTTP/1.1\r\n{usual}Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n{content}",
            f"GET /a HTTP/1.1\r\n{usual}\r\n",
        ]
        assert told == [b"{}"]
        assert server.connections == 1
        with pytest.raises(SourceError, match="status 404"):
            link.ask("GET", "/b")
        link.close()


def test_a_connection_is_opened_anew_only_where_the_server_ended_it():
    with scripted(a=answer_of(b""), z=answer_of(b"", "Connection: close")) as server:
        link = Link(target_of(server.port))
        seen = []
        for path in ("/a", "/z", "/z", "/a", "/a"):
            link.ask("GET", path)
            seen.append((link.ends, server.connections))
        assert seen == [(False, 1), (True, 1), (True, 2), (False, 3), (False, 3)]
        link.close()


@pytest.mark.parametrize(
    ("host", "port", "named", "dialled"),
    [
        ("h.example", 0, "h.example", 80), ("h.example", 80, "h.example", 80), ("h.example", 8080, "h.example:8080", 8080),
        ("h.example", 443, "h.example:443", 443), ("::1", 0, "[::1]", 80), ("::1", 81, "[::1]:81", 81),
    ],
)  # fmt: skip
def test_a_host_is_named_as_http_wants_it(monkeypatch, host, port, named, dialled):
    asked = []
    monkeypatch.setattr(Link, "_open", lambda self: asked.append(self._port))
    link = Link(Target("x", scheme="http", host=host, port=port))
    assert (link._host, asked) == (named, [dialled])
    secure = Link(Target("x", scheme="https", host=host, port=port))
    assert secure._port == (port or 443)
    assert (secure._host == secure._target.host) is (port in (0, 443) and ":" not in host)


def test_the_first_address_that_takes_a_connection_is_used(monkeypatch):
    dialled = []

    def create(address: tuple[str, int], timeout: float) -> str:
        dialled.append((address, timeout))
        if address[0] != "c":
            raise OSError("refused")
        return f"to {address[0]}"

    monkeypatch.setattr(socket, "create_connection", create)

    def found(*names: str) -> list[tuple[int, int, int, str, tuple[str, int, int, int]]]:
        return [(0, 0, 0, "", (name, 7, 0, 0)) for name in names]

    assert http_exchange._dial(found("a", "c", "b"), 1.5) == "to c"
    assert dialled == [(("a", 7), 1.5), (("c", 7), 1.5)]
    assert http_exchange._dial(found("a", "b", "c"), 1.5) == "to c"
    with pytest.raises(OSError, match="refused"):
        http_exchange._dial(found("c2", "b"), 1.5)
    assert dialled[-2:] == [(("c2", 7), 1.5), (("b", 7), 1.5)]
    assert http_exchange._dial(found("c"), 1.5) == "to c"


def test_small_requests_are_sent_at_once_and_waited_for_within_the_limit():
    with scripted(a=answer_of(b"")) as server:
        link = Link(target_of(server.port, limits=Limits(timeout=3.5)))
        wire = link._wire._wire
        assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert wire.gettimeout() == 3.5
        link.abort()
        with pytest.raises((OSError, SourceError)):
            link.ask("GET", "/a")
        link.close()
        assert wire.fileno() == -1


@pytest.mark.parametrize(("ca", "trusted"), [("/ca.pem", "/ca.pem"), ("", None)])
def test_an_encrypted_connection_trusts_the_named_ca(monkeypatch, ca, trusted):
    asked = []

    class Context:
        def wrap_socket(self, wire: socket.socket, server_hostname: str) -> socket.socket:
            asked.append(server_hostname)
            wire.version = lambda: "TLSv1.3"  # type: ignore[attr-defined]
            return wire

    def context_of(cafile: str | None) -> Context:
        asked.append(cafile)
        return Context()

    class Wire:
        def setsockopt(self, *_: object) -> None:
            """Take it."""

    monkeypatch.setattr(http_exchange, "_dial", lambda *_: Wire())
    monkeypatch.setattr(http_exchange.ssl, "create_default_context", context_of)
    link = Link(Target("x", scheme="https", host="127.0.0.1", ca=ca))
    assert asked == [trusted, "127.0.0.1"]
    assert link.encryption == "TLSv1.3, server verified"
