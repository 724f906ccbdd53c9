"""Values of the model -> the few words that every report shows them with."""

from __future__ import annotations

import re
from math import inf

from msgspec import structs

from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import is_share_name
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Term
from poc_gate.model.quantity import DIMENSIONLESS, Quantity, show_number, show_quantity, show_share
from poc_gate.model.rule import Limit
from poc_gate.text.lazy_pattern import lazily

STATE_WORD = {
    State.PASS: "pass",
    State.FAIL: "FAIL",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "n/a",
    State.WAIVED: "waived",
    State.ERROR: "ERROR",
}
"""How people read each state; capitals where somebody must act at once."""

_MOST_SHOWN = 4
"""Entries of a list that a sentence names."""
_SENTENCE = lazily(r"(.{24,}?[.!?])\s+(?=[A-Z`])", re.DOTALL)


def show_value(value: Value | None, currency: str = "", fact: str = "") -> str:
    """Return a value as people write it; amounts of money carry the pilot's currency.

    `fact` tells shares of one from plain numbers, which have the same unit.
    """
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(value) if value else "none"
    return show_amount(value, currency, fact)


def show_term(term: Term, currency: str = "") -> str:
    """Return a term's value: a share in percent, a long list by its first entries, nothing as `not stated`."""
    value = term.value
    if term.bound:
        return f"{term.bound} {show_term(structs.replace(term, bound=''), currency)}"
    if isinstance(value, Quantity) and value.unit == DIMENSIONLESS and term.percent:
        return show_share(value.value)
    if isinstance(value, tuple) and len(value) > _MOST_SHOWN:
        return f"{', '.join(value[:_MOST_SHOWN])} and {len(value) - _MOST_SHOWN} more"
    return "not stated" if value == "" else show_value(value, currency, term.fact)


def show_limit(limit: Limit, currency: str = "") -> str:
    """Return a threshold as people read it: a share in percent."""
    share = limit.value.unit == DIMENSIONLESS and 0 < limit.value.value < 1
    return show_share(limit.value.value) if share else show_amount(limit.value, currency)


def show_amount(quantity: Quantity, currency: str = "", fact: str = "") -> str:
    """Return a quantity as people write it."""
    if quantity.unit == "1" and fact and is_share_name(fact):
        return show_share(quantity.value)
    return show_quantity(quantity, money=currency)


def show_range(low: float | None, high: float | None, unit: str, currency: str = "") -> str:
    """Return an interval such as `33.1 GiB to 36.9 GiB`, `9.4 s or more` where it has no upper end, or an empty text when there is none."""
    if low is None or high is None or low == high:
        return ""
    if high == inf and low > -inf:
        return f"{show_amount(Quantity(low, unit), currency)} or more"
    ends = (show_amount(Quantity(end, unit), currency) for end in (low, high))
    return " to ".join(ends)


def show_margin(finding: Finding) -> str:
    """Return how far the value is from its limit, such as `6.71 x the limit`, or an empty text."""
    return f"{show_number(finding.margin)} x the limit" if finding.margin is not None else ""


def show_provenance(provenance: Provenance | None, *, derived: bool = False) -> str:
    """Return where a value comes from, in words."""
    if provenance is None:
        return "unknown"
    return f"derived from {provenance.value}" if derived else provenance.value


def show_commit(commit: str) -> str:
    """Return a commit as people tell it: ten digits, and whether files were changed since."""
    digits, changed, _ = commit.partition("-")
    return f"{digits[:10]} with changes" if changed else digits[:10]


def show_place(place: Place | None) -> str:
    """Return `file:line:column`, or a dash for no place."""
    return str(place) if place else "-"


def show_percent(share: float | None) -> str:
    """Return a share of one in whole percent, rounded down so that 99.6 % never reads as all of it."""
    return "-" if share is None else f"{int(share * 100 + 1e-9)} %"


def show_score(value: float | None) -> str:
    """Return a score of 0 to 100 as a whole number, rounded down; a dash where no rule applies."""
    return "-" if value is None else f"{int(value + 1e-9)}"


def price_of_fix(finding: Finding) -> str:
    """Return effort, cost and owner of a finding's fix, such as `weeks, medium cost, data team`."""
    cost = {"": "", "none": "no cost"}.get(finding.cost, f"{finding.cost} cost")
    return ", ".join(part for part in (finding.effort, cost, finding.owner) if part)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text; one shorter than a clause is taken for an abbreviation."""
    found = _SENTENCE.match(text)
    return found[1] if found else text


def lower_first(text: str) -> str:
    """Return a sentence for use inside another; names that begin with two capitals stay, the article does not."""
    return text if text[:2].isupper() and text[1:2] != " " else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return words as a sentence begins; a name of a small letter and a number, such as p95, keeps its letter."""
    return text if text[1:2].isdecimal() else f"{text[:1].upper()}{text[1:]}"


def show_used(share: float | None) -> str:
    """Return a share of capacity; what is hardly used is not given in powers of ten."""
    if share is None:
        return "unknown"
    return "under 0.1 %" if 0 < share < 0.001 else show_share(share)
