"""Printed results of wrk and wrk2, and the percentile tables of HdrHistogram -> a load test.

wrk2 prints times from when a request was due ("Recorded Latency"), wrk those from when it was sent; both in a closed set of
connections. Their request count holds answers with an error status, which they count apart.
"""

from __future__ import annotations

import re

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount

_MOST = 8 << 20
_RUN = re.compile(r"Running (\S+) test @ (\S+)")
_USED = re.compile(r"(\d+) threads and (\d+) connections")
_TOTAL = re.compile(r"^[ \t]*(\d+) requests in ([\d.]+)(us|ms|s|m|h), ", re.MULTILINE)
_STATUS = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_SOCKET = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_QUANTILE = re.compile(r"^[ \t]*([\d.]+)%\s+([\d.]+)(us|ms|s|m|h)\s*$", re.MULTILINE)
_ROW = re.compile(
    r"^[ \t]*([\d.]+)\s+([01]\.\d+)\s+(\d+)(?:[ \t]+(?:[\d.]+|inf|Infinity))?[ \t]*$", re.MULTILINE
)
_COUNTED = re.compile(r"Total count\s*=\s*(\d+)")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_UNIT = re.compile(r"Value\((us|ms|s)\)")


def _sniff(head: Head) -> bool:
    start = head.content[:4000]
    wrk = start.lstrip().startswith(b"Running ") and b" test @ " in start and b"threads and" in start
    lines = [line.split() for line in start.lstrip().splitlines()[:2]]
    table = (
        bool(lines)
        and len(lines[0]) >= 4
        and lines[0][0].startswith(b"Value")
        and lines[0][1] == b"Percentile"
    )
    return wrk or (table and lines[0][2:4] == [b"TotalCount", b"1/(1-Percentile)"])


def _read(stream: PackedStream, finds: Finds) -> None:
    text = stream.whole(_MOST).decode("utf-8", errors="replace")
    run = _printed(text) if _RUN.search(text) else _table(text, finds)
    conclude(said(run, finds.option), finds)


def _printed(text: str) -> LoadRun:
    """Read what wrk or wrk2 print; where both kinds of times are printed, the corrected ones come first."""
    started, used = _RUN.search(text), _USED.search(text)
    corrected = "Recorded Latency" in text
    wrk2 = corrected or "Thread calibration" in text or "HdrHistogram" in text
    total = _TOTAL.search(text)
    if total is None:
        return LoadRun("wrk2" if wrk2 else "wrk", target=started[2] if started else "")
    requests, duration = int(total[1]), float(total[2]) * _SECONDS[total[3]]
    status, socket = _STATUS.search(text), _SOCKET.search(text)
    lost = sum(int(number) for number in socket.groups()) if socket else 0
    first = text.split("Uncorrected Latency", maxsplit=1)[0] if corrected else text
    table = _rows_of(first, 1e-3)
    spread = table or _quantiles(first, requests)
    step = Step(
        loop=Loop.OPEN if corrected else Loop.CLOSED, concurrency=float(used[2]) if used else None, duration=duration,
        sent=requests + lost, failed=(int(status[1]) if status else 0) + lost, latency=spread,
        counted=Counted.ALL,
    )  # fmt: skip
    tool = "wrk2" if wrk2 else "wrk"
    return LoadRun(
        tool,
        target=started[2] if started else "",
        steps=(step,) if requests or lost else (),
        corrected=corrected,
    )


def _quantiles(text: str, requests: int) -> Spread:
    found = {}
    for share, value, unit in _QUANTILE.findall(text):
        at, seconds = _float(share), _float(value)
        if at is not None and seconds is not None and 0 < at <= 100:
            found[round(at / 100, 9)] = seconds * _SECONDS[unit]
    return Spread(stated=found, count=requests)


def _table(text: str, finds: Finds) -> LoadRun:
    unit = _UNIT.search(text)
    named = re.search(r"unit=(us|ms|s)", finds.option)
    if not (unit or named):
        finds.ask(
            "the table of HdrHistogram does not say the unit of its values",
            "give it in the option of the import: `unit=ms`",
        )
        return LoadRun("HdrHistogram")
    factor = _SECONDS[(named or unit)[1]] if (named or unit) else 1.0  # type: ignore[index]
    spread = _rows_of(text, factor)
    return LoadRun("HdrHistogram", steps=(Step(sent=spread.total, latency=spread),) if spread else ())


def _rows_of(text: str, factor: float) -> Spread:
    """Return the values of a percentile table as bins: the counts in it are running totals."""
    bins: list[tuple[float, int]] = []
    reached = 0
    for value, _, total in _ROW.findall(text):
        number, up_to = _float(value), int(total[:15])
        if number is None or up_to < reached or (bins and number * factor < bins[-1][0]):
            break
        if up_to > reached:
            bins.append((number * factor, up_to - reached))
            reached = up_to
    counted = _COUNTED.search(text)
    if counted and reached and int(counted[1][:15]) != reached:
        return Spread()
    return Spread(bins=tuple(bins))


def _float(value: str) -> float | None:
    try:
        return amount(float(value))
    except ValueError:
        return None


OBSERVER = Observer(
    name="hdr-text",
    summary="Printed results of wrk and wrk2, percentile tables of HdrHistogram",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*wrk*.txt", "*.hgrm"),
    versions="wrk 4.1.0, wrk2 4.0.0",
)
