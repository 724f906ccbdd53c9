"""Stores of which only a file of settings holds the address -> a question, where no package has a client for them."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import SystemSeen
from poc_gate.inputs.repository.tables.systems import family_of
from poc_gate.model.claim import Notice

_FEWEST = 5
"""Packages of which it is clear that all of them are listed."""
_FAMILIES = frozenset({"cache", "queue", "vector", "search", "graph"})
_SET = frozenset({"compose", "workload", "helm-values", "env-file", "settings"})
"""Readers of files that run a store beside the program or set its address."""
_CODE = (".py", ".ts", ".js", ".mjs", ".go", ".java", ".cs", ".rs", ".kt", ".rb", ".php")
_BY_OTHERS = ("celery", "kombu", "dramatiq", "bull", "langchain", "llama-index", "llamaindex", "haystack", "mem0", "spring", "quarkus", "langgraph", "checkpoint", "graphiti", "arq")  # fmt: skip
"""Parts of the names of packages that reach a store for the program."""


def leave_addresses(kept: dict[str, list[SystemSeen]], ground: Ground, questions: list[Notice]) -> None:
    """Ask about stores that run or whose address is set, and for which no package has a client."""
    looked_up = {one.name.lower() for one in ground.signals.needs if one.place.file.endswith(_CODE)}
    looked_up |= {one.name.lower() for one in ground.signals.settings if one.place.file.endswith(_CODE)}
    packages = {one.name for one in ground.signals.packages if ground.counts(one.standing)}
    for system, found in list(kept.items()):
        bare = all(one.reader in _SET for one in found)
        if not bare or family_of(system) not in _FAMILIES or len(packages) < _FEWEST:
            continue
        if any(system in name for name in looked_up):
            continue  # it may be asked over HTTP
        if any(word in name for name in packages for word in (system, *_BY_OTHERS)):
            continue
        what = f"settings hold the address of {system} ({found[0].place}), and no package reaches it: is it a source of the pilot?"
        questions.append(
            Notice("question", what, found[0].place, f"add {system} under `sources:` if it is", (system,))
        )
        del kept[system]
