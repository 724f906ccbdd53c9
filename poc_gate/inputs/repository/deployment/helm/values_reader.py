"""Values of a Helm chart -> replicas, autoscaling, images, models, limits, probes, environment."""

from __future__ import annotations

import re

from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.code.named_values import note_key_variable, note_named
from poc_gate.inputs.repository.deployment.compose.serving import note_serving
from poc_gate.inputs.repository.deployment.helm.components import note_components, note_resources
from poc_gate.inputs.repository.deployment.helm.dead_sections import dead_sections
from poc_gate.inputs.repository.deployment.helm.own_workload import note_own_workload
from poc_gate.inputs.repository.deployment.helm.parts import scaling_with, values_of_chart
from poc_gate.inputs.repository.deployment.helm.parts_off import note_parts_off
from poc_gate.inputs.repository.files.chosen_section import is_unlike_the_choice
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.deployment.images import is_plumbing, split_image, system_of_image
from poc_gate.inputs.repository.tables.models import (
    has_organisation,
    names_a_model,
    read_model_name,
    role_of_key,
    role_of_name,
)

_FILE = re.compile(r"(?:^|/)(?:values(?:[._-][\w.-]{1,40})?|[\w.-]*[._-]values)\.ya?ml$")
_OF_OTHERS = frozenset({
    "cert-manager", "loki", "tempo", "mimir", "grafana", "traefik", "k8s-monitoring", "kube-prometheus-stack", "prometheus", "argo-cd", "argocd", "ingress-nginx",
    "nginx-ingress", "redis", "postgresql", "mysql", "mongodb", "kafka", "rabbitmq", "elasticsearch", "kibana", "milvus", "qdrant", "weaviate", "opensearch", "keycloak",
    "external-secrets", "sealed-secrets", "istio", "karpenter", "keda", "gpu-operator", "kuberay-operator", "minio", "vault", "jaeger", "opentelemetry-collector",
    "fluent-bit", "airflow", "mlflow", "langfuse", "cluster-autoscaler", "external-dns", "metrics-server", "velero", "promtail", "alloy", "zookeeper", "etcd",
})  # fmt: skip
"""Charts of well-known products: their values say nothing of the pilot's own workload."""
_SECRET = re.compile(r"(?i)key$|token$|secret|password|passwd|credential|dsn$")
_OF_A_TOOL = re.compile(
    r"(?i)registry$|^(?:mlflow|airflow|keycloak|langfuse|grafana|superset|argo\w*|unleash|temporal|harbor|sonarqube|dagster|prefect)$"
)
"""Sections of a tool beside the pilot: the stores in them keep the tool's own records."""
_PER_MODEL = frozenset({"modelSpec", "models", "modelSpecs", "nimOperator"})


_OF_PRODUCTION = re.compile(
    r"(?:^|/)(?P<chart>.*/|)(?:envs?|environments?|values|overlays)/(?:prod|production)\.ya?ml$|(?:^|/)values[._-](?:prod|production)\.ya?ml$"
)
"""Values with which a chart is deployed in production, which stand before those that it has by itself."""
_OF_MODELS = frozenset({"modelURL", "model", "modelName", "LLM_MODEL_ID", "EMBEDDING_MODEL_ID", "RERANK_MODEL_ID", "modelId", "hfModelId"})  # fmt: skip
"""Keys that hold the name of a model."""
_OF_ENGINES = frozenset({"maxModelLen", "tensorParallelSize", "gpuMemoryUtilization", "maxNumSeqs", "max_model_len", "chunk_size", "top_k"})  # fmt: skip
"""Keys of settings of an engine, or of a search."""
_OF_A_SERVER = re.compile(r"[A-Z]\w*_(?:API_)?(?:BASE_URL|BASE|ENDPOINT)")
"""Variables with the address of a server that models are asked at."""


_BARE = re.compile(r"(?:^|/)environments?/(?:prod|production)\.ya?ml$")
"""Values for the chart of somebody else, one file for each environment, as a pipeline hands them over."""
_SCALES = frozenset({"replicaCount", "replicas", "autoscaling", "resources", "ingress", "probes"})


def _wants(path: str) -> bool:
    overlay = _OF_PRODUCTION.search(path) and _OF_CHARTS.search(path)
    return bool(_FILE.search(path) or overlay or _BARE.search(path)) and "/templates/" not in path


_OF_CHARTS = re.compile(r"(?:^|/)(?:charts?|helm|deploy\w*)/")


def _is_bare(path: str) -> bool:
    """Say whether values lie in a folder of environments, with no chart around."""
    return bool(_BARE.search(path)) and not _OF_CHARTS.search(path)


