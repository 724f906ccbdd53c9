"""Values of a name in a rule -> the text that stands for the name in a formula with the numbers put in."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.claim import Value
from poc_gate.model.parts.reason import Term
from poc_gate.model.quantity import DIMENSIONLESS, show_quantity, show_share

_MOST_ITEMS = 6
_LONGEST = 60
"""Characters of a text; longer ones are cut."""


def in_formula(terms: Sequence[Term], currency: str = "", *, listed: bool = False) -> str:
    """Return the text of one value, or of the values of all items of a list."""
    if not listed:
        return _shown(terms[0].value, terms[0].percent, currency)
    shown = ", ".join(_shown(term.value, term.percent, currency) for term in terms[:_MOST_ITEMS])
    return f"[{shown}{', ...' if len(terms) > _MOST_ITEMS else ''}]"


def _shown(value: Value | None, percent: bool, currency: str) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(value[:_MOST_ITEMS])}{', ...' if len(value) > _MOST_ITEMS else ''}]"
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 3]}..."
    # Three figures would round 0.9995 to 1, and availability is all about what is left of one.
    if value.unit == DIMENSIONLESS and (percent or 0.9 < value.value < 1):
        return show_share(value.value)
    return show_quantity(value, money=currency)
