"""The catalogue's entries of what only importers supply: versions and terms of contracts, a model's own limits."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf("artifact", "name the source's contract under `contract:`")
_FROM_CONFIG = SpecsOf("artifact", "name the model's config.json under `model.config`")


def artifact_facts() -> tuple[FactSpec, ...]:
    """Return the facts that importers state and the manifest does not ask for."""
    return (
        _FACTS.stated("sources[].contract_id", Kind.TEXT, "Identifier of the source's contract, the same in every pilot"),
        _FACTS.stated("sources[].contract_version", Kind.TEXT, "Version of the source's contract"),
        _FACTS.stated("sources[].contract_standard", Kind.TEXT, "Standard and version that the contract follows"),
        _FACTS.stated("sources[].contract_status", Kind.TEXT, "Status of the contract, such as active or retired"),
        _FACTS.stated("sources[].contract_place", Kind.TEXT, "Where the contract says the source is; never contacted"),
        _FACTS.stated("sources[].access_roles", Kind.TEXTS, "Roles that the contract lets read or write"),
        _FACTS.stated("sources[].end_of_support", Kind.DATE, "Day on which the producer's support ends"),
        _FACTS.stated("sources[].end_of_life", Kind.DATE, "Day on which the source is taken away"),
        _FACTS.number("sources[].retention", "s", 1e12, "How long the source keeps its records"),
        _FACTS.number("sources[].delay_promised", "s", 1e12, "Time from an event to its availability that the producer promises"),
        _FACTS.number("sources[].freshness_promised", "s", 1e12, "Greatest age of the newest record that the producer promises"),
        _FACTS.number("sources[].error_rate_promised", "1", 1, "Share of failing calls that the producer promises to stay under"),
        _FACTS.stated("pipeline.lineage_inputs", Kind.TEXTS, "Datasets that the lineage events read", "name events under `pipeline.lineage`"),
        _FROM_CONFIG.number("model.context_length", "tok", 1e9, "Longest context the model was built for; the admitted one is `model.max_context`", low=1),
        _FROM_CONFIG.number("model.kv_windowed_bytes_per_token", "B", 1e9, "Of the KV bytes per token, those of windowed layers, which keep the last tokens only"),
        _FACTS.stated("model.license", Kind.TEXT, "Licence of the model", "name the ML-BOM under `model.bom`"),
        _FACTS.stated("model.metrics", Kind.TEXTS, "Results that the model's supplier states", "name the ML-BOM under `model.bom`"),
        _FACTS.stated("target.image_pinned", Kind.FLAG, "The container image has a tag or digest that does not move", "name the manifests under `target.kubernetes`"),
        _FACTS.stated("security.dependencies_pinned", Kind.FLAG, "Every dependency has an exact version", "list the lock file under `imports:`"),
        _FACTS.stated("security.dependencies_hashed", Kind.FLAG, "Every dependency is pinned to a digest", "list the lock file under `imports:`"),
    )  # fmt: skip
