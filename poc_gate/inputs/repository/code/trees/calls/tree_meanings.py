"""What a known call in TypeScript, Java, Go or C# means -> models, systems, tools, destinations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from poc_gate.inputs.repository.code.trees.calls.tree_clients import (
    address_of_maker,
    is_made_for_another,
    runs_at_home,
)
from poc_gate.inputs.repository.code.trees.calls.tree_limits import note_client_limits
from poc_gate.inputs.repository.code.trees.calls.tree_models import note_model
from poc_gate.inputs.repository.code.trees.calls.tree_supabase import note_supabase_host
from poc_gate.inputs.repository.code.trees.syntax.tree_conditions import condition_of_bean, switch_of
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import text_of
from poc_gate.inputs.repository.code.trees.tools.made_tools import note_tool
from poc_gate.inputs.repository.noting.marks import ELSEWHERE, TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.tables.calls.call import Call, is_start
from poc_gate.inputs.repository.tables.calls.default_models import DEFAULT_MODELS_OF_SCRIPTS
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS, host_of, is_outside
from poc_gate.inputs.repository.tables.models import is_hosted
from poc_gate.model.claim import Place
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

_CLIENT = re.compile(r"(?i)\w*client\b\s*(?::|$)")
"""An argument that hands a client over, by name or as a variable."""


def note_meaning(call: Call, node: Any, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note what a call of a known library means, and who is asked by it."""
    before = call.what == "chooses" and bool(arguments) and is_start(text_of(arguments[0]))
    for technique in () if before else call.evidence:
        notes.technique(technique, f"calls {short}", place)
    if call.kind == "source":
        _note_source(call, node, arguments, short, place, notes)
    elif call.kind == "approval":
        notes.approval("*", place)
    elif call.kind == "tool" and call.what:
        if not _is_called_here(short, notes.file.text):
            notes.tool(call.called or short, call.what, "a tool of the library", place)
    elif call.kind == "tool":
        note_tool(node, arguments, place, notes)
    elif call.kind == "model":
        call = _note_model_of(call, node, arguments, short, place, notes)
        _note_usual(call, arguments, short, place, notes)
        if call.default:
            note = f"{short} is made"
            notes.model(call.default, place, role=call.what, hosting="self", weight=3, note=note)
    note_client_limits(call, arguments, place.file, notes)
    host = _host_of(call, node, arguments, short)
    if host:
        why = f"{short} asks it"
        notes.signals.hosts.append(HostSeen(host, why, place, notes.reader, notes.standing, INFERRED))


@lru_cache(maxsize=16)
def _is_called_here(short: str, text: str) -> bool:
    """Say whether the pilot's own code calls a tool of a library, so that no model chooses it."""
    made = re.search(
        rf"\b(\w{{1,60}})\s{{0,20}}(?::\s{{0,20}}\w{{1,60}}\s{{0,20}})?=\s{{0,20}}new\s{{1,20}}{re.escape(short)}\s*\(",
        text,
    )
    return made is not None and re.search(rf"\b{made[1]}\.(?:invoke|call|_call|run)\(", text) is not None


def _note_model_of(call: Call, node: Any, arguments: Any, short: str, place: Place, notes: Notes) -> Call:
    """Note the model that a call makes; return the call, without its provider where it is given another's address."""
    host, before = PROVIDER_HOSTS.get(call.provider, ""), len(notes.signals.models)
    given = address_of_maker(short, notes.file.text, host) if is_hosted(call.provider) else None
    if given is not None and is_outside(host_of(given)):
        notes.technique(ELSEWHERE, host, place, weight=1)
    another = is_made_for_another(short, node, arguments)
    if given is not None or (another and is_hosted(call.provider)):
        call = call._replace(provider="")
    note_model(call, node, arguments, short, place.file, notes)
    if given or (another and runs_at_home(arguments)):
        hosting = "hosted" if given else "self"
        models = notes.signals.models
        models[before:] = [one if one.hosting or is_hosted(one.provider) else one._replace(hosting=hosting) for one in models[before:]]  # fmt: skip
    return call


def _note_source(call: Call, node: Any, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note the system that a call reaches, or ask whether it does where a setting must be on for it."""
    if switch := switch_of(node) or condition_of_bean(notes.file):
        message = f"the code reaches {call.what} only where {switch} is set: is it a source?"
        notes.question(message, place, systems=(call.what,))
        return
    what = _of_engine(arguments) or call.what if short in _DATABASES else call.what
    notes.system(what, place, how="used", direction=call.direction, note=f"{short} is made")
    note_supabase_host(call, short, place, notes)


def _host_of(call: Call, node: Any, arguments: Any, short: str) -> str:
    """Return the host of the provider that a call asks; empty where the call does not decide it."""
    if short.startswith("AddOpenAI") and any(_CLIENT.match(text_of(one)[:80]) for one in arguments):
        return ""  # a client that is made elsewhere decides who is asked
    if is_made_for_another(short, node, arguments):
        return ""  # its address is given: another server that speaks the same protocol
    asks = call.kind in {"tool", "host", "source"} or (call.kind == "model" and is_hosted(call.provider))
    return PROVIDER_HOSTS.get(call.provider, "") if asks else ""


_DATABASES = frozenset({"DatabaseCluster", "DatabaseInstance", "ServerlessCluster"})
"""Constructs of the AWS CDK whose engine says which database they make."""
_ENGINE = re.compile(r"\.(?:aurora)?_?(?P<engine>mysql|mariadb|sqlserver|oracle)\w*\b", re.IGNORECASE)


def _of_engine(arguments: Any) -> str:
    """Return the database that a construct's engine says, other than PostgreSQL."""
    found = next((match for child in arguments if (match := _ENGINE.search(text_of(child)[:2_000]))), None)
    engine = found["engine"].lower() if found is not None else ""
    return "mysql" if engine == "mariadb" else engine


ENGINES = {provider: row.name for row in SERVING_ENGINES for provider in row.providers}
"""Provider of a call -> the engine that it shows."""
_NAMES_ITS_MODEL = re.compile(r"(?i)\b(?:model|deployment)")


def _note_usual(call: Call, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note the model that a library takes by itself, where it is given none, and the engine that a library is of."""
    if call.what == "chat" and call.provider in ENGINES:
        notes.fact("model.engine", ENGINES[call.provider], place, sure=INFERRED)
    usual = DEFAULT_MODELS_OF_SCRIPTS.get(short, "")
    if usual and place.file.endswith(_SCRIPTS) and not any(map(_may_name_a_model, arguments)):
        note = f"{short} {TAKEN_BY_ITSELF}"
        notes.model(usual, place, role=call.what, provider=call.provider, hosting="hosted", weight=2, note=note)  # fmt: skip


_SCRIPTS = (".ts", ".tsx", ".js", ".mjs", ".cjs", ".mts")


def _may_name_a_model(argument: Any) -> bool:
    """Say whether an argument can name a model: a plain one, or options that say it or take in others."""
    said = text_of(argument)[:2_000]
    return argument.type != "object" or "..." in said or _NAMES_ITS_MODEL.search(said) is not None
