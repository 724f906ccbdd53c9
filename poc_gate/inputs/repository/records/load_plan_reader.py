"""Plans of load tests -> the rates, users and times that they ask for: k6, Locust, JMeter, Artillery."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.marks.remarks import LOAD_TESTS

_PLANS = re.compile(LOAD_TESTS)
_SAYS = (
    re.compile(r"""(?P<name>\b(?:vus|rate|target|arrivalRate|rampTo|maxVUs|preAllocatedVUs|iterations|users|spawn_rate|run_time|duration|startRate)\b)["']?\s*[:=]\s*["']?(?P<value>\d+(?:\.\d+)?\s*(?:ms|s|m|h)?)\b"""),
    re.compile(r"""ThreadGroup\.(?P<name>num_threads|ramp_time|duration)"[^>]*>(?P<value>\d+)<"""),
    re.compile(r"""(?P<name>wait_time)\s*=\s*(?P<value>(?:between|constant|constant_throughput|constant_pacing)\([\d., ]+\))"""),
)  # fmt: skip
_MOST = 40


def _read(file: TextFile, notes: Notes) -> None:
    noted = 0
    for number, line in enumerate(file.lines[:5_000], start=1):
        if len(line) > 1_000:
            continue
        for pattern in _SAYS:
            for match in pattern.finditer(line):
                if noted < _MOST:
                    noted += 1
                    place = file.place(number, match.start("name") + 1)
                    notes.remark("load test", "", place, f"{match['name']} {match['value'].strip()}")


READER = Reader(
    name="load-plan",
    summary="plans of load tests (k6, Locust, JMeter, Artillery): rates, users, times",
    wants=lambda path: bool(_PLANS.search(path)),
    read=_read,
    worst=Standing.MEASURED,
)
