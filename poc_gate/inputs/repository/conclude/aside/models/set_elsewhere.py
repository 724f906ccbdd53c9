"""Models that code takes where a variable is not set -> left where infrastructure sets it, to a deployment that it makes."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.marks import SET
from poc_gate.inputs.repository.noting.signals import ModelSeen

_CODE = frozenset({"python", "tree"})
_DEPLOYED = 2


def leave_defaults(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those that stand in code for a variable which infrastructure sets.

    That holds where the infrastructure also deploys a model of the role: then the variable names that one.
    """
    signals = ground.signals
    given = {name.removeprefix(SET) for name, _ in signals.switches if name.startswith(SET)}
    deployed = {one.role for one in seen if one.reader == "bicep" and one.weight >= _DEPLOYED}
    if not given or not deployed:
        return seen
    ours = {place for _, name, place in signals.constants if signals.aliases.get(name, name).upper() in given}
    return [one for one in seen if not (one.reader in _CODE and one.role in deployed and one.place in ours)]
