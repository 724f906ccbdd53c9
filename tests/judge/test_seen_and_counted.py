"""Findings about what was seen of the running pilot, and places of what was counted in its files."""

from __future__ import annotations

import pytest
from fact_texts import PLACE, TODAY, fact
from rule_texts import pack_of, rule_text

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.evaluate.tell_observed import observed_findings
from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Severity, Stage
from poc_gate.words.judged.findings import worded


def seen(name: str, value: Value, **more: object) -> list[Finding]:
    found = Fact(name, value, Provenance.MEASURED, PLACE, **more)
    return [worded(one) for one in observed_findings(FactTree({name: found}))]


@pytest.mark.parametrize(
    ("name", "value", "rule", "severity", "said"),
    [
        ("undeclared_systems", ("redis", "kafka"), "X10-called-systems-declared", Severity.MEDIUM, "called but in no list of the manifest: redis, kafka"),
        ("unseen_sources", ("db",), "X03-declared-sources-called", Severity.LOW, "declared but not called by any request that was seen: db"),
        ("undeclared_egress", tuple("abcdefgh"), "X05-called-hosts-declared", Severity.HIGH, "called but not among the destinations under `security.egress`: a, b, c, d, e, f, g, h"),
        (
            "undeclared_tools", tuple("abcdefghij"), "X06-called-tools-declared", Severity.MEDIUM,
            "called by an agent but not listed under `agent.tools`: a, b, c, d, e, f, g, h and 2 more",
        ),
        ("undeclared_tools", tuple("abcdefghi"), "X06-called-tools-declared", Severity.MEDIUM, "called by an agent but not listed under `agent.tools`: a, b, c, d, e, f, g, h and 1 more"),
        ("content_share", Quantity(0.0321, "1"), "X07-traces-without-contents", Severity.MEDIUM, "3.2 % of the spans keep text written by people or models"),
        ("content_share", Quantity(0.0996, "1"), "X07-traces-without-contents", Severity.MEDIUM, "10 % of the spans keep text written by people or models"),
        ("content_share", Quantity(0.1, "1"), "X07-traces-without-contents", Severity.MEDIUM, "10 % of the spans keep text written by people or models"),
        ("content_share", Quantity(0.254, "1"), "X07-traces-without-contents", Severity.MEDIUM, "25 % of the spans keep text written by people or models"),
        ("content_share", Quantity(0.0004, "1"), "X07-traces-without-contents", Severity.MEDIUM, "0.04 % of the spans keep text written by people or models"),
    ],
)  # fmt: skip
def test_what_was_seen_and_nobody_wrote_down(
    name: str, value: Value, rule: str, severity: Severity, said: str
) -> None:
    (found,) = seen(f"observed.{name}", value)
    assert (found.rule, found.severity, found.state, found.place, found.subject) == (
        rule,
        severity,
        State.FAIL,
        PLACE,
        f"observed.{name}",
    )
    assert found.message.lower().endswith(f"{said.lower()}.")


def test_a_prediction_that_was_missed_is_told_in_its_own_words() -> None:
    (found,) = seen("flow.calibration.missed", value=True, formula="p95 of 2 s")
    assert (found.rule, found.severity) == ("X08-prediction-holds", Severity.MEDIUM)
    assert found.message.endswith("p95 of 2 s, outside of the interval that was predicted before.")


def test_what_a_rule_says_of_an_observation_is_not_said_again() -> None:
    watched = rule_text(
        "Z09-watched",
        "{that: ok}",
        "{ok: path.retry_jitter, texts: observed.content_share}",
        seen="[{that: texts < 10 %, says: Texts}]",
    )
    facts = (
        fact("path.retry_jitter", value=True),
        fact("observed.content_share", (0.3, "1"), Provenance.MEASURED),
    )
    tree = FactTree({one.name: one for one in facts})
    for in_full, rules in ((True, ["Z09-watched"]), (False, ["Z09-watched", "X07-traces-without-contents"])):
        found = evaluate_rules(pack_of(watched), tree, stage=Stage.PILOT, today=TODAY, in_full=in_full)
        assert [one.rule for one in found] == rules


@pytest.mark.parametrize("value", [(), Quantity(0.0, "1"), Quantity(-1.0, "1"), None, False, "text"])
def test_what_was_not_seen_is_not_told(value: Value | None) -> None:
    assert seen("observed.content_share", value) == []


COUNTED = rule_text("Z09-counted", "{that: layers <= 3}", "{layers: path.retry_layers}")
FIRST = Place("src/app.py", 12, 1)


def told(places: tuple[SeenPlaces, ...], layers: float | None = 4.0) -> Finding:
    facts = {} if layers is None else {"path.retry_layers": fact("path.retry_layers", (layers, "1"))}
    return worded(
        evaluate_rules(pack_of(COUNTED), FactTree(facts), stage=Stage.PILOT, today=TODAY, places=places)[0]
    )


def test_a_count_points_at_what_was_counted() -> None:
    places = SeenPlaces("path.retry_layers", counted=("src/app.py:12", "src/b.py:3"), first=FIRST)
    failed, plain = told((places,)), told(())
    assert failed.place == FIRST
    assert plain.place == PLACE
    assert failed.reason.notes == ("src/app.py:12", "src/b.py:3")
    assert plain.reason.notes == ()
    assert "src/app.py:12" in failed.message
    assert failed.evidence_notes == ()


def test_a_count_without_a_first_place_stays_where_it_is_stated() -> None:
    assert told((SeenPlaces("path.retry_layers", counted=("a:1",)),)).place == PLACE


def test_what_lies_beside_is_named_and_not_counted() -> None:
    beside = SeenPlaces("path.retry_layers", beside=("tests/t.py:4",), why={"tests": 1})
    found = told((beside,))
    assert (found.place, found.reason.notes) == (PLACE, ())
    assert len(found.evidence_notes) == 1
    assert "tests/t.py:4" in found.evidence_notes[0]


def test_places_of_other_facts_and_of_unknown_findings_change_nothing() -> None:
    other = SeenPlaces("path.retry_jitter", counted=("a:1",), first=FIRST)
    assert told((other,)) == told(())
    empty = SeenPlaces("path.retry_layers")
    assert told((empty,)) == told(())
    unknown = told((SeenPlaces("path.retry_layers", counted=("a:1",), first=FIRST),), layers=None)
    assert unknown.state is State.UNKNOWN
    assert unknown.reason.notes == ()
