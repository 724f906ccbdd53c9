"""Published end dates of hosted models -> assumed claims; what the manifest states wins over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from poc_gate.base.shipped_files import known_file
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.text.documents.positioned_yaml import read_yaml

_FILE = "retirements.yaml"


class Retirement(Struct, frozen=True):
    """The last day of one model, and where and when that was read."""

    model: str
    retires_on: str
    """ISO 8601 date."""
    provider: str
    source: str
    read_on: str
    place: Place


def known_retirements() -> dict[str, Retirement]:
    """Return every shipped end date by the model's id in small letters; a later reading wins."""
    document = read_yaml(known_file(_FILE), f"poc_gate/facts/known/{_FILE}")
    found: dict[str, Retirement] = {}
    for number, table in enumerate(document.data["tables"]):
        for model, day in table["models"].items():
            place = document.place(("tables", number, "models", model))
            entry = Retirement(model, day, table["provider"], table["source"], table["read_on"], place)
            earlier = found.get(model.lower())
            if earlier is None or earlier.read_on <= entry.read_on:
                found[model.lower()] = entry
    return found


def retirement_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the assumed end dates of the stated models; none for a model that the pilot runs itself.

    Looked up is the exact version first, then the name. A model whose hosting nobody stated is looked up
    too: its id alone says who serves it.
    """
    stated = {claim.fact: claim.value for claim in claims if claim.fact.startswith(("model.", "models["))}
    prefixes = dict.fromkeys(fact.rpartition(".")[0] for fact in stated)
    found = (_ending(prefix, stated) for prefix in prefixes)
    return tuple(claim for claim in found if claim is not None)


def _ending(prefix: str, stated: Mapping[str, object]) -> Claim | None:
    """Return the assumed end date of one model, whose facts stand under `prefix`."""
    names = [str(stated[fact]).lower() for fact in (f"{prefix}.version", f"{prefix}.name") if fact in stated]
    if not names or stated.get(f"{prefix}.hosting") in {"self", "none"}:
        return None
    known = known_retirements()
    entry = next((known[name] for name in names if name in known), None)
    if entry is None:
        return None
    note = f"as the page of {entry.provider} had it on {entry.read_on} ({entry.source}); look again"
    fact = f"{prefix}.retires_on"
    return Claim(fact, entry.retires_on, Provenance.ASSUMED, entry.place, note, dated=entry.read_on)
