"""How often a source is renewed: the times of the last renewals, and what they say of a promised frequency."""

from __future__ import annotations

import os
import time

import pytest
from confluent_kafka import Producer
from kafka_servers import fill, tansu
from measuring import configured, measure_one, reason_of, value_of

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.renewals import Growth, Intake, Renewals
from poc_gate.inputs.connect.interface import Newest
from poc_gate.inputs.connect.local_config import Binding
from poc_gate.inputs.connect.results.promises import hold_promises
from poc_gate.inputs.connect.run.run_source import Observed

HOUR = 3600.0


def _answer(ages: tuple[float, ...], *, period: float, takes: float = 0.0) -> tuple[str, str]:
    observed = Observed(newest=Newest(min(ages), "max"), renewals=Renewals(ages, "the last times"))
    promises = hold_promises(Declaration("x", refresh=period, extract_time=takes), observed, "a call")
    (found,) = [promise for promise in promises if promise.name == "refresh"]
    return found.answer, found.note


@pytest.mark.parametrize(
    ("ages", "takes", "answer"),
    [
        ((0, HOUR, 2 * HOUR, 3 * HOUR), 0, "pass"),
        ((0, 1.05 * HOUR, 2 * HOUR, 3 * HOUR), 0, "pass"),  # a schedule is no clock
        ((0, 1.2 * HOUR, 2 * HOUR, 3 * HOUR), 0, "fail"),
        ((0, 1.2 * HOUR, 2 * HOUR, 3 * HOUR), 0.2 * HOUR, "pass"),  # the run itself takes that long
        ((0, HOUR, 3 * HOUR), 0, "fail"),  # one was left out
        ((2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR), 0, "fail"),  # regular once, silent now
        ((0, HOUR, 2 * HOUR), 0, "undetermined"),  # too little in sight
        ((5, 6, 7, 8), 0, "undetermined"),  # many records, all of one moment
        ((0, 1, HOUR, HOUR + 1, 2 * HOUR, 2 * HOUR + 1, 3 * HOUR), 0, "pass"),  # batches of rows
        ((60, 60, 60), 0, "undetermined"),  # one time only
    ],
)
def test_a_promised_frequency_is_held_against_the_longest_silence(ages, takes, answer):
    assert _answer(ages, period=HOUR, takes=takes)[0] == answer


def test_what_would_show_it_is_said():
    assert "3 periods in sight would show it" in _answer((0, HOUR), period=HOUR)[1]
    assert "one time cannot show" in _answer((60, 60), period=HOUR)[1]


def test_the_longest_silence_needs_two_different_times():
    assert Renewals((5, 5), "m").longest_gap is None
    assert Renewals((), "m").span == 0.0
    assert Renewals((9, 2, 4), "m").longest_gap == 5
    assert Growth(30, 2.0, "m").rate == 15
    assert Intake(3, "m").records == 3


@pytest.mark.servers
def test_postgres_shows_how_often_rows_were_written(postgres, monkeypatch):
    import psycopg

    monkeypatch.setenv("POC_PG", "canary-pg-7QJX2")
    with psycopg.connect(
        host="127.0.0.1", port=postgres.port, user="postgres", dbname=postgres.name, autocommit=True
    ) as db:
        db.execute("create table if not exists loads (id int primary key, at timestamptz)")
        db.execute("truncate loads")
        db.execute(
            "insert into loads select i, now() - (i / 50) * interval '1 hour' from generate_series(0, 999) i"
        )
        db.execute("insert into loads values (1000, null)")
        db.execute(f"grant select on loads to {postgres.name}")
        report = measure_one(
            Declaration(
                "db", "postgresql", url=f"postgresql://{postgres.name}@127.0.0.1:{postgres.port}/{postgres.name}",
                credential="env:POC_PG", options={"table": "loads", "key": "id", "time": "at"}, refresh=HOUR,
            ),
            configured(bindings=(Binding("env:POC_PG", ("127.0.0.1",)),)),
        )  # fmt: skip
    assert value_of(report, "renewal_gap") == pytest.approx(HOUR, abs=5)
    (promise,) = report.promises
    assert (promise.name, promise.answer) == ("refresh", "pass")
    assert 'order by "at" desc limit 10000' in promise.method


@pytest.mark.servers
def test_mariadb_shows_a_renewal_that_was_left_out(mariadb, monkeypatch):
    import pymysql

    monkeypatch.setenv("POC_MY", "canary-my-9KWZ4")
    db = pymysql.connect(host="127.0.0.1", port=mariadb.port, user="root", autocommit=True)
    with db.cursor() as cursor:
        cursor.execute(f"use {mariadb.name}")
        cursor.execute(f"create or replace table {mariadb.name}.loads (id int primary key, at datetime)")
        cursor.execute(
            f"insert into {mariadb.name}.loads select seq, now() - interval (seq + (seq > 4)) hour from seq_0_to_9"
        )
    db.close()
    report = measure_one(
        Declaration(
            "db", "mariadb", url=f"mysql://127.0.0.1:{mariadb.port}/{mariadb.name}", credential="env:POC_MY",
            options={"table": "loads", "key": "id", "time": "at"}, refresh=HOUR,
        ),
        configured(bindings=(Binding("env:POC_MY", ("127.0.0.1",), mariadb.name),)),
    )  # fmt: skip
    assert value_of(report, "renewal_gap") == pytest.approx(2 * HOUR, abs=5)
    assert [promise.answer for promise in report.promises] == ["fail"]


