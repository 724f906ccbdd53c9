"""Workflows and overlays that say which image runs, whatever a manifest or a chart names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from poc_gate.inputs.repository.deployment.helm.kustomize_reader import images_set
from poc_gate.inputs.repository.files.standing import is_workflow
from poc_gate.inputs.repository.reading import Certainty, FoundFact, RepositoryReading
from poc_gate.model.claim import Claim, Provenance

_SETS = re.compile(
    r"kubectl set image|kustomize edit set image|helm (?:upgrade|install)[^\n]*(?:\\\s*\n[^\n]*){0,12}--set(?:-string)?[ =]\S*image\.(?:tag|digest)|azure/k8s-deploy|amazon-ecs-render-task-definition"
)
_LARGEST = 64 << 10
_IMAGE = re.compile(r"image:\s*[\"']?([^\s\"'#@]+?)(?::[\w.-]+)?[\"']?\s*(?:#.*)?$")
_MOVES = re.compile(
    r"(?i)^(?:latest|stable|main|master|nightly|dev|edge)$|[$<{]|placeholder|replace|^tag$|^x+$"
)


def without_replaced_images(reading: RepositoryReading, base: Path) -> RepositoryReading:
    """Return a reading without a tag that moves, where an overlay, a workflow that deploys or a build gives the image another."""
    loose = next((found for found in reading.facts if _is_loose(found.claim.fact, found.claim.value)), None)
    if loose is None:
        return reading
    fixed = _fixed_by_an_overlay(loose, reading, base)
    if fixed is not None:
        return replace(reading, facts=tuple(fixed if one is loose else one for one in reading.facts))
    set_by_workflow = any(_SETS.search(text) for text in _texts(base, filter(is_workflow, reading.paths)))
    if not set_by_workflow and _named_at(loose, base) not in _built(base, reading.paths):
        return reading
    kept = tuple(found for found in reading.facts if not _is_loose(found.claim.fact, found.claim.value))
    return replace(reading, facts=kept)


def _fixed_by_an_overlay(loose: FoundFact, reading: RepositoryReading, base: Path) -> FoundFact | None:
    """Return that the image is fixed, where the overlays of Kustomize that decide all give it a tag that does not move."""
    named = _named_at(loose, base)
    given = images_set(base, reading.paths, named) if named else []
    if not given or any(_MOVES.search(one.tag) for one in given):
        return None
    note = f"the overlay gives it {given[0].tag[:60]}"
    claim = Claim(
        "target.image_pinned", value=True, provenance=Provenance.IMPORTED, place=given[0].place, note=note
    )
    return FoundFact(claim, "kustomize", Certainty.STATED)


def _is_loose(fact: str, value: object) -> bool:
    return fact == "target.image_pinned" and value is False


def _named_at(loose: FoundFact, base: Path) -> str:
    """Return the image that the line of a fact names, without its tag; empty where it names none."""
    place = loose.claim.place
    try:
        lines = (base / place.file).read_text(errors="replace").splitlines()
    except OSError:
        return ""
    named = _IMAGE.search(lines[place.line - 1]) if 0 < place.line <= len(lines) else None
    return named[1] if named else ""


_SKAFFOLD = ("skaffold.yaml", "skaffold.yml")
_ARTIFACT = re.compile(r"(?m)^[ \t]*-[ \t]+image:[ \t]*[\"']?(?P<image>[^\s\"'#]+)")


def _built(base: Path, paths: Iterable[str]) -> set[str]:
    """Return the images that Skaffold builds: it puts its own tag wherever a manifest names one.

    Source: Skaffold documentation, "Tag".
    """
    files = (path for path in paths if path.rpartition("/")[2] in _SKAFFOLD)
    return {match["image"] for text in _texts(base, files) for match in _ARTIFACT.finditer(text)}


def _texts(base: Path, paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        try:
            yield (base / path).read_bytes()[:_LARGEST].decode("utf-8", "replace")
        except OSError:
            continue
