"""One declared source, measured fast: more calls a second than a real budget has, fewer of them."""

from __future__ import annotations

from typing import Any

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import Limits
from poc_gate.inputs.connect.local_config import Binding, LocalConfig
from poc_gate.inputs.connect.measure_sources import RunOptions, measure_sources
from poc_gate.inputs.connect.results.sources_file import SourceReport, SourcesFile
from poc_gate.inputs.connect.run.plan_sources import plan_source
from poc_gate.inputs.connect.run.source_plan import SourcePlan
from poc_gate.model.quantity import Quantity

SMALL = Preset("small", 80, 1, 0.0, ("p50", "p95"), "a test")


def configured(
    *, rate: float = 200.0, timeout: float = 5.0, bindings: tuple[Binding, ...] = (), **limits: Any
) -> LocalConfig:
    """Return a local configuration with a fast budget."""
    return LocalConfig(bindings, limits=Limits(rate=rate, timeout=timeout, **limits))


def plan_one(
    declared: Declaration,
    config: LocalConfig | None = None,
    *,
    preset: Preset = SMALL,
    allow_prod: bool = False,
) -> SourcePlan:
    """Return the plan of one source."""
    return plan_source(declared, config or configured(), preset, allow_prod=allow_prod)


def measure_file(
    declared: Declaration, config: LocalConfig | None = None, *, preset: Preset = SMALL
) -> SourcesFile:
    """Return what measuring one source writes."""
    config = config or configured()
    plan = plan_source(declared, config, preset)
    options = RunOptions(preset, config, seed=3, now="2026-11-23T10:00:00+00:00")
    return measure_sources([plan], [declared], options, tell=lambda _what, _share: None)[0]


def measure_one(
    declared: Declaration, config: LocalConfig | None = None, *, preset: Preset = SMALL
) -> SourceReport:
    """Return the report of one source."""
    return measure_file(declared, config, preset=preset).sources[0]


def value_of(report: SourceReport, name: str) -> Any:
    """Return a measured value in SI units, a text, or None."""
    found = next(one for one in report.measurements if one.fact == f"sources[{report.id}].{name}")
    return found.value.value if isinstance(found.value, Quantity) else found.value


def reason_of(report: SourceReport, name: str) -> str:
    """Return why a fact was not measured."""
    return next(one.reason for one in report.measurements if one.fact == f"sources[{report.id}].{name}")
