"""YAML, TOML, JSON, properties and INI files of settings -> models, stores, destinations and limits by key."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.errors import InvalidInputError, UnreadableError
from poc_gate.inputs.repository.code.named_values import ASKED_AT, BARE, note_key_variable, note_named
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.marks import OF_SETTINGS
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.schedules.intervals import note_schedule
from poc_gate.inputs.repository.settings.catalogues import is_of_catalogue, is_of_evaluators
from poc_gate.inputs.repository.settings.offered import holder_of, is_off, is_offered, mark_asked_elsewhere
from poc_gate.inputs.repository.settings.settings_files import is_of_a_choice, is_settings, usual_weight
from poc_gate.inputs.repository.tables.deployment.intervals import interval_of
from poc_gate.inputs.repository.tables.deployment.resources import accelerator_of_machine
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key, role_of_name
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.inputs.repository.tables.systems import system_of_address
from poc_gate.model.claim import Place
from poc_gate.text.documents.bounded_toml import read_toml
from poc_gate.text.secrets.secret_values import is_placeholder_value

_ENVIRONMENT = re.compile(r"\$\{(?:env\.)?(\w+)(?::(?!\+)([^}]*))?\}")
_DASH = re.compile(r"^(?:=|-(?![\d.]))")
"""Between a variable and its default as shells write it, `${NAME:-default}`, or Llama Stack, `${env.NAME:=default}`; before a number a dash is a sign."""
_SECRET = re.compile(
    r"(?i)^(?!.*(?:max|num|count|limit|min|size|overlap|length))(?!.*(?:context|output|input|prompt|completion|chunk|batch|new)_?tokens$).*(?:api_?key|token|secret|password|passwd|credential)s?$"
)
_OF_DOTNET = re.compile(r"appsettings[\w.-]*\.json$")
_LARGEST = 96 << 10
_CRON = re.compile(r"(?i)(?:^|_)cron$|^schedule(?:_interval)?$|cron_?schedule$")
_COMPUTE = re.compile(r"compute|cluster|deploy|infra|terraform|sagemaker|vertex")


def _read(file: TextFile, notes: Notes) -> None:
    if len(file.content) > _LARGEST:
        raise UnreadableError(f"larger than {_LARGEST >> 10} KiB: data, not settings")
    if file.is_minified:
        raise UnreadableError("data or minified: lines of more than 20,000 characters")
    if is_of_a_choice(file, notes):
        return
    if file.name.endswith((".properties", ".ini", ".cfg")):
        _read_lines(file, notes)
    elif file.name.endswith(".toml"):
        _read_toml(file, notes)
    else:
        for document in read_documents(file)[:3]:
            if _is_data(document):
                return
            note_tree(document, notes)


def _is_data(document: Node) -> bool:
    """Tell records, objects of a cluster and descriptions of an interface from settings."""
    records = document.items()
    if document.at("paths") and (document.at("openapi") or document.at("swagger")):
        return True
    cluster = bool(document.at("apiVersion") and document.at("kind"))
    return cluster or len(records) > 50 or (len(records) > 1 and all(map(_is_a_passage, records)))


_CONTENT, _FROM = (
    re.compile(r"(?i)(?:page_?)?content|text|snippet|passage"),
    re.compile(r"(?i)title|ur[li]$|link$|source$"),
)


def _is_a_passage(record: Node) -> bool:
    """Say whether a record holds a passage of a text and says where it comes from: what was found once, or is to be found."""
    keys = record.entries()
    return any(map(_CONTENT.fullmatch, keys)) and any(map(_FROM.search, keys))


def note_tree(document: Node, notes: Notes, *, weight: int = 3, kind: str = "env") -> None:
    """Note every named scalar of a tree, with the keys that lead to it as its name."""
    usual = usual_weight(notes, weight)
    answers = any(path[:2] == ("spring", "ai") and "chat" in path and path[-1] == "model" for path, _ in document.walk())  # fmt: skip
    before = len(notes.signals.models)
    for path, node in document.walk():
        if not path or node.value is None or len(path) > 8 or path[0] == "model_list":
            continue  # a gateway's list of models has a reader of its own
        if is_off(path, document) or is_of_evaluators(path, document):
            continue
        key = path[-1]
        if _SECRET.search(key):
            _note_password(path, node, document, notes)
            _note_key(node, notes)
            continue
        value: Any = node.value
        passed = is_offered(path, document) or is_of_catalogue(path, document) or (answers and path[0] != "spring" and bool(read_model_name(node.text())))  # fmt: skip
        weight = min(usual, 1) if passed else usual  # what Spring itself reads decides who answers
        siblings = frozenset(_siblings(document, path))
        if isinstance(value, str) and "${" in value:
            match = _ENVIRONMENT.fullmatch(value.strip())
            if match is None:
                _note_filled_in(_name(path, key), value, node.place, notes)
                continue
            if match[2] is None or match[2] == "":
                if names_a_model(key) or names_a_model(match[1]):
                    notes.need(match[1], node.place)
                continue
            value = _DASH.sub("", match[2])
            note_named(match[1], value, node.place, notes, kind=kind, local=False, weight=weight)
        _note_place(key, value, node, notes)
        if key == "provider" and usual > 1 and weight == usual:
            _note_provider(value, node.place, siblings, notes)
        if _CRON.search(key) and isinstance(value, str) and interval_of(value):
            note_schedule(node, notes, of=".".join(path), within=document.at(*path[:-1]))
        if not _is_profile(key, value, node, document, notes, weight):
            _note_setting(path, value, node.place, notes, siblings=siblings, weight=weight)
    mark_asked_elsewhere(document, notes.signals.models, before)


def _note_filled_in(name: str, value: str, place: Place, notes: Notes) -> None:
    """Note what an address reaches whose scheme says so, whatever fills in the rest of it."""
    if system_of_address(value):
        note_named(name, value, place, notes, kind="", local=False, weight=1)


_VERTEX = re.compile(r"(?i)(?:google[_-]?)?vertex")


def _note_provider(value: Any, place: Place, siblings: frozenset[str], notes: Notes) -> None:
    """Note the destination of a provider that an entry names beside its model."""
    whose = "vertex-ai" if _VERTEX.match(str(value)) else maker_named(str(value))
    host = PROVIDER_HOSTS.get(whose, "")
    if host and siblings & {"config", "model", "model_name"}:
        notes.host(host, f"{value} is the provider", place)


def _is_profile(key: str, value: Any, node: Node, document: Node, notes: Notes, weight: int) -> bool:
    """Note a model that a named entry of a list has, such as `fast-rewrite`: one of several to choose from; say whether it was one."""
    name = _profile_of(document, node) if isinstance(value, str) and names_a_model(key) else ""
    if not name or not read_model_name(value):
        return False
    role = role_of_key(name)
    role = role if role in _BESIDE_THE_ANSWER else role_of_name(value)
    notes.model(value, node.place, role=role, weight=min(weight, 2))
    return True


def _profile_of(document: Node, model: Node) -> str:
    """Return the name of the entry of a list that holds a model, or an empty text."""
    pending = [(document, False)]
    for holder, listed in pending:
        if len(pending) > _MOST_HOLDERS:
            break
        entries = holder.entries()
        if any(inner is model for inner in entries.values()):
            return holder.at("name").text() if listed else ""
        pending += [*((inner, False) for inner in entries.values()), *((inner, True) for inner in holder.items())]  # fmt: skip
    return ""


_MOST_HOLDERS = 5_000
"""Objects that are looked through for the one that names a model."""
_BESIDE_THE_ANSWER = frozenset({"rewrite", "summary", "judge", "guardrail", "fallback"})


def _note_password(path: tuple[str, ...], node: Node, document: Node, notes: Notes) -> None:
    """Note that a password is written in the file; the value is not, nor that of a database in the program's own memory."""
    key = path[-1]
    if ":mem:" in holder_of(document, path[:-1]).at("url").text():
        return
    text = node.value if isinstance(node.value, str) else ""
    if (
        key.lower().endswith(("password", "passwd"))
        and text
        and "$" not in text
        and not is_placeholder_value(text)
    ):
        notes.remark("password in a file", "", node.place, key)


