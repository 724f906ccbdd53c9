"""Files that serve Python by an import path (Ray Serve, Anyscale), BentoML's and Azure Machine Learning's -> variables, replicas, accelerators."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import has_organisation, names_a_model, role_of_key

_SECRET = ("key", "token", "secret", "password")


def _wants(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))


def _read(file: TextFile, notes: Notes) -> None:
    if file.name.startswith("bentofile."):
        for document in read_documents(file)[:1]:
            _note_packages(document, notes)
            for item in document.at("envs").items()[:100]:
                note_key_variable(item.at("name").text(), item.at("name").place, notes)
                if item.at("value").text() and not any(
                    word in item.at("name").text().lower() for word in _SECRET
                ):
                    note_named(
                        item.at("name").text(),
                        item.at("value").text(),
                        item.at("value").place,
                        notes,
                        kind="env",
                        weight=3,
                    )
        return
    if found := _OF_AZURE.search(file.text[:2_000]):
        _note_deployment(read_documents(file)[0], notes, batch=found[1] == "batch")
    if _JOB.search(file.text[:2_000]) and (store := _STORE.search(file.text)):
        notes.system(
            "azure-blob-storage", file.at(store.start()), how="used", note="the store of a workspace"
        )
    if "import_path:" not in file.text:
        return
    for document in read_documents(file)[:2]:
        top = document.at("ray_serve_config") or document.at("serveConfigV2") or document
        for application in top.at("applications").items() or [top]:
            if application.at("import_path").text():
                _note_application(application, notes)


def _note_deployment(document: Node, notes: Notes, *, batch: bool) -> None:
    """Note the machines of a deployment of Azure Machine Learning, and how long one request may take."""
    count = document.at("resources", "instance_count") if batch else document.at("instance_count")
    if (number := count.number()) is not None:
        notes.number("target.replicas", number, count.place, weight=1 if batch else 3)
    notes.technique("batched" if batch else "serves", "an endpoint of Azure Machine Learning", document.at("endpoint_name").place)  # fmt: skip
    wait = document.at("request_settings", "request_timeout_ms")
    if (milliseconds := wait.number()) is not None and not batch:
        notes.number("operations.request_deadline", milliseconds / 1_000, wait.place, unit="s")
    at_once = document.at("request_settings", "max_concurrent_requests_per_instance")
    if (number := at_once.number()) is not None and not batch:
        notes.number("model.max_concurrency", number, at_once.place)
    model = document.at("model")
    if (match := _REGISTERED.fullmatch(model.text())) and not batch:
        notes.fact("model.name", match[1], model.place)
        notes.flag("model.alias_floating", model.place, value=match[2] == "@latest", note=f"the registry's {match[2][1:]}")  # fmt: skip


_OF_AZURE = re.compile(r"(?m)^\$schema:\s*\S*?(managedOnline|kubernetesOnline|batch)Deployment\.schema\.json")
"""Files of Azure Machine Learning that deploy a model."""
_JOB = re.compile(r"(?m)^\$schema:\s*\S*?(?:pipelineJob|commandJob|sweepJob|data|schedule)\.schema\.json")
_STORE = re.compile(r"azureml:workspaceblobstore\b|azureml://(?:[\w/.-]+/)?datastores/workspaceblobstore\b")
"""Jobs and data of Azure Machine Learning, and the store that each of its workspaces has."""
_REGISTERED = re.compile(r"azureml:([\w.-]+)([@:][\w.-]+)")


def _note_packages(document: Node, notes: Notes) -> None:
    """Note whether the packages that BentoML is told to install have a version each."""
    listed = [item for item in document.at("python", "packages").items()[:300] if item.text()]
    if (
        not listed
        or document.at("python", "requirements_txt").text()
        or document.at("python", "lock_packages").value
    ):
        return
    pinned = all("==" in item.text() for item in listed)
    notes.flag("security.dependencies_pinned", listed[0].place, value=pinned, weight=1)
    notes.flag("security.dependencies_hashed", listed[0].place, value=False, weight=1)


def _note_application(application: Node, notes: Notes) -> None:
    notes.technique("serves", "served by its import path", application.at("import_path").place)
    for name, node in list(application.at("runtime_env", "env_vars").entries().items())[:300]:
        note_key_variable(name, node.place, notes)
        if not node.text() or any(word in name.lower() for word in _SECRET):
            continue
        note_named(name, node.text(), node.place, notes, kind="env", weight=3)
        if names_a_model(name) and has_organisation(node.text()) and role_of_key(name):
            notes.setting("env", name, node.text(), node.place, weight=3)
    for deployment in application.at("deployments").items()[:100]:
        replicas = deployment.at("num_replicas")
        if replicas.number() is not None:
            notes.number("target.replicas", replicas.number() or 0, replicas.place, weight=3)
        scaling = deployment.at("autoscaling_config")
        for key, fact in (("min_replicas", "target.replicas"), ("max_replicas", "target.replicas_max")):
            if scaling.at(key).number() is not None:
                notes.number(fact, scaling.at(key).number() or 0, scaling.at(key).place, weight=3)
        gpus = deployment.at("ray_actor_options", "num_gpus")
        if gpus.number():
            notes.number("target.count", gpus.number() or 0, gpus.place, weight=3)


READER = Reader(
    name="serving-file",
    summary="files that serve Python by an import path (Ray Serve): variables, replicas, accelerators",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
