"""Bicep and its parameter files -> model deployments with version and quota, databases, search, replicas, memory."""

from __future__ import annotations

import re
from posixpath import normpath

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.models.python_providers import note_provider
from poc_gate.inputs.repository.deployment.iac.bicep.azure_deployments import (
    SIDE,
    Deployment,
    note_deployed,
    note_quota,
    note_upgrade,
)
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_choices import Known, chosen, stated_parameters
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_objects import (
    condition_of,
    deployments_of,
    members_of,
    objects_of,
    variables_of,
)
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_parameters import (
    MEMORY,
    OF_MODELS,
    REGION,
    REPLICAS,
    REPLICAS_MAX,
    note_parameter,
    plain_value,
    read_parameters,
)
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_sites import note_image, note_site
from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal, statements
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.marks import SET
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.resources import counts_alone, system_of_resource
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key, role_of_name
from poc_gate.model.claim import Place

_PARAMETER = re.compile(
    r"^(?:param\s+(?P<name>\w+)(?:\s+\w+)?|var\s+(?P<variable>\w+))\s*=\s*(?P<value>.+?)\s*$"
)
_CALLED = ("readEnvironmentVariable(", "int(", "bool(")
_REMARK = re.compile(r"\s//.*$")
_RESOURCE = re.compile(r"^resource\s+(\w+)\s+'([^'@]+)@[^']*'\s*=")
_MODULE = re.compile(r"^module\s+(\w+)\s+'([^']+)'\s*=")
_PUBLIC = re.compile(r"^br[/:].*avm/res/([\w-]+)/([\w-]+)")
_AVM = {
    "db-for-postgre-sql/flexible-server": "postgresql",
    "search/search-service": "azure-ai-search",
    "document-db/database-account": "cosmosdb",
    "cache/redis": "redis",
    "sql/server": "sqlserver",
    "db-for-my-sql/flexible-server": "mysql",
    "storage/storage-account": "azure-blob-storage",
}
_ABOUT_ACCESS = re.compile(r"role|endpoint|identity|secret|permission|access")
"""Modules that say who may reach a system, and make none."""


def _wants(path: str) -> bool:
    return path.endswith((".bicep", ".bicepparam", ".parameters.json"))


def _read(file: TextFile, notes: Notes) -> None:
    if file.name.endswith(".json"):
        read_parameters(file, notes)
        return
    notes.flag("operations.infrastructure_as_code", file.place(1), note="Bicep", sure=INFERRED)
    in_module = "/core/" in f"/{file.folder}/" or "/modules/" in f"/{file.folder}/"
    stated = stated_parameters(file.text)
    defaults = _note_head(file, stated, notes, in_module=in_module)
    found = list(statements(file))
    objects = objects_of(found)
    known = {**stated, **defaults}
    known |= members_of(objects, known)
    for name, written, place in variables_of(objects):
        _note_variable(name, written, place, notes)
    weight = 2 if in_module else 3
    made = list(deployments_of(objects, known))
    deployed = [one for one in made if not in_module or one.given & {"model", "version"}]
    apart = {one.capacity[1] for one in deployed if one.capacity} | {one.upgrade[1] for one in deployed if one.upgrade}  # fmt: skip
    for statement in found:
        if statement.key and statement.place not in apart:
            _note_statement(statement, known, notes, weight=weight, in_module=in_module)
    for one in deployed:
        _note_deployment(one, notes)


_SECRET = re.compile(r"(?i)key|token|secret|password|credential|connection_?string")


def _note_variable(name: str, written: str, place: Place, notes: Notes) -> None:
    """Note a variable of the environment: its plain value, or that it is worked out when the rest is made."""
    value = literal(written)
    if value is None:
        notes.signals.switches.append((f"{SET}{name}", written[:200]))
    elif isinstance(value, str) and value and not _SECRET.search(name):
        note_named(name, value, place, notes, kind="env", weight=3)


def _note_deployment(one: Deployment, notes: Notes) -> None:
    """Note a deployment whose model is named, or whose model a parameter of such a name decides."""
    named = read_model_name(one.model) is not None
    if not named and not names_a_model(one.written.rpartition(".")[2].strip()):
        return
    if named and one.label and one.label != one.model:
        notes.signals.deployments.setdefault(one.label, one.model)
    note_deployed(one, notes)


