"""Files put forward as evidence -> values with digest, date and content; reading is not believing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from poc_gate.artifacts.evidence.evidence_formats import parse_evidence
from poc_gate.artifacts.inside_folder import find_inside, read_bounded
from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Evidence
from poc_gate.model.request import EvidenceRequest

_DATES = (
    "observed_at",
    "date",
    "tested_on",
    "run_at",
    "executed_at",
    "timestamp",
    "performed_on",
    "created_at",
)
"""Keys under which records carry the day of what they observed."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_evidence(requests: Iterable[EvidenceRequest], root: Path) -> tuple[Evidence, ...]:
    """Return one value per entry, in order; a file that cannot be used carries the reason, nothing is raised."""
    return tuple(_read(request, root) for request in requests)


def _read(request: EvidenceRequest, root: Path) -> Evidence:
    shown = (root / request.file).as_posix()
    sha256 = parsed_as = fault = ""
    content: object = None
    try:
        data = read_bounded(find_inside(root, request.file), shown)
        sha256 = hashlib.sha256(data).hexdigest()
        parsed_as, content = parse_evidence(data, shown)
    except InvalidInputError as error:
        fault = "; ".join(one.what for one in error.faults)
    return Evidence(
        rule=request.rule,
        file=shown,
        place=request.place,
        sha256=sha256,
        declared_sha256=request.sha256,
        observed_at=request.observed_at or date_of(content),
        approver=request.approver,
        parsed_as=parsed_as,
        content=content,
        fault=fault,
    )


def date_of(content: object) -> str:
    """Return the ISO 8601 day that a record gives for itself, at its top or one level below."""
    if not isinstance(content, dict):
        return ""
    owners = [content, *(value for value in content.values() if isinstance(value, dict))]
    for owner in owners:
        for key in _DATES:
            match = _DAY.match(str(owner.get(key, "")))
            if match:
                return match[0]
    return ""
