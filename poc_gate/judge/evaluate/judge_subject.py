"""One rule and one subject -> its finding."""

from __future__ import annotations

from msgspec import Struct, structs

from poc_gate.expression.values import Failure, Unknown
from poc_gate.judge.evaluate.breakpoints import breakpoints, within
from poc_gate.judge.evaluate.check_evidence import EvidenceCheck, check_evidence
from poc_gate.judge.evaluate.check_expectation import Outcome, check
from poc_gate.judge.evaluate.exposed import exposed
from poc_gate.judge.evaluate.find_missing import (
    deciding_place,
    missing_place,
    missing_roots,
    resolve_lines,
)
from poc_gate.judge.evaluate.gather_inputs import Context, Gathered, gather
from poc_gate.judge.evaluate.held_class import assumed_behind, contested, held_class
from poc_gate.judge.evaluate.missing_limit import missing_limit
from poc_gate.judge.evaluate.preconditions import disputed_facts, precondition, settle_lines
from poc_gate.judge.evaluate.reasons import Reasons
from poc_gate.judge.evaluate.seen import seen_asks, seen_broken, seen_class, seen_names
from poc_gate.judge.evaluate.typed_denial import typed_denial
from poc_gate.judge.evaluate.vacuous import empty_lists
from poc_gate.judge.fingerprint import fingerprint
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Place
from poc_gate.model.fact import FactSpec, Role
from poc_gate.model.finding import UNDECIDED, Breakpoint, Finding, Input, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.reason import Reason, ReasonKind
from poc_gate.model.rule import CLASS_RANK, EvidenceClass, Rule


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


def finding_of(
    compiled: CompiledRule, context: Context, item: str, state: State, reason: Reason | None, told: Told
) -> Finding:
    """Return the finding of a rule for one item, or for the pilot when `item` is empty."""
    rule = compiled.rule
    subject = f"{rule.for_each}[{item}]" if item else ""
    exposure = exposed(rule, context)
    title, action = "", rule.do_unknown
    if state is _FAIL:
        title, action = rule.title_fails, rule.do_fails
    elif state is _UNKNOWN or (state is _PASS and not _is_proven(told.held, rule)):
        title = rule.title_unknown
    if state is _UNKNOWN:
        title, action = missing_limit(rule, told.inputs, told.unknown, context) or (title, action)
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
    )  # fmt: skip