def _note_head(file: TextFile, stated: Known, notes: Notes, *, in_module: bool) -> dict[str, str | float]:
    """Note parameters, resources and modules; return the parameters' defaults."""
    defaults: dict[str, str | float] = {}
    weight = 3 if file.name.endswith(".bicepparam") else 1 if in_module else 2
    for number, line in enumerate(file.lines, start=1):
        note_image(number, line, notes)
        if match := _PARAMETER.match(line):
            written = _REMARK.sub("", match["value"])
            value = plain_value(written, stated)
            shown = str(value) if written.startswith(_CALLED) and value is not None else written.strip("'")
            notes.signals.switches.append((match["name"] or match["variable"], shown[:200]))
            if value not in (None, ""):
                assert value is not None
                name, place = match["name"] or match["variable"], file.place(number, match.start("value") + 1)
                defaults[name] = value
                note_parameter(name, value, place, notes, weight=weight)
                if not in_module and isinstance(value, str) and value.startswith("https://"):
                    note_named(name, value, place, notes, kind="")
                if OF_MODELS.fullmatch(name) and isinstance(value, str) and REGION.fullmatch(value):
                    notes.fact("model.region", value, place, weight=1, sure=INFERRED)
                if name == "location" and file.name == "main.bicep" and isinstance(value, str):
                    notes.fact("target.region", value, place, weight=1, note="the parameter's default")
        elif match := _RESOURCE.match(line):
            notes.resource(match[2], file.place(number))
            note_site(number, match[1], notes)
            if not in_module and not _is_of_a_hub(match[1], file):
                _note_system(
                    system_of_resource(match[2]), match[1], file.place(number), notes, condition_of(line)
                )
        elif match := _MODULE.match(line):
            note_site(number, match[1], notes)
            module = normpath(f"{file.folder}/{match[2]}").removeprefix("/")
            notes.signals.modules.append((file.path, module))
            notes.signals.taken.append((file.path, module, condition_of(line)))
            if not in_module:
                _note_module(match[1], match[2], file.place(number), notes, condition_of(line))
    return defaults


_HUB = re.compile(r"'Microsoft\.MachineLearningServices/workspaces@")


def _is_of_a_hub(label: str, file: TextFile) -> bool:
    """Say whether an account of storage is only handed to a workspace of machine learning, or a hub of AI Foundry, which needs one for itself."""
    handed = len(re.findall(rf"\bstorageAccount\s*:\s*{label}\.id\b", file.text)) if file.shows(_HUB) else 0
    return handed > 0 and len(re.findall(rf"(?<!['\w.]){label}\.", file.text)) == handed


_SPEAKS_MONGO = re.compile(r"'EnableMongo'|\bmongodbDatabases\s*:|kind\s*:\s*'MongoDB'")
_SPEAKS_SQL = re.compile(r"\bsqlDatabases\s*:|kind\s*:\s*'GlobalDocumentDB'|/sqlDatabases[@/']")
"""Which of its protocols a Cosmos DB is made with."""


def _note_module(label: str, path: str, place: Place, notes: Notes, condition: str) -> None:
    """Note what a module makes, by the registry's path or by the name of its file."""
    public = _PUBLIC.match(path)
    if path.startswith("br"):
        for form in ("_", ""):
            notes.resource(path.partition(":avm/")[2].partition(":")[0].replace("-", form), place)
    small = path.lower()
    named = {
        "postgres": "postgresql",
        "search": "azure-ai-search",
        "cosmos": "cosmosdb",
        "document-db": "cosmosdb",
        "redis": "redis",
        "storage-account": "azure-blob-storage",
        "storage": "azure-blob-storage",
        "sqlserver": "sqlserver",
        "servicebus": "service-bus",
    }
    system = _AVM.get(f"{public[1]}/{public[2]}", "") if public else next((system for word, system in named.items() if word in small and not _ABOUT_ACCESS.search(small)), "")  # fmt: skip
    _note_system(system, label, place, notes, condition)


def _note_system(system: str, label: str, place: Place, notes: Notes, condition: str) -> None:
    if system == "cosmosdb" and notes.file.shows(_SPEAKS_MONGO) and not notes.file.shows(_SPEAKS_SQL):
        system = "mongodb"
    if system:
        how = "deployed" if counts_alone(system, label) else "named"
        notes.system(system, place, how=how, label=label, note=f"resource {label}", condition=condition)


_READY = frozenset({"Readiness", "Startup"})
"""Probes of a container app before whose answer no request is sent to it."""


