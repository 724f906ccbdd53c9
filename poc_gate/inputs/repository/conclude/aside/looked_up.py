"""Services that anybody's code asks over HTTP and whose address the pilot looks up -> a source where a deployment sets it, else a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import SystemSeen
from poc_gate.inputs.repository.tables.systems import system_of_variable
from poc_gate.model.claim import Notice, Place

_OVER_HTTP = frozenset({"servicenow", "meilisearch", "typesense"})
"""What is most often asked without a client of its own, so that no package and no class shows it."""
_DEPLOYS = frozenset({"compose", "workload", "helm-values", "terraform", "platform", "bicep"})
"""Readers of files that say what runs."""
_CODE = (".py", ".ts", ".js", ".mjs", ".go", ".java", ".cs", ".kt", ".rb", ".php")


def take_looked_up(
    kept: dict[str, list[SystemSeen]],
    seen: Mapping[str, Sequence[SystemSeen]],
    ground: Ground,
    questions: list[Notice],
) -> None:
    """Take a service whose address code looks up and a deployment sets for a source; ask about one that only code looks up."""
    for system, place in _looked_up(ground).items():
        if system in kept or any(system in one.systems for one in questions):
            continue
        found = [one for one in seen.get(system, ()) if one.reader in _DEPLOYS]
        if found:
            kept[system] = found
            continue
        what = f"the code looks up the address of {system} ({place}): is it a source of the pilot?"
        questions.append(Notice("question", what, place, f"add {system} under `sources:` if it is", (system,)))  # fmt: skip


def _looked_up(ground: Ground) -> dict[str, Place]:
    """Return the services whose address the service itself looks up, and the first place where it does."""
    signals = ground.signals
    named = [(one.name, one.place) for one in signals.needs if one.standing is Standing.SERVICE]
    named += [(one.name, one.place) for one in signals.settings if one.standing is Standing.SERVICE]
    found: dict[str, Place] = {}
    for name, place in named:
        system = system_of_variable(name) if place.file.endswith(_CODE) else ""
        if system in _OVER_HTTP:
            found.setdefault(system, place)
    return found
