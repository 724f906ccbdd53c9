"""Claims and measurements -> one tree of facts; the strongest statement wins, and no conflict is silent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.errors import Fault, InternalError, InvalidInputError
from poc_gate.facts.answers import split_answers
from poc_gate.facts.compare_values import contradict, difference, is_share
from poc_gate.facts.uses_agree import uses_contradictions
from poc_gate.model.claim import STRENGTH, Claim, Place, Provenance, Value
from poc_gate.model.fact import Catalogue, Contradiction, Fact, FactSpec, FactTree, Kind, intervals_meet
from poc_gate.model.measurement import Measurement
from poc_gate.model.observation import Observation
from poc_gate.model.quantity import Quantity, show_quantity


class _Statement(Struct, frozen=True):
    """One value of one fact with all that the fact keeps of it."""

    fact: Fact
    value: Value
    strength: int
    place: Place
    observed: bool = False
    """Seen in what the pilot itself did."""


def assemble_facts(  # noqa: PLR0913 - each kind of input is one of the parameters
    catalogue: Catalogue,
    claims: Iterable[Claim],
    measurements: Iterable[Measurement],
    *,
    observations: Iterable[Observation] = (),
    items: Mapping[str, tuple[str, ...]],
    item_places: Mapping[str, Place],
    today: str,
) -> FactTree:
    """Return the tree of everything that is known, on the day `today` (ISO 8601).

    Of several statements about one fact the one with the strongest provenance gives the value; one that
    differs from it beyond tolerance is recorded as a contradiction, and while it stands the fact counts
    as declared at best. What was observed of the running pilot is the exception: it counts as it is, before any
    other measurement too, and the contradiction is only recorded. Assumed values contradict nothing. A measurement that could not be made leaves
    its reason, and a text such as TBD is not a statement. Raises InvalidInputError for imported values outside the catalogue's choices or plausible
    range, and InternalError for names and units that no room has catalogued.
    """
    by_name: dict[str, list[_Statement]] = {}
    absent: dict[str, Fact] = {}
    faults: list[Fault] = []
    for claim in split_answers(claims, catalogue, today)[0]:
        spec = _spec(catalogue, claim.fact, claim.value)
        fault = _out_of_catalogue(spec, claim.value)
        if fault:
            faults.append(_fault_at(claim, fault, spec))
        else:
            by_name.setdefault(claim.fact, []).append(_of_claim(claim))
    for measurement in measurements:
        shown = _of_measurement(catalogue, measurement)
        if isinstance(shown, Fact):
            absent[measurement.fact] = shown
        else:
            by_name.setdefault(measurement.fact, []).append(shown)
    for observation in observations:
        seen = _of_observation(catalogue, observation)
        if isinstance(seen, Fact):
            absent.setdefault(observation.fact, seen)
        else:
            by_name.setdefault(observation.fact, []).append(seen)
    if faults:
        raise InvalidInputError(faults)
    facts, contradictions = _strongest(catalogue, by_name)
    contradictions = (*contradictions, *uses_contradictions(facts))
    for name, fact in absent.items():
        facts[name] = _with_reason(facts[name], fact) if name in facts else fact
    facts["assessment.today"] = Fact("assessment.today", today, Provenance.MEASURED)
    return FactTree(dict(sorted(facts.items())), dict(items), dict(item_places), contradictions, catalogue)


def _fault_at(claim: Claim, what: str, spec: FactSpec) -> Fault:
    place = claim.place
    return Fault(place.file, place.line, place.column, f"{claim.fact}: {what}", spec.resolve)


def _strongest(
    catalogue: Catalogue, by_name: Mapping[str, list[_Statement]]
) -> tuple[dict[str, Fact], tuple[Contradiction, ...]]:
    facts: dict[str, Fact] = {}
    contradictions: list[Contradiction] = []
    for name in sorted(by_name):
        spec = catalogue.find(name)
        assert spec is not None
        ranked = _ranked(by_name[name])
        first, against = ranked[0], _contradictions(spec, name, ranked)
        if against:
            facts[name] = _disputed(first.fact, against) if _counts(first) else _lowered(first.fact, against)
        else:
            facts[name] = first.fact
        contradictions += against
    return facts, tuple(contradictions)


def _ranked(statements: list[_Statement]) -> list[_Statement]:
    """Return the statements on one fact, the one that counts first.

    Of equal strength an observation of the pilot comes first, then the newest; the first place wins, so that the order
    of reading does not matter.
    """
    placed = sorted(statements, key=lambda one: (one.place, repr(one.value)))
    newest = sorted(placed, key=lambda one: one.fact.dated if one.observed else "", reverse=True)
    return sorted(newest, key=lambda one: (-one.strength, not one.observed))


def _counts(statement: _Statement) -> bool:
    """Say whether a statement was seen in the running pilot, so that what others wrote does not weaken it."""
    return statement.observed and statement.fact.provenance is Provenance.MEASURED


def _contradictions(spec: FactSpec, name: str, ranked: list[_Statement]) -> list[Contradiction]:
    first = ranked[0]
    if first.fact.stable is False:  # one that scattered too much, or that this machine spoilt, refutes nobody
        return []
    return [
        Contradiction(
            fact=name,
            stronger=first.value,
            stronger_provenance=_provenance(first),
            stronger_place=first.place,
            weaker=other.value,
            weaker_provenance=_provenance(other),
            weaker_place=other.place,
            difference=_difference(spec, first.value, other.value),
        )
        for other in ranked[1:]
        if other.strength > STRENGTH[Provenance.ASSUMED]
        and contradict(spec, first.value, other.value)
        and not _inside(first.fact, other.value)
        and not (first.observed and intervals_meet(first.fact, other.fact))
    ]


def _inside(fact: Fact, value: Value) -> bool:
    """Say whether a claim lies within the spread that a measurement itself has."""
    if not isinstance(value, Quantity) or fact.low is None or fact.high is None:
        return False
    return fact.low <= value.value <= fact.high


def _difference(spec: FactSpec, left: Value, right: Value) -> float | None:
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return difference(left, right, share=is_share(spec))
    return None


def _provenance(statement: _Statement) -> Provenance:
    assert statement.fact.provenance is not None
    return statement.fact.provenance


def _lowered(fact: Fact, against: list[Contradiction]) -> Fact:
    """Return a contradicted fact: what two sources disagree about is proven by neither."""
    why = f"contradicted by {_others(against)}: counts as declared until they agree"
    return replace(_noted(fact, why), provenance=Provenance.DECLARED)


def _disputed(fact: Fact, against: list[Contradiction]) -> Fact:
    """Return an observed fact that others state differently: what was seen counts."""
    return _noted(fact, f"observed, and counts in place of {_others(against)}")


def _others(against: list[Contradiction]) -> str:
    return "; ".join(f"{one.weaker_provenance} {_shown(one.weaker)} at {one.weaker_place}" for one in against)


def _noted(fact: Fact, why: str) -> Fact:
    return replace(fact, note=f"{fact.note}; {why}" if fact.note else why)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _of_claim(claim: Claim) -> _Statement:
    fact = Fact(
        claim.fact,
        claim.value,
        claim.provenance,
        claim.place,
        note=claim.note,
        sha256=claim.sha256,
        dated=claim.dated,
    )
    return _Statement(fact, claim.value, STRENGTH[claim.provenance], claim.place)


def _of_measurement(catalogue: Catalogue, measurement: Measurement) -> _Statement | Fact:
    """Return what a measurement states, or a fact that says why it states nothing."""
    spec = _spec(catalogue, measurement.fact, measurement.value)
    place = Place(measurement.source or "probe", pointer=measurement.fact)
    value = measurement.value
    fault = _out_of_catalogue(spec, value) if value is not None else ""
    if value is None or fault:
        why = (
            f"measured, but implausible: {fault}"
            if fault
            else measurement.reason or "it could not be measured"
        )
        return Fact(measurement.fact, None, place=place, why_unknown=why, resolve=spec.resolve)
    fact = Fact(
        measurement.fact,
        value,
        measurement.provenance,
        place,
        low=measurement.low,
        high=measurement.high,
        stable=measurement.stable,
        note=measurement.reason,
    )
    return _Statement(fact, value, STRENGTH[measurement.provenance], place)


def _of_observation(catalogue: Catalogue, seen: Observation) -> _Statement | Fact:
    """Return what an observation states, or a fact that says why it states nothing."""
    spec = _spec(catalogue, seen.fact, seen.value)
    fault = _out_of_catalogue(spec, seen.value)
    if fault:
        why = f"observed, but implausible: {fault}"
        return Fact(seen.fact, None, place=seen.place, why_unknown=why, resolve=spec.resolve)
    fact = Fact(
        seen.fact, seen.value, seen.provenance, seen.place, low=seen.low, high=seen.high, stable=seen.stable,
        note=_of_samples(seen), sha256=seen.sha256, dated=seen.dated,
    )  # fmt: skip
    return _Statement(fact, seen.value, STRENGTH[seen.provenance], seen.place, observed=True)


def _of_samples(seen: Observation) -> str:
    parts = [seen.method, f"n = {seen.samples:,}" if seen.samples is not None else "", seen.reason]
    return "; ".join(part for part in parts if part)


def _with_reason(fact: Fact, unmeasured: Fact) -> Fact:
    """Return a claimed fact that also says why it was not measured."""
    return _noted(fact, f"not measured: {unmeasured.why_unknown}")


def _spec(catalogue: Catalogue, name: str, value: Value | None) -> FactSpec:
    """Return the catalogue's entry, once the value is of its kind and unit."""
    spec = catalogue.find(name)
    if spec is None:
        raise InternalError(
            f"the fact {name!r} is in no catalogue; the nearest is {catalogue.nearest(name)!r}"
        )
    kinds = {Kind.QUANTITY: Quantity, Kind.FLAG: bool, Kind.TEXTS: tuple}
    if value is not None and not isinstance(value, kinds.get(spec.kind, str)):
        raise InternalError(f"the fact {name!r} must be a {spec.kind}, not {type(value).__name__}")
    if isinstance(value, Quantity) and value.unit != spec.unit:
        raise InternalError(f"the fact {name!r} is in {spec.unit!r}, not {value.unit!r}")
    return spec


def _out_of_catalogue(spec: FactSpec, value: Value) -> str:
    """Return why a value cannot be true, or an empty text."""
    if isinstance(value, Quantity):
        below = spec.low is not None and value.value < spec.low - 1e-9 * abs(spec.low)
        above = spec.high is not None and value.value > spec.high + 1e-9 * abs(spec.high)
        if below or above or math.isnan(value.value):
            low = "any" if spec.low is None else show_quantity(Quantity(spec.low, spec.unit))
            high = "any" if spec.high is None else show_quantity(Quantity(spec.high, spec.unit))
            return f"{show_quantity(value)} is outside {low} to {high}"
    if spec.choices and isinstance(value, str | tuple):
        unknown = [
            text for text in ([value] if isinstance(value, str) else value) if text not in spec.choices
        ]
        return f"{', '.join(unknown)} is not one of {', '.join(spec.choices)}" if unknown else ""
    return ""
