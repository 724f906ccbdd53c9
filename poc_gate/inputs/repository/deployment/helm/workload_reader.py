"""Cluster files and chart templates -> containers: models, engines, systems, environment; schedules of jobs."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.compose.serving import note_serving
from poc_gate.inputs.repository.deployment.helm.components import is_beside, note_resources
from poc_gate.inputs.repository.deployment.helm.template_containers import note_containers
from poc_gate.inputs.repository.deployment.helm.templates import (
    is_template,
    lines_left_out,
    lines_of_a_choice,
    read_around,
    values_of,
)
from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing, is_deployment_place
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.schedules.intervals import note_schedule
from poc_gate.inputs.repository.tables.deployment.images import is_plumbing, split_image, system_of_image
from poc_gate.inputs.repository.tables.deployment.operated_stores import may_operate_stores, store_operated
from poc_gate.inputs.repository.tables.models import read_model_name
from poc_gate.inputs.repository.tables.systems import system_of_variable

_OTHER = re.compile(
    r"compose|values|chart\.ya?ml|\.github/|mkdocs|/crds?/|openapi|swagger|\.gitlab|pre-commit|docs?/"
)
_WORKLOADS = frozenset(
    {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "Job",
        "CronJob",
        "Pod",
        "ReplicaSet",
        "Rollout",
        "InferenceService",
        "RayService",
        "RayCluster",
        "LeaderWorkerSet",
        "ServingRuntime",
        "ClusterServingRuntime",
    }
)
_ENDS = frozenset({"Job", "CronJob"})
"""Workloads that end by themselves: beside a service they clean up or prepare something."""
_FILE = re.compile(r"\.ya?ml(?:\.(?:tpl|tmpl|template|j2|jinja2?|dist))?$")
_KIND = re.compile(r"(?m)^kind:\s*(\w+)")
_SECRET = re.compile(r"(?i)key$|token$|secret|password|passwd|credential|dsn$")


def _wants(path: str) -> bool:
    return bool(_FILE.search(path)) and not _OTHER.search(path)


def _read(file: TextFile, notes: Notes) -> None:
    kinds = set(_KIND.findall(file.text))
    stores = may_operate_stores(file.text)
    if not (stores or kinds & (_WORKLOADS | {_SETTINGS})) or "apiVersion" not in file.text:
        return
    if "CustomResourceDefinition" in kinds:
        return  # an operator of somebody else, copied as a whole
    template = is_template(file.text)
    kustomized = f"{file.folder}/kustomization.yaml".lower() in notes.signals.paths
    if not (is_deployment_place(file.path) or kustomized) or _SETS_UP.match(file.name):
        notes.standing = max(notes.standing, Standing.EXAMPLE)
    elif not template and not deploys_only_stores(file.name, file.text):
        note = "Kubernetes manifests"
        stays = 2 if kinds & (_WORKLOADS - _ENDS) else 1
        notes.flag("operations.infrastructure_as_code", file.place(1), weight=stays, note=note, sure=INFERRED)
    for document in read_documents(file, _text_of(file, notes) if template else "")[:60]:
        if document.at("kind").text() in _WORKLOADS:
            _note_workload(document, notes, weight=2 if template else 3)
        elif document.at("kind").text() == _SETTINGS:
            _note_settings(document.at("data"), notes, weight=2 if template else 3)
        elif stores and (
            system := store_operated(document.at("apiVersion").text(), document.at("kind").text())
        ):
            notes.system(system, document.at("kind").place, how="deployed", note="an operator runs it")
    _note_alias(file, notes)


def _text_of(file: TextFile, notes: Notes) -> str:
    """Return a template as YAML, without what the values of its chart leave out and what they may."""
    left = lines_left_out(file, notes.signals.paths) | lines_of_a_choice(file)
    text = "\n".join("" if number in left else line for number, line in enumerate(file.lines, start=1)) if left else file.text  # fmt: skip
    return read_around(text, values_of(file))


_IMAGE = re.compile(r"(?m)^[ \t]*(?:-\s+)?image:\s*[\"']?([^\s\"'#{]+)")
_PREPARES = re.compile(
    r"(?:^|/)(?:[\w-]*cli|kubectl|busybox|curl|alpine|mc|bash|ubi[\w-]*|utils|tools)(?:[:@]|$)"
)
"""Images of commands that set a store up."""


_SETS_UP = re.compile(
    r"(?i)^setup[-_](?:s3|object[-_]?stor\w*|minio|postgres\w*|redis|database|db|kafka)(?:[-_.]|$)"
)


_BARE = re.compile(r"(?:^|/)(?:base/core|debian|ubuntu|alpine(?:/[\w-]+)?|busybox|pause|git-sync)(?:[:@]|$)")
"""Images of an operating system alone: what they run stands in the cluster file."""

_LOADS = re.compile(r"(?:^|/)(?:(?:grafana|loadimpact)/k6|locustio/locust|artilleryio/artillery|peterevans/vegeta|fortio/fortio|[\w-]+/(?:wrk2?|jmeter|hey))(?:[:@]|$)")  # fmt: skip
"""Images that ask a service much to see what it bears."""


def deploys_only_stores(name: str, text: str) -> bool:
    """Say whether a cluster file runs stores alone, and what sets them up, a test of load, or only a script in a bare image: how they run says nothing of the pilot."""
    if _SETS_UP.match(name):
        return True
    images = _IMAGE.findall(text)
    if any(_LOADS.search(image) for image in images):
        return all(_LOADS.search(image) or _PREPARES.search(image) for image in images)
    stores = [image for image in images if system_of_image(image)]
    if stores:
        return all(image in stores or _PREPARES.search(image) for image in images)
    in_line = len(re.findall(r"(?m)^[ \t]*(?:-\s+)?image:", text)) == len(images) and not re.search(r"(?m)^kind:\s*(?:Cron)?Job\b", text)  # fmt: skip
    return in_line and bool(images) and all(_BARE.search(image) or _PREPARES.search(image) for image in images)  # fmt: skip


_SETTINGS = "ConfigMap"
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,80}")


def _note_settings(data: Node, notes: Notes, *, weight: int) -> None:
    """Note the variables that a cluster keeps for its workloads; whole files in it are of other programs."""
    for name, value in list(data.entries().items())[:200]:
        text = value.text()
        if _VARIABLE.fullmatch(name) and text and "\n" not in text and not _SECRET.search(name):
            note_named(name, text, value.place, notes, kind="env", weight=weight)


_ANSWERS = re.compile(r"(?i)(?:^|[-_ ])(?:api|backend|server|app)(?:[-_. ]|$)")
"""Names of workloads that answer requests."""
_WORKLOAD = re.compile(r"(?i)deploy|statefulset|daemonset|rollout")


def _siblings(notes: Notes) -> list[str]:
    """Return the templates of workloads in the file's folder: of several parts none speaks for all."""
    folder = notes.file.folder.lower()
    return [path for path in notes.signals.paths if path.rpartition("/")[0] == folder and _WORKLOAD.search(path.rpartition("/")[2])]  # fmt: skip


