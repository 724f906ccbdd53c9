"""Files that serve Python by an import path (Ray Serve, Anyscale) -> variables, replicas, accelerators."""

from __future__ import annotations

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
    if file.name in {"bentofile.yaml", "bentofile.yml"}:
        for document in read_documents(file)[:1]:
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
    if "import_path:" not in file.text:
        return
    for document in read_documents(file)[:2]:
        top = document.at("ray_serve_config") or document.at("serveConfigV2") or document
        for application in top.at("applications").items() or [top]:
            if application.at("import_path").text():
                _note_application(application, notes)


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
