"""Real servers with a little data in them, one of each kind; those of other processes come from `.ci/services.sh`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from kafka_servers import fill, tansu
from own_servers import DelayServer, ModelServer, free_port, serving, wait_for_port
from service_places import MYSQL_PORT, POSTGRES_PORT, REDIS_PORT, ROWS, Place, own

from poc_gate.inputs.connect.load import abort_rules

_OWN_STRAIN_S = 0.5
"""Eight processes on two cores slow their servers down; what grows by less is the tests' own doing."""
_ABOUT_STRAIN = {"test_open_loop", "test_load_formulas"}
"""Files whose tests ask when a source that gets slower is left alone: there the product's own bound holds."""


@pytest.fixture(autouse=True)
def a_busy_machine_is_no_strained_source(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let no test fail because all tests together slowed its server down; a command forked from here keeps it too."""
    if request.path.stem not in _ABOUT_STRAIN:
        monkeypatch.setattr(abort_rules, "_NOISE_S", _OWN_STRAIN_S)


def _postgres(database: str) -> Any:
    import psycopg

    return psycopg.connect(
        host="127.0.0.1", port=POSTGRES_PORT, user="postgres", dbname=database, autocommit=True
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[Place]:
    """Yield PostgreSQL with a table of claims and a role that may only read it."""
    with _postgres("postgres") as db:
        db.execute(f"create database {own()}")
        db.execute(f"create role {own()} login password 'canary-pg-7QJX2'")
    with _postgres(own()) as db:
        db.execute("create table claims (id int primary key, body text, updated_at timestamptz)")
        db.execute(
            "insert into claims select i, repeat('x', 200), now() - interval '2 hours' - i * interval '1 s'"
            f" from generate_series(0, {ROWS - 1}) i"
        )
        db.execute("create index on claims (updated_at)")
        db.execute(f"grant select on claims to {own()}")
    yield Place(POSTGRES_PORT)
    with _postgres("postgres") as db:
        db.execute(f"drop database {own()} with (force)")
        db.execute(f"drop role {own()}")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Place]:
    """Yield MariaDB with a table of claims and a user that may only read it."""
    import pymysql

    # An anonymous user of localhost would otherwise shadow one that may come from anywhere.
    reader = f"{own()}@localhost"
    db = pymysql.connect(host="127.0.0.1", port=MYSQL_PORT, user="root", autocommit=True)
    with db.cursor() as cursor:
        cursor.execute(f"create database {own()}")
        cursor.execute(f"use {own()}")
        cursor.execute("create table claims (id int primary key, body text, updated_at datetime)")
        cursor.execute(
            "insert into claims select seq, repeat('x', 200), now() - interval 3 hour from"
            f" seq_0_to_{ROWS - 1}"
        )
        cursor.execute(f"create user {reader} identified by 'canary-my-9KWZ4'")
        cursor.execute(f"grant select on {own()}.* to {reader}")
    yield Place(MYSQL_PORT)
    with db.cursor() as cursor:
        cursor.execute(f"drop database {own()}")
        cursor.execute(f"drop user {reader}")
    db.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Place]:
    """Yield Redis with keys of this process in its database 9."""
    import redis

    with redis.Redis(port=REDIS_PORT, db=9) as db:
        for number in range(400):
            db.set(f"{own()}:policy:{number}", "x" * 300)
        db.set(f"{own()}:updated_at", str(time.time() - 1800))
        yield Place(REDIS_PORT)
        db.delete(*db.keys(f"{own()}:*"))


@pytest.fixture
def private_redis(tmp_path) -> Iterator[Callable[..., int]]:
    """Yield what starts a Redis of the test's own with some settings, and gives its port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*settings: str) -> int:
        port = free_port()
        plain = (
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(tmp_path),
        )
        started.append(subprocess.Popen(["redis-server", *plain, *settings], stdout=subprocess.DEVNULL))
        wait_for_port(port, 20)
        return port

    yield start
    for process in started:
        process.kill()
        process.wait()


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


@pytest.fixture(scope="session", params=["tansu", "librdkafka"])
def kafka_broker(request, tmp_path_factory) -> Iterator[str]:
    """Yield the address of a broker with 600 records, ten minutes apart: Tansu, and librdkafka's own mock cluster."""
    if request.param == "tansu":
        with tansu(tmp_path_factory.mktemp("tansu")) as address:
            fill(address, "claims", partitions=3, records=600, apart=600)
            yield address
        return
    from confluent_kafka import Producer

    mock = Producer({"bootstrap.servers": "none", "test.mock.num.brokers": 1, "log_level": 0})
    broker = next(iter(mock.list_topics(timeout=10).brokers.values()))
    address = f"{broker.host}:{broker.port}"
    producer = Producer({"bootstrap.servers": address, "log_level": 0})
    now = time.time()
    for number in range(600):
        stamp = int((now - (599 - number) * 600) * 1000)
        producer.produce("claims", f"record {number} ".encode() * 10, timestamp=stamp)
    assert producer.flush(20) == 0
    del producer
    yield address
    del mock


@pytest.fixture
def delays() -> Iterator[DelayServer]:
    """Yield an HTTP server of another process that waits as long as it is told to."""
    with DelayServer() as server:
        yield server


@pytest.fixture(params=["/points/query", "/points/search"])
def vectors(request, tmp_path) -> Iterator[Any]:
    """Yield Qdrant's engine behind its interface, with either of the search calls of its generations."""
    from vector_store import VectorStore

    with VectorStore(tmp_path / "shard", request.param) as store:
        yield store


@pytest.fixture
def model_endpoint() -> Iterator[int]:
    """Yield the port of a server that streams chat completions with known delays."""
    with serving(ModelServer) as port:
        yield port
