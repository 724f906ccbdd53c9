"""Vegeta: the JSON report, or the results encoded as JSON lines or as CSV -> a load test in an open loop.

Times are in nanoseconds. Vegeta sends by the clock and waits for the last answer.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, mapping, parse_whole, stated, text

_NANO = 1e-9
_COLUMNS = 12
"""Of the CSV, which has no header: time, status, latency, bytes out and in, error, body, attack, number, method, URL, headers."""


class _Hit(Struct):
    code: int = 0
    timestamp: str = ""
    latency: int = 0
    error: str = ""
    url: str = ""


def _is_csv(content: bytes) -> bool:
    first = content.split(b"\n", 1)[0].split(b",")
    return len(first) >= _COLUMNS and len(first[0]) == 19 and all(part.isdigit() for part in first[:5])


def _is_binary(content: bytes) -> bool:
    """Say whether it is what `vegeta attack` writes unless it is encoded: Go's own binary form of the same fields."""
    start = content[:300]
    return b"Result" in start and b"Attack" in start and b"Timestamp" in start and b"\x00" in start


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return _is_csv(head.content) or _is_binary(head.content)
    report = head.has("latencies", "bytes_in", "status_codes", "throughput", "earliest")
    return report or head.has("attack", "seq", "code", "latency", "bytes_out", "timestamp")


def _read(stream: PackedStream, finds: Finds) -> None:
    if _is_binary(stream.head()):
        raise stream.fault(
            "holds vegeta's binary results, which only vegeta reads",
            "write them with `vegeta encode --to json`",
        )
    if _is_csv(stream.head()):
        run = _table(stream)
    elif b'"latencies"' in stream.head():
        run = _report(parse_whole(stream, "report of vegeta"))
    else:
        run = _results(stream)
    conclude(said(run, finds.option), finds)


def _report(data: Mapping[str, object]) -> LoadRun:
    total = count(data.get("requests"))
    success, duration = amount(data.get("success")), amount(data.get("duration"))
    failed = None if total is None or success is None or success > 1 else total - round(success * total)
    spread = stated(mapping(data.get("latencies")), count=total, factor=_NANO)
    codes = mapping(data.get("status_codes"))
    never = count(codes.get("0")) or 0
    step = Step(
        loop=Loop.OPEN, duration=None if duration is None else duration * _NANO, sent=total, failed=failed,
        offered=amount(data.get("rate")), latency=spread, counted=Counted.ALL, started=text(data.get("earliest")),
    )  # fmt: skip
    if never == total:
        step = Step(loop=Loop.OPEN, duration=step.duration, sent=total, failed=failed, counted=Counted.ALL)
    return LoadRun("vegeta", "", text(data.get("end")) or text(data.get("latest")), "", "", (step,))


def _results(stream: PackedStream) -> LoadRun:
    seen = TimedRequests()
    target = ""
    decoder = msgspec.json.Decoder(_Hit)
    for number, line in stream.lines():
        try:
            hit = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what = f"is not a result of vegeta: {str(error)[:100]}"
            raise stream.fault(what, "encode the results again", number, 1) from None
        target = target or hit.url
        good = not hit.error and 200 <= hit.code < 400
        if 0 <= hit.latency < 2**63:
            seen.add_iso(hit.timestamp, hit.latency * _NANO, failed=not good)
    return LoadRun(
        "vegeta", "", seen.ended, target, "", (seen.step(Loop.OPEN, Counted.ALL),) if seen.sent else ()
    )


def _table(stream: PackedStream) -> LoadRun:
    import csv

    seen, target = TimedRequests(), ""
    lines = (line.replace(b"\x00", b"").decode("utf-8", errors="replace") for _, line in stream.lines())
    try:
        for row in csv.reader(lines):
            numbers = [
                int(value) if value.isascii() and value.isdigit() and len(value) < 20 else None
                for value in row[:3]
            ]
            if len(row) < _COLUMNS or None in numbers:
                continue
            at, code, took = (value or 0 for value in numbers)
            target = target or row[10][:300]
            seen.add(at * _NANO, took * _NANO, failed=bool(row[5]) or not 200 <= code < 400)
    except csv.Error as error:
        raise stream.fault(
            f"is not a table of vegeta: {str(error)[:100]}", "encode the results again"
        ) from None
    return LoadRun(
        "vegeta", "", seen.ended, target, "", (seen.step(Loop.OPEN, Counted.ALL),) if seen.sent else ()
    )


OBSERVER = Observer(
    name="vegeta",
    summary="Vegeta's JSON report, its results encoded as JSON lines or CSV",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*vegeta*.json", "*vegeta*.csv"),
)
