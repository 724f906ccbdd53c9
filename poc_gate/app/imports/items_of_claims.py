"""Claims -> the items of each list that they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.model.claim import Claim
from poc_gate.model.fact_name import fact_name


def items_of_claims(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the items that claims speak of, list by list, in the order of first mention."""
    items: dict[str, dict[str, None]] = {}
    for claim in claims:
        name = fact_name(claim.fact)
        if name.item is not None:
            items.setdefault(name.section, {})[name.item] = None
    return {name: tuple(ids) for name, ids in items.items()}
