"""Costs, caps and value -> the few figures that leadership approves by; a bound wherever a part is unknown."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result
from poc_gate.words.plain_amounts import plain_money, plain_times

MONTH = "a month"
"""Name of the figure that leadership approves by."""
_MONTHS = 12.0
_MANY, _SMALL = 1000.0, 0.001
"""Requests that cost less than this are counted by the thousand."""
_SHOWN_PARTS = 4


class Figure(Struct, frozen=True):
    """One amount beside what is allowed of it."""

    name: str
    value: str
    beside: str
    """What it is held against, such as `6,000 EUR approved`."""
    is_over: bool = False


class CostShare(Struct, frozen=True):
    """One part of a month's cost; positions in percent of the picture."""

    name: str
    amount: str
    start: float
    width: float


class CostStack(Struct, frozen=True):
    """A month's cost as parts in a row, and where the cap lies."""

    parts: tuple[CostShare, ...]
    cap: float | None
    cap_words: str
    spoken: str


class Money(Struct, frozen=True):
    """What it costs and what it brings."""

    figures: tuple[Figure, ...]
    note: str
    """What is missing from the figures, in words; empty where nothing is."""
    stack: CostStack | None


class Amount(Struct, frozen=True):
    """An amount, or the bound that its known parts prove."""

    value: float
    bound: str = ""
    """`at least` or `at most`."""

    def words(self, currency: str) -> str:
        """Return it as people say it."""
        text = plain_money(self.value, currency, up=self.bound == "at most")
        return f"{self.bound} {text}" if self.bound else text


def money_of(result: Result) -> Money:
    """Return the figures that are known, the first the month; without any price the note says so."""
    facts = {fact.name: fact for fact in result.facts}
    figures = [figure for figure in (_month(facts, result), _request(facts, result), _value(facts)) if figure]
    month = amount_of(facts.get("flow.cost.month"))
    partial = month is not None and month.bound == "at least"
    note = "No price has been stated, so nothing can be said about cost." if not figures else ""
    if partial:
        note = "A price is missing; the true cost is higher."
    return Money(tuple(figures), note, _stack(result, facts))


def amount_of(fact: Fact | None) -> Amount | None:
    """Return the amount of a fact, its proven bound where it is unknown, or None."""
    if fact is None:
        return None
    if isinstance(fact.value, Quantity):
        return Amount(fact.value.value)
    if fact.low is not None:
        return Amount(fact.low, "at least")
    return None if fact.high is None else Amount(fact.high, "at most")


def _month(facts: dict[str, Fact], result: Result) -> Figure | None:
    month = amount_of(facts.get("flow.cost.month"))
    if month is None:
        return None
    cap, budget = amount_of(facts.get("cost.monthly_cap")), amount_of(facts.get("cost.budget_12m"))
    if cap is not None:
        return _held(MONTH, month, cap.value, f"{plain_money(cap.value, result.currency)} allowed", result)
    if budget is not None:
        each = budget.value / _MONTHS
        return _held(MONTH, month, each, f"{plain_money(each, result.currency)} funded", result)
    return Figure(MONTH, month.words(result.currency), "no cap or budget has been stated")


def _held(name: str, amount: Amount, most: float, allowed: str, result: Result) -> Figure:
    over = amount.value > most
    ratio = f", {plain_times(amount.value / most)} as much" if over and most > 0 else ""
    return Figure(name, amount.words(result.currency), f"{allowed}{ratio}", is_over=over)


def _request(facts: dict[str, Fact], result: Result) -> Figure | None:
    each, most = amount_of(facts.get("flow.cost.per_request")), amount_of(facts.get("cost.unit_cost_max"))
    if each is None:
        return None
    many = _MANY if each.value < _SMALL else 1.0
    name = "1,000 requests" if many > 1 else "a request"
    each = Amount(each.value * many, each.bound)
    if most is None:
        return Figure(name, each.words(result.currency), "")
    allowed = f"{plain_money(most.value * many, result.currency)} allowed"
    return _held(name, each, most.value * many, allowed, result)


def _value(facts: dict[str, Fact]) -> Figure | None:
    ratio = amount_of(facts.get("flow.value.ratio"))
    if ratio is None:
        return None
    words = f"{plain_times(ratio.value)} the cost"
    return Figure("value", f"{ratio.bound} {words}" if ratio.bound else words, "", is_over=ratio.value < 1)


def _stack(result: Result, facts: dict[str, Fact]) -> CostStack | None:
    """Return the parts of a month with the cap on one scale; None where no part is known."""
    total = sum(part.month for part in result.cost_parts)
    if total <= 0:
        return None
    cap = amount_of(facts.get("cost.monthly_cap"))
    end = max(total, cap.value if cap else 0.0) * 1.02
    shown: list[CostShare] = []
    start = 0.0
    for part in result.cost_parts[:_SHOWN_PARTS]:
        width = part.month / end * 100
        shown.append(
            CostShare(part.name, plain_money(part.month, result.currency), round(start, 2), round(width, 2))
        )
        start += width
    words = ", ".join(f"{part.name} {part.amount}" for part in shown)
    cap_words = "" if cap is None else f"cap {plain_money(cap.value, result.currency)}"
    return CostStack(
        tuple(shown),
        None if cap is None else round(cap.value / end * 100, 2),
        cap_words,
        f"A month: {words}" + (f"; {cap_words}" if cap_words else ""),
    )
