"""Published end dates of hosted models -> assumed claims; what the manifest states wins over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from poc_gate.base.shipped_files import known_file
from poc_gate.model.claim import SHIPPED_TABLES, Claim, Place, Provenance
from poc_gate.text.documents.positioned_yaml import read_yaml

_FILE = "retirements.yaml"
_EGRESS = re.compile(r"security\.egress\[[^\]]*\]\.name")
_OPENAI, _OPENAI_HOST = "OpenAI", "api.openai.com"
_AZURE_HOSTS = ("openai.azure.com", "services.ai.azure.com", "cognitiveservices.azure.com")


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
    document = read_yaml(known_file(_FILE), f"{SHIPPED_TABLES}{_FILE}")
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
    too: its id alone says who serves it. Azure serves models of OpenAI until days of its own: where the pilot talks
    to Azure their table counts, and where it talks to both nobody knows which one ends.
    """
    claims = tuple(claims)
    stated = {claim.fact: claim.value for claim in claims if claim.fact.startswith(("model.", "models["))}
    hosts = {str(claim.value).lower() for claim in claims if _EGRESS.fullmatch(claim.fact)}
    prefixes = dict.fromkeys(fact.rpartition(".")[0] for fact in stated)
    found = (_ending(prefix, stated, hosts) for prefix in prefixes)
    return tuple(claim for claim in found if claim is not None)


def _ending(prefix: str, stated: Mapping[str, object], hosts: set[str]) -> Claim | None:
    """Return the assumed end date of one model, whose facts stand under `prefix`."""
    version, name = (str(stated.get(f"{prefix}.{field}", "")).lower() for field in ("version", "name"))
    if not (version or name) or stated.get(f"{prefix}.hosting") in {"self", "none"}:
        return None
    known = known_retirements()
    entry = known.get(version) or known.get(name)
    if (entry is None or entry.provider == _OPENAI) and any(host.endswith(_AZURE_HOSTS) for host in hosts):
        ids = (f"azure/{name}-{version}", f"azure/{version}", f"azure/{name}")
        entry = None if _OPENAI_HOST in hosts else next((known[one] for one in ids if one in known), None)
    if entry is None:
        return None
    note = f"as the page of {entry.provider} had it on {entry.read_on} ({entry.source}); look again"
    fact = f"{prefix}.retires_on"
    return Claim(fact, entry.retires_on, Provenance.ASSUMED, entry.place, note, dated=entry.read_on)
