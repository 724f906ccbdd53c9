"""Kustomize -> what an overlay changes of the cluster files that it takes: replicas; the one of production decides."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes

_FILE = re.compile(r"(?:^|/)kustomization\.ya?ml$")
_PRODUCTION = re.compile(r"(?i)(?:^|[/_-])(?:prod|production|live|prd)(?:$|[/_-])")
_ELSEWHERE = re.compile(
    r"(?i)(?:^|[/_-])(?:dev|develop\w*|test|staging|stage|stg|qa|local|ci|e2e)(?:$|[/_-])"
)


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:4]:
        listed = document.at("resources").items() or document.at("bases").items()
        if not (listed or document.at("replicas").items() or document.at("helmCharts").items()):
            continue
        note = "Kustomize"
        notes.flag("operations.infrastructure_as_code", document.place, note=note, sure=INFERRED)
        if _ELSEWHERE.search(file.folder):
            continue
        weight = 4 if _PRODUCTION.search(file.folder) else 3
        for one in document.at("replicas").items()[:20]:
            count = one.at("count")
            if count.number() is not None:
                name = one.at("name").text()
                notes.number("target.replicas", count.number() or 0, count.place, weight=weight, note=name)
        for patch in document.at("patches").items()[:40]:
            _note_patch(patch, notes, weight)


_REPLICAS = re.compile(r"path:\s*[\"']?/spec/replicas[\"']?\s+value:\s*(\d{1,4})\b|^spec:\s+replicas:\s*(\d{1,4})\b", re.MULTILINE)  # fmt: skip
"""Replicas in a patch that is written as a text: an operation on a path, or a part of the workload itself."""


def _note_patch(patch: Node, notes: Notes, weight: int) -> None:
    """Note the replicas that an overlay patches a deployment with."""
    inner = patch.at("patch")
    found = _REPLICAS.search(inner.text())
    kind = patch.at("target", "kind").text()
    if found and kind in {"", "Deployment", "Rollout", "StatefulSet"}:
        notes.number("target.replicas", int(found[1] or found[2]), inner.place, weight=weight, note=patch.at("target", "name").text())  # fmt: skip


READER = Reader(
    name="kustomize",
    summary="Kustomize overlays: replicas; the one of production decides",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.EXAMPLE,
)
