"""The parts of a judgement -> one finding."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.judge.evaluate.checking.exposed import exposed
from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.telling.missing_limit import missing_limit
from poc_gate.judge.finding_fingerprint import fingerprint
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Place
from poc_gate.model.finding import Breakpoint, Finding, Input, State
from poc_gate.model.parts.reason import Reason
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import CLASS_RANK, EvidenceClass, Rule

_PASS, _FAIL, _UNKNOWN = State.PASS, State.FAIL, State.UNKNOWN


class Told(Struct, frozen=True):
    """What a finding says beyond its state and its reason."""

    held: EvidenceClass | None = None
    place: Place | None = None
    """Where to look first; the manifest as a whole where nothing better is known."""
    value: Quantity | None = None
    limit: Quantity | None = None
    limit_set_by: str = ""
    margin: float | None = None
    breakpoints: tuple[Breakpoint, ...] = ()
    formula: str = ""
    unknown: tuple[str, ...] = ()
    resolve: tuple[str, ...] = ()
    evidence_files: tuple[str, ...] = ()
    evidence_notes: tuple[str, ...] = ()
    set_aside_by: str = ""
    inputs: tuple[Input, ...] = ()
    short: bool = False


def finding_of(
    compiled: CompiledRule, context: Context, item: str, state: State, reason: Reason | None, told: Told
) -> Finding:
    """Return the finding of a rule for one item, or for the pilot when `item` is empty."""
    rule = compiled.rule
    subject = f"{rule.for_each}[{item}]" if item else ""
    exposure = exposed(rule, context)
    title, action = "", rule.do_unknown
    if state is _FAIL:
        title, action = _failing(rule, short=told.short), rule.do_fails
    elif state is _UNKNOWN or (state is _PASS and not _is_proven(told.held, rule)):
        title = rule.title_unknown
    if state is _UNKNOWN:
        title, action = missing_limit(rule, told.unknown, context) or (title, action)
    return Finding(
        rule=rule.id, pack=rule.pack, subject=subject, state=state, severity=exposure.severity,
        dimension=rule.dimension, what=rule.what, reason=reason, required=rule.requires, held=told.held,
        place=told.place or context.root, inputs=told.inputs, value=told.value, limit=told.limit,
        operator=rule.expect.operator, limit_set_by=told.limit_set_by, margin=told.margin,
        breakpoints=told.breakpoints, formula=told.formula, fix=rule.fix, effort=rule.effort, cost=rule.cost,
        owner=rule.owner, references=rule.references, why=rule.why, unknown=told.unknown, resolve=told.resolve,
        evidence_files=told.evidence_files, evidence_notes=told.evidence_notes, set_aside_by=told.set_aside_by,
        due=rule.applies_from if rule.applies_from > context.today else "",
        fingerprint=fingerprint(rule.id, subject, rule.pack), exposed_by=exposure.because,
        exposure_unknown=exposure.unknown, cause=rule.cause, title=title, action=action,
        mildest=exposure.mildest, short=told.short,
    )  # fmt: skip


def _failing(rule: Rule, *, short: bool) -> str:
    """Return the title of a failure; what falls short only is so less than the rule's failing title says."""
    if not short:
        return rule.title_fails
    return rule.title_short or (f"{rule.title_fails} (a condition)" if rule.title_fails else "")


def _is_proven(held: EvidenceClass | None, rule: Rule) -> bool:
    return held is not None and CLASS_RANK[held] >= CLASS_RANK[rule.requires]
