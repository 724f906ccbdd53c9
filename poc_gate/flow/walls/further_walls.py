"""The walls in cost and in corpus size, where budget or index are declared."""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.flow.facts.data.retrieval_facts import index_of
from poc_gate.flow.facts.money.costs import MONTH, Prices, read_prices
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.walls.against_plan import against_plan
from poc_gate.model.quantity import show_whole
from poc_gate.model.verdict import Wall, WallPicture, WallPoint

_STEPS = 14
_DAY = 86400
_BUDGET, _VALUE = "budget", "value per request"


def cost_wall(view: FactView) -> WallPicture:
    """Return the picture in cost: the load at which a month costs more than its cap, budget or value.

    The points' utilisation is the cost over the tightest limit. Raises CannotDeriveError when prices
    or limits are missing.
    """
    prices, planned = read_prices(view), view.one("demand.requests_per_day").likely
    limits = _money_limits(view)
    if not limits or planned <= 0:
        raise view.missing("cost.budget_12m", "cost.monthly_cap")
    tightest = min(limits.values())
    walls = [
        _cost_break(prices, planned, name, (limit, view.currency))
        for name, limit in sorted(limits.items(), key=lambda pair: pair[1])
    ]
    value = view.maybe("value.value_per_request")
    if value is not None:
        walls.append(_value_break(prices, planned, value.likely, view.currency))
    found = sorted((wall for wall in walls if wall is not None), key=lambda wall: wall.load)
    loads = [planned * 10 ** (i / 5 - 0.8) for i in range(_STEPS)]
    points = tuple(
        WallPoint(load, None, None, utilisation=prices.monthly(load, planned=planned) / tightest)
        for load in loads
    )
    sentence = _money_sentence(found)
    pilot = view.maybe("demand.pilot_requests_per_day")
    today = min(pilot.likely, planned) if pilot else planned
    return WallPicture("cost", "req/s", today, planned, points, tuple(found), sentence=sentence)


def _money_sentence(found: list[Wall]) -> str:
    if not found:
        return "No declared cap or budget is reached within a thousand times the load."
    first = found[0]
    if first.load <= 0 or first.station == _VALUE:
        return f"{first.cause[0].upper()}{first.cause[1:]}."
    return f"At {show_whole(first.load * _DAY)} requests a day, {first.cause}."


def _money_limits(view: FactView) -> dict[str, float]:
    limits = {}
    cap, budget = view.maybe("cost.monthly_cap"), view.maybe("cost.budget_12m")
    if cap is not None:
        limits["monthly cap"] = cap.likely
    if budget is not None:
        limits[_BUDGET] = budget.likely / 12.0
    return {name: limit for name, limit in limits.items() if limit > 0}


def _cost_break(prices: Prices, planned: float, name: str, most: tuple[float, str]) -> Wall | None:
    limit, currency = most
    load = _first_load(lambda rate: prices.monthly(rate, planned=planned) > limit, planned)
    if load is None:
        return None
    sum_ = f"{limit:,.0f} {currency}{' a month' if name == _BUDGET else ''}"
    cause = (
        f"the {name} of {sum_} is used up"
        if load > 0
        else f"a month without a single request already costs more than the {name} of {sum_}"
    )
    return Wall(load, load, load, name, cause)


def _value_break(prices: Prices, planned: float, value: float, currency: str) -> Wall | None:
    """Return the load below which a request costs more than it is worth, where that load is above today's."""
    unit = prices.monthly(planned, planned=planned) / (planned * MONTH)
    if unit <= value:
        return None
    cause = f"a request costs {unit:.4g} {currency} at the planned load and is worth {value:.4g} {currency}"
    return Wall(planned, planned, planned, _VALUE, cause)


def _first_load(breaks: Callable[[float], bool], planned: float) -> float | None:
    low, high = 0.0, planned * 1000.0
    if breaks(low):
        return low
    if not breaks(high):
        return None
    for _ in range(60):
        middle = (low + high) / 2.0
        if breaks(middle):
            high = middle
        else:
            low = middle
    return high


def corpus_wall(view: FactView) -> WallPicture:
    """Return the picture in corpus size: vectors at which the index no longer fits or no longer refreshes.

    The points' utilisation is the memory used over the memory there is. Raises CannotDeriveError when
    the index is not described.
    """
    vectors, replicas = view.need("retrieval.vectors", "retrieval.replicas")
    room = view.one("flow.vector_index.capacity").likely
    if vectors.likely <= 0:
        raise CannotDeriveError("retrieval.vectors is 0: there is no corpus to scale")
    growth = view.maybe("demand.corpus_growth_12m")
    planned = vectors.likely * (growth.likely if growth else 1.0)
    copies = 1.0 + replicas.likely

    def used(count: float) -> float:
        return index_of(view, count).likely * copies

    most = room / used(vectors.likely) * vectors.likely
    span = index_of(view, vectors.likely) * copies
    low, high = room / span.high * vectors.likely, room / span.low * vectors.likely
    walls = [
        Wall(
            most,
            low,
            high,
            "index memory",
            "the index with all copies fills its memory",
        )
    ]
    refreshed = _refresh_wall(view, vectors.likely)
    if refreshed is not None:
        walls.append(refreshed)
    walls.sort(key=lambda wall: wall.load)
    loads = [vectors.likely * 10 ** (i / 6) for i in range(_STEPS)]
    points = tuple(WallPoint(count, None, None, utilisation=used(count) / room) for count in loads)
    return WallPicture(
        "corpus", "vectors", vectors.likely, planned, points, tuple(walls), assumptions=tuple(view.trace.assumptions),
        sentence=against_plan(walls[0], vectors.likely, planned, ("corpus", "vectors")),
    )  # fmt: skip


def _refresh_wall(view: FactView, vectors: float) -> Wall | None:
    try:
        duty = view.one("flow.reindex.duty").likely
    except CannotDeriveError:
        return None
    if duty <= 0:
        return None
    load = vectors / duty
    return Wall(load, load, load, "re-indexing", "re-indexing takes the whole refresh interval")
