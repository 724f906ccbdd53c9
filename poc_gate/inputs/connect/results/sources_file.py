"""`sources.json` <-> what was measured of live sources: canonical bytes out, every fault with its place in."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.declared.source_facts import source_facts
from poc_gate.inputs.connect.load.load_steps import LoadStep
from poc_gate.inputs.connect.results.promises import Promise
from poc_gate.model.claim import Path
from poc_gate.model.fact import FactSpec, Kind, generic_name, item_name
from poc_gate.model.measurement import Curve, Measurement
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.documents.json_shape import shape_faults
from poc_gate.text.documents.strict_json import Found, parse_json, placed

SCHEMA = "poc-gate.sources/1"
STATES = ("measured", "stopped", "not-measured", "refused", "gap")
_LARGEST = 32 << 20
"""Bytes."""
_AGAIN = "record it again with `poc-gate sources run pilot.yaml -o sources.json`"
_TIMES = ("p50", "p95", "p99")


class SourceReport(Struct, frozen=True):
    """One source of the manifest: what was done and what it showed; no host's name, no contents."""

    id: str
    state: str
    """`measured`, `stopped` (an abort rule or a budget ended it), `not-measured`, `refused`, `gap`."""
    reason: str = ""
    connector: str = ""
    system: str = ""
    host: str = ""
    """Digest of hosts and ports; empty for files."""
    environment: str = ""
    call: str = ""
    """The query or call whose latency was measured."""
    measurements: tuple[Measurement, ...] = ()
    promises: tuple[Promise, ...] = ()
    curve: Curve | None = None
    sent: dict[str, str] = field(default_factory=dict)
    """What really went out: calls, rate, bytes, connections, errors by kind; texts with units."""
    server: dict[str, str] = field(default_factory=dict)
    """What the server says of itself, as text with units."""
    notes: tuple[str, ...] = ()
    model: str = ""
    """Model that was asked, as the endpoint lists it; empty for other sources."""
    steps: tuple[LoadStep, ...] = ()
    """What further loads showed, by calls in flight."""


class SourcesFile(Struct, frozen=True):
    """What `sources.json` holds."""

    measured_at: str
    """ISO 8601 UTC."""
    tool_version: str
    preset: str
    claim: str
    """What the percentiles stand for."""
    seed: int
    pattern: str
    """Of the arrivals: poisson or constant."""
    sources: tuple[SourceReport, ...]
    schema: str = SCHEMA


def write_sources(file: SourcesFile) -> bytes:
    """Return the canonical JSON: sorted keys, two spaces, a newline at the end."""
    return canonical_json(msgspec.to_builtins(file), ascii_only=False)


def read_sources(content: bytes, file: str, *, known: tuple[str, ...]) -> tuple[Measurement, ...]:
    """Return the measurements in a file, as facts of the sources that the manifest lists in `known`.

    A measurement's `source` names this file. Raises InvalidInputError with every fault: syntax, unknown
    keys, wrong types, facts that are none of a source, units and values that cannot be, sources that the
    manifest does not list.
    """
    found = read_sources_file(content, file, known=known)
    return tuple(
        replace(measurement, source=file) for source in found.sources for measurement in source.measurements
    )


def read_sources_file(content: bytes, file: str, *, known: tuple[str, ...] | None = None) -> SourcesFile:
    """Return the whole file; `known` None accepts any source. Raises InvalidInputError as `read_sources` does."""
    read = parse_json(content, file, most_bytes=_LARGEST, next_step=_AGAIN)
    found = shape_faults(read.data, SourcesFile, _AGAIN)
    if not found:
        sources = msgspec.convert(read.data, SourcesFile)
        found = list(_faults(sources, known))
        if not found:
            return sources
    raise InvalidInputError(placed(read, found))


def sources_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `sources.json`."""
    schema = msgspec.json.schema(SourcesFile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:poc-gate:sources:v1",
        "title": "poc-gate measurements of live sources",
        **schema,
    }


def _faults(read: SourcesFile, known: tuple[str, ...] | None) -> Iterator[Found]:
    if read.schema != SCHEMA:
        yield ("schema",), f"schema {read.schema!r} is not {SCHEMA!r}", _AGAIN
    seen: set[str] = set()
    for index, source in enumerate(read.sources):
        here = ("sources", index)
        if source.id in seen:
            yield (*here, "id"), f"the source {source.id!r} is measured twice", "keep one of the two"
        seen.add(source.id)
        if known is not None and source.id not in known:
            near = difflib.get_close_matches(source.id, known, n=1)
            step = (
                f"did you mean {near[0]}?"
                if near
                else f"the manifest lists: {', '.join(known) or 'no source'}"
            )
            yield (*here, "id"), f"the manifest lists no source {source.id!r}", step
        if source.state not in STATES:
            yield (*here, "state"), f"state {source.state!r} is unknown", f"one of {', '.join(STATES)}"
        for number, load in enumerate(source.steps):
            least = min(load.calls, load.failed, load.seconds, load.served_per_s, load.concurrency)
            if load.calls < load.failed or least < 0:
                yield (*here, "steps", number), "counts and times of a step cannot be", _AGAIN
        for number, measurement in enumerate(source.measurements):
            yield from _measurement_faults(source.id, measurement, (*here, "measurements", number))


def _measurement_faults(source: str, measurement: Measurement, here: Path) -> Iterator[Found]:
    spec = _specs().get(generic_name(measurement.fact))
    if spec is None or measurement.fact != item_name(spec.name, source):
        what = f"{measurement.fact!r} is not a measured fact of the source {source!r}"
        yield (*here, "fact"), what, "see `poc-gate schema facts`"
        return
    if str(measurement.provenance) != "measured":
        yield (*here, "provenance"), "only measured values can be in this file", "write it in the manifest"
    if measurement.value is None:
        if not measurement.reason:
            yield (
                (*here, "reason"),
                f"{measurement.fact} has no value and no reason",
                "say why it was not measured",
            )
        return
    what = _value_fault(measurement.value, spec)
    if what:
        yield (*here, "value"), f"{measurement.fact} {what}", _AGAIN
    low, high = measurement.low, measurement.high
    if isinstance(measurement.value, Quantity) and not _between(low, measurement.value.value, high):
        yield (*here, "value"), f"{measurement.fact} is outside of its own interval", _AGAIN
    if low is not None and high is not None and low > high:
        yield (*here, "low"), f"{measurement.fact} has an interval that ends before it begins", _AGAIN


def _between(low: float | None, value: float, high: float | None) -> bool:
    slack = 1e-6 * abs(value)
    return (low is None or low - slack <= value) and (high is None or value <= high + slack)


def _value_fault(value: object, spec: FactSpec) -> str:
    if spec.kind is not Kind.QUANTITY:
        return "" if isinstance(value, str) else f"must be a {spec.kind}"
    if not isinstance(value, Quantity):
        return f"must be a quantity in {spec.unit}"
    if value.unit != spec.unit:
        return f"is in {value.unit!r}, not {spec.unit!r}"
    if (spec.low is not None and value.value < spec.low) or (
        spec.high is not None and value.value > spec.high
    ):
        return f"is {show_quantity(value)}, which is not plausible"
    return ""


@cache
def _specs() -> Mapping[str, FactSpec]:
    times = tuple(
        FactSpec(f"sources[].{name}", Kind.QUANTITY, "Percentile of the time of one call", "s", 0, 86400)
        for name in _TIMES
    )
    return {spec.name: spec for spec in (*times, *source_facts())}
