"""One pilot with everything that is assessed: read once, judged as often as needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field, structs

from poc_gate.app.assess.reading.case_inputs import (
    assemble,
    judged_machine,
    measured_sources,
    read_ledger,
    read_team_files,
)
from poc_gate.app.assess.reading.case_notices import stage_notice, unanswered, without_secrets
from poc_gate.app.assess.reading.on_fleet import on_fleet
from poc_gate.app.assess.reading.recorded import machine_that_counts
from poc_gate.app.ground.files.read_inputs import (
    MANIFEST,
    find_manifest,
    lacks_manifest,
    read_file,
    sha256_of,
)
from poc_gate.app.ground.stated_words import check_day, check_stage
from poc_gate.errors import UsageError
from poc_gate.model.claim import Evidence, Notice
from poc_gate.model.fact import FactTree
from poc_gate.model.measurement import MachineProfile
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.model.rule import Stage

if TYPE_CHECKING:
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading
    from poc_gate.judge.packs.pack_set import PackSet
    from poc_gate.model.finding import Waiver
    from poc_gate.model.parts.first_look import SeenFact


Progress = Callable[[str, float], None]
"""Told what runs and which share (0 to 1) of it is done."""


class CaseRequest(Struct, frozen=True):
    """What the user asks to be assessed."""

    path: Path
    """Folder with pilot.yaml, or the file itself."""
    today: str
    """ISO 8601 date of the assessment."""
    now: str
    """ISO 8601 UTC time, kept in a profile that is measured now."""
    machine: str = ""
    """A profile's file, a fleet's folder, or the name of a datasheet; empty = probe this machine."""
    sources: str = ""
    """A file written by `sources run`."""
    results: tuple[str, ...] = ()
    """Results of the running pilot named outside the manifest: traces, load tests, evaluations."""
    packs: tuple[str, ...] = ()
    """Packs added to the shipped ones."""
    only: tuple[str, ...] = ()
    """Rules, packs or dimensions to judge; empty = all."""
    stage: str = ""
    """Overrides the manifest's stage."""
    waivers: str = ""
    """The ledger; empty = `poc-gate.waivers.yaml` beside the manifest, where there is one."""
    profile: MachineProfile | None = None
    """A profile at hand, which wins over `machine`; for judging twice on the same machine."""
    effort: str = ""
    """Of the probe: quick, default or thorough."""
    content: bytes | None = None
    """The manifest at hand, which wins over the file; for one that is being written."""
    unprobed: bool = False
    """This machine is left alone: the data sheet of the stated device, or nothing, is judged against."""
    look: bool = False
    """A folder without a manifest is read as a repository; nothing is written."""
    storage: str = ""
    """File or folder for the storage probe; empty = the manifest's folder is described, not measured."""


class Case(Struct, frozen=True):
    """All inputs of one assessment, as values."""

    name: str
    stage: Stage
    today: str
    manifest: str
    reading: ManifestReading
    tree: FactTree
    """Stated and measured facts; derived ones are added when it is judged."""
    packs: PackSet
    evidence: tuple[Evidence, ...]
    waivers: tuple[Waiver, ...]
    notices: tuple[Notice, ...]
    machine: MachineProfile
    machine_source: str
    machine_sha256: str
    only: frozenset[str]
    """Ids of the rules to judge; empty = all."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Path -> sha256 of every file read."""
    places: tuple[SeenPlaces, ...] = ()
    """Where what was counted was seen."""
    seen: tuple[SeenFact, ...] | None = None
    """What the repository shows, where no manifest exists; None where one was read."""
    commit: str = ""
    """What is checked out where the manifest lies; an input like the day, handed in, never asked for later."""
    draining: tuple[str, ...] = ()
    """Degraded nodes of the fleet that is judged on."""
    drained: FactTree | None = None
    """The facts without those nodes; None where there are none."""
    is_stage_stated: bool = True
    """Whether somebody said for which stage; where nobody did, it is judged for production, the strictest."""


