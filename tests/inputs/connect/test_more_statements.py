"""Two hundred more statements over four engines: refused before anything is dialled, or shown by the server to do nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from many_statements import MYSQL as OLDER_MYSQL
from many_statements import POSTGRES as OLDER_POSTGRES
from many_statements import lines
from measuring import configured, measure_one, plan_one
from more_statements import EMBEDDED, MYSQL, POSTGRES
from service_places import owner
from test_many_statements import declared, owned_postgres  # noqa: F401 - a fixture

from poc_gate.inputs.connect.declared.declaration import Declaration

STRAY_FILE = Path("/tmp/poc-gate-evil")
READS = {
    "select 'a'", "select * from pg_authid", "select * from pg_shadow", "select * from pg_largeobject",
    "with recursive c as (select 1 as n union all select n + 1 from c) select * from c",
}  # fmt: skip
"""Go through to PostgreSQL: plain reads, of which only the time and the number of bytes are kept, and one that its time limit ends."""


def guarded(system: str, statement: str) -> bool:
    plan = plan_one(declared(system, statement))
    return plan.state == "refused" and plan.reasons[0].startswith("the query is refused: ")


def test_they_are_new() -> None:
    older = {*lines(OLDER_POSTGRES), *lines(OLDER_MYSQL)}
    new = [one for text in (POSTGRES, MYSQL, EMBEDDED) for one in lines(text) if one not in older]
    assert len(set(new)) > 270


def test_mariadb_is_sent_none() -> None:
    assert [one for one in lines(MYSQL) if not guarded("mysql", one)] == []


@pytest.fixture
def heard(owned_postgres: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:  # noqa: F811
    """Let every function that the owner could smuggle in be heard of: it notifies whoever listens."""
    owned_postgres.execute(f"set role {owner()}")
    owned_postgres.execute(
        "create or replace function evil(claims) returns int language plpgsql as $x$ begin perform pg_notify('evil', 'row'); return 1; end $x$"
    )
    owned_postgres.execute(
        "create or replace function evil(text) returns boolean language plpgsql as $x$ begin perform pg_notify('evil', 'text'); return true; end $x$"
    )
    owned_postgres.execute("create domain evil_text as text check (evil(value))")
    owned_postgres.execute("create type evil_pair as (a int, b evil_text)")
    owned_postgres.execute("create cast (claims as int) with function evil(claims) as implicit")
    owned_postgres.execute("create type evil_word as enum ('x', 'y')")
    owned_postgres.execute(
        "create function evil(evil_word) returns int language plpgsql as $x$ begin perform pg_notify('evil', 'enum'); return 1; end $x$"
    )
    owned_postgres.execute("create cast (evil_word as int) with function evil(evil_word) as implicit")
    owned_postgres.execute("create table evil_words (id int, word evil_word)")
    owned_postgres.execute("insert into evil_words values (1, 'x')")
    owned_postgres.execute("create operator ~~~~ (rightarg = claims, function = evil)")
    owned_postgres.execute("create view evil_view as select evil(c) as a from claims c")
    owned_postgres.execute("reset role")
    owned_postgres.execute("listen evil")
    yield owned_postgres
    owned_postgres.execute("unlisten evil")
    owned_postgres.execute("drop view evil_view")
    owned_postgres.execute("drop operator ~~~~ (none, claims)")
    owned_postgres.execute("drop cast (claims as int)")
    owned_postgres.execute("drop table evil_words")
    owned_postgres.execute("drop type evil_word cascade")
    owned_postgres.execute("drop type evil_pair")
    owned_postgres.execute("drop domain evil_text")


BY_TYPES = (
    "select 'x'::evil_text", "select cast('x' as evil_text)", "select body::evil_text from claims", "select null::evil_text",
    "select array['x']::evil_text[]", "select '(1,x)'::evil_pair", "select row(1, 'x')::evil_pair", "select claims::int from claims",
    "select ~~~~ claims from claims", "select cast(claims as int) from claims", "select 1 from claims where claims + 1 = 2",
    "select (claims).evil from claims", "select sum(claims::int) from claims", "select evil_text 'x'",
    "select '{\"a\":1,\"b\":\"x\"}'::json::text::evil_pair", "select (array['x']::evil_text[])[1]", "select 'x'::public.evil_text",
    "select word::int from evil_words", "select word + 1 from evil_words", "select id from evil_words where word = 1",
    "select abs(word) from evil_words", "select cast(word as int) from evil_words", "select sum(word) from evil_words",
    "select claims from claims", "select claims + 1 from claims", "select abs(claims) from claims", "select c is null from claims c",
    'select \'x\'::"evil_text"', "select 'x' :: evil_text collate \"C\"", "select case when true then 'x'::evil_text end",
)  # fmt: skip


def test_postgres_runs_no_function_of_the_owner(heard: psycopg.Connection[Any]) -> None:
    through = [one for one in (*lines(POSTGRES), *BY_TYPES) if not guarded("postgres", one)]
    assert len(through) < 60
    for statement in through:
        report = measure_one(declared("postgres", statement), configured())
        if statement not in READS:
            assert report.state in {"refused", "not-measured", "stopped"}, statement
    for statement in (
        "select id, body from claims where id = 1",
        "select c.body, count(*) from claims c group by c.body",
    ):
        report = measure_one(declared("postgres", statement), configured())
        assert report.state in {"measured", "stopped"}, (
            report.reason
        )  # plain reads go through beside all of that
    notified = [one.payload for one in heard.notifies(timeout=0.5)]
    assert notified == []
    assert heard.execute("select count(*) from claims where body = 'b'").fetchall() == [(50,)]
    assert not STRAY_FILE.exists()


@pytest.mark.parametrize("system", ["sqlite", "duckdb"])
def test_files_keep_what_they_have(system: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{system}"
    if system == "sqlite":
        with sqlite3.connect(path) as db:
            db.execute("create table claims (id integer primary key, body text, updated_at text)")
            db.executemany("insert into claims values (?, 'b', '2026-01-01')", [(n,) for n in range(50)])
    else:
        duckdb = pytest.importorskip("duckdb")
        with duckdb.connect(str(path)) as db:
            db.execute("create table claims as select range as id, 'b' as body from range(50)")
    before = path.read_bytes()
    sent = []
    for statement in lines(EMBEDDED):
        options = {"environment": "test", "query": statement}
        source = Declaration("x", system, url=f"{system}:///{path}", options=options)
        plan = plan_one(source)
        if plan.state != "refused":
            sent.append(statement)
            state = measure_one(
                source, configured(timeout=0.3)
            ).state  # one of them would compute for minutes
            assert state in {"measured", "not-measured", "stopped"}, statement
    assert len(sent) <= 3
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert not STRAY_FILE.exists()
