"""The catalogue's entries of what only importers supply: versions and terms of contracts, a model's own limits."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_CONTRACT = "name the source's contract under `contract:`"
_CONFIG = "name the model's config.json under `model.config`"


def artifact_facts() -> tuple[FactSpec, ...]:
    """Return the facts that importers state and the manifest does not ask for."""
    return (
        _spec("sources[].contract_id", Kind.TEXT, "Identifier of the source's contract, the same in every pilot"),
        _spec("sources[].contract_version", Kind.TEXT, "Version of the source's contract"),
        _spec("sources[].contract_standard", Kind.TEXT, "Standard and version that the contract follows"),
        _spec("sources[].contract_status", Kind.TEXT, "Status of the contract, such as active or retired"),
        _spec("sources[].contract_place", Kind.TEXT, "Where the contract says the source lies; never dialled"),
        _spec("sources[].access_roles", Kind.TEXTS, "Roles that the contract lets read or write"),
        _spec("sources[].end_of_support", Kind.DATE, "Day on which the producer's support ends"),
        _spec("sources[].end_of_life", Kind.DATE, "Day on which the source is taken away"),
        _time("sources[].retention", "How long the source keeps its records", 1e12),
        _time("sources[].delay_promised", "Time from an event to its availability that the producer promises", 1e12),
        _time("sources[].freshness_promised", "Greatest age of the newest record that the producer promises", 1e12),
        _share("sources[].error_rate_promised", "Share of failing calls that the producer promises to stay under"),
        _spec("pipeline.lineage_inputs", Kind.TEXTS, "Datasets that the lineage events read", "name events under `pipeline.lineage`"),
        FactSpec(
            name="model.context_length", kind=Kind.QUANTITY, unit="tok", low=1, high=1e9, origin="artifact",
            meaning="Longest context the model was built for; the admitted one is `model.max_context`", resolve=_CONFIG,
        ),
        FactSpec(
            name="model.kv_windowed_bytes_per_token", kind=Kind.QUANTITY, unit="B", low=0, high=1e9, origin="artifact",
            meaning="Of the KV bytes per token, those of windowed layers, which keep the last tokens only", resolve=_CONFIG,
        ),
        _spec("model.license", Kind.TEXT, "Licence of the model", "name the ML-BOM under `model.bom`"),
        _spec("model.metrics", Kind.TEXTS, "Results that the model's supplier states", "name the ML-BOM under `model.bom`"),
        _spec("target.image_pinned", Kind.FLAG, "The container image has a tag or digest that does not move",
              "name the manifests under `target.kubernetes`"),
        _spec("security.dependencies_pinned", Kind.FLAG, "Every dependency has an exact version", "list the lock file under `imports:`"),
        _spec("security.dependencies_hashed", Kind.FLAG, "Every dependency is pinned to a digest", "list the lock file under `imports:`"),
    )  # fmt: skip


def _spec(name: str, kind: Kind, meaning: str, resolve: str = _CONTRACT) -> FactSpec:
    return FactSpec(name=name, kind=kind, meaning=meaning, origin="artifact", resolve=resolve)


def _time(name: str, meaning: str, high: float) -> FactSpec:
    return FactSpec(
        name=name,
        kind=Kind.QUANTITY,
        unit="s",
        low=0,
        high=high,
        meaning=meaning,
        origin="artifact",
        resolve=_CONTRACT,
    )


def _share(name: str, meaning: str) -> FactSpec:
    return FactSpec(
        name=name,
        kind=Kind.QUANTITY,
        unit="1",
        low=0,
        high=1,
        meaning=meaning,
        origin="artifact",
        resolve=_CONTRACT,
    )
