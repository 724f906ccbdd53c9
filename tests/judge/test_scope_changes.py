"""What leaves the scope between base and now is shown, and improves nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_findings import BLANK, finding_sets

from poc_gate.judge.verdict.compare_results import find_weakenings
from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.scope_changes import with_left_scope
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Result, Word

RANK = {Word.NO_GO: 0, Word.INSUFFICIENT: 1, Word.CONDITIONAL: 2, Word.GO: 3}
PACK = PackUse("p", "0.1.0", "aa", 1, applied=True)
AGENT = PackUse("agent", "0.1.0", "bb", 1, applied=True)


def result(*findings: Finding, facts: tuple[Fact, ...] = (), packs: tuple[PackUse, ...] = (PACK,)) -> Result:
    verdict = decide(findings, stage=Stage.PRODUCTION)
    return Result(
        "0.1.0",
        "2026-11-22",
        "p",
        "production",
        "pilot.yaml",
        "aa",
        verdict,
        "",
        "",
        findings,
        facts,
        packs,
        None,
    )


def source(name: str) -> Fact:
    return Fact(f"sources[{name}].p99", Quantity(1.0, "s"))


def told(base: Result, now: Result) -> list[str]:
    return [finding.message for finding in find_weakenings(base, now)]


def test_a_source_that_is_left_out_is_shown_and_goes_on_failing() -> None:
    bad = replace(
        BLANK,
        rule="Z02-each",
        subject="sources[b]",
        state=State.FAIL,
        severity=Severity.BLOCKER,
        held=EvidenceClass.MEASURED,
    )
    good = replace(bad, subject="sources[a]", state=State.PASS)
    base = result(good, bad, facts=(source("a"), source("b")))
    now = result(good, facts=(source("a"),))
    assert (base.verdict.word, now.verdict.word) == (Word.NO_GO, Word.GO)
    held = with_left_scope(base, now)
    assert held.verdict.word is Word.NO_GO
    assert "counts as it did then" in held.findings[-1].message
    assert told(base, now) == [
        "sources[b] left the scope of the pilot; what was found on it counts as at the base."
    ]
    assert with_left_scope(base, base) is base


def test_a_technique_that_is_no_longer_stated_takes_no_pack_with_it() -> None:
    loop = replace(BLANK, rule="Z03-loop", pack="agent", state=State.FAIL, severity=Severity.HIGH)
    uses = Fact("pilot.uses", ("llm", "agent"))
    base = result(BLANK, loop, facts=(uses,), packs=(PACK, AGENT))
    now = result(BLANK, facts=(Fact("pilot.uses", ("llm",)),), packs=(PACK, replace(AGENT, applied=False)))
    assert with_left_scope(base, now).verdict.word is Word.NO_GO
    assert any("no longer states that it uses agent" in line for line in told(base, now))
    law = result(BLANK, facts=(uses,), packs=(PACK, replace(AGENT, applied=False)))
    assert with_left_scope(base, law) is law, "a pack that fell for another reason is told by the packs alone"


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("irreversible", "none", True),
        ("none", "irreversible", False),
        (None, "none", False),
        ("irreversible", None, False),
    ],
)
def test_a_milder_exposure_is_shown_and_an_answer_is_none(
    was: str | None, now: str | None, *, shown: bool
) -> None:
    before, after = (result(BLANK, facts=(Fact("exposure.act", value),)) for value in (was, now))
    assert told(before, after) == (["exposure.act fell from irreversible to none."] if shown else [])


def test_a_severity_that_an_answer_on_exposure_lowers_is_no_weaker_gate() -> None:
    grave = replace(BLANK, severity=Severity.BLOCKER, exposed_by=("act unknown",), exposure_unknown=("act",))
    assert told(result(grave), result(BLANK)) == []
    assert told(result(replace(BLANK, severity=Severity.BLOCKER)), result(BLANK)) != []


@settings(max_examples=200)
@given(finding_sets() | finding_sets(mostly_pass=True), st.sampled_from("abc"))
def test_leaving_an_item_out_never_improves_word_coverage_or_a_low(
    findings: list[Finding], item: str
) -> None:
    """Random findings on items a, b and c; one of them is no longer stated."""
    named = [replace(f, subject=f"sources[{f.subject}]") if f.subject else f for f in findings]
    left = [f for f in named if f.subject != f"sources[{item}]"]
    base = result(*named, facts=tuple(map(source, "abc")))
    now = result(*left, facts=tuple(source(one) for one in "abc" if one != item))
    held = with_left_scope(base, now).verdict
    assert RANK[held.word] <= RANK[base.verdict.word]
    assert (held.coverage or 0) <= (base.verdict.coverage or 0) + 1e-12
    assert (held.confidence or 0) <= (base.verdict.confidence or 0) + 1e-12
    for after, before in zip(held.dimensions, base.verdict.dimensions, strict=True):
        assert (after.low or 0) <= (before.low or 0) + 1e-9


def test_a_result_that_is_read_no_more_is_shown_and_a_typed_one_is_none() -> None:
    read = Fact("scan.findings_critical", Quantity(2.0, "1"), Provenance.MEASURED)
    base, now = result(BLANK, facts=(read, source("a"))), result(BLANK, facts=(source("a"),))
    assert told(base, now) == ["What the base rested on is no longer read: a scan for known vulnerabilities."]
    assert told(now, base) == []
    typed = replace(read, name="load_test.rate", provenance=Provenance.DECLARED)
    assert told(result(BLANK, facts=(typed,)), result(BLANK)) == []


def exposed(**facets: str) -> Result:
    return result(facts=tuple(Fact(f"exposure.{facet}", value) for facet, value in facets.items()))


def test_a_milder_exposure_is_told_wherever_it_stands_among_the_facets() -> None:
    base = exposed(act="reversible", audience="public", reliance="sampled")
    assert told(base, exposed(act="reversible", audience="public", reliance="sampled")) == []
    (said,) = told(base, exposed(audience="employees", reliance="sampled"))
    assert "employees" in said
    assert told(base, exposed(act="irreversible", audience="public", reliance="unreviewed")) == []


def test_words_that_are_alike_keep_the_reasons_of_now() -> None:
    """What left the scope counts in the numbers; whose word it is says why."""
    failed = replace(
        BLANK,
        rule="Z02-each",
        subject="sources[b]",
        state=State.FAIL,
        severity=Severity.HIGH,
        held=EvidenceClass.DECLARED,
    )
    kept = replace(failed, subject="sources[a]")
    base = result(failed, kept, facts=(source("a"), source("b")))
    now = result(kept, facts=(source("a"),))
    now = replace(now, verdict=replace(now.verdict, reasons=("of now",)))
    held = with_left_scope(base, now)
    assert (held.verdict.word, held.verdict.reasons) == (now.verdict.word, ("of now",))
    for state in (State.NOT_APPLICABLE, State.FAIL):
        unscored = replace(failed, state=state, dimension="" if state is State.FAIL else failed.dimension)
        assert with_left_scope(result(unscored, kept, facts=(source("a"), source("b"))), now) is now
