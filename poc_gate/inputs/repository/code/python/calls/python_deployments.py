"""Decorators and calls that deploy -> replicas, accelerators, time-outs: Ray Serve, BentoML, Modal, SageMaker, Vertex AI."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from poc_gate.inputs.repository.code.python.calls.python_parts import folder_built
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_entries import keys_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.marks import OF_A_FUNCTION
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.of_parts import OF_AN_ENDPOINT, OF_ENDPOINTS
from poc_gate.inputs.repository.noting.sizes import bytes_of
from poc_gate.inputs.repository.tables.deployment.intervals import interval_of, is_aside, is_polling
from poc_gate.inputs.repository.tables.deployment.resources import (
    accelerator_of_machine,
    seconds_of_duration,
    weight_of_function,
)
from poc_gate.inputs.repository.tables.deployment.services import AGENT_RUNTIME, OF_AGENTS

_DEPLOYS = re.compile(
    r"^(?:serve\.deployment|bentoml\.service|(?:\w*app|stub|modal)\.(?:function|cls)|\w+\.deploy|\w*[Ee]ndpoint\.deploy|deployment|service|sagemaker\.\w+|\w*Estimator|HuggingFaceModel|\w*ProcessingJob|\w*TrainingJob)$"
)
_REPLICAS = {
    "num_replicas": "target.replicas",
    "initial_instance_count": "target.replicas",
    "min_replica_count": "target.replicas",
    "min_replicas": "target.replicas",
    "min_containers": "target.replicas",
    "keep_warm": "target.replicas",
    "max_replica_count": "target.replicas_max",
    "max_replicas": "target.replicas_max",
    "max_containers": "target.replicas_max",
    "concurrency_limit": "target.replicas_max",
}
_CONSTRUCTS = re.compile(
    r"(?:^|\.)(?:\w*FargateService|\w*TaskDefinition|Ec2Service|\w*TaskImageOptions|(?:DockerImage|Python)?Function|(?:Cfn)?Runtime|CfnEndpoint|ProductionVariantProperty)$"
)
"""Constructs of the AWS CDK in Python."""
_ONLINE = re.compile(r"^(?:\w+\.)*(?:Managed|Kubernetes)OnlineDeployment$")
"""Deployments of an endpoint of Azure Machine Learning."""
_DEVICE = re.compile(
    r"(?i)^(?:nvidia[_-])?(?:tesla[_-])?(a10g?|a100(?:-\d+gb)?|h100|h200|l4|l40s?|t4|v100|b200|p100|p4)(?:[:_-].*)?$"
)


def note_deployment(node: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note what a decorator or a call of a deployment says about replicas, accelerators and time-outs."""
    if not isinstance(node, ast.Call):
        return
    name = dotted_name(node.func)
    kinds = _kinds_of(name)
    if not kinds.isdisjoint({"gates", "schedules"}):
        _note_pipeline(node, name, scopes, notes)
    if "constructs" in kinds:
        before, facts = len(notes.signals.facts), notes.signals.facts
        folder = folder_built(node, scopes, notes.signals.paths) if notes.file.shows("aws_cdk") else ""
        _note_construct(node, scopes, notes)
        waits = False
        if name.endswith("Function") and notes.file.shows("aws_cdk"):
            waits = _note_function(node, scopes, notes, may_answer=bool(folder))
        notes.signals.of_parts += [(folder, one) for one in facts[before:] if folder]
        if waits:
            del facts[before:]
    if "online" in kinds:
        _note_online(node, scopes, notes)
    if "deploys" not in kinds:
        return
    _note_endpoint(node, name, notes)
    _note_resources(node, name, notes)
    for keyword in node.keywords:
        if keyword.arg in {"ray_actor_options", "resources", "autoscaling_config", "traffic"} and isinstance(
            keyword.value, ast.Dict
        ):
            _note_options(keyword.value, scopes, notes)
        elif keyword.arg is not None:
            _note_option(keyword.arg, keyword.value, scopes, notes)
    if name.startswith(("serve.", "bentoml.")) or name.endswith((".function", ".cls")):
        notes.technique("serves", f"{name} serves it", written_at(node, notes))


def _note_resources(node: ast.Call, name: str, notes: Notes) -> None:
    """Note that a service of BentoML is given resources."""
    for keyword in node.keywords:
        given = keyword.arg == "resources" and isinstance(keyword.value, ast.Dict) and keyword.value.keys
        if name == "bentoml.service" and given:
            notes.flag("operations.resources_set", written_at(keyword.value, notes), sure=INFERRED, note="what BentoML gives a service")  # fmt: skip


