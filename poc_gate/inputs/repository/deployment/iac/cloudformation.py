"""CloudFormation and SAM -> resources, models that parameters name, memory and time of functions, traces, schedules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.iac.container_service import note_container_service
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.marks import ANSWERS_REQUESTS
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.schedules.intervals import note_schedule
from poc_gate.inputs.repository.tables.deployment.resources import (
    accelerator_of_machine,
    asks_a_model,
    counts_alone,
    says_an_answer,
    system_of_resource,
)
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key, role_of_name

SECRET = re.compile(r"(?i)key$|token$|secret|password|credential|dsn$")
_FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})
_WAITED_FOR = frozenset({"Api", "HttpApi", "FunctionUrl"})
"""Events of a function for whose answer a person waits."""
_PART = re.compile(r"\$\{([\w.:]+)\}")
_ASKS_A_MODEL = re.compile(r"(?i)bedrock:(?:\*|Invoke|Converse|Retrieve)|bedrock.*invoke")
_CLASSIC = re.compile(r"(?i)xgboost|scikit-learn|sklearn|linear-learner|randomcutforest|catboost|lightgbm")
_MODEL_OF_ARN = re.compile(r"foundation-model/([\w.:-]+)$")
MOST_RESOURCES = 500


class _Function(NamedTuple):
    """A function that asks a model, or that an interface calls."""

    label: str
    asks: bool
    waited_for: bool
    timeout: Node
    memory: Node


def note_cloudformation(document: Node, notes: Notes) -> None:
    """Note what a template deploys; parameters stand for their defaults."""
    notes.flag("operations.infrastructure_as_code", document.place, note="CloudFormation", sure=INFERRED)
    defaults = {name: entry.at("Default") for name, entry in document.at("Parameters").entries().items()}
    shared = document.at("Globals", "Function")
    found: list[_Function] = []
    _note_traces(shared, notes)
    resources = dict(list(document.at("Resources").entries().items())[:MOST_RESOURCES])
    note_container_service(resources, notes)
    for label, resource in resources.items():
        kind, properties = resource.at("Type").text(), resource.at("Properties")
        notes.resource(kind, resource.place)
        system = system_of_resource(kind, engine=properties.at("Engine").text())
        if system:
            how = "deployed" if counts_alone(system, label) else "named"
            notes.system(system, resource.place, how=how, label=label, note=f"resource {label}")
        for name, value in properties.at("Environment", "Variables").entries().items():
            note_variable(name, resolved(value, defaults), notes)
        if kind in _FUNCTIONS:
            found += _note_function(label, resource, shared, defaults, notes)
        if kind in {"AWS::Events::Rule", "AWS::Scheduler::Schedule"}:
            note_schedule(properties.at("ScheduleExpression"), notes, of=label, within=properties)
        _note_service(kind, properties, defaults, notes)
    _note_functions(found, notes)


def _note_function(
    label: str, resource: Node, shared: Node, defaults: dict[str, Node], notes: Notes
) -> list[_Function]:
    """Note what starts a function, and that it is traced; return it where it may ask a model, or somebody waits for it."""
    properties = resource.at("Properties")
    _note_traces(properties, notes)
    events = list(properties.at("Events").entries().values())
    waited = any(event.at("Type").text() in _WAITED_FOR for event in events)
    if waited:
        why = ANSWERS_REQUESTS
        notes.technique("serves", why, resource.place)
        notes.fact("target.service", "aws-lambda", resource.place, sure=INFERRED, note=why)
    for event in events:
        if event.at("Type").text() in {"Schedule", "ScheduleV2"}:
            given = event.at("Properties")
            when = given.at("Schedule") or given.at("ScheduleExpression")
            note_schedule(when, notes, of=label, within=given)
    variables = (
        *properties.at("Environment", "Variables").entries(),
        *shared.at("Environment", "Variables").entries(),
    )
    asks = _asks_a_model(properties, variables)
    if not (asks or waited):
        return []
    timeout = resolved(properties.at("Timeout") or shared.at("Timeout"), defaults)
    memory = resolved(properties.at("MemorySize") or shared.at("MemorySize"), defaults)
    return [_Function(label, asks, waited, timeout, memory)]


def resolved(node: Node, defaults: dict[str, Node]) -> Node:
    """Return a plain value, or the default of the parameter that it refers to; a missing one for anything else."""
    referred = node.at("Ref").text() if node.entries() else node.text() if node.tag == "!Ref" else ""
    if referred:
        return defaults.get(referred, Node())
    template = node.at("Fn::Sub").text() if node.entries() else node.text() if node.tag == "!Sub" else ""
    if not template:
        return Node() if node.tag.startswith("!") else node
    found = _PART.findall(template)
    if not found or any(
        not name.startswith("AWS::") and not defaults.get(name, Node()).text() for name in found
    ):
        return Node()
    made = Node(node.file, node.line, node.column)
    made.value = _PART.sub(
        lambda match: defaults[match[1]].text() if match[1] in defaults else "aws", template
    )
    return made


def note_variable(name: str, value: Node, notes: Notes) -> None:
    """Note a variable that a deployment sets: the provider whose key it holds, or its value."""
    note_key_variable(name, value.place, notes)
    if value.text() and not SECRET.search(name):
        note_named(name, value.text(), value.place, notes, kind="env", weight=3)


def note_resources(resources: Node, notes: Notes) -> None:
    """Note the systems among the resources of another tool's file."""
    for part in resources.items() or [resources]:
        for label, resource in part.at("Resources").entries().items():
            system = system_of_resource(resource.at("Type").text())
            if system:
                how = "deployed" if counts_alone(system, label) else "named"
                notes.system(system, resource.place, how=how, label=label, note=f"resource {label}")


