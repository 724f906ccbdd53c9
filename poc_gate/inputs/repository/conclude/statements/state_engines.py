"""An engine that runs on the pilot's own machines -> its name, and that the pilot runs its model itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.hosts.answering import ANSWERING
from poc_gate.inputs.repository.reading import Certainty, FoundFact, FoundHost, FoundModel
from poc_gate.model.claim import Claim, Provenance
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

_INSTALLED = {package: row.name for row in SERVING_ENGINES if row.name in {"vllm", "sglang", "lmdeploy", "tensorrt-llm", "mlc-llm"} for package in row.packages}  # fmt: skip
"""Package -> the engine that it is; packages of other engines may be clients alone."""


def state_engine(seen: Sequence[FoundFact], facts: Sequence[FoundFact], hosts: Sequence[FoundHost]) -> Iterator[FoundFact]:  # fmt: skip
    """Yield that the pilot runs its model, where an engine of its own runs, no provider is asked and nothing else says who does."""
    said = any(found.claim.fact == "model.hosting" for found in (*seen, *facts))
    engine = next((found for found in (*seen, *facts) if found.claim.fact == "model.engine"), None)
    if engine is not None and not said and not _asks(hosts):
        note = f"{engine.claim.value} serves it"
        yield FoundFact(Claim("model.hosting", "self", Provenance.IMPORTED, engine.claim.place, note), engine.reader, Certainty.INFERRED)  # fmt: skip


def state_installed_engine(
    ground: Ground, seen: Sequence[FoundFact], models: Sequence[FoundModel], hosts: Sequence[FoundHost], uses: Collection[str]
) -> Iterator[FoundFact]:  # fmt: skip
    """Yield the one engine that is installed where a language model answers that nobody else serves."""
    if "llm" not in uses or "training" in uses or _asks(hosts):
        return
    if any(found.claim.fact == "model.engine" for found in seen) or any(one.hosting for one in models):
        return
    found = [one for one in ground.signals.packages if one.name in _INSTALLED and not one.optional and ground.counts(one.standing)]  # fmt: skip
    if len({_INSTALLED[one.name] for one in found}) == 1:
        note = f"the package {found[0].name} is installed"
        yield FoundFact(Claim("model.engine", _INSTALLED[found[0].name], Provenance.IMPORTED, found[0].place, note), "python-packages", Certainty.INFERRED)  # fmt: skip


def state_engine_of_model(main: FoundModel | None, seen: Sequence[FoundFact], facts: Sequence[FoundFact]) -> Iterator[FoundFact]:  # fmt: skip
    """Yield Ollama where it serves the model that answers and no file names another engine."""
    said = any(found.claim.fact == "model.engine" for found in (*seen, *facts))
    if main is not None and main.provider == "ollama" and main.hosting == "self" and not said:
        note = f"{main.name} is a name of Ollama's library"
        yield FoundFact(Claim("model.engine", "ollama", Provenance.IMPORTED, main.place, note), main.reader, Certainty.INFERRED)  # fmt: skip


def _asks(hosts: Sequence[FoundHost]) -> bool:
    return any(host.host in ANSWERING for host in hosts)
