"""One rule and one subject -> its finding."""

from __future__ import annotations

from msgspec import structs

from poc_gate.judge.evaluate.checking.breakpoints import breakpoints
from poc_gate.judge.evaluate.checking.check_evidence import EvidenceCheck, check_evidence
from poc_gate.judge.evaluate.checking.check_expectation import Outcome, check
from poc_gate.judge.evaluate.checking.falls_short import falls_short
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered, gather
from poc_gate.judge.evaluate.checking.held_class import assumed_behind, contested, held_class
from poc_gate.judge.evaluate.checking.preconditions import disputed_facts, precondition, settle_lines
from poc_gate.judge.evaluate.checking.seen import seen_asks, seen_broken, seen_class, seen_names
from poc_gate.judge.evaluate.checking.typed_denial import typed_denial
from poc_gate.judge.evaluate.checking.vacuous import empty_lists
from poc_gate.judge.evaluate.telling.find_missing import (
    deciding_place,
    missing_place,
    missing_roots,
    resolve_lines,
)
from poc_gate.judge.evaluate.telling.make_finding import Told, finding_of
from poc_gate.judge.evaluate.telling.missing_limit import may_lack_limit
from poc_gate.judge.evaluate.telling.reasons import Reasons
from poc_gate.judge.evaluate.telling.shown_limits import (
    deciding_names,
    in_range,
    quantity,
    set_by,
    stronger,
    to_prove,
    wide,
)
from poc_gate.judge.expression.values import Failure, Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Place
from poc_gate.model.finding import UNDECIDED, Finding, State
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.rule import CLASS_RANK, EvidenceClass


def judge_subject(compiled: CompiledRule, context: Context, item: str) -> Finding:
    """Return the finding of one rule for one item, or for the pilot when `item` is empty."""
    return _Subject(compiled, context, item).judge()


_SHOWN_BY = (
    "or name a contract that says so of every field",
    "or let a named role set the rule aside under `not_applicable:`",
)


_NOTHING = Told()
_PASS, _FAIL, _UNKNOWN = State.PASS, State.FAIL, State.UNKNOWN
"""Looked up once: before Python 3.12 naming a member of an enumeration costs as much as a call."""


