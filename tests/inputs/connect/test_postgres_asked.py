"""PostgreSQL: which texts are planned, how a server is connected to and judged, how many rows a fetch asks for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from poc_gate.inputs.connect.connectors import postgres_connector
from poc_gate.inputs.connect.connectors.postgres_connector import (
    CONNECTOR,
    _encryption,
    _Link,
    _plan,
    _sslmode,
)
from poc_gate.inputs.connect.interface import APPLICATION, Limits, RefusedError, Secret, SourceError, Target


def target_of(**given: Any) -> Target:
    return Target("x", **{"scheme": "postgresql", "host": "127.0.0.1", "path": "/db", **given})


def linked(rows: dict[str, list[Any]] | None = None, connection: Any = None, **given: Any) -> tuple[Any, Any]:
    """Return a session and a link that answers each text by its beginning."""
    session: Any = CONNECTOR.open(target_of(**given))
    link: Any = object.__new__(_Link)
    link.connection, link.asked = connection, []

    def answer(statement: str, parameters: Any = ()) -> list[Any]:
        link.asked.append((statement, parameters))
        return next(found for begun, found in (rows or {}).items() if statement.lstrip().startswith(begun))

    link.rows = answer
    return session, link


VECTOR = {"table": "s.t", "vector": "v"}


def test_neighbours_are_searched_by_sampled_vectors():
    plan = _plan(target_of(options={**VECTOR, "key": "id", "metric": "l2", "top_k": "7"}))
    assert plan.lookup == 'select "id" from "s"."t" order by "v" <-> :key::vector limit 7'
    assert plan.keys == 'select "v"::text from "s"."t" limit 2000'
    assert plan.needs_key is True
    for metric, sign in (("cosine", "<=>"), ("inner", "<#>")):
        assert _plan(target_of(options={**VECTOR, "metric": metric})).lookup == (
            f'select 1 from "s"."t" order by "v" {sign} :key::vector limit 10'
        )
    assert _plan(target_of(options={**VECTOR, "query": "select 1"})).lookup == "select 1"
    assert _plan(target_of(options={"table": "t"})).lookup == ""


def test_what_is_going_to_be_asked():
    searched = CONNECTOR.intend(target_of(options=VECTOR))
    assert (searched.call.startswith("select 1 from"), searched.missing) == (True, "")
    assert CONNECTOR.intend(target_of()).missing.startswith("no query is named")
    assert CONNECTOR.port == 5432


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ({}, "prefer"), ({"host": "localhost"}, "prefer"), ({"ca": "/ca"}, "verify-full"), ({"host": "h"}, "verify-full"),
        ({"options": {"sslmode": "require"}}, "require"),
    ],
)  # fmt: skip
def test_a_server_elsewhere_is_verified_unless_it_is_stated(given, mode):
    assert _sslmode(target_of(**given)) == mode


@pytest.mark.parametrize(
    ("given", "root", "library", "certificates"),
    [
        ({}, None, 160_000, "disable"), ({}, None, 159_999, None), ({"host": "h"}, "theirs", 170_000, "disable"),
        ({"ca": "/ca"}, "/ca", 170_000, "disable"), ({"ca": "/ca", "options": {"sslmode": "require"}}, "/ca", 170_000, "disable"),
        ({"options": {"sslmode": "verify-ca"}}, "theirs", 170_000, "disable"),
    ],
)  # fmt: skip
def test_nothing_that_lies_around_is_trusted(monkeypatch, given, root, library, certificates):
    monkeypatch.setattr(psycopg.pq, "version", lambda: library)
    monkeypatch.setattr(
        postgres_connector.ssl, "get_default_verify_paths", lambda: SimpleNamespace(cafile="theirs")
    )
    found = _encryption(target_of(**given))
    assert (found["gssencmode"], found["sslcert"], found["sslkey"]) == ("disable", "", "")
    assert (found.get("sslrootcert"), found.get("sslcertmode")) == (root, certificates)
    monkeypatch.setattr(
        postgres_connector.ssl, "get_default_verify_paths", lambda: SimpleNamespace(cafile=None)
    )
    assert _encryption(target_of(host="h"))["sslrootcert"] == "system"


VECTOR_TABLE = "the probe option 'vector' needs `table`"
SOCKET = "the probe option 'socket' works on this machine only; leave the host out of the address"
MODES = "the probe option 'sslmode' must be one of disable, allow, prefer, require, verify-ca, verify-full"
METRIC, DATABASE = (
    "the probe option 'metric' must be one of cosine, l2, inner",
    "the address names no database: postgresql://user@host:5432/DATABASE",
)


def clear(mode: str) -> str:
    return f"a credential is not sent without encryption; sslmode {mode} allows that, verify-full does not"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, ()), ({"options": {"vector": "v"}}, (VECTOR_TABLE,)), ({"options": VECTOR}, ()), ({"options": {"socket": "/s"}}, ()),
        ({"host": "h", "options": {"socket": "/s"}}, (SOCKET,)), ({"options": {"sslmode": "x"}}, (MODES,)),
        ({"options": {"metric": "x"}}, (METRIC,)), ({"path": "/"}, (DATABASE,)), ({"secret": Secret("", "w")}, ()),
        ({"host": "h", "secret": Secret("", "w")}, ()),
        *(
            ({"host": "h", "secret": Secret("", "w"), "options": {"sslmode": mode}}, (clear(mode),))
            for mode in ("disable", "allow", "prefer")
        ),
        *(
            ({"host": "h", "secret": Secret("", "w"), "options": {"sslmode": mode}}, ())
            for mode in ("require", "verify-ca", "verify-full")
        ),
        ({"host": "h", "options": {"sslmode": "prefer"}}, ()),
    ],
)  # fmt: skip
def test_faults_of_an_address(given, faults):
    assert CONNECTOR.check(target_of(**given)) == faults


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({}, {"host": "127.0.0.1", "port": 5432, "dbname": "db", "user": None, "password": "", "connect_timeout": 5}),
        ({"port": 7, "options": {"user": "me"}, "limits": Limits(timeout=2.6)}, {"port": 7, "user": "me", "connect_timeout": 3}),
        ({"secret": Secret("you", "w"), "options": {"user": "me"}}, {"user": "you", "password": "w"}),
        ({"secret": Secret("", "w"), "options": {"user": "me"}}, {"user": "me", "password": "w"}),
        ({"options": {"socket": "/s"}, "limits": Limits(timeout=0.5)}, {"host": "/s", "connect_timeout": 2}),
    ],
)  # fmt: skip
def test_how_a_server_is_connected_to(monkeypatch, given, held):
    made: dict[str, Any] = {}

    def bounded(budget: Any) -> Any:
        made["budget"] = budget
        return SimpleNamespace(connect=lambda **named: made.update(named))

    monkeypatch.setattr(postgres_connector, "bounded_connection", bounded)
    session: Any = CONNECTOR.open(target_of(**given))
    session.open_connection()
    assert {name: made[name] for name in held} == held
    assert (made["passfile"], made["hostaddr"], made["autocommit"]) == ("/dev/null/none", "", True)
    assert (made["application_name"], made["client_encoding"]) == (APPLICATION, "UTF8")
    milliseconds = int(session.target.limits.timeout * 1000)
    assert made["options"].split(" -c ") == [
        "-c default_transaction_read_only=on", "standard_conforming_strings=on", "DateStyle=ISO", "IntervalStyle=postgres",
        "TimeZone=UTC", "bytea_output=hex", "extra_float_digits=1", "client_min_messages=warning",
        f"statement_timeout={milliseconds}", f"lock_timeout={milliseconds}", "idle_in_transaction_session_timeout=60000",
    ]  # fmt: skip
    assert made["budget"].most_bytes == 16_777_216
    assert made["budget"].seconds == session.target.limits.timeout + 1


class Cursor:
    """Hands out rows of one size and keeps how many it was asked for."""

    def __init__(self, rows: int, size: int) -> None:
        """Hold them."""
        self.left, self.size, self.asked = rows, size, []

    def execute(self, _statement: str) -> None:
        """Take the text."""

    def fetchmany(self, wanted: int) -> list[Any]:
        """Hand out up to so many."""
        self.asked.append(wanted)
        taken = min(wanted, self.left)
        self.left -= taken
        return [("x" * self.size,)] * taken

    @contextlib.contextmanager
    def opened(self, *, name: str) -> Iterator[Cursor]:
        """Open under a name."""
        assert name == "poc_gate"
        yield self


@pytest.mark.parametrize(
    ("rows", "size", "asked"),
    [
        (4001, 100, [1, 2000, 2000, 2000]), (10, 2**20, [1, 4, 4, 4, 4]), (3, 2**23, [1, 1, 1, 1]), (5, 0, [1, 2000, 2000]), (0, 1, [1]),
        (2000, 2098, [1, 1999, 1999]), (2000, 2097, [1, 2000, 2000]),
    ],
)  # fmt: skip
def test_a_fetch_asks_for_about_four_mebibytes(rows, size, asked):
    cursor = Cursor(rows, size)
    link: Any = object.__new__(_Link)
    link.connection = SimpleNamespace(transaction=contextlib.nullcontext, cursor=cursor.opened)
    assert len(list(link.stream("select 1"))) == rows
    assert cursor.asked == asked


def test_every_text_goes_by_the_protocol_that_takes_one_statement():
    sent = []

    def execute(*given: Any, **named: Any) -> Any:
        sent.append((given, named))
        return SimpleNamespace(fetchall=lambda: [(1,)])

    link: Any = object.__new__(_Link)
    link.connection = SimpleNamespace(execute=execute)
    assert link.rows("select %s", (7,)) == [(1,)]
    assert sent == [(("select %s", (7,)), {"prepare": True})]


ROLE, MEMBER, WRITES = "select rolsuper", "select rolname", "select has_table_privilege"


def role(*, superuser: bool = False, read_only: str = "on", lag: Any = None) -> list[Any]:
    return [(superuser, False, False, "16.2", "100", read_only, lag)]


def plain_connection(*, ssl: bool = False) -> Any:
    return SimpleNamespace(pgconn=SimpleNamespace(ssl_in_use=ssl))


def test_a_server_is_described():
    for lag, writes, words in (
        (None, False, "cannot write to the table"),
        ("2.5", True, "may write to the table; a role that may only read is better"),
    ):
        session, link = linked(
            {ROLE: role(lag=lag), MEMBER: [], WRITES: [(writes,)]},
            plain_connection(),
            options={"table": "s.t"},
        )
        found = session.describe(link)
        assert (found.version, found.replica_lag) == ("PostgreSQL 16.2", None if lag is None else 2.5)
        assert found.notes == {"max_connections": "100", "role": words, "encryption": "none"}
        assert link.asked[-1][1] == ('"s"."t"',)
        assert link.asked[1][1] == (
            ["pg_execute_server_program", "pg_write_server_files", "pg_read_server_files"],
        )
    session, link = linked({ROLE: role(), MEMBER: [], WRITES: [(True,)]}, plain_connection())
    assert session.describe(link).notes["role"] == "cannot write to the table"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            {ROLE: role(superuser=True), MEMBER: []},
            "the role is a superuser: read-only settings do not bind it",
        ),
        ({ROLE: role(), MEMBER: [("pg_a",), ("pg_b",)]}, "the role is pg_a and pg_b: read-only"),
        ({ROLE: role(superuser=True), MEMBER: [("pg_a",)]}, "the role is a superuser and pg_a: read-only"),
        ({ROLE: role(read_only="off"), MEMBER: []}, "the server did not accept read-only transactions"),
    ],
)
def test_a_role_that_may_too_much_is_refused(rows, words):
    session, link = linked(rows, plain_connection())
    with pytest.raises(RefusedError, match=words):
        session.describe(link)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("verify-full", "TLS, server verified"), ("verify-ca", "TLS, certificate verified, name not (sslmode verify-ca)"),
        ("require", "TLS, server not verified (sslmode require)"), ("prefer", "TLS, server not verified (sslmode prefer)"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_encryption(mode, words):
    session, link = linked(connection=plain_connection(ssl=True), options={"sslmode": mode})
    assert session._encrypted(link) == words


@pytest.mark.parametrize(("cost", "refused"), [(250_000.0, False), (250_001, True), (0, False)])
def test_a_newest_row_that_costs_too_much_is_not_looked_for(cost, refused):
    session, link = linked({"explain (format json) select 1": [([{"Plan": {"Total Cost": cost}}],)]})
    if not refused:
        session.refuse_costly(link, "select 1")
        return
    with pytest.raises(SourceError, match="the newest row would cost 250,001 units to find"):
        session.refuse_costly(link, "select 1")


def test_a_link_that_hangs_is_shut_down_and_one_that_ended_is_left_alone():
    import socket

    here, there = socket.socketpair()
    with here, there:
        link: Any = object.__new__(_Link)
        link.connection = SimpleNamespace(closed=True, fileno=here.fileno)
        link.abort()
        here.sendall(b"still open")
        link.connection.closed = False
        link.abort()
        assert there.recv(10) == b"still open"
        assert there.recv(1) == b""
