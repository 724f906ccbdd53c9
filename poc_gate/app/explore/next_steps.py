"""A pilot without a machine -> the first steps of its way out, the list that every report shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.assess.way_out import cheapest_way_out
from poc_gate.model.measurement import MachineProfile
from poc_gate.model.verdict import Step
from poc_gate.version import __version__

FIRST = 5
"""Steps that a person reads before a list becomes a chore; poc-gate's own choice."""


def next_steps(path: Path) -> tuple[tuple[Step, ...], int]:
    """Return the first steps of a pilot's way out, and how many more there are; nothing is measured.

    Raises what `read_case` raises.
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    nothing = MachineProfile("not measured", "", now, __version__, (), kind="datasheet")
    case = read_case(CaseRequest(path, now[:10], now, machine="not measured", profile=nothing))
    steps = cheapest_way_out(case, judge_case(case))
    return steps[:FIRST], max(len(steps) - FIRST, 0)
