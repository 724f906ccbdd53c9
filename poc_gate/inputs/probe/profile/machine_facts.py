"""Every fact a machine profile can hold: the probes' own declarations and who the machine is."""

from __future__ import annotations

from functools import cache

from poc_gate.inputs.probe.interface import machine_fact, probes
from poc_gate.model.fact import FactSpec

IDENTITY = (
    machine_fact("name", "Name of the machine profile."),
    machine_fact("fingerprint", "Digest over the hardware: the same hardware gives the same value."),
    machine_fact("kind", "Origin of the machine profile.", choices=("measured", "datasheet")),
)  # fmt: skip


@cache
def machine_facts() -> tuple[FactSpec, ...]:
    """Return the catalogue's entries of the machine, sorted by name; nothing is measured."""
    specs = [*IDENTITY, *(spec for probe in probes() for spec in probe.facts)]
    return tuple(sorted(specs, key=lambda spec: spec.name))
