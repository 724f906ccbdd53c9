"""Every connector against a server that really runs: what it finds, that it changes nothing."""

from __future__ import annotations

import math
import threading
import time
from pathlib import Path

import pytest
from measuring import configured, measure_one, reason_of, value_of

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.interface import APPLICATION
from poc_gate.inputs.connect.load import abort_rules
from poc_gate.inputs.connect.local_config import Binding

LOCAL = ("127.0.0.1", "localhost")
HOUR = 3600


def _bound(reference: str, user: str = "") -> tuple[Binding, ...]:
    return (Binding(reference, LOCAL, user),)


@pytest.mark.servers
def test_postgres_is_measured_and_left_as_it_was(postgres, monkeypatch):
    import psycopg

    monkeypatch.setenv("POC_PG", "canary-pg-7QJX2")
    declared = Declaration(
        "policy-db", "postgresql", url=f"postgresql://{postgres.name}@127.0.0.1:{postgres.port}/{postgres.name}", credential="env:POC_PG",
        options={"table": "claims", "key": "id", "time": "updated_at"}, max_age_needed=HOUR, refresh=HOUR,
    )  # fmt: skip
    looked = (
        "select count(*), sum(id), max(xmin::text::bigint), (select sum(n_tup_ins + n_tup_upd + n_tup_del)"
        " from pg_stat_user_tables), (select count(*) from pg_class) from claims"
    )
    with psycopg.connect(
        host="127.0.0.1", port=postgres.port, user="postgres", dbname=postgres.name, autocommit=True
    ) as db:
        before = db.execute(looked).fetchone()
        report = measure_one(declared, configured(bindings=_bound("env:POC_PG")))
        assert db.execute(looked).fetchone() == before
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert 0 < value_of(report, "p50") < 0.5
    assert value_of(report, "samples") == 80
    assert 2 * HOUR - 5 < value_of(report, "measured_age") < 2 * HOUR + 600
    assert value_of(report, "rows_rate") > 1000
    assert value_of(report, "server_version").startswith("PostgreSQL ")
    assert report.server["role"] == "cannot write to the table"
    assert {promise.name: promise.answer for promise in report.promises} == {
        "max_age_needed": "fail",
        "refresh": "fail",
    }


@pytest.mark.servers
def test_postgres_sees_who_asks_and_refuses_a_superuser(postgres):
    from poc_gate.inputs.connect.connectors.postgres_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import RefusedError, Target

    target = Target(
        "x",
        scheme="postgresql",
        host="127.0.0.1",
        port=postgres.port,
        path="/postgres",
        options={"user": "postgres"},
    )
    session = CONNECTOR.open(target)
    link = session.connect()
    try:
        assert link.rows("select application_name from pg_stat_activity where pid = pg_backend_pid()") == [
            (APPLICATION,)
        ]
        with pytest.raises(RefusedError, match="superuser"):
            session.prepare(link)
        with pytest.raises(session.errors, match="multiple commands"):
            link.rows("select 1; select 2")
        with pytest.raises(session.errors, match="read-only transaction"):
            link.rows("create table t (i int) ")
    finally:
        link.close()


@pytest.mark.servers
def test_mariadb_is_measured_and_left_as_it_was(mariadb, monkeypatch):
    import pymysql

    monkeypatch.setenv("POC_MY", "canary-my-9KWZ4")
    declared = Declaration(
        "orders", "mariadb", url=f"mysql://127.0.0.1:{mariadb.port}/{mariadb.name}", credential="env:POC_MY",
        options={"table": "claims", "key": "id", "time": "updated_at"},
    )  # fmt: skip
    db = pymysql.connect(host="127.0.0.1", port=mariadb.port, user="root", autocommit=True)
    with db.cursor() as cursor:
        cursor.execute(f"checksum table {mariadb.name}.claims")
        before = cursor.fetchall()
        report = measure_one(declared, configured(bindings=_bound("env:POC_MY", mariadb.name)))
        cursor.execute(f"checksum table {mariadb.name}.claims")
        assert cursor.fetchall() == before
    db.close()
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert abs(value_of(report, "measured_age") - 3 * HOUR) < 600
    assert "MariaDB" in value_of(report, "server_version")
    assert report.server["role"] == "may only read"


