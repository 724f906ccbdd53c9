"""The twelve archetypes: what is special about each."""

from __future__ import annotations

from common_answers import AGENT, BATCH, COMMON, FAST, RETRIEVAL, SCANNED, SELF_HOSTED, TABULAR, Facts, source

ARCHETYPES: dict[str, Facts] = {
    "hosted-chat": {**COMMON, "pilot.name": "hosted-chat", "pilot.uses": ["llm"], "sources": []},
    "hosted-rag": {**COMMON, **RETRIEVAL, "pilot.name": "hosted-rag", "pilot.uses": ["llm", "retrieval"]},
    "self-hosted-rag": {
        **COMMON, **RETRIEVAL, **SELF_HOSTED, "pilot.name": "self-hosted-rag", "pilot.uses": ["llm", "retrieval"],
    },
    "agent-harmless": {
        **COMMON, **AGENT, "pilot.name": "agent-harmless", "agent.tools": ["search-orders", "draft-reply"],
        "agent.high_impact_tools": [], "agent.human_approval": [],
    },
    "agent-irreversible": {
        **COMMON, **AGENT, "pilot.name": "agent-irreversible", "agent.tools": ["search-orders", "send-refund"],
        "agent.high_impact_tools": ["send-refund"], "agent.human_approval": ["send-refund"],
        "purpose.acts": "irreversible", "security.outward_guard": "person",
    },
    "batch-classifier": {**COMMON, **TABULAR, **BATCH, "pilot.name": "batch-classifier", "pilot.uses": ["classic-ml", "batch"]},
    "batch-llm": {
        **COMMON, **BATCH, "pilot.name": "batch-llm", "pilot.uses": ["llm", "batch"], "sources": [source("mails", **SCANNED)],
    },
    "fraud-scoring": {**COMMON, **TABULAR, **FAST, "pilot.name": "fraud-scoring"},
    "training-pipeline": {
        **COMMON, **TABULAR, **BATCH, "pilot.name": "training-pipeline", "pilot.uses": ["classic-ml", "training", "batch"],
    },
    "vision-edge": {**COMMON, **TABULAR, **FAST, "pilot.name": "vision-edge", "model.kind": "vision"},
    "bank-model": {
        **COMMON, **TABULAR, **FAST, "pilot.name": "bank-model", "purpose.regimes": ["us-bank-mrm"],
        "purpose.model_inventory_id": "MDL-0417", "purpose.materiality": "high", "purpose.decides": "assists",
    },
    "clinical-aid": {
        **COMMON, **TABULAR, **FAST, "pilot.name": "clinical-aid", "purpose.regimes": ["healthcare-us"],
        "purpose.clinical_decision_support": True, "purpose.medical_device": False, "purpose.decides": "assists",
    },
}  # fmt: skip
"""Name -> everything its manifest states, stage aside."""