def _is_proven(held: EvidenceClass | None, rule: Rule) -> bool:
    return held is not None and CLASS_RANK[held] >= CLASS_RANK[rule.requires]


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
        if outcome.state in UNDECIDED:
            return self.undecided(outcome, evidence.notes)
        if outcome.state is _PASS and evidence.held is None:
            assumed = assumed_behind(self.compiled, self.gathered, self.context)
            if assumed:
                return self.held_open(outcome, assumed, evidence.notes)
        return self.decided(outcome, evidence)

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
            value=_quantity(outcome.value, self.compiled),
            limit=_quantity(outcome.limit, self.compiled),
            margin=outcome.margin,
            evidence_notes=notes,
        )
        return self.finding(State.UNKNOWN, reasons.assumed(assumed), told)

    def undecided(self, outcome: Outcome, notes: tuple[str, ...]) -> Finding:
        gathered, context = self.gathered, self.context
        if not context.in_full:
            return self.finding(outcome.state, None)
        reasons = self.reasons()
        named = {fact.name for name in outcome.names for fact in gathered.facts.get(name, ())}
        names = named | {name for name in outcome.names if name not in gathered.facts}
        roots = missing_roots([name for name in names if _is_missing(name, gathered, context)], context)
        if outcome.straddles:
            roots = _wide(self.compiled, gathered)
        place = missing_place(roots, self.subject, context)
        told = Told(
            place=place if place.line else None,
            unknown=() if outcome.straddles else roots,
            resolve=resolve_lines(roots, context),
            formula=reasons.formula(),
            value=_quantity(outcome.value, self.compiled),
            limit=_quantity(outcome.limit, self.compiled),
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

    def decided(self, outcome: Outcome, evidence: EvidenceCheck) -> Finding:
        compiled, gathered, context = self.compiled, self.gathered, self.context
        held, notes = held_class(compiled, gathered, context), evidence.notes
        disputed = contested(compiled, gathered, context) if evidence.held is not None else ()
        if not disputed:
            held = _stronger(held, evidence.held)
        else:
            notes = (*notes, f"no file proves it while statements about {', '.join(disputed)} disagree")
        if not context.in_full:
            return self.finding(outcome.state, None, Told(held=held, margin=outcome.margin))
        reasons = self.reasons()
        place = deciding_place(gathered, _deciding_names(compiled, outcome), compiled.rule.levers, context)
        unproven = outcome.state is State.PASS and (
            held is None or CLASS_RANK[held] < CLASS_RANK[compiled.rule.requires]
        )
        told = Told(
            held=held,
            place=place or missing_place(compiled.rule.given.values(), self.subject, context),
            value=_quantity(outcome.value, compiled),
            limit=_quantity(outcome.limit, compiled),
            limit_set_by=_set_by(compiled),
            margin=outcome.margin,
            breakpoints=_in_range(breakpoints(compiled, gathered, outcome, today=context.today), context),
            formula=reasons.formula(),
            resolve=()
            if not unproven
            else settle_lines(disputed) or (evidence.resolve or _to_prove(held, compiled),),
            evidence_notes=notes,
        )
        return self.finding(outcome.state, reasons.decided(outcome), told)


def _is_missing(name: str, gathered: Gathered, context: Context) -> bool:
    return context.tree.get(name).value is None or name in gathered.untrusted


def _wide(compiled: CompiledRule, gathered: Gathered) -> tuple[str, ...]:
    """Return the facts whose interval leaves the answer open: measuring them would decide."""
    held = [fact for name in compiled.used for fact in gathered.facts.get(name, ())]
    return tuple(sorted(fact.name for fact in held if fact.low is not None or fact.high is not None))


def _stronger(held: EvidenceClass | None, evidence: EvidenceClass | None) -> EvidenceClass | None:
    known = [found for found in (held, evidence) if found is not None]
    return max(known, key=CLASS_RANK.__getitem__, default=None)


def _deciding_names(compiled: CompiledRule, outcome: Outcome) -> tuple[str, ...]:
    """Return the names of the judged value first, of the failing parts before the others."""
    if compiled.value is not None and compiled.value.names:
        return tuple(compiled.value.names)
    parts = [part for part in compiled.bounds if part.source in outcome.failing] or list(compiled.bounds)
    return tuple(name for part in parts for name in sorted(part.names))


def _to_prove(held: EvidenceClass | None, compiled: CompiledRule) -> str:
    """Return what would turn a claim into proof."""
    rule = compiled.rule
    if rule.requires is EvidenceClass.MEASURED:
        words = held or EvidenceClass.DECLARED
        return f"it rests on {words} values; measure them on the target machine or the live source"
    if rule.evidence is None:
        return "import the facts from the team's own files instead of typing them"
    return f"show it: add under `evidence:` in the manifest `- {{rule: {rule.id}, file: ...}}`"


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
    """Return the points where the facts can lie; what is so before what is wanted, which is not what should give way."""
    catalogue = context.packs.catalogue
    found = [p for p in points if within(p.value.value, p.current.value, catalogue.find(p.fact))]
    marked = (structs.replace(p, settable=_is_settable(catalogue.find(p.fact))) for p in found)
    return tuple(sorted(marked, key=lambda p: (not p.settable, _is_intent(catalogue.find(p.fact)))))


def _is_settable(spec: FactSpec | None) -> bool:
    return spec is not None and spec.origin not in ("flow", "assessment")


def _is_intent(spec: FactSpec | None) -> bool:
    return spec is not None and spec.role is Role.INTENT
