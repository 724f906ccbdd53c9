"""The table of a history: CSV and Parquet hold the same values; what others wrote stays as it is."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.history.export_history import export_history
from poc_gate.app.history.history_index import INDEX
from poc_gate.app.history.keep_run import keep
from poc_gate.app.history.show_history import changes
from poc_gate.cli.app import run
from poc_gate.errors import UsageError
from poc_gate.model.many.record import Area, Figure, Record
from poc_gate.model.many.run_history import Kept

HOSTILE = '=cmd|"/c calc"!A1\n\u202eü'


@pytest.fixture
def history(tmp_path: Path) -> Path:
    for week, (word, low) in enumerate([("NO-GO", 20.0), ("GO", 80.0)]):
        day = f"2026-10-{1 + 7 * week:02}"
        record = Record(
            HOSTILE, "pilot", word, "PG-D", "", areas=(Area("security-privacy", low, 90.0, 1),),
            figures=(Figure("observed.latency_p99", 0.25 + week, "s"),), tool="0.1.0", packs={}, states={},
        )  # fmt: skip
        keep(tmp_path / "history", [Kept(day, f"{day}T08:00:00+00:00", "pilots/a", record)])
    return tmp_path / "history"


def test_both_formats_hold_the_same_values(history: Path, tmp_path: Path) -> None:
    assert export_history(history, output=str(tmp_path / "h.parquet")) == b""
    table = pq.read_table(tmp_path / "h.parquet")
    assert table.schema.metadata[b"poc-gate"] == b"poc-gate.history/1"
    rows = table.to_pylist()
    assert {row["pilot"] for row in rows} <= {HOSTILE, ""}
    assert rows[0]["day"] == dt.date(2026, 10, 1)
    told = list(csv.DictReader(io.StringIO(export_history(history).decode("utf-8-sig"))))
    assert [(row["day"], row["metric"], row["value"], row["unit"]) for row in told] == [
        (row["day"].isoformat(), row["metric"], row["text"] or str(row["value"]), row["unit"]) for row in rows
    ]
    assert {("word", "GO"), ("proven", "80.0"), ("observed.latency_p99", "1.25")} <= {
        (row["metric"], row["value"]) for row in told
    }


def test_parquet_without_its_library_says_how_to_get_it(history: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from poc_gate.cli.app import run\n"
        f"sys.exit(run(['history', 'export', {str(history)!r}, '-o', 'h.parquet']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'poc-gate[parquet]'" in done.stderr
    assert not (tmp_path / "h.parquet").exists()


@pytest.mark.parametrize("name", ["h.csv", "h.parquet"])
def test_an_export_is_known_again_and_nothing_else_is_written_over(
    history: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    for _ in range(2):
        assert run(["history", "export", str(history), "-o", str(target)]) == 0
    check_output(target)
    for other in (b"day,pilot\r\n1,2\r\n", b"PAR1 of somebody else PAR1"):
        target.write_bytes(other)
        assert run(["history", "export", str(history), "-o", str(target)]) == 2
        assert target.read_bytes() == other
    one = next(path for path in history.iterdir() if path.name != INDEX)
    before = one.read_bytes()
    assert run(["history", "export", str(history), "-o", str(one)]) == 2
    assert one.read_bytes() == before


def test_an_odd_format_is_refused(history: Path) -> None:
    with pytest.raises(UsageError, match="unknown format 'xml'"):
        export_history(history, form="xml")


def test_a_database_of_somebody_else_is_neither_emptied_nor_removed(history: Path) -> None:
    told = changes(history)
    (history / INDEX).unlink(missing_ok=True)
    with sqlite3.connect(history / INDEX) as database:
        database.execute("CREATE TABLE customers (name TEXT)")
        database.execute("INSERT INTO customers VALUES ('one')")
    database.close()
    assert changes(history) == told
    database = sqlite3.connect(history / INDEX)
    assert database.execute("SELECT name FROM customers").fetchall() == [("one",)]
    database.close()
    (history / INDEX).write_bytes(b"notes of somebody")
    assert changes(history) == told
    assert (history / INDEX).read_bytes() == b"notes of somebody"
