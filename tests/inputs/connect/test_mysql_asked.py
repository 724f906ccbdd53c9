"""MySQL and MariaDB: what is sent on connecting, which rights are too many, when a newest row costs too much."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pymysql
import pymysql.cursors
import pytest

from poc_gate.inputs.connect.connectors import mysql_connector
from poc_gate.inputs.connect.connectors.mysql_connector import CONNECTOR, _Link
from poc_gate.inputs.connect.interface import APPLICATION, Limits, RefusedError, Secret, SourceError, Target


def target_of(**given: Any) -> Target:
    return Target("x", **{"scheme": "mysql", "host": "127.0.0.1", "path": "/db", **given})


class Connection:
    """A connection that keeps what is sent."""

    def __init__(self, version: str = "10.11-MariaDB", rows: Any = ()) -> None:
        """Answer every text with the same rows."""
        self.version, self.found, self.sent = version, rows, []
        self.open, self.failing, self.closed = True, False, 0
        self.budget = SimpleNamespace(begin=lambda *given: self.sent.append(("budget", *given)))

    def get_server_info(self) -> str:
        """Return the version."""
        return self.version

    @contextlib.contextmanager
    def cursor(self, kind: Any = None) -> Iterator[Any]:
        """Open a cursor of a kind."""
        yield _Cursor(self, kind)

    def close(self) -> None:
        """Close."""
        self.open = False
        self.closed += 1


class _Cursor:
    def __init__(self, connection: Connection, kind: Any) -> None:
        self.connection, self.kind = connection, kind

    def execute(self, *given: Any) -> None:
        if self.connection.failing:
            raise pymysql.OperationalError("refused")
        self.connection.sent.append((*([self.kind.__name__] if self.kind else []), *given))

    def fetchall(self) -> Any:
        return self.connection.found

    def __iter__(self) -> Iterator[Any]:
        return iter(self.connection.found)


def opened(connection: Connection, monkeypatch: Any, **given: Any) -> tuple[Any, Any]:
    session: Any = CONNECTOR.open(target_of(**given))
    monkeypatch.setattr(type(session), "open_connection", lambda _self: connection)
    return session, session.connect()


CLEAR = "a credential is not sent without encryption; add `probe: {tls: 'yes'}`"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, ()), ({"path": "/"}, ("the address names no database: mysql://user@host:3306/DATABASE",)), ({"host": "h"}, ()),
        ({"host": "h", "secret": Secret("", "w")}, (CLEAR,)), ({"secret": Secret("", "w")}, ()), ({"host": "h", "secret": Secret("", "w"), "ca": "/ca"}, ()),
        ({"host": "h", "secret": Secret("", "w"), "options": {"tls": "yes"}}, ()), ({"host": "h", "secret": Secret("", "w"), "options": {"tls": "no"}}, (CLEAR,)),
    ],
)  # fmt: skip
def test_faults_of_an_address(given, faults):
    assert CONNECTOR.check(target_of(**given)) == faults
    assert CONNECTOR.port == 3306


@pytest.mark.parametrize(
    ("version", "timeout", "limit", "lock"),
    [
        ("10.11-MariaDB", 2.5, "max_statement_time = 2.5", 2), ("8.0.36", 2.6, "max_execution_time = 2600", 3),
        ("5.5.5-mariadb", 0.2, "max_statement_time = 0.2", 1),
    ],
)  # fmt: skip
def test_what_is_sent_before_anything_is_asked(monkeypatch, version, timeout, limit, lock):
    connection = Connection(version)
    opened(connection, monkeypatch, limits=Limits(timeout=timeout))
    assert connection.sent == [
        (f"set session {limit}",), (f"set session lock_wait_timeout = {lock}",), ("set session transaction read only",),
    ]  # fmt: skip


def test_a_server_that_refuses_these_is_left(monkeypatch):
    connection = Connection()
    connection.failing = True
    with pytest.raises(pymysql.Error):
        opened(connection, monkeypatch)
    assert connection.closed == 1


def test_rows_come_with_parameters_only_where_the_text_has_marks(monkeypatch):
    connection = Connection(rows=[(1,)])
    _, link = opened(connection, monkeypatch)
    connection.sent.clear()
    for statement, parameters in (
        ("select 1", ()),
        ("select 1", (7,)),
        ("select %s", (7,)),
        ("select 5 %% 3", ()),
    ):
        assert link.rows(statement, parameters) == [(1,)]
    assert connection.sent == [
        ("select 1", None),
        ("select 1", (7,)),
        ("select %s", (7,)),
        ("select 5 %% 3", ()),
    ]


def test_a_stream_has_a_budget_of_its_own_and_holds_no_rows(monkeypatch):
    connection = Connection(rows=[(1,), (2,)])
    _, link = opened(connection, monkeypatch, limits=Limits(bytes=1000))
    connection.sent.clear()
    assert list(link.stream("select 1")) == [(1,), (2,)]
    assert connection.sent == [("SSCursor", "select 1"), ("budget", 16_779_216, 20.0)]
    link.close()
    link.close()
    assert connection.closed == 1


def linked(rows: dict[str, Any], **given: Any) -> tuple[Any, Any]:
    session: Any = CONNECTOR.open(target_of(**given))
    link: Any = object.__new__(_Link)
    link.rows = lambda statement: next(found for begun, found in rows.items() if statement.startswith(begun))
    return session, link


READ = "GRANT SELECT ON `db`.* TO `me`@`%`"
USAGE = "GRANT USAGE ON *.* TO `me`@`%`"


def about(*grants: str, ssl: str = "") -> dict[str, Any]:
    return {
        "show grants": [(one,) for one in grants], "select version()": [("10.11", 151)],
        "show session status": [("Ssl_version", ssl)] if ssl is not None else [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("grants", "role"),
    [
        ((USAGE, READ), "may only read"), ((USAGE, "GRANT SELECT, INSERT ON `db`.* TO `me`"), "may write; a user that may only read is better"),
        (("GRANT UPDATE ON *.* TO `me`",), "may write; a user that may only read is better"), (("GRANT ALL PRIVILEGES ON `db`.* TO `me`",), "may write; a user that may only read is better"),
        ((USAGE, "GRANT DELETE ON `elsewhere`.* TO `me`"), "may only read"), ((READ, "GRANT DROP ON `db`.`t` TO `me`"), "may write; a user that may only read is better"),
    ],
)  # fmt: skip
def test_what_a_user_may(grants, role):
    session, link = linked(about(*grants))
    found = session.describe(link)
    assert (found.version, found.replica_lag) == ("10.11", None)
    assert found.notes == {"max_connections": "151", "role": role, "encryption": "none"}


@pytest.mark.parametrize("power", ["ALL PRIVILEGES", "SUPER", "FILE", "SHUTDOWN", "SYSTEM_VARIABLES_ADMIN"])
def test_a_user_that_may_too_much_is_refused(power):
    session, link = linked(about(READ, f"GRANT SELECT, {power} ON *.* TO `me`"))
    with pytest.raises(RefusedError, match=f"the user holds {power} on everything"):
        session.describe(link)
    session, link = linked(about(f"GRANT {power} ON `db`.* TO `me`", USAGE))
    session.describe(link)


def test_encryption_that_was_asked_for_must_be_there():
    session, link = linked(about(READ, ssl="TLSv1.3"), options={"tls": "yes"})
    assert session.describe(link).notes["encryption"] == "TLSv1.3, server verified"
    for missing in ("", None):
        session, link = linked(about(READ, ssl=missing), ca="/ca")
        with pytest.raises(RefusedError, match="the server took the connection without encryption"):
            session.describe(link)
    plain, link = linked(about(READ, ssl=None))
    assert plain.describe(link).notes["encryption"] == "none"


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([5_000_000], ""), ([5_000_001], "5,000,001"), ([10, "6000000", 3], "6,000,000"), ([None, "x"], ""), ([], ""), ([0], ""),
    ],
)  # fmt: skip
def test_a_newest_row_that_costs_too_much_is_not_looked_for(rows, refused):
    session, link = linked({"explain select 1": [(1, "t", "ref", number, "Using index") for number in rows]})
    if not refused:
        session.refuse_costly(link, "select 1")
        return
    with pytest.raises(SourceError, match=f"the newest row would take a scan of {refused} rows"):
        session.refuse_costly(link, "select 1")


class Driver:
    """Stands in for the driver's connection: keeps its settings, reads what a test wrote."""

    budget: Any

    def __init__(self, **settings: Any) -> None:
        """Keep them."""
        self.settings, self.written, self.pieces = settings, [], []
        self._rfile = SimpleNamespace(read1=self._next)

    def _next(self, most: int) -> bytes:
        return self.pieces.pop(0)[:most] if self.pieces else b""

    def _write_bytes(self, data: bytes) -> None:
        self.written.append(data)


