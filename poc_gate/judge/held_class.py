"""Facts a finding rests on -> the evidence class it holds: that of the weakest observation."""

from __future__ import annotations

from poc_gate.judge.gather_inputs import Context
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, Role
from poc_gate.model.rule import CLASS_RANK, EvidenceClass

_CLASS = {
    Provenance.MEASURED: EvidenceClass.MEASURED,
    Provenance.EVIDENCED: EvidenceClass.ARTIFACT,
    Provenance.IMPORTED: EvidenceClass.ARTIFACT,
}
"""What is not named here counts as declared: declared, assumed, and derived without known inputs."""


def held_class(facts: list[Fact], context: Context) -> EvidenceClass | None:
    """Return the weakest class of the observations among the facts; None when nothing is known.

    Intents (goals, plans, chosen limits) are true because their owner says so and do not weaken; a
    finding over intents alone is declared. Measurements of a machine that was not shown to be the
    target count as declared.
    """
    known = [fact for fact in facts if fact.value is not None]
    if not known:
        return None
    classes = [_of(fact, context) for fact in known if _is_observation(fact, context)]
    return min(classes, key=CLASS_RANK.__getitem__, default=EvidenceClass.DECLARED)


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
