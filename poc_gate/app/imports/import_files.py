"""The files that a manifest names -> claims, evidence and notices, each file read once and inside its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.app.ground.approvals import approvals_of
from poc_gate.app.ground.git_history import last_commit
from poc_gate.app.imports.companion_files import companion_path, merge, read_companion
from poc_gate.app.imports.deployed_settings import deployed_settings
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.lineage_inputs import count_unlisted
from poc_gate.app.imports.observed_files import Runs, declared_by, is_result, read_results
from poc_gate.app.imports.one_evaluation import of_one_evaluation
from poc_gate.app.imports.one_load_test import of_one_load_test
from poc_gate.app.imports.one_subject import of_one_subject
from poc_gate.app.imports.planned_peak import planned_peak
from poc_gate.app.imports.thresholds_order import thresholds_before_test
from poc_gate.artifacts.evidence.read_evidence import read_evidence
from poc_gate.artifacts.inside_folder import find_inside, read_bounded
from poc_gate.artifacts.read_artifact import importers, read_artifact
from poc_gate.artifacts.reading import ImportResult
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.claim import Claim, Evidence, Notice, Place, Provenance
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.request import EvidenceRequest, ImportRequest
from poc_gate.observe.named_file import NamedFile

_SOFT = ("document", "evaluation")
"""Kinds whose absence is a gap of the pilot, not a fault of the manifest."""


class ImportedFiles(Struct, frozen=True):
    """Everything that the team's own files say."""

    claims: tuple[Claim, ...] = ()
    notices: tuple[Notice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Path -> sha256 of every file read."""
    ignored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path -> JSON pointers of what no claim rests on."""
    observed: tuple[Observed, ...] = ()
    steps: tuple[Observation, ...] = ()
    """The steps of every load test among them, whichever of the tests states the facts."""
    """What results of the running pilot show."""


class _Collected(Struct):
    claims: list[Claim] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    ignored: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    results: list[tuple[ImportRequest, ImportResult]] = field(default_factory=list)
    runs: list[tuple[ImportRequest, NamedFile]] = field(default_factory=list)
    """Results of runs, read once all else is known that they are held against."""


def import_files(
    imports: Iterable[ImportRequest],
    evidence: Iterable[EvidenceRequest],
    root: Path,
    *,
    items: Mapping[str, tuple[str, ...]] | None = None,
    runs: Runs = Runs(),  # noqa: B008 - frozen
) -> ImportedFiles:
    """Return what all named files say.

    Args:
        imports: Files to read facts from.
        evidence: Files put forward for rules; faults stay with the entry.
        root: The manifest's folder; no path leaves it.
        items: `sources` -> ids of the manifest; claims about other items are dropped with a notice.
        runs: How results of runs are read, and further ones that are named outside the manifest.

    Raises:
        InvalidInputError: With the faults of every file that cannot be read as what the manifest says it is.
    """
    found = _Collected()
    for request in imports:
        _read_one(request, root, found)
    _name_results(runs.files, found)
    observed, steps = _read_runs(found, runs, items) if found.runs else ((), ())
    if found.faults:
        raise InvalidInputError(found.faults)
    together, unmixed = of_one_subject(found.results, found.claims)
    claims, dropped = fitting_claims(together, items)
    claims += count_unlisted(claims, items)
    claims += thresholds_before_test((*found.results, *_as_results(found.runs, observed)), root)
    shown = _with_approvals(tuple(_with_history(one, root) for one in read_evidence(evidence, root)), root)
    inputs = found.inputs | {one.file: one.sha256 for one in shown if one.sha256}
    seen = tuple(notice for one in observed for notice in one.notices)
    notices = (*found.notices, *unmixed, *dropped, *seen)
    return ImportedFiles(tuple(claims), notices, shown, inputs, found.ignored, observed, steps)


def _name_results(results: Iterable[str], found: _Collected) -> None:
    """Add the files that were named outside the manifest."""
    for name in results:
        path = Path(name)
        if path.is_file():
            found.runs.append(
                (ImportRequest("", name, "", Place(name)), NamedFile(path.resolve(), path.as_posix()))
            )
        else:
            found.faults.append(Fault(name, 0, 0, "is not a file", "name a file that exists"))


def _read_runs(
    found: _Collected, runs: Runs, items: Mapping[str, tuple[str, ...]] | None
) -> tuple[tuple[Observed, ...], tuple[Observation, ...]]:
    from poc_gate.observe.load_tests.run.step_facts import step_observations

    files = [file for _, file in found.runs]
    stated = (*runs.stated, *found.claims)
    declared = declared_by(stated, items)
    declared = replace(declared, values={**declared.values, **planned_peak(stated)})
    try:
        results = read_results(files, declared, runs.today, progress=runs.progress)
    except InvalidInputError as error:
        found.faults += error.faults
        return (), ()
    for one in results:
        found.inputs |= one.files
    found.claims += [claim for request, file in found.runs for claim in _presence(request, file, results)]
    found.claims += deployed_settings(results, files)
    report = next((file.shown for request, file in found.runs if request.fact == "evaluation.report"), "")
    return of_one_evaluation(of_one_load_test(results), report), step_observations(results, declared.values)


def _as_results(
    runs: Iterable[tuple[ImportRequest, NamedFile]], observed: tuple[Observed, ...]
) -> list[tuple[ImportRequest, ImportResult]]:
    """Return the evaluations among the results in the shape of an import, for what compares their days."""
    return [
        (
            request,
            ImportResult(one.kind, tuple(_presence(request, file, observed)), (), one.files[file.shown]),
        )
        for request, file in runs
        for one in observed
        if file.shown in one.files and request.fact not in ("", "imports")
    ]


def _presence(request: ImportRequest, file: NamedFile, observed: tuple[Observed, ...]) -> list[Claim]:
    """Return that a file which the manifest names under a key of its own is there and was read."""
    one = next((one for one in observed if file.shown in one.files), None)
    if one is None or request.fact in ("", "imports"):
        return []
    note, place = f"the file is there and was read as {one.kind}", Place(file.shown)
    digest, day = one.files[file.shown], one.origin.observed_at[:10]
    return [Claim(request.fact, request.path, Provenance.IMPORTED, place, note, digest, day)]


def _read_one(request: ImportRequest, root: Path, found: _Collected) -> None:
    shown = (root / request.path).as_posix()
    try:
        path = find_inside(root, request.path)
        if is_result(path, shown, request.kind_hint):
            found.runs.append((request, NamedFile(path, shown, request.option)))
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
    found.results.append((request, result))
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
    note = f"the file is there and was read as {result.kind}"
    place = Place(shown)
    found.claims.append(Claim(request.fact, request.path, Provenance.IMPORTED, place, note, result.sha256))


def _same_group(request: ImportRequest, result: ImportResult) -> bool:
    """Say whether a file is of a sister format: a contract of the older specification where ODCS is asked for."""
    return any(
        importer.name == request.kind_hint and importer.group == result.group for importer in importers()
    )


def _with_approvals(evidence: tuple[Evidence, ...], root: Path) -> tuple[Evidence, ...]:
    """Add what the history shows of another hand, where a role is said to have approved a file."""
    asked = {Path(one.file): Path(one.place.file) for one in evidence if one.approver and not one.fault}
    if not asked:
        return evidence
    hands = approvals_of(root, next(iter(asked.values())), asked)
    return tuple(replace(one, approval=hands.get(Path(one.file), "")) for one in evidence)


def _with_history(evidence: Evidence, root: Path) -> Evidence:
    """Add when the file was last committed, where the pilot lies in a repository and states no day itself.

    Git is asked for those files alone: two processes a file are most of the time of a run otherwise.
    """
    if evidence.fault or evidence.observed_at:
        return evidence
    commit = last_commit(root, Path(evidence.file).relative_to(root.as_posix()).as_posix())
    return replace(evidence, committed_at=commit.at.isoformat()) if commit else evidence
