"""Names that a pilot states -> what is publicly known about them, as assumed claims; files and people always win."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from poc_gate.facts.known.tables import Row, find, source
from poc_gate.model.claim import Claim, Place, Provenance, Value
from poc_gate.model.fact import Catalogue, Kind
from poc_gate.model.quantity import Quantity

PLACE = "known things"
"""The file of the place that these claims carry; the pointer is the name in the table."""

_SHAPE = ("layers", "hidden_size", "heads", "kv_heads", "head_dim")
"""Facts that tell two models of one name apart: where a stated one differs, the table is not about this model."""

_GIVES_WAY: Mapping[str, tuple[str, ...]] = {
    "precision": ("weight_bits", "weight_bytes"),
    "weight_bits": ("precision", "weight_bytes"),
    "kv_windowed_bytes_per_token": ("kv_bytes_per_token",),
}
"""Fact of the table -> stated facts beside which it says nothing: they describe other weights or another cache."""


def known_claims(catalogue: Catalogue, stated: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return what the tables say about the model, the embedding model and the cloud service that the claims name.

    Only facts that nobody states are returned, each with the provenance `assumed`, its source and date.
    A model whose stated shape differs from the table's is not the one of the table: nothing is said then.
    """
    held = {claim.fact: claim.value for claim in stated}
    return (*_of_model(catalogue, held), *_of_embedder(catalogue, held), *_of_service(catalogue, held))


def known_model(name: str, engine: str = "") -> Row | None:
    """Return the row of an open model, else that of a hosted one, or None when the name is in neither table.

    An Ollama tag is the open model that it packs with the bits of its file. A tag without a size, such as `mistral`,
    is one only where Ollama is the engine or named before it.
    """
    return find("models", name) or _packed(name, engine) or find("hosted", name)


def _packed(name: str, engine: str) -> Row | None:
    tag, said = name.strip(), "ollama" in engine.lower()
    for prefix in _OLLAMA:
        if tag.lower().startswith(prefix):
            tag, said = tag[len(prefix) :], True
    row = find("packed", tag) if said or ":" in tag else None
    base = find("models", row.of) if row is not None else None
    if row is None or base is None:
        return None
    bits = round(8.0 * row.bytes / float(base.facts["parameters"]), 2)
    facts = {key: value for key, value in base.facts.items() if key != "precision"} | {"weight_bits": bits}
    return replace(base, name=row.name, facts=facts, source=base.source, bits_source=row.source)


def _of_model(catalogue: Catalogue, held: Mapping[str, Value]) -> Iterator[Claim]:
    name = held.get("model.name")
    engine = held.get("model.engine")
    row = known_model(name, engine if isinstance(engine, str) else "") if isinstance(name, str) else None
    if row is None or _is_another(row, held):
        return
    if held.get("model.hosting") == "hosted":
        row_facts = {key: value for key, value in row.facts.items() if key in ("context_length", "kind")}
    else:
        row_facts = dict(row.facts)
    stated = {fact.removeprefix("model.") for fact in held if fact.startswith("model.")}
    for key, value in row_facts.items():
        if key in stated or not stated.isdisjoint(_GIVES_WAY.get(key, ())):
            continue
        scaled = _in_stated_bits(key, value, row, held)
        yield from _claim(catalogue, f"model.{key}", scaled, row, _origin(row, key))
    if row.licence and "licence" not in stated and held.get("model.hosting") != "hosted":
        yield from _claim(catalogue, "model.licence", row.licence, row, row.licence_source)


def _of_embedder(catalogue: Catalogue, held: Mapping[str, Value]) -> Iterator[Claim]:
    name = held.get("retrieval.embedder")
    row = find("embeddings", name) if isinstance(name, str) else None
    if row is not None and "retrieval.dims" not in held:
        yield from _claim(catalogue, "retrieval.dims", row.facts["dims"], row, row.source)


def _of_service(catalogue: Catalogue, held: Mapping[str, Value]) -> Iterator[Claim]:
    """Yield who runs the machines of a cloud service; one that only answers for a model runs no pilot."""
    name = held.get("target.service")
    row = find("platforms", name) if isinstance(name, str) else None
    spec = catalogue.find("target.platform")
    if row is None or spec is None or "target.platform" in held or row.kind in _OF_MODELS:
        return
    platform = "own" if row.own_machine else "serverless" if row.scales_to_zero == "yes" else "managed"
    note = f"published for {row.name}: {row.url}, {row.date}"
    yield Claim(
        "target.platform",
        platform,
        Provenance.ASSUMED,
        Place(PLACE, pointer=row.name),
        note=note,
        dated=row.date,
    )


_OF_MODELS = frozenset({"model-api", "model-endpoint"})
"""Kinds of services that answer for a model, whatever the pilot itself runs on."""


def _is_another(row: Row, held: Mapping[str, Value]) -> bool:
    for key in _SHAPE:
        value = held.get(f"model.{key}")
        if isinstance(value, Quantity) and key in row.facts and value.value != row.facts[key]:
            return True
    return False


def _in_stated_bits(key: str, value: float | str, row: Row, held: Mapping[str, Value]) -> float | str:
    """Return bytes of cache for the stated width of its elements; the table counts its own, 16 bits mostly."""
    bits = held.get("model.kv_bits")
    if "bytes_per_token" not in key or not isinstance(bits, Quantity) or isinstance(value, str):
        return value
    own = row.facts.get("kv_bits", 16)
    return value * bits.value / float(own)


_OLLAMA = ("ollama_chat/", "ollama/")
"""What client libraries write before a tag."""


def _origin(row: Row, key: str) -> str:
    if key == "weight_bits" and row.bits_source:
        return row.bits_source
    return (row.parameters_source or row.source) if key in ("parameters", "active_parameters") else row.source


def _claim(catalogue: Catalogue, fact: str, value: float | str, row: Row, origin: str) -> Iterator[Claim]:
    spec = catalogue.find(fact)
    if spec is None:
        return
    shown: Value = Quantity(float(value), spec.unit) if spec.kind is Kind.QUANTITY else str(value)
    where = source(origin)
    note = f"published for {row.name}: {where.title}, {where.date}"
    yield Claim(
        fact,
        shown,
        Provenance.ASSUMED,
        Place(PLACE, pointer=row.name),
        note=f"{note}; {row.note}" if row.note and fact == "model.parameters" else note,
        dated=where.date,
    )
