"""A folder without `pilot.yaml` -> what its repository says, as a reading that was never written to a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.ground.files.read_inputs import MANIFEST
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.items_of_claims import items_of_claims
from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading, read_manifest
from poc_gate.inputs.manifest.writing.write_manifest import KnownValue, write_manifest
from poc_gate.inputs.repository.reading import Certainty, RepositoryReading
from poc_gate.model.claim import Claim, Notice, Place, Provenance
from poc_gate.model.parts.first_look import SeenFact
from poc_gate.model.quantity import Quantity, show_quantity

_SHOWN_FIRST = (
    "pilot.",
    "model.",
    "retrieval.",
    "sources[",
    "agent.",
    "target.",
    "demand.",
    "slo.",
    "security.",
)
"""Sections in the order in which a first look shows them."""
_MOST_MODELS = 6
_MOST_OF_A_ROLE = 8
_MOST_ASKED = 12


def unwritten_manifest(
    folder: Path, progress: Callable[[str, float], None]
) -> tuple[ManifestReading, tuple[SeenFact, ...]]:
    """Return what a repository says as a manifest's reading, and every fact with its place.

    What is only inferred counts as assumed: it can refute, and proves nothing. Nothing is written.
    """
    found = inspect_repository(folder, progress=progress)
    kept, _ = fitting_claims(_weighed(found))
    name = next((claim.value for claim in kept if claim.fact == "pilot.name"), None)
    title = name if isinstance(name, str) else os.fsencode(folder.resolve().name).decode(errors="replace")
    text = write_manifest([KnownValue("pilot.name", title or "pilot")], {})
    bare = read_manifest(text.encode(), (folder / MANIFEST).as_posix())
    claims = tuple(claim for claim in kept if claim.fact not in ("pilot.name", "imports"))
    reading = replace(
        bare,
        claims=(*bare.claims, *claims),
        items=items_of_claims(claims),
        name=title or "pilot",
        currency=next((str(c.value) for c in claims if c.fact == "cost.currency"), ""),
    )
    return reading, tuple(_seen(claims, found))


def _weighed(found: RepositoryReading) -> tuple[Claim, ...]:
    return tuple(
        replace(one.claim, provenance=Provenance.ASSUMED, note=one.claim.note or "inferred; confirm it")
        if one.certainty is Certainty.INFERRED
        else one.claim
        for one in found.facts
    )


_HOST = "security.egress["


def _seen(claims: tuple[Claim, ...], found: RepositoryReading) -> list[SeenFact]:
    order = {head: number for number, head in enumerate(_SHOWN_FIRST)}

    def rank(claim: Claim) -> tuple[int, str]:
        head = next((head for head in _SHOWN_FIRST if claim.fact.startswith(head)), "")
        return order.get(head, len(order)), claim.fact

    named = {str(claim.value) for claim in claims if claim.fact == "model.name"}
    # a manifest has no star in a name
    starred = {host.name: host.shown for host in found.hosts}
    return [
        *(() if named else _one_of_several(found)),
        *_other_models(claims, found),
        *_perhaps(
            found,
            "models.asked",
            lambda one: (*one.models, *one.helpers) if named else one.helpers,
            named | {model.name for model in found.models},
        ),
        *_perhaps(
            found, "sources.asked", lambda one: one.systems, {source.system for source in found.sources}
        ),
        *_perhaps(found, "security.egress.asked", lambda one: one.hosts, {host.host for host in found.hosts}),
        *(
            SeenFact(
                claim.fact,
                starred.get(_shown(claim), _shown(claim)) if claim.fact.startswith(_HOST) else _shown(claim),
                str(claim.place),
                found.certainty_of(claim.fact) is Certainty.STATED,
            )
            for claim in sorted(claims, key=rank)
        ),
    ]


def _one_of_several(found: RepositoryReading) -> Iterator[SeenFact]:
    """Yield the models of which one answers, where the files leave open which: named, to be confirmed."""
    first: dict[str, Place] = {}
    for model in found.models:
        if model.role == "chat":
            first.setdefault(model.name, model.place)
    for question in found.questions:
        for name in question.models:
            first.setdefault(name, question.place)
    names = list(first)
    if names:
        listed = _several(names, _MOST_MODELS)
        value = listed if len(names) == 1 else f"one of {listed}"
        yield SeenFact("model.name", value, str(first[names[0]]), certain=False)


def _other_models(claims: tuple[Claim, ...], found: RepositoryReading) -> Iterator[SeenFact]:
    """Yield the models beside the one that answers by their roles: those that stand in for it, embed, rank, judge, guard."""
    named = next((str(claim.value) for claim in claims if claim.fact == "model.name"), "")
    others = [one for one in found.models if one.name != named and (named or one.role != "chat")]
    chat = {one.name for one in found.models if one.role == "chat"}
    roles: dict[str, list[str]] = {}
    for model in others:
        if model.role == "chat" or model.name not in chat:
            roles.setdefault(model.name, []).append(model.role)
    groups: dict[str, list[str]] = {}
    for name, given in roles.items():
        groups.setdefault(" and ".join(dict.fromkeys(given)), []).append(name)
    if groups:
        value = ", ".join(f"{_several(names, _MOST_OF_A_ROLE)} ({role})" for role, names in groups.items())
        certain = all(model.certainty is Certainty.STATED for model in others)
        yield SeenFact("models", value, str(others[0].place), certain=certain)


def _perhaps(
    found: RepositoryReading, fact: str, names_of: Callable[[Notice], tuple[str, ...]], known: set[str]
) -> Iterator[SeenFact]:
    """Yield the models, the systems or the hosts that the questions of the reading ask about, as perhaps used."""
    asked: dict[str, Place] = {}
    for question in found.questions:
        for name in names_of(question):
            asked.setdefault(name, question.place)
    names = [name for name in asked if name not in known]
    if names:
        yield SeenFact(fact, _several(names, _MOST_ASKED), str(asked[names[0]]), certain=False)


def _several(names: list[str], most: int) -> str:
    """Return names in a row, those beyond the most only counted."""
    more = f" and {len(names) - most} more" if len(names) > most + 1 else ""
    return f"{', '.join(names[:most] if more else names)}{more}"


def _shown(claim: Claim) -> str:
    value = claim.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Quantity):
        return show_quantity(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
