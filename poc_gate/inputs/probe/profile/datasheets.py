"""Shipped data sheets -> machine profiles whose every value is assumed, with its public source.

A sheet is named alone, `h100-sxm-80gb`, or with how many of it a machine has, `l4-24gb:2`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from msgspec import structs

from poc_gate.base.shipped_files import datasheet_files
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.inputs.probe.interface import absent
from poc_gate.inputs.probe.profile.machine_facts import machine_facts
from poc_gate.model.claim import Provenance, Value
from poc_gate.model.fact import Catalogue, Kind
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity
from poc_gate.text.documents.positioned_yaml import Document, read_yaml
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity
from poc_gate.version import __version__

_NAME = lazily(r"(?P<sheet>[a-z0-9][a-z0-9.+-]*?)(?::(?P<count>\d{1,4}))?")
_MOST = 1024
_KEYS = frozenset({"title", "kind", "dated", "sources", "values", "verified", "notes"})


def datasheet_names() -> tuple[str, ...]:
    """Return the names of all shipped data sheets, sorted."""
    return tuple(sorted(_files()))


def datasheet_titles() -> tuple[tuple[str, str], ...]:
    """Return name and title of every sheet, sorted by name."""
    return tuple((name, str(_document(name).data["title"])) for name in datasheet_names())


def find_datasheet(name: str) -> MachineProfile | None:
    """Return the profile of a data sheet, or None when none has that name.

    Raises UsageError for a count that makes no sense: of a processor's sheet, zero, or beyond 1024.
    """
    match = _NAME.fullmatch(name.strip().lower())
    if not match or match["sheet"] not in _files():
        return None
    count = int(match["count"]) if match["count"] else 1
    if not 1 <= count <= _MOST:
        raise UsageError(f"{name!r}: the count must be 1 to {_MOST}", next_step=f"write {match['sheet']}:2")
    document = _document(match["sheet"])
    if match["count"] and document.data["kind"] != "accelerator":
        raise UsageError(
            f"{name!r}: only accelerators can be counted", next_step=f"write {match['sheet']} alone"
        )
    return _profile(name.strip().lower(), document, count)


@cache
def _files() -> Mapping[str, bytes]:
    return {file.removesuffix(".yaml"): content for file, content in datasheet_files().items()}


@cache
def _document(name: str) -> Document:
    document = read_yaml(_files()[name], f"datasheets/{name}.yaml")
    data = document.data
    if (
        not isinstance(data, dict)
        or set(data) - _KEYS
        or not {"title", "kind", "dated", "values", "sources"} <= set(data)
    ):
        fault = Fault(f"datasheets/{name}.yaml", 1, 1, f"a sheet has the keys {', '.join(sorted(_KEYS))}")
        raise InvalidInputError([fault])
    return document


@cache
def _catalogue() -> Catalogue:
    return Catalogue(machine_facts())


def _profile(name: str, document: Document, count: int) -> MachineProfile:
    data = document.data
    source = "; ".join(data["sources"])
    faults: list[Fault] = []
    values: dict[str, Value] = {"machine.name": name, "machine.kind": "datasheet"}
    for key, text in data["values"].items():
        try:
            values[f"machine.{key}"] = _value(f"machine.{key}", text)
        except QuantityError as error:
            place = document.place(("values", key))
            faults.append(
                Fault(place.file, place.line, place.column, f"{key}: {error.what}", error.next_step)
            )
    if faults:
        raise InvalidInputError(faults)
    if data["kind"] == "accelerator":
        values["machine.accelerators.state"] = "present"
        values["machine.accelerators.count"] = Quantity(float(count))
    fingerprint = hashlib.sha256(f"{name}\n{document.sha256}".encode()).hexdigest()[:16]
    values["machine.fingerprint"] = fingerprint
    return MachineProfile(
        name=name,
        fingerprint=fingerprint,
        measured_at=str(data.get("dated", "")),
        tool_version=__version__,
        measurements=_measurements(values, source, _readings(document)),
        environment={"title": str(data["title"])},
        notes=tuple(data.get("notes", ())),
        kind="datasheet",
    )


def _readings(document: Document) -> dict[str, dict[str, str]]:
    """Return for each fact when and where its value was read again after the sheet was written."""
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(document.data.get("verified", ())):
        unknown = set(row["values"]) - set(document.data["values"])
        if unknown:
            place = document.place(("verified", number))
            what = f"verified names values that the sheet does not state: {', '.join(sorted(unknown))}"
            raise InvalidInputError([Fault(place.file, place.line, place.column, what, "list stated values")])
        for name in row["values"]:
            found[f"machine.{name}"] = {"verified_on": str(row["on"]), "verified_in": row["source"]}
    return found


def _value(fact: str, text: object) -> Value:
    spec = _catalogue().find(fact)
    if spec is None:
        raise QuantityError(f"{fact} is not a machine fact", f"did you mean {_catalogue().nearest(fact)}?")
    if spec.kind is Kind.QUANTITY:
        if spec.unit == "1" and isinstance(text, int):
            return Quantity(float(text))
        return parse_quantity(str(text), spec.unit)
    if spec.kind is Kind.FLAG:
        if not isinstance(text, bool):
            raise QuantityError(f"{text!r} is not true or false", "write true or false")
        return text
    return str(text)


def _measurements(
    values: dict[str, Value], source: str, readings: dict[str, dict[str, str]]
) -> tuple[Measurement, ...]:
    found = []
    for spec in machine_facts():
        if spec.name in values:
            stated = Measurement(fact=spec.name, value=values[spec.name], unit=spec.unit, source=source)
            found.append(
                structs.replace(
                    stated,
                    provenance=Provenance.ASSUMED,
                    method="public data sheet",
                    reason="not measured here",
                    details=readings.get(spec.name, {}),
                )
            )
        else:
            missing = absent(spec, "a data sheet does not say; probe the machine itself")
            found.append(structs.replace(missing, provenance=Provenance.ASSUMED))
    return tuple(found)
