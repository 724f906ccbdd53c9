"""A case <-> the plain values that judging needs of it, as a bundle carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from poc_gate.model.claim import Evidence, Notice, Place
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import Waiver
from poc_gate.model.measurement import MachineProfile
from poc_gate.model.parts.seen_places import SeenPlaces
from poc_gate.model.request import NotApplicableEntry
from poc_gate.model.rule import Stage

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import Case
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading

PACKS = "packs/"
"""Folder of the bundle that holds the rule packs."""


class BundledCase(Struct, frozen=True):
    """What judging needs of a case, as plain values: stated and measured facts, evidence, ledger, day."""

    name: str
    stage: Stage
    today: str
    manifest: str
    manifest_sha256: str
    currency: str
    commit: str
    document: Place | None
    items: dict[str, tuple[str, ...]]
    item_places: dict[str, Place]
    facts: tuple[Fact, ...]
    contradictions: tuple[Contradiction, ...]
    evidence: tuple[Evidence, ...]
    not_applicable: tuple[NotApplicableEntry, ...]
    waivers: tuple[Waiver, ...]
    notices: tuple[Notice, ...]
    machine: MachineProfile
    machine_source: str
    machine_sha256: str
    only: tuple[str, ...]
    inputs: dict[str, str]
    places: tuple[SeenPlaces, ...] = ()


def bundle_case(case: Case) -> BundledCase:
    """Return what judging needs of a case."""
    return BundledCase(
        name=case.name,
        stage=case.stage,
        today=case.today,
        manifest=case.manifest,
        manifest_sha256=case.reading.sha256,
        currency=case.reading.currency,
        commit=case.commit,
        document=case.reading.section_places.get(""),
        items=dict(case.tree.items),
        item_places=dict(case.tree.item_places),
        facts=tuple(case.tree.facts[name] for name in sorted(case.tree.facts)),
        contradictions=case.tree.contradictions,
        evidence=case.evidence,
        not_applicable=case.reading.not_applicable,
        waivers=case.waivers,
        notices=case.notices,
        machine=case.machine,
        machine_source=case.machine_source,
        machine_sha256=case.machine_sha256,
        only=tuple(sorted(case.only)),
        inputs=dict(case.inputs),
        places=case.places,
    )


def rebuild_case(bundled: BundledCase, members: dict[str, bytes]) -> Case:
    """Return the case again, with the packs that lie in the bundle; raises InvalidPackError for broken ones."""
    from poc_gate.app.assess.reading.case import Case
    from poc_gate.app.ground.catalogue import full_catalogue
    from poc_gate.app.ground.packs.pack_cache import load_packs_cached

    folders: dict[str, dict[str, bytes]] = {}
    for name, content in members.items():
        folder, _, rule_file = name.removeprefix(PACKS).rpartition("/")
        if name.startswith(PACKS):
            folders.setdefault(folder, {})[rule_file] = content
    facts = {fact.name: fact for fact in bundled.facts}
    return Case(
        name=bundled.name,
        stage=bundled.stage,
        today=bundled.today,
        manifest=bundled.manifest,
        reading=_reading(bundled),
        tree=FactTree(facts, bundled.items, bundled.item_places, bundled.contradictions, full_catalogue()),
        packs=load_packs_cached(folders, full_catalogue()),
        evidence=bundled.evidence,
        waivers=bundled.waivers,
        notices=bundled.notices,
        machine=bundled.machine,
        machine_source=bundled.machine_source,
        machine_sha256=bundled.machine_sha256,
        only=frozenset(bundled.only),
        inputs=bundled.inputs,
        places=bundled.places,
        commit=bundled.commit,
    )


def _reading(bundled: BundledCase) -> ManifestReading:
    """Return what judging asks of the manifest's reading; its claims are facts already."""
    from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading

    places: dict[str, Any] = {"": bundled.document} if bundled.document else {}
    return ManifestReading(
        claims=(),
        notices=(),
        items=bundled.items,
        item_places=bundled.item_places,
        imports=(),
        evidence=(),
        not_applicable=bundled.not_applicable,
        name=bundled.name,
        stage=bundled.stage,
        sha256=bundled.manifest_sha256,
        currency=bundled.currency,
        section_places=places,
    )
