"""One rule and one subject -> its finding."""

from __future__ import annotations

import dataclasses

from poc_gate.expression.values import Failure, Unknown
from poc_gate.judge.breakpoints import breakpoints, within
from poc_gate.judge.check_evidence import EvidenceCheck, check_evidence
from poc_gate.judge.check_expectation import Outcome, check
from poc_gate.judge.compile_rule import CompiledRule
from poc_gate.judge.find_missing import (
    deciding_place,
    missing_place,
    missing_roots,
    resolve_lines,
    root_place,
)
from poc_gate.judge.fingerprint import fingerprint
from poc_gate.judge.gather_inputs import Context, Gathered, gather
from poc_gate.judge.held_class import held_class
from poc_gate.judge.messages import Wording
from poc_gate.model.finding import Breakpoint, Finding, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import CLASS_RANK, EvidenceClass


def blank_finding(compiled: CompiledRule, context: Context, item: str) -> Finding:
    """Return an unknown finding of a rule that holds what is the same in every outcome."""
    rule = compiled.rule
    subject = f"{rule.for_each}[{item}]" if item else ""
    due = rule.applies_from if rule.applies_from > context.today else ""
    return Finding(
        rule=rule.id, pack=rule.pack, subject=subject, state=State.UNKNOWN,
        severity=rule.severity[context.stage], dimension=rule.dimension, what=rule.what, message="",
        required=rule.requires, held=None, place=root_place(context), operator=rule.expect.operator,
        fix=rule.fix, effort=rule.effort, cost=rule.cost, owner=rule.owner, references=rule.references,
        why=rule.why, due=due, fingerprint=fingerprint(rule.id, subject, rule.pack),
    )  # fmt: skip


def judge_subject(compiled: CompiledRule, context: Context, item: str) -> Finding:
    """Return the finding of one rule for one item, or for the pilot when `item` is empty."""
    gathered = gather(compiled, context, item)
    blank = dataclasses.replace(blank_finding(compiled, context, item), inputs=gathered.inputs)
    if compiled.when is not None:
        applies = compiled.when.evaluate(gathered.values, today=context.today)
        if applies is False:
            message = f"Not applicable: {compiled.rule.when} is false."
            return dataclasses.replace(blank, state=State.NOT_APPLICABLE, message=message)
        if applies is not True:
            names = applies.names if isinstance(applies, Unknown) else frozenset[str]()
            reason = applies.reason if isinstance(applies, Failure) else ""
            state = State.UNKNOWN if isinstance(applies, Unknown) else State.ERROR
            return _undecided(
                blank, compiled, (gathered, context), Outcome(state, names=names, reason=reason)
            )
    evidence = check_evidence(compiled, context.evidence.get(compiled.rule.id, ()), context.today, item)
    files = tuple(file.file for file in context.evidence.get(compiled.rule.id, ()))
    blank = dataclasses.replace(blank, evidence_files=files, evidence_notes=evidence.notes)
    if evidence.error:
        return dataclasses.replace(blank, state=State.ERROR, message=f"{_capital(evidence.error)}.")
    if compiled.rule.expect.operator == "evidence":
        return _by_evidence(blank, compiled, evidence)
    outcome = check(compiled, gathered, context.today)
    if outcome.state in {State.UNKNOWN, State.ERROR}:
        return _undecided(blank, compiled, (gathered, context), outcome)
    return _decided(blank, compiled, (gathered, context), (outcome, evidence))


def _undecided(
    blank: Finding, compiled: CompiledRule, seen: tuple[Gathered, Context], outcome: Outcome
) -> Finding:
    gathered, context = seen
    wording = Wording(compiled, gathered, context)
    facts = [fact.name for name in outcome.names for fact in gathered.facts.get(name, ())]
    names = facts or list(outcome.names)
    roots = missing_roots([name for name in names if _is_missing(name, gathered, context)], context)
    if outcome.straddles:
        roots = _wide(compiled, gathered)
    message = wording.unknown(outcome, roots)
    if outcome.state is State.ERROR:
        message = f"Cannot be computed: {outcome.reason}."
    place = missing_place(roots, blank.subject, context)
    return dataclasses.replace(
        blank,
        state=outcome.state,
        message=_about(blank.subject, context, message),
        place=place if place.line else blank.place,
        unknown=() if outcome.straddles else roots,
        resolve=resolve_lines(roots, context),
        formula=wording.formula(),
        value=_quantity(outcome.value, compiled),
        limit=_quantity(outcome.limit, compiled),
    )


def _is_missing(name: str, gathered: Gathered, context: Context) -> bool:
    return context.tree.get(name).value is None or name in gathered.untrusted


