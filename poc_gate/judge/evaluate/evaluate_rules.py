"""Facts + rule packs -> findings: one for each rule and subject, in one of six states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from poc_gate.judge.evaluate.checking.exposed import exposed
from poc_gate.judge.evaluate.checking.gather_inputs import Context, gather, plain_value
from poc_gate.judge.evaluate.checking.preconditions import disputed_facts, precondition, settle_lines
from poc_gate.judge.evaluate.judge_subject import judge_subject
from poc_gate.judge.evaluate.tell_contradictions import contradiction_findings
from poc_gate.judge.evaluate.tell_observed import observed_findings
from poc_gate.judge.evaluate.telling.find_missing import missing_roots, resolve_lines, root_place
from poc_gate.judge.evaluate.telling.make_finding import Told, finding_of
from poc_gate.judge.evaluate.telling.reasons import Reasons
from poc_gate.judge.evaluate.telling.tell_places import tell_places
from poc_gate.judge.expression.values import Failure, Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.rule_terms import rule_terms
from poc_gate.model.claim import Evidence
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.pack_use import PackUse
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.model.request import NotApplicableEntry
from poc_gate.model.rule import Pack, Rule, Stage
from poc_gate.text.placeholders import is_missing, is_nobody

MACHINE_RULE = "C03-probe-matches-target"
"""Unless this rule passes, what was measured on the machine counts as declared."""


def evaluate_rules(  # noqa: PLR0913 - everything a verdict rests on is handed in, by name
    packs: PackSet,
    tree: FactTree,
    *,
    stage: Stage,
    today: str,
    evidence: Sequence[Evidence] = (),
    not_applicable: Sequence[NotApplicableEntry] = (),
    places: Sequence[SeenPlaces] = (),
    only: frozenset[str] = frozenset(),
    in_full: bool = True,
) -> tuple[Finding, ...]:
    """Return the findings of all rules of the packs that apply, or of `only` these, in the order of rule and subject.

    A fact that is missing gives unknown, never pass. A rule whose precondition cannot be evaluated is
    unknown, and so is every rule of a pack whose precondition cannot be evaluated. Without `in_full`
    states, classes and margins are the same but messages, formulas and flip points are left out: three
    times as fast, for searches that judge a pilot again and again. `places` are those of counted facts.
    """
    context = Context(
        packs, tree, stage, today, _by_rule(packs, evidence), _set_aside(packs, not_applicable),
        root=root_place(tree),
    )  # fmt: skip
    states = {pack.id: pack_state(pack, context) for pack in packs.packs}
    active = frozenset(pack for pack, state in states.items() if state is not False)
    # A pack that may or may not apply asks its question; it raises nothing in the rules of others.
    sure = frozenset(pack for pack, state in states.items() if state is True)
    trusted = _is_machine_trusted(context, active)
    context = structs.replace(context, machine_trusted=trusted, in_full=in_full)
    found: list[Finding] = []
    for pack in packs.packs:
        state = states[pack.id]
        for rule in pack.rules if state is not False else ():
            if only and rule.id not in only:
                continue
            compiled = packs.compiled(packs.merged(rule, sure, today))
            found += (
                _rule_findings(compiled, context)
                if state is True
                else _pack_open(compiled, pack, context, state)
            )
    found.sort(key=lambda finding: (finding.rule, finding.pack))
    told = (*found, *contradiction_findings(tree), *observed_findings(tree, found))
    return tuple(tell_places(told, places, packs))


def pack_uses(packs: PackSet, tree: FactTree, *, stage: Stage, today: str) -> tuple[PackUse, ...]:
    """Return which pack took part, with its digest, and why the others did not."""
    context = Context(packs, tree, stage, today)
    states = {pack.id: pack_state(pack, context) for pack in packs.packs}
    sure = frozenset(pack for pack, state in states.items() if state is True)
    uses: list[PackUse] = []
    for pack in packs.packs:
        state = states[pack.id]
        note = "" if state is True else f"its precondition is false: {pack.when}"
        if state is not True and state is not False:
            note = f"its precondition cannot be decided: {pack.when}"
        applied = state is not False
        terms = tuple(rule_terms(packs.merged(rule, sure, today)) for rule in pack.rules if applied)
        uses.append(
            PackUse(
                pack.id, pack.version, pack.sha256, len(pack.rules), applied=applied, note=note, terms=terms
            )
        )
    return tuple(uses)


def pack_state(pack: Pack, context: Context) -> object:
    """Return True, False, Unknown or Failure: whether a pack applies to the pilot."""
    condition = context.packs.condition(pack)
    if condition is None:
        return True
    facts = {name: (context.tree.get(fact),) for name, fact in pack.given.items()}
    values = {name: plain_value(held[0]) for name, held in facts.items()}
    return precondition(condition, values, facts, context)


def _by_rule(packs: PackSet, evidence: Sequence[Evidence]) -> Mapping[str, tuple[Evidence, ...]]:
    found: dict[str, tuple[Evidence, ...]] = {}
    for file in evidence:
        rule = packs.find(file.rule)
        if rule is not None:
            found[rule.id] = (*found.get(rule.id, ()), file)
    return found


def _set_aside(packs: PackSet, entries: Sequence[NotApplicableEntry]) -> Mapping[str, NotApplicableEntry]:
    """Return the entries that name a rule, a reason and the role that approved; others have no effect."""
    named = ((packs.find(entry.rule), entry) for entry in entries)
    return {
        rule.id: entry
        for rule, entry in named
        if rule is not None and not is_nobody(entry.approver) and not is_missing(entry.reason)
    }


def _is_machine_trusted(context: Context, active: frozenset[str]) -> bool:
    rule = context.packs.rules.get(MACHINE_RULE)
    if rule is None or rule.pack not in active:
        return False
    compiled = context.packs.compiled(rule)
    return all(finding.state is State.PASS for finding in _rule_findings(compiled, context))


def _pack_open(compiled: CompiledRule, pack: Pack, context: Context, state: object) -> list[Finding]:
    """Return what a rule says of which nobody knows whether its pack applies.

    One that would not apply to this pilot within its pack either asks nothing.
    Where the sections of the manifest speak of a technique that `pilot.uses` leaves out, what they state can refute and
    proves nothing: wrong citations are wrong, whether or not `retrieval` was listed.
    """
    if isinstance(state, Unknown) and state.names & disputed_facts(context):
        refuted = [one for one in _rule_findings(compiled, context) if one.state is State.FAIL]
        if refuted:
            return refuted
    if not exposed(compiled.rule, context).applies or _precondition(compiled, context) is False:
        return _rule_findings(compiled, context)
    return [_pack_unknown(compiled, pack, context, state)]


def _pack_unknown(compiled: CompiledRule, pack: Pack, context: Context, state: object) -> Finding:
    names = state.names if isinstance(state, Unknown) else frozenset[str]()
    disputed = tuple(sorted(names & disputed_facts(context)))
    if disputed:
        reason = Reason(ReasonKind.DISPUTED, names=disputed, by=pack.id)
        told = Told(unknown=disputed, resolve=settle_lines(disputed))
        return finding_of(compiled, context, "", State.UNKNOWN, reason, told)
    facts = missing_roots((pack.given.get(name, name) for name in names), context)
    notes = (state.reason,) if isinstance(state, Failure) else ()
    reason = Reason(ReasonKind.PACK_OPEN, names=facts, notes=notes, by=pack.id)
    told = Told(unknown=facts, resolve=resolve_lines(facts, context))
    return finding_of(compiled, context, "", State.UNKNOWN, reason, told)


def _rule_findings(compiled: CompiledRule, context: Context) -> list[Finding]:
    """Return the findings of one rule: one, or one for each item of the list it runs over."""
    rule = compiled.rule
    entry = context.set_aside.get(rule.id)
    if entry is not None:
        return [_aside(compiled, context, entry)]
    exposure = exposed(rule, context)
    if not exposure.applies:
        reason = Reason(ReasonKind.HARMLESS, names=exposure.because)
        return [finding_of(compiled, context, "", State.NOT_APPLICABLE, reason, Told())]
    if not rule.for_each:
        return [judge_subject(compiled, context, "")]
    if _precondition(compiled, context) is False:
        return [_not_applicable(compiled, context)]
    items = context.tree.items.get(rule.for_each)
    if not items:
        return [_no_subjects(compiled, context, listed=items is not None)]
    return list(_each(compiled, context, items))


def _each(compiled: CompiledRule, context: Context, items: tuple[str, ...]) -> Iterator[Finding]:
    for item in items:
        yield judge_subject(compiled, context, item)


def _precondition(compiled: CompiledRule, context: Context) -> object:
    """Return what a precondition that speaks of no item comes to; None when there is none such."""
    if compiled.when is None or compiled.rule.set_aside:
        return None  # files about one item can show that the rule is not met there
    own = [compiled.rule.given[name] for name in compiled.when.names if name in compiled.rule.given]
    if any(fact.startswith(f"{compiled.rule.for_each}[]") for fact in own):
        return None
    gathered = gather(compiled, context, "")
    return precondition(compiled.when, gathered.values, gathered.facts, context)


def _not_applicable(compiled: CompiledRule, context: Context) -> Finding:
    reason = None
    if context.in_full:
        reason = Reasons(compiled, gather(compiled, context, ""), context).set_aside()
    return finding_of(compiled, context, "", State.NOT_APPLICABLE, reason, Told())


def _no_subjects(compiled: CompiledRule, context: Context, *, listed: bool) -> Finding:
    over = compiled.rule.for_each
    if listed:
        reason = Reason(ReasonKind.EMPTY_LIST, names=(over,))
        return finding_of(compiled, context, "", State.NOT_APPLICABLE, reason, Told())
    told = Told(unknown=(over,), resolve=(f"list every item under `{over}:` in the manifest",))
    return finding_of(compiled, context, "", State.UNKNOWN, Reason(ReasonKind.NO_LIST, names=(over,)), told)


def _aside(compiled: CompiledRule, context: Context, entry: NotApplicableEntry) -> Finding:
    reason = Reason(ReasonKind.DECLARED, notes=(entry.reason,), by=entry.approver)
    told = Told(place=entry.place, set_aside_by=entry.approver)
    return finding_of(compiled, context, "", State.NOT_APPLICABLE, reason, told)


def rule_findings(rule: Rule, context: Context) -> list[Finding]:
    """Return the findings of one rule on its own, for examples and `explain`."""
    return _rule_findings(context.packs.compiled(rule), context)
