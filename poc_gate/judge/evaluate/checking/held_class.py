"""Facts a pass rests on -> the evidence class it holds: the strongest that proves it alone."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.judge.evaluate.checking.check_expectation import check_values
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.evaluate.checking.preconditions import disputed_facts
from poc_gate.judge.expression.values import Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import State
from poc_gate.model.rule import CLASS_RANK, EvidenceClass

_MEASURED, _DECLARED, _ASSUMED = EvidenceClass.MEASURED, EvidenceClass.DECLARED, Provenance.ASSUMED

_CLASS: Mapping[Provenance | None, EvidenceClass] = {
    Provenance.MEASURED: EvidenceClass.MEASURED,
    Provenance.EVIDENCED: EvidenceClass.ARTIFACT,
    Provenance.IMPORTED: EvidenceClass.ARTIFACT,
}
"""What is not named here counts as declared: declared, assumed, and derived without known inputs."""


def held_class(compiled: CompiledRule, gathered: Gathered, context: Context) -> EvidenceClass | None:
    """Return the class of the observations that a finding rests on; None when nothing is known.

    A pass holds a class when it would still pass with every weaker observation taken away; usually
    that is the class of the weakest one, and leaving a weak one out can never raise it. Intents (goals,
    plans, chosen limits) are true because their owner says so and do not weaken; a finding over
    intents alone is declared. Measurements of a machine that was not shown to be the target count as
    declared.
    """
    observed = [fact for name in compiled.observed for fact in gathered.facts[name]]
    classes = {class_of(fact, context) for fact in observed if fact.value is not None}
    if not classes:
        intents = (gathered.facts[name] for name in compiled.used if name in gathered.facts)
        is_known = any(fact.value is not None for facts in intents for fact in facts)
        return EvidenceClass.DECLARED if is_known else None
    weakest = min(classes, key=CLASS_RANK.__getitem__)
    for wanted in sorted(classes, key=CLASS_RANK.__getitem__, reverse=True):
        if wanted is not weakest and _passes_on(wanted, compiled, gathered, context):
            return wanted
    return weakest


def _passes_on(wanted: EvidenceClass, compiled: CompiledRule, gathered: Gathered, context: Context) -> bool:
    """Whether the assertion passes with every observation below the wanted class unknown."""
    values = dict(gathered.values)
    for name in compiled.observed:
        kept = [CLASS_RANK[class_of(fact, context)] >= CLASS_RANK[wanted] for fact in gathered.facts[name]]
        value, lost = values[name], Unknown(frozenset({name}))
        if name not in compiled.lists:
            values[name] = value if kept[0] else lost
        elif isinstance(value, tuple):
            values[name] = tuple(item if keep else lost for item, keep in zip(value, kept, strict=True))
    return check_values(compiled, values, context.today).state is State.PASS


def class_of(fact: Fact, context: Context) -> EvidenceClass:
    """Return the class of one fact: what nobody but the author says is declared."""
    held = _CLASS.get(fact.provenance, _DECLARED)
    if held is _MEASURED and not context.machine_trusted and rests_on_machine(fact, context):
        return _DECLARED
    return held


def contested(compiled: CompiledRule, gathered: Gathered, context: Context) -> tuple[str, ...]:
    """Return the facts behind the assertion about which two statements disagree: no file settles those."""
    disputed = disputed_facts(context)
    if not disputed:
        return ()
    used = [fact for name in compiled.used for fact in gathered.facts.get(name, ())]
    behind = frozenset[str]().union(*(context.behind(fact.name) for fact in used))
    return tuple(sorted(disputed & behind))


def rests_on_machine(fact: Fact, context: Context) -> bool:
    """Whether a fact is one of the machine, or was computed from one."""
    known = context.looked.on_machine
    found = known.get(fact.name)
    if found is None:
        found = known[fact.name] = any(name.startswith("machine.") for name in context.behind(fact.name))
    return found


def assumed_behind(compiled: CompiledRule, gathered: Gathered, context: Context) -> tuple[str, ...]:
    """Return the facts behind the assertion that nobody stated or measured and that a table or default supplies.

    A machine's data sheet is left out: naming the machine is a statement of the user.
    """
    found: frozenset[str] = frozenset()
    for name in compiled.observed:
        for fact in gathered.facts.get(name, ()):
            found |= _assumed(fact.name, context)
    return tuple(sorted(found))


def _assumed(name: str, context: Context) -> frozenset[str]:
    known = context.looked.assumed
    found = known.get(name)
    if found is None:
        held = map(context.fact, context.behind(name))
        found = known[name] = frozenset(fact.name for fact in held if _is_assumed(fact))
    return found


def _is_assumed(fact: Fact) -> bool:
    return fact.provenance is _ASSUMED and not fact.derived and not fact.name.startswith("machine.")