@pytest.mark.servers
def test_mariadb_refuses_what_the_guard_would_miss(mariadb):
    from poc_gate.inputs.connect.connectors.mysql_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import RefusedError, Target

    target = Target(
        "x",
        scheme="mysql",
        host="127.0.0.1",
        port=mariadb.port,
        path=f"/{mariadb.name}",
        options={"user": "root"},
    )
    session = CONNECTOR.open(target)
    link = session.connect()
    try:
        with pytest.raises(RefusedError, match="ALL PRIVILEGES"):
            session.prepare(link)
        with pytest.raises(session.errors):
            link.rows("select 1; select 2")
        with pytest.raises(session.errors, match="READ ONLY"):
            link.rows("delete from claims")
    finally:
        link.close()


@pytest.mark.servers
def test_redis_is_measured_and_left_as_it_was(redis_server):
    import redis

    declared = Declaration(
        "cache", "redis", url=f"redis://127.0.0.1:{redis_server.port}/9",
        options={"pattern": f"{redis_server.name}:policy:*", "time_key": f"{redis_server.name}:updated_at"},
    )  # fmt: skip
    with redis.Redis(port=redis_server.port, db=9) as db:

        def contents() -> dict[bytes, bytes | None]:
            return {key: db.get(key) for key in sorted(db.keys(f"{redis_server.name}:*"))}

        before = contents()
        report = measure_one(declared)
        assert contents() == before
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert abs(value_of(report, "measured_age") - 1800) < 600
    assert report.server["keys sampled"] == "400"
    assert value_of(report, "rows_rate") > 100


@pytest.mark.servers
def test_a_server_that_takes_fewer_connections_than_the_calls_need_is_not_measured(private_redis):
    import redis

    port = private_redis("--maxclients", "2")
    with redis.Redis(port=port) as db:
        db.set("k", "v")
    declared = Declaration("cache", "redis", url=f"redis://127.0.0.1:{port}/0")
    report = measure_one(declared)
    assert report.state == "not-measured"
    assert "window 1 of 1 could not connect" in report.reason
    assert "max number of clients reached" in report.reason
    assert value_of(report, "connect_time") is not None, "what was seen before is kept"


@pytest.mark.servers
def test_a_server_that_asks_for_a_login_is_told_from_one_that_is_broken(private_redis):
    port = private_redis("--requirepass", "some-word")
    report = measure_one(Declaration("cache", "redis", url=f"redis://127.0.0.1:{port}/0"))
    assert report.state == "not-measured"
    assert report.reason.startswith("login-refused: ")


@pytest.mark.servers
def test_redis_sends_nothing_outside_its_list(redis_server):
    from poc_gate.inputs.connect.connectors.redis_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import RefusedError, Target

    link = CONNECTOR.open(
        Target("x", scheme="redis", host="127.0.0.1", port=redis_server.port, path="/9")
    ).connect()
    try:
        for words in (("SET", "a", "b"), ("KEYS", "*"), ("MONITOR",), ("CLIENT", "KILL", "x"), ("FLUSHDB",)):
            with pytest.raises(RefusedError):
                link.command(*words)
        with pytest.raises(RefusedError):
            link.pipelined([("GET", "a"), ("DEL", "a")])
    finally:
        link.close()


def test_an_object_store_is_measured_with_a_bound_credential_only(object_store, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIACANARYCANARY0001")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary-ambient-secret")
    options = {"endpoint": f"http://127.0.0.1:{object_store}"}
    declared = Declaration("documents", "s3", url="s3://documents/claims", options=options)
    report = measure_one(declared, configured(rate=20))
    assert report.state == "stopped", (
        "unsigned reads of a private bucket must be denied, not signed with what lies around"
    )
    assert "login-refused: " in " ".join(report.notes)
    monkeypatch.setenv("POC_S3", "canary-s3-secret")
    signed = Declaration(
        "documents", "s3", url="s3://documents/claims", options=options, credential="env:POC_S3"
    )
    report = measure_one(signed, configured(rate=20, bindings=_bound("env:POC_S3", "reader")))
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert report.server["objects listed"] == "121"
    assert 0 <= value_of(report, "measured_age") < 600
    assert value_of(report, "throughput") > 0


