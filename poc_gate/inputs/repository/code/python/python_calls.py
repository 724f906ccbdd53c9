"""One call in Python -> a model, a source, a destination or a technique, by the table of calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import lru_cache

from poc_gate.inputs.repository.code.python.python_arguments import (
    begins_with,
    note_arguments,
    note_limits,
    note_width,
    text_of,
)
from poc_gate.inputs.repository.code.python.python_clients import (
    made_later,
    note_cloud,
    note_engine,
    note_pages,
    note_service,
)
from poc_gate.inputs.repository.code.python.python_files import (
    LOADS_MODEL,
    LOADS_PICKLE,
    WRITES_PICKLE,
    full_name,
    note_loaded,
    note_written,
)
from poc_gate.inputs.repository.code.python.python_models import (
    note_agents_model,
    note_arns,
    note_given_model,
    note_model,
    note_provider,
    provider_of_call,
)
from poc_gate.inputs.repository.code.python.tools.python_genai_tools import note_genai_tool
from poc_gate.inputs.repository.code.python.tools.python_tools import (
    is_given_no_tools,
    may_give_tools,
    note_tool_lists,
)
from poc_gate.inputs.repository.code.python.values.python_values import Scopes, worth
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.tables.calls.call import Call, is_start
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.inputs.repository.tables.estimators import ROOTS_OF_ESTIMATORS, is_estimator
from poc_gate.inputs.repository.tables.models import (
    role_of_key,
)
from poc_gate.inputs.repository.tables.providers import is_region
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
_READS_ROWS = re.compile(r"\.(?:table|from_|rpc|schema)\(")
"""What a client of Supabase does where it reads data; others ask it who somebody is."""
_TRAINS = re.compile(r"(?:^|\.)(?:fit|backward)$|^(?:xgboost|lightgbm)\.train$")
_PREPARES = re.compile(
    r"(?i)(?:encoder|scaler|imputer|binari[sz]er|tokeni[sz]er|normali[sz]er|discreti[sz]er|preprocessor|\bohe|\ble|selector|transformer)\w*\.fit$"
)
"""What is fitted to turn columns into numbers: no model is trained by that."""
_LEARNS = (ROOTS_OF_ESTIMATORS - {"pyspark", "databricks"}) | {"torch", "tensorflow", "keras", "peft"}
_TUNES = re.compile(r"LoraConfig|get_peft_model|SFTTrainer|CausalLM|Seq2SeqLM|\btrl\b|\blora\b")
"""What a file speaks of that trains a language model."""
_ADAPTS = frozenset({"r", "lora_alpha", "target_modules"})
_EPOCHS = frozenset({"epochs", "max_epochs", "num_epochs"})


def note_reference(dotted: str, place: Place, notes: Notes, *, used: bool = False) -> None:
    """Note a class that is imported or derived from: deriving from a store or a model is using it."""
    call = call_named(dotted)
    if call is None or dotted.count(".") < 1:
        return
    name = dotted.rpartition(".")[2]
    if used and call.kind == "source":
        notes.system(call.what, place, how="used", direction=call.direction, note=f"derives from {name}")
    for technique in call.evidence if call.kind != "source" or used else ():
        notes.technique(technique, f"uses {name}", place, weight=3 if used or call.default == "import" else 1)


def note_call(node: ast.Call, scopes: Scopes, notes: Notes, first_line: int) -> None:
    """Note what one call says: by its full name, by the end of its chain, and by its arguments' names."""
    name = full_name(node.func, scopes)
    if made := made_later(node, name):
        note_call(made, scopes, notes, first_line)
        return
    call = _call_of(name, isinstance(node.func, ast.Attribute))
    other = "" if call is not None else _other_of(name)
    if call is not None or other:
        place = Place(notes.file.path, node.lineno + first_line, node.col_offset + 1)
        if call is not None:
            note_width(node, name, scopes, notes)
            _note_known(call, node, scopes, notes, place, name)
        else:
            _note_other(other, name, node, scopes, notes, place)
    if call is None and node.keywords:
        note_given_model(node, name, notes)
        if name.endswith(("ExecutionSettings", "types.GenerationConfig", "types.GenerateContentConfig")):
            note_limits(node, scopes, notes)
    if (
        (_trains(name) or _trains_for_epochs(name, node) or _fits_and_keeps(name, notes))
        and not _fits_an_index(name, notes)
        and any(
            path.partition(".")[0] in _LEARNS or path.startswith("pyspark.ml")
            for path in scopes.imports.values()
        )
    ):
        place = Place(notes.file.path, node.lineno + first_line, node.col_offset + 1)
        notes.technique("training", f"{name} trains a model", place)
        if not name.endswith(("fit", "LoraConfig")) and not notes.file.shows(_TUNES):
            notes.technique("learned", f"{name} trains a model", place)
    if node.keywords:
        note_arns(node, notes)
        note_arguments(node, name, call, scopes, notes)
    if node.keywords or may_give_tools(name):
        place = Place(notes.file.path, node.lineno + first_line, node.col_offset + 1)
        note_tool_lists(node, scopes, notes, place, name)
        note_genai_tool(node, scopes, notes, place, name)


