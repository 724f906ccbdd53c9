"""Pod specifications -> accelerators, limits, probes, grace period, engine and model of one replica."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.inputs.artifacts.serving.accelerator_names import (
    Resource,
    ResourceUnit,
    device_name,
    read_resource,
)
from poc_gate.inputs.artifacts.serving.device_sharing import shared_device
from poc_gate.inputs.artifacts.serving.kubernetes_quantity import read_kubernetes_quantity
from poc_gate.inputs.artifacts.serving.serving_arguments import claim_arguments, find_engine
from poc_gate.model.engines.serving_engines import is_asked_without_a_model
from poc_gate.model.parts.device_part import is_part_of_device

_DEVICE_LABELS = (
    "cloud.google.com/gke-accelerator", "nvidia.com/gpu.product", "gpu.nvidia.com/class", "gpu.nvidia.com/model",
    "karpenter.k8s.aws/instance-gpu-name", "k8s.amazonaws.com/accelerator", "accelerator",
)  # fmt: skip
_REGION_LABELS = ("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region")
_FRAMEWORKS = (
    "sklearn", "xgboost", "tensorflow", "pytorch", "triton", "onnx", "huggingface", "pmml", "lightgbm", "paddle",
)  # fmt: skip
"""Keys of the older form of a KServe predictor, one for each framework."""
NO_PORT = "no readiness probe, and no port that requests come in by"
"""Note of a container that may work in the background: whether it needs the probe, only who names its file can say."""
WITHOUT_A_MODEL = "the readiness probe asks Ollama for what it answers without a model, too"
OF_THE_CLUSTER = "Kubernetes' default"
"""Note of a value that no file states: what Kubernetes takes where it is told nothing."""
_DEFAULT_GRACE_S = 30.0
"""Kubernetes' default of `terminationGracePeriodSeconds`."""


def containers_of(pod: Node) -> list[Node]:
    """Return the containers that run while the pod serves; init containers with `restartPolicy: Always` included."""
    sidecars = [
        node for node in pod.at("initContainers").elements() if node.at("restartPolicy").text() == "Always"
    ]
    listed = pod.at("containers").elements()
    if listed or sidecars:
        return [*listed, *sidecars]
    model = model_block(pod)
    return [one for one in (model, pod) if one.at("resources").entries()][:1]


def model_block(predictor: Node) -> Node:
    """Return the block of a KServe predictor that is shaped like a container; false where there is none."""
    return next(
        (predictor.at(key) for key in ("model", *_FRAMEWORKS) if predictor.at(key).entries()),
        predictor.at("model"),
    )


def count_accelerators(pod: Node) -> tuple[float, Node | None]:
    """Return the accelerators that a pod asks for, slices and shares included, and the node that says so."""
    total, where = 0.0, None
    for container in containers_of(pod):
        for node, _, number in _accelerators(container):
            node.use()
            total, where = total + number, node
    return total, where


def _accelerators(container: Node) -> list[tuple[Node, Resource, float]]:
    """Return what a container asks for in devices, slices and shares: amounts of memory or cores are not counted."""
    found = [(node, resource, _amount(node)) for node, resource in _extended(container)]
    counted = (ResourceUnit.DEVICE, ResourceUnit.SLICE, ResourceUnit.SHARE)
    return [entry for entry in found if entry[1].part in counted and entry[2]]


def _extended(container: Node) -> list[tuple[Node, Resource]]:
    resources = container.at("resources")
    asked = dict(resources.at("requests").entries()) | dict(resources.at("limits").entries())
    known = [(node, read_resource(name)) for name, node in asked.items()]
    return [(node, resource) for node, resource in known if resource is not None]


def _amount(node: Node) -> float:
    return read_kubernetes_quantity(node.text()) or 0.0


