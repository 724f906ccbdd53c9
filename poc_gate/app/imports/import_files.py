"""The files that a manifest names -> claims, evidence and notices, each file read once and inside its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.app.ground.git.approvals import approvals_of
from poc_gate.app.ground.git.git_history import last_commit
from poc_gate.app.imports.deployed_settings import deployed_settings
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.lineage_inputs import count_unlisted
from poc_gate.app.imports.observed_files import Runs, declared_by, read_results
from poc_gate.app.imports.one_evaluation import of_one_evaluation
from poc_gate.app.imports.one_load_test import of_one_load_test
from poc_gate.app.imports.one_subject import of_one_subject
from poc_gate.app.imports.planned_peak import planned_peak
from poc_gate.app.imports.thresholds_order import thresholds_before_test
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.evidence.measured_values import measured_values
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.pilot.pilot_files import ResultFile, read_pilot_files
from poc_gate.inputs.observe.is_result import is_result
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Claim, Evidence, Notice, Place, Provenance
from poc_gate.model.observation import Observation, Observed
from poc_gate.model.request import EvidenceRequest, ImportRequest

_Run = tuple[ImportRequest, NamedFile]


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
    """What results of the running pilot show."""
    steps: tuple[Observation, ...] = ()
    """The steps of every load test among them, whichever of the tests states the facts."""


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
    files = read_pilot_files(imports, evidence, root, is_result)
    named, missing = _named_results(runs.files)
    results = (*((one.request, _named(one)) for one in files.results), *named)
    faults = [*files.faults, *missing]
    read = _Read()
    try:
        read = _read_runs(results, files.claims, runs, items)
    except InvalidInputError as error:
        faults += error.faults
    if faults:
        raise InvalidInputError(faults)
    shown = _with_approvals(tuple(_with_history(one, root) for one in files.evidence), root)
    together, unmixed = of_one_subject(list(files.read), [*files.claims, *read.claims])
    claims, dropped = fitting_claims([*together, *measured_values(shown)], items)
    claims += count_unlisted(claims, items)
    claims += thresholds_before_test((*files.read, *_as_results(results, read.observed)), root)
    inputs = {**files.inputs, **read.inputs, **{one.file: one.sha256 for one in shown if one.sha256}}
    seen = tuple(notice for one in read.observed for notice in one.notices)
    notices = (*files.notices, *unmixed, *dropped, *seen)
    return ImportedFiles(tuple(claims), notices, shown, inputs, files.ignored, read.observed, read.steps)


def _named(one: ResultFile) -> NamedFile:
    return NamedFile(one.path, one.shown, one.request.option)


def _named_results(results: Iterable[str]) -> tuple[list[_Run], list[Fault]]:
    """Return the results that were named outside the manifest, and the names of no file."""
    paths = [(name, Path(name)) for name in results]
    return (
        [
            (ImportRequest("", name, "", Place(name)), NamedFile(path.resolve(), path.as_posix()))
            for name, path in paths
            if path.is_file()
        ],
        [Fault(name, 0, 0, "is not a file", "check the path") for name, path in paths if not path.is_file()],
    )


class _Read(Struct, frozen=True):
    """What the results of runs say."""

    claims: tuple[Claim, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    observed: tuple[Observed, ...] = ()
    steps: tuple[Observation, ...] = ()


def _read_runs(
    named: Iterable[_Run], claims: Iterable[Claim], runs: Runs, items: Mapping[str, tuple[str, ...]] | None
) -> _Read:
    """Return what results show, held against all else that is known; raises InvalidInputError."""
    named = tuple(named)
    if not named:
        return _Read()
    files = [file for _, file in named]
    stated = (*runs.stated, *claims)
    declared = declared_by(stated, items)
    declared = replace(declared, values={**declared.values, **planned_peak(stated)})
    results = read_results(files, declared, runs.today, progress=runs.progress)
    report = next((file.shown for request, file in named if request.fact == "evaluation.report"), "")
    present = [claim for request, file in named for claim in _presence(request, file, results)]
    return _Read(
        (*present, *deployed_settings(results, files)),
        {path: digest for one in results for path, digest in one.files.items()},
        of_one_evaluation(of_one_load_test(results), report),
        tuple(step for one in results for step in one.steps),
    )


def _as_results(
    runs: Iterable[_Run], observed: tuple[Observed, ...]
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
    note, place = f"the file exists and was read as {one.kind}", Place(file.shown)
    digest, day = one.files[file.shown], one.origin.observed_at[:10]
    return [Claim(request.fact, request.path, Provenance.IMPORTED, place, note, digest, day)]


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
