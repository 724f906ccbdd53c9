"""Terraform -> systems, regions, machine types, replicas, memory, encryption."""

from __future__ import annotations

import re
from collections import defaultdict
from posixpath import normpath

from poc_gate.inputs.repository.deployment.iac.bicep.azure_deployments import note_deployment, note_variables
from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal, statements
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_bedrock import note_bedrock
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_modules import note_module
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_pools import (
    Pool,
    counts_machines,
    is_beside_a_region,
    is_of_a_regional_module,
    is_pool,
    note_of_each_zone,
    note_pool,
    note_several,
    without_counts,
)
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_schedules import (
    note_schedule_of_variable,
    note_scheduler,
    usual,
)
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_stores import store_that_runs
from poc_gate.inputs.repository.deployment.iac.terraform.terraform_variables import (
    is_of_an_environment,
    note_set,
    note_under,
)
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.marks import OF_A_FUNCTION
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.resources import (
    accelerator_of_machine,
    asks_a_model,
    counts_alone,
    system_of_resource,
)
from poc_gate.inputs.repository.tables.deployment.workload_names import other_product_of
from poc_gate.inputs.repository.tables.models import names_a_model
from poc_gate.model.claim import Place

_LABEL = re.compile(r"(?P<stem>\w+?)_deployment(?:_name)?")
_BLOCK = re.compile(r'^(resource|data|module|variable|provider|locals)\s*(?:"([^"]+)")?\s*(?:"([^"]+)")?')
_REGIONS = frozenset(
    {
        "region",
        "location",
        "aws_region",
        "gcp_region",
        "azure_location",
        "google_region",
        "zone",
        "gcp_zone",
        "location_id",
    }
)
_ZONE = re.compile(r"(?<=\d)-[a-f]$")
"""What a zone of Google Cloud has behind the name of its region."""
_REGION = re.compile(r"[a-z]{2,}(?:-[a-z]+)+-?\d+(?:-?[a-z])?|(?!global$)[a-z]{4,}\d?")
"""Regions of the large clouds; `US` and `EU` are places of a data set."""
_FACTS = {
    "min_node_count": "target.nodes", "max_node_count": "target.nodes_max", "desired_count": "target.replicas", "min_instance_count": "target.replicas",
    "max_instance_count": "target.replicas_max", "min_replicas": "target.replicas", "max_replicas": "target.replicas_max", "min_instances": "target.replicas", "max_instances": "target.replicas_max",
}  # fmt: skip
_COUNTS = frozenset({"min_node_count", "max_node_count"})
_INDEX = re.compile(r"(?i)vector|_index\b|_index\"|opensearch|search")
_ANSWERS = re.compile(r"(?i)cloudfunctions2?_function|cloud_run|lambda_function\"|function_app")
_BESIDE = re.compile(
    r'(?i)lambda_function" "(?![\w-]*(?:api|chat|back_?end|server|app|rag|query|quer|ask|answer|agent|assist|bot|llm|bedrock|model|infer|invoke|predict|scor|search|main|this|lambda|function|handler|service))'
)
"""Functions whose label does not say that they answer: what cleans up, rotates or is called by an alarm has its own size."""
"""Resources that answer requests, or events, within a time."""
_MACHINES = frozenset({"machine_type", "instance_type", "vm_size", "instance_types"})


def _wants(path: str) -> bool:
    return path.endswith((".tf", ".tfvars", ".tf.json"))


def _read(file: TextFile, notes: Notes) -> None:
    if file.name.endswith(".json"):
        return
    if file.name.endswith(".tf"):
        notes.flag("operations.infrastructure_as_code", file.place(1), note="Terraform", sure=INFERRED)
    blocks: dict[tuple[str, str, str, int], list[Statement]] = defaultdict(list)
    current: tuple[str, str, str, int] = ("", "", "", 0)
    for statement in statements(file):
        if not statement.key and len(statement.blocks) == 1:
            match = _BLOCK.match(statement.blocks[0])
            current = (
                (match[1], match[2] or "", match[3] or "", statement.place.line) if match else ("", "", "", 0)
            )
            blocks[current] = []
        elif statement.key:
            if not statement.blocks:
                notes.signals.switches.append((f"var.{statement.key}", statement.value.strip('"')[:200]))
                _note_variable(statement.key, statement.value, statement.place, notes, weight=3)
            elif current[0]:
                blocks[current].append(statement)
    _leave_labels(blocks)
    note_variables({label: one for (kind, label, _, _), inner in blocks.items() if kind == "variable" for one in inner if one.key == "default" and len(one.blocks) == 1}, notes)  # fmt: skip
    pools = [Pool(name, file.place(line), inner) for (kind, label, name, line), inner in blocks.items() if kind == "resource" and is_pool(label)]  # fmt: skip
    several = note_several(pools, notes)
    for (kind, label, name, line), inner in blocks.items():
        counted = several and kind == "resource" and is_pool(label)
        _note_block(kind, label, name, file.place(line), without_counts(inner) if counted else inner, notes)


