"""One call in Python that no table lists -> a model, a source or a destination, by what its name looks like."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import lru_cache

from poc_gate.inputs.repository.code.python.calls.python_asked_names import note_asked_names
from poc_gate.inputs.repository.code.python.calls.python_clients import (
    note_cloud,
    note_engine,
    note_feeds,
    note_pages,
    note_region_of_google,
    note_service,
)
from poc_gate.inputs.repository.code.python.calls.python_files import (
    LOADS_MODEL,
    LOADS_PICKLE,
    WRITES_PICKLE,
    note_loaded,
    note_written,
)
from poc_gate.inputs.repository.code.python.models.python_given_models import note_agents_model
from poc_gate.inputs.repository.code.python.models.python_hub import note_pretrained
from poc_gate.inputs.repository.code.python.models.python_requests import note_model_request
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, begins_with, region_of
from poc_gate.inputs.repository.code.python.values.python_dotted_names import shown_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.tables.estimators import is_estimator
from poc_gate.inputs.repository.tables.models import role_of_key
from poc_gate.model.claim import Place

_HTTP = re.compile(
    r"^(?:requests|httpx|session|client|http|aiohttp|self\.\w*(?:client|session|http)\w*|_?\w*(?:client|session))\.(?:get|post|put|delete|patch|request|stream|ws_connect)$"
    r"|^websockets?(?:\.\w+)*\.(?:connect|create_connection|WebSocketApp)$"
)
_BACKBONE = re.compile(
    r"^(?:torchvision\.models|(?:tf|tensorflow)?\.?keras\.applications)(?:\.\w+)?\.(?:resnet\d+|resnext\w+|wide_resnet\w+|efficientnet\w+|mobilenet\w+|densenet\d+|vgg\d+|vit_\w+|swin_\w+|convnext_\w+|ResNet\w+|EfficientNet\w+|MobileNet\w*|DenseNet\d+|VGG\d+|Inception\w+|Xception)$"
)
"""Networks for pictures that libraries make by their name."""
_LOADS_PAGES = re.compile(
    r"(?:^|\.)(?:WebBaseLoader|AsyncHtmlLoader|AsyncChromiumLoader|SitemapLoader|RecursiveUrlLoader|UnstructuredURLLoader|SimpleWebPageReader|UrlKnowledge|urlopen)$"
)
_OWN_CLIENT = re.compile(
    r"(?:^|[._])(?:(?:aws|service)_(?:client|resource)|boto3?_client)$|(?i:(?:^|\.)\w*(?:aws|boto)\w*)(?:\.|\(\)\.)get_?(?:[cC]lient|[rR]esource)$"
)
"""Functions of the pilot's own that make a client of AWS for a service that they are told: `get_service_client("s3")`."""
_PRETRAINED = re.compile(r"^(?:transformers|diffusers|optimum|peft)\.[\w.]+\.from_pretrained$")
_OTHERS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("cloud", lambda name: (name.endswith((".client", ".resource", ".create_client")) and ("boto" in name or "session" in name.lower())) or _OWN_CLIENT.search(name)),
    ("engine", lambda name: name.rpartition(".")[2] in {"create_engine", "create_async_engine", "engine_from_config"}),
    ("address", _HTTP.match),
    ("pages", _LOADS_PAGES.search),
    ("feeds", frozenset({"feedparser.parse", "fastfeedparser.parse"}).__contains__),
    ("backbone", _BACKBONE.match),
    ("estimator", is_estimator),
    ("image of an engine", lambda name: name.endswith("get_huggingface_llm_image_uri")),
    ("role", lambda name: role_of_key(name.rpartition(".")[2]) not in {"", "speech", "image"}),
    ("cloud settings", lambda name: name.startswith("botocore.") and name.endswith("Config")),
    ("settings of google", frozenset({"vertexai.init", "vertexai.preview.init"}).__contains__),
    ("loaded", lambda name: LOADS_PICKLE.match(name) or LOADS_MODEL.match(name)),
    ("written", WRITES_PICKLE.match),
    ("pretrained", _PRETRAINED.match),
    ("service", lambda name: name.startswith("huggingface_hub.") or name.endswith("discovery.build") or name == "build"),
)  # fmt: skip
"""Kinds of calls that no table lists, and what their names look like; the first that fits decides."""


@lru_cache(maxsize=65_536)
def other_of(name: str) -> str:
    """Return what kind of call a name shows that no table lists; empty for none."""
    return next((kind for kind, fits in _OTHERS if fits(name)), "")


def _note_cloud_settings(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the region that clients of Bedrock are set up for."""
    region, sure = region_of(argument_of(node, ("region_name",)), scopes)
    if region and notes.file.shows("bedrock"):
        notes.fact("model.region", region, place, sure=sure)


def _note_image(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the engine whose image SageMaker is asked for; under `lmi` it has one that runs several."""
    backend = worth(node.args[0] if node.args else argument_of(node, ("backend",)), scopes).value
    if backend != "lmi":
        notes.fact(
            "model.engine", "tgi", place, sure=INFERRED, note="SageMaker serves a model with its image"
        )


_MADE_FOR = {
    "cloud": note_cloud, "engine": note_engine, "cloud settings": _note_cloud_settings, "settings of google": note_region_of_google,
    "image of an engine": _note_image,
}  # fmt: skip
_KEPT = {"loaded": note_loaded, "written": note_written}


def note_other(kind: str, name: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a call that no table lists: clients of clouds, engines of databases, addresses, models by role, files of models."""
    made, kept = _MADE_FOR.get(kind), _KEPT.get(kind)
    short = name.rpartition(".")[2]
    if made is not None:
        made(node, scopes, notes, place)
    elif kept is not None:
        kept(name, node, notes, place)
    elif kind == "address" and node.args:
        _note_address(name, node, scopes, notes, place)
        note_model_request(node, scopes, notes)
    elif kind == "pages":
        note_pages(node, scopes, notes, place, short)
    elif kind == "feeds":
        note_feeds(node, scopes, notes, place)
    elif kind == "backbone":
        notes.model(short, place, role="vision", hosting="self", note="a network of the library")
        notes.technique("classic-ml", f"makes {short}", place)
    elif kind == "estimator":
        called = name if name.startswith("bentoml.") else shown_name(name)
        notes.technique("classic-ml", f"calls {called}", place)
    elif kind == "role":
        note_agents_model(node, scopes, notes, place, role=role_of_key(short))
    elif kind == "pretrained":
        note_pretrained(name, node, scopes, notes, place)
    elif kind == "service":
        note_service(name, node, scopes, notes, place)


def _note_address(name: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the host of the address that a client of HTTP is given; `request` takes a method before it."""
    first = node.args[0]
    told = worth(node.args[1] if name.endswith(".request") and len(node.args) > 1 else first, scopes).value
    address = told if isinstance(told, str) else begins_with(first, scopes)
    if address.startswith(("http", "wss:")):
        notes.host(address, f"{name} calls it", place, sure=STATED)
    else:
        note_asked_names(first, place, notes)
