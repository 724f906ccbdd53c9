"""Git history and the date of the test run -> whether the thresholds were committed first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from poc_gate.app.ground.git.git_history import comes_before, last_commit
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.request import ImportRequest

_FACT = "evaluation.thresholds_before_test"


def thresholds_before_test(results: Iterable[tuple[ImportRequest, ImportResult]], root: Path) -> list[Claim]:
    """Return an evidenced claim where both files are committed and unchanged since.

    The thresholds count by their last change, since earlier ones do not bind. The test run counts by the
    day its report gives; on the same day, and without a day, the order of the two commits decides.
    """
    named = {request.fact: (request, result) for request, result in results}
    thresholds, report = named.get("evaluation.thresholds"), named.get("evaluation.report")
    if thresholds is None or report is None:
        return []
    fixed, reported = last_commit(root, thresholds[0].path), last_commit(root, report[0].path)
    if fixed is None or reported is None:
        return []
    day = next((claim.dated for claim in report[1].claims if claim.dated), "")
    fixed_on = fixed.at.date().isoformat()
    if day and fixed_on != day:
        before, how = fixed_on < day, f"the report is of {day}"
    else:
        before, how = comes_before(root, fixed, reported), f"the report was committed in {reported.id[:10]}"
    note = f"thresholds last changed in {fixed.id[:10]} on {fixed_on}; {how}"
    place = Place((root / thresholds[0].path).as_posix())
    return [Claim(_FACT, before, Provenance.EVIDENCED, place, note, thresholds[1].sha256, fixed_on)]
