"""Values that were observed in place of stated ones -> which answers differ by that, said at the finding of the difference."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.app.assess.reading.case import Case
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import Finding, State

_MOST = 6
"""Differences that the pilot is judged again for; each takes a tenth of a second."""
_MOST_NAMED = 5


def tell_changes(case: Case, tree: FactTree, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings; one about an observed value says which rules would come out otherwise by the stated one."""
    observed = [one for one in tree.contradictions if _was_observed(one, tree)][:_MOST]
    if not observed:
        return findings
    now = _states(findings)
    told = {one.fact: _words(now, _states(_by_stated(case, one))) for one in observed}
    return tuple(
        replace(finding, message=f"{finding.message} {told[finding.subject]}")
        if finding.rule.startswith("X01") and finding.subject in told
        else finding
        for finding in findings
    )


def _was_observed(one: Contradiction, tree: FactTree) -> bool:
    fact = tree.get(one.fact)
    return one.stronger_provenance is Provenance.MEASURED and fact.provenance is Provenance.MEASURED


def _by_stated(case: Case, one: Contradiction) -> tuple[Finding, ...]:
    from poc_gate.flow.derive_facts import derive_facts
    from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules

    facts = dict(case.tree.facts)
    facts[one.fact] = Fact(one.fact, one.weaker, one.weaker_provenance, one.weaker_place)
    others = tuple(clash for clash in case.tree.contradictions if clash.fact != one.fact)
    tree = derive_facts(FactTree(facts, case.tree.items, case.tree.item_places, others, case.tree.catalogue))
    return evaluate_rules(
        case.packs, tree, stage=case.stage, today=case.today, evidence=case.evidence,
        not_applicable=case.reading.not_applicable, in_full=False,
    )  # fmt: skip


def _states(findings: tuple[Finding, ...]) -> dict[tuple[str, str], State]:
    return {(one.rule, one.subject): one.state for one in findings if one.pack}


def _words(now: dict[tuple[str, str], State], stated: dict[tuple[str, str], State]) -> str:
    changed = [
        (key[0], now[key], stated[key])
        for key in sorted(now)
        if key in stated and stated[key] is not now[key]
    ]
    if not changed:
        return "No answer changes by it."
    shown = [
        f"{rule.partition('-')[0]} is {is_.value} and would be {was.value}"
        for rule, is_, was in changed[:_MOST_NAMED]
    ]
    more = f", and {len(changed) - _MOST_NAMED} more answers differ" if len(changed) > _MOST_NAMED else ""
    return f"By the stated value: {'; '.join(shown)}{more}."
