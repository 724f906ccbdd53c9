"""A manifest that people wrote and what the repository says now -> the manifest with what it lacked, and nothing else changed."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from poc_gate.app.authoring.init import Known
from poc_gate.app.ground.files.write_file import write_file
from poc_gate.app.inspect.drift import alike, known_systems, shown
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading, read_manifest
from poc_gate.inputs.manifest.writing.edit_manifest import CannotEditError, with_item, with_value
from poc_gate.inputs.manifest.writing.value_text import value_text
from poc_gate.model.claim import Claim
from poc_gate.model.fact import generic_name

_ITEM = re.compile(r"(?P<list>[a-z_.]+)\[(?P<item>[^\]]*)\]\.(?P<key>\w+)")
_NEVER = frozenset({"pilot.name", "pilot.description", "imports"})
"""What a person settles once: the repository's word on it is no news."""
_OF_A_USE = {"retrieval": "retrieval", "agent": "agent"}
"""Section of the manifest -> the use without which its values contradict `pilot.uses`."""


class Merged(Struct, frozen=True):
    """What became of a manifest."""

    target: Path
    text: str
    added: tuple[str, ...]
    """Each value that was added, with where it is from."""
    kept: tuple[str, ...]
    """Each value that people wrote otherwise than the repository says; it stays as it was."""
    unplaced: tuple[str, ...]
    """Each value that could not be set without changing the layout; to be written by hand."""


def merge_found(target: Path, known: Known) -> Merged:
    """Return a manifest with what the repository states and it lacks; what people wrote is never changed.

    What was only inferred is left out: `poc-gate inspect` shows it. Raises InvalidInputError for a manifest that
    cannot be read.
    """
    content = target.read_bytes()
    read = read_manifest(content, target.as_posix())
    text = content.decode("utf-8")
    stated = {claim.fact: claim for claim in read.claims}
    leaves = {leaf.path: leaf for leaf in manifest_tree().leaves()}
    added: list[str] = []
    kept: list[str] = []
    unplaced: list[str] = []
    there = known_systems(read, stated)
    for claim in known.claims:
        item = _ITEM.fullmatch(claim.fact)
        if item is not None and item["list"] == "sources" and _is_there(item["item"], read, there):
            continue
        leaf = leaves.get(generic_name(claim.fact))
        if leaf is None or claim.fact in known.inferred or claim.fact in _NEVER:
            continue
        if claim.fact in stated:
            kept += _differing(stated[claim.fact], claim)
            continue
        if use := _use_left_out(claim, stated.get("pilot.uses")):
            kept.append(f"{claim.fact} is not added, for `pilot.uses` does not list {use} ({claim.place})")
            continue
        try:
            changed = _with(text, claim, leaf, read, known.currency)
        except CannotEditError:
            unplaced.append(f"{claim.fact}, from {claim.place}")
            continue
        if changed != text:
            text = changed
            added.append(f"{claim.fact}, from {claim.place}")
            read = read_manifest(text.encode(), target.as_posix())
    return Merged(target, text, tuple(added), tuple(kept), tuple(unplaced))


def _is_there(item: str, read: ManifestReading, systems: set[str]) -> bool:
    """Say whether a source of the repository is one that the manifest has under another id."""
    return item not in read.items.get("sources", ()) and item.lower() in systems


def _use_left_out(claim: Claim, uses: Claim | None) -> str:
    """Return the use that a value belongs to and that people did not list, or an empty text: adding it would contradict them."""
    use = _OF_A_USE.get(claim.fact.partition(".")[0], "")
    return use if use and uses is not None and isinstance(uses.value, tuple) and use not in uses.value else ""


def _with(text: str, claim: Claim, leaf: Leaf, read: ManifestReading, currency: str) -> str:
    """Return the manifest with one value; an item of a list that it lacks is added first."""
    item = _ITEM.fullmatch(claim.fact)
    if item is not None and item["item"] not in read.items.get(item["list"], ()):
        if item["list"] in _empty_lists(read) or item["key"] not in {"id", "name"}:
            return text  # the list is said to be empty, or the item is not wanted
        text = with_item(text, item["list"], item["key"], item["item"])
        return text if item["key"] in {"id", "name"} else with_value(text, claim.fact, value_text(leaf, claim.value))  # fmt: skip
    written = value_text(leaf, claim.value, currency=currency)
    changed = with_value(text, claim.fact, written)
    try:
        read_manifest(changed.encode(), "pilot.yaml")
    except InvalidInputError:
        return text  # it does not go with what stands there, such as an alternative to it
    return changed


def _empty_lists(read: ManifestReading) -> frozenset[str]:
    """Return the lists that the manifest says to be empty: people settled that."""
    return frozenset(name for name, items in read.items.items() if not items)


def _differing(stated: Claim, found: Claim) -> list[str]:
    if alike(stated.value, found.value):
        return []
    return [f"{stated.place}: {stated.fact} stays {shown(stated.value)}; the repository says {shown(found.value)} ({found.place})"]  # fmt: skip


def save(merged: Merged) -> None:
    """Write the manifest, whole or not at all, where anything was added."""
    if merged.added:
        write_file(merged.target, merged.text.encode())
