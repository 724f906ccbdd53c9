"""Kubernetes manifests -> replicas, accelerators, limits, probes, disruption budget, model server options."""

from __future__ import annotations

import re

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.serving.inference_services import read_inference_service, read_llm_service
from poc_gate.inputs.artifacts.serving.pod_claims import (
    claim_image,
    claim_pod,
    containers_of,
    count_accelerators,
)
from poc_gate.inputs.artifacts.serving.serving_workload import pick_workload, works_beside
from poc_gate.inputs.artifacts.serving.workloads import Workload
from poc_gate.text.lazy_pattern import lazily

_TEMPLATED = {"Deployment", "StatefulSet", "ReplicaSet", "DaemonSet", "Rollout", "DeploymentConfig", "Job"}
_KINDS = _TEMPLATED | {
    "LeaderWorkerSet", "InferenceService", "LLMInferenceService", "HorizontalPodAutoscaler", "PodDisruptionBudget",
    "NetworkPolicy", "ScaledObject", "Secret", "ConfigMap", "Service", "ServiceAccount", "PersistentVolumeClaim", "Pod",
    "Ingress", "HTTPRoute", "Gateway", "InferencePool", "ServingRuntime", "ClusterServingRuntime", "CronJob", "Namespace", "RayService",
}  # fmt: skip
_GLANCE = lazily(rb"kind[\"']?\s*:\s*[\"']?(?:" + "|".join(sorted(_KINDS)).encode() + rb"|\w*List)\b")
MAX_OBJECTS = 5000


class _Objects(Struct, frozen=True):
    """The objects of one file."""

    all: tuple[Node, ...]

    def of(self, *kinds: str) -> list[Node]:
        """Return the objects of some kinds."""
        return [node for node in self.all if node.at("kind").text() in kinds]


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:50]:
        version, kind = str(mapping.get("apiVersion", "")), str(mapping.get("kind", ""))
        if kind in _KINDS or (kind.endswith("List") and "items" in mapping):
            return version.split("/", maxsplit=1)[0] != "sloth.slok.dev" and not version.startswith("openslo")
    return False


def _read(reading: Reading) -> None:
    objects = _Objects(tuple(_flatten(reading)))
    for secret in objects.of("Secret"):
        _drop_secret(secret)
    workload = pick_workload(reading.option, _workloads(objects))
    if workload is not None:
        _claim_workload(workload, objects)
    else:
        _claim_ray(objects)
    _claim_scaling(objects, workload)
    _claim_budget(objects)
    _claim_egress(objects)
    if not reading.claims and not reading.notices:
        kinds = sorted({node.at("kind").text()[:60] for node in objects.all} - {""})
        what = f"the file contains no workload of a kind that is read, only {', '.join(kinds[:8]) or 'objects without a kind'}"
        step = (
            "name the Deployment, StatefulSet, LeaderWorkerSet or KServe object that an operator makes of it"
        )
        reading.note("warning", what, next_step=step)


def _flatten(reading: Reading) -> list[Node]:
    found: list[Node] = []
    for node in reading.roots():
        items = node.at("items").elements()
        found += items if node.at("kind").text().endswith("List") or items else [node]
    return [node for node in found if node.entries()][:MAX_OBJECTS]


_FILLED_IN = re.compile(r"\s*(?:<[^<>]*>|\$\{[^{}]*\}|\$\([^()]*\)|\{\{.*\}\})\s*$")
"""Values that stand for one: `<base64 encoded key>`, `${API_KEY}`; base64 has none of these signs."""


def _drop_secret(secret: Node) -> None:
    for key in ("data", "stringData"):
        for name, node in secret.at(key).entries():
            if node.text() and not _FILLED_IN.match(node.text()):
                node.reading.secrets.add(node.part, node.path, name, node.text())
                step = "keep Secret objects out of the repository; create them from a secret store"
                node.reading.note("secret", "a Secret object holds a literal value here", node.place(), step)
    secret.use()


