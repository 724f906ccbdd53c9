"""Traces of a running pilot -> what a new manifest can say: the systems as sources, the model, the tools, the file itself.

Measured values stay in the file, which the manifest names under `imports:`. Where it cannot, because the file is outside its
folder, they are written down and count as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from poc_gate.app.authoring.init import Known
from poc_gate.app.imports.fitting_claims import fitting_claims
from poc_gate.app.imports.items_of_claims import items_of_claims
from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Claim, Place, Provenance, Value
from poc_gate.model.fact_name import fact_name
from poc_gate.model.observation import Observed

_INTERFACES = {"db": "sql", "http": "http", "rpc": "grpc", "messaging": "kafka"}
_NO_SQL = frozenset(
    {"redis", "mongodb", "elasticsearch", "opensearch", "qdrant", "weaviate", "milvus", "pinecone", "chroma"}
)

Progress = Callable[[str, float], None]


def known_by_traces(
    files: Iterable[Path], folder: Path, progress: Progress = lambda _what, _share: None
) -> tuple[Known, tuple[str, ...]]:
    """Return what traces say for a manifest in `folder`, and lines about what a person should look at.

    Raises InvalidInputError for files that hold no traces.
    """
    paths = [path.resolve() for path in files]
    missing = [
        Fault(path.as_posix(), 0, 0, "is not a file", "check the path")
        for path in paths
        if not path.is_file()
    ]
    if missing:
        raise InvalidInputError(missing)
    home = folder.resolve()
    inside = {path: path.relative_to(home).as_posix() for path in paths if path.is_relative_to(home)}
    named = [NamedFile(path, inside.get(path, path.name)) for path in paths]
    (observed,) = read_results(named, Declared(), "", kind="traces", progress=progress)
    claims = list(_claims(observed))
    can_name = len(inside) == len(paths)
    if not can_name:
        claims += [
            Claim(one.fact, one.value, Provenance.IMPORTED, one.place, "", one.sha256)
            for one in observed.observations
            if not one.fact.startswith("observed.")
        ]
    kept, _ = fitting_claims(claims)
    if can_name:  # a list of files is no fact of the catalogue
        kept.append(_said("imports", tuple(inside.values()), observed))
    inferred = frozenset(one.fact for one in kept if one.fact == "pilot.uses")
    return Known(tuple(kept), items_of_claims(kept), inferred=inferred), tuple(
        _lines(observed, can_name=can_name)
    )


def joined(first: Known | None, second: Known) -> Known:
    """Return what two readings say; where both name a fact, the first one does."""
    if first is None:
        return second
    stated = {claim.fact for claim in first.claims if claim.fact != "imports"}
    claims = [claim for claim in first.claims if claim.fact != "imports"]
    claims += [claim for claim in second.claims if claim.fact not in stated and claim.fact != "imports"]
    files = [claim for known in (first, second) for claim in known.claims if claim.fact == "imports"]
    if files:
        paths = tuple(path for claim in files if isinstance(claim.value, tuple) for path in claim.value)
        claims.append(replace(files[0], value=paths))
    items = items_of_claims(claims)
    return Known(tuple(claims), items, first.currency, first.inferred | second.inferred)


def _claims(observed: Observed) -> Iterator[Claim]:
    uses: dict[str, None] = {}
    for hop in _hops(observed):
        source, kind = str(hop["source"]), str(hop["kind"])
        if source:
            system = str(hop["system"]) if kind in ("db", "messaging") else kind
            yield _said(f"sources[{source}].id", source, observed)
            yield _said(f"sources[{source}].system", system, observed)
            no_sql = kind == "db" and system in _NO_SQL
            yield _said(
                f"sources[{source}].interface", system if no_sql else _INTERFACES.get(kind, kind), observed
            )
        uses |= {"retrieval": None} if kind in ("retrieval", "embedding", "rerank") else {}
        uses |= {"agent": None} if kind == "agent" else {}
    models = [one for one in _rows(observed, "models") if one["role"] == "model" and one["model"]]
    if models:
        uses = {"llm": None, **uses}
        most = max(models, key=lambda one: int(str(one["calls"])))
        yield _said("model.name", str(most["model"]), observed)
    tools = next((one.value for one in observed.observations if one.fact == "observed.tools"), ())
    if tools:
        yield _said("agent.tools", tools, observed)
    if uses:
        yield _said("pilot.uses", tuple(uses), observed)
    entry = observed.details.get("entry")
    if isinstance(entry, dict) and entry.get("name") and len(_rows(observed, "entries")) > 1:
        yield _said("monitoring.trace_entry", str(entry["name"]), observed)


def _hops(observed: Observed) -> list[dict[str, object]]:
    return _rows(observed, "hops")


def _rows(observed: Observed, name: str) -> list[dict[str, object]]:
    rows = observed.details.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _said(fact: str, value: Value, observed: Observed) -> Claim:
    return Claim(
        fact, value, Provenance.IMPORTED, Place(min(observed.files)), "", next(iter(observed.files.values()))
    )


def _lines(observed: Observed, *, can_name: bool) -> Iterator[str]:
    sources = sorted({name for one in observed.observations if (name := fact_name(one.fact).item)})
    requests = observed.details.get("requests", 0)
    yield f"read {observed.samples:,} spans, {requests:,} requests; systems that are called: {', '.join(sources) or 'none'}"
    if not can_name:
        yield "  the traces are outside the pilot's folder: the manifest cannot refer to them, so their values count as typed in"
    for notice in observed.notices:
        if notice.kind == "question":
            yield f"  question: {notice.message}"
            yield f"    -> {notice.next_step}"
