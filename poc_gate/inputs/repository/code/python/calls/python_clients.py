"""Clients in Python that are made for a service by its name or address: of clouds, of databases, of pages."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, region_of, text_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.marks import OF_AMAZON, REGION_ELSEWHERE
from poc_gate.inputs.repository.noting.notes import STATED, Notes
from poc_gate.inputs.repository.tables.calls.methods import CLOUD_CLIENTS, GOOGLE_SERVICES
from poc_gate.inputs.repository.tables.systems import system_of_address
from poc_gate.model.claim import Place

_KEEPS_FILES = re.compile(r"\.(?:list_buckets|head_bucket|create_bucket|upload_fileobj|download_fileobj)\(")
"""What only clients of S3 do, whatever setting names the service."""
_RETRIEVES = re.compile(r"(?i)\.retrieve\(|retrieve_and_generate|knowledge_?base")
_LISTS_TABLES = re.compile(
    r"\.(?:get_(?:tables?|databases?|partitions?)|search_tables)\(|get_paginator\(\s*[\"']get_(?:tables|databases|partitions)"
)
"""What clients of Glue do that read its catalogue of tables; others start and watch jobs."""


_LATER = re.compile(
    r"^dependency_injector\.providers\.\w*(?:Singleton|Factory|Resource|Callable|Coroutine)$|^functools\.partial$"
)
"""What is handed a class, or a function, and the arguments that it will be called with."""


def made_later(node: ast.Call, name: str) -> ast.Call | None:
    """Return the call that a container or a partial function will make: `providers.Singleton(BlobServiceClient, account_url=...)`."""
    if not _LATER.match(name) or not node.args or not isinstance(node.args[0], ast.Name | ast.Attribute):
        return None
    return ast.copy_location(ast.Call(node.args[0], node.args[1:], node.keywords), node)


def note_cloud(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the service that a client of AWS is made for."""
    service = worth(node.args[0] if node.args else argument_of(node, ("service_name",)), scopes).value
    if not isinstance(service, str) and notes.file.shows(_KEEPS_FILES):
        service = "s3"
    call = CLOUD_CLIENTS.get(str(service))
    if call is not None and call.kind == "host" and _is_idle(str(service), notes):
        return
    if service == "bedrock-agent-runtime":
        note_provider("bedrock-agents", f"client of {service}", place, notes)
    does = {"bedrock-agent-runtime": _RETRIEVES, "glue": _LISTS_TABLES}.get(str(service))
    if call is None or (does is not None and not notes.file.shows(does)):
        return  # it also asks agents of the service, or starts jobs
    given = argument_of(node, ("region_name",)) or (node.args[1] if len(node.args) > 1 else None)
    region, sure = region_of(given, scopes)
    if call.kind == "source":
        own = not any(one.arg in {"endpoint_url", None} for one in node.keywords)
        note = OF_AMAZON if service == "s3" and own else f"client of {service}"
        notes.system(call.what, place, how="used", direction=call.direction, region=region, region_sure=sure, note=note)  # fmt: skip
    elif call.kind == "host":
        note_provider(call.provider, f"client of {service}", place, notes)
        if call.provider == "bedrock":
            _note_region(given, scopes, notes, place)
    for technique in call.evidence:
        notes.technique(technique, f"client of {service}", place)


_HANDLES = re.compile(r"(?m)^(?:async )?def \w*handler\(")
"""A function of the cloud, which no other file takes clients from."""


def _is_idle(service: str, notes: Notes) -> bool:
    """Say whether a function of the cloud makes a client for a service and never uses it."""
    text = notes.file.text
    made = re.search(rf"(?m)^(\w+)\s*=\s*boto3\.client\(\s*[\"']{re.escape(service)}[\"']", text)
    if made is None or not notes.file.shows(_HANDLES):
        return False
    return re.search(rf"(?<![\"'\w.]){made[1]}\b", text[: made.start()] + text[made.end() :]) is None