class _Subject:
    """One rule and one subject on their way to a finding."""

    def __init__(self, compiled: CompiledRule, context: Context, item: str) -> None:
        self.compiled = compiled
        self.context = context
        self.item = item
        self.gathered = gather(compiled, context, item)
        self.subject = f"{compiled.rule.for_each}[{item}]" if item else ""
        self.files: tuple[str, ...] = ()

    def finding(self, state: State, reason: Reason | None, told: Told = _NOTHING) -> Finding:
        if self.files or self.gathered.inputs:
            told = structs.replace(told, evidence_files=self.files, inputs=self.gathered.inputs)
        return finding_of(self.compiled, self.context, self.item, state, reason, told)

    def reasons(self) -> Reasons:
        return Reasons(self.compiled, self.gathered, self.context)

    def judge(self) -> Finding:
        compiled, context = self.compiled, self.context
        applies: object = True
        if compiled.when is not None:
            applies = precondition(compiled.when, self.gathered.values, self.gathered.facts, context)
        if applies is not True:
            return self.not_known_to_apply(applies)
        self.files = tuple(file.file for file in context.evidence.get(compiled.rule.id, ()))
        broken = seen_broken(compiled, self.gathered, context) if compiled.seen else None
        if broken is not None:
            return self.seen(broken)
        empty = empty_lists(compiled, self.gathered, context)
        if empty:
            return self.finding(State.NOT_APPLICABLE, Reason(ReasonKind.EMPTY_LIST, names=tuple(empty)))
        files = context.evidence.get(compiled.rule.id, ())
        low = context.fact("exposure.level").value == "low"
        return self.asserted(
            check_evidence(
                compiled, files, self.gathered.values, context.today, self.item, claims_suffice=low
            )
        )

    def not_known_to_apply(self, applies: object) -> Finding:
        """Return the finding of a rule whose precondition is false, unknown, disputed or cannot be computed."""
        if applies is False:
            return self.lifted()
        if isinstance(applies, Unknown) and applies.names <= disputed_facts(self.context):
            names = tuple(sorted(applies.names))
            told = Told(unknown=names, resolve=settle_lines(names))
            return self.finding(State.UNKNOWN, Reason(ReasonKind.DISPUTED, names=names), told)
        if isinstance(applies, Unknown):
            return self.undecided(Outcome(State.UNKNOWN, names=applies.names), ())
        assert isinstance(applies, Failure)
        return self.undecided(Outcome(State.ERROR, reason=applies.reason), ())

    def seen(self, broken: Outcome) -> Finding:
        """Return the failure that observations of the running pilot prove, whatever was stated or shown beside them."""
        names = seen_names(self.compiled, broken)
        held = seen_class(names, self.gathered, self.context)
        if not self.context.in_full:
            return self.finding(State.FAIL, None, Told(held=held))
        place = deciding_place(self.gathered, names, self.compiled.rule.levers, self.context)
        told = Told(held=held, place=place)
        return self.finding(State.FAIL, self.reasons().seen(broken), told)

    def lifted(self) -> Finding:
        """Return that the rule does not apply, or the unknown finding of a blocker that only its author denies."""
        typed, notes = typed_denial(self.compiled, self.gathered, self.context, self.item)
        if not typed:
            return self.finding(
                State.NOT_APPLICABLE, self.reasons().set_aside() if self.context.in_full else None
            )
        rule = self.compiled.rule
        self.files = tuple(file.file for file in self.context.evidence.get(rule.id, ()))
        shown = " ".join(rule.set_aside.split())
        line = f"show it by a signed record: under `evidence:` `- {{rule: {rule.id}, file: ...}}`, with `{shown}`"
        terms = self.reasons().set_aside().terms if self.context.in_full else ()
        told = Told(
            place=missing_place(typed, self.subject, self.context),
            unknown=("evidence",),
            resolve=(line, *_SHOWN_BY),
            evidence_notes=notes,
        )
        return self.finding(State.UNKNOWN, Reason(ReasonKind.ONLY_TYPED, terms=terms, names=typed), told)

    def asserted(self, evidence: EvidenceCheck) -> Finding:
        if evidence.error:
            told = Told(evidence_notes=evidence.notes)
            return self.finding(State.ERROR, Reason(ReasonKind.IMPOSSIBLE, notes=(evidence.error,)), told)
        if self.compiled.rule.expect.operator == "evidence":
            return self.by_evidence(evidence)
        outcome = check(self.compiled, self.gathered, self.context.today)
        asked = seen_asks(self.compiled, self.gathered, self.context) if self.compiled.seen else frozenset()
        if asked and outcome.state is not State.FAIL:
            outcome = Outcome(State.UNKNOWN, names=outcome.names | asked)
        short = False
        if outcome.state is _FAIL and self.compiled.short is not None:
            outcome, short = falls_short(self.compiled.short, self.gathered, outcome, self.context.today)
        if outcome.state in UNDECIDED:
            return self.undecided(outcome, evidence.notes)
        if outcome.state is _PASS and evidence.held is None:
            assumed = assumed_behind(self.compiled, self.gathered, self.context)
            if assumed:
                return self.held_open(outcome, assumed, evidence.notes)
        return self.decided(outcome, evidence, short=short)

    def held_open(self, outcome: Outcome, assumed: tuple[str, ...], notes: tuple[str, ...]) -> Finding:
        """Return the unknown finding of an assertion that only holds with values nobody has stated."""
        context = self.context
        if not context.in_full:
            return self.finding(State.UNKNOWN, None, Told(margin=outcome.margin))
        reasons = self.reasons()
        told = Told(
            place=missing_place(assumed, self.subject, context),
            unknown=assumed,
            resolve=resolve_lines(assumed, context),
            formula=reasons.formula(),
            value=quantity(outcome.value, self.compiled),
            limit=quantity(outcome.limit, self.compiled),
            margin=outcome.margin,
            evidence_notes=notes,
        )
        return self.finding(State.UNKNOWN, reasons.assumed(assumed), told)

    def undecided(self, outcome: Outcome, notes: tuple[str, ...]) -> Finding:
        gathered, context = self.gathered, self.context
        if not context.in_full and (outcome.straddles or not may_lack_limit(self.compiled.rule)):
            return self.finding(outcome.state, None)
        named = {fact.name for name in outcome.names for fact in gathered.facts.get(name, ())}
        names = named | {name for name in outcome.names if name not in gathered.facts}
        roots = missing_roots([name for name in names if _is_missing(name, gathered, context)], context)
        if not context.in_full:
            return self.finding(outcome.state, None, Told(unknown=roots))
        reasons = self.reasons()
        place, lacking = missing_place(roots, self.subject, context), roots
        if outcome.straddles:
            roots = wide(self.compiled, gathered)
            lacking = tuple(name for name in roots if not context.tree.get(name).derived)
            place = _stated_behind(roots, context) or missing_place(roots, self.subject, context)
        told = Told(
            place=place if place.line else None,
            unknown=() if outcome.straddles else roots,
            resolve=resolve_lines(lacking, context),
            formula=reasons.formula(),
            value=quantity(outcome.value, self.compiled),
            limit=quantity(outcome.limit, self.compiled),
            evidence_notes=notes,
        )
        return self.finding(outcome.state, reasons.unknown(outcome, roots), told)

    def by_evidence(self, evidence: EvidenceCheck) -> Finding:
        """Return the finding of a rule that files alone decide."""
        rule = self.compiled.rule
        if not evidence.given:
            line = f"add under `evidence:` in the manifest `- {{rule: {rule.id}, file: ...}}`"
            told = Told(resolve=(line,), unknown=("evidence",), evidence_notes=evidence.notes)
            return self.finding(State.UNKNOWN, Reason(ReasonKind.NO_FILE), told)
        if evidence.held is None:
            reason = Reason(ReasonKind.NOT_SHOWN, notes=evidence.notes)
            told = Told(held=EvidenceClass.DECLARED, evidence_notes=evidence.notes)
            return self.finding(State.FAIL, reason, told)
        resolve = (evidence.resolve,) if evidence.resolve else ()
        told = Told(held=evidence.held, resolve=resolve, evidence_notes=evidence.notes)
        return self.finding(State.PASS, Reason(ReasonKind.HOLDS), told)

    def decided(self, outcome: Outcome, evidence: EvidenceCheck, *, short: bool) -> Finding:
        compiled, gathered, context = self.compiled, self.gathered, self.context
        held, notes = held_class(compiled, gathered, context), evidence.notes
        disputed = contested(compiled, gathered, context) if evidence.held is not None else ()
        if not disputed:
            held = stronger(held, evidence.held)
        else:
            notes = (*notes, f"no file proves it while statements about {', '.join(disputed)} disagree")
        if not context.in_full:
            return self.finding(outcome.state, None, Told(held=held, margin=outcome.margin, short=short))
        reasons = self.reasons()
        place = deciding_place(gathered, deciding_names(compiled, outcome), compiled.rule.levers, context)
        unproven = outcome.state is State.PASS and (
            held is None or CLASS_RANK[held] < CLASS_RANK[compiled.rule.requires]
        )
        told = Told(
            held=held,
            place=place or missing_place(compiled.rule.given.values(), self.subject, context),
            value=quantity(outcome.value, compiled),
            limit=quantity(outcome.limit, compiled),
            limit_set_by=set_by(compiled),
            margin=outcome.margin,
            breakpoints=in_range(breakpoints(compiled, gathered, outcome, today=context.today), context),
            formula=reasons.formula(),
            resolve=()
            if not unproven
            else settle_lines(disputed) or (evidence.resolve or to_prove(held, compiled),),
            evidence_notes=notes,
            short=short,
        )
        return self.finding(outcome.state, reasons.decided(outcome), told)


def _stated_behind(names: tuple[str, ...], context: Context) -> Place | None:
    """Return where the first value is stated that computed facts rest on: the count of cases of a rate."""
    behind = (context.tree.get(one) for name in names for one in context.tree.get(name).inputs)
    places = (fact.place for fact in behind if fact.place is not None and not fact.place.is_shipped)
    return next((place for place in places if place.line), None)


def _is_missing(name: str, gathered: Gathered, context: Context) -> bool:
    return context.tree.get(name).value is None or name in gathered.untrusted
