"""A repository -> what its files say already, ready to stand in a new manifest with each value's origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.authoring.files_to_import import Findings, FoundFile
from poc_gate.app.authoring.init import Known
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.items_of_claims import items_of_claims
from poc_gate.app.imports.one_of_a_kind import Read
from poc_gate.app.inspect.inspect import Inspection, inspect_files
from poc_gate.inputs.repository.reading import Certainty, RepositoryReading
from poc_gate.model.claim import Claim, Notice, Place, Provenance, Value

_FIELDS = {
    "model-config": "model.config",
    "weights-index": "model.weights_index",
    "ml-bom": "model.bom",
    "slo": "slo.file",
    "kubernetes": "target.kubernetes",
    "openlineage": "pipeline.lineage",
    "prometheus": "monitoring.alerts",
    "evaluation": "evaluation.report",
    "model-card": "evaluation.model_card",
}
"""Group of importers -> the manifest's key that names such a file."""
_FILES = frozenset(
    {
        "operations.runbook",
        "evaluation.thresholds",
        "evaluation.injection_report",
        "security.impact_assessment",
    }
)
"""Keys whose value is a path."""
_NAMING = frozenset({"contract", *(key.rpartition(".")[2] for key in _FIELDS.values())})
"""Last part of each key that names a file to import from."""
_LOCKS = "requirements"

Progress = Callable[[str, float], None]


def look_through(
    repository: Path, folder: Path, progress: Progress = lambda _what, _share: None, *, service: str = ""
) -> Findings:
    """Return what the files below `repository` say about a pilot whose manifest will stand in `folder`.

    Files outside `folder` give values but cannot be named in the manifest. What was inferred is named in
    `known.inferred`, to be written as comments. Raises UsageError when `repository` is no folder.
    """
    inspection = inspect_files(repository, service=service, progress=progress)
    base, home = repository.resolve(), folder.resolve()
    reading = inspection.reading
    claims = [claim for one in inspection.imported for claim in _naming(one, base, home)]
    at_home = (_at_home(claim, base, home) for claim in reading.claims())
    claims += [claim for claim in at_home if claim]
    kept, dropped = fitting_claims(_one_voice(claims))
    kept += _further_files(inspection, kept, base, home)
    currency = next((str(claim.value) for claim in kept if claim.fact == "cost.currency"), "")
    inferred = frozenset(found.claim.fact for found in reading.facts if found.certainty is Certainty.INFERRED) - {"pilot.name"}  # fmt: skip
    known = Known(tuple(kept), items_of_claims(kept), currency, inferred)
    notices: tuple[Notice, ...] = (
        *reading.questions,
        *(one for one in dropped if "no fact of that name" not in one.message),
    )
    return Findings(_files(reading), known, notices, reading.looked_at, reading.complete)


def _files(reading: RepositoryReading) -> tuple[FoundFile, ...]:
    """Return the files that say something, and those that could not be read."""
    read = [FoundFile(one.path, one.reader, one.facts) for one in reading.files]
    faults = [FoundFile(one.path, "", 0, one.why) for one in reading.left if not one.why.startswith("not used") and not one.path.endswith("/")]  # fmt: skip
    return (*read, *faults)


def _at_home(claim: Claim, base: Path, home: Path) -> Claim | None:
    """Return a claim whose value is a path as the manifest must write it, or None where it cannot."""
    if claim.fact not in _FILES:
        return claim
    path = base / str(claim.value)
    return replace(claim, value=path.relative_to(home).as_posix()) if path.is_relative_to(home) else None


def _naming(one: Read, base: Path, home: Path) -> Iterator[Claim]:
    """Yield the manifest's key that names a file where the manifest can reach it, and the ids of its sources."""
    result, path = one.result, base / one.path
    group = result.group
    if group != _LOCKS and path.is_relative_to(home):
        inside = path.relative_to(home).as_posix()
        key = _FIELDS.get(group)
        if group == "contract":
            item = next(
                (c.fact.partition("]")[0] for c in result.claims if c.fact.startswith("sources[")), ""
            )
            key = f"{item}].contract" if item else None
        if key:
            yield _said(key, inside, one)
        if group == "model-config":
            yield _said("model.artifact", str(Path(inside).parent), one, "folder of config.json")
    for item in dict.fromkeys(
        c.fact.partition("]")[0] for c in result.claims if c.fact.startswith("sources[")
    ):
        yield _said(f"{item}].id", item.partition("[")[2], one, "named after the file")


def _further_files(inspection: Inspection, kept: list[Claim], base: Path, home: Path) -> list[Claim]:
    """Return the claim of `imports:`: files that values come from and no other key names.

    Without it their values would count as typed, though a file shows them.
    """
    named = {claim.value for claim in kept if claim.fact.rpartition(".")[2] in _NAMING}
    speaking = {claim.place.file for claim in kept}
    speaking |= {one.path for one in inspection.imported if one.result.group == _LOCKS}
    inside = [
        (base / one.path).relative_to(home).as_posix()
        for one in inspection.imported
        if one.path in speaking and (base / one.path).is_relative_to(home)
    ]
    further = tuple(path for path in inside if path not in named)
    return [Claim("imports", further, Provenance.IMPORTED, Place("the repository"))] if further else []


def _said(fact: str, value: Value, one: Read, note: str = "") -> Claim:
    return Claim(fact, value, Provenance.IMPORTED, Place(one.path), note, one.result.sha256)


def _one_voice(claims: list[Claim]) -> list[Claim]:
    """Return the first claim of each fact; the others stand in their files, and assess will compare them."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.fact, replace(claim, note=""))
    return list(first.values())
