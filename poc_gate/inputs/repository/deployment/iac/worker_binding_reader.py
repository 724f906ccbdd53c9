"""`wrangler.toml` and `wrangler.json` -> what Cloudflare binds to a worker: stores, queues, variables, schedules."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.errors import InvalidInputError, UnreadableError
from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.files.foreign_yaml import read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.intervals import interval_of, is_polling
from poc_gate.inputs.repository.tables.systems import system_of_address
from poc_gate.model.claim import Place
from poc_gate.text.documents.bounded_toml import read_toml

_FILE = re.compile(r"(?:^|/)wrangler\.(?:toml|jsonc?)$")
_BINDINGS = {
    "d1_databases": "cloudflare-d1",
    "kv_namespaces": "cloudflare-kv",
    "r2_buckets": "cloudflare-r2",
    "vectorize": "cloudflare-vectorize",
    "queues": "cloudflare-queues",
}
"""Entry of the file -> the system that the worker reaches by it."""
_BOUND = frozenset({*_BINDINGS, "hyperdrive"})
"""What an environment has only where it says so itself (Wrangler configuration, Cloudflare documentation, 2026)."""
_SECRET = re.compile(r"(?i)key$|token$|secret|password|credential|_id$")
_LEFT_OPEN = re.compile(r"(?i)<|your[_-]|xxx|changeme|\.\.\.")
"""What people write where a value is still to come."""
_PRODUCTION = ("production", "prod", "live")


def _read(file: TextFile, notes: Notes) -> None:
    settings = _settings(file)
    deployed = _deployed(settings)
    for entry, system in _BINDINGS.items():
        bound = deployed.get(entry)
        if bound:
            notes.system(system, _place(file, entry), how="deployed", note=f"{entry} binds it to the worker")
    if deployed.get("vectorize"):
        notes.technique("retrieval", "an index of vectors is bound to the worker", _place(file, "vectorize"))
    _note_databases_behind(deployed.get("hyperdrive"), file, notes)
    variables = deployed.get("vars")
    for name, value in list(variables.items())[:300] if isinstance(variables, dict) else ():
        if isinstance(value, str | int | float) and not _SECRET.search(name) and not _LEFT_OPEN.search(str(value)):  # fmt: skip
            note_named(name, value, _place(file, name, value), notes, kind="env", weight=3)
    _note_schedules(deployed.get("triggers"), file, notes)


def _settings(file: TextFile) -> dict[str, Any]:
    """Return the file's entries; raises UnreadableError where it cannot be read."""
    if file.name.endswith(".toml"):
        try:
            return read_toml(file.text, "", "")
        except InvalidInputError as error:
            raise UnreadableError(error.faults[0].what) from None
    plain = [_plain(document) for document in read_documents(file)[:1]]
    return plain[0] if plain and isinstance(plain[0], dict) else {}


def _plain(node: Any, depth: int = 0) -> Any:
    """Return a tree of values without their places."""
    if depth > 12:
        return None
    if node.entries():
        return {key: _plain(inner, depth + 1) for key, inner in node.entries().items()}
    return [_plain(inner, depth + 1) for inner in node.items()] if node.items() else node.value


def _deployed(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what counts in production: its environment before the top level, of which it inherits no binding.

    An environment without a binding of its own leaves those of the top level: without any, the worker could not run.
    """
    environments = settings.get("env")
    if not isinstance(environments, dict):
        return settings
    named = (environments[name] for name in _PRODUCTION if isinstance(environments.get(name), dict))
    own: dict[str, Any] = next(named, {})
    left_out = frozenset() if _BOUND.isdisjoint(own) else _BOUND
    return {**{key: value for key, value in settings.items() if key not in left_out}, **own}


def _note_databases_behind(pools: Any, file: TextFile, notes: Notes) -> None:
    """Note the database that a pool of connections leads to, where its address for development says which kind it is."""
    for pool in pools if isinstance(pools, list) else ():
        address = pool.get("localConnectionString") if isinstance(pool, dict) else None
        system = system_of_address(address) if isinstance(address, str) else ""
        if system:
            notes.system(system, _place(file, "hyperdrive"), how="deployed", note="hyperdrive keeps connections to it")  # fmt: skip


def _note_schedules(triggers: Any, file: TextFile, notes: Notes) -> None:
    crons = triggers.get("crons") if isinstance(triggers, dict) else None
    for cron in crons if isinstance(crons, list) else ():
        seconds = interval_of(cron) if isinstance(cron, str) else None
        if seconds and not is_polling(seconds):
            notes.technique("scheduled", f"runs on a schedule, {cron}", _place(file, "crons"))


def _place(file: TextFile, name: str, value: Any = None) -> Place:
    """Return where an entry stands; of several with one name, the one with the value."""
    given = rf"[^\n]*{re.escape(str(value)[:60])}" if isinstance(value, str) and value else ""
    entry = rf"(?m)^[^\n#]*?(?<![\w-]){re.escape(name)}(?![\w-])"
    found = (re.search(entry + given, file.text) if given else None) or re.search(entry, file.text)
    if found is None:
        return file.place(1)
    return file.at(found.start() + len(found[0]) - len(found[0].lstrip()))


READER = Reader(
    name="worker-bindings",
    summary="what Cloudflare binds to a worker: databases, stores of keys and objects, indexes, queues, variables",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