@lru_cache(maxsize=65_536)
def _call_of(name: str, of_attribute: bool) -> Call | None:
    """Return the row that a full name fits: by the end of its chain, by its library, or by its method alone."""
    ends = _ends(name)
    method = next((METHODS[end] for end in ends if "." in end and end in METHODS), None)
    call = method or (call_named(name) if "." in name else None)
    if call is None and of_attribute:
        call = next((METHODS[end] for end in ends if end in METHODS), None)
    return call


def _trains_for_epochs(name: str, node: ast.Call) -> bool:
    """Say whether a method is told for how long to train, such as `model.train(data=..., epochs=50)`, or how large an adapter becomes.

    A server of adapters reads their settings from a file instead.
    """
    given = {keyword.arg for keyword in node.keywords}
    return bool((name.endswith(".train") and given & _EPOCHS) or (name.startswith("peft.") and name.endswith("LoraConfig") and given & _ADAPTS))  # fmt: skip


_KEEPS = re.compile(r"\b(?:joblib|pickle|cloudpickle|dill)\.dump\(|\bmlflow\.\w+\.log_model\(")


def _fits_and_keeps(name: str, notes: Notes) -> bool:
    """Say whether a model that finds groups or outliers is fitted, in a file that keeps what was fitted."""
    return name.endswith(".fit_predict") and notes.file.shows(_KEEPS)


_EMBEDS = re.compile(r"(?i)embed|sentence[-_]?(?:encoder|transformer)")


def _fits_an_index(name: str, notes: Notes) -> bool:
    """Say whether vectors of texts are put where their neighbours are looked up, or a class of the file is told to: nothing learns."""
    owner = name.removesuffix(".fit").rpartition(".")[2]
    if not name.endswith(".fit") or not owner.isidentifier() or not notes.file.shows(_EMBEDS):
        return False
    made = re.search(rf"\b{owner}\s*=\s*(?:\w+\.)*([A-Z]\w*)\(", notes.file.text)
    return made is not None and (made[1] == "NearestNeighbors" or (notes.file.shows(_NEIGHBOURS) and bool(re.search(rf"(?m)^class {made[1]}(?:\(\s*(?:object)?\s*\))?:", notes.file.text))))  # fmt: skip


_NEIGHBOURS = re.compile(r"\bNearestNeighbors\(")


@lru_cache(maxsize=65_536)
def _trains(name: str) -> bool:
    return bool(_TRAINS.search(name)) and not _PREPARES.search(name)


_OWN_CLIENT = re.compile(
    r"(?:^|[._])(?:(?:aws|service)_(?:client|resource)|boto3?_client)$|(?i:(?:^|\.)\w*(?:aws|boto)\w*)(?:\.|\(\)\.)get_?(?:[cC]lient|[rR]esource)$"
)
"""Functions of the pilot's own that make a client of AWS for a service that they are told: `get_service_client("s3")`."""
_OTHERS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("cloud", lambda name: (name.endswith((".client", ".resource", ".create_client")) and ("boto" in name or "session" in name.lower())) or _OWN_CLIENT.search(name)),
    ("engine", lambda name: name.rpartition(".")[2] in {"create_engine", "create_async_engine", "engine_from_config"}),
    ("address", _HTTP.match),
    ("pages", _LOADS_PAGES.search),
    ("backbone", _BACKBONE.match),
    ("estimator", is_estimator),
    ("role", lambda name: role_of_key(name.rpartition(".")[2]) not in {"", "speech", "image"}),
    ("cloud settings", lambda name: name.startswith("botocore.") and name.endswith("Config")),
    ("loaded", lambda name: LOADS_PICKLE.match(name) or LOADS_MODEL.match(name)),
    ("written", WRITES_PICKLE.match),
    ("service", lambda name: name.startswith("huggingface_hub.") or name.endswith("discovery.build") or name == "build"),
)  # fmt: skip
"""Kinds of calls that no table lists, and what their names look like; the first that fits decides."""


