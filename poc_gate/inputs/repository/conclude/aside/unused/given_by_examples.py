"""Defaults of code under variables that the environment sets which people load -> what its example says instead."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.loads import LOADED
from poc_gate.inputs.repository.noting.signals import FactSeen, Signals
from poc_gate.model.claim import Place

_CODE = frozenset({"python", "tree"})
_READER = "env-file"
_IN_EFFECT = 3
"""Weight of a value that is deployed: it stands before an example."""


def put_examples_before_defaults(signals: Signals) -> None:
    """Put what an example of an environment says in the place of defaults, where people load it as it is; examples that differ change nothing."""
    if not any(name == LOADED for name, _ in signals.switches):
        return
    said = _said(signals)
    deployed = {one.name.upper() for one in signals.settings if one.kind == "env" and one.weight >= _IN_EFFECT}  # fmt: skip
    variables = _variables(signals) if said else {}
    weights: dict[Place, int] = {}
    kept: list[FactSeen] = []
    for one in signals.facts:
        variable = variables.get(one.place, "") if one.reader in _CODE else ""
        example = said.get((variable, one.fact))
        if example is None or variable in deployed or example.value == one.value:
            kept.append(one)
            continue
        weights[example.place] = max(one.weight, weights.get(example.place, 0))
    signals.facts[:] = [one._replace(weight=max(one.weight, weights.get(one.place, 0))) for one in kept]


def _said(signals: Signals) -> dict[tuple[str, str], FactSeen | None]:
    """Return variable and fact -> what all examples say of it; None where they differ."""
    names = dict(signals.given)
    said: dict[tuple[str, str], FactSeen | None] = {}
    for one in signals.facts:
        if one.reader == _READER and (name := names.get(one.place, "")):
            before = said.setdefault((name.upper(), one.fact), one)
            if before is not None and before.value != one.value:
                said[name.upper(), one.fact] = None
    return said


def _variables(signals: Signals) -> dict[Place, str]:
    """Return where defaults are written -> the variable that decides each."""
    fields = {place: signals.aliases[name].upper() for _, name, place in signals.constants if signals.aliases.get(name)}  # fmt: skip
    looked_up = {one.place: one.name.upper() for one in signals.settings if one.kind == "env" and one.weight < _IN_EFFECT}  # fmt: skip
    return {**fields, **looked_up}
