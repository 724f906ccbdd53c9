"""What a machine profile must satisfy beyond its types: known facts, their units and plausible ranges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from poc_gate.inputs.probe.fingerprint import FINGERPRINTED, fingerprint_of, hardware_of
from poc_gate.model.claim import Path, Provenance
from poc_gate.model.fact import Catalogue, FactSpec, Kind
from poc_gate.model.measurement import Curve, MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.text.documents.strict_json import Found

SCHEMA = "poc-gate.machine/1"
_RECORDED = "a profile is recorded, not edited: run `poc-gate probe -o machine.json` on that machine again"


def profile_faults(profile: MachineProfile, catalogue: Catalogue) -> Iterator[Found]:
    """Yield every fault of a profile whose types are right."""
    if profile.schema != SCHEMA:
        yield (
            ("schema",),
            f"schema {profile.schema!r} is not {SCHEMA!r}",
            "record the profile again with this poc-gate",
        )
    if profile.kind not in {"measured", "datasheet"}:
        yield ("kind",), f"kind {profile.kind!r} is unknown", "write measured or datasheet"
    if not _is_time(profile.measured_at):
        yield (
            ("measured_at",),
            f"{profile.measured_at!r} is not an ISO 8601 time",
            "write 2026-11-22T10:00:00Z",
        )
    seen: set[str] = set()
    for index, measurement in enumerate(profile.measurements):
        here: Path = ("measurements", index)
        if measurement.fact in seen:
            yield (*here, "fact"), f"{measurement.fact} is measured twice", "keep one of the two"
        seen.add(measurement.fact)
        yield from _measurement_faults(measurement, here, catalogue)
        if profile.kind == "datasheet" and measurement.provenance is not Provenance.ASSUMED:
            yield (
                (*here, "provenance"),
                "a data sheet's value is assumed, not measured",
                "write the provenance assumed",
            )
    if profile.kind == "measured" and not seen.isdisjoint(FINGERPRINTED):
        follows = fingerprint_of(profile.measurements)
        stated = {m.value for m in profile.measurements if m.fact == "machine.fingerprint"} | {
            profile.fingerprint
        }
        if stated != {follows}:
            yield (
                ("fingerprint",),
                f"the fingerprint {profile.fingerprint!r} does not follow from the recorded values, which give {follows!r}",
                _RECORDED,
            )
    if profile.hardware and profile.hardware != (follows := hardware_of(profile.measurements)):
        what = f"the digest {profile.hardware!r} does not follow from the recorded values, which give {follows!r}"
        yield ("hardware",), what, _RECORDED
    for index, curve in enumerate(profile.curves):
        yield from _curve_faults(curve, ("curves", index))


def _is_time(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _measurement_faults(measurement: Measurement, here: Path, catalogue: Catalogue) -> Iterator[Found]:
    spec = catalogue.find(measurement.fact)
    if spec is None or not measurement.fact.startswith("machine."):
        near = catalogue.nearest(measurement.fact)
        yield (
            (*here, "fact"),
            f"{measurement.fact!r} is not a machine fact",
            f"did you mean {near}?" if near else "see poc-gate schema facts",
        )
        return
    if measurement.value is None:
        if not measurement.reason:
            yield (*here, "reason"), f"{spec.name} has no value and no reason", "say why it was not measured"
        return
    fault = _value_fault(measurement.value, spec)
    if fault:
        yield (*here, "value"), f"{spec.name} {fault[0]}", fault[1]
    if measurement.unit != spec.unit:
        yield (
            (*here, "unit"),
            f"{spec.name} is in {spec.unit or 'no unit'}, not {measurement.unit!r}",
            f"write {spec.unit!r}",
        )
    yield from _interval_faults(measurement, here)


def _value_fault(value: object, spec: FactSpec) -> tuple[str, str] | None:
    if spec.kind is Kind.QUANTITY:
        return _quantity_fault(value, spec)
    wanted: Mapping[Kind, type] = {Kind.FLAG: bool, Kind.TEXTS: tuple}
    if not isinstance(value, wanted.get(spec.kind, str)):
        return f"must be a {spec.kind}", "record the profile again with `poc-gate probe -o machine.json`"
    if spec.kind is Kind.CHOICE and value not in spec.choices:
        return f"is {value!r}", f"write one of {', '.join(spec.choices)}"
    return None


def _quantity_fault(value: object, spec: FactSpec) -> tuple[str, str] | None:
    if not isinstance(value, Quantity):
        return "must be a quantity", f'write {{"value": ..., "unit": "{spec.unit}"}}'
    if value.unit != spec.unit:
        return f"has the unit {value.unit!r}", f"write {spec.unit!r}"
    low, high = spec.low, spec.high
    if (low is not None and value.value < low) or (high is not None and value.value > high):
        bounds = " to ".join(
            show_quantity(Quantity(bound, spec.unit)) for bound in (low, high) if bound is not None
        )
        return f"is {show_quantity(value)}, which is not plausible", f"the plausible range is {bounds}"
    return None


def _interval_faults(measurement: Measurement, here: Path) -> Iterator[Found]:
    low, high = measurement.low, measurement.high
    if isinstance(measurement.value, Quantity) and not _between(low, measurement.value.value, high):
        yield (*here, "value"), f"{measurement.fact} is outside of its own interval", "measure it again"
    if low is not None and high is not None and low > high:
        yield (
            (*here, "low"),
            f"{measurement.fact} has an interval that ends before it begins",
            "swap low and high",
        )
    if measurement.grade not in {"", "A", "B", "C"}:
        yield (*here, "grade"), f"grade {measurement.grade!r} is unknown", "write A, B or C"
    if measurement.grade == "C" and measurement.stable:
        yield (*here, "stable"), "a measurement of grade C is not stable", "write false"


def _between(low: float | None, value: float, high: float | None) -> bool:
    slack = 1e-6 * abs(value)
    return (low is None or low - slack <= value) and (high is None or value <= high + slack)


def _curve_faults(curve: Curve, here: Path) -> Iterator[Found]:
    if not curve.points:
        yield (*here, "points"), f"curve {curve.name!r} has no points", "leave the curve out"
    for index, point in enumerate(curve.points):
        if point.x < 0 or point.y < 0:
            yield (*here, "points", index), "sizes, rates and times are not negative", "measure it again"
