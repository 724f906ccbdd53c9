"""Redis: which commands are sent, which keys are sampled, what a value counts, how the server describes itself."""

from __future__ import annotations

import ssl
import time
from typing import Any

import pytest
from scripted_http import ticking
from service_places import REDIS_PORT

from poc_gate.inputs.connect.connectors import redis_connector
from poc_gate.inputs.connect.connectors.redis_connector import CONNECTOR, _Link, _number, _read_info
from poc_gate.inputs.connect.interface import APPLICATION, Limits, RefusedError, Secret, SourceError, Target


def target_of(**given: Any) -> Target:
    return Target("x", **{"scheme": "redis", "host": "127.0.0.1", "path": "/0", **given})


class Wire:
    """A connection to a server that a test wrote: what it holds, and what it was asked."""

    def __init__(self, about: str = "redis_version:7.2.4\r\nrole:master") -> None:
        """Hold nothing."""
        self.about, self.values, self.pages = about, {}, []
        self.asked: list[tuple[Any, ...]] = []
        self.replies: list[Any] = []

    def send_command(self, *words: Any) -> None:
        """Take one command."""
        self.asked.append(words)
        self.replies.append(self.reply(words))

    def reply(self, words: tuple[Any, ...]) -> Any:
        """Return what the server answers."""
        if words[0] == "INFO":
            return self.about.encode()
        if words[0] == "SCAN":
            return self.pages[words[1]]
        if words[0] == "STRLEN":
            return len(self.values.get(words[1], b""))
        return self.values.get(words[1]) if words[0] == "GET" else b"OK"

    def pack_commands(self, commands: Any) -> Any:
        """Pack nothing."""
        return commands

    def send_packed_command(self, commands: Any) -> None:
        """Take several commands."""
        for words in commands:
            self.send_command(*words)

    def read_response(self) -> Any:
        """Return the next reply."""
        return self.replies.pop(0)


