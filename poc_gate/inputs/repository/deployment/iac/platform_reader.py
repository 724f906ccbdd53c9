"""Files of platforms -> systems, regions, replicas, schedules: render.yaml, serverless.yml, CloudFormation, ARM, app.yaml, fly.toml."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.iac.cloudformation import (
    note_cloudformation,
    note_resources,
    note_variable,
)
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.schedules.intervals import note_schedule
from poc_gate.inputs.repository.tables.deployment.resources import counts_alone, system_of_resource
from poc_gate.inputs.repository.tables.deployment.services import GRAPH_PLATFORM, HOSTS, OTHERWISE, PAGES
from poc_gate.inputs.repository.tables.models import names_a_model

_FILE = re.compile(
    r"(?:^|/)(?:render\.ya?ml|serverless\.ya?ml|azure\.ya?ml|app\.ya?ml|azuredeploy\.json|main\.json|template\.ya?ml|template\.json|[\w.-]*\.template\.(?:json|ya?ml)|[\w.-]*cloudformation[\w.-]*\.(?:ya?ml|json)|[\w.-]*cfn[\w.-]*\.ya?ml|langgraph\.json|cdk\.json|pulumi\.ya?ml)$|(?:^|/)(?:cloudformation|cfn|infrastructure|infra)/[\w./-]+\.(?:ya?ml|json)$"
)


_TEMPLATE = re.compile(r"\.(?:ya?ml|template)$")
"""Templates of CloudFormation are called anything; what they are is written in them."""
_IS_TEMPLATE = re.compile(r"(?m)^[\"']?AWSTemplateFormatVersion|^Transform:\s*[\"'\[]?\s*AWS::")


def _wants(path: str) -> bool:
    return (bool(_FILE.search(path)) and not path.endswith(".parameters.json")) or bool(
        _TEMPLATE.search(path)
    )


def _read(file: TextFile, notes: Notes) -> None:
    if not _FILE.search(file.path.lower()) and not _IS_TEMPLATE.search(file.text):
        return
    for document in read_documents(file)[:3]:
        _note_document(file, document, notes)


_TEMPLATES = (".tf", ".bicep", ".bicepparam", ".tf.json")


def _has_a_template(file: TextFile, document: Node, notes: Notes) -> bool:
    """Say whether the folder that `azure.yaml` keeps its infrastructure in holds a template; `infra` where it names none."""
    named = document.at("infra", "path").text().removeprefix("./").strip("/") or "infra"
    within = "" if ".." in named else f"{file.folder}/{named}/".lstrip("/").lower()
    return any(one.startswith(within) and one.endswith(_TEMPLATES) for one in notes.signals.paths)


def _note_document(file: TextFile, document: Node, notes: Notes) -> None:
    """Note what one document says, by the tool that it is of."""
    if file.name == "langgraph.json":
        _note_langgraph(document, notes)
    elif file.name == "cdk.json" or file.name.startswith("pulumi."):
        tool = "AWS CDK" if file.name == "cdk.json" else "Pulumi"
        notes.flag("operations.infrastructure_as_code", document.place, note=tool, sure=INFERRED)
        _note_context(document.at("context"), notes)
    elif file.name.startswith("render."):
        _note_render(document, notes)
    elif document.at("AWSTemplateFormatVersion") or document.at("Resources").entries():
        note_cloudformation(document, notes)
    elif document.at("provider", "name").text() == "aws" or document.at("functions").entries():
        _note_serverless(document, notes)
    elif "deploymentTemplate" in document.at("$schema").text():
        _note_arm(document, notes)
    elif file.name.startswith("azure.") and document.at("services").entries():
        if _has_a_template(file, document, notes):
            note = "Azure Developer CLI"
            notes.flag("operations.infrastructure_as_code", document.place, note=note, sure=INFERRED)
        for service in document.at("services").entries().values():
            project, host = service.at("project").text(), service.at("host")
            if host.text() in HOSTS and not PAGES.search(f"/{project}/"):
                notes.fact("target.service", HOSTS[host.text()], host.place, weight=3)
            if project:
                notes.signals.built.append((project.removeprefix("./"), service.place))


def _note_context(context: Node, notes: Notes) -> None:
    """Note the models that a project of the AWS CDK is given as its context."""
    for path, node in context.walk():
        if path and not path[0].startswith("@") and names_a_model(path[-1]) and isinstance(node.value, str):
            note_named(path[-1], node.value, node.place, notes, kind="")


_STARTS_ITSELF = re.compile(r"(?:^|/)procfile$")
"""Files that start a server of the pilot's own, in which the graphs run."""


def _note_langgraph(document: Node, notes: Notes) -> None:
    """Note that LangGraph's platform serves graphs, and the store that it keeps for them."""
    if not document.at("graphs").entries():
        return
    notes.technique("serves", "LangGraph's platform serves it", document.place)
    notes.technique("llm", "a graph of LangGraph", document.at("graphs").place)
    if not any(_STARTS_ITSELF.search(path) or OTHERWISE.search(path) for path in notes.signals.paths):
        whole = document.at("http", "app").text()
        note = "nothing else says where its graphs run"
        notes.fact("target.service", GRAPH_PLATFORM, document.place, weight=2 if whole else 1, sure=INFERRED, note=note)  # fmt: skip
    index = document.at("store", "index")
    if index.at("dims").number():
        notes.number("retrieval.dims", index.at("dims").number() or 0, index.at("dims").place, weight=3)


