"""A name and a plain value in code or settings -> a setting, a model, a store, a host, or a fact, by what the name says."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.shown_addresses import FOR_PROGRAMS, is_about, is_shown
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import BY_PORT, OPTION
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.noting.signals import HostSeen, ModelSeen, Scalar
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.marks.key_marks import is_own_address, provider_of_key
from poc_gate.inputs.repository.tables.models import (
    is_of_a_hub,
    names_a_model,
    read_model_name,
    role_of_key,
)
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.inputs.repository.tables.systems import (
    selects_a_system,
    system_at_port,
    system_named,
    system_of_address,
)
from poc_gate.model.claim import Place

_ADDRESS = re.compile(r"(?i)url|(?<!sec)uri|authority$|endpoint|host|base|server|domain|api|resource$")
_NO_DESTINATION = re.compile(
    r"(?i)doc|readme|github_?url|issues?_?url|release|update_?url|repo|licen[cs]e|legal|logo|schema|cors|origin|redirect|frontend|favicon|icon|image|issuer|audience|callback|namespace|xmlns|avatar|home_?page|website|cdn|_help|help_|contact_?url|canonical|terms|privacy|refer(?:r?er)?(?:_|$)|referer|example|badge|link$|dataset|download|source_url|citation|public_(?:url|endpoint|host|domain|interface|base_?url)|(?<!openapi_)(?<!swagger_)(?<!api_)(?<![a-z])spec(?:ification)?_ur[il]|icon_url|ui_host|embed_(?:base_)?url|web_(?:interface|app|ui|site)|thumbnail|banner|poster|cover_|photo|picture|share_|profile_url|social|index[_-]?url|wheel|pypi|mirror|api_?keys_?url|authoriz|(?:^|_)auth_?ur[il]$|x509|script_?url|analytics|scope|(?:entra|entra_?id|aad|oauth|token|auth)_resource$|^(?:platform|portal|dashboard|console|admin)_?(?:base_?)?url$|web_?server_*(?:base_?)?url$|_server_+root_url$|^(?:site|page|link)_?base_?url$"
)
_OF_DOCUMENTS = re.compile(r"(?i)doc|dataset")
"""Of those, the words that also name what a program looks documents and figures up with."""
_A_PAGE = re.compile(
    r"(?i)^https?://(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)/|\.html?(?:[#?]|$)|/(?:licen[cs]es?|LICEN[CS]E)(?:$|[/.-])|/specifications?(?:/|$)|://(?:choosealicense|opensource|creativecommons)\.|\.github\.io/(?:[\w-]+/)*docs?/?$|://docs\.[\w.-]+/?$"
)
"""Addresses of pages that people read: of a repository, of a licence."""
_SENDS_MAIL = re.compile(r"(?i)^(?:smtp|imap|pop3?)\.(?!example)[\w-]+(?:\.[\w-]+)+$")
"""Hosts that send and keep mail, which no address of the web leads to."""
_LISTED = re.compile(r'"(?:url|serverUrl|endpoint)"\s*:\s*"(https?://[\w.-]+)')
"""Addresses in a list or an object that is written as one text, such as that of servers of tools."""
_SAMPLING = frozenset({"top_p", "temperature", "topP", "TOP_P", "TEMPERATURE", "repetition_penalty"})
_SAMPLED = re.compile(
    r"(?i)(?:.*(?:model|llm|generation|generator|sampling|inference|completion|param(?:eter)?s|chat)\w*[_.])?top_?k"
)
"""How many tokens a word is drawn from, beside other settings of the kind; not how many passages are found."""
_OF_OLLAMA = re.compile(r"(?i)ollama_(?:\w+_)?model$|ollama_model(?:_name)?$")
_OF_AZURE = re.compile(r"(?i)azure_?(?:openai|ai|oai)_|aoai_")
_OF_OTHERS = re.compile(r"(?i)(?P<of>openrouter|groq|together|fireworks|deepinfra|cerebras|sambanova)_(?!\d)")
"""How names of settings begin that are of a provider which serves the models of others: `OPENROUTER_MODEL`; with a size behind it, it is a family: `cerebras_13b`."""
_DEFAULT = re.compile(r"(?i)default|primary|main")
_OF_A_TOOL = re.compile(
    r"(?i)^test_|_test$|(?:^|_)test_database|mlflow|airflow_|optuna|celery|prefect|dagster|metaflow|superset|grafana|wandb|tracking_?ur[il]|result_?backend"
)
"""Names of settings of trackers and schedulers: where they keep their own records is no source of the pilot."""
_KEPT_BY_A_TOOL = re.compile(
    r"(?i)://[^/\s]+/(?:langfuse|airflow|mlflow|prefect|dagster|superset|metabase|grafana|keycloak|n8n|flowise)\b"
)
"""Addresses of a database that bears a tool's name: the tool keeps its own records there."""
_SIZE = re.compile(r"(?i)chunk_?size")
_VECTOR_FIELD = re.compile(r"knn_vector|dense_vector")
_SPLITS = re.compile(r"(?i)overlap|splitter|split_text|split_documents|passage|embed|document")
"""What a file speaks of that divides texts into passages."""