def _wide(compiled: CompiledRule, gathered: Gathered) -> tuple[str, ...]:
    """Return the facts whose interval leaves the answer open: measuring them would decide."""
    held = [fact for name in compiled.used for fact in gathered.facts.get(name, ())]
    return tuple(sorted(fact.name for fact in held if fact.low is not None or fact.high is not None))


def _by_evidence(blank: Finding, compiled: CompiledRule, evidence: EvidenceCheck) -> Finding:
    """Return the finding of a rule that files alone decide."""
    rule = compiled.rule
    line = f"add under `evidence:` in the manifest `- {{rule: {rule.id}, file: ...}}`"
    if not evidence.given:
        message = f"Cannot be told: no file shows it ({rule.what[:1].lower()}{rule.what[1:]})."
        return dataclasses.replace(blank, message=message, resolve=(line,), unknown=("evidence",))
    if evidence.held is None:
        message = f"{'; '.join(map(_capital, evidence.notes))}."
        return dataclasses.replace(blank, state=State.FAIL, message=message, held=EvidenceClass.DECLARED)
    resolve = () if evidence.held is EvidenceClass.ARTIFACT else ("renew the evidence and its date",)
    return dataclasses.replace(
        blank, state=State.PASS, message=f"{rule.what}.", held=evidence.held, resolve=resolve
    )


def _decided(
    blank: Finding,
    compiled: CompiledRule,
    seen: tuple[Gathered, Context],
    came_to: tuple[Outcome, EvidenceCheck],
) -> Finding:
    gathered, context = seen
    outcome, evidence = came_to
    rule = compiled.rule
    wording = Wording(compiled, gathered, context)
    held = _stronger(held_class(compiled, gathered, context), evidence.held)
    place = deciding_place(gathered, _deciding_names(compiled, outcome), context)
    finding = dataclasses.replace(
        blank,
        state=outcome.state,
        message=_about(blank.subject, context, wording.decided(outcome)),
        held=held,
        place=place or missing_place(rule.given.values(), blank.subject, context),
        value=_quantity(outcome.value, compiled),
        limit=_quantity(outcome.limit, compiled),
        limit_set_by=_set_by(compiled),
        margin=outcome.margin,
        breakpoints=_in_range(breakpoints(compiled, gathered, outcome, today=context.today), context),
        formula=wording.formula(),
    )
    if finding.state is State.PASS and not finding.proven:
        return dataclasses.replace(finding, resolve=(_to_prove(finding, compiled),))
    return finding


def _stronger(held: EvidenceClass | None, evidence: EvidenceClass | None) -> EvidenceClass | None:
    known = [found for found in (held, evidence) if found is not None]
    return max(known, key=CLASS_RANK.__getitem__, default=None)


def _deciding_names(compiled: CompiledRule, outcome: Outcome) -> tuple[str, ...]:
    """Return the names of the judged value first, of the failing parts before the others."""
    if compiled.value is not None and compiled.value.names:
        return tuple(compiled.value.names)
    parts = [part for part in compiled.bounds if part.source in outcome.failing] or list(compiled.bounds)
    return tuple(name for part in parts for name in sorted(part.names))


def _to_prove(finding: Finding, compiled: CompiledRule) -> str:
    """Return what would turn a claim into proof."""
    held = finding.held or EvidenceClass.DECLARED
    if finding.required is EvidenceClass.MEASURED:
        return f"it rests on {held} values; measure them on the target machine or the live source"
    if compiled.rule.evidence is None:
        return "import the facts from the team's own files instead of typing them"
    return f"show it: add under `evidence:` in the manifest `- {{rule: {finding.rule}, file: ...}}`"


def _set_by(compiled: CompiledRule) -> str:
    """Return who set the limit in force: the pack that moved it last, else the rule itself."""
    names = set().union(*(part.names for part in compiled.bounds)) if compiled.bounds else set()
    held = [limit for name, limit in compiled.rule.limits.items() if name in names]
    return ", ".join(dict.fromkeys(limit.set_by for limit in held))


def _quantity(value: float | None, compiled: CompiledRule) -> Quantity | None:
    if value is None or compiled.value is None or compiled.value.type.kind != "number":
        return None
    return Quantity(value, compiled.value.type.unit)


def _in_range(points: tuple[Breakpoint, ...], context: Context) -> tuple[Breakpoint, ...]:
    catalogue = context.packs.catalogue
    return tuple(p for p in points if within(p.value.value, p.current.value, catalogue.find(p.fact)))


def _about(subject: str, context: Context, message: str) -> str:
    """Return the sentence with its subject in front and the pilot's currency in its prices."""
    currency = context.tree.get("cost.currency").value
    if isinstance(currency, str):
        message = message.replace(" money", f" {currency}")
    message = _capital(message)
    return f"{subject}: {message}" if subject else message


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
