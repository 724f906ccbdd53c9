"""Settings beside the code that no code reads -> what they say is asked, not stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import OF_A_VARIABLE, OF_TERRAFORM
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice, Place

_LIMITS = ("security.output_cap", "security.input_cap", "retrieval.top_k", "retrieval.candidates", "retrieval.chunk_", "retrieval.dims", "agent.max_", "model.call_timeout", "path.stages[model]")  # fmt: skip
"""What a program is told by settings; sizes of machines and versions of deployments take effect without it."""
GIVEN_BY = frozenset({"env-file", "bicep", "terraform", "platform", "container-app"})
"""Readers of files that hand settings to the pilot's own code; images of others read those of compose files and charts."""


def settings_to_look_for(signals: Signals) -> frozenset[str]:
    """Return the names of settings beside the code: those that state limits, and the others of their files."""
    limits = _limits(signals)
    files = {place.file for place in limits}
    beside = {one.name for one in signals.settings if one.kind == "env" and one.place.file in files}
    handed = _handed(signals)
    beside |= {one.name for one in signals.needs} if files or handed else set()
    return frozenset({*limits.values(), *beside, *handed})


def leave_unread_settings(signals: Signals, read: Collection[str]) -> list[Notice]:
    """Take back limits under names that no code writes, where code writes others; return a question on each that nothing else says."""
    limits = _limits(signals)
    needs = {one.name for one in signals.needs}
    if not (needs & set(read)) and not any(name in read for name in limits.values()):
        return []
    unread = {place: name for place, name in limits.items() if name not in read}
    gone = [one for one in signals.facts if one.place in unread and one.fact.startswith(_LIMITS)]
    lost = {id(one) for one in gone}
    signals.facts[:] = [one for one in signals.facts if id(one) not in lost]
    kept = {one.fact for one in signals.facts}
    asked: dict[str, Notice] = {}
    for one in gone:
        if one.fact not in kept and one.standing is Standing.SERVICE:
            what = f"{one.fact} is not said: {unread[one.place]} is {one.value} ({one.place}), and no code reads that setting"
            asked.setdefault(one.fact, Notice("question", what, one.place, f"write the one that production uses: `{one.fact}`"))  # fmt: skip
    return list(asked.values())


def leave_unread_models(signals: Signals, read: Collection[str]) -> None:
    """Take back models of variables of Terraform that reach the pilot under names alone that no code writes, where code writes others."""
    handed = _handed(signals)
    if not {one.name for one in signals.needs} & set(read):
        return
    taken = {variable for name, variable in handed.items() if name in read}
    unread = {f"{OF_A_VARIABLE}{variable}" for variable in handed.values() if variable not in taken}
    signals.models[:] = [one for one in signals.models if one.note not in unread]


def _handed(signals: Signals) -> dict[str, str]:
    """Return the names under which environments hand on variables of Terraform that say which model answers."""
    named = {one.note.removeprefix(OF_A_VARIABLE) for one in signals.models if one.note.startswith(OF_A_VARIABLE)}  # fmt: skip
    values = ((one.name, str(one.value).removeprefix(f"{OF_TERRAFORM}.")) for one in signals.settings if one.kind == "env" and str(one.value).startswith(f"{OF_TERRAFORM}."))  # fmt: skip
    return {name: variable for name, variable in values if variable in named}


def _limits(signals: Signals) -> dict[Place, str]:
    """Return where settings beside the code state limits, and what they are called."""
    names: dict[Place, str] = defaultdict(str)
    names |= dict(signals.given)
    return {
        one.place: names[one.place]
        for one in signals.facts
        if one.reader in GIVEN_BY and one.fact.startswith(_LIMITS) and names[one.place]
    }