def _note_key(node: Node, notes: Notes) -> None:
    """Note the variable that a key is taken from, such as `api-key: ${ANTHROPIC_API_KEY}`: a second sign says whether it is used."""
    match = _ENVIRONMENT.fullmatch(node.text().strip())
    if match is not None:
        note_key_variable(match[1], node.place, notes, offered="example")


def _note_setting(
    path: tuple[str, ...],
    value: Any,
    place: Place,
    notes: Notes,
    *,
    siblings: frozenset[str] = frozenset(),
    weight: int = 2,
) -> None:
    """Note a setting; sections of Spring and of .NET say who is asked and what a bare `dimensions` is of."""
    key, sections = path[-1], ".".join(path[:-1]).lower()
    if isinstance(value, str) and _OF_DOTNET.match(notes.file.name.lower()):
        notes.signals.sections.append((place, path[0]))
    if key.lower() in {"dimensions", "dimension"} and re.search(r"embed|vector|pgvector|index", sections):
        notes.named_value("embedding_dimensions", value, place, weight=weight)
    provider = next((name for mark, name in _SECTIONS if mark in sections), "")
    of_model = len(path) > 1 and path[-2].lower() == "model" and key.lower() in {"id", "name"}
    names = isinstance(value, str) and (names_a_model(key) or key.lower() == "deployment-name" or of_model)
    if names and read_model_name(value):
        notes.setting(OF_SETTINGS, words_of(key), value, place, weight=weight)
    if provider and names and (provider == "ollama" or read_model_name(value)):
        role = role_of_name(value) or role_of_key(sections) or role_of_key(key)
        hosting = "self" if provider == "ollama" else "hosted"
        notes.model(value, place, role=role, provider=provider, hosting=hosting, weight=weight)
        return
    name = key if siblings & ASKED_AT and key in BARE else _name(path, key)
    note_named(name, value, place, notes, kind="", siblings=siblings, weight=weight)


