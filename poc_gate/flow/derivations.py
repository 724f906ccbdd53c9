"""Every derived fact, topic by topic; to add one, write it into its topic's file."""

from __future__ import annotations

from poc_gate.flow.exposure import level_facts
from poc_gate.flow.facts import demand_facts, governance_facts, operation_facts, target_facts, trust_facts
from poc_gate.flow.facts.data import (
    movement_facts,
    retrieval_facts,
    search_facts,
)
from poc_gate.flow.facts.money import (
    budget_facts,
    economics_facts,
)
from poc_gate.flow.facts.serving import (
    calibration_facts,
    capacity_facts,
    ceiling_facts,
    footprint_facts,
    latency_facts,
    models_facts,
    offload_facts,
    serving_facts,
    throughput_facts,
    training_facts,
    wall_facts,
)
from poc_gate.flow.interface import Derivation

DERIVATIONS: tuple[Derivation, ...] = (
    *footprint_facts.DERIVATIONS,
    *capacity_facts.DERIVATIONS,
    *ceiling_facts.DERIVATIONS,
    *offload_facts.DERIVATIONS,
    *throughput_facts.DERIVATIONS,
    *serving_facts.DERIVATIONS,
    *demand_facts.DERIVATIONS,
    *movement_facts.DERIVATIONS,
    *latency_facts.DERIVATIONS,
    *budget_facts.DERIVATIONS,
    *operation_facts.DERIVATIONS,
    *retrieval_facts.DERIVATIONS,
    *search_facts.DERIVATIONS,
    *training_facts.DERIVATIONS,
    *governance_facts.DERIVATIONS,
    *economics_facts.DERIVATIONS,
    *trust_facts.DERIVATIONS,
    *models_facts.DERIVATIONS,
    *target_facts.DERIVATIONS,
    *calibration_facts.DERIVATIONS,
    *wall_facts.DERIVATIONS,
    *level_facts.DERIVATIONS,
)
"""In the order in which the catalogue lists them."""
