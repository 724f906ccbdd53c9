"""The version of a hosted model: by the date in its name, or by the deployment that is made of it -> whether it can move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.conclude.statements.imported_fact import imported_fact
from poc_gate.inputs.repository.noting.marks import TAKES_A_REVISION
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import Certainty, FoundFact, FoundModel
from poc_gate.inputs.repository.tables.model_versions import can_move, is_dated
from poc_gate.inputs.repository.tables.models import is_of_a_hub
from poc_gate.model.claim import Claim, Provenance

_VERSIONED_APART = frozenset({"azure-openai", "azure-ai", "azure-apim"})
"""Providers that are asked for a deployment: which version it holds, and whether it follows newer ones, is said where it is made."""
_SERVE_WEIGHTS = frozenset({"together", "fireworks", "groq", "cloudflare", "nvidia", "huggingface-router", "deepinfra", "cerebras", "sambanova", "novita", "hyperbolic", "openrouter", "replicate", "siliconflow"})  # fmt: skip
"""Providers that serve open weights under names of their own: what answers under a name without a date is theirs to change."""
_WHOLE_DATE = re.compile(r"(?<!\d)20\d\d(-?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")
_ONE_VERSION = re.compile(r"(?i)(?:turbo-)?20\d\d-\d\d-\d\d|\d{4}(?:-preview)?")
"""Versions of models of Azure OpenAI: `2024-08-06`, `0613`; none is `latest`."""


def state_version(main: FoundModel, models: tuple[FoundModel, ...]) -> Iterator[FoundFact]:
    """Yield the date that the model's name ends with, and whether that name can move to another version.

    A model chosen among several is said to move only where each of them does.
    """
    if (dated := _WHOLE_DATE.search(main.name)) is not None:
        yield imported_fact("model.version", dated[0], main, Certainty.INFERRED, "the date in the model's name")  # fmt: skip
    moves = can_move(main.name)
    if moves is None and main.provider in _SERVE_WEIGHTS:
        moves = True
    rivals = [] if main.certainty is Certainty.STATED else [one for one in models if one.role == main.role]
    if moves is None or (
        moves and (main.provider in _VERSIONED_APART or not all(_may_move(one) for one in rivals))
    ):
        return
    note = "the provider can move this name to another version" if moves else "the name holds one version"
    yield imported_fact("model.alias_floating", moves, main, Certainty.INFERRED, note)


def _may_move(one: FoundModel) -> bool:
    """Say whether the name of a model is one that can move: its provider's, or one of open weights that a provider serves."""
    moves = can_move(one.name)
    return one.provider in _SERVE_WEIGHTS if moves is None else moves


def state_candidates_version(named: Sequence[FoundModel]) -> Iterator[FoundFact]:
    """Yield whether the name can move, where it is the same for every model that could answer, each of them a provider's."""
    answers = {_may_move(one) for one in named}
    hosted = all(one.hosting == "hosted" and one.provider not in _VERSIONED_APART for one in named)
    if named and hosted and len(answers) == 1:
        moves = answers == {True}
        sure = moves or all(can_move(one.name) is False for one in named)
        note = "each of the models that could answer has a name that can move" if moves else "each name holds one version"  # fmt: skip
        if sure:
            yield imported_fact("model.alias_floating", moves, named[0], Certainty.INFERRED, note)


_CONTAINERS = frozenset({"compose", "workload", "helm-values"})
"""Readers of what starts containers: an image may bring the weights along."""
_OFFLINE = re.compile(r"HF_HUB_OFFLINE|TRANSFORMERS_OFFLINE")
"""Variables that keep libraries from the hub: the weights lie beside the program, and nobody moves those."""
_ON_THE_HUB = "the hub serves the newest revision under this name, and none is given"


def state_weights(main: FoundModel | None, seen: Sequence[FoundFact], facts: Sequence[FoundFact], signals: Signals) -> Iterator[FoundFact]:  # fmt: skip
    """Yield that weights which the pilot runs itself can move: they are fetched by name, and no revision is given."""
    said = {found.claim.fact: found.claim.value for found in (*seen, *facts)}
    if main is None or main.reader in _CONTAINERS or said.get("model.hosting") != "self" or {"model.alias_floating", "model.version", "model.digest"} & said.keys():  # fmt: skip
        return
    offline = any(_OFFLINE.fullmatch(one.name) and str(one.value).lower() in {"1", "true"} for one in signals.settings)  # fmt: skip
    if offline or any(one.name == TAKES_A_REVISION for one in signals.techniques):
        return
    by_tag = main.provider == "ollama" and "@sha256" not in main.name
    if by_tag or (is_of_a_hub(main.name) and not is_dated(main.name)):
        yield imported_fact("model.alias_floating", True, main, Certainty.INFERRED, _ON_THE_HUB)  # noqa: FBT003 - the value


def state_deployed_version(seen: Sequence[FoundFact], facts: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """Yield that the model cannot move, where the deployment that is made of it holds one version and nothing says that it follows newer ones.

    Azure keeps the version of a deployment that says nothing of upgrades until it is retired; Terraform's provider has such
    a deployment follow the newest default instead.
    """
    stated = {found.claim.fact for found in (*seen, *facts)}
    version = next((found for found in seen if found.claim.fact == "model.version"), None)
    if version is None or version.reader == "terraform" or "model.alias_floating" in stated or not _ONE_VERSION.fullmatch(str(version.claim.value)):  # fmt: skip
        return
    note = f"the deployment holds version {version.claim.value}"
    moves = False
    claim = Claim("model.alias_floating", moves, Provenance.IMPORTED, version.claim.place, note)
    yield FoundFact(claim, version.reader, Certainty.INFERRED)