_SECTIONS = (
    ("azure.openai", "azure-openai"), ("azureopenai", "azure-openai"), ("azure_openai", "azure-openai"), ("azure-openai", "azure-openai"),
    ("ai.openai", "openai"), ("vertex", "vertex-ai"), ("bedrock", "bedrock"), ("ollama", "ollama"),
    ("mistral.ai", "mistral"), ("mistralai", "mistral"), ("anthropic", "anthropic"),
)  # fmt: skip
"""Part of a section's path in small letters -> who is asked for the models that it names."""


def _note_place(key: str, value: Any, node: Node, notes: Notes) -> None:
    """Note region and machine type in files that describe where the pilot runs."""
    if not isinstance(value, str) or not _COMPUTE.search(notes.file.path.lower()):
        return
    if key in {"region", "aws_region"} and re.fullmatch(r"[a-z]+-[a-z]+-?\d[a-z]?|[a-z]+[a-z0-9]*\d", value):
        notes.fact("target.region", value, node.place)
    elif key in {"instance_type", "machine_type", "vm_size"} and (device := accelerator_of_machine(value)):
        notes.fact("target.device", device, node.place, note=value)


def _name(path: tuple[str, ...], key: str) -> str:
    """Return a key with the section that says what it is about: `embedding.model`, `rag.similarity_top_k`."""
    if len(path) < 2:
        return key
    section = path[-2]
    if names_a_model(key) or key in {"name", "id", "provider", "type", "database", "mode"}:
        role = next((part for part in reversed(path[:-1]) if role_of_key(part)), section)
        return f"{role}.{key}" if key not in {"name", "id"} else f"{role}_{key}"
    return f"{section}.{key}"


def _siblings(document: Node, path: tuple[str, ...]) -> list[str]:
    node = document
    for key in path[:-1]:
        node = node.at(key)
    return list(node.entries())[:50]


def _read_toml(file: TextFile, notes: Notes) -> None:
    try:
        data = read_toml(file.text, "", "")
    except InvalidInputError as error:
        raise UnreadableError(error.faults[0].what) from None
    _note_table(data, (), file, notes)


def _note_table(table: dict[str, Any], path: tuple[str, ...], file: TextFile, notes: Notes) -> None:
    for key, value in list(table.items())[:500]:
        if isinstance(value, dict) and len(path) < 8:
            _note_table(value, (*path, key), file, notes)
        elif isinstance(value, str | int | float) and not _SECRET.search(key):
            found = re.search(rf"(?m)^[ \t]*[\"']?{re.escape(key)}[\"']?\s*=", file.text)
            place = file.at(found.start()) if found else file.place(1)
            note_named(_name((*path, key), key), value, place, notes, kind="", siblings=frozenset(table))


_PROPERTY = re.compile(r"^\s*([\w.\[\]-]{2,120})\s*[=:]\s*(.*?)\s*$")


def _read_lines(file: TextFile, notes: Notes) -> None:
    for number, line in enumerate(file.lines[:5_000], start=1):
        match = _PROPERTY.match(line) if len(line) < 1_000 else None
        if not match or line.lstrip().startswith(("#", "!", ";")):
            continue
        name, value = match[1], match[2].strip("\"'")
        place = file.place(number, match.start(2) + 1)
        inner = _ENVIRONMENT.fullmatch(value)
        if inner is not None:
            value = inner[2] or ""
        if value and "${" not in value and not _SECRET.search(name):
            path = tuple(name.split("."))
            _note_setting(path, value, place, notes, weight=usual_weight(notes, 2))


READER = Reader(
    name="settings",
    summary="settings files: YAML, TOML, JSON, properties",
    wants=is_settings,
    read=_read,
    worst=Standing.EXAMPLE,
)