class Budget:
    """Keeps what each request may use."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.begun: list[tuple[Any, ...]] = []

    def begin(self, *given: Any) -> None:
        """Keep it."""
        self.begun.append(given)


def linked(wire: Wire, **options: str) -> tuple[Any, Any]:
    session: Any = CONNECTOR.open(target_of(options=options))
    link: Any = object.__new__(_Link)
    link._session, link._connection, link._budget = session, wire, Budget()
    return session, link


def filled(count: int, size: int = 3) -> Wire:
    """Return a server with so many keys, in pages of two hundred."""
    wire = Wire()
    keys = [f"k{number}".encode() for number in range(count)]
    wire.values = dict.fromkeys(keys, b"x" * size)
    ends = list(range(200, count, 200))
    wire.pages = {
        at: [str(at + 200 if at + 200 in ends or at + 200 < count else 0).encode(), keys[at : at + 200]]
        for at in [0, *ends]
    }
    return wire


NUMBER = "the address's database must be a number, not {!r}"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, ()), ({"path": ""}, ()), ({"path": "/12"}, ()), ({"path": "/x"}, (NUMBER.format("x"),)),
        ({"path": "/" + "y" * 50}, (NUMBER.format("y" * 40),)), ({"host": ""}, ("the address names no host: redis://HOST:6379/0",)),
        ({"secret": Secret("", "w")}, ()), ({"secret": Secret("", "w"), "host": "h", "scheme": "rediss"}, ()), ({"host": "h"}, ()),
        ({"secret": Secret("", "w"), "host": "h"}, ("a credential is not sent without encryption; use rediss://",)),
    ],
)  # fmt: skip
def test_faults_of_an_address(given, faults):
    assert CONNECTOR.check(target_of(**given)) == faults


def test_what_is_going_to_be_asked():
    plain = CONNECTOR.intend(target_of())
    assert (plain.call, plain.bytes_per_call, plain.freshness) == (
        "GET of keys sampled with SCAN MATCH * TYPE string", 1024, "",
    )  # fmt: skip
    told = CONNECTOR.intend(target_of(options={"pattern": "a:*", "time_key": "t"}))
    assert (told.call, told.freshness) == ("GET of keys sampled with SCAN MATCH a:* TYPE string", "GET t")


def test_only_reading_commands_are_sent():
    wire = Wire()
    _, link = linked(wire)
    refused = (("SET", "a"), ("KEYS", "*"), ("CLIENT", "KILL"), ("FLUSHDB",))
    for words in refused:
        with pytest.raises(RefusedError, match=f"{words[0]} is not on the list"):
            link.command(*words)
    with pytest.raises(RefusedError, match="a pipeline holds a command"):
        link.pipelined([("GET", "a"), ("DEL", "a")])
    assert wire.asked == []
    for words in (
        ("CLIENT", "NO-TOUCH", "ON"),
        ("CLIENT", "SETNAME", "a"),
        ("PING",),
        ("TTL", "a"),
        ("MGET", "a"),
    ):
        assert link.command(*words) == b"OK"
    assert link._budget.begun == [()] * 5
    link.pipelined([("GET", "a")])
    link.pipelined([("GET", "a")], 9)
    assert link._budget.begun[5:] == [(0, 20.0), (9, 20.0)]


def test_calls_get_the_sampled_keys_in_turn():
    wire = Wire()
    wire.values = {b"a": b"12345", b"b": b""}
    session, link = linked(wire)
    session.keys = [b"a", b"b", b"gone"]
    assert [(call.bytes, call.rows) for call in map(link.call, range(4))] == [(5, 1), (0, 1), (0, 0), (5, 1)]
    assert [words[1] for words in wire.asked] == [b"a", b"b", b"gone", b"a"]


@pytest.mark.parametrize(
    ("count", "sampled", "scans"), [(7, 7, 1), (450, 450, 3), (1999, 500, 10), (9000, 500, 10)]
)
def test_keys_are_sampled_until_there_are_four_times_as_many_as_are_wanted(count, sampled, scans):
    wire = filled(count)
    session, link = linked(wire, pattern="k*")
    session._sample(link)
    assert len(session.keys) == len(set(session.keys)) == sampled
    assert len(wire.asked) == scans
    assert wire.asked[0] == ("SCAN", 0, "MATCH", "k*", "COUNT", 200, "TYPE", "string")
    assert [words[1] for words in wire.asked] == list(range(0, 200 * scans, 200))


def test_a_scan_that_finds_little_ends_after_fifty_and_a_huge_page_counts_in_part():
    wire = Wire()
    wire.pages = {number: [str(number + 1).encode(), [f"{number}".encode()]] for number in range(100)}
    session, link = linked(wire)
    session._sample(link)
    assert len(session.keys) == len(wire.asked) == 50
    wire = Wire()
    wire.pages = {0: [b"1", [f"{number}".encode() for number in range(5000)]]}
    session, link = linked(wire)
    session._sample(link)
    assert len(wire.asked) == 1
    assert max(int(key) for key in session.keys) < 2000
    wire.pages = {0: [b"0", []]}
    with pytest.raises(SourceError, match="no string key matches the pattern") as told:
        session._sample(link)
    assert told.value.kind == "empty"


@pytest.mark.parametrize(
    ("about", "version", "untouched", "lag"),
    [
        ("redis_version:7.2.4", "Redis 7.2.4", True, None), ("redis_version:7.1.9", "Redis 7.1.9", False, None),
        ("redis_version:8.0", "Redis 8.0", True, None), ("role:master\nmaster_last_io_seconds_ago:5", "Redis ", False, None),
        ("redis_version:6\nrole:slave\nmaster_last_io_seconds_ago:5", "Redis 6", False, 5.0),
        ("redis_version:6\nrole:slave\nmaster_last_io_seconds_ago:0", "Redis 6", False, 0.0),
        ("redis_version:6\nrole:slave\nmaster_last_io_seconds_ago:-1", "Redis 6", False, None), ("role:slave", "Redis ", False, None),
    ],
)  # fmt: skip
def test_what_a_server_says_of_itself(about, version, untouched, lag):
    wire = filled(3)
    wire.about = about
    session, link = linked(wire)
    found = session.prepare(link)
    assert (found.version, found.replica_lag) == (version, lag)
    assert (("CLIENT", "NO-TOUCH", "ON") in wire.asked) is untouched
    assert found.notes["keys sampled"] == "3"


def test_notes_are_short_and_say_what_limits_the_server():
    wire = filled(3)
    wire.about = f"role:master\nmaxmemory_human:{'m' * 50}\nmaxclients:10\nother:1\nno colon"
    session, link = linked(wire)
    assert session.prepare(link).notes == {
        "role": "master", "maxmemory_human": "m" * 40, "maxclients": "10", "keys sampled": "3", "encryption": "none",
    }  # fmt: skip
    assert _read_info(b"a:b:c\r\nd\r\n\xff:1") == {"a": "b:c", "\ufffd": "1"}
    secure: Any = CONNECTOR.open(target_of(scheme="rediss"))
    assert secure._encryption() == "TLS, server verified"


@pytest.mark.parametrize(
    ("text", "number"), [("7.2.4", (7, 2)), ("7", (7,)), ("7.x", (7,)), ("", ()), ("1" * 20, (111_111_111,))]
)
def test_the_number_of_a_version(text, number):
    assert _number(text) == number


def test_the_time_key_holds_a_number_or_a_date():
    now = time.time()
    wire = Wire()
    for text, age in (
        (f"{now - 60:.3f}", 60),
        (f"{int(now - 600)}", 600),
        ("2026-11-20T08:00:00+00:00", now - 1_795_161_600),
    ):
        wire.values = {"t": text.encode()}
        session, link = linked(wire, time_key="t")
        found = session.newest(link)
        assert found.age == pytest.approx(age, abs=30)
        assert found.method == "GET t"
    wire.values = {"t": b"1.2.3"}
    with pytest.raises(SourceError, match="neither ISO 8601 nor Unix"):
        session.newest(link)
    wire.values = {}
    with pytest.raises(SourceError, match="the time key holds nothing") as told:
        session.newest(link)
    assert told.value.kind == "empty"
    session, link = linked(wire)
    assert session.newest(link) is None


def test_a_read_in_bulk_gets_as_many_keys_as_fit(monkeypatch):
    wire = filled(60, size=100)
    session, link = linked(wire)
    session._sample(link)
    longest = session.keys[49]
    wire.values[longest] = b"x" * 400
    wire.values[session.keys[55]] = b"x" * 9000
    wire.asked.clear()
    for most, count in ((10**9, 1000), (399_999, 999), (400_000, 1000), (800, 2), (1, 1), (0, 1)):
        wire.asked.clear()
        link._budget.begun.clear()
        monkeypatch.setattr(redis_connector.time, "perf_counter", ticking(1.0, 3.5))
        found = session.bulk(link, most)
        monkeypatch.undo()
        gets = [words[1] for words in wire.asked if words[0] == "GET"]
        assert [words[0] for words in wire.asked].count("STRLEN") == 50
        assert gets == [session.keys[index % 60] for index in range(count)]
        assert (found.bytes, found.rows) == (sum(len(wire.values[key]) for key in gets), count)
        assert (found.seconds, found.method) == (2.5, f"{count} GETs in one pipeline")
        assert link._budget.begun == [(0, 20.0), (2 * most + 16_777_216, 20.0)]
    wire.values = {}
    assert (session.bulk(link, 5).bytes, session.bulk(link, 5).rows) == (0, 5)


@pytest.mark.servers
def test_a_connection_is_opened_as_the_address_says():
    target = target_of(port=REDIS_PORT, path="/3", limits=Limits(timeout=3.5, bytes=9999))
    session: Any = CONNECTOR.open(target)
    link = session.connect()
    try:
        wire = link._connection
        assert (wire.db, wire.username, wire.password, wire.socket_timeout, wire.socket_connect_timeout) == (
            3, None, None, 3.5, 3.5,
        )  # fmt: skip
        assert int(wire.protocol) == 2, "by the third a server may say what nobody asked for"
        assert (wire.client_name, wire.retry._retries, wire.retry_on_error) == (APPLICATION, 0, [])
        assert link._budget.most_bytes == 9999
        assert f"name={APPLICATION}".encode() in _own_line(link, wire)
    finally:
        link.close()
    assert wire._sock is None
    plain: Any = CONNECTOR.open(target_of(path="", secret=Secret("", "w"))).open_connection(Budget())
    assert (plain.port, plain.db, plain.username, plain.password) == (6379, 0, None, "w")
    named: Any = CONNECTOR.open(
        target_of(scheme="rediss", ca="/ca.pem", secret=Secret("me", "w"))
    ).open_connection(Budget())
    assert (named.username, named.ca_certs, named.check_hostname) == ("me", "/ca.pem", True)
    assert named.cert_reqs is ssl.CERT_REQUIRED
    assert CONNECTOR.port == 6379


def _own_line(link: Any, wire: Any) -> bytes:
    link._connection.send_command("CLIENT", "INFO")
    line: bytes = wire.read_response()
    return line
