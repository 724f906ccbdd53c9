"""What one assessment rests on beside its manifest: the team's files, the ledger, the machine, live sources, one tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from poc_gate.app.assess.reading.recorded import sources_that_count
from poc_gate.app.ground.files.read_inputs import read_file, sha256_of
from poc_gate.model.claim import Claim, Evidence, Notice
from poc_gate.model.fact import FactTree
from poc_gate.model.fact_name import fact_name
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.observation import Observation

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading
    from poc_gate.model.finding import Waiver

_LEDGER = "poc-gate.waivers.yaml"
Progress = Callable[[str, float], None]


def assemble(
    request: CaseRequest,
    reading: ManifestReading,
    claims: tuple[Claim, ...],
    measured: tuple[Measurement, ...],
    observations: tuple[Observation, ...] = (),
) -> FactTree:
    """Return the tree of everything that is known: claims, public figures of named things, measurements, observations."""
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.facts.assemble_facts import assemble_facts
    from poc_gate.facts.known.named import known_claims
    from poc_gate.facts.known_retirements import retirement_claims

    catalogue = full_catalogue()
    return assemble_facts(
        catalogue,
        (*claims, *retirement_claims(claims), *known_claims(catalogue, claims)),
        measured,
        observations=observations,
        items={**reading.items, **_observed_items(observations, reading.items)},
        # The document itself is no parent of a key: the section or item that lacks it is shown instead.
        item_places={name: place for name, place in reading.section_places.items() if name},
        today=request.today,
    )


def _observed_items(
    observations: tuple[Observation, ...], stated: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the lists that only observations fill, such as the steps of load tests: their name -> ids."""
    found: dict[str, dict[str, None]] = {}
    for one in observations:
        name = fact_name(one.fact)
        if name.item and name.section not in stated:
            found.setdefault(name.section, {})[name.item] = None
    return {section: tuple(ids) for section, ids in found.items()}


class TeamFiles(Struct, frozen=True):
    """What the files of a team say, read once."""

    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]
    evidence: tuple[Evidence, ...]
    inputs: Mapping[str, str]
    observations: tuple[Observation, ...] = ()


def read_team_files(
    request: CaseRequest, reading: ManifestReading, root: Path, progress: Progress
) -> TeamFiles:
    """Return what the files say that the manifest or the command line names."""
    from poc_gate.app.imports.import_files import import_files
    from poc_gate.app.imports.observed_files import Runs

    if not reading.imports and not reading.evidence and not request.results:
        return TeamFiles((), (), (), {})
    runs = Runs(request.results, reading.claims, request.today, progress)
    found = import_files(reading.imports, reading.evidence, root, items=reading.items, runs=runs)
    seen = (*(one for observed in found.observed for one in observed.observations), *found.steps)
    return TeamFiles(found.claims, found.notices, found.evidence, found.inputs, seen)


def read_ledger(request: CaseRequest, root: Path, inputs: dict[str, str]) -> tuple[Waiver, ...]:
    """Return the waivers of the ledger beside the manifest, or of the one that was named; none where there is none."""
    path = Path(request.waivers) if request.waivers else root / _LEDGER
    if not request.waivers and not path.exists():
        return ()
    from poc_gate.app.ground.packs.waivers import read_waivers

    content = read_file(path)
    inputs[path.as_posix()] = sha256_of(content)
    return read_waivers(content, path.as_posix(), today=request.today)


def judged_machine(
    request: CaseRequest, inputs: dict[str, str], progress: Progress
) -> tuple[MachineProfile, str, str]:
    """Return the profile judged against, where it comes from, and its digest."""
    from poc_gate.inputs.probe.profile.profile_file import write_profile

    if request.profile is not None:
        profile, source = request.profile, request.machine or "probed now"
    elif request.machine:
        from poc_gate.app.ground.machines.load_profile import load_profile

        profile, source = load_profile(request.machine), request.machine
    else:
        from poc_gate.inputs.probe.interface import ProbeOptions
        from poc_gate.inputs.probe.probe_machine import probe_machine

        options = ProbeOptions(effort=request.effort or "default", storage=request.storage)
        profile, source = probe_machine(options, progress=progress, now=request.now), "probed now"
    path = Path(source)
    digest = sha256_of(read_file(path) if path.is_file() else write_profile(profile))
    if path.is_file():
        inputs[path.as_posix()] = digest
    return profile, source, digest


def measured_sources(
    request: CaseRequest,
    reading: ManifestReading,
    claims: tuple[Claim, ...],
    inputs: dict[str, str],
    folder: Path,
) -> tuple[tuple[Measurement, ...], tuple[Observation, ...], tuple[Notice, ...]]:
    """Return the measurements and steps of load of `sources.json` that count, and why others do not."""
    if not request.sources:
        return (), (), ()
    from poc_gate.inputs.connect.results.sources_file import read_sources_file

    path = Path(request.sources)
    content = read_file(path)
    inputs[path.as_posix()] = sha256_of(content)
    file = read_sources_file(content, path.as_posix(), known=reading.items.get("sources", ()))
    tree = assemble(request, reading, claims, ())
    return sources_that_count(file, path.as_posix(), tree, folder, request.today)