def _note_render(document: Node, notes: Notes) -> None:
    notes.flag("operations.infrastructure_as_code", document.place, note="Render blueprint", sure=INFERRED)
    for database in document.at("databases").items():
        notes.system(
            "postgresql",
            database.place,
            how="deployed",
            label=database.at("name").text(),
            note="a database of the platform",
            region=database.at("region").text(),
        )
    for service in document.at("services").items():
        kind = service.at("type").text()
        if kind in {"web", "pserv"} and service.at("runtime").text() != "static":
            notes.fact("target.service", "render-web-service", service.at("type").place, weight=2)
        if kind in {"redis", "keyvalue"}:
            notes.system("redis", service.place, how="deployed", note="a key-value store of the platform")
        elif kind == "cron":
            note_schedule(service.at("schedule"), notes, of=service.at("name").text())
        elif kind in {"web", "pserv", "worker"}:
            _note_render_service(service, notes)
    groups = [*document.at("envVarGroups").items(), *document.at("services").items()]
    for group in groups:
        for variable in group.at("envVars").items():
            value = variable.at("value")
            if value:
                note_variable(variable.at("key").text(), value, notes)
            else:
                note_key_variable(variable.at("key").text(), variable.at("key").place, notes)


def _note_render_service(service: Node, notes: Notes) -> None:
    scaling = service.at("scaling")
    for key, fact in (("minInstances", "target.replicas"), ("maxInstances", "target.replicas_max")):
        number = scaling.at(key).number()
        if number is not None:
            notes.number(fact, number, scaling.at(key).place, weight=3)
    if (number := service.at("numInstances").number()) is not None:
        notes.number("target.replicas", number, service.at("numInstances").place, weight=3)
    if region := service.at("region").text():
        notes.fact("target.region", region, service.at("region").place, weight=3)
    if service.at("healthCheckPath"):
        notes.technique("serves", "Render serves it", service.place)


def _note_serverless(document: Node, notes: Notes) -> None:
    notes.flag(
        "operations.infrastructure_as_code", document.place, note="Serverless Framework", sure=INFERRED
    )
    provider = document.at("provider")
    if provider.at("name").text() == "aws":
        notes.fact("target.service", "aws-lambda", provider.at("name").place, weight=2)
    region = provider.at("region")
    default = _OPTION.fullmatch(region.text())
    plain = default[1] if default else region.text()
    if plain and "${" not in plain:
        notes.fact("target.region", plain, region.place, weight=3, note="unless an option says another" if default else "")  # fmt: skip
    named = document.at("functions").entries()
    functions = list(named.values())
    _note_size(provider, functions, notes)
    for scope in (provider, *functions):
        for name, value in scope.at("environment").entries().items():
            note_variable(name, value, notes)
    for key, function in named.items():
        for event in function.at("events").items():
            schedule = event.at("schedule")
            note_schedule(
                schedule.at("rate") if schedule.entries() else schedule, notes, of=key, within=schedule
            )
    note_resources(document.at("resources"), notes)


_OPTION = re.compile(r"\$\{(?:opt|env|param|self:custom)[:.][\w.-]+,\s*['\"]?([\w.-]+)['\"]?\s*\}")
"""A value of the command line or the environment, with a default."""


def _note_size(provider: Node, functions: list[Node], notes: Notes) -> None:
    """Note time and memory of the one function that answers requests; several are not told apart."""
    answers = [one for one in functions if any(event.at("http") or event.at("httpApi") or event.at("alb") for event in one.at("events").items()) or one.at("url")]  # fmt: skip
    if len(answers) != 1:
        return
    seconds = answers[0].at("timeout") or provider.at("timeout")
    mebibytes = answers[0].at("memorySize") or provider.at("memorySize")
    if (value := seconds.number()) is not None:
        notes.number("operations.request_deadline", value, seconds.place, unit="s", weight=3)
    if (value := mebibytes.number()) is not None:
        notes.number("target.memory_limit", value * 2**20, mebibytes.place, unit="B", weight=3)


def _note_arm(document: Node, notes: Notes) -> None:
    notes.flag("operations.infrastructure_as_code", document.place, note="ARM template", sure=INFERRED)
    for resource in document.at("resources").items():
        system = system_of_resource(resource.at("type").text())
        if system:
            label = resource.at("name").text()[:60]
            notes.system(
                system,
                resource.place,
                how="deployed" if counts_alone(system, label) else "named",
                note=f"resource {resource.at('type').text()}",
            )


READER = Reader(
    name="platform",
    summary="files of platforms: Render, Serverless Framework, CloudFormation, SAM, ARM, Azure Developer CLI, LangGraph",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
