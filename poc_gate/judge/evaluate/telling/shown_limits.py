"""What a finding shows beside its state: the value, its limit and who set it, and what would turn it."""

from __future__ import annotations

from msgspec import structs

from poc_gate.judge.evaluate.checking.breakpoints import within
from poc_gate.judge.evaluate.checking.check_expectation import Outcome
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.packs.compile_rule import CompiledRule
from poc_gate.model.fact import FactSpec, Role
from poc_gate.model.finding import Breakpoint
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import CLASS_RANK, EvidenceClass


def wide(compiled: CompiledRule, gathered: Gathered) -> tuple[str, ...]:
    """Return the facts whose interval leaves the answer open: measuring them would decide."""
    held = [fact for name in compiled.used for fact in gathered.facts.get(name, ())]
    return tuple(sorted(fact.name for fact in held if fact.low is not None or fact.high is not None))


def stronger(held: EvidenceClass | None, evidence: EvidenceClass | None) -> EvidenceClass | None:
    """Return the stronger of two classes; None where neither is known."""
    known = [found for found in (held, evidence) if found is not None]
    return max(known, key=CLASS_RANK.__getitem__, default=None)


def deciding_names(compiled: CompiledRule, outcome: Outcome) -> tuple[str, ...]:
    """Return the names of the judged value first, of the failing parts before the others."""
    if compiled.value is not None and compiled.value.names:
        return tuple(compiled.value.names)
    parts = [part for part in compiled.bounds if part.source in outcome.failing] or list(compiled.bounds)
    return tuple(name for part in parts for name in sorted(part.names))


def to_prove(held: EvidenceClass | None, compiled: CompiledRule) -> str:
    """Return what would turn a claim into proof."""
    rule = compiled.rule
    if rule.requires is EvidenceClass.MEASURED:
        words = held or EvidenceClass.DECLARED
        return f"it rests on {words} values; measure them on the target machine or the live source"
    if rule.evidence is None:
        return "import the facts from the team's own files instead of typing them"
    return f"show it: add under `evidence:` in the manifest `- {{rule: {rule.id}, file: ...}}`"


def set_by(compiled: CompiledRule) -> str:
    """Return who set the limit in force: the pack that moved it last, else the rule itself."""
    names = set().union(*(part.names for part in compiled.bounds)) if compiled.bounds else set()
    held = [limit for name, limit in compiled.rule.limits.items() if name in names]
    return ", ".join(dict.fromkeys(limit.set_by for limit in held))


def quantity(value: float | None, compiled: CompiledRule) -> Quantity | None:
    """Return the judged value in its SI unit; None where a rule judges no number."""
    if value is None or compiled.value is None or compiled.value.type.kind != "number":
        return None
    return Quantity(value, compiled.value.type.unit)


def in_range(points: tuple[Breakpoint, ...], context: Context) -> tuple[Breakpoint, ...]:
    """Return the points where the facts can lie; what is so before what is wanted, which is not what should give way."""
    catalogue = context.packs.catalogue
    found = [p for p in points if within(p.value.value, p.current.value, catalogue.find(p.fact))]
    marked = (structs.replace(p, settable=_is_settable(catalogue.find(p.fact))) for p in found)
    return tuple(sorted(marked, key=lambda p: (not p.settable, _is_intent(catalogue.find(p.fact)))))


def _is_settable(spec: FactSpec | None) -> bool:
    return spec is not None and spec.origin not in ("flow", "assessment")


def _is_intent(spec: FactSpec | None) -> bool:
    return spec is not None and spec.role is Role.INTENT
