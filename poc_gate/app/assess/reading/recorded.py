"""Files of ours that come back, a machine's profile and measured sources -> the measurements in them that may count.

They are plain JSON that anybody can write. What they say of themselves is held against the day and the manifest.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from poc_gate.app.assess.source_steps import steps_of_sources
from poc_gate.app.ground.ages import age_fault
from poc_gate.model.claim import Notice, Place, Provenance
from poc_gate.model.fact import FactTree
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.observation import Observation

if TYPE_CHECKING:
    from poc_gate.inputs.connect.results.sources_file import SourceReport, SourcesFile

MACHINE_AGE, SOURCES_AGE = 365, 180
"""Days for which a profile, and figures of live sources, count as measured: hardware is exchanged and drivers are
updated about yearly, loads and indexes of a source change within a quarter or two."""


def machine_that_counts(
    profile: MachineProfile, source: str, today: str
) -> tuple[MachineProfile, tuple[Notice, ...]]:
    """Return the profile with what may count as measured on a day (ISO 8601), and why something does not."""
    why = age_fault(profile.measured_at, today, MACHINE_AGE) if profile.kind == "measured" else ""
    if not why:
        return profile, ()
    step = "record it on that machine again: `poc-gate probe -o machine.json`"
    notice = Notice("warning", f"{why}: its figures count as declared", Place(source), step)
    return replace(profile, measurements=tuple(_declared(profile.measurements, why))), (notice,)


def sources_that_count(
    file: SourcesFile, name: str, tree: FactTree, folder: Path, today: str
) -> tuple[tuple[Measurement, ...], tuple[Observation, ...], tuple[Notice, ...]]:
    """Return the measurements of `sources.json` as facts, its steps of load, and why some count as declared or not at all.

    `tree` holds what the manifest declares: figures of another system, connector, host or environment are not
    those of the source.
    """
    step = "measure the sources again: `poc-gate sources run pilot.yaml -o sources.json`"
    late = age_fault(file.measured_at, today, SOURCES_AGE)
    notices = [Notice("warning", f"{late}: its figures count as declared", Place(name), step)] if late else []
    found: list[Measurement] = []
    own: set[str] = set()
    for report in file.sources:
        other = _another(report, tree, folder)
        measured = [replace(one, source=name) for one in report.measurements]
        if other:
            notices.append(
                Notice("warning", f"the figures of {report.id} do not count: {other}", Place(name), step)
            )
            measured = [_withdrawn(one, other) for one in measured]
        else:
            own.add(report.id)
        found += _declared(measured, late) if late else measured
    provenance = Provenance.DECLARED if late else Provenance.MEASURED
    return tuple(found), steps_of_sources(file, name, tree, frozenset(own), provenance), tuple(notices)


def _declared(measurements: Iterable[Measurement], why: str) -> Iterable[Measurement]:
    for one in measurements:
        if one.value is not None and one.provenance is Provenance.MEASURED:
            yield replace(one, provenance=Provenance.DECLARED, reason=why)
        else:
            yield one


def _withdrawn(one: Measurement, why: str) -> Measurement:
    return Measurement(one.fact, None, reason=why, source=one.source)


def _another(report: SourceReport, tree: FactTree, folder: Path) -> str:
    """Return in which respect a report is of another source than the manifest declares; empty when it is the same."""
    from poc_gate.app.ground.declared_sources import declaration
    from poc_gate.inputs.connect.declared.presets import find_preset
    from poc_gate.inputs.connect.local_config import LocalConfig
    from poc_gate.inputs.connect.run.plan_sources import plan_source

    declared = declaration(tree, report.id, folder)
    plan = plan_source(declared, LocalConfig(), find_preset("quick"), allow_prod=True)
    connector = plan.connector.name if plan.connector else ""
    pairs = (
        ("system", report.system.lower(), declared.system.lower()),
        ("connector", report.connector, connector),
        ("environment", report.environment, plan.environment),
    )
    for what, measured, stated in pairs:
        if measured and stated and measured != stated:
            return f"they were measured with the {what} {measured!r}, and the manifest means {stated!r}"
    if plan.host_digest and report.host != plan.host_digest:
        return "they were measured at a host other than the one the manifest names"
    return ""
