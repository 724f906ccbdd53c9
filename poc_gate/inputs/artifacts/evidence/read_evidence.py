"""Files put forward as evidence -> values with digest, date and content; reading is not believing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.evidence.evidence_formats import parse_evidence
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.model.claim import Evidence
from poc_gate.model.request import EvidenceRequest
from poc_gate.text.quantities.record_dates import own_date, unread_date


def read_evidence(requests: Iterable[EvidenceRequest], root: Path) -> tuple[Evidence, ...]:
    """Return one value per entry, in order; a file that cannot be used carries the reason, nothing is raised.

    A file that several rules name is read once.
    """
    files: dict[str, _File] = {}
    found: list[Evidence] = []
    for request in requests:
        file = files.get(request.file)
        if file is None:
            file = files[request.file] = _read(request.file, root)
        found.append(_evidence(request, file))
    return tuple(found)


class _File(Struct, frozen=True):
    """What one file holds."""

    shown: str
    sha256: str
    parsed_as: str
    content: object
    own_day: str
    unread_day: str
    fault: str


def _read(name: str, root: Path) -> _File:
    shown = (root / name).as_posix()
    sha256 = parsed_as = fault = ""
    content: object = None
    try:
        data = read_bounded(find_inside(root, name), shown)
        sha256 = hashlib.sha256(data).hexdigest()
        parsed_as, content = parse_evidence(data, shown)
    except InvalidInputError as error:
        fault = "; ".join(one.what for one in error.faults)
    return _File(shown, sha256, parsed_as, content, own_date(content), unread_date(content), fault)


def _evidence(request: EvidenceRequest, file: _File) -> Evidence:
    return Evidence(
        rule=request.rule,
        file=file.shown,
        place=request.place,
        sha256=file.sha256,
        declared_sha256=request.sha256,
        observed_at=file.own_day or request.observed_at,
        typed_at=request.observed_at,
        approver=request.approver,
        parsed_as=file.parsed_as,
        content=file.content,
        unread_date=file.unread_day,
        fault=file.fault,
    )
