"""What a terminal shows of plans and measurements of sources, line by line, and what a changed file is refused for."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.connectors.files_connector import CONNECTOR
from poc_gate.inputs.connect.interface import Intent, Limits, Target
from poc_gate.inputs.connect.load.load_steps import LoadStep
from poc_gate.inputs.connect.local_config import Binding
from poc_gate.inputs.connect.results.promises import Promise
from poc_gate.inputs.connect.results.sources_file import (
    SourceReport,
    SourcesFile,
    read_sources_file,
    write_sources,
)
from poc_gate.inputs.connect.results.sources_text import plan_lines, sources_lines
from poc_gate.inputs.connect.run.source_plan import SourcePlan
from poc_gate.model.measurement import Curve, Measurement, Point
from poc_gate.model.quantity import Quantity

LIMITS = Limits(rate=10.0, connections=4, bytes=1_000_000, wall=100.0, timeout=5.0)
PLAN = SourcePlan(
    "db", "ready", (), Target("db", limits=LIMITS, path="/data"), connector=replace(CONNECTOR, name="files", locks=("a", "b")), intent=Intent("SELECT 1", 1000),
    environment="staging", calls=1200, cold=20, windows=1, most_calls=12_345, most_bytes=2**20, seconds=90.0, window=60.0,
)  # fmt: skip


def planned(**changed: object) -> list[str]:
    return plan_lines([replace(PLAN, **changed)])


def test_a_plan_line_by_line() -> None:
    assert planned() == [
        "Nothing has been sent yet. This is what `poc-gate sources run --yes` would do:",
        "",
        "db  (files)  ready",
        "  where      /data, environment staging",
        "  call       SELECT 1",
        "  latency    1,200 calls after 20 cold ones",
        "  budget     at most 12,345 requests, 1 MiB, 10/s, 4 connections, 1.5 min",
        "  credential none",
        "  lock 1     a",
        "  lock 2     b",
        "",
        "1 of 1 sources would be measured, in about 1.5 min.",
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"environment": ""}, "  where      /data, environment production, permitted"),
        ({"hosts": (("a.example", 1), ("b.example", 22))}, "  where      a.example:1, b.example:22, environment staging"),
        ({"windows": 2}, "  latency    1,200 calls after 20 cold ones in each of 2 windows"),
        ({"intent": replace(PLAN.intent, missing="a query")}, "  latency    not measured: a query"),
        ({"steps": (1, 4)}, "  steps      then at most 24 calls with 1 in flight, 48 calls with 4 in flight"),
        ({"intent": replace(PLAN.intent, freshness="SELECT max(t)")}, "  freshness  SELECT max(t), once"),
        ({"intent": replace(PLAN.intent, renewals="SELECT t")}, "  frequency  SELECT t, once"),
        ({"intent": replace(PLAN.intent, cost="2 EUR")}, "  cost       2 EUR"),
        ({"credential": "env:DB"}, "  credential env:DB"),
        ({"bindings": (Binding("env:DB", ("h",), source="local.yaml"),)}, "    bound to  h by local.yaml"),
        ({"bindings": (Binding("cmd:pass db", ("h", "i"), ""),)}, "    bound to  h, i by the local configuration; runs: pass db"),
        ({"target": replace(PLAN.target, ca="/ca.pem")}, "  trusts     the certificates in /ca.pem, no others"),
    ],
)  # fmt: skip
def test_what_a_plan_may_say_as_well(changed: dict[str, object], line: str) -> None:
    assert line in planned(**changed)
    assert line not in planned()


def test_a_plan_that_is_not_ready_says_why() -> None:
    refused = replace(PLAN, state="refused", reasons=("not read-only", "no limit"), connector=None)
    lines = plan_lines([refused, PLAN])
    assert lines[2:6] == ["db  (no connector)  refused", "  - not read-only", "  - no limit", ""]
    assert lines[-1] == "1 of 2 sources would be measured, in about 1.5 min."


CURVE = Curve(
    "c", "t", "1", "s", tuple(Point(x, y) for x, y in ((0.1, 0.1), (0.5, 0.2), (0.95, 0.4), (0.99, 0.8)))
)
P50 = Measurement("sources[db].p50", Quantity(0.2, "s"), unit="s", low=0.1, high=0.3, stable=True)
STEP = LoadStep(4, 3.96, 48, 0, 10.0, 5.0, 4.8, service_p50=0.02)
REPORT = SourceReport("db", "measured", measurements=(P50,))


def shown(**changed: object) -> list[str]:
    file = SourcesFile(
        "2026-11-22T10:00:00Z", "0.1.0", "small", "a test", 7, "poisson", (replace(REPORT, **changed),)
    )
    return sources_lines(file)


def test_a_measured_source_line_by_line() -> None:
    lines = shown(
        connector="postgres", call="SELECT 1", curve=CURVE, steps=(STEP,), notes=("warm",), promises=(
            Promise("p99", Quantity(1.0, "s"), Quantity(0.8, "s"), "pass", "SELECT 1", "of 100"),
            Promise("refresh", Quantity(60.0, "s"), None, "undetermined", "SELECT 1"),
        ),
        measurements=(P50, Measurement("sources[db].p99", None, reason="too few calls")),
    )  # fmt: skip
    assert lines == [
        "Measured 2026-11-22T10:00:00Z, preset small (a test), poisson arrivals, seed 7",
        "",
        "db  (postgres)  measured",
        "  call        SELECT 1",
        "  p50                   200 ms  [100 ms, 300 ms]",
        "  ▂▃▅█  fastest to slowest call, up to 800 ms",
        "  p10 100 ms  p50 200 ms  p95 400 ms  p99 800 ms",
        "  step 4          4 in flight: 4.8/s answered, each 20 ms",
        "  pass         p99 1 s, measured 800 ms (of 100)",
        "  undetermined refresh 1 min",
        "  note        warm",
        "  not known   p99: too few calls",
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"connector": ""}, "db  (no connector)  measured"),
        ({"reason": "left alone"}, "  reason      left alone"),
        ({"measurements": (replace(P50, low=None),)}, "  p50                   200 ms  [?, 300 ms]"),
        ({"measurements": (replace(P50, high=None),)}, "  p50                   200 ms  [100 ms, ?]"),
        ({"measurements": (replace(P50, low=None, high=None),)}, "  p50                   200 ms"),
        ({"measurements": (replace(P50, stable=False, reason="scattered"),)}, "  p50                   200 ms  [100 ms, 300 ms]  NOT STABLE: scattered"),
        ({"measurements": (replace(P50, stable=None),)}, "  p50                   200 ms  [100 ms, 300 ms]"),
        ({"steps": (replace(STEP, failed=3),)}, "  step 4          4 in flight: 4.8/s answered, each 20 ms, 3 of 48 failed"),
        ({"steps": (replace(STEP, client_limited=True, stopped="errors"),)}, "  step 4          4 in flight: 4.8/s answered, each 20 ms  CLIENT-LIMITED  STOPPED: errors"),
        (
            {"steps": (replace(STEP, service_p50=0.0, first_token_p50=0.1, per_token_p50=0.02),)},
            "  step 4          4 in flight: 4.8/s answered, each 0 s, first token 100 ms, per token 20 ms",
        ),
    ],
)  # fmt: skip
def test_what_a_measured_source_may_say_as_well(changed: dict[str, object], line: str) -> None:
    assert line in shown(**changed)


def test_a_reason_of_the_source_is_not_told_again_of_each_fact() -> None:
    gone = Measurement("sources[db].p99", None, reason="refused")
    assert not any("not known" in line for line in shown(reason="refused", measurements=(gone,)))


@pytest.mark.parametrize(("count", "bars"), [(1, 1), (48, 48), (95, 95), (96, 48), (99, 50), (480, 48)])
def test_a_distribution_fits_into_one_line(count: int, bars: int) -> None:
    curve = replace(
        CURVE, points=tuple(Point(number / count, 0.1 + number / count) for number in range(count))
    )
    line = shown(curve=curve)[4]
    assert len(line.partition("  fastest")[0].strip()) == bars


def test_times_of_nothing_have_bars_as_well() -> None:
    assert shown(curve=replace(CURVE, points=(Point(0.5, 0.0), Point(0.9, 0.0))))[4].startswith(
        "  ▁▁  fastest"
    )


def test_sources_are_a_line_apart() -> None:
    one = SourcesFile(
        "2026-11-22T10:00:00Z", "0.1.0", "small", "a test", 7, "poisson", (REPORT, replace(REPORT, id="b"))
    )
    assert [line for line in sources_lines(one) if not line.startswith("  ")][1:] == [
        "",
        "db  (no connector)  measured",
        "",
        "b  (no connector)  measured",
    ]


FINE = Measurement("sources[db].p50", Quantity(0.2, "s"), unit="s", low=0.1, high=0.3)


def faults(
    *reports: SourceReport, known: tuple[str, ...] | None = ("db", "exports")
) -> list[tuple[str, str]]:
    file = SourcesFile("2026-11-22T10:00:00Z", "0.1.0", "small", "a test", 7, "poisson", reports)
    try:
        read_sources_file(write_sources(file), "s.json", known=known)
    except InvalidInputError as error:
        return [(fault.what, fault.next_step) for fault in error.faults]
    return []


AGAIN = "record it again with `poc-gate sources run pilot.yaml -o sources.json`"


@pytest.mark.parametrize(
    ("changed", "what", "step"),
    [
        ({"id": "export"}, "the manifest lists no source 'export'", "did you mean exports?"),
        ({"id": "zz"}, "the manifest lists no source 'zz'", "the manifest lists: db, exports"),
        ({"state": "fine"}, "state 'fine' is unknown", "one of measured, stopped, not-measured, refused, gap"),
        ({"steps": (replace(STEP, failed=49),)}, "counts and times of a step cannot be", AGAIN),
        ({"steps": (replace(STEP, seconds=-0.1),)}, "counts and times of a step cannot be", AGAIN),
        ({"steps": (replace(STEP, failed=-1),)}, "counts and times of a step cannot be", AGAIN),
        ({"steps": (replace(STEP, served_per_s=-1.0),)}, "counts and times of a step cannot be", AGAIN),
        ({"steps": (replace(STEP, concurrency=-1),)}, "counts and times of a step cannot be", AGAIN),
        ({"measurements": (replace(FINE, value=None),)}, "sources[db].p50 has no value and no reason", "say why it was not measured"),
        ({"measurements": (replace(FINE, low=0.21),)}, "sources[db].p50 is outside of its own interval", AGAIN),
        ({"measurements": (replace(FINE, high=0.19),)}, "sources[db].p50 is outside of its own interval", AGAIN),
        ({"measurements": (replace(FINE, value=Quantity(86401.0, "s"), low=None, high=None),)}, "sources[db].p50 is 1 d, which is not plausible", AGAIN),
        ({"measurements": (replace(FINE, value=Quantity(-0.1, "s"), low=None, high=None),)}, "sources[db].p50 is -100 ms, which is not plausible", AGAIN),
        ({"measurements": (replace(FINE, value="fast"),)}, "sources[db].p50 must be a quantity in s", AGAIN),
    ],
)  # fmt: skip
def test_what_no_measurement_can_show_is_refused(changed: dict[str, object], what: str, step: str) -> None:
    report = replace(REPORT, **{"measurements": (), **changed})
    found = faults(report)
    assert (what, step) in found
    assert len(found) == 1


def test_what_a_measurement_can_show_is_taken() -> None:
    edge = [
        replace(FINE, value=Quantity(0.0, "s"), low=None, high=None), replace(FINE, value=Quantity(86400.0, "s"), low=None, high=None),
        replace(FINE, low=0.2), replace(FINE, high=0.2), replace(FINE, low=None), replace(FINE, low=0.2 + 1e-7), replace(FINE, high=0.2 - 1e-7),
        replace(FINE, value=None, reason="too few"),
    ]  # fmt: skip
    for one in edge:
        assert faults(replace(REPORT, measurements=(one,))) == []
    still = LoadStep(0, 0.0, 0, 0, 0.0, 0.0, 0.0)
    assert faults(replace(REPORT, steps=(still, replace(STEP, failed=48)))) == []
    assert faults(replace(REPORT, id="zz", measurements=()), known=None) == []


def test_an_interval_that_ends_before_it_begins_and_a_source_measured_twice() -> None:
    found = faults(replace(REPORT, measurements=(replace(FINE, low=0.3, high=0.1),)))
    assert ("sources[db].p50 has an interval that ends before it begins", AGAIN) in found
    assert faults(REPORT, REPORT) == [("the source 'db' is measured twice", "keep one of the two")]
    assert faults(replace(REPORT, measurements=()), known=()) == [
        ("the manifest lists no source 'db'", "the manifest lists: no source")
    ]


def test_a_near_source_is_proposed_once_and_an_own_fact_is_asked_for() -> None:
    other = replace(FINE, fact="sources[exports].p50")
    assert faults(replace(REPORT, measurements=(other,))) == [
        ("'sources[exports].p50' is not a measured fact of the source 'db'", "see `poc-gate schema facts`")
    ]
    version = Measurement("sources[db].server_version", "16.2")
    assert faults(replace(REPORT, measurements=(version,))) == []
    number = replace(version, value=Quantity(16.2, "1"))
    assert faults(replace(REPORT, measurements=(number,))) == [
        ("sources[db].server_version must be a text", AGAIN)
    ]


def test_a_curve_names_its_percentiles() -> None:
    points = tuple(
        Point(x, y)
        for x, y in ((0.1, 1.0), (0.25, 2.0), (0.5, 3.0), (0.75, 4.0), (0.9, 5.0), (0.95, 6.0), (0.99, 8.0))
    )
    lines = shown(curve=replace(CURVE, points=points))
    assert lines[4] == "  ▂▃▄▅▆▇█  fastest to slowest call, up to 8 s"
    assert lines[5] == "  p10 1 s  p25 2 s  p50 3 s  p75 4 s  p90 5 s  p95 6 s  p99 8 s"
    close = tuple(Point(x, y) for x, y in ((0.4999, 3.0), (0.9502, 6.0)))
    assert shown(curve=replace(CURVE, points=close))[5] == "  p50 3 s  p95 6 s"


def test_a_file_of_another_schema_is_refused() -> None:
    file = SourcesFile(
        "2026-11-22T10:00:00Z",
        "0.1.0",
        "small",
        "a test",
        7,
        "poisson",
        (REPORT,),
        schema="poc-gate.sources/2",
    )
    with pytest.raises(InvalidInputError, match=r"schema 'poc-gate.sources/2' is not 'poc-gate.sources/1'"):
        read_sources_file(write_sources(file), "s.json")
    assert msgspec.json.decode(
        write_sources(replace(file, schema="poc-gate.sources/1")), type=SourcesFile
    ).sources == (REPORT,)