def _runs_a_service(document: Node) -> bool:
    """Say whether values set variables of a service and how it is run."""
    variables = document.at("env").entries()
    return any(name.isupper() for name in variables) and len(_SCALES & set(document.entries())) > 1


def _read(file: TextFile, notes: Notes) -> None:
    chart = file.folder.rpartition("/")[2].lower()
    if is_of_others(file.path):
        raise UnreadableError("values of another product's chart")
    main = file.name in {"values.yaml", "values.yml"}
    values = values_of_chart(file)
    for document in [values] if values is not None else ():
        if _image_of(document) in _OF_OTHERS:
            raise UnreadableError("values of another product's chart")
        if document.at("enabled").value is False:
            continue  # a part that the chart above leaves out
        bare = _is_bare(file.path.lower())
        if bare and not _runs_a_service(document):
            continue
        own = _is_own(document, chart, notes.signals.name)
        others = (
            1 if _is_one_of_many(notes.signals.paths) or _is_for_another(file, notes.signals.paths) else 2
        )
        weight = (3 if own else others) if main else 4 if _OF_PRODUCTION.search(file.path.lower()) else 1
        models = 1 if _is_part(file.path, notes.signals.paths) else weight
        if not bare:
            notes.flag("operations.infrastructure_as_code", document.place, note="Helm")
        if main or weight > 3:
            _note_scale(document, scaling_with(file, document), notes, weight)
            note_own_workload(document if models == weight else Node(), notes, weight)
            note_components(document, notes, weight)
            note_parts_off(file, document, notes)
        _Values(notes, weight, models, dead_sections(file, document, notes.signals.paths)).note(
            document, (), 0
        )


_MANY = 4


def _is_one_of_many(paths: frozenset[str]) -> bool:
    """Say whether a checkout holds so many charts that one without its name may be of anything: a platform's, say."""
    return sum(path.rpartition("/")[2] in {"values.yaml", "values.yml"} for path in paths) >= _MANY


def _is_for_another(file: TextFile, paths: frozenset[str]) -> bool:
    """Say whether values lie where no chart does: they are given to one that somebody else keeps."""
    above = [file.folder.lower(), file.folder.lower().rpartition("/")[0]]
    return not any(
        f"{folder}/{name}".lstrip("/") in paths for folder in above for name in ("chart.yaml", "chart.yml")
    )


_PART = re.compile(r"^(?P<above>(?:.*/)?)charts/[^/]+/values\.ya?ml$")


def _is_part(path: str, paths: frozenset[str]) -> bool:
    """Say whether a chart is a part of another one, whose own values stand before its defaults."""
    match = _PART.match(path.lower())
    return match is not None and any(f"{match['above']}values.{end}" in paths for end in ("yaml", "yml"))


def is_of_others(path: str) -> bool:
    """Say whether a chart's file belongs to a well-known product's chart."""
    return any(part in _OF_OTHERS for part in path.lower().split("/")[:-1])


def _image_of(document: Node) -> str:
    """Return the name of the image that the chart's own workload runs, or an empty text."""
    image = document.at("image", "repository").text() or document.at("image").text()
    return split_image(image)[0].rpartition("/")[2].lower()


def _is_own(document: Node, chart: str, repository: str) -> bool:
    """Say whether a chart is the repository's own: by the name of its image or of its folder."""
    words = {_image_of(document), chart} - {""}
    of_repository = set(re.split(r"[^a-z0-9]+", repository.lower()))
    if any(len(parts := set(re.split(r"[^a-z0-9]+", word))) > 1 and parts <= of_repository for word in words):
        return True
    return any(word in repository.lower() or repository.lower() in word for word in words if len(word) > 3)


def _note_scale(document: Node, scaling: Node, notes: Notes, weight: int) -> None:
    """Note replicas and limits at the top of the values: those of the chart's one workload."""
    for key in ("replicaCount", "replicas"):
        number = document.at(key).number()
        if number is not None:
            notes.number("target.replicas", number, document.at(key).place, weight=weight)
    measured = bool(scaling.at("metrics").items()) and not scaling.at("enabled")
    if scaling.at("enabled").value is True or measured:
        for key, fact in (("minReplicas", "target.replicas"), ("maxReplicas", "target.replicas_max")):
            number = scaling.at(key).number()
            if number is not None and not (measured and key == "minReplicas"):
                notes.number(fact, number, scaling.at(key).place, weight=weight + (key == "minReplicas"))
    note_resources(document.at("resources"), notes, weight)
    grace = document.at("terminationGracePeriodSeconds").number()
    if grace is not None:
        notes.number(
            "operations.graceful_stop",
            grace,
            document.at("terminationGracePeriodSeconds").place,
            unit="s",
            weight=weight,
        )


