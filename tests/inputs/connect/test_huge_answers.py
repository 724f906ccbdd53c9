"""One row of a gibibyte, rows, notices and ranges without end: a process that measures them stays small."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from service_places import POSTGRES_PORT, Place

from poc_gate.inputs.connect.drivers.bounded_answers import AnswerBudget
from poc_gate.inputs.connect.drivers.bounded_postgres import _counting, _Meter
from poc_gate.inputs.connect.interface import SourceError

PROGRAM = Path(__file__).parent / "huge_answers.py"
MOST_MIB = 120
"""Several times what was measured; without bounds each of these cases took more than 1,800."""


def measured_in_a_child(*words: str) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, str(PROGRAM), *words], capture_output=True, text=True, check=True, timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROGRAM.parents[3])},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize(
    "case",
    [
        "one huge row", "rows without end", "notices without end",
        "unix: one huge row", "unix: rows without end", "unix: notices without end",
    ],
)  # fmt: skip
def test_a_hostile_postgres_ends_in_words_and_in_little_memory(case: str) -> None:
    found = measured_in_a_child(case)
    assert found["state"] == "not-measured"
    assert found["reason"] == "the answer is longer than 16,777,216 bytes"
    assert found["grown"] < MOST_MIB


def test_a_range_without_end_is_read_no_further_than_was_asked() -> None:
    found = measured_in_a_child("a range without end")
    assert (found["state"], found["reason"]) == ("stopped", "3 calls in a row failed")
    assert found["grown"] < MOST_MIB


def test_a_listing_without_end_is_cut_off() -> None:
    found = measured_in_a_child("a listing without end")
    assert (found["state"], found["reason"]) == (
        "not-measured",
        "the listing is longer than 16,777,216 bytes",
    )
    assert found["grown"] < MOST_MIB


def test_real_rows_beyond_the_budget_fail_and_fat_rows_are_read_a_few_at_a_time(postgres: Place) -> None:
    with psycopg.connect(
        f"host=127.0.0.1 port={POSTGRES_PORT} user=postgres dbname={postgres.name}", autocommit=True
    ) as db:
        db.execute("create table huge (id int primary key, body text)")
        db.execute("create table fat (id int primary key, body text)")
        db.execute("insert into huge values (1, repeat('x', 60 * 1000 * 1000))")
        db.execute("insert into fat select i, repeat('x', 1000000) from generate_series(1, 40) i")
        db.execute(f"grant select on huge, fat to {postgres.name}")
        huge = measured_in_a_child("huge", str(postgres.port), postgres.name)
        fat = measured_in_a_child("fat", str(postgres.port), postgres.name)
        db.execute("drop table huge, fat")
    assert (huge["state"], huge["measured"]["sources[x].error_rate"]) == ("stopped", "1")
    assert huge["grown"] < MOST_MIB
    assert fat["state"] == "measured"
    assert fat["measured"]["sources[x].throughput"].endswith("B/s")
    assert fat["grown"] < MOST_MIB


def test_what_came_between_the_last_two_looks_counts_too() -> None:
    """A driver may read all of a large answer at once, so that nobody looks before it is complete."""
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as ours:
        theirs, _ = door.accept()
        meter = _Meter(ours.fileno(), AnswerBudget(50_000, 30.0))

        def reads_at_once() -> Generator[str, str, str]:
            yield "wait"
            theirs.sendall(b"x" * 60_000)
            left = 60_000
            while left:
                left -= len(ours.recv(left))
            return "complete"

        steps = _counting(reads_at_once(), meter)
        assert next(steps) == "wait"
        with theirs, pytest.raises(SourceError, match="longer than 50,000 bytes"):
            steps.send("ready")
        meter.end()
        meter.close()
