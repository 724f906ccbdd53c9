"""Prices that a table in code gives by model -> the price of a token of the model that answers."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.reading import Certainty, FoundFact, FoundModel
from poc_gate.inputs.repository.tables.models import read_model_name
from poc_gate.model.claim import Claim, Provenance, Value
from poc_gate.model.quantity import Quantity


def state_prices(main: FoundModel | None, ground: Ground) -> Iterator[FoundFact]:
    """Yield what a token costs where one table has the very model that answers; tables that differ say nothing."""
    if main is None or main.hosting != "hosted":
        return
    found = [one for one in ground.signals.prices if ground.counts(one.standing) and _bare(one.model) == _bare(main.name)]  # fmt: skip
    found.sort(key=lambda one: (one.standing, one.place))
    if len({(f"{one.sent:.6g}", f"{one.written:.6g}") for one in found}) != 1:
        return
    first = found[0]
    facts: list[tuple[str, Value]] = [
        ("cost.in_token", Quantity(first.sent, "money/tok")),
        ("cost.out_token", Quantity(first.written, "money/tok")),
    ]
    if first.currency:
        facts.append(("cost.currency", first.currency))
    for fact, value in facts:
        note = f"a table of prices in code: {first.note}"
        yield FoundFact(
            Claim(fact, value, Provenance.IMPORTED, first.place, note), "python", Certainty.INFERRED
        )


def _bare(name: str) -> str:
    """Return a model's name in small letters, without provider and organisation."""
    named = read_model_name(name)
    return (named[0] if named else name).lower().rpartition("/")[2]
