"""No damaged or hostile trace brings a reader down, shows a secret, or steers a terminal.

`POC_GATE_FUZZ=2000` sets the number of damaged files for each format; the usual run takes fewer.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import time

import pytest
from damage import damage
from otlp_spans import DB, MODEL, START, Maker
from test_formats import jaeger, langfuse
from test_real_files import FILES

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.app.observed.show_traces import show_traces
from poc_gate.errors import InvalidInputError
from poc_gate.model.quantity import Quantity
from poc_gate.observe.named_file import NamedFile

ROUNDS = int(os.environ.get("POC_GATE_FUZZ", "25"))
SLOWEST = 5.0
"""Seconds that one small damaged file may take on a busy machine."""


def recorded(name, lines):
    content = gzip.decompress((FILES / name).read_bytes())
    if name.startswith("phoenix"):
        return json.dumps({"data": json.loads(content)["data"][:lines]}).encode()
    if name.startswith("langfuse"):  # documents behind each other, which `damage` does not know
        text, at, found = content.decode(), 0, []
        while len(found) < lines:
            one, at = json.JSONDecoder().raw_decode(text, at)
            found.append(one)
            at += 1
        return json.dumps(found).encode()
    return b"\n".join(content.splitlines()[:lines]) + b"\n"


def small():
    make = Maker()
    for number in range(6):
        trace, root = make.request(number * 100, 60)
        call = make.span(
            trace,
            root,
            "SELECT",
            number * 100 + 5,
            10,
            events=[{"name": "exception", "attributes": []}],
            **DB,
        )
        make.span(trace, call, "POST /x", number * 100 + 6, 9, kind=2, service="other", state="ot=th:8")
        make.span(trace, root, "chat m-1", number * 100 + 20, 30, **MODEL)
    return make.lines(each=5)


SAMPLES = {
    "otlp": small(),
    "otlp-real": recorded("openllmetry.jsonl.gz", 1),
    "jaeger": b"\n".join(jaeger(one_a_line=True).splitlines()[:12]),
    "langfuse": json.dumps({"data": json.loads(langfuse())["data"][:12]}).encode(),
    "mlflow": recorded("mlflow.jsonl.gz", 3),
    "langsmith": recorded("langsmith.jsonl.gz", 8),
    "phoenix": recorded("phoenix.json.gz", 8),
    "langfuse-sdk": recorded("langfuse-sdk.json.gz", 8),
    "protobuf": gzip.decompress((FILES / "protobuf.binpb.gz").read_bytes())[:40_000],
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_traces_end_in_a_result_or_a_named_error(name, tmp_path):
    path = tmp_path / ("traces.binpb" if name == "protobuf" else "traces.jsonl")
    read = 0
    for seed in range(ROUNDS):
        path.write_bytes(damage(SAMPLES[name], seed))
        began = time.monotonic()
        try:
            found = read_results(
                [NamedFile(path, path.name)], Declared({"sources": ("db",)}), "2026-11-28", kind="traces"
            )
        except InvalidInputError as error:
            assert all(fault.what and fault.file == path.name for fault in error.faults)
            continue
        finally:
            assert time.monotonic() - began < SLOWEST
        read += 1
        (seen,) = found
        for one in seen.observations:
            value = one.value.value if isinstance(one.value, Quantity) else 0.0
            assert all(math.isfinite(number) for number in (value, one.low or 0.0, one.high or 0.0))
            assert one.low is None or one.high is None or one.low <= one.high
        assert json.loads(observed_json(seen))["kind"] == seen.kind
        assert "\x1b" not in observed_text(seen)
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
    began = time.monotonic()
    seen = see(make.lines())
    assert time.monotonic() - began < 5
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
    assert "60 spans are there twice" in seen.told("warning")