_OF_A_STORE = re.compile(
    r"(?i)(?:^|[-_./ ])(?:postgres(?:ql)?|pgvector|mysql|mariadb|mongo(?:db)?|redis|valkey|qdrant|weaviate|milvus|minio|elasticsearch|opensearch|kafka|rabbitmq|zookeeper|etcd|neo4j)(?:[-_./ ]|$)"
)
"""Names of workloads and of their files, where the image is put in from elsewhere."""


def _note_workload(document: Node, notes: Notes, *, weight: int) -> None:
    spec = document.at("spec")
    if document.at("kind").text() == "CronJob":
        note_schedule(spec.at("schedule"), notes, of=document.at("metadata", "name").text(), within=spec)
        spec = spec.at("jobTemplate", "spec")
    pod = spec.at("template", "spec") or spec.at("predictor") or spec
    label = document.at("metadata", "name").text()
    containers = pod.at("containers").items()
    replicas = spec.at("replicas")
    stores = [one for one in containers if system_of_image(one.at("image").text())]
    answers = len(_siblings(notes)) < 2 or bool(_ANSWERS.search(f"{label} {notes.file.name}"))
    if weight == 2 and answers and not stores and not _OF_A_STORE.search(f"{label} {notes.file.name}"):
        if replicas.number() and (len(_siblings(notes)) < 2 or not _is_put_in(replicas, notes)):
            notes.number("target.replicas", replicas.number() or 0, replicas.place, weight=2)
        note_containers(document.at("kind").text(), containers, notes, weight)
    for container in containers:
        _note_container(container, label, notes, weight, answers=answers)
    if document.at("kind").text() == "InferenceService" and weight == 2 and not _siblings(notes):
        _note_predictor(spec.at("predictor"), notes)
    predictor = spec.at("predictor", "model")
    uri = predictor.at("storageUri").text()
    name = uri.removeprefix("hf://") if uri.startswith("hf://") else _weights_in(uri)
    if name:
        notes.model(name, predictor.at("storageUri").place, hosting="self", weight=weight)