@pytest.fixture
def driven(monkeypatch) -> Any:
    """Return what opens a connection of a target with that driver."""
    monkeypatch.setattr(pymysql.connections, "Connection", Driver)
    monkeypatch.setattr(mysql_connector.ssl, "create_default_context", lambda cafile: f"trusting {cafile}")

    def opened_of(**given: Any) -> Any:
        session: Any = CONNECTOR.open(target_of(**given))
        return session.open_connection()

    return opened_of


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({}, {"port": 3306, "user": None, "password": "", "database": "db", "ssl": None, "ssl_disabled": True, "connect_timeout": 5}),
        ({"port": 7, "options": {"user": "me"}, "limits": Limits(timeout=0.2)}, {"port": 7, "user": "me", "connect_timeout": 1}),
        ({"secret": Secret("you", "w"), "options": {"user": "me", "tls": "yes"}}, {"user": "you", "password": "w", "ssl": "trusting None", "ssl_disabled": False}),
        ({"secret": Secret("", "w"), "options": {"user": "me"}, "ca": "/ca"}, {"user": "me", "ssl": "trusting /ca", "ssl_disabled": False}),
        ({"limits": Limits(timeout=2.6)}, {"connect_timeout": 3}),
    ],
)  # fmt: skip
def test_how_a_server_is_connected_to(driven, given, held):
    settings = driven(**given).settings
    assert {name: settings[name] for name in held} == held
    assert settings["read_timeout"] == settings["write_timeout"] == settings["connect_timeout"]
    assert (settings["local_infile"], settings["autocommit"], settings["program_name"]) == (
        False,
        True,
        APPLICATION,
    )