def _workloads(objects: _Objects) -> list[Workload]:
    return [
        *(
            Workload(n, n.at("spec", "replicas"), n.at("spec", "template", "spec"))
            for n in objects.of(*_TEMPLATED)
        ),
        *(Workload(node, node.at("spec", "replicas"), node.at("spec")) for node in objects.of("Pod")),
        *(_leader_worker(node) for node in objects.of("LeaderWorkerSet")),
        *(read_inference_service(node) for node in objects.of("InferenceService")),
        *(read_llm_service(node) for node in objects.of("LLMInferenceService")),
    ]


def _leader_worker(node: Node) -> Workload:
    """Read a group: one leader and `size - 1` workers make one replica."""
    group = node.at("spec", "leaderWorkerTemplate")
    worker = group.at("workerTemplate", "spec")
    leader = group.at("leaderTemplate", "spec") if group.at("leaderTemplate") else worker
    size = group.at("size").count() or 1
    group.at("size").use()
    return Workload(node, node.at("spec", "replicas"), leader, worker=worker, workers=size - 1)


def _claim_ray(objects: _Objects) -> None:
    """State the image of Ray Serve where all groups of its cluster run the same; how many of a group run changes by itself."""
    for node in objects.of("RayService"):
        cluster = node.at("spec", "rayClusterConfig")
        groups = [cluster.at("headGroupSpec"), *cluster.at("workerGroupSpecs").elements()]
        pods = [one.at("template", "spec") for one in groups if one.at("template", "spec")]
        images = [container.at("image") for pod in pods for container in containers_of(pod)[:1]]
        if images and len({one.text() for one in images}) == 1 and images[0].text():
            claim_image(images[0])


def _claim_workload(workload: Workload, objects: _Objects) -> None:
    node = workload.node
    for key in ("apiVersion", "kind"):
        node.at(key).use()
    _claim_replicas(workload, objects)
    total = workload.accelerators()
    if total:
        _, where = count_accelerators(workload.pod)
        place = (where or node).place()
        note = (
            f"over a group of {workload.workers + 1} pods"
            if workload.workers
            else "over the containers of one pod"
        )
        node.reading.state_count("target.count", total, place, note=note)
    elif workload.pod.at("resourceClaims"):
        workload.pod.at("resourceClaims").ask(
            "devices are claimed dynamically", "write `target.count` in the manifest"
        )
    ends = node.at("kind").text() == "Job"
    claim_pod(workload.pod, completed=workload.serves_model, ends=ends)
    workload.claim_more()
    if node.at("kind").text() == "Rollout" and node.at("spec", "strategy", "canary", "steps"):
        node.at("spec", "strategy", "canary").claim(
            "operations.canary", value=True, note="canary steps of a Rollout"
        )
    if not containers_of(workload.pod) and not workload.serves_model:
        node.warn("the workload has no containers")


def _claim_replicas(workload: Workload, objects: _Objects) -> None:
    replicas, name = workload.replicas, workload.node.at("metadata", "name").text()
    scaled = [
        s
        for s in objects.of("HorizontalPodAutoscaler", "ScaledObject")
        if s.at("spec", "scaleTargetRef", "name").text() == name
    ]
    if (replicas.text() or replicas.entries()) and replicas.count() is None:
        replicas.ask(
            "the number of replicas is not a count",
            "render the template, or write `replicas` in the manifest",
        )
    elif replicas.count() is not None:
        replicas.claim("target.replicas", replicas.count())
    elif (
        workload.node.at("kind").text() in ("Deployment", "StatefulSet", "LeaderWorkerSet", "Pod")
        and not scaled
    ):
        workload.node.reading.state_count(
            "target.replicas", 1, workload.node.place(), note="Kubernetes' default"
        )


def _claim_scaling(objects: _Objects, workload: Workload | None) -> None:
    for node in _scalers(objects, workload):
        spec = node.at("spec")
        for key in ("minReplicas", "minReplicaCount"):
            if spec.at(key):
                spec.at(key).use()
        most, least = (
            spec.first("maxReplicas", "maxReplicaCount"),
            spec.first("minReplicas", "minReplicaCount"),
        )
        most.claim("target.replicas_max", most.count())
        _claim_fewest(node, least, free=workload is None or workload.replicas.count() is None)


