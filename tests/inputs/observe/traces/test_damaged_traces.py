"""No damaged or hostile trace brings a reader down, shows a secret, or steers a terminal.

`bash tests/heavy.sh damaged_results` tries thousands of damaged files; the usual run takes a few.
"""

from __future__ import annotations

import time

import pytest
from damaged_results import survives
from damaged_traces import TRACES
from otlp_spans import DB, START, Maker

from poc_gate.app.observed.show_traces import show_traces

ROUNDS = 25


@pytest.mark.parametrize("name", TRACES)
def test_damaged_traces_end_in_a_result_or_a_named_error(name, tmp_path):
    path = tmp_path / ("traces.binpb" if name == "protobuf" else "traces.jsonl")
    read = sum(survives(TRACES[name], seed, path, "traces") for seed in range(ROUNDS))
    assert read or name == "protobuf"


SECRET = "AKIAIOSFODNN7EXAMPLE"
HOSTILE = "x\x1b[31m\u202e<script>alert(1)</script>"


def hostile():
    make = Maker()
    for number in range(30):
        trace, root = make.request(number * 100, 60, f"GET /{HOSTILE}", service=HOSTILE)
        make.span(
            trace, root, HOSTILE, number * 100 + 1, 5, service=HOSTILE, http__request__method="GET",
            url__full=f"https://user:{SECRET}@api.example.com/v1?key={SECRET}", peer__service=HOSTILE,
        )  # fmt: skip
        make.span(
            trace, root, "q", number * 100 + 10, 5, service=HOSTILE, db__system__name=HOSTILE,
            server__address=f"postgres://app:{SECRET}@db.internal:5432/x", db__query__text=f"select '{SECRET}'",
        )  # fmt: skip
        make.span(
            trace,
            root,
            f"call {SECRET}",
            number * 100 + 20,
            5,
            service=HOSTILE,
            gen_ai__tool__name=SECRET,
            gen_ai__operation__name="execute_tool",
        )
        make.span(
            trace,
            root,
            "chat",
            number * 100 + 30,
            5,
            service=HOSTILE,
            gen_ai__operation__name="chat",
            gen_ai__request__model=HOSTILE,
            gen_ai__input__messages="my own words",
        )
    return make.lines(resource={"telemetry.sdk.version": HOSTILE, "deployment.environment.name": SECRET})


def test_secrets_texts_and_control_characters_are_in_no_output(see, tmp_path):
    seen = see(hostile())
    path = tmp_path / "traces-0.jsonl"
    shown = show_traces((path,), None, as_json=False, progress=lambda _what, _share: None)
    shown += show_traces((path,), None, as_json=True, progress=lambda _what, _share: None) + repr(
        seen.observed
    )
    assert SECRET not in shown
    assert "my own words" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert seen["observed.egress_hosts"] == ("api.example.com",)
    assert seen["observed.content_share"] == pytest.approx(1 / 5)


def test_odd_trees_are_walked_once_and_in_bounded_time(see):
    make = Maker()
    trace, root = make.request(0, 100)
    above = root
    for depth in range(5000):  # deeper than Python's own recursion
        above = make.span(trace, above, f"step {depth % 3}", 1, 98, kind=1)
    ring = make.identity(128)
    first = make.span(ring, "0000000000000001", "a", 5, 5, kind=1)
    make.groups["answers"][-1]["parentSpanId"] = first  # its own parent
    for number in range(3000):
        make.span(trace, root, "SELECT", 1 + number / 100, 50, **DB)
    began = time.process_time()
    seen = see(make.lines())
    assert time.process_time() - began < 5
    assert seen["observed.requests"] == 1
    assert seen["observed.fan_out"] == 3000
    assert sum(one["share_of_critical_path"] for one in seen.observed.details["hops"]) == pytest.approx(1)


def test_spans_without_ids_or_times_are_counted_as_left_out_and_twins_once(see):
    make = Maker()
    for number in range(30):
        trace, root = make.request(number * 100, 60)
        make.span(trace, root, "SELECT", number * 100 + 5, 10, **DB)
    content = make.lines()
    rows = make.groups["answers"]
    rows += [
        {**rows[0], "traceId": ""},
        {**rows[1], "endTimeUnixNano": str(START)},
        {**rows[2], "startTimeUnixNano": "soon"},
    ]
    seen = see(content + make.lines())
    assert seen["observed.requests"] == 30
    assert "3 spans were left out: 1 with no id, 2 with no usable times" in seen.told("warning")
    assert "60 spans appear twice" in seen.told("warning")
