"""Inputs in lineage events, and the manifest's sources -> how many inputs nobody listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from poc_gate.model.claim import Claim
from poc_gate.model.quantity import Quantity


def count_unlisted(claims: Iterable[Claim], items: Mapping[str, tuple[str, ...]] | None) -> list[Claim]:
    """Return a claim of `pipeline.unlisted_inputs` where lineage was read and the sources are known.

    An input counts as listed when a word of its name is the id of a source, or when the contract of a
    source places it in the same database, bucket or topic.
    """
    found = list(claims)
    lineage = [
        claim for claim in found if claim.fact == "pipeline.lineage_inputs" and isinstance(claim.value, tuple)
    ]
    if not lineage or items is None:
        return []
    known = {_plain(item) for item in items.get("sources", ())}
    places = " ".join(str(claim.value) for claim in found if claim.fact.endswith("].contract_place"))
    words = {_plain(word.partition("=")[2] or word) for word in places.split()}
    names = tuple(name for claim in lineage if isinstance(claim.value, tuple) for name in claim.value)
    unlisted = [name for name in names if not _is_listed(name, known, words)]
    first = lineage[0]
    note = (
        f"not among the sources: {', '.join(unlisted[:8])}"
        if unlisted
        else f"all {len(names)} inputs are listed"
    )
    return [
        Claim(
            "pipeline.unlisted_inputs", Quantity(float(len(unlisted))), first.provenance, first.place, note,
            first.sha256, first.dated,
        )
    ]  # fmt: skip


def _is_listed(name: str, ids: set[str], places: set[str]) -> bool:
    parts = {_plain(part) for part in re.split(r"[/:.@]+", name) if len(part) > 2} | {_plain(name)}
    return bool(parts & ids) or bool(parts & places)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