def test_kafka_is_read_by_assignment_alone(kafka_broker):
    from confluent_kafka import Producer

    declared = Declaration("events", "kafka", url=f"kafka://{kafka_broker}/claims", refresh=900)
    producer = Producer({"bootstrap.servers": kafka_broker})
    feeding, stop = threading.Event(), threading.Event()

    def feed() -> None:
        while not stop.wait(0.05):
            producer.produce("claims", b"a new record", partition=0)
            producer.flush(5)
            feeding.set()

    feeder = threading.Thread(target=feed)
    feeder.start()
    assert feeding.wait(10)
    report = measure_one(declared, configured(rate=30))
    stop.set()
    feeder.join()
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert 0 <= value_of(report, "measured_age") < 600
    assert value_of(report, "rows_rate") > 0
    assert value_of(report, "arrival_rate") > 0, "records arrived while it was measured"
    assert 500 < value_of(report, "renewal_gap") < 700, "before that, one every ten minutes"
    assert [(one.name, one.answer) for one in report.promises] == [("refresh", "pass")], report.promises


def test_kafka_topics_are_not_created_by_asking(kafka_broker):
    declared = Declaration("events", "kafka", url=f"kafka://{kafka_broker}/no-such-topic")
    report = measure_one(declared, configured(rate=30, timeout=2))
    assert report.state == "not-measured"
    assert "no topic" in report.reason or "UNKNOWN_TOPIC" in report.reason or "Unknown" in report.reason, (
        report.reason
    )


def test_an_http_api_is_measured(delays):
    delays.start("fixed:8")
    declared = Declaration(
        "rates",
        "rest",
        url=f"http://127.0.0.1:{delays.port}/rates",
        options={"time": "meta.updated_at", "bulk": "/all", "paths": "/a,/b"},
    )
    report = measure_one(declared)
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "p50") >= 0.008
    assert abs(value_of(report, "measured_age") - 600) < 60
    assert report.server["age"] == "0"
    headers = delays.truth()["headers"]
    assert {entry["User-Agent"] for entry in headers} == {APPLICATION}


def test_a_vector_store_is_searched_and_its_recall_checked(vectors, monkeypatch):
    # The store runs in this very process: what else this machine does makes it slower, and that is not the question.
    monkeypatch.setattr(abort_rules, "_SLOWER", math.inf)
    declared = Declaration(
        "chunks",
        "qdrant",
        url=f"http://127.0.0.1:{vectors.port}",
        options={
            "collection": "chunks", "time": "updated_at", "top_k": "7",
            "filter": '{"must": [{"key": "tenant", "match": {"value": "a"}}]}',
        },
        refresh=HOUR,
    )  # fmt: skip
    before = vectors.count()
    report = measure_one(declared)
    assert vectors.count() == before
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "error_rate") == 0
    assert report.server["recall"] == "1.000 of 140 neighbours"
    assert report.server["search call"] == vectors.ending
    assert abs(value_of(report, "measured_age") - 600) < 60
    assert value_of(report, "renewal_gap") == pytest.approx(HOUR, abs=5)
    assert [promise.answer for promise in report.promises] == ["pass"]
    assert set(vectors.asked) - {"POST /collections/chunks/points/query"} == {
        "GET /", "GET /collections/chunks", f"POST /collections/chunks{vectors.ending}", "POST /collections/chunks/points/scroll",
    } - {"POST /collections/chunks/points/query"}  # fmt: skip


def test_a_model_endpoint_tells_its_first_token_from_the_others(model_endpoint):
    from own_servers import FIRST_TOKEN_S, PER_TOKEN_S

    declared = Declaration(
        "model",
        "vllm",
        url=f"http://127.0.0.1:{model_endpoint}/v1",
        options={"model": "tiny", "max_tokens": "4"},
    )
    report = measure_one(declared, configured(rate=40))
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "time_to_first_token") >= FIRST_TOKEN_S
    assert value_of(report, "time_per_output_token") >= PER_TOKEN_S
    assert value_of(report, "time_to_first_token") > value_of(report, "time_per_output_token")
    assert 0 < value_of(report, "output_tokens_rate") < 1 / PER_TOKEN_S


