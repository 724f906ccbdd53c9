"""An HTTP API: which paths are asked, what of an answer counts, where its time is found."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from email.utils import format_datetime
from typing import Any

import pytest
from scripted_http import answer_of, kept, scripted, ticking

from poc_gate.inputs.connect.connectors import http_connector
from poc_gate.inputs.connect.connectors.http_connector import CONNECTOR, _find, paths_of
from poc_gate.inputs.connect.drivers import http_exchange
from poc_gate.inputs.connect.interface import SourceError, Target


def target_of(url: str = "https://h.example/a", **options: str) -> Target:
    return Target("x", scheme="https", host="h.example", url=url, options=options)


def opened(port: int, **options: str):
    target = Target(
        "x", scheme="http", host="127.0.0.1", port=port, url=f"http://127.0.0.1:{port}/a", options=options
    )
    session = CONNECTOR.open(target)
    link = session.connect()
    _LINKS.append(link)
    return session, link


_LINKS: list[Any] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _LINKS:
        _LINKS.pop().close()


@pytest.mark.parametrize(
    ("url", "paths", "asked"),
    [
        ("https://h", "", ["/"]), ("https://h/a/b?c=d", "", ["/a/b?c=d"]), ("https://h/a?", "", ["/a"]),
        ("https://h/a", " /b , ,/c", ["/b", "/c"]), ("https://h/a", " , ", ["/a"]),
    ],
)  # fmt: skip
def test_the_paths_that_are_asked_in_turn(url, paths, asked):
    assert paths_of(target_of(url, paths=paths)) == asked


METHOD = "the probe option 'method' must be GET or HEAD"


@pytest.mark.parametrize(
    ("options", "faults"),
    [
        ({}, ()), ({"method": "HEAD"}, ()), ({"method": "GET"}, ()), ({"method": "PUT"}, (METHOD,)), ({"bulk": "/b", "paths": "/c,/d"}, ()),
        *(
            (option, (f"the path {path!r} must begin with one / and stay on the host",))
            for option, path in (
                ({"paths": "b"}, "b"), ({"paths": "//b"}, "//b"), ({"bulk": "b"}, "b"), ({"bulk": "/b c"}, "/b c"),
                ({"paths": "/b\rc"}, "/b\rc"), ({"paths": "/b\nc"}, "/b\nc"),
            )
        ),
    ],
)  # fmt: skip
def test_faults_of_options(options, faults):
    assert CONNECTOR.check(target_of(**options)) == faults


def test_what_is_going_to_be_asked():
    intent = CONNECTOR.intend(target_of())
    assert (intent.call, intent.bytes_per_call) == ("GET /a", 16_384)
    assert intent.freshness == "Last-Modified of the answer"
    for paths, call in (
        ("/b", "HEAD /b"),
        ("/b,/c", "HEAD /b and 1 more"),
        ("/b,/c,/d", "HEAD /b and 2 more"),
    ):
        assert CONNECTOR.intend(target_of(method="HEAD", paths=paths)).call == call
    assert CONNECTOR.intend(target_of(time="a.b")).freshness == "a.b in the answer"


def test_calls_ask_the_paths_in_turn_and_count_body_and_first_byte(monkeypatch):
    with scripted(a=answer_of(b"12345"), b=answer_of(b"123")) as server:
        _, link = opened(server.port, paths="/a,/b")
        monkeypatch.setattr(http_exchange.time, "perf_counter", ticking(1.0, 3.0, 10.0, 14.0, 20.0, 28.0))
        calls = [link.call(number) for number in range(3)]
        assert [(call.bytes, call.rows, call.parts) for call in calls] == [
            (5, 0, {"first_byte": 2.0}), (3, 0, {"first_byte": 4.0}), (5, 0, {"first_byte": 8.0}),
        ]  # fmt: skip
        assert [words.split(b" HTTP")[0] for words in server.asked] == [b"GET /a", b"GET /b", b"GET /a"]


def test_what_a_server_says_of_itself():
    about = ("Server: " + "s" * 90, "Age: 7", "X-Cache: HIT", "Set-Cookie: c", "Connection: close")
    with scripted(a=answer_of(b"", *about), b=answer_of(b"")) as server:
        session, link = opened(server.port)
        found = session.prepare(link)
        assert found.version == "s" * 80
        assert found.replica_lag is None
        times = {name: found.notes.pop(f"{name} (first connection)") for name in ("dns", "connect", "tls")}
        assert all(0.0 <= float(took.removesuffix(" s")) < 5.0 and len(took) == 10 for took in times.values())
        assert found.notes == {
            "server": "s" * 80, "age": "7", "x-cache": "HIT", "encryption": "none",
            "connection": "closed by the server after each answer: every call pays for a new one",
        }  # fmt: skip
        session, link = opened(server.port, method="HEAD", paths="/b,/a")
        quiet = session.prepare(link)
        assert (quiet.version, "connection" in quiet.notes) == ("", False)
        assert server.asked[-1].startswith(b"HEAD /b ")


def test_the_time_stands_in_the_answer_or_in_its_header():
    stamp = dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)
    body = json.dumps({"meta": [{"at": stamp.isoformat()}]}).encode()
    header = f"Last-Modified: {format_datetime(stamp.replace(microsecond=0), usegmt=True)}"
    answers = {
        "a": answer_of(body, header),
        "b": answer_of(b"x"),
        "c": answer_of(b"", "Last-Modified: never"),
    }
    with scripted(**answers) as server:
        for options, method, verb in (
            ({"time": "meta.0.at"}, "meta.0.at in GET /a", b"GET /a"),
            ({"time": "meta.0.at", "method": "HEAD"}, "meta.0.at in GET /a", b"GET /a"),
            ({}, "Last-Modified of GET /a", b"GET /a"),
        ):
            session, link = opened(server.port, **options)
            found = session.newest(link)
            assert found.age == pytest.approx(7200, abs=30)
            assert found.method == method
            assert server.asked[-1].startswith(verb)
        session, link = opened(server.port, paths="/b")
        assert session.newest(link) is None
        session, link = opened(server.port, paths="/c")
        with pytest.raises(SourceError, match="Last-Modified contains no date") as told:
            session.newest(link)
        assert told.value.kind == "protocol"


def test_one_large_answer_is_read_in_bulk(monkeypatch):
    with scripted(a=answer_of(b""), large=answer_of(b"x" * 100_000)) as server:
        session, link = opened(server.port)
        assert session.bulk(link, 1) is None
        session, link = opened(server.port, bulk="/large")
        begun = time.perf_counter()
        found = session.bulk(link, 1)
        assert (found.bytes, found.rows, found.method) == (100_000, 0, "GET /large")
        assert 0.0 < found.seconds <= time.perf_counter() - begun


@pytest.mark.parametrize(
    ("data", "path", "value"),
    [({"a": {"b": [1, {"c": 2}]}}, "a.b.1.c", 2), ([5, 6], "0", 5), ({"0": 7}, "0", 7), ([5, 6], "-1", 6)],
)
def test_a_dotted_path_finds_its_value(data: Any, path: str, value: object):
    assert _find(kept(json.dumps(data).encode()), path) == value


@pytest.mark.parametrize(
    ("data", "path"),
    [({"a": 1}, "b"), ([5], "1"), ([5], "x"), ({"a": 1}, "a.b"), (None, "a"), ({"a": None}, "a.b")],
)
def test_a_dotted_path_that_leads_nowhere_is_told(data: Any, path: str):
    with pytest.raises(SourceError, match=f"the answer has no '{path}'") as told:
        _find(kept(json.dumps(data).encode()), path)
    assert told.value.kind == "protocol"


def test_the_connector_is_no_file_of_this_machine():
    assert not CONNECTOR.is_local
    assert http_connector.CONNECTOR.schemes == ("http", "https")