def test_files_tell_by_their_changes(tmp_path):
    for number in range(6):
        path = tmp_path / f"part-{number}.csv"
        path.write_bytes(b"1,2\n" * 1000)
        os.utime(path, (time.time() - number * HOUR, time.time() - number * HOUR))
    report = measure_one(Declaration("exports", "nfs", url=str(tmp_path), refresh=HOUR))
    assert value_of(report, "renewal_gap") == pytest.approx(HOUR, abs=5)
    assert [promise.answer for promise in report.promises] == ["pass"]
    alone = measure_one(Declaration("one", "nfs", url=str(tmp_path / "part-0.csv"), refresh=HOUR))
    assert value_of(alone, "renewal_gap") is None
    assert "fewer than two different times" in reason_of(alone, "renewal_gap")
    assert [promise.answer for promise in alone.promises] == ["undetermined"]


def test_parquet_tells_by_its_footers(tmp_path):
    import datetime as dt

    import pyarrow as pa
    import pyarrow.parquet as pq

    newest = dt.datetime.now(tz=dt.UTC)
    rows = [newest - dt.timedelta(days=9 - number // 100) for number in range(1000)]
    pq.write_table(pa.table({"id": range(1000), "at": rows}), tmp_path / "claims.parquet", row_group_size=100)
    report = measure_one(
        Declaration("lake", "parquet", url=str(tmp_path), options={"time": "at"}, refresh=24 * HOUR)
    )
    assert value_of(report, "renewal_gap") == pytest.approx(24 * HOUR, abs=5)
    assert [promise.answer for promise in report.promises] == ["pass"]


def test_sqlite_tells_by_its_time_column(tmp_path):
    import datetime as dt
    import sqlite3

    newest = dt.datetime.now(tz=dt.UTC)
    with sqlite3.connect(tmp_path / "c.db") as db:
        db.execute("create table claims (id integer primary key, at text)")
        rows = [(number, (newest - dt.timedelta(hours=number)).isoformat()) for number in range(10)]
        db.executemany("insert into claims values (?, ?)", rows)
    db.close()
    report = measure_one(
        Declaration(
            "lite", "sqlite", url="sqlite:///c.db", folder=str(tmp_path), refresh=HOUR,
            options={"table": "claims", "key": "id", "time": "at"},
        )
    )  # fmt: skip
    assert value_of(report, "renewal_gap") == pytest.approx(HOUR, abs=1)
    assert [promise.answer for promise in report.promises] == ["pass"]


def test_an_object_store_tells_by_last_modified(object_store, monkeypatch):
    monkeypatch.setenv("POC_S3", "canary-s3-secret")
    report = measure_one(
        Declaration(
            "documents", "s3", url="s3://documents/claims", options={"endpoint": f"http://127.0.0.1:{object_store}"},
            credential="env:POC_S3", refresh=24 * HOUR,
        ),
        configured(rate=50, bindings=(Binding("env:POC_S3", ("127.0.0.1",), "reader"),)),
    )  # fmt: skip
    assert [promise.answer for promise in report.promises] == ["undetermined"], "all were written just now"
    assert "LastModified of 121 objects listed" in report.promises[0].method


def test_tails_that_reach_back_differently_far_show_no_gap_where_one_of_them_was_cut(tmp_path):
    """One partition with many records, two with few: what lies before the cut tail's beginning is not looked at."""
    with tansu(tmp_path) as address:
        fill(address, "uneven", partitions=3, records=0, apart=600)
        producer = Producer({"bootstrap.servers": address, "batch.num.messages": 1, "linger.ms": 0})
        now = time.time()
        for number in range(900):
            partition = number % 3 if number % 30 == 0 or number % 30 == 1 else 2
            stamp = int((now - (899 - number) * 600) * 1000)
            producer.produce("uneven", b"a record", partition=partition, timestamp=stamp)
        assert producer.flush(60) == 0
        declared = Declaration("events", "kafka", url=f"kafka://{address}/uneven", refresh=900)
        report = measure_one(declared, configured(rate=30))
    assert report.state == "measured", (report.reason, report.notes)
    assert 500 < value_of(report, "renewal_gap") < 700
    assert [(one.name, one.answer) for one in report.promises] == [("refresh", "pass")], report.promises
