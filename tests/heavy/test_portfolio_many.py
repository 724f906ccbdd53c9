"""A thousand pilots and fifty-two thousand records: processor time, memory and sizes within their bars."""

from __future__ import annotations

import datetime as dt
import random
import re
import subprocess
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.history import show_history
from poc_gate.app.history.history_index import INDEX, HistoryIndex
from poc_gate.app.history.keep_run import keep
from poc_gate.app.portfolio.judge_pilot import read_kept
from poc_gate.model.many.record import Record
from poc_gate.model.many.run_history import Kept

ROOT = Path(__file__).resolve().parents[2]
BARS_S = {"cold": 100, "none changed": 8, "100 changed": 20, "page": 1}
"""Processor seconds: those of a wall time on two free cores, doubled."""


def test_a_thousand_pilots_and_a_year_of_their_records(tmp_path: Path):
    command = [sys.executable, str(ROOT / "benchmarks" / "portfolio.py"), "1000", "--keep", str(tmp_path)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(table)
    for name, bar in BARS_S.items():
        row = re.search(rf"^\| {name} \| ([0-9.]+) \| ([0-9.]+) \|", table, re.MULTILINE)
        assert float(row[2]) <= bar, name
    assert (tmp_path / "page.html").stat().st_size <= 1_500_000
    records = [read_kept(path) for path in sorted((tmp_path / "results" / "records").iterdir())]
    year(tmp_path / "history", records)
    begin = time.process_time()
    HistoryIndex(tmp_path / "history").close()
    print(f"52 runs of 1,000 indexed in {time.process_time() - begin:.1f} s")
    assert time.process_time() - begin <= 15
    assert (tmp_path / "history" / INDEX).stat().st_size <= 20_000_000
    for ask in (show_history.show, show_history.changes, show_history.check):
        begin = time.process_time()
        ask(tmp_path / "history")
        print(f"{ask.__name__}: {time.process_time() - begin:.2f} s")
        assert time.process_time() - begin <= 3


def year(history: Path, records: list[Record]) -> None:
    """Keep a year of weekly runs; each week a tenth of the pilots has one rule in another state."""
    dice = random.Random(1)
    for week in range(52):
        day = (dt.date(2026, 1, 5) + dt.timedelta(weeks=week)).isoformat()
        for place in dice.sample(range(len(records)), len(records) // 10):
            states = {state: list(rules) for state, rules in records[place].states.items()}
            states.setdefault("pass", []).append(
                states[max(states, key=lambda state: len(states[state]))].pop()
            )
            told = {state: tuple(rules) for state, rules in states.items()}
            inputs = dict(records[place].inputs) | {"pilot.yaml": str(week)}
            records[place] = replace(records[place], states=told, inputs=inputs)
        keep(
            history,
            [Kept(day, f"{day}T08:00:00+00:00", f"pilots/{n:04d}", one) for n, one in enumerate(records)],
        )
