"""PostgreSQL servers of other encodings and settings are measured, and what their catalogue makes of a query counts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from measuring import configured, measure_one

from poc_gate.inputs.connect.declared.declaration import Declaration

CLUSTERS = {
    "SQL_ASCII": ("--encoding=SQL_ASCII", "--locale=C"),
    "LATIN1": ("--encoding=LATIN1", "--locale=C"),
    "UTF8": ("--encoding=UTF8", "--locale=C.UTF-8"),
    "EUC_JP": ("--encoding=EUC_JP", "--locale=C"),
}
SETTINGS = ("DateStyle=German", "IntervalStyle=sql_standard", "TimeZone=Asia/Kolkata", "bytea_output=escape",
            "standard_conforming_strings=off", "extra_float_digits=-10", "client_min_messages=debug5")  # fmt: skip


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1]


def as_postgres(*words: str) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@pytest.fixture(scope="module", params=CLUSTERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = Path("/tmp") / f"poc-gate-pg-{os.getpid()}-{request.param}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bare = {"PATH": os.environ["PATH"]}
    subprocess.run(
        as_postgres(str(programs() / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", *CLUSTERS[request.param]),
        check=True, capture_output=True, env=bare, cwd="/",
    )  # fmt: skip
    settings = " ".join(f"-c {one}" for one in SETTINGS)
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off {settings}"
    )
    control = as_postgres(
        str(programs() / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")
    )
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, env=bare, cwd="/")
    try:
        with psycopg.connect(
            f"host=127.0.0.1 port={port} user=postgres dbname=postgres client_encoding=UTF8", autocommit=True
        ) as link:
            for statement in MADE:
                link.execute(statement)
        yield port
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"], check=False, capture_output=True, env=bare, cwd="/"
        )
        shutil.rmtree(folder, ignore_errors=True)


MADE = (
    "create table t (id text primary key, n integer, at timestamptz default now(), ü text)",
    "insert into t select 'k' || i, i from generate_series(1, 300) i",
    "create table calls (n bigserial)",
    "create function evil(t) returns integer language plpgsql as $$begin perform pg_advisory_lock(4711); return 1; end$$",
    "create function lower(t) returns text language plpgsql as $$begin perform pg_advisory_lock(4711); return 'x'; end$$",
    "create type pair as (a integer, b integer)",
    "create table own (id text, p pair)",
    "create function bad(integer, text) returns boolean language sql as $$select true$$",
    "create operator <~> (leftarg = integer, rightarg = text, function = bad)",
    "create role reader login",
    "grant select on t, own to reader",
)


def declared(port: int, **options: str) -> Declaration:
    wanted = {"environment": "test", "user": "reader", "table": "t", "key": "id", **options}
    return Declaration("x", "postgresql", url=f"postgresql://127.0.0.1:{port}/postgres", options=wanted)


def locks(port: int) -> int:
    with psycopg.connect(
        f"host=127.0.0.1 port={port} user=postgres dbname=postgres client_encoding=UTF8"
    ) as link:
        row = link.execute("select count(*) from pg_locks where locktype = 'advisory'").fetchone()
    assert row is not None
    return int(row[0])


def test_it_is_measured_whatever_its_encoding_and_settings(server: int) -> None:
    report = measure_one(declared(server, time="at"), configured())
    assert (report.state, report.reason) == ("measured", "")
    assert report.server["role"] == "cannot write to the table"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select t.evil from t", "not a column of that table"),
        ("select x.evil from t as x", "not a column of that table"),
        ("select id from t where t.evil > 0", "not a column of that table"),
        ("select id from t order by t.evil", "not a column of that table"),
        ("select (t).evil from t", ""),
        ("select s.evil from (select * from t) s", "not a column of that table"),
        ("with s as (select * from t) select s.evil from s", "not a column of that table"),
        ("select lower(t) from t", "t is a whole row"),
        ("select lower(t.id) from t", "a function lower of its own"),
        ("select n from t where n <~> 'x'", ""),
        ("select p from own", "a type of the database's own"),
        ("select id::pair from t", ""),
        ("select t.lower from t", "not a column of that table"),
        ('select t."EVIL" from t', "not a column of that table"),
    ],
)
def test_what_the_catalogue_makes_a_call_is_refused(server: int, query: str, words: str) -> None:
    report = measure_one(declared(server, query=query), configured())
    assert report.state in {"refused", "not-measured"}
    assert words in report.reason
    assert locks(server) == 0


@pytest.mark.parametrize(
    "query",
    [
        "select * from t where id = :key",
        "select t.id, t.n from t where t.id = :key",
        "select a.n, count(*) as many from t as a join t as b on a.id = b.id where a.n > 5 group by a.n order by many limit 3",
        "select s.total from (select sum(n) as total from t) as s",
        "with s as (select id, n from t) select s.id, upper(s.id) from s where s.n between 1 and 9",
        "select T.ID from T where T.N = 1",
        'select "ü" from t where id = :key',
    ],
)
def test_plain_reads_stay_plain_reads(server: int, query: str) -> None:
    report = measure_one(declared(server, query=query), configured())
    assert (report.state, report.reason) == ("measured", "")