_IN_IMAGE = re.compile(r"oci://[\w.:/-]+?:([A-Za-z][\w.-]*)")
_SERVED_AS = re.compile(r"--served-model-name(?:=|[\"']?\s*\n?\s*-?\s*[\"']?)([A-Za-z][\w.-]*)")


def _weights_in(uri: str) -> str:
    """Return the model that an image of weights alone is tagged with, or an empty text.

    Such an image is `oci://registry/weights:llama-3.2-3b-instruct`.
    """
    tagged = _IN_IMAGE.fullmatch(uri)
    return tagged[1] if tagged and read_model_name(tagged[1]) else ""


def _note_alias(file: TextFile, notes: Notes) -> None:
    """Note which model stands behind the name that an engine of the pilot's own answers to, where one file says both."""
    weights = {name for uri in _IN_IMAGE.finditer(file.text) if (name := _weights_in(uri[0]))}
    names = set(_SERVED_AS.findall(file.text))
    if len(weights) == 1 and len(names) == 1:
        notes.signals.deployments[names.pop()] = weights.pop()


def _is_put_in(node: Node, notes: Notes) -> bool:
    """Say whether a value of the chart stands there, which one of several workloads may have."""
    lines = notes.file.lines
    return 0 < node.line <= len(lines) and "{{" in lines[node.line - 1]


def _note_predictor(predictor: Node, notes: Notes) -> None:
    """Note how many of a served model run, and with how much memory, in a template that only its chart completes."""
    for key, fact in (("minReplicas", "target.replicas"), ("maxReplicas", "target.replicas_max")):
        number = predictor.at(key).number()
        if number:
            notes.number(fact, number, predictor.at(key).place)
    note_resources(predictor.at("model", "resources"), notes, 2)


def _note_container(container: Node, label: str, notes: Notes, weight: int, *, answers: bool) -> None:
    image = container.at("image").text()
    place = container.at("image").place
    environment = {item.at("name").text(): item.at("value") for item in container.at("env").items()}
    system = system_of_image(image)
    if system and _is_put_in(container.at("image"), notes):
        return  # which stores a chart deploys its values say, with the switches that turn them on
    if system and not is_plumbing(image):
        notes.system(system, place, how="deployed", label=label, note=f"workload {label}")
        return
    if weight < 3 and answers and not is_beside(label) and not is_beside(container.at("name").text()):
        note_resources(container.at("resources"), notes, weight)
    if (
        split_image(image)[0][:1].isalnum()
        and "{" not in image
        and not image.endswith(":")  # the chart's own version stands there
        and not is_plumbing(image)
        and split_image(image)[1] in {"", "latest", "main", "nightly"}
    ):
        notes.remark("floating image", "", place, split_image(image)[0])
    arguments = [*_words(container.at("command")), *_words(container.at("args"))]
    note_serving(image, place, arguments, environment, notes, weight=weight)
    kept = {item.at("name").text(): item.at("valueFrom").place for item in container.at("env").items() if item.at("valueFrom").entries()}  # fmt: skip
    drawn = frozenset(environment) & _DRAWS
    before = len(notes.signals.remarks)
    for name, value in environment.items():
        if system_of_variable(name) and (value.text() or name in kept):
            notes.system(
                system_of_variable(name),
                kept.get(name, value.place),
                how="named",
                note=f"{name} holds its address",
            )
        if not value.text():
            continue
        note_key_variable(name, value.place, notes)
        if not _SECRET.search(name):
            note_named(name, value.text(), value.place, notes, kind="env", weight=weight, siblings=drawn)
    if is_plumbing(image) or _OF_A_STORE.search(f"{label} {image}"):
        del notes.signals.remarks[before:]  # how a store runs itself is not how the pilot does


_DRAWS = frozenset({"TOP_P"})
"""A variable beside which `TOP_K` says how many tokens a word is drawn from."""


def _words(node: Node) -> list[Node]:
    found: list[Node] = []
    for item in node.items() or ([node] if node.text() else []):
        for word in item.text().split():
            part = Node(item.file, item.line, item.column)
            part.value = word
            found.append(part)
    return found


READER = Reader(
    name="workload",
    summary="cluster files and chart templates: containers, models, engines, schedules",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
