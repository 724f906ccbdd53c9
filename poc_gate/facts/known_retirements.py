"""Published end dates of hosted models -> assumed claims; what the manifest states wins over them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.shipped_files import known_file
from poc_gate.text.positioned_yaml import read_yaml

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
    """Return the assumed end date of the stated model; none for a model that the pilot runs itself.

    Looked up is the exact version first, then the name. A model whose hosting nobody stated is looked up
    too: its id alone says who serves it.
    """
    stated = {claim.fact: claim.value for claim in claims if claim.fact.startswith("model.")}
    names = [str(stated[fact]).lower() for fact in ("model.version", "model.name") if fact in stated]
    if not names or stated.get("model.hosting") in {"self", "none"}:
        return ()
    known = known_retirements()
    entry = next((known[name] for name in names if name in known), None)
    if entry is None:
        return ()
    note = f"published by {entry.provider} ({entry.source}, read {entry.read_on})"
    return (
        Claim(
            "model.retires_on", entry.retires_on, Provenance.ASSUMED, entry.place, note, dated=entry.read_on
        ),
    )
