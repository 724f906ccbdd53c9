"""Several sources measured together: what each report says, what was really sent, how far the whole is, what is scrubbed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from measuring import configured

from poc_gate.inputs.connect import measure_sources as measured
from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import Bulk, Call, Connector, Intent, Limits, Server, Target
from poc_gate.inputs.connect.load.open_loop import Record, Run
from poc_gate.inputs.connect.local_config import Binding
from poc_gate.inputs.connect.measure_sources import RunOptions, measure_sources
from poc_gate.inputs.connect.results.sources_file import read_sources_file, write_sources
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.run.source_plan import GAP, READY, REFUSED, SourcePlan
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary, summarise

PRESET = Preset("small", 80, 1, 0.0, ("p50",), "a test")
LIMITS = Limits(rate=25.0, connections=3, bytes=10**6, timeout=2.5)


def connector(check: Any = lambda _target: ()) -> Connector:
    return Connector(
        name="own", summary="", systems=("own",), schemes=(), options=(), locks=(), check=check, intend=lambda _: Intent("", 0), open=lambda _: None,
    )  # fmt: skip


def plan_of(name: str, state: str = READY, **given: Any) -> SourcePlan:
    target = Target(name, host="h", limits=LIMITS, options={"model": "tiny"})
    held = {
        "target": target, "connector": connector(), "intent": Intent(f"call of {name}", 9), "environment": "test", "calls": 40, "cold": 20,
        "windows": 2, "hosts": (("h", 7),), "reasons": (),
    }  # fmt: skip
    return SourcePlan(name, state, **{**held, **given})


def summary_of(*, failed: int = 0, stopped: str = "") -> LatencySummary:
    """Return what 50 calls of a millisecond showed, the first twenty cold, a hundred bytes each."""
    records = tuple(
        Record(
            at,
            at * 0.1,
            0.0,
            at * 0.1,
            at * 0.1 + 0.001,
            "server" if at >= 50 - failed else "",
            Call(bytes=100),
        )
        for at in range(50)
    )
    run = Run(records, 60, stopped, 5.0, 0.25, 5000, ())
    return summarise([run], cold=20, timeout=2.5, shares=PRESET.shares)


def measuring(
    monkeypatch: Any, plans: list[SourcePlan], *shown: Observed, config: Any = None
) -> tuple[Any, Any, list[Any]]:
    """Return the file, whether it was interrupted, and what was told; sources show these in turn."""
    found, told = iter(shown), []

    def run(plan: SourcePlan, pace: Any, *, target: Target, scrubber: Any, tell: Any) -> Iterator[float]:
        tell(plan.id, 0.5)
        told.append((pace.seed, pace.pattern, target.secret))
        return next(found)
        yield 0.0

    monkeypatch.setattr(measured, "run_source", run)
    options = RunOptions(PRESET, config or configured(), seed=3, now="2026-11-23T10:00:00+00:00")
    declared = [Declaration(plan.id, "own") for plan in plans]
    file, interrupted = measure_sources(
        plans, declared, options, tell=lambda what, share: told.append((what, share))
    )
    return file, interrupted, told


def test_a_file_says_how_it_was_measured_and_how_far_the_whole_is(monkeypatch):
    plans = [plan_of("a"), plan_of("b"), plan_of("c"), plan_of("d")]
    file, interrupted, told = measuring(monkeypatch, plans, *[Observed(latency=summary_of())] * 4)
    assert (file.measured_at, file.preset, file.claim, file.seed, file.pattern) == (
        "2026-11-23T10:00:00+00:00", "small", "a test", 3, "poisson",
    )  # fmt: skip
    assert [report.id for report in file.sources] == ["a", "b", "c", "d"]
    assert interrupted is False
    assert told[::2] == [("a", 0.125), ("b", 0.375), ("c", 0.625), ("d", 0.875)]
    assert set(told[1::2]) == {(3, "poisson", None)}
    assert RunOptions(PRESET, configured()).seed == 0


def test_what_was_really_sent_is_counted(monkeypatch):
    shown = Observed(
        latency=summary_of(failed=2),
        bulk=Bulk(1000, 1, 1.0, "m"),
        parallel=Bulk(300, 1, 1.0, "m"),
        server=Server("v", None, {"k": "n"}),
    )
    (report,) = measuring(monkeypatch, [plan_of("a")], shown)[0].sources
    assert report.sent == {
        "calls": "50", "calls asked for": "120", "rate": "10.000 /s", "rate asked for": "25 /s", "connections": "3", "bytes read": "6300",
        "timeout": "2.5 s", "client's processor share": "0.0500 of a core", "errors: server": "2",
    }  # fmt: skip
    assert (report.state, report.reason, report.connector, report.environment) == (
        "measured",
        "",
        "own",
        "test",
    )
    assert (report.call, report.model, report.server) == ("call of a", "tiny", {"k": "n"})
    assert report.host == plan_of("a").host_digest
    assert report.curve is not None


@pytest.mark.parametrize(
    ("shown", "state", "reason", "sent"),
    [
        (
            Observed(failure="gone", connects=(0.1, 0.2)),
            "not-measured",
            "gone",
            {"connections opened one after the other": "2"},
        ),
        (
            Observed(reasons={"latency": "no query"}),
            "measured",
            "no query",
            {"connections opened one after the other": "0"},
        ),
        (Observed(), "measured", "", {"connections opened one after the other": "0"}),
    ],
)
def test_a_source_without_latency_says_why(monkeypatch, shown, state, reason, sent):
    (report,) = measuring(monkeypatch, [plan_of("a")], shown)[0].sources
    assert (report.state, report.reason, report.sent, report.curve) == (state, reason, sent, None)


def test_a_source_that_an_abort_rule_ended_is_stopped(monkeypatch):
    (report,) = measuring(
        monkeypatch, [plan_of("a")], Observed(latency=summary_of(stopped="3 calls in a row failed"))
    )[0].sources
    assert (report.state, report.reason) == ("stopped", "3 calls in a row failed")
    shown = Observed(
        failure="lost", latency=summary_of(stopped="3 calls in a row failed"), messages=("first error",)
    )
    (report,) = measuring(monkeypatch, [plan_of("a")], shown)[0].sources
    assert (report.state, report.reason, report.notes[-1]) == ("not-measured", "lost", "first error")


def test_a_source_that_is_not_ready_is_in_the_file_with_its_reasons(monkeypatch):
    plans = [
        plan_of("a", GAP, reasons=("no driver", "no query")),
        plan_of("b", REFUSED, reasons=("unsafe",), connector=None, intent=None),
    ]
    file, interrupted, told = measuring(monkeypatch, plans)
    first, second = file.sources
    assert (first.state, first.reason, first.connector, first.call) == (
        "gap",
        "no driver; no query",
        "own",
        "call of a",
    )
    assert (second.state, second.reason, second.connector, second.call) == ("refused", "unsafe", "", "")
    assert {one.reason for one in first.measurements} == {"no driver; no query"}
    assert (interrupted, told) == (False, [])


def test_an_interrupt_leaves_the_rest_unmeasured_with_its_reason(monkeypatch):
    plans = [plan_of("a"), plan_of("b"), plan_of("c", GAP, reasons=("no driver",))]
    file, interrupted, told = measuring(monkeypatch, plans, Observed(latency=summary_of(), interrupted=True))
    assert interrupted is True
    assert [report.state for report in file.sources] == ["measured", "not-measured", "gap"]
    assert file.sources[1].reason == "interrupted before its turn"
    assert {one.reason for one in file.sources[1].measurements} == {"interrupted before its turn"}
    assert file.sources[2].reason == "no driver"
    assert len(told) == 2


def test_the_last_source_alone_may_be_the_one_that_was_interrupted(monkeypatch):
    shown = Observed(latency=summary_of()), Observed(latency=summary_of(), interrupted=True)
    assert measuring(monkeypatch, [plan_of("a"), plan_of("b")], *shown)[1] is True


def test_an_interrupt_outside_a_measurement_counts_too(monkeypatch):
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(measured, "_with_secret", interrupted)
    file, ended, told = measuring(monkeypatch, [plan_of("a"), plan_of("b")])
    assert ([report.reason for report in file.sources], ended, told) == (
        ["interrupted before its turn"] * 2,
        True,
        [],
    )


def bound(*hosts: str) -> Any:
    return configured(bindings=(Binding("env:POC_OWN", hosts, "me"),))


def test_a_credential_goes_along_only_where_every_host_is_bound_to_it(monkeypatch):
    monkeypatch.setenv("POC_OWN", "canary-own-7QJX2")
    plan = plan_of("a", credential="env:POC_OWN", hosts=(("h", 7), ("g", 8)))
    file, _, told = measuring(
        monkeypatch, [plan], Observed(failure="it said canary-own-7QJX2"), config=bound("h", "g")
    )
    assert told[1][2].text == "canary-own-7QJX2"
    assert "canary" not in file.sources[0].reason
    assert file.sources[0].reason.startswith("it said ")
    file, interrupted, told = measuring(monkeypatch, [plan], config=bound("h"))
    assert interrupted is False
    assert file.sources[0].state == "refused"
    assert told == []
    assert {one.reason for one in file.sources[0].measurements} == {file.sources[0].reason}
    plain = plan_of("a", credential="")
    assert measuring(monkeypatch, [plain], Observed(), config=bound("h"))[2][1][2] is None


def test_a_connector_may_refuse_to_send_the_credential(monkeypatch):
    monkeypatch.setenv("POC_OWN", "canary-own-7QJX2")
    asked = []

    def check(target: Target) -> tuple[str, ...]:
        asked.append(target.secret)
        return ("not in clear", "not there")

    plan = plan_of("a", credential="env:POC_OWN", connector=connector(check))
    (report,) = measuring(monkeypatch, [plan], config=bound("h"))[0].sources
    assert (report.state, report.reason) == ("refused", "not in clear; not there")
    assert asked[0].text == "canary-own-7QJX2"
    plain = plan_of("a", connector=connector(check))
    assert measuring(monkeypatch, [plain], Observed())[0].sources[0].state == "measured"
    assert len(asked) == 1


def test_every_text_of_the_file_is_scrubbed_once_more(monkeypatch):
    monkeypatch.setenv("POC_OWN", "canary-own-7QJX2")
    word = "canary-own-7QJX2"
    shown = Observed(latency=summary_of(), server=Server("", None, {word: f"a {word}"}), messages=(word,))
    plan = plan_of("a", credential="env:POC_OWN")
    (report,) = measuring(monkeypatch, [plan], shown, config=bound("h"))[0].sources
    assert word not in repr(report)
    assert report.server == {"[secret]": "a [secret]"}
    assert report.notes[-1] == "[secret]"


@pytest.mark.parametrize("word", ["measured", "pass", "small"])
def test_a_password_that_is_a_word_of_the_file_leaves_it_readable(monkeypatch, word):
    """A password such as the name of the source or of its state is guessed by anybody; the file must still be read."""
    monkeypatch.setenv("POC_OWN", word)
    plan = plan_of(word, credential="env:POC_OWN")
    shown = Observed(latency=summary_of(), messages=(f"it said {word}",))
    file, *_ = measuring(monkeypatch, [plan], shown, config=bound("h"))
    (report,) = read_sources_file(write_sources(file), "f", known=(word,)).sources
    assert (report.id, report.state, report.notes[-1]) == (word, "measured", "it said [secret]")