def _note_endpoint(node: ast.Call, name: str, notes: Notes) -> None:
    """Note where the machines of an endpoint are written that a call deploys by itself: `model.deploy(instance_type=...)`."""
    given = [one.arg for one in node.keywords]
    if name.endswith(".deploy") and ("instance_type" in given or "machine_type" in given):
        for keyword in node.keywords:
            notes.technique(OF_AN_ENDPOINT, f"{name} is called", written_at(keyword.value, notes), weight=1)
    if name.endswith(".deploy") and "initial_instance_count" in given and notes.file.shows("sagemaker"):
        place = written_at(node, notes)
        notes.fact(
            "target.service", OF_ENDPOINTS, place, weight=1, sure=INFERRED, note=f"{name} makes an endpoint"
        )
        if notes.file.shows(_ASKED):
            notes.host("runtime.sagemaker.*.amazonaws.com", f"{name} makes an endpoint that is asked", place, sure=INFERRED)  # fmt: skip


_ASKED = re.compile(r"\b(\w+)\s*=\s*[\w.]+\.deploy\([\s\S]{1,4000}?\n\s*(?:[^#\n]*\W)?\1\.predict\(")
"""An endpoint that is asked in the file in which it is made."""


_GATES = re.compile(r"(?:^|\.)(?:ConditionStep|dsl\.(?:Condition|If))$")
_OF_QUALITY = re.compile(
    r"(?i)metric|accura|\bauc|f1|rmse|\bmse|\bmae|loss|score|quality|evaluat|bless|approv|better|deploy_decision"
)
"""What the step of a pipeline asks that lets a model pass."""


