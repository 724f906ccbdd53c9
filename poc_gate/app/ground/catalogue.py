"""The catalogue of every fact: each room hands in its own entries."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poc_gate.model.fact import Catalogue


@cache
def full_catalogue() -> Catalogue:
    """Return the catalogue of all facts that any room can supply."""
    from poc_gate.facts.fact_catalogue import assemble_catalogue
    from poc_gate.flow.derive_facts import flow_facts
    from poc_gate.inputs.artifacts.artifact_facts import artifact_facts
    from poc_gate.inputs.connect.declared.source_facts import source_facts
    from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts
    from poc_gate.inputs.observe.observed_facts import observed_facts
    from poc_gate.inputs.probe.profile.machine_facts import machine_facts

    return assemble_catalogue(
        manifest_facts(), machine_facts(), source_facts(), artifact_facts(), observed_facts(), flow_facts()
    )
