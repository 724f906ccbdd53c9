"""Hundreds of statements against PostgreSQL and MariaDB, by users who own the tables: nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pymysql
import pytest
from many_statements import MYSQL, POSTGRES, lines
from measuring import configured, measure_one, plan_one
from service_places import MYSQL_PORT, POSTGRES_PORT, owner

from poc_gate.inputs.connect.declared.declaration import Declaration

STRAY_FILE = Path("/tmp/poc-gate-evil")
LET_THROUGH = {
    "postgres": (
        "select 1;",
        "table claims",
        "select 'a''; drop table claims --'",
    ),
    "mysql": (
        "select sql_no_cache high_priority * from claims",
        "select sql_calc_found_rows * from claims",
        "table claims",
    ),
}
"""Plain reads in an odd dress."""
BY_CATALOGUE = (
    "select claims.evil from claims",
    "select (claims).evil from claims",
    "select claims.pg_column_size from claims",
)
"""Refused once PostgreSQL's catalogue has said that these are no columns, before they are sent."""


def declared(system: str, query: str) -> Declaration:
    port = POSTGRES_PORT if system == "postgres" else MYSQL_PORT
    scheme = "postgresql" if system == "postgres" else "mysql"
    options = {"environment": "test", "query": query}
    return Declaration("x", scheme, url=f"{scheme}://{owner()}@127.0.0.1:{port}/{owner()}", options=options)


@pytest.fixture(scope="module")
def owned_postgres() -> Iterator[psycopg.Connection[Any]]:
    place = f"host=127.0.0.1 port={POSTGRES_PORT} user=postgres"
    with psycopg.connect(f"{place} dbname=postgres", autocommit=True) as db:
        db.execute(f"create role {owner()} login")
        db.execute(f"create database {owner()} owner {owner()}")
    with psycopg.connect(f"{place} dbname={owner()}", autocommit=True) as db:
        db.execute(f"set role {owner()}")
        db.execute("create table claims (id int primary key, body text, updated_at timestamptz)")
        db.execute("insert into claims select i, 'b', '2026-01-01' from generate_series(1, 50) i")
        db.execute(
            "create function evil(claims) returns int language plpgsql as"
            " $x$ begin perform pg_advisory_lock(4711); return 1; end $x$"
        )
        db.execute("create sequence evil")
        db.execute("reset role")
        yield db
    with psycopg.connect(f"{place} dbname=postgres", autocommit=True) as db:
        db.execute(f"drop database {owner()} with (force)")
        db.execute(f"drop role {owner()}")


@pytest.fixture(scope="module")
def owned_mariadb() -> Iterator[Any]:
    db = pymysql.connect(host="127.0.0.1", port=MYSQL_PORT, user="root", autocommit=True)
    with db.cursor() as cursor:
        cursor.execute(f"create database {owner()}")
        cursor.execute(f"use {owner()}")
        cursor.execute("create table claims (id int primary key, body text, updated_at datetime)")
        cursor.execute("insert into claims select seq, 'b', '2026-01-01' from seq_1_to_50")
        cursor.execute("create sequence evil")
        cursor.execute(f"create user {owner()}@localhost")
        cursor.execute(f"grant all on {owner()}.* to {owner()}@localhost")
        yield cursor
        cursor.execute(f"drop database {owner()}")
        cursor.execute(f"drop user {owner()}@localhost")
    db.close()


def postgres_state(db: psycopg.Connection[Any]) -> list[Any]:
    texts = (
        "select id, body, updated_at::text from claims order by id",
        "select relname::text, relkind::text, relpersistence::text, relowner from pg_class where oid >= 16384 order by 1",
        "select proname::text, prosrc from pg_proc where oid >= 16384 order by 1",
        "select typname::text from pg_type where oid >= 16384 order by 1",
        "select nspname::text, nspacl::text from pg_namespace where nspname !~ '^pg_t' order by 1",
        "select relacl::text from pg_class where relname = 'claims'",
        "select extname::text from pg_extension order by 1",
        "select last_value, is_called from evil",
        "select count(*) from pg_largeobject_metadata",
        (
            "select setconfig::text from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase"
            " where datname = current_database()"
        ),
        "select rolname::text, rolconfig::text from pg_roles where rolname = 'evil' or rolname = current_database()",
        (
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
            " where locktype = 'advisory' and datname = current_database()"
        ),
        "select description from pg_description where objoid = 'claims'::regclass",
    )
    return [db.execute(text).fetchall() for text in texts]


