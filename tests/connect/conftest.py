"""Real servers with a little data in them, one of each kind; those of other processes come from `.ci/services.sh`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from own_servers import DelayServer, ModelServer, VectorServer, free_port, serving, wait_for_port

POSTGRES_PORT = int(os.environ.get("POC_GATE_POSTGRES_PORT", "55432"))
MYSQL_PORT = int(os.environ.get("POC_GATE_MYSQL_PORT", "53306"))
REDIS_PORT = int(os.environ.get("POC_GATE_REDIS_PORT", "56379"))
ROWS = 3000


@pytest.fixture(scope="session")
def postgres() -> Iterator[int]:
    """Yield the port of PostgreSQL with a table of claims and a role that may only read it."""
    import psycopg

    with psycopg.connect(host="127.0.0.1", port=POSTGRES_PORT, user="postgres", dbname="postgres", autocommit=True) as db:
        db.execute("drop database if exists poc_gate_test with (force)")
        db.execute("create database poc_gate_test")
    with psycopg.connect(host="127.0.0.1", port=POSTGRES_PORT, user="postgres", dbname="poc_gate_test", autocommit=True) as db:
        db.execute("drop role if exists poc_reader")
        db.execute("create role poc_reader login password 'canary-pg-7QJX2'")
        db.execute("create table claims (id int primary key, body text, updated_at timestamptz)")
        db.execute(
            "insert into claims select i, repeat('x', 200), now() - interval '2 hours' - i * interval '1 s'"
            f" from generate_series(0, {ROWS - 1}) i"
        )
        db.execute("create index on claims (updated_at)")
        db.execute("grant select on claims to poc_reader")
    yield POSTGRES_PORT
    with psycopg.connect(host="127.0.0.1", port=POSTGRES_PORT, user="postgres", dbname="postgres", autocommit=True) as db:
        db.execute("drop database poc_gate_test with (force)")
        db.execute("drop role poc_reader")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[int]:
    """Yield the port of MariaDB with a table of claims and a user that may only read it."""
    import pymysql

    db = pymysql.connect(host="127.0.0.1", port=MYSQL_PORT, user="root", autocommit=True)
    with db.cursor() as cursor:
        cursor.execute("drop database if exists poc_gate_test")
        cursor.execute("create database poc_gate_test")
        cursor.execute("use poc_gate_test")
        cursor.execute("create table poc_gate_test.claims (id int primary key, body text, updated_at datetime)")
        cursor.execute(
            "insert into poc_gate_test.claims select seq, repeat('x', 200), now() - interval 3 hour"
            f" from seq_0_to_{ROWS - 1}"
        )
        # An anonymous user of localhost would otherwise shadow the one that may come from anywhere.
        cursor.execute("create or replace user poc_reader@localhost identified by 'canary-my-9KWZ4'")
        cursor.execute("grant select on poc_gate_test.* to poc_reader@localhost")
    yield MYSQL_PORT
    with db.cursor() as cursor:
        cursor.execute("drop database poc_gate_test")
        cursor.execute("drop user poc_reader@localhost")
    db.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[int]:
    """Yield the port of Redis with keys in its database 9."""
    import redis

    with redis.Redis(port=REDIS_PORT, db=9) as db:
        db.flushdb()
        for number in range(400):
            db.set(f"policy:{number}", "x" * 300)
        db.set("feed:updated_at", str(time.time() - 1800))
        yield REDIS_PORT
        db.flushdb()


@pytest.fixture(scope="session")
def object_store() -> Iterator[int]:
    """Yield the port of an S3 server with two hundred objects."""
    from obstore import put
    from obstore.store import S3Store

    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, 30)
        import urllib.request

        create = urllib.request.Request(f"http://127.0.0.1:{port}/documents", method="PUT")
        urllib.request.urlopen(create, timeout=10).close()
        store = S3Store(
            "documents", endpoint=f"http://127.0.0.1:{port}", region="us-east-1", skip_signature=True,
            virtual_hosted_style_request=False, client_options={"allow_http": True},
        )  # fmt: skip
        for number in range(120):
            put(store, f"claims/{number:04}.txt", b"x" * 5000)
        put(store, "claims/large.bin", b"y" * 2_000_000)
        yield port
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def kafka_broker() -> Iterator[str]:
    """Yield the address of librdkafka's own mock cluster, which speaks the real protocol over TCP, with records."""
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0})
    for number in range(600):
        producer.produce("claims", f"record {number} ".encode() * 10)
    assert producer.flush(20) == 0
    broker = next(iter(producer.list_topics(timeout=10).brokers.values()))
    yield f"{broker.host}:{broker.port}"
    del producer


@pytest.fixture
def delays() -> Iterator[DelayServer]:
    """Yield an HTTP server of another process that waits as long as it is told to."""
    with DelayServer() as server:
        yield server


@pytest.fixture
def vectors() -> Iterator[int]:
    """Yield the port of a small server with the search calls of Qdrant's interface."""
    with serving(VectorServer) as port:
        yield port


@pytest.fixture
def model_endpoint() -> Iterator[int]:
    """Yield the port of a server that streams chat completions with known delays."""
    with serving(ModelServer) as port:
        yield port
