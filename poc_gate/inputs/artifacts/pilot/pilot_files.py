"""Every file that a manifest names -> what the written ones say, and which ones are results of runs.

The one door for a pilot's files: each is opened once and inside the pilot's folder, and all faults come together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.evidence.read_evidence import read_evidence
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.inputs.artifacts.pilot.companion_files import companion_path, merge, read_companion
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact
from poc_gate.model.claim import Claim, Evidence, Notice, Place, Provenance
from poc_gate.model.request import EvidenceRequest, ImportRequest

_SOFT = ("document", "evaluation")
"""Kinds whose absence is a gap of the pilot, not a fault of the manifest."""

IsResult = Callable[[Path, str, str], bool]
"""Says of a path, its name as people know it, and the kind asked for, whether the file is the result of a run."""


class ResultFile(Struct, frozen=True):
    """A result of a run that the manifest names; it is read by whoever reads results."""

    request: ImportRequest
    path: Path
    shown: str
    """The path as claims shall name it."""


class PilotFiles(Struct, frozen=True):
    """What the files of one pilot say, and what could not be read."""

    claims: tuple[Claim, ...] = ()
    notices: tuple[Notice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Path -> sha256 of every file read."""
    ignored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path -> JSON pointers of what no claim rests on."""
    read: tuple[tuple[ImportRequest, ImportResult], ...] = ()
    """Each request with what its file says."""
    results: tuple[ResultFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Of every file that cannot be read as what the manifest says it is."""


class _Collected(Struct):
    claims: list[Claim] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    ignored: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    read: list[tuple[ImportRequest, ImportResult]] = field(default_factory=list)
    results: list[ResultFile] = field(default_factory=list)


def read_pilot_files(
    imports: Iterable[ImportRequest], evidence: Iterable[EvidenceRequest], root: Path, is_result: IsResult
) -> PilotFiles:
    """Return what all named files say; nothing is raised.

    Args:
        imports: Files to read facts from.
        evidence: Files put forward for rules; their faults stay with the entry.
        root: The manifest's folder; no path leaves it.
        is_result: Which files are results of runs, and are only named.
    """
    found = _Collected()
    for request in imports:
        _read_one(request, root, is_result, found)
    return PilotFiles(
        tuple(found.claims), tuple(found.notices), read_evidence(evidence, root), found.inputs, found.ignored,
        tuple(found.read), tuple(found.results), tuple(found.faults),
    )  # fmt: skip


def _read_one(request: ImportRequest, root: Path, is_result: IsResult, found: _Collected) -> None:
    shown = (root / request.path).as_posix()
    try:
        path = find_inside(root, request.path)
        if is_result(path, shown, request.kind_hint):
            found.results.append(ResultFile(request, path, shown))
            return
        content = read_bounded(path, shown)
    except InvalidInputError as error:
        if request.kind_hint in _SOFT and not any(
            "leaves" in f.what or "absolute" in f.what for f in error.faults
        ):
            found.notices += [
                Notice("warning", f"{f.file}: {f.what}", request.place, f.next_step) for f in error.faults
            ]
        else:
            found.faults += [_at_request(fault, request) for fault in error.faults]
        return
    option = "injection" if request.fact == "evaluation.injection_report" else request.option
    try:
        result = read_artifact(content, shown, kind=request.kind_hint, prefix=request.prefix, option=option)
    except InvalidInputError as error:
        found.faults += error.faults
        return
    companion = read_companion(result, request.path, root, shown)
    if companion is not None:
        result, companion = merge(result, companion)
        _collect(companion, companion_path(result, shown), found)
    _collect(result, shown, found)
    found.read.append((request, result))
    _state_presence(request, result, shown, found)


def _collect(result: ImportResult, shown: str, found: _Collected) -> None:
    found.inputs[shown] = result.sha256
    found.ignored[shown] = result.ignored
    found.notices += result.notices
    found.claims += result.claims


def _at_request(fault: Fault, request: ImportRequest) -> Fault:
    place = request.place
    return Fault(
        place.file or fault.file, place.line, place.column, f"{request.path}: {fault.what}", fault.next_step
    )


def _state_presence(request: ImportRequest, result: ImportResult, shown: str, found: _Collected) -> None:
    """State that the named file is there and is what the manifest says: read, not only declared."""
    if not request.fact or request.fact == "imports":
        return
    if request.kind_hint not in (result.kind, result.group, "document") and not _same_group(request, result):
        what = f"{request.path} is read as {result.kind}, which `{request.fact}` does not ask for"
        found.notices.append(Notice("warning", what, request.place, "name the file that the key means"))
        return
    note = f"the file exists and was read as {result.kind}"
    place = Place(shown)
    found.claims.append(Claim(request.fact, request.path, Provenance.IMPORTED, place, note, result.sha256))


def _same_group(request: ImportRequest, result: ImportResult) -> bool:
    """Say whether a file is of a sister format: a contract of the older specification where ODCS is asked for."""
    return any(
        importer.name == request.kind_hint and importer.group == result.group for importer in importers()
    )