def _note_statement(
    statement: Statement, known: Known, notes: Notes, *, weight: int, in_module: bool
) -> None:
    """Note replicas, memory, model names, settings, accounts and indexes in objects."""
    value = chosen(statement.value, known)
    if value is None or value == "":
        return
    key = statement.key
    if key == "kind" and value == "OpenAI" and not in_module:
        note_provider("azure-openai", "an account of Azure OpenAI", statement.place, notes)
    elif key == "type" and value in _READY and any(block.startswith("probes") for block in statement.blocks):  # fmt: skip
        notes.flag("operations.readiness_probe", statement.place, weight=weight)
    elif key == "versionUpgradeOption":
        note_upgrade(value, statement.place, notes)
    elif key == "kind" and value == "AIServices":
        notes.technique("services account", "an account of Azure's AI services", statement.place, weight=1)
    elif key == "dimensions" and any("vector" in block.lower() for block in statement.blocks):
        notes.named_value("embedding_dimensions", value, statement.place, weight=weight)
    elif not in_module and isinstance(value, str) and names_a_model(key) and read_model_name(value):
        given = re.sub(r"'[^']*'", "", statement.value)  # by which parameters it is given
        role = role_of_name(value) or role_of_key(key) or role_of_key(given) or "chat"
        ours = key.lower().startswith("ollama")
        provider, hosting = ("ollama", "self") if ours else ("azure-openai", "hosted")
        notes.model(value, statement.place, role=role, provider=provider, hosting=hosting, weight=weight)
        return
    elif not in_module and literal(statement.value) is not None:
        notes.named_value(key, value, statement.place, weight=weight)
    if _is_of_a_store(statement) or _note_size(statement, value, notes, weight):
        return
    if key == "capacity" and isinstance(value, float) and value > 0 and _is_of_chat(statement):
        note_quota(value, statement.place, notes, weight)
    elif key == "name" and isinstance(value, str) and statement.blocks and statement.blocks[-1].rstrip(":= ").endswith("model") and read_model_name(value):  # fmt: skip
        role = role_of_name(value) or role_of_key(re.sub(r"'[^']*'", "", statement.value)) or "chat"
        note = (
            "" if literal(statement.value) is not None else f"parameter {statement.value.strip().rstrip(',')}"
        )
        notes.model(value, statement.place, role=role, provider="azure-openai", hosting="hosted", weight=weight, note=note)  # fmt: skip


_APP_OF_A_STORE = re.compile(
    r"(?i)^resource\s+(?:redis|valkey|postgres\w*|pgvector|qdrant|weaviate|milvus|chroma\w*|mongo\w*|rabbitmq|kafka)\w*\s+'Microsoft\.App/containerApps@"
)
"""A container app in which a store runs beside the pilot."""


def _is_of_a_store(statement: Statement) -> bool:
    return any(_APP_OF_A_STORE.match(block) for block in statement.blocks)


def _note_size(statement: Statement, value: str | float, notes: Notes, weight: int) -> bool:
    """Note how many run, and with how much memory; return whether the entry says that."""
    key, place = statement.key, statement.place
    if isinstance(value, float) and key == "maxNodeCount":
        notes.number("target.nodes_max", value, place, weight=weight)
    elif isinstance(value, float) and REPLICAS.match(key):
        notes.number("target.replicas", value, place, weight=weight, note="the least number of replicas")
    elif isinstance(value, float) and REPLICAS_MAX.match(key):
        notes.number("target.replicas_max", value, place, weight=weight)
    elif isinstance(value, str) and MEMORY.match(key) and (size := bytes_of(value)):
        notes.number("target.memory_limit", size, place, unit="B", weight=weight)
        if statement.blocks and statement.blocks[-1].startswith("resources"):
            notes.flag("operations.resources_set", place, weight=weight, sure=INFERRED, note="what a container is given")  # fmt: skip
    elif isinstance(value, float) and key == "instanceMemoryMB":
        notes.number("target.memory_limit", value * 2**20, place, unit="B", weight=weight)
    else:
        return False
    return True


_DEPLOYMENT = re.compile(r"^resource\s+(\w+)\s+'[^']*/deployments@")


def _is_of_chat(statement: Statement) -> bool:
    """Say whether a capacity is that of a deployment of the model that answers, by the resource's name."""
    head = next((match for block in statement.blocks if (match := _DEPLOYMENT.match(block))), None)
    main = statement.place.file.rpartition("/")[2].startswith("main")
    return (
        main
        and head is not None
        and role_of_key(head[1]) not in SIDE
        and statement.blocks[-1].startswith("sku")
    )


READER = Reader(
    name="bicep",
    summary="Bicep and parameter files: model deployments, quota, databases, replicas",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