def _claim_shares(main: Node) -> str:
    """State the memory of a slice or share, say that it is a part of a device, and return what it is called."""
    called = ""
    for node, resource in _extended(main):
        if resource.part is ResourceUnit.MEMORY and resource.memory:
            amount = _amount(node) * resource.memory
            node.claim(
                "target.device_memory", amount, unit="B", note=f"the part that {node.path[-1]} sets aside"
            )
            called = called or "a shared device"
        elif resource.part in (ResourceUnit.SLICE, ResourceUnit.SHARE) and _amount(node):
            called = resource.profile
            node.claim(
                "target.device_memory", resource.memory, unit="B", note=f"by the name of {resource.profile}"
            )
            _say_part(node, resource)
        elif resource.part is ResourceUnit.OTHER:
            node.use()
            called = called or ("a shared device" if _amount(node) else "")
    return called


def _claim_sharing(pod: Node, main: Node) -> str:
    """State that something beside the resource makes the device a shared one, and return what the part is called."""
    shared = shared_device(pod, main)
    if shared is None:
        return ""
    node = shared.node
    if shared.memory:
        node.claim("target.device_memory", shared.memory, unit="B", note=f"by the profile {shared.called}")
    part = ResourceUnit.SLICE if shared.called.startswith("mig") else ResourceUnit.SHARE
    _say_part(node, Resource(part, shared.memory, shared.called), f"by {shared.name} the pod gets")
    return shared.called


def _say_part(node: Node, resource: Resource, begins: str = "") -> None:
    what = (
        "a slice of an accelerator"
        if resource.part is ResourceUnit.SLICE
        else "a share of an accelerator that others use as well"
    )
    message = (
        f"{begins or f'{node.path[-1]} is'} {what}: its bandwidth and compute are a part of the device's"
    )
    if resource.memory:
        node.warn(message, "measure inside it, or judge with the figures of the slice")
    else:
        node.ask(
            f"{message}, and so is its memory",
            "write the memory of that part as `device_memory` in the manifest",
        )


def serving_container(pod: Node) -> Node | None:
    """Return the container that serves: the one with accelerators, with an engine's name, or the only one."""
    containers = containers_of(pod)
    with_devices = [container for container in containers if _accelerators(container)]
    named = [container for container in containers if _engine(container)]
    for candidates in (with_devices, named, containers):
        if len(candidates) == 1:
            return candidates[0]
    return next(iter(with_devices or named or containers), None)


def _engine(container: Node) -> str:
    words = [node.text() for node in [*container.at("command").elements(), *container.at("args").elements()]]
    return find_engine(container.at("image").text(), *words)


def claim_pod(pod: Node, *, completed: bool = False, ends: bool = False) -> None:
    """State what one pod of the service says.

    `completed` is for kinds whose operator fills in probes and times: what their files leave out is not known.
    A pod that `ends` when its work is done serves nobody: what it lacks says nothing of the service.
    """
    main = serving_container(pod)
    if main is None:
        return
    _claim_resources(pod, main, ends=ends)
    _claim_lifecycle(pod, main, completed=completed)
    _claim_placement(pod, _claim_shares(main) or _claim_sharing(pod, main))
    image, engine = main.at("image"), _engine(main)
    if engine:
        image.claim("model.engine", engine, note="by the image and the command")
        image.claim("model.hosting", "self", note=f"the pods run {engine}")
    if image.text():
        claim_image(image)
    claim_arguments(main, engine)


_PUT_IN = re.compile(r"\$[{(\w]|\{\{|^[<%]|^__|#\{")
"""What a script replaces when it deploys: `${IMAGE_TAG}`, `<tag>`, `#{Build}#`."""


def claim_image(image: Node) -> None:
    """State whether an image is pinned: by digest, or by a tag that is not `latest`; one that is put in later says nothing."""
    name = image.text()
    tag = name.rsplit("/", 1)[-1].partition(":")[2].partition("@")[0]
    if _PUT_IN.search(tag) or (_PUT_IN.search(name) and not tag and "@" not in name):
        return
    pinned = "@sha256:" in name or (bool(tag) and tag not in ("latest", "stable", "main", "nightly"))
    image.claim(
        "target.image_pinned",
        value=pinned,
        note="by digest" if "@sha256:" in name else f"tag {tag or 'missing'}",
    )
    if not pinned:
        image.warn("the image has a tag that moves", "pin it by version or digest")


