"""Facts a pass rests on -> the evidence class it holds: the strongest that proves it alone."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.expression.values import Unknown
from poc_gate.judge.check_expectation import check_values
from poc_gate.judge.compile_rule import CompiledRule
from poc_gate.judge.gather_inputs import Context, Gathered
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, Role
from poc_gate.model.finding import State
from poc_gate.model.rule import CLASS_RANK, EvidenceClass

_CLASS = {
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
    used = {name: gathered.facts[name] for name in compiled.used if name in gathered.facts}
    known = [fact for held in used.values() for fact in held if fact.value is not None]
    if not known:
        return None
    classes = {_of(fact, context) for fact in known if _is_observation(fact, context)}
    weakest = min(classes, key=CLASS_RANK.__getitem__, default=EvidenceClass.DECLARED)
    for wanted in sorted(classes, key=CLASS_RANK.__getitem__, reverse=True):
        if wanted is not weakest and _passes_on(wanted, compiled, (gathered, used), context):
            return wanted
    return weakest


def _passes_on(
    wanted: EvidenceClass,
    compiled: CompiledRule,
    seen: tuple[Gathered, Mapping[str, tuple[Fact, ...]]],
    context: Context,
) -> bool:
    """Whether the assertion passes with every observation below the wanted class unknown."""
    gathered, used = seen
    values = dict(gathered.values)
    for name, facts in used.items():
        kept = [
            not _is_observation(fact, context) or CLASS_RANK[_of(fact, context)] >= CLASS_RANK[wanted]
            for fact in facts
        ]
        value, lost = values[name], Unknown(frozenset({name}))
        if name not in compiled.lists:
            values[name] = value if kept[0] else lost
        elif isinstance(value, tuple):
            values[name] = tuple(item if keep else lost for item, keep in zip(value, kept, strict=True))
    return check_values(compiled, values, context.today).state is State.PASS


def _is_observation(fact: Fact, context: Context) -> bool:
    if fact.name.startswith("assessment."):
        return False
    spec = context.packs.catalogue.find(fact.name)
    return spec is None or spec.role is Role.OBSERVATION


def _of(fact: Fact, context: Context) -> EvidenceClass:
    held = _CLASS.get(fact.provenance or Provenance.ASSUMED, EvidenceClass.DECLARED)
    if held is EvidenceClass.MEASURED and not context.machine_trusted and rests_on_machine(fact, context):
        return EvidenceClass.DECLARED
    return held


def rests_on_machine(fact: Fact, context: Context) -> bool:
    """Whether a fact is one of the machine, or was computed from one."""
    seen: set[str] = set()
    waiting = [fact]
    while waiting:
        current = waiting.pop()
        if current.name.startswith("machine."):
            return True
        seen.add(current.name)
        waiting += [context.tree.get(name) for name in current.inputs if name not in seen]
    return False
