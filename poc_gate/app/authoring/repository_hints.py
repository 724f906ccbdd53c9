"""Names of files in a repository, and what importers found -> first-tier values that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from poc_gate.model.claim import Claim, Place, Provenance, Value

_NAMED = (
    ("operations.runbook", re.compile(r"(?i)^(?:.*[-_])?runbook.*\.(?:md|ya?ml|txt)$")),
    ("evaluation.thresholds", re.compile(r"(?i)^(?:.*[-_])?(?:thresholds|acceptance).*\.(?:ya?ml|json)$")),
    (
        "evaluation.injection_report",
        re.compile(r"(?i)^.*(?:injection|red[-_]?team|garak).*\.(?:json|ya?ml)$"),
    ),
    (
        "security.impact_assessment",
        re.compile(r"(?i)^.*(?:dpia|impact[-_]assessment|aiia).*\.(?:md|ya?ml|pdf)$"),
    ),
    (
        "evaluation.report",
        re.compile(r"(?i)^(?:.*[-_])?eval(?:uation)?(?:[-_](?:report|results))?\.(?:json|ya?ml)$"),
    ),
)
"""The manifest's key, and what such a file is called."""

_OWNER = re.compile(r"^\*\s+(@[\w./-]+|[\w.+-]+@[\w.-]+)")
_LARGEST_OWNERS = 256 * 1024
_VECTORS = ("qdrant", "milvus", "weaviate", "pinecone", "chroma", "opensearch", "elasticsearch", "pgvector")


def hints_from(base: Path, paths: Iterable[Path], home: Path, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims that follow from the names of files, from CODEOWNERS, and from what was imported.

    `base` is the repository, `home` the folder of the manifest; only files below `home` can be named in it.
    """
    listed, found = list(paths), list(claims)
    stated = {claim.fact for claim in found}
    hints = [_said("pilot.name", base.name or "pilot", "", "the repository's folder")]
    for fact, pattern in _NAMED:
        path = next((one for one in listed if pattern.match(one.name) and one.is_relative_to(home)), None)
        if path is not None and fact not in stated:
            hints.append(
                _said(
                    fact, path.relative_to(home).as_posix(), path.relative_to(base).as_posix(), "by its name"
                )
            )
    hints += _owner(base, listed)
    uses = _uses(found)
    if uses:
        hints.append(_said("pilot.uses", uses, "", "by the kinds of models and sources that were found"))
    return hints


def _owner(base: Path, paths: list[Path]) -> list[Claim]:
    for path in paths:
        if path.name != "CODEOWNERS" or path.stat().st_size > _LARGEST_OWNERS:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            match = _OWNER.match(line)
            if match:
                place = Place(path.relative_to(base).as_posix(), number, 1)
                return [
                    Claim("people.service_owner", match[1], Provenance.IMPORTED, place, "owner of all files")
                ]
    return []


def _uses(claims: list[Claim]) -> tuple[str, ...]:
    """Return the techniques that the found files show; what they do not show is left to the person."""
    kinds = {str(claim.value) for claim in claims if claim.fact == "model.kind"}
    systems = {str(claim.value) for claim in claims if claim.fact.endswith("].system")}
    uses = [use for kind, use in (("llm", "llm"), ("tabular", "classic-ml")) if kind in kinds]
    if "embedding" in kinds or any(word in system for system in systems for word in _VECTORS):
        uses.append("retrieval")
    return tuple(uses)


def _said(fact: str, value: Value, file: str, note: str) -> Claim:
    return Claim(fact, value, Provenance.IMPORTED, Place(file or "the repository"), note)
