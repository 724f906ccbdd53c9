"""A precondition denied by the author alone -> whether that lifts a rule which could stop the pilot.

A person who sets a blocker aside signs for it and the verdict is CONDITIONAL at best. Typing `personal_data: false` must
not do more. Where the pilot can hurt nobody much, the word of its author is enough; elsewhere somebody else must have
looked: a contract that says so, or a record that a role has signed.
"""

from __future__ import annotations

from poc_gate.judge.evaluate.checking.check_evidence import check_evidence
from poc_gate.judge.evaluate.checking.exposed import exposed, held_facet
from poc_gate.judge.evaluate.checking.gather_inputs import Context, Gathered
from poc_gate.judge.evaluate.checking.held_class import class_of
from poc_gate.judge.expression.values import Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule, showing_set_aside
from poc_gate.model.rule import EvidenceClass, Severity

SCOPE_FACTS = frozenset({
    "pilot.uses", "pilot.use_case_class", "model.hosting", "model.kind", "target.device", "purpose.regimes", "purpose.role",
})  # fmt: skip
"""What a pilot is made of; E18 holds it against the sections that are filled, so that it denies nothing by itself."""


def typed_denial(
    compiled: CompiledRule, gathered: Gathered, context: Context, item: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the typed facts that alone deny the precondition of a blocker, and what is wrong with files put forward.

    Both are empty where the rule takes the author's word, where exposure is low, and where somebody else has shown it.
    """
    rule, when = compiled.rule, compiled.when
    if not rule.set_aside or when is None or held_facet("level", context) == "low":
        return (), ()
    if exposed(rule, context).severity is not Severity.BLOCKER:
        return (), ()
    typed = {
        name: tuple(
            fact
            for fact in gathered.facts.get(name, ())
            if fact.name not in SCOPE_FACTS and class_of(fact, context) is EvidenceClass.DECLARED
        )
        for name in when.names
    }
    values = {**gathered.values}
    for name, facts in typed.items():
        lost = Unknown(frozenset(fact.name for fact in facts))
        value, names = values[name], {fact.name for fact in facts}
        if name in compiled.lists and isinstance(value, tuple):
            held = zip(value, gathered.facts[name], strict=True)
            values[name] = tuple(lost if fact.name in names else one for one, fact in held)
        elif facts:
            values[name] = lost
    if when.evaluate(values, today=context.today) is False:
        return (), ()
    files = context.evidence.get(rule.id, ())
    shown = check_evidence(showing_set_aside(compiled), files, gathered.values, context.today, item)
    proven = check_evidence(compiled, files, gathered.values, context.today, item)
    if EvidenceClass.ARTIFACT in (shown.held, proven.held):
        return (), ()
    return tuple(sorted(fact.name for facts in typed.values() for fact in facts)), shown.notes