BARE, ASKED_AT = (
    frozenset({"name", "model", "id"}),
    frozenset({"api_base", "base_url", "api_version", "api_key"}),
)
"""Entries that name a model where an entry beside them says where it is asked."""
_OF_INDEXES = frozenset({"embedding", "reranker"})
"""Roles that a setting says by its name: what it holds is a model of the hub then, of whatever family."""
_WAYS_TO_TRAIN = frozenset({"finetuning_type", "fine_tuning_type", "training_type"})
_SPEAK_OTHERS = ("falkordb", "memgraph", "timescaledb", "cockroachdb", "questdb", "dragonfly", "materialize")
"""Systems that are spoken to as if they were another one."""
_WIDTHS = frozenset({"dimension", "dimensions", "dims"})


def _of_bytes(value: Scalar) -> bool:
    """Say whether a size is one of bytes, as files are read in parts: 8 KiB and more, and whole KiB."""
    return isinstance(value, int | float) and value >= 8_192 and value % 1_024 == 0


def _is_of_a_part(name: str, value: Scalar, notes: Notes) -> bool:
    """Say whether a name inside a function is of a part of a file or of a table, or is counted up from nought."""
    if value == 0 and "overlap" in name.lower():
        return True
    return _SIZE.fullmatch(name) is not None and (_of_bytes(value) or not notes.file.shows(_SPLITS))


def note_named(  # noqa: PLR0913 - what is known of one name
    name: str,
    value: Scalar,
    place: Place,
    notes: Notes,
    *,
    kind: str = "name",
    siblings: frozenset[str] = frozenset(),
    options: bool = False,
    local: bool = False,
    weight: int = 2,
) -> None:
    """Note what a named value says.

    `kind` is how other files refer to it (`env`, `name`, or empty for not at all); `siblings` are the names
    beside it; `options` marks the members of an enumeration: choices, none of them in effect; `local` marks names
    inside a function, which others cannot use.
    """
    if _is_width(name, siblings, notes):
        name = "embedding_dimension"
    if kind and not local and not isinstance(value, bool) and len(str(value)) <= 200:
        notes.setting(kind, name, value, place, weight=weight)
    if (kind and not local) or name.isupper():
        notes.constant(kind or "name", name, place)
    note_option(name, value, notes)
    if options or not weight:
        return
    if isinstance(value, str) and name in BARE and siblings & ASKED_AT:
        name = f"{name}_of_model"
    if name == "THRESHOLD" and notes.file.shows("predict_proba"):
        name = "PREDICTION_THRESHOLD"
    if local and _is_of_a_part(name, value, notes):
        return
    if not (siblings & _SAMPLING and _SAMPLED.fullmatch(name)):
        notes.named_value(name, value, place, weight=weight)
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        for one in _LISTED.finditer(value[:20_000]):
            notes.host(one[1], f"{name} holds its address", place, sure=INFERRED)
    elif isinstance(value, str) and value and not is_about(name, value, siblings, notes.file):
        _note_text(name, value, place, notes, weight, settled=kind == "env" or not local)


