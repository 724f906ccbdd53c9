"""A pilot -> the count of literal secrets that decides: a scanner's report where one counts, else our own scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.ground.git_history import commit_of
from poc_gate.app.secrets.reviewed_places import Reviewed, read_reviewed
from poc_gate.app.secrets.scan_repository import BESIDE_STEP, FACT, scan_repository
from poc_gate.app.secrets.scanner_reports import Report, count_of, read_report, why_not_measured
from poc_gate.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.artifacts.opening.read_document import read_document
from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Claim, Evidence, Notice, Place
from poc_gate.model.finding import Finding
from poc_gate.model.measurement import Measurement
from poc_gate.model.rule import Rule

REVIEWED = "security.secrets_reviewed"
_MOST_TOLD = 40
"""Places of secrets that a message lists; the JSON result holds them all."""
_FEW_TOLD = 10
_ROTATE = "rotate it, then take it out of the files and the history"
_SCAN_AGAIN = (
    "scan the commit that is checked out, and keep the raw report with tool, version, commit and date"
)


def counting_rules(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the ids of the rules that count secrets."""
    return frozenset(rule.id for rule in rules if FACT in rule.given.values())


def measure_secrets(
    folder: Path,
    known: tuple[Notice, ...],
    claims: Iterable[Claim],
    evidence: Iterable[Evidence],
    *,
    today: str,
) -> tuple[Measurement, tuple[Notice, ...]]:
    """Return the count and the notices of every place.

    A report put forward as evidence decides where it is whole, of this commit and fresh. Literal secrets in the
    manifest and the files it names count beside it: those were read here and now.
    """
    named = next((str(claim.value) for claim in claims if claim.fact == REVIEWED), "")
    own, places = scan_repository(folder, known, read_reviewed(folder, named, today) if named else Reviewed())
    told: list[Notice] = []
    for one in evidence:
        report = None if one.fault else _report_of(one, folder)
        if report is None:
            continue
        head = commit_of(folder, ()).partition("-")[0]
        why = why_not_measured(report, one, today=today, head=head)
        if why:
            what = f"the {report.tool} report does not count as measured: {why}"
            told.append(Notice("warning", what, Place(one.file), _SCAN_AGAIN))
            continue
        return _by_report(report, one, known, places)
    return own, (*places, *told)


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
    report: Report, evidence: Evidence, known: tuple[Notice, ...], places: tuple[Notice, ...]
) -> tuple[Measurement, tuple[Notice, ...]]:
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
    beside = tuple(
        replace(notice, kind="ignored", message=f"{notice.message}: not confirmed by {report.tool}", next_step=BESIDE_STEP)
        if notice.kind == "secret" else notice
        for notice in places if notice not in here
    )  # fmt: skip
    return count_of(report, evidence, len(here)), (*here, *found, *beside)


def _listed(notices: list[Notice], folder: str, most: int) -> str:
    shown = list(dict.fromkeys(f"{notice.place.file}:{notice.place.line}" for notice in notices))
    near = [place.removeprefix(f"{folder}/") for place in shown]
    return ", ".join(near[:most]) + (f" and {len(near) - most} more" if len(near) > most else "")


def tell_places(
    findings: tuple[Finding, ...], notices: Iterable[Notice], rules: frozenset[str], folder: str
) -> tuple[Finding, ...]:
    """Return the findings with the places of the secrets in the message of each rule that counts them.

    So every format that prints a message shows every place; a finding points at the first of them. Places are
    named as seen from the pilot's `folder`.
    """
    listed = list(notices)
    secrets = [notice for notice in listed if notice.kind == "secret"]
    beside = [notice for notice in listed if notice.next_step == BESIDE_STEP]
    why = Counter(notice.message.rpartition(": ")[2] for notice in beside)
    apart = "; ".join(f"{reason}: {count}" for reason, count in sorted(why.items()))
    words, where = _listed(secrets, folder, _MOST_TOLD), _listed(beside, folder, _FEW_TOLD)
    told: list[Finding] = []
    for finding in findings:
        if finding.rule not in rules:
            told.append(finding)
            continue
        notes = (
            (*finding.evidence_notes, f"shown, not counted: {apart} ({where})")
            if beside
            else finding.evidence_notes
        )
        message = f"{finding.message.rstrip('.')}: {words}." if secrets else finding.message
        place = secrets[0].place if secrets else finding.place
        told.append(replace(finding, message=message, evidence_notes=notes, place=place))
    return tuple(told)