class _Values:
    """One pass over the values: images, environment, models, wherever they stand."""

    def __init__(self, notes: Notes, weight: int, of_models: int, dead: frozenset[str]) -> None:
        self.notes, self.weight, self.of_models, self.budget = notes, weight, of_models, 4_000
        self.dead = dead

    def note(self, node: Node, path: tuple[str, ...], depth: int) -> None:
        """Note one section and those below; one that is switched off says nothing."""
        self.budget -= 1
        if self.budget < 0 or depth > 12:
            return
        entries = node.entries()
        if entries and entries.get("enabled", Node()).value is False:
            return
        entries = {key: inner for key, inner in entries.items() if not self.is_from_above(inner)}
        image = "" if any(_OF_A_TOOL.search(part) for part in path) else self.image_of(node)
        if image:
            self.note_image(image, node)
        for key, inner in entries.items():
            if not path and (key.endswith("-helm-chart") or key in self.dead):
                continue  # values for the chart of somebody else, or of nobody
            if is_unlike_the_choice(key, node):
                continue
            if key in {"env", "envVars", "extraEnv", "extraEnvVars", "environment"}:
                self.note_environment(inner)
            elif inner.entries() or inner.items():
                self.note(inner, (*path, key), depth + 1)
            elif inner.value is not None:
                self.note_scalar(key, inner, path)
        for item in node.items():
            self.note(item, path, depth + 1)

    def is_from_above(self, node: Node) -> bool:
        """Say whether the chart above gives a plain value, which is noted where it stands."""
        return node.value is not None and node.file != self.notes.file.path

    def image_of(self, node: Node) -> str:
        """Return the image of a section, written in one text or in parts."""
        image = node.at("image")
        if image.entries():
            repository, tag = image.at("repository").text(), image.at("tag").text()
            return f"{repository}:{tag}" if repository and tag else repository
        return image.text()

    def note_image(self, image: str, node: Node) -> None:
        """Note what an image runs."""
        if is_plumbing(image):
            return
        place = node.at("image").place
        system = system_of_image(image)
        if system:
            self.notes.system(
                system,
                place,
                how="deployed" if self.weight > 1 else "offered",
                note="a container of the chart",
            )
            return
        arguments = [item for key in ("command", "args") for item in node.at(key).items()]
        note_serving(image, place, arguments, {}, self.notes, weight=self.weight)

    def note_environment(self, node: Node) -> None:
        """Note variables, written as a mapping or as a list of names and values."""
        pairs = [(item.at("name").text(), item.at("value")) for item in node.items()]
        pairs += list(node.entries().items())
        for name, value in pairs[:300]:
            if not name or value.entries():
                continue
            note_key_variable(name, value.place, self.notes)
            if value.text() and not _SECRET.search(name) and "{{" not in value.text():
                note_named(name, value.text(), value.place, self.notes, kind="env", weight=self.of_models if names_a_model(name) else self.weight)  # fmt: skip

    def note_scalar(self, key: str, node: Node, path: tuple[str, ...]) -> None:
        """Note a model by its key, and settings of an engine."""
        if key in _OF_MODELS or names_a_model(key):
            self._note_model(key, node, path)
        elif _OF_A_SERVER.fullmatch(key) and node.text().startswith("http"):
            self.notes.setting("env", key, node.text(), node.place, weight=self.of_models)
        elif node.value is not None and not isinstance(node.value, bool) and key in _OF_ENGINES:
            self.notes.named_value(key, node.value, node.place, weight=self.weight - (self.weight == 1))

    def _note_model(self, key: str, node: Node, path: tuple[str, ...]) -> None:
        """Note a model, its role by its name, its key or what the key lies in."""
        text = node.text()
        if not (read_model_name(text) or has_organisation(text)):
            return
        around = next((found for part in reversed(path) if (found := role_of_key(part))), "chat")
        role = role_of_name(text) or role_of_key(key) or around
        hosting = "self" if has_organisation(text) else ""
        self.notes.model(text, node.place, role=role, hosting=hosting, weight=self.of_models)
        if key.isupper():  # a variable that the containers are given
            self.notes.setting("env", key, text, node.place, weight=self.weight)


READER = Reader(
    name="helm-values",
    summary="values of Helm charts: replicas, images, models, limits",
    wants=_wants,
    read=_read,
    worst=Standing.EXAMPLE,
)
