"""Files of SQLite and DuckDB: which keys are drawn, what a read counts, when it ends, how old the newest row is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from poc_gate.inputs.connect.connectors import duckdb_connector, sqlite_connector
from poc_gate.inputs.connect.drivers import sql_reading
from poc_gate.inputs.connect.drivers.sql_reading import row_bytes
from poc_gate.inputs.connect.interface import Limits, SourceError, Target

ROWS = 700
FULL = {"table": "t", "key": "id", "time": "at"}


def _write_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("create table t (id integer, body text, at text)")
        rows = [(number or None, "x" * 100, f"2026-11-20T08:{number % 60:02}:00") for number in range(ROWS)]
        db.executemany("insert into t values (?, ?, ?)", rows)
        db.execute("create table empty (id integer, at text)")
    db.close()


def _write_duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as db:
        db.execute(
            "create table t as select nullif(i, 0) as id, repeat('x', 100) as body,"
            f" timestamp '2026-11-20 08:00' + to_minutes(i % 60) as at from range({ROWS}) r(i)"
        )
        db.execute('create table empty (id integer, "at" timestamp)')


@pytest.fixture(params=["sqlite", "duckdb"])
def file(request, tmp_path) -> Iterator[tuple[Any, Path]]:
    path = tmp_path / "a.db"
    {"sqlite": _write_sqlite, "duckdb": _write_duckdb}[request.param](path)
    yield {"sqlite": sqlite_connector, "duckdb": duckdb_connector}[request.param], path
    while _LINKS:
        _LINKS.pop().close()


_LINKS: list[Any] = []


def opened(file: tuple[Any, Path], limits: Limits | None = None, **options: str):
    module, path = file
    session = module.CONNECTOR.open(Target("x", path=str(path), options=options, limits=limits or Limits()))
    link = session.connect()
    _LINKS.append(link)
    return session, link


def test_keys_are_sampled_without_what_is_null_and_looked_up_in_turn(file):
    session, link = opened(file, **FULL)
    server = session.prepare(link)
    assert sql_reading.MOST_KEYS == len(session.keys) == len(set(session.keys)) == 500
    assert set(session.keys) <= set(range(1, ROWS))
    size = file[1].stat().st_size
    assert server.notes["keys sampled"] == "500"
    assert server.notes["file size"] == f"{size:,} B"
    assert 0.0 <= float(server.notes["floor (select 1)"].removesuffix(" s")) < 1.0
    assert server.replica_lag is None
    asked = []
    plain = link.rows
    link.rows = lambda statement, parameters=(): asked.append(parameters) or plain(statement, parameters)
    calls = [link.call(number) for number in (0, 1, 500)]
    assert asked == [(session.keys[0],), (session.keys[1],), (session.keys[0],)]
    assert {call.rows for call in calls} == {1}
    assert calls[0].bytes == 8 + 100 + 19


def test_fewer_keys_than_are_wanted_are_all_taken_and_none_is_told(file):
    session, link = opened(file, query="select * from t where id = :key limit 1", table="t", key="at")
    session.prepare(link)
    assert len(session.keys) == 500
    session, link = opened(file, table="empty", key="id")
    with pytest.raises(SourceError, match="the table contains no key to look up") as told:
        session.prepare(link)
    assert told.value.kind == "empty"
    session, link = opened(file, query="select 1")
    assert session.prepare(link).notes["keys sampled"] == "0"
    assert (link.call(5).rows, link.call(5).bytes) == (1, 8)


def test_all_keys_are_taken_where_there_are_few(tmp_path):
    path = tmp_path / "few.db"
    with sqlite3.connect(path) as db:
        db.execute("create table t (id integer)")
        db.executemany("insert into t values (?)", [(number,) for number in range(3)])
    session, link = opened((sqlite_connector, path), table="t", key="id")
    session.prepare(link)
    assert sorted(session.keys) == [0, 1, 2]


def test_the_floor_is_the_least_of_five_queries(file, monkeypatch):
    session, link = opened(file, query="select 1")
    clock = iter([at for took in (3.0, 2.0, 1.0, 4.0, 5.0) for at in (0.0, took)])
    monkeypatch.setattr(sql_reading.time, "perf_counter", lambda: next(clock))
    assert session.prepare(link).notes["floor (select 1)"] == "1.000000 s"
    assert next(clock, None) is None


def test_the_newest_row_and_the_last_renewals_tell_their_age(file):
    session, link = opened(file, **FULL)
    newest, renewals = session.newest(link), session.renewals(link)
    last = 1_795_161_600 + 59 * 60  # 2026-11-20T08:59:00Z
    assert newest.age == pytest.approx(time.time() - last, abs=60)
    assert newest.method == session.plan.newest
    assert len(renewals.ages) == ROWS
    assert renewals.ages[0] == pytest.approx(newest.age, abs=5)
    assert renewals.ages[-1] == pytest.approx(newest.age + 59 * 60, abs=5)
    assert renewals.method == session.plan.renewals


def test_a_source_without_times_tells_none(file):
    session, link = opened(file, table="empty", key="id")
    assert session.newest(link) is None
    assert session.renewals(link) is None
    session, link = opened(file, query="select 1")
    assert session.bulk(link, 10**9) is None
    session, link = opened(file, table="empty", time="at")
    with pytest.raises(SourceError, match="the table contains no row with a time") as told:
        session.newest(link)
    assert told.value.kind == "empty"
    assert session.renewals(link).ages == ()
    assert session.bulk(link, 10**9).rows == 0


def test_a_bounded_read_counts_each_row_until_its_bound(file):
    session, link = opened(file, table="t")
    each = row_bytes(next(iter(link.stream("select * from t where id = 5"))))
    first = each - 8  # the first row has no id
    whole = session.bulk(link, 10**9)
    assert (whole.bytes, whole.rows) == (first + (ROWS - 1) * each, ROWS)
    assert whole.method == session.plan.bulk
    assert 0.0 < whole.seconds < 9.0
    for most, rows in ((1, 1), (first, 1), (first + 1, 2), (first + each, 2), (first + each + 1, 3)):
        assert session.bulk(link, most).rows == rows


def test_a_bounded_read_ends_after_its_time(file, monkeypatch):
    session, link = opened(file, table="t")
    for step, rows, seconds in ((5.0, 3, 20.0), (5.5, 2, 16.5)):
        clock = iter([step * number for number in range(100)])
        monkeypatch.setattr(sql_reading.time, "perf_counter", lambda held=clock: next(held))
        found = session.bulk(link, 10**9)
        assert (found.rows, found.seconds) == (rows, seconds), "at ten seconds it goes on, after them it ends"


@pytest.mark.parametrize(
    ("connector", "ending"),
    [
        (sqlite_connector.CONNECTOR, "sqlite:///path/to/file.db"),
        (duckdb_connector.CONNECTOR, "duckdb:///path/to/file.duckdb"),
    ],
)
def test_an_address_that_is_no_file_is_told(connector, ending, tmp_path):
    assert connector.check(Target("x")) == (f"the address is not a file: write url: {ending}",)
    assert connector.check(Target("x", path=str(tmp_path))) == (
        f"{tmp_path} is not a file: write url: {ending}",
    )
    (tmp_path / "a").touch()
    assert connector.check(Target("x", path=str(tmp_path / "a"))) == ()
    assert connector.is_local


def test_sqlite_waits_as_long_as_the_limit_says_and_no_longer(tmp_path, monkeypatch):
    _write_sqlite(tmp_path / "a.db")
    told: dict[str, Any] = {}
    plain = sqlite3.connect
    monkeypatch.setattr(
        sqlite_connector.sqlite3,
        "connect",
        lambda *given, **named: told.update(named) or plain(*given, **named),
    )
    limits = Limits(timeout=3.5)
    _, link = opened((sqlite_connector, tmp_path / "a.db"), limits)
    assert told == {"uri": True, "timeout": 3.5, "check_same_thread": False}
    now = [100.0]
    monkeypatch.setattr(sqlite_connector.time, "monotonic", lambda: now[0])
    endless = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 200000) select max(n) from c"

    def passing() -> float:
        now[0] += 0.001
        return now[0]

    assert link.rows("select 1") == [(1,)]
    assert link._until == 103.5
    stream = link.stream("select 1")
    assert list(stream) == [(1,)]
    assert link._until == 160.0
    monkeypatch.setattr(sqlite_connector.time, "monotonic", passing)
    assert link.rows(endless) == [(200_000,)]
    link._timeout = 0.002
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        link.rows(endless)


def test_sqlite_looks_at_the_clock_every_ten_thousand_steps(tmp_path, monkeypatch):
    _write_sqlite(tmp_path / "a.db")
    _, link = opened((sqlite_connector, tmp_path / "a.db"))
    looks = []
    monkeypatch.setattr(sqlite_connector.time, "monotonic", lambda: looks.append(0) or 100.0)
    endless = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 100000) select max(n) from c"
    link.rows(endless)
    steps = len(looks) - 1
    assert 50 < steps < 400


@pytest.mark.parametrize(
    ("action", "second", "answer"),
    [
        (sqlite3.SQLITE_SELECT, None, sqlite3.SQLITE_OK),
        (sqlite3.SQLITE_READ, "id", sqlite3.SQLITE_OK),
        (sqlite3.SQLITE_READ, "load_extension", sqlite3.SQLITE_OK),
        (sqlite3.SQLITE_FUNCTION, "max", sqlite3.SQLITE_OK),
        (sqlite3.SQLITE_FUNCTION, "load_extension", sqlite3.SQLITE_DENY),
        (33, None, sqlite3.SQLITE_OK),
        (sqlite3.SQLITE_PRAGMA, "x", sqlite3.SQLITE_DENY),
        (sqlite3.SQLITE_INSERT, None, sqlite3.SQLITE_DENY),
    ],
)
def test_sqlite_may_read_and_nothing_else(action, second, answer):
    assert sqlite_connector._authorise(action, "t", second, "main", None) == answer


def test_duckdb_opens_its_file_for_reading_alone(tmp_path):
    _write_duckdb(tmp_path / "a.db")
    _, link = opened((duckdb_connector, tmp_path / "a.db"))
    with pytest.raises(duckdb.Error, match="read-only"):
        link.rows("create table made (id integer)")
    _LINKS.pop().close()


def test_duckdb_hands_out_two_thousand_rows_at_a_time(tmp_path):
    class Cursor:
        left, asked = 5000, []

        def fetchmany(self, most: int) -> list[int]:
            self.asked.append(most)
            taken, self.left = min(most, self.left), max(0, self.left - most)
            return [0] * taken

    link = object.__new__(duckdb_connector._Link)
    link.connection = type("Connection", (), {"execute": lambda _self, _text: Cursor()})()
    assert len(list(link.stream("select 1"))) == 5000
    assert Cursor.asked == [2000] * 4
