"""What the manifest says of its demand -> the planned peak, which results of load tests are held against."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Claim, Value

PEAK = "flow.demand.peak_rate"
_OF_DEMAND = ("demand.", "pilot.")


def planned_peak(claims: Iterable[Claim]) -> dict[str, Value]:
    """Return the planned peak under its fact's name, or nothing where the claims do not give it."""
    demand = [claim for claim in claims if claim.fact.startswith(_OF_DEMAND)]
    if not any(claim.fact.startswith("demand.") for claim in demand):
        return {}
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.facts.assemble_facts import assemble_facts
    from poc_gate.flow.derive_facts import derive_facts

    try:
        tree = assemble_facts(full_catalogue(), demand, (), items={}, item_places={}, today="1970-01-01")
    except InvalidInputError:
        return {}  # told where the whole manifest is assembled
    value = derive_facts(tree, wanted=frozenset({PEAK})).get(PEAK).value
    return {} if value is None else {PEAK: value}