def _is_width(name: str, siblings: frozenset[str], notes: Notes) -> bool:
    """Say whether an entry of a description of an index says how wide its vectors are, by what stands beside it."""
    if name == "numDimensions":  # of MongoDB Atlas
        return bool(siblings & {"similarity", "path"})
    if name.lower() in {"dim", "dims"}:  # of Redis
        return bool({one.lower() for one in siblings} & {"distance_metric", "distancemetric"})
    if name == "dimensions" and any("embed" in one.lower() for one in siblings):
        return True
    return name in _WIDTHS and "type" in siblings and notes.file.shows(_VECTOR_FIELD)


_BY_IMPORT = frozenset({"feast"})
"""Systems that are libraries: what chooses them by name alone stands for nothing until code takes them in."""


def note_option(name: str, value: Scalar, notes: Notes) -> None:
    """Note whether an option is on, under its name in small letters with underscores."""
    if notes.standing <= Standing.SUPPORT and str(value).lower() in {"true", "false"}:
        notes.signals.switches.append((f"{OPTION}{words_of(name.rpartition('.')[2])}", str(value).lower()))


def _note_text(name: str, value: str, place: Place, notes: Notes, weight: int, *, settled: bool) -> None:
    """Note a text: the name of a model, of a store, or an address."""
    if name.rpartition(".")[2] in _WAYS_TO_TRAIN and value.lower() in _TRAINS:
        notes.technique("training", f"{name} is {value}", place, weight=2)
    if system := system_of_address(value):
        _note_store(name, value, system, place, notes, settled=settled)
    elif settled and (system := system_at_port(name, value)):
        notes.system(system, place, how=BY_PORT, note=f"{name} holds its address")
    elif _SENDS_MAIL.match(value):
        if notes.reader in {"python", "tree"}:  # elsewhere a team fills in its own
            notes.host(value, f"{name} holds its address", place, sure=INFERRED)
    elif names_a_model(name) or name.endswith("_of_model"):
        _note_model(name, value, place, notes, weight)
    elif settled and selects_a_system(name) and value.islower() and _is_selected(value):
        notes.system(system_named(value), place, how="selected", note=f"{name} chooses it")
    elif _is_destination(name, value, notes, settled=settled):
        notes.host(value, f"{name} holds its address", place, sure=INFERRED)


_TRAINS = frozenset({"lora", "qlora", "sft", "dpo", "full", "all_weights"})
"""Ways in which a model is trained."""


def _note_store(name: str, value: str, system: str, place: Place, notes: Notes, *, settled: bool) -> None:
    """Note the store of an address, unless it is where a tool keeps its own records."""
    if settled and not _OF_A_TOOL.search(name) and not _KEPT_BY_A_TOOL.search(value):
        notes.system(_named_system(name, system), place, how="selected", note=f"{name} holds its address")


def _note_model(name: str, value: str, place: Place, notes: Notes, weight: int) -> None:
    """Note the model that a setting names, with its role and who serves it, as far as the setting's name says them."""
    role = role_of_key(name)
    if name == "HF_MODEL_ID" and is_of_a_hub(value):  # containers of SageMaker fetch it when they start
        notes.host(
            PROVIDER_HOSTS["huggingface-hub"], f"{name} names what is fetched there", place, sure=INFERRED
        )
    if read_model_name(value):
        provider, hosting = _served_by(name)
        default = (
            bool(_DEFAULT.search(name)) and not _OF_A_SIZE.search(name) and not name.startswith("_")
        )  # such a name is of one file alone
        sure = INFERRED if role == "fallback" and _SECOND.search(name) else STATED
        notes.model(value, place, role=role, provider=provider, hosting=hosting, weight=weight, default=default, sure=sure)  # fmt: skip
    elif _OF_OLLAMA.match(name) and value.lower() not in _NO_NAMES:
        notes.model(value, place, role=role, provider="ollama", hosting="self", weight=weight)
    elif role in _OF_INDEXES and is_of_a_hub(value):
        seen = ModelSeen(role, value, "", "", place, notes.reader, notes.standing, INFERRED, weight)
        notes.signals.models.append(seen)


