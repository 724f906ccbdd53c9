"""k6's `--out json`: one point of one metric on each line -> a load test from the single requests, scenario by scenario."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream

_MOST_SCENARIOS = 100


class _Tags(Struct):
    scenario: str = ""
    expected_response: str = ""
    url: str = ""


class _Data(Struct):
    time: str = ""
    value: float = 0.0
    tags: _Tags | None = None


class _Point(Struct):
    type: str = ""
    metric: str = ""
    data: _Data = field(default_factory=_Data)


def _sniff(head: Head) -> bool:
    return (
        head.is_json
        and head.has("metric", "type", "data")
        and (b'"Point"' in head.content)
        and head.has("tags", "value")
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    seen: dict[str, TimedRequests] = {}
    dropped: dict[str, float] = {}
    users: dict[str, float] = {}
    target = ""
    decoder = msgspec.json.Decoder(_Point)
    for number, line in stream.lines():
        wanted = b"http_req_duration" in line or b"dropped_iterations" in line or b'"vus' in line
        if not wanted or b'"Point"' not in line:
            continue
        try:
            point = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what = f"is not a point of k6: {str(error)[:100]}"
            raise stream.fault(what, "write it again with `--out json=...`", number, 1) from None
        tags = point.data.tags or _Tags()
        scenario = tags.scenario if tags.scenario in seen or len(seen) < _MOST_SCENARIOS else "others"
        if point.metric == "http_req_duration" and point.data.value >= 0:
            failed = tags.expected_response == "false"
            # A point has the time of its end.
            requests = seen.setdefault(scenario, TimedRequests())
            seconds = point.data.value / 1000
            requests.add_iso(point.data.time, seconds, failed=failed, ended=True)
            target = target or tags.url
        elif point.metric == "dropped_iterations":
            dropped[scenario] = dropped.get(scenario, 0.0) + point.data.value
        elif point.metric == "vus":
            users[""] = max(users.get("", 0.0), point.data.value)
    # Users are counted over the whole run: with several scenarios they are those of none of them.
    together = (users.get("") or None) if len(seen) == 1 else None
    steps = tuple(
        requests.step(Loop.OPEN if dropped.get(name) else Loop.UNKNOWN, Counted.ALL, together)
        for name, requests in seen.items()
    )
    ended = max((requests.ended for requests in seen.values()), default="")
    conclude(said(LoadRun("k6", "", ended, target, "", steps), finds.option), finds)
    missed = sum(dropped.values())
    if missed:
        finds.must_not(
            f"{missed:,.0f} iterations were due and never started: the load was lower than configured"
        )


OBSERVER = Observer(
    name="k6-lines",
    summary="k6: `--out json`, one point on each line",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*k6*.json", "*k6*.jsonl", "*k6*.ndjson"),
    versions="k6 1.1.0",
)
