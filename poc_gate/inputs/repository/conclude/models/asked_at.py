"""Models whose variable has the address of its server beside it, `LLM_MODEL` and `LLM_BASE_URL` -> who runs each of them."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.aside.models.overridden import OF_CODE
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.models.who_serves import MAKERS
from poc_gate.inputs.repository.noting.loads import LOADED
from poc_gate.inputs.repository.noting.signals import ModelSeen, SettingSeen
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS, host_of
from poc_gate.inputs.repository.tables.models import is_hosted, provider_of_name
from poc_gate.inputs.repository.tables.own_servers import is_own_engine
from poc_gate.model.claim import Place

_OF_A_MODEL = re.compile(r"(?:(?P<of>\w+?)_)?MODEL(?:_NAME|_ID)?")
"""Names of variables that name a model, and what stands before: `NIM_LLM_MODEL_NAME`."""
_OF_ITS_ROLE = re.compile(r"_(?:CHAT|LLM|EMBED|EMBEDDINGS?)$")
"""What a variable's name has beyond that of its address: `OPENAI_CHAT_MODEL` and `OPENAI_BASE_URL`."""
_ANSWERS = frozenset({"CHAT", "MODEL", "GENERATION", "GENERATOR", "COMPLETION"})
"""What stands before the name of the model that answers, where no address is called so."""
_ADDRESS = re.compile(r"(?P<of>\w+?)_(?:API_)?(?:BASE_URL|BASE|URL|ENDPOINT|HOST)")
_DEPLOYS = frozenset({"compose", "helm-values", "workload", "platform", "terraform", "bicep"})
"""Readers of files that start the pilot: the address beside the model there is the one in effect."""


def with_addresses(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models; where the address of its server stands with the variable of one, that says who runs it."""
    addresses: dict[str, list[SettingSeen]] = {}
    variables: dict[Place, str] = {}
    for one in ground.signals.settings:
        if one.kind not in {"env", "name"} or not ground.counts(one.standing):
            continue
        name = one.name.upper()
        if _OF_A_MODEL.fullmatch(name):
            variables.setdefault(one.place, name)
        elif (match := _ADDRESS.fullmatch(name)) and str(one.value).startswith("http"):
            addresses.setdefault(match["of"], []).append(one)
    loads = any(name == LOADED for name, _ in ground.signals.switches)
    return [_with_address(one, _beside(variables.get(one.place, ""), addresses, one.place.file), loads=loads) for one in seen]  # fmt: skip


def _beside(variable: str, addresses: dict[str, list[SettingSeen]], file: str) -> list[SettingSeen]:
    """Return the addresses whose variables are called as that of a model, up to its last words.

    Where none is, one file that names a model of chats and the address of the language model speaks of the same:
    `CHAT_MODEL` beside `LLM_BASE_URL`.
    """
    match = _OF_A_MODEL.fullmatch(variable)
    if match is None:
        return []
    called = match["of"] or "MODEL"
    found = addresses.get(called) or addresses.get(_OF_ITS_ROLE.sub("", called)) or []
    if not found and called in _ANSWERS:
        return [one for one in addresses.get("LLM", ()) if one.place.file == file]
    return found


def _with_address(one: ModelSeen, beside: list[SettingSeen], *, loads: bool) -> ModelSeen:
    """Return a model with who runs it, as far as the address in effect says so."""
    address = _in_effect(one, beside, loads=loads)
    if address is None:
        return one
    if is_own_engine(str(address.value)):
        hosting, provider = "self", "" if is_hosted(one.provider) else one.provider
    else:
        hosting, provider = "hosted", _provider_at(str(address.value))
        if not provider or (provider in MAKERS and provider_of_name(str(one.name)) != provider):
            return one
    if provider == one.provider and one.hosting in {"", hosting}:
        return one._replace(hosting=hosting)
    sure = Certainty.INFERRED if ".env" in address.place.file else one.certainty
    return one._replace(hosting=hosting, provider=provider, certainty=sure)


def _in_effect(one: ModelSeen, beside: list[SettingSeen], *, loads: bool) -> SettingSeen | None:
    """Return the address that counts: of the file that starts the pilot, of others that do, or of the file that names the model."""
    here = sorted((found for found in beside if found.place.file == one.place.file), key=lambda found: abs(found.place.line - one.place.line))  # fmt: skip
    others = [found for found in beside if found.weight > 1 and found.place.file != one.place.file and not found.place.file.endswith(OF_CODE)]  # fmt: skip
    deployed = [found for found in others if found.weight == max(one.weight for one in others)]
    examples = [found for found in beside if loads and ".env" in found.place.file]
    for group in (here[:1] if one.reader in _DEPLOYS else [], deployed, here[:1], examples):
        if group:
            return group[0] if len({_whose(str(found.value)) for found in group}) == 1 else None
    return None


def _whose(address: str) -> str:
    """Return whose server an address is of: the pilot's own, or that of a host."""
    return "self" if is_own_engine(address) else host_of(address) or address


def _provider_at(address: str) -> str:
    """Return the provider of models whose host an address has, or an empty text."""
    host = host_of(address)
    return next((name for name, known in PROVIDER_HOSTS.items() if is_hosted(name) and (host == known or (known.startswith("*.") and host.endswith(known[1:])))), "")  # fmt: skip