_NO_NAMES = frozenset(
    {
        "model",
        "models",
        "name",
        "default",
        "none",
        "auto",
        "llm",
        "chat",
        "string",
        "embedding",
        "ollama",
        "text",
    }
)
"""Words that are keys and placeholders, and no model's name."""
_OF_A_SIZE = re.compile(r"(?i)default_(?:anthropic_)?(?:haiku|sonnet|opus|small|fast|lite|mini)")
"""Names such as `ANTHROPIC_DEFAULT_HAIKU_MODEL`: which model is meant by a size, not which one answers."""
_SECOND = re.compile(r"(?i)secondary")
"""Names of a second model, which may as well answer beside the first one as in its place."""


def _served_by(name: str) -> tuple[str, str]:
    """Return the provider that the name of a setting begins with, and whether somebody else hosts it."""
    if name.lower().startswith("ollama"):
        return "ollama", "self"
    if _OF_AZURE.match(name):
        return "azure-openai", "hosted"
    others = _OF_OTHERS.match(name)
    return (others["of"].lower(), "hosted") if others else ("", "")


def _is_selected(value: str) -> bool:
    named = system_named(value)
    return bool(named) and named not in _BY_IMPORT


def _is_destination(name: str, value: str, notes: Notes, *, settled: bool) -> bool:
    """Say whether a setting holds an address that the program asks; what people see and read is none."""
    if not value.startswith(("https://", "http://")) or not _ADDRESS.search(name):
        return False
    if notes.file.name.endswith((".tsx", ".jsx")) or _A_PAGE.search(value):
        return False
    if notes.reader in {"python", "tree"} and is_shown(name, value, notes.file):
        return False
    return not _is_no_destination(name, value) and not (settled and is_own_address(name))


def _is_no_destination(name: str, value: str) -> bool:
    """Say whether an address is of what people read or of an audience; one of documents counts where it answers programs."""
    found = _NO_DESTINATION.search(name)
    if found is not None and _OF_DOCUMENTS.fullmatch(found[0]) and FOR_PROGRAMS.search(value):
        rest = name[found.end() :]
        return _NO_DESTINATION.search(rest) is not None
    return found is not None


def _named_system(name: str, system: str) -> str:
    """Return the system that a setting's name says, where another one's protocol is spoken: `FALKORDB_URI=redis://...`."""
    small = name.lower().replace("_", "").replace("-", "")
    said = next((one for one in _SPEAK_OTHERS if one in small), "")
    return (system_named(said) or said) if said else system


def note_key_variable(
    variable: str, place: Place, notes: Notes, *, offered: str = "", maybe: bool = False
) -> None:
    """Note the provider whose key a variable holds: data may go there.

    `offered` marks an example of an environment (`example`), or a line of it that is commented out (`off`): it
    counts only where something else shows that provider. `maybe` marks a look-up that can do without the variable.
    """
    provider = provider_of_key(variable)
    host = PROVIDER_HOSTS.get(provider, "")
    if not provider or not host:
        return
    why = f"{variable} holds a key for {provider}"
    seen = HostSeen(host, why, place, notes.reader, notes.standing, INFERRED)
    if offered:
        seen = seen._replace(offered=variable)
    seen = seen._replace(off=maybe or offered == "off")
    notes.signals.hosts.append(seen)
