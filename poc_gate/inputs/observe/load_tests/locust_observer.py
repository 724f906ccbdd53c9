"""Locust: `--json`, `_stats.csv` and `_stats_history.csv` -> a load test in a closed loop.

Locust rounds times (whole milliseconds, two digits from 100 ms on), counts failed requests among them, and writes its CSV
files at intervals, so that the last requests may be missing from them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from poc_gate.inputs.estimate.known_spread import Spread, merged
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, iso, items, mapping, stated

_MILLI = 1e-3
_ROUNDED = "times are rounded to a millisecond, from 100 ms on to two digits"
_MOST_ROWS = 200_000


def _sniff(head: Head) -> bool:
    start = head.content[:400].lstrip(b"\xef\xbb\xbf")
    return (
        start.startswith((b"Type,Name,Request Count,Failure Count,", b"Timestamp,User Count,Type,Name,"))
        or (head.is_json and head.has("num_requests", "num_none_requests", "response_times", "total_content_length"))
    )  # fmt: skip


def _read(stream: PackedStream, finds: Finds) -> None:
    start = stream.head()[:40].lstrip(b"\xef\xbb\xbf")
    if start.startswith(b"Timestamp,"):
        run = _history(_rows(stream))
    elif start.startswith(b"Type,"):
        run = _stats(_rows(stream))
        finds.warn(
            "the table has neither duration nor date, and is written at intervals: the last requests may be missing",
            "import `_stats_history.csv` or the output of `--json` instead",
        )
    else:
        run = _json(stream)
    conclude(said(run, finds.option), finds)


def _rows(stream: PackedStream) -> list[dict[str, str]]:
    import csv
    import io

    text = stream.whole().decode("utf-8-sig", errors="replace")
    found: list[dict[str, str]] = []
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            found.append(
                {str(key): str(value) for key, value in row.items() if key and isinstance(value, str)}
            )
            if len(found) > _MOST_ROWS:
                break
    except csv.Error as error:
        raise stream.fault(f"is not a table: {str(error)[:100]}", "write it again", len(found) + 2) from None
    return found


def _json(stream: PackedStream) -> LoadRun:
    try:
        data = parse_json(stream.whole())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a whole JSON document: {str(error)[:120]}", "run Locust with `--json` again"
        ) from None
    entries = [
        mapping(one) for one in (data if isinstance(data, list) else items(mapping(data).get("stats")))
    ]
    entries = [one for one in entries if count(one.get("num_requests"))]
    if not entries:
        return LoadRun("locust")
    starts = [start for one in entries if (start := amount(one.get("start_time")))]
    ends = [end for one in entries if (end := amount(one.get("last_request_timestamp")))]
    duration = max(ends) - min(starts) if starts and ends else None
    failures = [count(one.get("num_failures")) for one in entries]
    step = Step(
        loop=Loop.CLOSED, duration=duration if duration and duration > 0 else None,
        sent=sum(count(one.get("num_requests")) or 0 for one in entries),
        failed=None if None in failures else sum(failed or 0 for failed in failures),
        latency=merged(_bins(one) for one in entries), counted=Counted.ALL, started=iso(min(starts, default=None)),
    )  # fmt: skip
    return LoadRun("locust", "", iso(max(ends, default=None)), steps=(step,), rounded=_ROUNDED)


def _bins(entry: Mapping[str, object]) -> Spread:
    counted = {}
    for milli, times in mapping(entry.get("response_times")).items():
        number = _number(milli)
        many = count(times)
        if number is not None and many:
            counted[number * _MILLI] = many
    return Spread(bins=tuple(sorted(counted.items())))


def _stats(rows: list[dict[str, str]]) -> LoadRun:
    total = next((row for row in rows if row.get("Name") == "Aggregated"), None)
    if total is None:
        return LoadRun("locust", rounded=_ROUNDED)
    sent, rate = _whole(total.get("Request Count")), _number(total.get("Requests/s"))
    step = Step(
        loop=Loop.CLOSED, sent=sent, failed=_whole(total.get("Failure Count")), offered=rate,
        duration=sent / rate if sent and rate else None, counted=Counted.ALL,
        latency=_stated(total, "Median Response Time", "Average Response Time", sent),
    )  # fmt: skip
    return LoadRun("locust", steps=(step,) if sent else (), rounded=_ROUNDED)


def _history(rows: list[dict[str, str]]) -> LoadRun:
    """Return one step for each number of users that was held, from the running totals."""
    totals = [row for row in rows if row.get("Name") == "Aggregated" and _whole(row.get("Timestamp"))]
    steps: list[Step] = []
    at = 0
    while at < len(totals):
        users = totals[at].get("User Count")
        end = at
        while end + 1 < len(totals) and totals[end + 1].get("User Count") == users:
            end += 1
        before = totals[at - 1] if at else totals[at]
        step = _between(before, totals[end], _number(users))
        if step is not None:
            steps.append(step)
        at = end + 1
    if totals and steps:
        sent = _whole(totals[-1].get("Total Request Count"))
        steps[-1] = _with_times(steps[-1], totals[-1], sent, alone=len(steps) == 1)
    ended = iso(_number(totals[-1].get("Timestamp"))) if totals else ""
    return LoadRun("locust", "", ended, steps=tuple(steps), rounded=_ROUNDED)


def _between(before: dict[str, str], after: dict[str, str], users: float | None) -> Step | None:
    names = ("Timestamp", "Total Request Count", "Total Failure Count")
    spans = [(_whole(after.get(name)), _whole(before.get(name))) for name in names]
    lengths = [late - early for late, early in spans if late is not None and early is not None]
    if len(lengths) != len(names) or min(lengths) < 0 or not lengths[0] or not users:
        return None
    return Step(
        loop=Loop.CLOSED, concurrency=users, duration=float(lengths[0]), sent=lengths[1], failed=lengths[2],
        counted=Counted.ALL, started=iso(float(spans[0][1] or 0)),
    )  # fmt: skip


def _with_times(step: Step, row: dict[str, str], sent: int | None, *, alone: bool) -> Step:
    """Return the step with the percentiles of the running window, which are of the last ten seconds only."""
    spread = _stated(
        row, "Total Median Response Time", "Total Average Response Time", sent if alone else step.sent
    )
    return Step(
        loop=step.loop, concurrency=step.concurrency, duration=step.duration, sent=step.sent, failed=step.failed,
        counted=step.counted, started=step.started,
        latency=Spread(stated={0.5: spread.stated[0.5]}, mean=spread.mean) if alone and 0.5 in spread.stated else Spread(),
    )  # fmt: skip


def _stated(row: Mapping[str, str], median: str, mean: str, sent: int | None) -> Spread:
    values: dict[str, object] = {
        name.removesuffix("%"): _number(value) for name, value in row.items() if name.endswith("%")
    }
    values |= {"mean": _number(row.get(mean)), "median": _number(row.get(median))}
    return stated(values, count=sent, factor=_MILLI)


def _number(value: object) -> float | None:
    try:
        return amount(float(str(value)))
    except (ValueError, OverflowError):
        return None


def _whole(value: object) -> int | None:
    return count(_number(value))


OBSERVER = Observer(
    name="locust",
    summary="Locust: `--json`, `_stats.csv` and `_stats_history.csv`",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*_stats.csv", "*_stats_history.csv", "*locust*.json"),
    versions="locust 2.47.0",
)
