"""Claims -> the items of each list that they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.model.claim import Claim


def items_of_claims(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the items that claims speak of, list by list, in the order of first mention."""
    items: dict[str, dict[str, None]] = {}
    for claim in claims:
        head, bracket, rest = claim.fact.partition("[")
        if bracket:
            items.setdefault(head, {})[rest.partition("]")[0]] = None
    return {name: tuple(ids) for name, ids in items.items()}
