"""Values that a compose file takes where no environment gives another, beside an example that gives one -> both are asked about."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.signals import FactSeen, Signals


def level_with_examples(signals: Signals) -> None:
    """Let a default of a compose file weigh what the example beside it weighs, where that gives the same variable another value."""
    filled = set(signals.filled)
    names = dict(signals.given)
    examples = {
        (one.place.file.rpartition("/")[0], names.get(one.place), one.fact): one
        for one in signals.facts
        if one.reader == "env-file"
    }

    def levelled(one: FactSeen) -> FactSeen:
        beside = examples.get((one.place.file.rpartition("/")[0], names.get(one.place), one.fact))
        if one.place not in filled or beside is None or beside.value == one.value:
            return one
        return one._replace(weight=min(one.weight, beside.weight))

    if filled and examples:
        signals.facts[:] = [levelled(one) for one in signals.facts]
