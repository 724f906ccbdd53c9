"""The day up to which an answer is used again: never later than the first day on which it is another one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from poc_gate.app.assess.assess import sum_up
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.assess.turning_days import unchanged_until
from poc_gate.model.many.record import Record
from poc_gate.report.result.record_of import record_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FIRST = dt.date(2026, 11, 28)
LEDGER = """waivers:
  - id: W-1
    rule: A06-quality-slo-met
    subject: sources[payments-warehouse]
    reason: the failed checks are of columns that the pilot does not read
    owner: head of claims
    approver: model risk officer
    expires: 2027-01-15
"""


def judged(path: Path, day: dt.date) -> tuple[Record, str]:
    request = CaseRequest(path, day.isoformat(), f"{day}T00:00:00+00:00", machine="l4-24gb")
    case = read_case(request)
    found = judge_case(case, in_full=False)
    record = record_of(sum_up(case, found, way_out=(), levers=False))
    return replace(record, day=""), unchanged_until(case, found)


@pytest.fixture(params=["claims-copilot", "fraud-scoring", "support-assistant", "waived"])
def pilot(request, tmp_path: Path) -> Path:
    name = "claims-copilot" if request.param == "waived" else request.param
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder)
    if request.param == "waived":
        (folder / "poc-gate.waivers.yaml").write_text(LEDGER)
    return folder


def test_no_answer_changes_before_the_day_that_is_told(pilot: Path):
    day, turns = FIRST, 0
    record, until = judged(pilot, day)
    for _ in range(5):
        assert until == "" or until > day.isoformat()
        last = dt.date.fromisoformat(until) - dt.timedelta(days=1) if until else day + dt.timedelta(days=900)
        assert judged(pilot, last)[0] == record, f"judged on {day}, said to hold up to {last}"
        if not until:
            break
        day = dt.date.fromisoformat(until)
        now, until = judged(pilot, day)
        turns += now != record
        record = now
    assert turns or pilot.name == "fraud-scoring", "a test in which nothing ever turns holds nothing"


def test_a_term_of_a_waiver_is_among_the_days(tmp_path: Path):
    folder = tmp_path / "claims"
    shutil.copytree(EXAMPLES / "claims-copilot", folder)
    (folder / "poc-gate.waivers.yaml").write_text(LEDGER)
    until = judged(folder, dt.date(2027, 1, 10))[1]
    assert until <= "2027-01-16"
    assert judged(folder, dt.date(2027, 1, 15))[0] != judged(folder, dt.date(2027, 1, 16))[0]


def test_the_full_answer_and_the_brief_one_are_of_one_record(pilot: Path):
    request = CaseRequest(pilot, FIRST.isoformat(), f"{FIRST}T00:00:00+00:00", machine="l4-24gb")
    case = read_case(request)
    full = record_of(sum_up(case, judge_case(case)))
    brief = record_of(sum_up(case, judge_case(case, in_full=False), way_out=(), levers=False))
    assert full == brief
