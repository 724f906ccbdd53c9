"""Gatling's log, as text (before 3.11) or binary, or its `stats.json` -> a load test; times are in milliseconds.

Reports of 2026 hold no `stats.json` any more; the log is there in every version.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.inputs.estimate.known_spread import Spread
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.gatling_log import is_binary_log, read_log
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, mapping, parse_whole, stated

_SHARES = {"percentiles1": "50", "percentiles2": "75", "percentiles3": "95", "percentiles4": "99"}
"""As Gatling is configured where nobody changed it."""


def _sniff(head: Head) -> bool:
    first = head.content.split(b"\n", 1)[0].split(b"\t")
    log = (first[0] == b"RUN" and len(first) >= 5) or (
        head.name.endswith(".log") and is_binary_log(head.content)
    )
    stats = head.is_json and head.has("numberOfRequests", "meanNumberOfRequestsPerSecond", "percentiles1")
    return log or stats


def _read(stream: PackedStream, finds: Finds) -> None:
    if is_binary_log(stream.head()):
        conclude(said(_binary(stream, finds), finds.option), finds)
        return
    if stream.head().lstrip()[:1] == b"{":
        run = _stats(parse_whole(stream, "`stats.json` of Gatling"))
        finds.warn(
            "the file does not say which percentiles it holds: the 50th, 75th, 95th and 99th were taken, which is what "
            "Gatling computes unless its configuration says otherwise"
        )
    else:
        run = _log(stream)
    conclude(said(run, finds.option), finds)


def _binary(stream: PackedStream, finds: Finds) -> LoadRun:
    log = read_log(stream.whole())
    if log is None:
        raise stream.fault("is not a whole binary log of Gatling", "name the `simulation.log` of one run")
    if log.cut:
        finds.must_not("the log breaks off within a record: what came after it is in no number")
    if not log.requests.sent:
        return LoadRun("gatling", log.version)
    users = float(log.most_users) if log.most_users else None
    step = replace(log.requests.step(Loop.UNKNOWN, Counted.ALL, users), unfinished=log.open_users)
    return LoadRun("gatling", log.version, log.requests.ended, steps=(step,))


def _log(stream: PackedStream) -> LoadRun:
    """Read tab-separated lines: RUN, USER, REQUEST; their layout is told by the number of fields."""
    seen = TimedRequests()
    version, running, most, open_users = "", 0, 0, 0
    for _, line in stream.lines():
        parts = line.decode("utf-8", errors="replace").rstrip("\r").split("\t")
        if parts[0] == "RUN":
            version = parts[-1].strip() if parts[-1][:1].isdigit() else version
        elif parts[0] == "USER":
            running += {"START": 1, "END": -1}.get(
                next((p for p in parts[1:] if p in ("START", "END")), ""), 0
            )
            most, open_users = max(most, running), running
        elif parts[0] == "REQUEST":
            status = next((at for at, part in enumerate(parts) if part in ("OK", "KO") and at >= 4), 0)
            start, end = (_whole(parts[status - 2]), _whole(parts[status - 1])) if status else (None, None)
            if start is not None and end is not None and end >= start:
                seen.add(start / 1000, (end - start) / 1000, failed=parts[status] == "KO")
    if not seen.sent:
        return LoadRun("gatling", version)
    step = seen.step(Loop.UNKNOWN, Counted.ALL, float(most) if most else None)
    held = replace(step, unfinished=max(0, open_users))
    return LoadRun("gatling", version, seen.ended, steps=(held,))


def _stats(data: Mapping[str, object]) -> LoadRun:
    stats = mapping(data.get("stats")) or data
    requests = mapping(stats.get("numberOfRequests"))
    sent, failed = count(requests.get("total")), count(requests.get("ko"))
    rate = _total(stats, "meanNumberOfRequestsPerSecond")
    values: dict[str, object] = {share: _total(stats, name) for name, share in _SHARES.items()}
    values |= {"min": _total(stats, "minResponseTime"), "max": _total(stats, "maxResponseTime"), "mean": _total(stats, "meanResponseTime")}  # fmt: skip
    spread: Spread = stated(values, count=sent, factor=1e-3)
    step = Step(
        duration=sent / rate if sent and rate else None, sent=sent, failed=failed, offered=rate, latency=spread,
        counted=Counted.ALL,
    )  # fmt: skip
    return LoadRun("gatling", steps=(step,) if sent else ())


def _total(stats: Mapping[str, object], name: str) -> float | None:
    value = stats.get(name)
    return amount(value) if not isinstance(value, dict) else amount(value.get("total"))


def _whole(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


OBSERVER = Observer(
    name="gatling",
    summary="Gatling's log, as text or binary, and `stats.json`",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("simulation.log", "stats.json", "global_stats.json"),
)
