"""A pilot -> the count of literal secrets that decides: a scanner's report where one counts, else our own scan."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.ground.git.git_history import commit_of
from poc_gate.app.secrets.reviewed_places import Reviewed, read_reviewed
from poc_gate.app.secrets.scan_repository import BESIDE_STEP, FACT, Beside, Scanned, scan_repository
from poc_gate.app.secrets.scanner_reports import Report, count_of, read_report, why_not_measured
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.model.claim import Claim, Evidence, Notice, Place
from poc_gate.model.measurement import Measurement
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.model.rule import Rule

REVIEWED = "security.secrets_reviewed"
_ROTATE = "rotate it, then take it out of the files and the history"
_SCAN_AGAIN = (
    "scan the commit that is checked out, and keep the raw report with tool, version, commit and date"
)


class Secrets(Struct, frozen=True):
    """How many literal secrets a pilot's files hold, and where."""

    measurement: Measurement
    notices: tuple[Notice, ...]
    """Of every place, and of reports that do not count."""
    places: SeenPlaces


def measure_secrets(
    folder: Path,
    known: tuple[Notice, ...],
    claims: Iterable[Claim],
    evidence: Iterable[Evidence],
    rules: Iterable[Rule],
    *,
    today: str,
) -> Secrets:
    """Return the count and every place.

    A report put forward as evidence of a rule that counts secrets decides where it is whole, of this commit and
    fresh. Literal secrets in the manifest and the files it names count beside it: those were read here and now.
    """
    named = next((str(claim.value) for claim in claims if claim.fact == REVIEWED), "")
    scanned = scan_repository(folder, known, read_reviewed(folder, named, today) if named else Reviewed())
    counting = frozenset(rule.id for rule in rules if FACT in rule.given.values())
    told: list[Notice] = []
    for one in evidence:
        report = _report_of(one, folder) if one.rule in counting and not one.fault else None
        if report is None:
            continue
        head = commit_of(folder, ()).partition("-")[0]
        why = why_not_measured(report, one, today=today, head=head)
        if why:
            what = f"the {report.tool} report does not count as measured: {why}"
            told.append(Notice("warning", what, Place(one.file), _SCAN_AGAIN))
            continue
        return _by_report(report, one, known, scanned, folder)
    return _secrets(folder, scanned.measurement, scanned.found, scanned.beside, told)


def _secrets(
    folder: Path,
    measurement: Measurement,
    found: Sequence[Notice],
    beside: Sequence[Beside],
    told: Sequence[Notice] = (),
) -> Secrets:
    places = SeenPlaces(
        FACT,
        _from_folder(folder, found),
        found[0].place if found else None,
        _from_folder(folder, [one.notice for one in beside]),
        dict(Counter(one.why for one in beside)),
    )
    return Secrets(measurement, (*found, *(one.notice for one in beside), *told), places)


def _from_folder(folder: Path, notices: Sequence[Notice]) -> tuple[str, ...]:
    base = folder.resolve()
    files = {notice.place.file for notice in notices}
    seen = {file: Path(os.path.relpath(Path(file).resolve(), base)).as_posix() for file in files}
    return tuple(dict.fromkeys(f"{seen[one.place.file]}:{one.place.line}" for one in notices))


def _report_of(evidence: Evidence, folder: Path) -> Report | None:
    """Return the report that an evidence file is, or that the record in it names as a file."""
    content = evidence.content
    scan = content.get("scan") if isinstance(content, dict) else None
    name = scan.get("report") if isinstance(scan, dict) else None
    if isinstance(content, dict) and isinstance(scan, dict) and isinstance(name, str):
        try:
            read = read_document(read_bounded(find_inside(folder, name), name), name)
        except InvalidInputError:
            return None
        data = [part.data for part in read.parts]
        content = {**content, "scan": {**scan, "report": data[0] if len(data) == 1 else data}}
    return read_report(content)


def _by_report(
    report: Report, evidence: Evidence, known: tuple[Notice, ...], scanned: Scanned, folder: Path
) -> Secrets:
    here = tuple(notice for notice in known if notice.kind == "secret")
    found = tuple(
        Notice(
            "secret",
            f"{kind or 'a secret'} reported by {report.tool}",
            Place(file, line, 1, line, 1),
            _ROTATE,
        )
        for file, line, kind in report.places
    )
    why = f"not confirmed by {report.tool}"
    unconfirmed = tuple(
        Beside(
            replace(notice, kind="ignored", message=f"{notice.message}: {why}", next_step=BESIDE_STEP), why
        )
        for notice in scanned.found
        if notice not in here
    )
    return _secrets(
        folder, count_of(report, evidence, len(here)), (*here, *found), (*unconfirmed, *scanned.beside)
    )
