"""What pilots take and what is there -> OK, OVER or UNDECIDED for each shared resource, and the fact that decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from poc_gate.many.portfolio.capacity.joint_peak import Bounds, Use, joint_peak, peak_high, peak_low
from poc_gate.many.portfolio.capacity.packing import Needed, needed, pack, too_large
from poc_gate.many.portfolio.capacity.stated import Capacity, Pool, Stated
from poc_gate.model.many.portfolio import Give, Launch, Portfolio, Shared
from poc_gate.model.many.record import Demand
from poc_gate.model.quantity import Quantity, show_number
from poc_gate.words.shown_values import show_amount

OK, OVER, UNDECIDED, NO_LIMIT = "OK", "OVER", "UNDECIDED", "NO LIMIT KNOWN"
_ADDED = ("reviewers", "money", "accelerator")
"""Kinds of which each pilot has its own part all the time: their needs add up, there is no hour that spreads them."""
_RANK = {OVER: 0, UNDECIDED: 1, NO_LIMIT: 2, OK: 3}
_MOST_NAMED = 3


def decide(portfolio: Portfolio, capacity: Capacity) -> tuple[Shared, ...]:
    """Return every resource that several pilots use or that somebody states, the worst answer first; pure."""
    found = [_shared(stated, uses, capacity) for stated, uses in _resources(portfolio, capacity)]
    return tuple(sorted(found, key=lambda one: (_RANK[one.answer], -len(one.pilots), one.kind, one.name)))


def _resources(portfolio: Portfolio, capacity: Capacity) -> Iterator[tuple[Stated, list[Use]]]:
    held: dict[tuple[str, str], list[Use]] = {}
    for row in portfolio.rows:
        for demand in row.demands:
            use = Use(row.pilot, demand, row.path, row.go_live)
            held.setdefault((demand.kind, demand.resource), []).append(use)
    taken: set[tuple[str, str]] = set()
    for stated in capacity.resources:
        keys = [key for key, uses in held.items() if _is_meant(stated, key, uses)]
        taken.update(keys)
        uses = [use for key in keys for use in held[key]]
        named = [use for use in uses if not stated.pilots or use.pilot in stated.pilots]
        if stated.kind == "money" and stated.currency:
            money = {row.path for row in portfolio.rows if row.currency == stated.currency}
            named = [use for use in named if use.path in money]
        yield stated, named
    for (kind, resource), uses in held.items():
        if (kind, resource) in taken or not resource or kind in ("reviewers", "money"):
            continue
        if len({use.path for use in uses}) > 1:
            yield Stated(resource, kind), uses


def _is_meant(stated: Stated, key: tuple[str, str], uses: Iterable[Use]) -> bool:
    kind, resource = key
    if kind != stated.kind:
        return False
    wanted = stated.id.strip().lower()
    alike = {resource, resource.partition(" ")[2], resource.removeprefix("shared as ")}
    return (
        wanted in alike
        or (bool(resource) and any(use.demand.name.lower() == wanted for use in uses))
        or kind in ("money", "reviewers")
    )


def _shared(stated: Stated, uses: list[Use], capacity: Capacity) -> Shared:
    uses = sorted(uses, key=lambda use: (-(peak_high(use.demand) or peak_low(use.demand)), use.pilot))
    bounds = _bounds(stated, uses, capacity)
    unit = uses[0].demand.peak.unit if uses and stated.kind != "money" else "1"
    allowed = None if stated.total is None else stated.total * stated.share
    if not uses:
        answer, deciding = UNDECIDED, "no pilot is known to take from it: check `id`, `kind` and `pilots`"
    elif stated.pool is not None:
        answer, deciding, allowed = _by_pool(stated.pool, uses)
    else:
        answer, deciding = _by_total(bounds, allowed, uses, unit)
    return Shared(
        kind=stated.kind,
        resource=stated.id,
        name=uses[0].demand.name if uses else stated.id,
        unit=unit,
        pilots=tuple(dict.fromkeys(use.pilot for use in uses)),
        low=bounds.low,
        high=bounds.high,
        total=stated.total if stated.pool is None else float(stated.pool.nodes * stated.pool.devices),
        share=stated.share,
        answer=answer,
        deciding=deciding,
        give=() if answer == OK or allowed is None else tuple(_gives(uses, bounds, allowed, stated.kind)),
        order=tuple(_launches(stated, uses, capacity)) if answer in (OVER, UNDECIDED) and allowed is not None else (),
        notes=tuple(_notes(stated, uses, unit)),
    )  # fmt: skip


def _bounds(stated: Stated, uses: Sequence[Use], capacity: Capacity) -> Bounds:
    if stated.kind not in _ADDED:
        return joint_peak(uses, capacity.hours)
    if stated.kind == "accelerator":
        low = sum(float(one.devices) for use in uses if (one := needed(use, high=False)) is not None)
        tops = [needed(use, high=True) for use in uses]
        return Bounds(
            low, None if None in tops else sum(float(one.devices) for one in tops if one is not None)
        )
    highs = [peak_high(use.demand) for use in uses]
    low = sum(peak_low(use.demand) for use in uses)
    return Bounds(low, None if None in highs else sum(high or 0.0 for high in highs))


def _by_total(bounds: Bounds, allowed: float | None, uses: Sequence[Use], unit: str) -> tuple[str, str]:
    """Return the answer against a total, and the fact that decides."""
    if allowed is None:
        return _without_total(uses, unit)
    if bounds.high is not None and bounds.high <= allowed:
        return (
            OK,
            f"even if all peaks coincide, {_shown(bounds.high, unit)} of {_shown(allowed, unit)} are taken",
        )
    if bounds.low > allowed:
        largest = max(uses, key=lambda use: peak_low(use.demand))
        top = peak_low(largest.demand)
        if top > allowed:
            return OVER, f"{largest.pilot} alone takes {_shown(top, unit)} of {_shown(allowed, unit)}"
        return (
            OVER,
            f"at least {_shown(bounds.low, unit)} are taken together, and {_shown(allowed, unit)} may be",
        )
    silent = [use.pilot for use in uses if peak_high(use.demand) is None]
    if silent:
        return UNDECIDED, f"what is taken by {_named(silent)} is not known"
    two = " and ".join(use.pilot for use in uses[:2])
    return UNDECIDED, f"the peak hours of {two} decide: state the hours of their day in capacity.yaml"


def _without_total(uses: Sequence[Use], unit: str) -> tuple[str, str]:
    """Return OVER where a pilot alone takes more than its owner tolerates from it; else nothing can be said."""
    alone = next((use for use in uses if _is_beyond_its_own(use.demand)), None)
    if alone is None:
        return (
            NO_LIMIT,
            "nobody has said how much it can take in total: ask its owner once and write it into capacity.yaml",
        )
    takes, tolerated = peak_low(alone.demand), alone.demand.tolerated or 0.0
    return (
        OVER,
        f"{alone.pilot} alone takes {_shown(takes, unit)}, and its owner tolerates {_shown(tolerated, unit)} from it",
    )


def _is_beyond_its_own(demand: Demand) -> bool:
    return demand.tolerated is not None and peak_low(demand) > demand.tolerated


def _by_pool(pool: Pool, uses: Sequence[Use]) -> tuple[str, str, float]:
    """Return the answer for accelerators, with all nodes and with the largest failure domain gone."""
    devices = float(pool.nodes * pool.devices)
    left = max(0, pool.nodes - pool.lost)
    large = too_large(uses, pool)
    if large:
        return (
            OVER,
            f"{_named(large)} do{'es' if len(large) == 1 else ''} not fit into one device or node of it",
            devices,
        )
    least = pack([one for use in uses if (one := needed(use, high=False)) is not None], pool.devices)
    tops: list[Needed | None] = [needed(use, high=True) for use in uses]
    if least.at_least > pool.nodes:
        return OVER, f"at least {least.at_least} nodes are needed, and there are {pool.nodes}", devices
    if least.at_least > left:
        return (
            OVER,
            f"{least.at_least} nodes are needed, and {left} are left when the largest failure domain is gone",
            devices,
        )
    if None in tops:
        silent = [use.pilot for use, top in zip(uses, tops, strict=True) if top is None]
        return UNDECIDED, f"it is not known how many devices {_named(silent)} need", devices
    most = pack([top for top in tops if top is not None], pool.devices)
    if most.at_most <= left:
        return (
            OK,
            f"{most.at_most} nodes hold all of them, {left} are left when the largest failure domain is gone",
            devices,
        )
    return (
        UNDECIDED,
        f"{most.at_least} to {most.at_most} nodes are needed, depending on how they are placed; {left} are safe",
        devices,
    )


def _gives(uses: Sequence[Use], bounds: Bounds, allowed: float, kind: str) -> Iterator[Give]:
    """Yield for each pilot how much it may keep where it alone gives way, so that the upper bound fits."""
    if bounds.high is None:
        return
    tops = [_top(use, kind) for use in uses]
    for use, top in zip(uses, tops, strict=True):
        others = sum(tops) - top
        if top > 0:
            yield Give(use.pilot, top, allowed - others if allowed > others else None)


def _top(use: Use, kind: str) -> float:
    """Return the most that a pilot takes, of accelerators in whole devices."""
    whole = needed(use, high=True) if kind == "accelerator" else None
    return float(whole.devices) if whole is not None else peak_high(use.demand) or 0.0


def _launches(stated: Stated, uses: Sequence[Use], capacity: Capacity) -> Iterator[Launch]:
    """Yield the pilots that fit in the stated order, or by their day, and the first one that does not.

    More pilots never take less, so the first that does not fit is found by halving.
    """
    place = {name: number for number, name in enumerate(capacity.order)}
    ordered = [use for use in uses if use.pilot in place] if place else [use for use in uses if use.go_live]
    ordered.sort(key=lambda use: (place.get(use.pilot, 0), use.go_live, use.pilot))
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) // 2
        if _together(stated, ordered[: middle + 1], capacity) == OK:
            low = middle + 1
        else:
            high = middle
    for number, use in enumerate(ordered[: low + 1]):
        answer = OK if number < low else _together(stated, ordered[: low + 1], capacity)
        yield Launch(use.pilot, f"place {number + 1} of the order" if place else use.go_live, answer)


def _together(stated: Stated, uses: Sequence[Use], capacity: Capacity) -> str:
    """Return the answer for some of the pilots."""
    if stated.pool is not None:
        return _by_pool(stated.pool, uses)[0]
    allowed = None if stated.total is None else stated.total * stated.share
    largest_first = sorted(uses, key=lambda one: -(peak_high(one.demand) or 0.0))
    return _by_total(_bounds(stated, uses, capacity), allowed, largest_first, "1")[0]


def _notes(stated: Stated, uses: Sequence[Use], unit: str) -> Iterator[str]:
    told = {use.pilot: use.demand.tolerated for use in uses if use.demand.tolerated is not None}
    if stated.total is None and stated.pool is None and len(told) > 1:
        figures = ", ".join(
            f"{_shown(value, unit)} ({pilot})" for pilot, value in list(told.items())[:_MOST_NAMED]
        )
        yield f"what its owner tolerates from one use is not a total: {figures}"
    if stated.total is not None and any(value > stated.total for value in told.values()):
        yield "a pilot states that more is tolerated from it alone than there is for all"


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _shown(value: float, unit: str) -> str:
    return show_number(value) if unit == "1" else show_amount(Quantity(value, unit))
