"""Models that infrastructure deploys and no code asks -> left where code asks others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.conclude.uses.language import EMBEDS
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.model.claim import Notice

_MAKES = frozenset({"bicep", "terraform", "platform", "container-app", "deploy-command"})
"""Readers of files that deploy a model and do not ask it."""
_OF_AZURE = "bicep"
"""Whose deployments have names that variables hand to code."""
_CODE = frozenset({"python", "tree"})


def leave_unasked(seen: list[ModelSeen], questions: Sequence[Notice]) -> list[ModelSeen]:
    """Return the models without the deployed ones that answer nobody: code asks another deployment, by name or by a variable.

    While it is open which model any code asks, all of them stay.
    """
    if any(one.message.startswith("which chat model answers") for one in questions):
        return seen
    deployed = {str(one.name) for one in seen if one.role == "chat" and one.reader == _OF_AZURE}
    asked = {_DATE.sub("", str(one.name)) for one in seen if one.role == "chat" and one.reader in _CODE and _is_asked_by_name(one)}  # fmt: skip
    named = {_DATE.sub("", str(one.name)) for one in seen if one.reader != _OF_AZURE}
    idle = {one for one in deployed if _DATE.sub("", one) not in named} if deployed & asked else set()
    return [one for one in seen if not (one.role == "chat" and one.reader == _OF_AZURE and str(one.name) in idle)]  # fmt: skip


_DATE = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_BY_NAME = 3
"""Weight of a model that a call is given by name."""


def _is_asked_by_name(one: ModelSeen) -> bool:
    """Say whether code asks a deployment: a variable names it, or a call of a client of Azure does."""
    return "by " in one.note or (one.provider == "azure-openai" and one.weight >= _BY_NAME and one.note.startswith("given to "))  # fmt: skip


def leave_idle(models: tuple[FoundModel, ...], uses: Collection[str]) -> tuple[FoundModel, ...]:
    """Return the models without those for searches that infrastructure alone names, where nothing is looked up."""
    if "retrieval" in uses or "llm" not in uses:
        return models
    return tuple(one for one in models if not (one.role in EMBEDS and one.reader in _MAKES))