def read_case(request: CaseRequest, progress: Progress = lambda _what, _share: None) -> Case:
    """Return everything that one assessment rests on.

    Raises InvalidInputError with the faults of every input file at once, UsageError for names that lead
    nowhere, NotMeasuredError when this machine cannot be probed.
    """
    from poc_gate.app.assess.reading.misnamed_rules import misnamed_rules
    from poc_gate.app.assess.reading.unknown_regimes import regimes_that_count
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs
    from poc_gate.app.secrets.measure_secrets import measure_secrets

    check_day("--on", request.today)
    check_stage(request.stage)
    path, reading, seen, inputs = _reading(request, progress)
    if request.unprobed or seen is not None:
        request = _without_probe(request, reading)
    catalogue = full_catalogue()
    packs = load_rule_packs(request.packs, catalogue=catalogue)
    files = read_team_files(request, reading, path.parent, progress)
    inputs |= files.inputs
    waivers = read_ledger(request, path.parent, inputs)
    stage = Stage(request.stage) if request.stage else reading.stage
    request, fleet = on_fleet(request, inputs)
    profile, source, digest = judged_machine(request, inputs, progress)
    profile, aged = machine_that_counts(profile, source, request.today)
    left = machine_that_counts(fleet.drained, source, request.today)[0] if fleet and fleet.drained else None
    known = (*reading.notices, *files.notices)
    secrets = measure_secrets(
        path.parent, known, reading.claims, files.evidence, packs.rules.values(), today=request.today
    )
    claims, strange = regimes_that_count((*reading.claims, *files.claims), packs)
    sources, loads, outdated = measured_sources(request, reading, claims, inputs, path.parent)
    others = (secrets.measurement, *sources)
    measured = (*profile.measurements, *others)
    return Case(
        name=reading.name,
        stage=stage or Stage.PRODUCTION,
        is_stage_stated=stage is not None,
        today=request.today,
        manifest=path.as_posix(),
        reading=reading,
        tree=assemble(request, reading, claims, measured, (*files.observations, *loads)),
        packs=packs,
        evidence=files.evidence,
        waivers=waivers,
        notices=(
            *without_secrets(reading.notices, files.notices),
            *secrets.notices,
            *stage_notice(reading, stage),
            *unanswered(claims, request.today),
            *aged,
            *(fleet.notices if fleet else ()),
            *outdated,
            *misnamed_rules(reading, packs),
            *strange,
        ),
        machine=profile,
        machine_source=source,
        machine_sha256=digest,
        only=selected_rules(packs, request.only),
        inputs=inputs,
        places=(secrets.places,),
        seen=seen,
        draining=fleet.degraded if fleet and left else (),
        drained=(
            assemble(request, reading, claims, (*left.measurements, *others), files.observations)
            if left
            else None
        ),
    )


def _reading(
    request: CaseRequest, progress: Progress
) -> tuple[Path, ManifestReading, tuple[SeenFact, ...] | None, dict[str, str]]:
    """Return the manifest's place, what it says, what was seen instead where there is none, and the files read."""
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    if request.look and lacks_manifest(request.path):
        from poc_gate.app.assess.look.unwritten_manifest import unwritten_manifest

        reading, seen = unwritten_manifest(request.path, progress)
        return request.path / MANIFEST, reading, seen, {}
    if request.content is not None:
        path, content = request.path, request.content
    else:
        path = find_manifest(request.path)
        content = read_file(path)
    return path, read_manifest(content, path.as_posix()), None, {path.as_posix(): sha256_of(content)}


def _without_probe(request: CaseRequest, reading: ManifestReading) -> CaseRequest:
    """Return the request of a first look: the data sheet of a stated device, a short probe for a model of its own.

    Where a provider runs the model, or nobody says who does, this machine says nothing about it and is left alone.
    """
    if request.machine or request.profile is not None:
        return request
    from poc_gate.facts.known.tables import find

    stated = {claim.fact: claim.value for claim in reading.claims}
    device = stated.get("target.device")
    row = find("devices", device) if isinstance(device, str) else None
    if row is not None:
        return structs.replace(request, machine=row.name)
    if stated.get("model.hosting") == "self" and not request.unprobed:
        return structs.replace(request, effort=request.effort or "quick")
    from poc_gate.version import __version__

    return structs.replace(
        request, profile=MachineProfile("not probed", "", "", __version__, (), kind="none")
    )


def selected_rules(packs: PackSet, only: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the rules that the names select; raises UsageError for a name of nothing."""
    chosen: set[str] = set()
    for name in only:
        rule = packs.find(name)
        found = {r.id for r in packs.rules.values() if name in (r.pack, r.dimension)}
        if rule is None and not found:
            raise UsageError(
                f"{name!r} is not a rule, pack or dimension", next_step="list them with `poc-gate rules list`"
            )
        chosen |= found | ({rule.id} if rule else set())
    return frozenset(chosen)


def with_tree(case: Case, tree: FactTree) -> Case:
    """Return the same case on other facts; what-if and levers judge it again."""
    return structs.replace(case, tree=tree)