def note_region_of_google(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note where Google's cloud runs the model, as its library, a client or a model is told: `vertexai.init(location="europe-west4")`."""
    _note_region(argument_of(node, ("location",)), scopes, notes, place)


def _note_region(given: ast.expr | None, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the region of a client of models, or the name by which another file gives it."""
    region, sure = region_of(given, scopes)
    ref = worth(given, scopes).ref
    if region:
        notes.fact("model.region", region, place, sure=sure)
    elif ref is not None and ref.name:
        notes.technique(REGION_ELSEWHERE, f"{ref.kind} {ref.name}", place, weight=1)


def note_engine(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the database that an engine of SQLAlchemy is made for."""
    given = node.args[0] if node.args else argument_of(node, ("url",))
    address = worth(given, scopes)
    system = system_of_address(address.value) if isinstance(address.value, str) else _of_made(given, notes)
    notes.system(system or "sql-database", place, how="used", note="SQLAlchemy's engine is made")
    if not system and address.ref is not None:
        notes.need(address.ref.name, place) if address.ref.kind == "env" else None


_MADE = r"\bURL\.create\(\s*(?:drivername\s*=\s*)?[\"']([\w+]+)[\"']"


def _of_made(given: ast.expr | None, notes: Notes) -> str:
    """Return the database of an address that is made of its parts: `URL.create(drivername="postgresql+pg8000", ...)`; or an empty text."""
    if isinstance(given, ast.Name):
        found = re.search(rf"\b{given.id}\s*=\s*(?:\w+\.)*{_MADE}", notes.file.text)
    else:
        found = re.search(_MADE, ast.unparse(given)) if isinstance(given, ast.Call) else None
    return system_of_address(f"{found[1]}://host/name") if found else ""


def note_service(name: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a service of Google that `build` makes a client of, and data sets that come from a model hub."""
    if name.endswith("build"):
        service = worth(node.args[0] if node.args else argument_of(node, ("serviceName",)), scopes).value
        call = GOOGLE_SERVICES.get(str(service)) if len(node.args) > 1 or node.keywords else None
        if call is not None and call.kind == "source":
            notes.system(call.what, place, direction=call.direction, note=f"client of {service}")
        if call is not None:
            note_provider(call.provider, f"client of {service}", place, notes)
        return
    if not name.endswith(("hf_hub_download", "snapshot_download", "upload_file", "upload_folder")):
        return
    note_provider("huggingface-hub", f"{name.rpartition('.')[2]} asks it", place, notes)
    if text_of(node, ("repo_type",), scopes) == "dataset":
        direction = "read" if name.endswith("download") else "write"
        notes.system("hugging-face-datasets", place, direction=direction, note="a data set of the hub")


def note_pages(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str) -> None:
    """Note the hosts of pages that a loader is given: one address, or a list of some."""
    given = node.args[0] if node.args else argument_of(node, ("web_paths", "web_path", "url", "urls"))
    for item in given.elts[:20] if isinstance(given, ast.List | ast.Tuple) else [given]:
        address = worth(item, scopes).value
        if isinstance(address, str) and address.startswith("http"):
            notes.host(address, f"{short} reads a page there", place, sure=STATED)


_FEED = re.compile(r"[\"'](https?://[^\"'\s]*(?:rss|feed|atom|\.xml)[^\"'\s]*)[\"']", re.IGNORECASE)
_MOST_FEEDS = 100


def note_feeds(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the hosts of the feeds that a reader of feeds is given: the address itself, or those that the file lists."""
    given = node.args[0] if node.args else argument_of(node, ("url_file_stream_or_string",))
    address = worth(given, scopes).value
    if isinstance(address, str):
        found = [(address, place)] if address.startswith("http") else []
    else:
        found = [(one[1], notes.file.at(one.start(1))) for one in _FEED.finditer(notes.file.text)]
    for feed, where in found[:_MOST_FEEDS]:
        notes.host(feed, "a feed is reached there", where, sure=STATED)