def _scalers(objects: _Objects, workload: Workload | None) -> list[Node]:
    """Return what scales the workload; of a file of scalers alone those that scale the only one that may answer."""
    found = objects.of("HorizontalPodAutoscaler", "ScaledObject")
    targets = {id(node): node.at("spec", "scaleTargetRef", "name").text() for node in found}
    if workload is not None:
        own = workload.node.at("metadata", "name").text()
        kept = [node for node in found if targets[id(node)] in ("", own)]
    else:
        kept = [node for node in found if not works_beside(targets[id(node)])]
        kept = kept if len({targets[id(node)] for node in kept}) < 2 else []
    for node in found:
        node.at("spec", "scaleTargetRef").use()
    return kept


def _claim_fewest(scaler: Node, least: Node, *, free: bool) -> None:
    """State the fewest replicas: KEDA's default is none and its idle count may be, a HorizontalPodAutoscaler's is one."""
    keda = scaler.at("kind").text() == "ScaledObject"
    idle = scaler.at("spec", "idleReplicaCount")
    if free:
        least.claim("target.replicas", least.count() or None, note="the fewest that autoscaling keeps")
        if not keda and least.value is None:
            scaler.reading.state_count(
                "target.replicas", 1, scaler.at("spec").place(), note="the default of `minReplicas`"
            )
    if keda and idle.count() == 0:
        idle.claim("cost.scale_to_zero", value=True, note="KEDA keeps none while nothing is to do")
    elif least.count() == 0:
        least.claim("cost.scale_to_zero", value=True, note="autoscaling goes down to none")
    elif keda and least.value is None:
        note = "KEDA's default of `minReplicaCount` is 0"
        scaler.reading.state("cost.scale_to_zero", value=True, place=scaler.at("spec").place(), note=note)


def _claim_budget(objects: _Objects) -> None:
    for node in objects.of("PodDisruptionBudget"):
        least, most = node.at("spec", "minAvailable"), node.at("spec", "maxUnavailable")
        given = least if least.value is not None else most
        if given.value is None:
            node.warn("the disruption budget sets no limit")
            continue
        empty = (least.text() in ("0", "0%")) or (least.value is None and most.text() == "100%")
        note = "it lets every replica be evicted at once" if empty else f"{given.path[-1]}: {given.text()}"
        given.claim("operations.disruption_budget", not empty, note=note)


_ANYWHERE = frozenset({"0.0.0.0/0", "::/0"})
_NAMES = {"53"}
"""The port at which names are looked up."""


def _leads_anywhere(rule: Node) -> bool:
    """Say whether a rule of egress lets traffic go to every address, other than to look names up."""
    open_to = any(one.at("ipBlock", "cidr").text() in _ANYWHERE for one in rule.at("to").elements())
    ports = {one.at("port").text() for one in rule.at("ports").elements()}
    return open_to and not (ports and ports <= _NAMES)


def _claim_egress(objects: _Objects) -> None:
    """State that destinations are listed only when every rule of every egress policy names where it leads."""
    policies = [
        node for node in objects.of("NetworkPolicy")
        if "Egress" in node.at("spec", "policyTypes").texts() or node.at("spec", "egress").value is not None
    ]  # fmt: skip
    if not policies:
        return
    open_rules = [
        rule for node in policies for rule in node.at("spec", "egress").elements() if not rule.at("to")
    ]
    if open_rules:
        open_rules[0].use().warn("an egress rule names no destination: traffic may go anywhere", "add `to:`")
        return
    if any(_leads_anywhere(rule) for node in policies for rule in node.at("spec", "egress").elements()):
        return
    policies[0].at("spec").claim(
        "security.egress_listed", value=True, note="a network policy lists every destination"
    )


IMPORTER = Importer(
    name="kubernetes",
    summary="Kubernetes, LeaderWorkerSet and KServe manifests: replicas, accelerators, limits, probes, server options",
    read=_read,
    sniff=_sniff,
    patterns=("*.yaml", "*.yml"),
    glance=lambda content: _GLANCE.search(content) is not None,
    prefix="target",
    group="kubernetes",
    options=("the name of the workload that serves the model",),
)
