"""One clause of a reason -> the words for it: what is so, and what would have to be."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from poc_gate.model.fact_name import item_of
from poc_gate.model.parts.reason import Clause, Term
from poc_gate.model.quantity import Quantity, show_number, show_share
from poc_gate.words.grammar import and_list
from poc_gate.words.named_facts import readable
from poc_gate.words.shown_values import lower_first, show_term

_MOST_ITEMS = 4
_SMALL = 0.0005
_WANTED = {
    "<=": "must be at most {}",
    "<": "must be less than {}",
    ">=": "must be at least {}",
    ">": "must be more than {}",
    "==": "must be {}",
    "!=": "must not be {}",
    "in": "must be one of {}",
    "not in": "must not be {}",
    "yes": "must be yes",
    "every": "must be yes",
    "no": "must be no",
    "stated": "must be stated",
}


def clause_words(clause: Clause, currency: str = "", bound: Sequence[Term] = ()) -> str:
    """Return a clause as a sentence without its full stop; `bound` are the facts that its limit rests on."""
    if not clause.left:
        return "The rule's statement does not hold"
    if clause.sign in {"<=", ">=", "between"} and len(clause.right) == 1 and _is_number(clause):
        return _quantity(clause, currency, bound)
    if clause.sign in {"yes", "every", "no", "stated"} and clause.left[0].meaning:
        return _flag(clause)
    held = show_term(clause.left[0], currency) or "nothing"
    # A day is not so long ago: it is that day.
    ago = _ago(clause) if isinstance(clause.left[0].value, Quantity) else ""
    return f"{subject_words(clause)}: {held}{ago}; {_wanted(clause, currency)}"


def seen_words(clause: Clause, currency: str = "") -> str:
    """Return what was seen and, where it is held against one value, that value; without meanings."""
    if clause.sign in {"yes", "no"}:
        return "no" if clause.sign == "yes" else "yes"
    facts = [term for term in clause.left if term.fact]
    held = and_list([show_term(term, currency) for term in facts[:1]])
    if clause.sign in _WANTED and clause.right:
        return f"{held}; {_wanted(clause, currency)}"
    others = [f"{readable(term.fact)} {show_term(term, currency)}" for term in facts[1:]]
    return f"{held} ({'; '.join(others)})" if others else held


def _flag(clause: Clause) -> str:
    """Return the words for what must be so, for what is so and must not be, or for what must be stated."""
    meaning, items = clause.left[0].meaning, _items(clause.left)
    if clause.sign == "stated":
        return f"{meaning}: not stated{items}"
    if clause.sign == "no":
        return meaning
    return f"Not met{items}: {lower_first(meaning)}"


def _wanted(clause: Clause, currency: str) -> str:
    """Return what the judged value would have to be."""
    last = "or" if clause.sign in {"in", "not in"} else "and"
    wanted = and_list([show_term(term, currency) for term in clause.right], last=last)
    if clause.sign == "has":
        return f"{wanted} is missing"
    if clause.sign == "in" and len(clause.right) == 1 and clause.right[0].meaning:
        return f"{lower_first(clause.right[0].meaning)}: {wanted}"
    return _WANTED[clause.sign].format(f"{wanted}{_ago(clause)}")


def _ago(clause: Clause) -> str:
    return " ago" if clause.aged else ""


def subject_words(clause: Clause) -> str:
    """Return what the judged value is called."""
    judged, *inputs = clause.left
    if judged.meaning:
        return judged.meaning
    names = and_list([readable(term.fact) for term in inputs if term.fact], _MOST_ITEMS)
    return f"The value computed from {names}" if names else "The judged value"


def _quantity(clause: Clause, currency: str, bound: Sequence[Term]) -> str:
    """Return the words for a quantity and its limit, on whichever side of it the quantity is."""
    judged, limit = clause.left[0], clause.right[0]
    value, most = show_term(judged, currency), show_term(limit, currency)
    source = _source(bound, limit, currency)
    against = _against(clause, f"{most}{_ago(clause)}")
    least = f"{clause.by_bound} " if clause.by_bound else ""
    return f"{subject_words(clause)}: {least}{value}{_ago(clause)}, {against}{source}"


def _against(clause: Clause, limit: str) -> str:
    judged, wanted = clause.left[0].value, clause.right[0].value
    assert isinstance(judged, Quantity)
    assert isinstance(wanted, Quantity)
    ratio = judged.value / wanted.value if wanted.value else inf
    supply = not clause.right[0].needed
    if clause.sign == ">=":
        if judged.value >= wanted.value:
            return f"at or above the required {limit}"
        return f"{_off(1 - ratio, clause)}below the required {limit}"
    if clause.sign == "between":
        return (
            f"within the limits, the nearer being {limit}"
            if clause.holds
            else f"outside the limit of {limit}"
        )
    if judged.value <= wanted.value:
        return f"within the {limit} available" if supply else f"within the limit of {limit}"
    times = "twice the " if ratio == 2 else f"{show_number(ratio)} times the " if 2 < ratio < inf else ""
    if supply:
        return f"{times or f'{_off(ratio - 1, clause)}more than the '}{limit} available"
    return f"{times}limit of {limit}" if times else f"{_off(ratio - 1, clause)}over the limit of {limit}"


def _off(share: float, clause: Clause) -> str:
    """Return by how much a limit is missed; beside percentages nothing, which could be read as points."""
    told = _SMALL <= share < inf and not clause.left[0].percent
    return f"{show_share(share)} " if told else ""


def _source(bound: Sequence[Term], limit: Term, currency: str) -> str:
    """Return where a limit comes from that rests on one fact alone: its meaning, and its value where that differs."""
    if len(bound) != 1 or not bound[0].meaning:
        return ""
    same = show_term(bound[0], currency) == show_term(limit, currency)
    rests = "" if same else f", {show_term(bound[0], currency)}"
    return f" ({lower_first(bound[0].meaning)}{rests})"


def _items(terms: Sequence[Term]) -> str:
    names = [item for term in terms if (item := item_of(term.fact))]
    return f" for {and_list(names, _MOST_ITEMS)}" if names and len(terms) > 1 else ""


def _is_number(clause: Clause) -> bool:
    return isinstance(clause.left[0].value, Quantity) and isinstance(clause.right[0].value, Quantity)
