"""Every derived fact, topic by topic; to add one, write it into its topic's file."""

from __future__ import annotations

from poc_gate.flow.exposure import level_facts
from poc_gate.flow.facts import (
    budget_facts,
    calibration_facts,
    capacity_facts,
    ceiling_facts,
    demand_facts,
    economics_facts,
    footprint_facts,
    governance_facts,
    latency_facts,
    models_facts,
    movement_facts,
    offload_facts,
    operation_facts,
    retrieval_facts,
    search_facts,
    serving_facts,
    target_facts,
    training_facts,
    trust_facts,
    wall_facts,
)
from poc_gate.flow.interface import Derivation

DERIVATIONS: tuple[Derivation, ...] = (
    *footprint_facts.DERIVATIONS,
    *capacity_facts.DERIVATIONS,
    *ceiling_facts.DERIVATIONS,
    *offload_facts.DERIVATIONS,
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
