"""Workflows that say which image runs, whatever a manifest or a chart names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from poc_gate.inputs.repository.files.standing import is_workflow
from poc_gate.inputs.repository.reading import RepositoryReading

_SETS = re.compile(
    r"kubectl set image|kustomize edit set image|helm (?:upgrade|install)[^\n]*(?:\\\s*\n[^\n]*){0,12}--set(?:-string)?[ =]\S*image\.(?:tag|digest)|azure/k8s-deploy|amazon-ecs-render-task-definition"
)
_LARGEST = 64 << 10


def without_replaced_images(reading: RepositoryReading, base: Path) -> RepositoryReading:
    """Return a reading without a tag that moves, where a workflow puts another one in its place when it deploys."""
    if not any(_is_loose(found.claim.fact, found.claim.value) for found in reading.facts):
        return reading
    if not any(_SETS.search(text) for text in _workflows(base, reading.paths)):
        return reading
    kept = tuple(found for found in reading.facts if not _is_loose(found.claim.fact, found.claim.value))
    return replace(reading, facts=kept)


def _is_loose(fact: str, value: object) -> bool:
    return fact == "target.image_pinned" and value is False


def _workflows(base: Path, paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        if is_workflow(path):
            try:
                yield (base / path).read_bytes()[:_LARGEST].decode("utf-8", "replace")
            except OSError:
                continue
