"""The rooms' entries -> one catalogue of every fact, with its unit, meaning and how to learn it."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.errors import InternalError
from poc_gate.model.fact import Catalogue, FactSpec, Kind

ASSESSMENT_FACTS = (
    FactSpec(
        name="assessment.today",
        kind=Kind.DATE,
        meaning="Day of the assessment, handed in by the caller",
        resolve="pass `--today YYYY-MM-DD`",
        origin="assessment",
    ),
)
"""Facts about the assessment itself; the clock is read once, outside, and comes in as a value."""


def assemble_catalogue(*rooms: tuple[FactSpec, ...]) -> Catalogue:
    """Return one catalogue of what all rooms can supply.

    A fact that two rooms can supply (a latency is declared in the manifest and measured at the source)
    keeps the first entry and gains the second way to learn it. Raises InternalError when two rooms mean
    different things by one name.
    """
    merged: dict[str, FactSpec] = {spec.name: spec for spec in ASSESSMENT_FACTS}
    for specs in rooms:
        for spec in specs:
            known = merged.get(spec.name)
            merged[spec.name] = spec if known is None else _both(known, spec)
    return Catalogue(tuple(merged.values()))


def _both(first: FactSpec, second: FactSpec) -> FactSpec:
    if (first.kind, first.unit) != (second.kind, second.unit):
        raise InternalError(
            f"{first.name} is {first.kind} in {first.unit or 'no unit'} for {first.origin}, "
            f"but {second.kind} in {second.unit or 'no unit'} for {second.origin}"
        )
    if not second.resolve or second.resolve == first.resolve:
        return first
    return replace(
        first, resolve=f"{first.resolve}, or {second.resolve}" if first.resolve else second.resolve
    )
