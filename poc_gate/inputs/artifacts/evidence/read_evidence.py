"""Files put forward as evidence -> values with digest, date and content; reading is not believing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.evidence.evidence_formats import parse_evidence
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.model.claim import Evidence
from poc_gate.model.request import EvidenceRequest
from poc_gate.text.quantities.record_dates import own_date, unread_date


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
        observed_at=own_date(content) or request.observed_at,
        typed_at=request.observed_at,
        approver=request.approver,
        parsed_as=parsed_as,
        content=content,
        unread_date=unread_date(content),
        fault=fault,
    )