def _note_pipeline(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note when a pipeline runs, and what it asks of a model before that is put into use."""
    if _GATES.search(name):
        _note_gate(node, name, notes)
    else:
        _note_schedule(node, scopes, notes)


def _note_gate(node: ast.Call, name: str, notes: Notes) -> None:
    """Note a step of a pipeline that lets a model pass only where its evaluation is good enough."""
    measured = notes.file.shows(_MEASURES) if name.endswith("ConditionStep") else False
    if measured or (not name.endswith("ConditionStep") and _OF_QUALITY.search(ast.unparse(node))):
        notes.flag("operations.quality_gate", written_at(node, notes), sure=INFERRED, note=f"{name} asks what the evaluation found")  # fmt: skip


_MEASURES = re.compile(r"\bJsonGet\(")
"""How a pipeline of SageMaker takes a figure out of a report."""


def _note_online(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note on how many machines an endpoint answers, and whether it is asked if it is ready."""
    for keyword in node.keywords:
        place = written_at(keyword.value, notes)
        count = worth(keyword.value, scopes).value if keyword.arg == "instance_count" else None
        if isinstance(count, int) and not isinstance(count, bool):
            notes.number("target.replicas", count, place)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and inner.value == "readiness_route":
            notes.flag("operations.readiness_probe", written_at(inner, notes))


@lru_cache(maxsize=65_536)
def _kinds_of(name: str) -> frozenset[str]:
    """Return what a name can do that is noted here: schedule, be a construct of a cloud, deploy."""
    patterns = {
        "schedules": _SCHEDULED.search,
        "constructs": _CONSTRUCTS.search,
        "deploys": _DEPLOYS.match,
        "online": _ONLINE.match,
        "gates": _GATES.search,
    }
    return frozenset(kind for kind, fits in patterns.items() if fits(name))


_SCHEDULED = re.compile(
    r"(?:^|\.)(?:DAG|dag|ScheduleDefinition|schedule|build_schedule_from_partitioned_job|serve|deploy|from_source|build_from_flow|CronSchedule|Cron|create_schedule|PipelineSchedule|timer_trigger)$"
)
"""What Airflow, Dagster, Prefect, Modal, Azure Functions and pipelines of clouds are given a schedule by."""
_WHEN = frozenset(
    {"schedule", "schedule_interval", "cron_schedule", "cron", "cron_expression", "cron_string"}
)


def _note_schedule(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how often a pipeline runs, where its schedule is a plain text, or a plain `timedelta`."""
    for keyword in node.keywords:
        if keyword.arg not in _WHEN:
            continue
        place = written_at(keyword.value, notes)
        value = worth(keyword.value, scopes).value
        seconds = interval_of(value) if isinstance(value, str) else _span(keyword.value)
        if seconds:
            said = value if isinstance(value, str) else ast.unparse(keyword.value)[:60]
            given = (*node.args, *(word.value for word in node.keywords))
            named = " ".join(str(one.value) for one in given if isinstance(one, ast.Constant))
            if not is_aside(notes.file.path) and not is_aside(named) and not is_polling(seconds):
                notes.number("pipeline.refresh", seconds, place, unit="s", note=said)
            notes.technique("scheduled", f"runs on a schedule, {said}", place)


def _span(node: ast.expr) -> float | None:
    """Return the seconds of a plain `timedelta(days=1)`, or None."""
    if not (isinstance(node, ast.Call) and dotted_name(node.func).endswith("timedelta")):
        return None
    total = 0.0
    for keyword in node.keywords:
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg not in _SPANS or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        total += value * _SPANS[keyword.arg]
    return total or None


_SPANS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def _note_construct(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note what runs a service, and the replicas and memory that a construct of the AWS CDK is given."""
    if dotted_name(node.func).endswith("FargateService") and notes.file.shows("aws_cdk"):
        notes.fact("target.service", "aws-fargate", written_at(node, notes), sure=INFERRED, note="a service on Fargate")  # fmt: skip
    if (
        dotted_name(node.func).endswith("Runtime")
        and notes.file.shows("aws_cdk")
        and notes.file.shows(OF_AGENTS)
    ):
        notes.fact("target.service", AGENT_RUNTIME, written_at(node, notes), sure=INFERRED, note="a runtime of agents")  # fmt: skip
    if dotted_name(node.func).endswith("CfnEndpoint") and notes.file.shows("aws_cdk"):
        notes.fact("target.service", OF_ENDPOINTS, written_at(node, notes), sure=INFERRED, note="an endpoint of SageMaker")  # fmt: skip
    for keyword in node.keywords:
        value = worth(keyword.value, scopes).value
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            continue
        place = written_at(keyword.value, notes)
        if keyword.arg in {"desired_count", "initial_instance_count"}:
            notes.number("target.replicas", value, place, weight=3)
        elif keyword.arg == "memory_limit_mib":
            notes.number("target.memory_limit", value * 2**20, place, unit="B", weight=3)


_TOLD = 2
"""Weight of a function that only is told which model to ask: it may take something in."""


def _note_function(node: ast.Call, scopes: Scopes, notes: Notes, *, may_answer: bool) -> bool:
    """Note memory and time of a function that answers, by its name, or that is told which model to ask; say whether only its code can tell."""
    given = {one.arg: one.value for one in node.keywords if one.arg}
    label = next((one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)), "")  # fmt: skip
    held = given.get("environment")
    names = keys_of(held) if isinstance(held, ast.Dict) else []
    told = weight_of_function(label, names)
    if not told and not may_answer:
        return False
    weight = told or _TOLD + 1
    if weight > _TOLD:
        notes.fact("target.service", "aws-lambda", written_at(node, notes), sure=INFERRED, note="a function answers requests")  # fmt: skip
    memory = worth(given.get("memory_size"), scopes).value
    if isinstance(memory, int) and memory > 0:
        notes.number("target.memory_limit", memory * 2**20, written_at(given["memory_size"], notes), unit="B", weight=weight, note=OF_A_FUNCTION)  # fmt: skip
    time = given.get("timeout")
    seconds = seconds_of_duration(ast.unparse(time)) if isinstance(time, ast.Call) else None
    if time is not None and seconds is not None:
        notes.number("operations.request_deadline", seconds, written_at(time, notes), unit="s", weight=weight, note=OF_A_FUNCTION)  # fmt: skip
    return not told


def _note_options(node: ast.Dict, scopes: Scopes, notes: Notes) -> None:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            _note_option(key.value, value, scopes, notes)


def _note_option(key: str, node: ast.expr, scopes: Scopes, notes: Notes) -> None:
    value = worth(node, scopes).value
    place = written_at(node, notes)
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        if key in _REPLICAS and value >= 0:
            notes.number(_REPLICAS[key], value, place)
        elif key in {"num_gpus", "gpu"} and value > 0:
            notes.number("target.count", value, place)
        elif key in {"timeout", "request_timeout_s"} and 0 < value <= 86_400:
            notes.number("operations.request_deadline", value, place, unit="s")
        elif key in {"max_ongoing_requests", "max_concurrent_queries", "concurrency"}:
            notes.number("model.max_concurrency", value, place)
    elif key == "memory" and (size := bytes_of(value)):
        notes.number("target.memory_limit", size, place, unit="B")
    elif key in {"gpu", "accelerator_type", "gpu_type"} and (match := _DEVICE.match(value)):
        notes.fact("target.device", match[1].lower(), place)
    elif key in {"instance_type", "machine_type"} and (device := accelerator_of_machine(value)):
        notes.fact("target.device", device, place, note=value)
