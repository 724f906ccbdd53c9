"""Derived facts on money: cost per request and month, now and at ten times the volume, value, egress."""

from __future__ import annotations

import math

from poc_gate.flow.facts.money.costs import COST_INPUTS, MONTH, Prices, known_prices, read_prices
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.span import as_span
from poc_gate.model.quantity import show_share

_REFERENCE = "docs/models/economics.md"


def _planned(view: FactView) -> tuple[Prices, float]:
    prices, rate = read_prices(view), view.one("demand.requests_per_day").likely
    if rate <= 0:
        raise CannotDeriveError("demand.requests_per_day is 0: a cost per request needs requests")
    return prices, rate


def _month(view: FactView, factor: float) -> DerivedValue:
    prices, missing = known_prices(view)
    if missing:
        prices, _ = known_prices(view, least=True)
        mean = view.maybe("demand.requests_per_day")
        rate = mean.likely if mean is not None else 0.0
        raise view.missing(*missing).bounded(low=prices.monthly(rate * factor, planned=rate) or None)
    prices, rate = _planned(view)
    money = prices.monthly(rate * factor, planned=rate)
    parts = " + ".join(f"{name} {value:.4g}" for name, value in prices.per_request.items()) or "0"
    replicas = prices.replicas_at(rate * factor, planned=rate)
    return DerivedValue(
        as_span(money),
        f"({parts} per request) x {rate * factor * MONTH:,.0f} requests + {replicas:g} replicas x "
        f"{prices.replica_second * 3600:.4g}/h + {prices.month:,.0f} fixed = {money:,.2f} {view.currency} per month",
    )


def _month_now(view: FactView) -> DerivedValue:
    return _month(view, 1.0)


def _month_10x(view: FactView) -> DerivedValue:
    return _month(view, 10.0)


def _request(view: FactView, name: str, factor: float) -> DerivedValue:
    floor, _ = view.bounds(name)
    mean = view.maybe("demand.requests_per_day")
    if floor is not None and mean is not None and mean.likely > 0:
        raise view.missing(name).bounded(low=floor / (mean.likely * factor * MONTH))
    money, rate = view.need(name, "demand.requests_per_day")
    if rate.likely <= 0:
        raise CannotDeriveError("demand.requests_per_day is 0: a cost per request needs requests")
    served = rate.likely * factor * MONTH
    each = money / served
    return DerivedValue(
        each,
        f"{money.likely:,.2f} {view.currency} per month / {served:,.0f} requests = {view.amount(each.likely)}",
    )


def _request_now(view: FactView) -> DerivedValue:
    return _request(view, "flow.cost.month", 1.0)


def _request_10x(view: FactView) -> DerivedValue:
    return _request(view, "flow.cost.month_10x", 10.0)


def _elasticity(view: FactView) -> DerivedValue:
    now, later = view.need("flow.cost.month", "flow.cost.month_10x")
    if now.likely <= 0 or later.likely <= 0:
        raise CannotDeriveError("nothing costs anything: state the prices that apply")
    value = math.log(later.likely / now.likely) / math.log(10.0)
    return DerivedValue(as_span(value), f"ln({later.likely:,.0f} / {now.likely:,.0f}) / ln 10 = {value:.3f}")


def _egress_share(view: FactView) -> DerivedValue:
    prices, rate = _planned(view)
    egress = prices.per_request.get("egress")
    if egress is None:
        raise view.missing("cost.egress", "cost.egress_bytes_per_request")
    month = view.one("flow.cost.month")
    share = egress * rate * MONTH / month.likely if month.likely > 0 else 0.0
    return DerivedValue(
        as_span(share),
        f"{egress * rate * MONTH:,.2f} / {month.likely:,.2f} {view.currency} per month = {show_share(share)}",
    )


def _budget_share(view: FactView) -> DerivedValue:
    floor, _ = view.bounds("flow.cost.month_10x")
    approved = view.maybe("cost.budget_12m")
    if floor is not None and approved is not None and approved.likely > 0:
        raise view.missing("flow.cost.month_10x").bounded(low=floor * 12.0 / approved.likely)
    money, budget = view.need("flow.cost.month_10x", "cost.budget_12m")
    share = money * 12.0 / budget
    return DerivedValue(
        share, f"12 x {money.likely:,.0f} / budget {budget.likely:,.0f} {view.currency} = {share.share()}"
    )


def _ratio(view: FactView) -> DerivedValue:
    floor, _ = view.bounds("flow.cost.per_request")
    worth = view.maybe("value.value_per_request")
    if floor is not None and worth is not None:
        raise view.missing("flow.cost.per_request").bounded(high=worth.likely / floor)
    value, cost = view.need("value.value_per_request", "flow.cost.per_request")
    ratio = value / cost
    return DerivedValue(
        ratio, f"value {value.likely:.4g} / cost {cost.likely:.4g} per request = {ratio.likely:.3g}"
    )


def _break_even(view: FactView) -> DerivedValue:
    value, cost, adoption = view.need(
        "value.value_per_request", "flow.cost.per_request", "value.adoption_expected"
    )
    if value.likely <= 0:
        raise CannotDeriveError("value.value_per_request is 0: no adoption breaks even")
    needed = adoption * cost / value
    return DerivedValue(
        needed,
        f"adoption {adoption.likely:.3g} x cost {cost.likely:.4g} / value {value.likely:.4g} = {needed.likely:.3g}",
    )


DERIVATIONS = (
    Derivation(
        "flow.cost.month", "Cost of a month at the planned load", "Q25 x requests of a month", COST_INPUTS, _month_now,
        "money", reference=_REFERENCE,
    ),
    Derivation(
        "flow.cost.month_10x", "Cost of a month at ten times the planned load", "Q25 at 10x, replicas for 70 % of the peak",
        COST_INPUTS, _month_10x, "money", reference=_REFERENCE,
    ),
    Derivation(
        "flow.cost.per_request", "Cost of one request at the planned load, human review included", "Q25",
        ("flow.cost.month", "demand.requests_per_day"), _request_now, "money", reference=_REFERENCE,
    ),
    Derivation(
        "flow.cost.per_request_10x", "Cost of one request at ten times the planned load", "Q25 at 10x",
        ("flow.cost.month_10x", "demand.requests_per_day"), _request_10x, "money", reference=_REFERENCE,
    ),
    Derivation(
        "flow.cost.elasticity", "Growth of cost over growth of volume; 1 = in proportion", "Q26: ln(C10 / C1) / ln 10",
        ("flow.cost.month", "flow.cost.month_10x"), _elasticity, reference=_REFERENCE,
    ),
    Derivation(
        "flow.cost.egress_share", "Share of the cost that outbound traffic takes", "egress / cost of a month",
        ("flow.cost.month", *COST_INPUTS), _egress_share,
    ),
    Derivation(
        "flow.cost.budget_share_10x", "Share of the approved budget that a year at ten times the volume costs", "12 x C10 / budget",
        ("flow.cost.month_10x", "cost.budget_12m"), _budget_share,
    ),
    Derivation(
        "flow.value.ratio", "Value of a request over its cost", "value / cost",
        ("value.value_per_request", "flow.cost.per_request"), _ratio,
    ),
    Derivation(
        "flow.value.break_even", "Adoption at which the value pays for the cost", "adoption x cost / value",
        ("value.value_per_request", "flow.cost.per_request", "value.adoption_expected"), _break_even,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