def _write_sqlite(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as db:
        db.execute("create table claims (id integer primary key, body text, at text)")
        rows = [(number, "x" * 100, "2026-11-20T08:00:00") for number in range(500)]
        db.executemany("insert into claims values (?, ?, ?)", rows)
    db.close()


def test_sqlite_is_measured_and_left_as_it_was(tmp_path):
    path = tmp_path / "claims.db"
    _write_sqlite(path)
    before = path.read_bytes()
    declared = Declaration(
        "lite",
        "sqlite",
        url="sqlite:///claims.db",
        folder=str(tmp_path),
        options={"table": "claims", "key": "id", "time": "at"},
    )
    report = measure_one(declared)
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "measured_age") > 0
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["claims.db"]


def test_sqlite_denies_writing_even_without_the_guard(tmp_path):
    import sqlite3

    from poc_gate.inputs.connect.connectors.sqlite_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import Target

    _write_sqlite(tmp_path / "claims.db")
    link = CONNECTOR.open(Target("x", path=str(tmp_path / "claims.db"))).connect()
    for statement in (
        "delete from claims",
        f"attach '{tmp_path}/other.db' as o",
        "pragma user_version = 5",
        "select load_extension('x')",
    ):
        with pytest.raises(sqlite3.Error):
            link.rows(statement)
    link.close()
    assert not (tmp_path / "other.db").exists()


def test_duckdb_is_measured_and_sees_no_other_file(tmp_path):
    import duckdb

    from poc_gate.inputs.connect.connectors.duckdb_connector import CONNECTOR
    from poc_gate.inputs.connect.interface import Target

    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute(
            "create table claims as select i as id, repeat('x', 100) as body, timestamp '2026-11-20' as at from range(5000) t(i)"
        )
    before = path.read_bytes()
    declared = Declaration(
        "duck",
        "duckdb",
        url="duckdb:///w.duckdb",
        folder=str(tmp_path),
        options={"table": "claims", "key": "id", "time": "at"},
    )
    report = measure_one(declared)
    assert report.state == "measured", (report.reason, report.notes)
    assert value_of(report, "measured_age") > 0
    assert path.read_bytes() == before
    link = CONNECTOR.open(Target("x", path=str(path))).connect()
    for statement in (
        "select * from read_text('/etc/hostname')",
        "delete from claims",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            link.rows(statement)
    link.close()


def test_files_are_read_cold_and_links_left_alone(tmp_path):
    for number in range(3):
        (tmp_path / f"part-{number}.bin").write_bytes(b"z" * 300_000)
    (tmp_path / "link.bin").symlink_to("/etc/hostname")
    declared = Declaration("exports", "nfs", url=str(tmp_path))
    report = measure_one(declared)
    assert report.state == "measured", (report.reason, report.notes)
    assert report.server["files"] == "3"
    assert 0 <= value_of(report, "measured_age") < 600
    assert value_of(report, "throughput") > 0


def test_parquet_tells_its_newest_row_from_the_footers(tmp_path):
    import datetime as dt

    import pyarrow as pa
    import pyarrow.parquet as pq

    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    rows = [at + dt.timedelta(seconds=number) for number in range(4000)]
    pq.write_table(pa.table({"id": range(4000), "at": rows}), tmp_path / "claims.parquet", row_group_size=500)
    declared = Declaration("lake", "parquet", url=str(tmp_path), options={"time": "at", "columns": "id"})
    report = measure_one(declared)
    assert report.state == "measured", (report.reason, report.notes)
    assert report.server["row groups"] == "8"
    assert abs(value_of(report, "measured_age") - (time.time() - rows[-1].timestamp())) < 60
    assert value_of(report, "rows_rate") > 0


@pytest.mark.servers
def test_a_table_that_is_not_there_is_said_not_guessed(postgres, monkeypatch):
    monkeypatch.setenv("POC_PG", "canary-pg-7QJX2")
    declared = Declaration(
        "policy-db", "postgresql", url=f"postgresql://{postgres.name}@127.0.0.1:{postgres.port}/{postgres.name}", credential="env:POC_PG",
        options={"table": "policies", "key": "id"},
    )  # fmt: skip
    report = measure_one(declared, configured(bindings=_bound("env:POC_PG")))
    assert report.state == "not-measured"
    assert "policies" in reason_of(report, "p99")
    assert value_of(report, "p50") is None
