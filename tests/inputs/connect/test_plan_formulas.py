"""How many calls a plan holds, how long it takes and what it may read, each worked out by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from measuring import configured
from msgspec.structs import replace

from poc_gate.errors import UsageError
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset, find_preset
from poc_gate.inputs.connect.declared.source_facts import source_facts
from poc_gate.inputs.connect.interface import Intent, Limits, Target
from poc_gate.inputs.connect.run.plan_sources import _sized, plan_source
from poc_gate.inputs.connect.run.source_plan import SourcePlan, most_bulk, total_seconds
from poc_gate.model.fact import Kind

LIMITS = Limits(rate=10.0, connections=4, bytes=1_000_000, wall=100.0, timeout=5.0)
INTENT = Intent("a call", 1000)


def sized(
    calls: int, *, windows: int = 1, gap: float = 0.0, steps: tuple[int, ...] = (), intent: Intent = INTENT, **limits: float
) -> SourcePlan:  # fmt: skip
    plan = SourcePlan(
        "x", "ready", (), Target("x", limits=replace(LIMITS, **limits)), intent=intent, steps=steps
    )
    return _sized(plan, Preset("p", calls, windows, gap, ("p50",), "a test"))


def test_one_window_by_hand():
    """100 calls and 20 cold ones at 10/s take 12 s; ten connections and four more calls 1.4 s; a timeout of 5 s."""
    plan = sized(100)
    assert (plan.calls, plan.cold, plan.windows, plan.gap) == (100, 20, 1, 0.0)
    assert plan.window == pytest.approx(12.0)
    assert plan.seconds == pytest.approx(12.0 + 1.4 + 5.0)
    assert plan.most_calls == 120 + 10 + 40
    assert plan.most_bytes == 120 * 1000 + 250_000


@pytest.mark.parametrize(("gap", "seconds"), [(0.0, 48.0), (5.0, 48.0), (60.0, 12.0 + 180.0)])
def test_windows_begin_a_gap_apart_and_not_before_the_last_one_has_ended(gap, seconds):
    plan = sized(100, windows=4, gap=gap)
    assert plan.seconds == pytest.approx(seconds + 1.4 + 5.0)
    assert plan.most_calls == 480 + 50
    assert plan.most_bytes == 480 * 1000 + 250_000


@pytest.mark.parametrize(
    ("wanted", "calls", "cold"),
    [(904, 904, 45), (905, 905, 45), (906, 902, 48), (5000, 902, 48), (0, 0, 0)],
)
def test_calls_are_cut_to_95_percent_of_the_time_of_a_window(wanted, calls, cold):
    """100 s at 10/s have room for 950 calls: 905 and 45 cold ones fit, 906 and 45 do not."""
    plan = sized(wanted)
    assert (plan.calls, plan.cold) == (calls, cold)


def test_a_budget_of_next_to_nothing_has_no_calls_but_cold_ones():
    plan = sized(100, rate=0.1)
    assert (plan.calls, plan.cold) == (0, 20)


def test_further_loads_by_hand():
    """Steps of 1 and 4 in flight send 24 and 48 calls at most, and take the time of one window at most."""
    plan = sized(100, steps=(1, 4))
    assert plan.most_calls == 120 + 72 + 50
    assert plan.most_bytes == (120 + 72) * 1000 + 250_000
    assert plan.seconds == pytest.approx(12.0 + 100.0 + 1.4 + 5.0)
    unasked = sized(100, steps=(1, 4), intent=replace(INTENT, missing="a query"))
    assert (unasked.calls, unasked.cold, unasked.most_calls) == (0, 0, 50)


def test_bytes_stay_within_the_budget_of_which_a_quarter_is_for_one_read():
    assert sized(100, bytes=200_000).most_bytes == 120_000 + 50_000
    assert sized(100, bytes=150_000).most_bytes == 150_000
    assert sized(100, bytes=1_000_003).most_bytes == 120_000 + 250_000
    assert most_bulk(LIMITS) == 250_000
    assert most_bulk(replace(LIMITS, bytes=1_000_003)) == 250_000


def plan(
    seconds: float, window: float, gap: float = 0.0, windows: int = 1, state: str = "ready"
) -> SourcePlan:
    return SourcePlan("x", state, (), Target("x"), seconds=seconds, window=window, gap=gap, windows=windows)


@pytest.mark.parametrize(
    ("plans", "seconds"),
    [
        ([], 0.0),
        ([plan(20.0, 12.0)], 20.0),
        ([plan(20.0, 12.0), plan(9.0, 4.0)], 29.0),
        ([plan(20.0, 12.0), plan(9.0, 4.0, state="gap")], 20.0),
        ([plan(8.0 + 12.0 + 3 * 100.0, 12.0, 100.0, 4)], 320.0),
        ([plan(8.0 + 12.0 + 3 * 100.0, 12.0, 100.0, 4)] * 2, 2 * 20.0 + 300.0),
        ([plan(8.0 + 60.0 + 3 * 100.0, 60.0, 100.0, 4)] * 2, 2 * 68.0 + 3 * 120.0),
        ([plan(8.0 + 12.0 + 3 * 12.0, 12.0, 0.0, 4)], 56.0),
        ([plan(8.0 + 12.0 + 3 * 100.0, 12.0, 100.0, 4), plan(9.0, 4.0)], 20.0 + 9.0 + 300.0),
        ([plan(0.1 + 3 * 0.2, 0.1, 0.2, 4)], 0.7),
    ],
)
def test_several_sources_wait_for_their_windows_together(plans, seconds):
    """Two sources of 60 s windows that begin 100 s apart take 120 s a round."""
    assert total_seconds(plans) == pytest.approx(seconds)


def test_a_source_keeps_the_shorter_timeout_and_the_lowest_rate(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"a" * 100)
    for mine, declared, asked, wanted in ((20.0, None, None, 20.0), (20.0, 5.0, None, 5.0), (20.0, 5.0, 3.0, 3.0), (20.0, 5.0, 9.0, 5.0), (2.0, 5.0, 9.0, 2.0)):  # fmt: skip
        source = Declaration("x", "nfs", url=str(tmp_path), tolerated_rate=declared)
        made = plan_source(source, configured(rate=mine), Preset("p", 10, 1, 0.0, ("p50",), "t"), rate=asked)
        assert made.target.limits.rate == wanted
    for mine, declared, wanted in ((5.0, None, 5.0), (5.0, 2.0, 2.0), (5.0, 9.0, 5.0)):
        source = Declaration("x", "nfs", url=str(tmp_path), timeout=declared)
        made = plan_source(source, configured(timeout=mine), Preset("p", 10, 1, 0.0, ("p50",), "t"))
        assert made.target.limits.timeout == wanted


@pytest.mark.parametrize(("steps", "state"), [((1, 4), "ready"), ((1, 5), "refused"), ((), "ready")])
def test_a_step_needs_as_many_connections_as_calls_in_flight(tmp_path: Path, steps, state):
    (tmp_path / "a").write_bytes(b"a" * 100)
    source = Declaration("x", "nfs", url=str(tmp_path))
    made = plan_source(source, configured(connections=4), Preset("p", 10, 1, 0.0, ("p50",), "t"), steps=steps)
    assert made.state == state


def test_a_source_that_is_not_measured_has_a_plan_of_nothing():
    empty = SourcePlan("x", "gap", ("no address",), Target("x"))
    assert (empty.calls, empty.cold, empty.most_calls, empty.most_bytes) == (0, 0, 0, 0)
    assert (empty.seconds, empty.window, empty.gap, empty.windows) == (0.0, 0.0, 0.0, 1)
    assert empty.host_digest == ""


def test_a_host_is_told_by_the_first_half_of_its_digest():
    """`printf db:5432,x:1 | sha256sum`: its first sixteen digits."""
    named = SourcePlan("x", "ready", (), Target("x"), hosts=(("db", 5432), ("x", 1)))
    assert named.host_digest == hashlib.sha256(b"db:5432,x:1").hexdigest()[:16] == "9561de76f77c02ce"


def test_presets_are_those_that_the_page_on_sources_states():
    """docs/sources.md: `quick`: 100 calls, p50 and p95; `standard`: 1 000 calls, p99 of one window; `soak`: 4 windows of 750 an hour apart."""
    found = [find_preset(name) for name in ("quick", "standard", "soak")]
    held = {preset.name: (preset.calls, preset.windows, preset.gap, preset.shares[-1]) for preset in found}
    assert held == {
        "quick": (100, 1, 0.0, "p95"), "standard": (1000, 1, 0.0, "p99"), "soak": (750, 4, 3600.0, "p99"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "claim"),
    [
        (3600.0, "4 windows 1 h apart"),
        (3540.0, "4 windows 59 min apart, too close to speak for the source's long run"),
        (60.0, "4 windows 1 min apart, too close to speak for the source's long run"),
        (7200.0, "4 windows 2 h apart"),
    ],
)
def test_windows_closer_than_an_hour_claim_less(gap, claim):
    found = find_preset("soak", gap=gap)
    assert (found.claim, found.gap, found.calls) == (claim, gap, 750)


def test_a_preset_of_one_window_has_no_gap_and_one_that_is_not_there_is_told():
    assert find_preset("standard").claim == "this one window, not the source's long run"
    for name in ("quick", "standard"):
        with pytest.raises(UsageError, match=f"the preset {name} has one window, so there is no gap"):
            find_preset(name, gap=60.0)
    with pytest.raises(UsageError, match="unknown preset 'long'"):
        find_preset("long")


HOUR, SECONDS_OF_A_CENTURY = 3600.0, 100 * 365.25 * 86400


def test_what_a_source_cannot_show_is_out_of_range():
    """A share is at most one, a call at most an hour; the rest ends far beyond any machine: ten terabytes a second, three centuries."""
    most = {
        spec.name.removeprefix("sources[]."): spec.high
        for spec in source_facts()
        if spec.kind is Kind.QUANTITY
    }
    assert most == {
        "samples": 1e9, "error_rate": 1.0, "cold_p50": HOUR, "connect_time": HOUR, "throughput": 1e13, "rows_rate": 1e12,
        "parallel_throughput": 1e13, "renewal_gap": 1e10, "arrival_rate": 1e12, "measured_age": 1e10, "time_to_first_token": HOUR,
        "time_per_output_token": HOUR, "output_tokens_rate": 1e6, "replica_lag": 1e9,
    }  # fmt: skip
    assert most["measured_age"] == most["renewal_gap"] > 3 * SECONDS_OF_A_CENTURY
    assert all(spec.low in (None, 0.0) for spec in source_facts())