def _claim_resources(pod: Node, main: Node, *, ends: bool) -> None:
    containers = containers_of(pod)
    complete = True
    for container in containers:
        requests, limits = container.at("resources", "requests"), container.at("resources", "limits")
        complete = (
            complete
            and bool(limits.at("memory") or requests.at("memory"))
            and bool(requests.at("cpu") or limits.at("cpu"))
        )
        complete = complete and bool(limits.at("memory"))
    node = main.at("resources")
    note = (
        "every container asks for CPU and memory and has a memory limit"
        if complete
        else "a request or limit is missing"
    )
    if containers and (complete or not ends):
        (node or main).reading.state("operations.resources_set", complete, (node or main).place(), note=note)
    limit = node.at("limits", "memory")
    size = read_kubernetes_quantity(limit.text())
    if limit.text() and size is None:
        limit.ask(
            "the memory limit is not a Kubernetes quantity",
            "render the template, or write `memory_limit` in the manifest",
        )
        return
    if size is not None and 0 < size < 2**20:
        limit.ask(
            f"the memory limit `{limit.text()}` is under a mebibyte",
            "write its unit: Gi or Mi (`m` is a thousandth)",
        )
        return
    limit.claim("target.memory_limit", size, unit="B")
    for used in (node.at("requests", "cpu"), node.at("requests", "memory"), node.at("limits", "cpu")):
        if used:
            used.use()


def _claim_lifecycle(pod: Node, main: Node, *, completed: bool) -> None:
    probe = main.at("readinessProbe")
    if probe and is_asked_without_a_model(_engine(main), probe.at("httpGet", "path").text()):
        probe.ask(
            WITHOUT_A_MODEL,
            "write `operations.readiness_probe`: true where the model is there before it answers",
        )
    elif probe:
        note = "a readiness probe is set; that it waits for the model is not shown by the file"
        probe.claim("operations.readiness_probe", value=True, note=note)
    elif not completed:
        note = "no readiness probe" if _answers(main) else NO_PORT
        main.reading.state("operations.readiness_probe", value=False, place=main.place(), note=note)
    grace = pod.at("terminationGracePeriodSeconds")
    seconds = grace.number()
    if seconds is None and not grace and not completed:
        pod.reading.state_seconds(
            "operations.graceful_stop", _DEFAULT_GRACE_S, pod.place(), note=OF_THE_CLUSTER
        )
    elif seconds is not None and seconds >= 0:
        grace.claim("operations.graceful_stop", seconds, unit="s")


def _answers(main: Node) -> bool:
    """Say whether a container shows that it answers requests."""
    return bool(main.at("ports").elements() or _accelerators(main) or _engine(main))


def _claim_placement(pod: Node, part: str) -> None:
    """State device and region; `part` names the slice or share where the pod has no whole device."""
    found = False
    for label in _DEVICE_LABELS:
        node = pod.at("nodeSelector", label)
        name = _device(node.text(), part)
        found = found or bool(name)
        node.claim("target.device", name, note=f"by the node selector {label}")
    for label in _REGION_LABELS:
        node = pod.at("nodeSelector", label)
        node.claim("target.region", node.text())
    terms = pod.at(
        "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"
    )
    for term in terms.elements():
        for match in term.at("matchExpressions").elements():
            values = match.at("values").texts()
            if (
                match.at("key").text() in _DEVICE_LABELS
                and len(values) == 1
                and match.at("operator").text() == "In"
            ):
                found = True
                match.at("values").claim(
                    "target.device", _device(values[0], part), note="by the node affinity"
                )
    if part and not found:
        pod.reading.state(
            "target.device", f"slice: {part}", pod.place(), note="by the resource the pod asks for"
        )


def _device(label: str, part: str) -> str:
    """Return the device of a label; of a part of it, the name says that it is one."""
    name = device_name(label) if label else ""
    return f"{name} slice: {part}" if name and part and not is_part_of_device(name) else name