@lru_cache(maxsize=65_536)
def _other_of(name: str) -> str:
    """Return what kind of call a name shows that no table lists; empty for none."""
    return next((kind for kind, fits in _OTHERS if fits(name)), "")


_KINDS = frozenset({"vision", "other"})
"""Kinds of models that libraries which see and hear bring along."""
_MADE_FOR = {"cloud": note_cloud, "engine": note_engine}
_KEPT = {"loaded": note_loaded, "written": note_written}


def _note_other(kind: str, name: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a call that no table lists: clients of clouds, engines of databases, addresses, models by role, files of models."""
    made, kept = _MADE_FOR.get(kind), _KEPT.get(kind)
    if made is not None:
        made(node, scopes, notes, place)
    elif kept is not None:
        kept(name, node, notes, place)
    elif kind == "address" and node.args:
        address = worth(
            node.args[1] if name.endswith(".request") and len(node.args) > 1 else node.args[0], scopes
        )
        told = address.value if isinstance(address.value, str) else begins_with(node.args[0], scopes)
        if told.startswith(("http", "wss:")):
            notes.host(told, f"{name} calls it", place, sure=STATED)
    elif kind == "pages":
        note_pages(node, scopes, notes, place, name.rpartition(".")[2])
    elif kind == "backbone":
        shape = name.rpartition(".")[2]
        notes.model(shape, place, role="vision", hosting="self", note="a network of the library")
        notes.technique("classic-ml", f"makes {shape}", place)
    elif kind == "estimator":
        shown = name if name.startswith("bentoml.") else _shown(name)
        notes.technique("classic-ml", f"calls {shown}", place)
    elif kind == "role":
        note_agents_model(node, scopes, notes, place, role=role_of_key(name.rpartition(".")[2]))
    elif kind == "cloud settings" and notes.file.shows("bedrock"):
        region = text_of(node, ("region_name",), scopes)
        if is_region(region):
            notes.fact("model.region", region, place)
    elif kind == "service":
        note_service(name, node, scopes, notes, place)


def _ends(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[-count:]) for count in (4, 3, 2, 1) if count < len(parts)]


def _note_known(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    short = _shown(name)
    bare = call.kind == "technique" and call.what == "agent" and is_given_no_tools(node)
    before = call.what == "chooses" and bool(node.args) and is_start(ast.unparse(node.args[0]))
    for technique in () if before else call.evidence:
        if not (bare and technique == "agent"):
            notes.technique(technique, f"calls {short}", place)
    provider = provider_of_call(call, node, scopes, notes, place)
    if call.kind == "model":
        note_model(call, provider, node, scopes, notes, place, short)
    elif call.kind == "source":
        _note_source(call, node, scopes, notes, place, name)
    elif call.kind == "host" and (
        provider == "azure-communication" or not name.endswith("from_connection_string")
    ):
        note_provider(provider, f"{short} is made", place, notes)
    elif call.kind == "tool":
        if not _is_wrapped(short, notes.file.text):
            given = text_of(node, ("name",), scopes) or short
            notes.tool(
                given, call.what, "a tool of the library", place, function=_kept_as(short, notes.file.text)
            )
        note_provider(call.provider, f"{short} asks it", place, notes)
    elif call.kind == "approval" and (node.args or node.keywords):  # a person is told what he decides
        notes.approval(_approved(node), place)
    elif call.kind == "technique" and name.startswith("tensorflow_hub."):
        _note_of_hub(node, scopes, notes, place, short)
    elif call.kind == "technique" and call.what in _KINDS:
        notes.fact("model.kind", call.what, place, weight=1, sure=INFERRED, note=f"{short} is called")
    elif call.kind == "technique":
        note_agents_model(node, scopes, notes, place, first=call.first == "model")


_ENCODES = re.compile(
    r"(?:^|/)((?:universal-sentence-encoder|sentence-t5|sentence-encoder|LaBSE|gtr-|nnlm-)[\w-]*)/"
)
"""Models of TensorFlow's hub that turn texts into vectors, by the path of their address."""


def _note_of_hub(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str) -> None:
    """Note the model that TensorFlow's hub is asked for by its address, and the hub."""
    said = worth(node.args[0], scopes).value if node.args else None
    if not isinstance(said, str) or not said.startswith("https://"):
        return
    notes.host(said, f"{short} calls it", place, sure=STATED)
    if found := _ENCODES.search(said):
        notes.model(found[1], place, role="embedding", hosting="self", weight=3, note=f"given to {short}")
        notes.technique("embeds", f"{found[1]} embeds", place)


def _note_source(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note a system that a call reaches; a client that asks who somebody is, or a database in memory, is none."""
    short = _shown(name)
    if whom := "supabase" if name.startswith("supabase.") else call.provider:
        note_provider(whom, f"{short} is made", place, notes)
    if name.startswith("supabase.") and not notes.file.shows(_READS_ROWS):
        notes.technique("client elsewhere", "Supabase", place, weight=1)
        return
    if call.what in {"duckdb", "sqlite"} and _is_in_memory(node, scopes):
        return
    if call.what == "hugging-face-datasets" and _is_of_a_caller(node, scopes):
        return
    if call.what == "github" and notes.file.shows(_STARTS_A_RUN):
        return
    region = text_of(node, ("region_name", "region", "location"), scopes)
    region = region if is_region(region) else ""
    server = worth(node.args[0], scopes).value if call.what == "mailbox" and node.args else None
    if isinstance(server, str):
        notes.host(server, f"{short} is given it", place)
    notes.system(
        call.what, place, how="used", direction=call.direction, region=region, note=f"{short} is called"
    )


_STARTS_A_RUN = re.compile(r"\.create_dispatch\(|\.create_repository_dispatch\(")
"""What starts a workflow of GitHub: nothing is read from there."""


def _is_of_a_caller(node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a data set is a file of one's own, or one that a request names: no place of the hub is read then."""
    named = worth(node.args[0], scopes).value if node.args else None
    root = full_name(node.args[0], scopes).partition(".")[0] if node.args else ""
    asked = root in {"request", "req", "payload", "body"}
    return asked or named in {"json", "csv", "parquet", "text", "arrow", "imagefolder", "audiofolder"}


@lru_cache(maxsize=16)
def _is_wrapped(short: str, text: str) -> bool:
    """Say whether a tool of a library is called by the pilot's own code, which makes it a part of another tool."""
    kept = _kept_as(short, text)
    return bool(kept) and bool(re.search(rf"\b{kept}\.(?:a?invoke|a?run|_run)\(", text))


@lru_cache(maxsize=16)
def _kept_as(short: str, text: str) -> str:
    """Return the name that a tool of a library is kept under, which lists of tools write; empty where there is none."""
    made = re.search(rf"(\w+)\s*=\s*(?:\w+\.)*{re.escape(short)}\(", text)
    return made[1] if made else ""


def _is_in_memory(node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a database is opened that lives in the program's memory and holds nothing of its own."""
    named = (one.value for one in node.keywords if one.arg == "database")
    given = node.args[0] if node.args else next(named, None)
    return given is None or worth(given, scopes).value in {":memory:", ":default:", ""}


def _shown(name: str) -> str:
    """Return the class of a class method, the method otherwise: `PGVectorStore` of `PGVectorStore.from_params`."""
    parts = name.split(".")
    named = next((part for part in reversed(parts) if part[:1].isupper()), "")
    return named or parts[-1]


def _approved(node: ast.Call) -> str:
    for keyword in node.keywords:
        if keyword.arg == "interrupt_on" and isinstance(keyword.value, ast.Dict):
            keys = [key.value for key in keyword.value.keys if isinstance(key, ast.Constant)]
            return ",".join(str(key) for key in keys) or "*"
    return "*"