def mariadb_state(cursor: Any) -> list[Any]:
    texts = (
        "select id, body, updated_at from claims order by id",
        f"select table_name, engine from information_schema.tables where table_schema = '{owner()}' order by 1",
        f"select routine_name from information_schema.routines where routine_schema = '{owner()}'",
        f"select trigger_name from information_schema.triggers where trigger_schema = '{owner()}'",
        f"select event_name from information_schema.events where event_schema = '{owner()}'",
        "select next_not_cached_value from evil",
        "select user from mysql.user where user = 'evil'",
        f"show grants for {owner()}@localhost",
        "select @@global.read_only",
        "select is_free_lock('evil')",
    )
    found = []
    for text in texts:
        cursor.execute(text)
        found.append(cursor.fetchall())
    return found


def refused_before_dialling(system: str, statements: tuple[str, ...]) -> int:
    refused = 0
    for statement in statements:
        plan = plan_one(declared(system, statement))
        assert plan.state == "refused", statement
        assert plan.reasons[0].startswith("the query is refused: "), statement
        refused += 1
    return refused


def test_postgres_keeps_what_it_has(owned_postgres: psycopg.Connection[Any]) -> None:
    before = postgres_state(owned_postgres)
    sent = (*LET_THROUGH["postgres"], *BY_CATALOGUE)
    others = tuple(one for one in lines(POSTGRES) if one not in sent)
    assert refused_before_dialling("postgres", others) == 209
    for statement in LET_THROUGH["postgres"]:
        report = measure_one(declared("postgres", statement), configured())
        assert report.state in {"measured", "stopped"}, report.reason  # stopped: a busy machine slows down
    for statement in BY_CATALOGUE:
        report = measure_one(declared("postgres", statement), configured())
        assert report.state in {"refused", "not-measured"}, statement
        words = ("not a column of that table", "a part of a value by a dot", "is a whole row")
        assert any(word in report.reason for word in words)
    assert postgres_state(owned_postgres) == before
    assert not STRAY_FILE.exists()


def test_mariadb_keeps_what_it_has(owned_mariadb: Any) -> None:
    before = mariadb_state(owned_mariadb)
    others = tuple(one for one in lines(MYSQL) if one not in LET_THROUGH["mysql"])
    assert refused_before_dialling("mysql", others) == 143
    for statement in LET_THROUGH["mysql"]:
        state = measure_one(declared("mysql", statement), configured()).state
        assert state in {"measured", "stopped"}, statement  # a server without TABLE refuses it
    assert mariadb_state(owned_mariadb) == before
    assert not STRAY_FILE.exists()


def test_without_the_guard_the_session_of_postgres_still_changes_nothing(
    owned_postgres: psycopg.Connection[Any],
) -> None:
    """The second lock alone: read-only by default, one statement a message, short timeouts."""
    from poc_gate.inputs.connect.connectors.postgres_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import Limits, Target

    before = postgres_state(owned_postgres)
    objects = owned_postgres.execute("select oid from pg_largeobject_metadata").fetchall()
    sent = 0
    for statement in lines(POSTGRES):
        if "1000000000" in statement or "stdin" in statement or "stdout" in statement:
            continue  # gigabytes of the server's memory; a protocol of its own
        target = Target(
            id="x", system="postgresql", scheme="postgresql", host="127.0.0.1", port=POSTGRES_PORT,
            path=f"/{owner()}", options={"user": owner(), "table": "claims"}, limits=Limits(timeout=0.2),
        )  # fmt: skip
        link = CONNECTOR.open(target).connect()
        try:
            link.rows(statement)
        except psycopg.Error:
            pass
        finally:
            link.close()
        sent += 1
    assert sent > 200
    # PostgreSQL before 16 lets a read-only transaction make large objects: there the guard is the only lock.
    for (oid,) in owned_postgres.execute("select oid from pg_largeobject_metadata").fetchall():
        assert owned_postgres.info.server_version < 160_000
        assert (oid,) not in objects
        owned_postgres.execute("select lo_unlink(%s)", (oid,))
    assert postgres_state(owned_postgres) == before