def _leave_labels(blocks: dict[tuple[str, str, str, int], list[Statement]]) -> None:
    """Leave out how a deployment is called where a variable beside it says which model it has: `eval_deployment_name` beside `eval_model_name`."""
    variables = {label.lower() for kind, label, _, _ in blocks if kind == "variable"}
    for one in [one for one in blocks if one[0] == "variable" and (match := _LABEL.fullmatch(one[1].lower())) and match["stem"] + "_model_name" in variables]:  # fmt: skip
        del blocks[one]


def _note_block(kind: str, label: str, name: str, place: Place, inner: list[Statement], notes: Notes) -> None:
    values = {one.key: one for one in inner if len(one.blocks) == 1}
    if kind == "variable":
        default = values.get("default")
        if default is not None and not (label in _COUNTS and is_beside_a_region(notes.file)):
            notes.signals.switches.append((f"var.{label}", default.value.strip('"')[:200]))
            _note_variable(label, default.value, default.place, notes, weight=2)
        note_schedule_of_variable(label, inner, notes)
        _note_usual_counts(inner, notes)
    elif kind == "resource":
        _note_resource(label, name, place, inner, notes)
    elif kind == "provider" and "alias" in values:
        return  # a second region beside the one of what is deployed: certificates, public images
    elif kind in {"provider", "locals", "module"}:
        if kind == "locals":
            notes.signals.switches += [(f"local.{one.key}", one.value[:200]) for one in values.values()]
        elif kind == "module" and "source" in values:
            source = str(literal(values["source"].value) or "")
            _note_taken(source, _condition(values), notes)
            note_module(label, source, place, notes)
            if any(one.key in _COUNTS for one in inner) and is_of_a_regional_module(source, notes.file):
                note_of_each_zone(label, place, notes)
                inner = without_counts(inner)
        for one in inner:
            _note_entry(one, notes)


def _note_resource(label: str, name: str, place: Place, inner: list[Statement], notes: Notes) -> None:
    values = {one.key: one for one in inner if len(one.blocks) == 1}
    engine = str(literal(values["engine"].value) or "") if "engine" in values else str(literal(values["database_version"].value) or "") if "database_version" in values else ""  # fmt: skip
    if store := store_that_runs(label, inner, notes.file):
        notes.system(store, place, how="deployed", label=name, note=f"resource {label}.{name} runs it")
        return  # how a store runs is not how the pilot does
    notes.resource(label, place)
    note_scheduler(label, name, values, notes)
    system = system_of_resource(label, engine=engine)
    if system == "cosmosdb" and "kind" in values and literal(values["kind"].value) == "MongoDB":
        system = "mongodb"
    if system and not any(literal(one.value) == "LockID" for one in inner):
        how = "deployed" if counts_alone(system, name) else "named"
        notes.system(
            system,
            place,
            how=how,
            label=name,
            note=f"resource {label}.{name}",
            condition=_condition(values),
        )
    if label == "azurerm_cognitive_deployment":
        note_deployment(inner, notes)
    launch = values.get("launch_type") or values.get("requires_compatibilities")
    if label in {"aws_ecs_service", "aws_ecs_task_definition"} and launch and "FARGATE" in launch.value:
        notes.fact("target.service", "aws-fargate", place, sure=INFERRED, note=f"resource {label}.{name}")
    told = any(is_of_an_environment(one) and (names_a_model(one.key) or asks_a_model(one.key)) for one in inner)  # fmt: skip
    if label == "aws_lambda_function" and (told or not _BESIDE.search(f'{label}" "{name}')):
        notes.fact("target.service", "aws-lambda", place, sure=INFERRED, note=f"resource {label}.{name}")
    inner = note_pool(label, name, place, inner, notes)
    note_bedrock(label, place, inner, notes, always=not _condition(values))
    for one in inner:
        _note_entry(one, notes, told=told)


def _condition(values: dict[str, Statement]) -> str:
    """Return what must hold for a block to be made, where its count says so."""
    count = values.get("count") or values.get("for_each")
    return count.value if count and "?" in count.value else ""


def _note_taken(source: str, condition: str, notes: Notes) -> None:
    """Note a module of the repository that a file takes in, by its folder or as a part of the repository itself."""
    if source.startswith("."):
        module = normpath(f"{notes.file.folder}/{source}").removeprefix("/")
        notes.signals.taken.append((notes.file.path, module, condition))
    elif "//" in source.partition("://")[2] or ("//" in source and "://" not in source):
        part = source.rpartition("//")[2].partition("?")[0].strip("/")
        notes.signals.taken.append((notes.file.path, part, condition))


