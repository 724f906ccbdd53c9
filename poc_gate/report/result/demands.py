"""Facts -> what a pilot takes of resources that other pilots may use too, and by which identity each is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from poc_gate.model.fact import Fact
from poc_gate.model.fact_name import fact_name
from poc_gate.model.many.record import Demand, FigureRange
from poc_gate.model.quantity import Quantity

AIMED_AT = 0.7
"""Utilisation of accelerators at the peak that demand is expressed for; the share that `find_walls` plans with."""

Facts = Mapping[str, Fact]


def identities(facts: Facts) -> dict[str, str]:
    """Return by subject, `sources[policy-db]`, what identifies the source across pilots.

    What the manifest states as `shared_as` wins, then the contract's own id with the place that it names, then
    system and place. A source of which none is known is nobody else's.
    """
    found: dict[str, str] = {}
    for subject in dict.fromkeys(fact_name(name).subject for name in facts if name.startswith("sources[")):
        shared, contract = _text(facts, subject, "shared_as"), _text(facts, subject, "contract_id")
        place = _text(facts, subject, "contract_place") or _text(facts, subject, "url")
        system = _text(facts, subject, "system")
        if shared:
            found[subject] = f"shared as {shared.strip().lower()}"
        elif contract:
            found[subject] = f"contract {contract.lower()}" + (f" at {place}" if place else "")
        elif system and place:
            found[subject] = f"{system.lower()} at {place}"
    return found


def demands(facts: Facts, resources: Mapping[str, str]) -> Iterator[Demand]:
    """Yield what the pilot takes of each source, of a hosted model, of accelerators, reviewers and money."""
    day = _number(facts, "demand.requests_per_day")
    for subject in dict.fromkeys(fact_name(name).subject for name in facts if name.startswith("sources[")):
        yield _of_source(facts, subject, resources.get(subject, ""), day)
    yield from _of_model(facts, day)
    yield from _of_accelerators(facts)
    load, reviewers = _span(facts, "flow.review.load"), _number(facts, "oversight.reviewers")
    if reviewers is not None or load.low is not None or load.likely is not None:
        people = _scaled(load, reviewers) if reviewers is not None else FigureRange()
        yield Demand("reviewers", "reviewers", "reviewers", people, people)
    month = _span(facts, "flow.cost.month")
    yield Demand("money", "money", "cost of a month", month, month)


def _of_source(facts: Facts, subject: str, resource: str, day: float | None) -> Demand:
    calls, hit = _number(facts, f"{subject}.calls_per_request"), _number(facts, f"{subject}.cache_hit") or 0.0
    mean = (
        FigureRange(unit="req/s")
        if day is None or calls is None
        else FigureRange(None, day * calls * (1 - hit), None, "req/s")
    )
    return Demand(
        "source",
        resource,
        fact_name(subject).item or subject,
        _span(facts, f"{subject}.peak_rate", "req/s"),
        mean,
        tolerated=_number(facts, f"{subject}.tolerated_rate"),
    )  # fmt: skip


def _of_model(facts: Facts, day: float | None) -> Iterator[Demand]:
    name, hosting = _text(facts, "model", "name"), _text(facts, "model", "hosting")
    if hosting != "hosted" or not name:
        return
    mean = FigureRange(None, day, None, "req/s")
    quota = _number(facts, "model.quota_requests")
    peak = _span(facts, "flow.demand.peak_rate", "req/s")
    yield Demand("model", f"model {name.strip().lower()}", name, peak, mean, tolerated=quota)


def _of_accelerators(facts: Facts) -> Iterator[Demand]:
    """Yield the devices that the peak needs at 70 % utilisation; what is installed says only what was bought."""
    device = _text(facts, "target", "device")
    if not device or device == "cpu" or _text(facts, "model", "hosting") == "hosted":
        return
    each, replicas = _number(facts, "target.count"), _number(facts, "target.replicas")
    used = _span(facts, "flow.utilisation.peak")
    size, devices = _number(facts, "flow.device_memory.required"), each
    need = FigureRange(unit="1")
    if each is not None and replicas is not None:
        need = _scaled(used, each * replicas / AIMED_AT)
    memory = None if size is None or not devices else size / devices
    yield Demand(
        "accelerator", f"accelerator {device.lower()}", device, need, FigureRange(), size=memory, group=each
    )


def _scaled(span: FigureRange, factor: float) -> FigureRange:
    low, likely, high = (
        None if value is None else value * factor for value in (span.low, span.likely, span.high)
    )
    return FigureRange(low, likely, high)


def _span(facts: Facts, name: str, unit: str = "1") -> FigureRange:
    fact = facts.get(name)
    if fact is None:
        return FigureRange(unit=unit)
    value = fact.value if isinstance(fact.value, Quantity) else None
    # What a fact without a value cannot exceed is no demand: it says how wide the question is, not what is taken.
    return FigureRange(
        fact.low, value.value if value else None, fact.high if value else None, value.unit if value else unit
    )


def _number(facts: Facts, name: str) -> float | None:
    fact = facts.get(name)
    return fact.value.value if fact is not None and isinstance(fact.value, Quantity) else None


def _text(facts: Facts, subject: str, field: str) -> str:
    fact = facts.get(f"{subject}.{field}")
    return fact.value if fact is not None and isinstance(fact.value, str) else ""
