"""An unknown finding whose value is known -> title and act for the one thing that is missing, the limit nobody set."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.judge.evaluate.gather_inputs import Context
from poc_gate.model.finding import Input
from poc_gate.model.rule import Rule

_COMPARED = frozenset({"at_most", "at_least"})


def missing_limit(
    rule: Rule, inputs: Iterable[Input], unknown: tuple[str, ...], context: Context
) -> tuple[str, str] | None:
    """Return the title and the act where only the limit is missing; None where anything else is, or nothing.

    To measure what is known already would be the wrong advice.
    """
    if rule.expect.operator not in _COMPARED or len(unknown) != 1:
        return None
    bound = next((given for given in inputs if given.name == rule.expect.bounds[0]), None)
    if bound is None or bound.value is not None or bound.fact != unknown[0]:
        return None
    spec = context.packs.catalogue.find(bound.fact)
    if spec is None:
        return None
    meaning = f"{spec.meaning[:1].lower()}{spec.meaning[1:]}"
    return f"Which limit applies: {meaning}", f"State the {meaning} in the manifest; all else is known."