_OF_TASKS = re.compile(r"(?:ecs_|fargate_)?(?:task|fargate|container)_memory(?:_mib|_mb)?")
_LEAST_MEMORY = 128
"""MiB of a task; smaller numbers are of another unit."""
_OF_COMPUTE = re.compile(
    r"(?:aks|eks|gke|ecs|cluster|compute|container_?apps?|app|service)_(?:location|region)"
)
"""Variables for where the pilot itself runs, beside the one for everything."""

_OF_A_MODULE = re.compile(r"/modules?/")


def _note_variable(name: str, value: str, place: Place, notes: Notes, *, weight: int) -> None:
    plain = literal(value)
    if plain is None or plain == "":
        return
    if (name.lower() in _REGIONS or _OF_COMPUTE.fullmatch(name.lower())) and isinstance(plain, str):
        if not _REGION.fullmatch(plain) or (_OF_A_MODULE.search(f"/{notes.file.folder}/") and other_product_of(notes.file.path)):  # fmt: skip
            return  # of a store alone
        notes.fact("target.region", _ZONE.sub("", plain), place, weight=weight)
        return
    note_under(name, plain, place, notes, weight=weight)
    if name in _FACTS and isinstance(plain, float) and plain > 0:
        notes.number(
            _FACTS[name], plain, place, weight=weight - 1, note="the variable's default" if weight < 3 else ""
        )
    if _OF_TASKS.fullmatch(name.lower()) and isinstance(plain, float) and plain >= _LEAST_MEMORY:
        notes.number("target.memory_limit", plain * 2**20, place, unit="B", weight=weight - 1, note="the variable's default" if weight < 3 else "")  # fmt: skip
    if isinstance(plain, str):
        device = (
            accelerator_of_machine(plain) if "type" in name or "machine" in name or "size" in name else ""
        )
        if device:
            notes.fact("target.device", device, place, weight=weight, note=plain)


def _note_usual_counts(inner: list[Statement], notes: Notes) -> None:
    """Note how many of something run where an entry of a variable's type says so: `min_instance_count = optional(number, 1)`."""
    for one in inner:
        plain = literal(usual(one.value)) if "optional(" in one.value else None
        if (fact := _counted(one)) and isinstance(plain, float) and plain > 0:
            notes.number(fact, plain, one.place, weight=1, note="the variable's default")


def _note_entry(one: Statement, notes: Notes, *, told: bool = False) -> None:
    if is_of_an_environment(one):
        note_set(one, notes)
        return
    value = literal(one.value)
    if value is None:
        return
    if one.key in _REGIONS and isinstance(value, str) and _REGION.fullmatch(value):
        notes.fact("target.region", _ZONE.sub("", value), one.place, weight=2)
    elif (fact := _counted(one)) and isinstance(value, float) and value > 0:
        notes.number(fact, value, one.place, weight=2)
    elif one.key in _MACHINES and isinstance(value, str):
        device = accelerator_of_machine(value)
        if device:
            notes.fact("target.device", device, one.place, weight=2, note=value)
    elif one.key in {"memory", "available_memory"} and isinstance(value, str) and (size := _memory(value)):
        notes.number("target.memory_limit", size, one.place, unit="B", note=_of_function(one))
    elif one.key in {"dimensions", "dimension"} and isinstance(value, float) and _INDEX.search(one.blocks[0]):
        notes.named_value("embedding_dimensions", value, one.place, weight=3)
    elif one.key in {"timeout_seconds", "timeout"} and isinstance(value, float) and (told or _answers(one)):
        notes.number("operations.request_deadline", value, one.place, unit="s", note=_of_function(one))
    elif one.key == "mode" and value == "Active" and one.blocks[-1].startswith("tracing_config"):
        notes.technique("traced", "AWS X-Ray", one.place)
    elif one.key == "memory_size" and isinstance(value, float) and (told or _answers(one)):
        notes.number("target.memory_limit", value * 2**20, one.place, unit="B", note=_of_function(one))


def _counted(one: Statement) -> str:
    """Return the fact that a count states; empty for any other key, and for the nodes of a store that a cloud runs."""
    return "" if one.key in _COUNTS and not counts_machines(one.blocks) else _FACTS.get(one.key, "")


def _of_function(one: Statement) -> str:
    return OF_A_FUNCTION if "function" in one.blocks[0] else ""


def _answers(one: Statement) -> bool:
    """Say whether a statement is of a function that may answer requests, and not of what asks whether it is well."""
    if any("probe" in block or "health" in block for block in one.blocks[1:]):
        return False
    return bool(_ANSWERS.search(one.blocks[0])) and not _BESIDE.search(one.blocks[0])


def _memory(text: str) -> float | None:
    """Return bytes: a plain number is MiB, as task definitions of containers count; `4G` is 4 GiB on Cloud Functions."""
    return float(text) * 2**20 if text.isdigit() else bytes_of(text)


READER = Reader(
    name="terraform",
    summary="Terraform: systems, regions, machine types, replicas",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
