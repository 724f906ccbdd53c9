"""Files put forward for a rule -> whether they count, and as what; a file's existence never does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from poc_gate.judge.expression.values import Failure, Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule, compile_where
from poc_gate.model.claim import Evidence
from poc_gate.model.rule import EvidenceClass, EvidencePredicate
from poc_gate.text.placeholders import is_missing, is_nobody
from poc_gate.text.quantities.record_dates import happened
from poc_gate.words.judged.gates import approval_shown

TYPED = "typed"
UNSIGNED = "only the manifest's author says who approved it"
"""Why a file that must be signed off proves no more than a statement."""
_TO_SIGN = "let the approver commit {}, or add `Reviewed-by: name <mail>` to its commit"


class EvidenceCheck(Struct, frozen=True):
    """What the evidence of one rule came to."""

    given: bool
    """Whether any file was put forward."""
    held: EvidenceClass | None = None
    """Artifact when a file satisfies the rule; declared when it does but is stale; None otherwise."""
    notes: tuple[str, ...] = ()
    resolve: str = ""
    """What makes a file that satisfies the rule count in full; empty where one does."""
    error: str = ""
    """Set when a file is not the one that the manifest means."""


def check_evidence(
    compiled: CompiledRule,
    evidence: tuple[Evidence, ...],
    values: Mapping[str, object],
    today: str,
    item: str = "",
    *,
    claims_suffice: bool = False,
) -> EvidenceCheck:
    """Return what the files are worth; a digest that does not match makes the whole rule an error.

    `values` holds the rule's names: a file that shows 3 s proves no promise of 1 s. In a rule that runs
    over a list, `item` is the id of the current item: a file about one source must not prove another. Unless
    `claims_suffice`, a file that must be signed off counts as declared where nothing shows another hand than
    that of the manifest's author.
    """
    predicate = compiled.rule.evidence
    if not evidence:
        return EvidenceCheck(given=False)
    notes: list[str] = []
    held: EvidenceClass | None = None
    resolve = ""
    for file in evidence:
        if file.declared_sha256 and file.sha256 and file.declared_sha256.lower() != file.sha256:
            return EvidenceCheck(
                given=True, error=f"{file.file} does not have the digest that the manifest states"
            )
        faults = (
            _faults(compiled, file, {**values, "item": item}, today)
            if predicate is not None
            else ["the rule takes no files"]
        )
        if faults:
            notes.append(f"{file.file} does not count: {'; '.join(faults)}")
            continue
        approved = predicate is not None and predicate.approver
        stale = _stale(predicate, file, today)
        unsigned = UNSIGNED if approved and file.approval in ("", TYPED) and not claims_suffice else ""
        weak = [why for why in (stale, unsigned) if why]
        if weak:
            resolve = "renew the evidence and its date" if stale else _TO_SIGN.format(file.file)
        notes.append(
            f"{file.file} counts as declared only: {'; '.join(weak)}" if weak else f"{file.file} counts"
        )
        if approved and file.approval:
            notes.append(approval_shown(file.approver, file.approval))
        held = (
            EvidenceClass.ARTIFACT if not weak or held is EvidenceClass.ARTIFACT else EvidenceClass.DECLARED
        )
    resolve = resolve if held is EvidenceClass.DECLARED else ""
    return EvidenceCheck(given=True, held=held, notes=tuple(notes), resolve=resolve)


def _faults(compiled: CompiledRule, file: Evidence, values: dict[str, object], today: str) -> list[str]:
    """Return everything in which a file falls short of the predicate."""
    predicate = compiled.rule.evidence
    assert predicate is not None
    if file.fault:
        return [file.fault]
    if predicate.parses_as and file.parsed_as not in predicate.parses_as:
        kinds = " or ".join(predicate.parses_as)
        return [f"it is {file.parsed_as or 'unreadable'}, not {kinds}"]
    dates = happened(file.content)
    ahead = [f"{path} is {day}" for path, day in dates if day > today]
    if ahead:
        return [f"{ahead[0]}, in the future: it shows nothing yet"]
    dated = _dated(file)
    if dated > today:
        return [f"it is dated {dated}, in the future: it shows nothing yet"]
    written = _written_by(file)
    foretold = [(path, day) for path, day in dates if written and day > written]
    if foretold:
        path, day = foretold[0]
        return [
            f"{path} is {day}, and the file was last changed on {file.committed_at[:10]}: it recorded that in advance; write what came of it"
        ]
    faults = [f"{path} is missing or empty" for path in predicate.contains if not holds(file.content, path)]
    where = compile_where(compiled)
    if where is not None and not faults:
        result = where.evaluate({**values, "content": file.content}, today=today)
        if isinstance(result, Unknown):
            faults.append(f"{where.source} cannot be decided without {', '.join(sorted(result.names))}")
        elif result is not True:
            why = f" ({result.reason})" if isinstance(result, Failure) else ""
            faults.append(f"{where.source} does not hold{why}")
    if predicate.approver and is_nobody(file.approver):
        named = f"{file.approver!r} names no role" if file.approver.strip() else "no role has signed it off"
        faults.append(f"{named}; add `approver:` with the role that did (in an example `evidence_approver:`)")
    return faults


def holds(content: object, path: str) -> bool:
    """Whether plain data has a value that is not empty at a dotted path; in a list every item must."""
    head, _, rest = path.partition(".")
    if isinstance(content, list | tuple):
        if head.isdigit():
            inside = int(head) < len(content)
            return inside and (holds(content[int(head)], rest) if rest else _filled(content[int(head)]))
        return bool(content) and all(holds(item, path) for item in content)
    if not isinstance(content, dict) or head not in content:
        return False
    return holds(content[head], rest) if rest else _filled(content[head])


def _filled(value: object) -> bool:
    """Whether a value says something: a list or a mapping as soon as one thing in it does."""
    if isinstance(value, str):
        return not is_missing(value)
    if isinstance(value, dict):
        return any(map(_filled, value.values()))
    return any(map(_filled, value)) if isinstance(value, list | tuple) else value is not None


def _stale(predicate: EvidencePredicate | None, file: Evidence, today: str) -> str:
    """Return why the file is too old to count in full, or an empty text."""
    if predicate is None or predicate.max_age is None:
        return ""
    if file.unread_date:
        return f"its own date, {file.unread_date}, cannot be read; write it as 2026-11-01"
    dated = _dated(file)
    try:
        days = (date.fromisoformat(today) - date.fromisoformat(dated)).days
    except ValueError:
        return "it has no date; add `observed_at:`"
    if days * 86400 <= predicate.max_age.value:
        return ""
    instead = ""
    if file.typed_at and file.typed_at[:10] != dated:
        whose = "the day it was last changed" if dated == file.committed_at[:10] else "its own date"
        instead = f" ({whose} counts, not the {file.typed_at} of the manifest)"
    return f"it is {days} d old, older than {predicate.max_age}{instead}"


def _dated(file: Evidence) -> str:
    """Return the day of what a file shows: its own, else the typed one, but none after the file was last changed."""
    day, written = (file.observed_at or file.committed_at)[:10], _written_by(file)
    return file.committed_at[:10] if written and day > written else day


def _written_by(file: Evidence) -> str:
    """Return the last day on which somebody can have written a file that was committed, whatever their time zone."""
    try:
        return (date.fromisoformat(file.committed_at[:10]) + timedelta(days=1)).isoformat()
    except ValueError:
        return ""
