"""A case -> derived facts, findings and verdict; the one way from facts to an answer."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.assess.reading.case import Case
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import Finding, Waiver
from poc_gate.model.parts.exposure import FACETS, facet_fact
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.rule import Stage
from poc_gate.model.verdict import Verdict, Word

_FOR_OTHERS = frozenset({"sources[].peak_rate", "flow.calibration.missed"})
"""Facts that no rule asks for: for several pilots side by side, and for predictions that were missed."""


class Judged(Struct, frozen=True):
    """What judging one case yields."""

    tree: FactTree
    """With derived facts."""
    findings: tuple[Finding, ...]
    verdict: Verdict
    waivers: tuple[Waiver, ...]
    packs: tuple[PackUse, ...]


def judge_case(case: Case, *, in_full: bool = True, derived: FactTree | None = None) -> Judged:
    """Return findings and verdict of a case; pure: the same case gives the same answer.

    Without `in_full` states, classes, titles and the verdict are the same; the findings hold no messages, formulas
    and flip points, which take most of the time. `derived` is the tree of facts where the same case was judged at
    another stage already: no fact moves with it.
    """
    from poc_gate.app.assess.bounds import within_bounds
    from poc_gate.app.assess.changed_by_observation import tell_changes
    from poc_gate.flow.derive_facts import derive_facts
    from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules, pack_uses
    from poc_gate.judge.verdict.apply_waivers import apply_waivers
    from poc_gate.judge.verdict.decide import decide, hold_selection, hold_stage
    from poc_gate.words.judged.findings import worded

    tree = derived if derived is not None else derive_facts(case.tree, wanted=_wanted(case))
    found = evaluate_rules(
        case.packs,
        tree,
        stage=case.stage,
        today=case.today,
        evidence=case.evidence,
        not_applicable=case.reading.not_applicable,
        places=case.places,
        only=case.only,
        in_full=in_full,
    )
    if case.only:
        found = tuple(finding for finding in found if finding.rule in case.only)
    found, waivers = apply_waivers(found, case.waivers, today=case.today)
    findings = tuple(worded(finding, case.reading.currency) for finding in found)
    if in_full:
        findings = tell_changes(case, tree, findings)
    verdict = decide(findings, stage=case.stage)
    if not case.is_stage_stated and verdict.word is Word.NO_GO:
        mildest = replace(case, stage=Stage.PILOT, is_stage_stated=True)
        verdict = hold_stage(verdict, judge_case(mildest, in_full=False, derived=tree).verdict)
    if case.only:
        verdict = hold_selection(verdict, len(case.only), len(case.packs.rules))
    verdict = within_bounds(case, tree, findings, waivers, verdict)
    uses = pack_uses(case.packs, tree, stage=case.stage, today=case.today)
    return Judged(tree, findings, verdict, waivers, uses)


def _wanted(case: Case) -> frozenset[str]:
    """Return the facts that the rules to be judged ask for."""
    rules = case.packs.rules.values()
    asked = {fact for rule in rules if not case.only or rule.id in case.only for fact in rule.given.values()}
    exposure = {facet_fact(facet) for facet in FACETS}
    return frozenset(
        asked | exposure | _FOR_OTHERS | {fact for pack in case.packs.packs for fact in pack.given.values()}
    )
