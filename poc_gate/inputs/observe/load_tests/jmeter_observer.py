"""JMeter's sample log as CSV (JTL) -> a load test from the single samples; times are in milliseconds.

Transaction controllers write a row that adds up the samples below them, which are rows of their own: such a row is
not a request. JMeter's thread groups are closed loops, but for the Open Model Thread Group.
"""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream

_NEEDED = ("timeStamp", "elapsed", "success")


def _sniff(head: Head) -> bool:
    first = head.content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    return first.startswith(b"timeStamp,elapsed,") and b",success" in first


def _read(stream: PackedStream, finds: Finds) -> None:
    import csv

    seen = TimedRequests()
    threads = added = 0
    target = ""
    rows = _rows(csv.reader(_text(stream)), stream)
    header = next(rows, [])
    at = {name.lstrip("\ufeff"): place for place, name in enumerate(header)}
    if missing := [name for name in _NEEDED if name not in at]:
        raise stream.fault(
            f"the table lacks the column {missing[0]}",
            "let JMeter write it (`jmeter.save.saveservice.print_field_names=true`)",
        )
    for row in rows:
        if len(row) != len(header):
            continue
        values = {name: row[place] for name, place in at.items()}
        start, elapsed = _whole(values["timeStamp"]), _whole(values["elapsed"])
        if start is None or elapsed is None:
            continue
        if _adds_up(values):
            added += 1
            continue
        seen.add(start / 1000, elapsed / 1000, failed=values["success"].lower() != "true")
        threads = max(threads, _whole(values.get("allThreads", "")) or 0)
        url = values.get("URL", "")
        target = target or (url if url != "null" else "")
    if added:
        finds.warn(f"{added:,} rows of transaction controllers add up other rows, and were not counted")
    loop = Loop.UNKNOWN if "open" in finds.option.lower() else Loop.CLOSED
    steps = (seen.step(loop, Counted.ALL, float(threads) if threads else None),) if seen.sent else ()
    conclude(said(LoadRun("jmeter", "", seen.ended, target, "", steps), finds.option), finds)


def _text(stream: PackedStream) -> Iterator[str]:
    for _, line in stream.lines():
        yield line.replace(b"\x00", b"").decode("utf-8", errors="replace") + "\n"


def _rows(rows: Iterator[list[str]], stream: PackedStream) -> Iterator[list[str]]:
    import csv

    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise stream.fault(
                f"is not a table: {str(error)[:100]}", "write the samples again as CSV"
            ) from None
        if row is None:
            return
        yield row


def _adds_up(values: dict[str, str]) -> bool:
    return values.get("responseMessage", "").startswith("Number of samples in transaction")


def _whole(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


OBSERVER = Observer(
    name="jmeter",
    summary="JMeter's sample log as CSV (JTL)",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*.jtl", "*jmeter*.csv"),
    versions="jmeter 2.13",
)
