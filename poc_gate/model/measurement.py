"""Measurements: what this machine or a live source showed, as values with spread, never bare floats."""

from __future__ import annotations

from msgspec import Struct, field

from poc_gate.model.claim import Provenance, Value


class Point(Struct, frozen=True):
    """One point of a curve, both axes in SI units."""

    x: float
    y: float
    y_low: float | None = None
    y_high: float | None = None
    label: str = ""


class Curve(Struct, frozen=True):
    """A measured curve, such as bandwidth over working-set size."""

    name: str
    title: str
    x_unit: str
    y_unit: str
    points: tuple[Point, ...]
    x_label: str = ""
    y_label: str = ""


class Measurement(Struct, frozen=True):
    """One measured (or datasheet) fact of a machine or a source.

    A measurement that could not be made has `value` None and says why; it is never replaced by a
    slower substitute under the same name.
    """

    fact: str
    value: Value | None
    unit: str = ""
    """SI unit of `samples`, `median`, `low` and `high`; empty for texts and statements."""
    samples: tuple[float, ...] = ()
    warmups: tuple[float, ...] = ()
    median: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    low: float | None = None
    """Lower end of the interval of the value (95 % unless `interval` says otherwise)."""
    high: float | None = None
    interval: str = ""
    spread: float | None = None
    """Relative spread: (p75 - p25) / median of the samples."""
    method: str = ""
    """How it was measured, in one line, with the convention of counting (bytes, requests)."""
    variant: str = ""
    """Which kernel or variant won, where several were tried."""
    stable: bool | None = None
    """None where stability has no meaning (a count, a name)."""
    grade: str = ""
    """`A`, `B`, `C`, or empty where grading has no meaning."""
    reason: str = ""
    """Why it is absent, unstable or assumed, in words."""
    provenance: Provenance = Provenance.MEASURED
    source: str = ""
    """Public source of a datasheet value; run id of a measurement."""
    details: dict[str, str] = field(default_factory=dict)


class MachineProfile(Struct, frozen=True):
    """What `machine.json` holds: who the machine is, under which conditions, and what was measured."""

    name: str
    fingerprint: str
    """Short digest over device names, counts, memory sizes, link and driver: same hardware, same value."""
    measured_at: str
    """ISO 8601 UTC."""
    tool_version: str
    measurements: tuple[Measurement, ...]
    curves: tuple[Curve, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    """Conditions as text with units: CPU quota, steal, throttling, affinity, virtualisation, THP."""
    notes: tuple[str, ...] = ()
    kind: str = "measured"
    """`measured`, or `datasheet` where every value is assumed from a public data sheet."""
    hardware: str = ""
    """The same digest over what was bought alone, which reboots and driver updates leave as it is; empty in older files."""
    schema: str = "poc-gate.machine/1"