def test_each_answer_is_counted_from_what_was_last_sent(driven):
    wire = driven(limits=Limits(bytes=100, timeout=3.5))
    assert (wire.budget.most_bytes, wire.budget.seconds) == (100, 3.5)
    wire.pieces = [b"ab", b"cde", b"f"]
    assert wire._read_bytes(5) == b"abcde"
    assert wire._read_bytes(0) == b""
    assert wire._read_bytes(1) == b"f"
    wire.pieces = [b"x" * 94]
    assert len(wire._read_bytes(94)) == 94
    with pytest.raises(SourceError, match="the answer is longer than 100 bytes"):
        wire._read_bytes(1)
    wire._write_bytes(b"select 1")
    wire.pieces = [b"y"]
    assert wire._read_bytes(1) == b"y"
    assert wire.written == [b"select 1"]
    with pytest.raises(SourceError, match="the server closed the connection before its answer ended") as told:
        wire._read_bytes(2)
    assert told.value.kind == "protocol"


def test_a_slow_answer_is_noticed_piece_by_piece(driven, monkeypatch):
    from poc_gate.inputs.connect.drivers import bounded_answers

    now = [100.0]
    monkeypatch.setattr(bounded_answers.time, "monotonic", lambda: now[0])
    wire = driven(limits=Limits(timeout=3.0))

    def slow(most: int) -> bytes:
        now[0] += 2.0
        return b"a"[:most]

    wire._rfile.read1 = slow
    with pytest.raises(TimeoutError):
        wire._read_bytes(5)
    assert now[0] == 104.0


def test_a_link_that_hangs_is_shut_down():
    here, there = socket.socketpair()
    with here, there:
        link: Any = object.__new__(_Link)
        link.connection = SimpleNamespace(_sock=None)
        link.abort()
        link.connection._sock = here
        link.abort()
        assert there.recv(1) == b""
