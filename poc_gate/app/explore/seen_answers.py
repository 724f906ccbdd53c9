"""What files of the team suggest -> answers that a person only has to confirm, with the place that suggests each."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.app.authoring.init import Known
from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.fields.plain_questions import plain_question
from poc_gate.inputs.manifest.writing.value_text import value_text
from poc_gate.model.claim import Claim
from poc_gate.model.fact import generic_name

_ITEM = "sources[]"


class Seen(Struct, frozen=True):
    """One answer that a file suggests."""

    text: str
    """As a person would type it."""
    place: str


def seen_answers(known: Known | None) -> dict[str, Seen]:
    """Return the answers that files suggest, by the manifest's key; sources that are only suggested are one answer."""
    leaves = {leaf.path: leaf for leaf in manifest_tree().leaves()}
    found: dict[str, Seen] = {}
    suggested: list[Claim] = []
    for claim in known.claims if known is not None else ():
        generic = generic_name(claim.fact)
        if generic == f"{_ITEM}.id" and known is not None and claim.fact in known.inferred:
            suggested.append(claim)
        leaf = leaves.get(generic)
        if leaf is not None and plain_question(generic) is not None:
            found[claim.fact] = Seen(_typed(leaf, claim), str(claim.place))
    if suggested:
        found[_ITEM] = Seen(", ".join(str(claim.value) for claim in suggested), str(suggested[0].place))
    return found


def _typed(leaf: Leaf, claim: Claim) -> str:
    """Return a value as a person types it."""
    if isinstance(claim.value, tuple):
        return ", ".join(claim.value)
    if isinstance(claim.value, bool):
        return "yes" if claim.value else "no"
    return claim.value if isinstance(claim.value, str) else value_text(leaf, claim.value)