def _note_traces(properties: Node, notes: Notes) -> None:
    """Note that functions are traced: `Tracing` of SAM, `TracingConfig` of Lambda."""
    for node in (properties.at("Tracing"), properties.at("TracingConfig", "Mode")):
        if node.text() == "Active":
            notes.technique("traced", "AWS X-Ray", node.place)


def _asks_a_model(properties: Node, variables: Iterable[str]) -> bool:
    """Say whether a function may ask a model: by its rights, or by a variable that names one."""
    if any(names_a_model(name) or asks_a_model(name) for name in variables):
        return True
    return any(_ASKS_A_MODEL.search(node.text()) for _, node in properties.at("Policies").walk())


def _note_functions(functions: list[_Function], notes: Notes) -> None:
    """Note time and memory of the functions that ask a model, of those that answer somebody where there are any.

    Where none is seen to ask a model, those that an interface calls count if they are all given the same.
    """
    asking = [one for one in functions if one.asks]
    found = [one for one in asking if one.waited_for] or asking
    counted = [one for one in found if says_an_answer(one.label)] or found or functions
    for fact, unit, times, given in (
        ("operations.request_deadline", "s", 1, [one.timeout for one in counted]),
        ("target.memory_limit", "B", 2**20, [one.memory for one in counted]),
    ):
        if not asking and len({one.number() for one in given}) > 1:
            continue
        for one in given:
            if (number := one.number()) is not None:
                notes.number(fact, number * times, one.place, unit=unit, weight=3 if asking else 1)


def _note_service(kind: str, properties: Node, defaults: dict[str, Node], notes: Notes) -> None:
    """Note replicas, and what the services of AWS for models are given."""
    if kind == "AWS::ECS::Service" and (number := properties.at("DesiredCount").number()) is not None:
        notes.number("target.replicas", number, properties.at("DesiredCount").place)
    elif kind == "AWS::SageMaker::EndpointConfig":
        for variant in properties.at("ProductionVariants").items()[:4]:
            _note_variant(variant, notes)
    elif kind == "AWS::SageMaker::Model":
        classic = _CLASSIC.search(_shown(properties.at("PrimaryContainer", "Image")))
        if classic:
            notes.technique("classic-ml", f"SageMaker serves {classic[0]}", properties.place)
    elif kind == "AWS::Bedrock::Agent":
        notes.technique("agent", "an agent of Bedrock", properties.place)
        notes.technique("llm", "an agent of Bedrock asks a model", properties.place)
        if properties.at("KnowledgeBases"):
            notes.system("bedrock-knowledge-base", properties.at("KnowledgeBases").place, direction="read", note="an agent reads it")  # fmt: skip
        _note_model(resolved(properties.at("FoundationModel"), defaults), "chat", notes)
    elif kind == "AWS::Bedrock::KnowledgeBase":
        notes.technique("retrieval", "a knowledge base of Bedrock", properties.place)
        settings = properties.at("KnowledgeBaseConfiguration", "VectorKnowledgeBaseConfiguration")
        _note_model(resolved(settings.at("EmbeddingModelArn"), defaults), "embedding", notes)
    elif kind == "AWS::Bedrock::DataSource":
        if properties.at("DataSourceConfiguration", "S3Configuration"):
            notes.system(
                "s3",
                properties.place,
                how="deployed",
                direction="read",
                note="a knowledge base is filled from it",
            )
        chunks = properties.at("VectorIngestionConfiguration", "ChunkingConfiguration", "FixedSizeChunkingConfiguration")  # fmt: skip
        if (size := chunks.at("MaxTokens").number()) is not None:
            notes.number("retrieval.chunk_size", size, chunks.at("MaxTokens").place, weight=3, note="tokens")


def _note_variant(variant: Node, notes: Notes) -> None:
    """Note how many machines of which kind an endpoint of SageMaker runs on: the pilot's own."""
    count, machine = variant.at("InitialInstanceCount"), variant.at("InstanceType")
    if count.number():
        notes.number("target.replicas", count.number() or 0, count.place, weight=3)
        notes.fact("model.hosting", "self", count.place, sure=INFERRED, note="an endpoint of SageMaker")
    if device := accelerator_of_machine(machine.text()):
        notes.fact("target.device", device, machine.place, weight=3, note=machine.text())


def _shown(node: Node) -> str:
    """Return all plain texts below a node."""
    return " ".join([node.text(), *(inner.text() for _, inner in node.walk())])


def _note_model(node: Node, role: str, notes: Notes) -> None:
    name = node.text()
    arn = _MODEL_OF_ARN.search(name)
    name = arn[1] if arn else name
    if read_model_name(name):
        role = role_of_name(name) or role_of_key(role) or role
        notes.model(name, node.place, role=role, provider="bedrock", hosting="hosted", weight=3)
