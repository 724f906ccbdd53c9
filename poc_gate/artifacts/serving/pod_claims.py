"""Pod specifications -> accelerators, limits, probes, grace period, engine and model of one replica."""

from __future__ import annotations

import re

from poc_gate.artifacts.reading import Node
from poc_gate.artifacts.serving.kubernetes_quantity import read_kubernetes_quantity
from poc_gate.artifacts.serving.serving_arguments import claim_arguments, find_engine

_ACCELERATOR = re.compile(
    r"(?i)^(?:nvidia\.com/(?:gpu.*|mig-.+)|amd\.com/gpu|gpu\.intel\.com/.+|habana\.ai/gaudi|google\.com/tpu|"
    r"aws\.amazon\.com/neuron(?:device)?|intel\.com/gpu|huawei\.com/.+)$"
)
_DEVICE_LABELS = (
    "cloud.google.com/gke-accelerator", "nvidia.com/gpu.product", "gpu.nvidia.com/class", "gpu.nvidia.com/model",
    "karpenter.k8s.aws/instance-gpu-name", "k8s.amazonaws.com/accelerator", "accelerator",
)  # fmt: skip
_REGION_LABELS = ("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region")
_DEVICES = (
    (r"b200", "b200-180gb"), (r"h200", "h200-sxm-141gb"), (r"h100.*(nvl)", "h100-nvl-94gb"),
    (r"h100.*pcie", "h100-pcie-80gb"), (r"h100", "h100-sxm-80gb"), (r"a100.*80.*pcie|a100.*pcie.*80", "a100-pcie-80gb"),
    (r"a100.*80", "a100-sxm-80gb"), (r"a100.*40|tesla-a100", "a100-sxm-40gb"), (r"l40s", "l40s-48gb"),
    (r"(^|[^a-z0-9])l40($|[^a-z0-9s])", "l40-48gb"), (r"(^|[^a-z0-9])l4($|[^0-9a-z])", "l4-24gb"), (r"a10g", "a10g-24gb"),
    (r"(^|[^a-z0-9])a10($|[^0-9a-z])", "a10-24gb"), (r"tesla-t4|(^|[^a-z0-9])t4($|[^0-9])", "t4-16gb"), (r"mi300x", "mi300x-192gb"),
)  # fmt: skip
_DEFAULT_GRACE_S = 30.0
"""Kubernetes' default of `terminationGracePeriodSeconds`."""


def containers_of(pod: Node) -> list[Node]:
    """Return the containers that run while the pod serves; init containers with `restartPolicy: Always` included."""
    sidecars = [
        node for node in pod.at("initContainers").elements() if node.at("restartPolicy").text() == "Always"
    ]
    return [*pod.at("containers").elements(), *sidecars]


def count_accelerators(pod: Node) -> tuple[float, Node | None]:
    """Return the accelerators that a pod asks for, over its containers, and the node that says so."""
    total, where = 0.0, None
    for container in containers_of(pod):
        resources = container.at("resources")
        asked = dict(resources.at("requests").entries()) | dict(resources.at("limits").entries())
        for name, node in asked.items():
            number = read_kubernetes_quantity(node.text()) if _ACCELERATOR.match(name) else None
            if number:
                node.use()
                if "mig-" in name.lower():
                    node.warn(
                        f"{name} is a slice of an accelerator",
                        "state the memory of the slice as `device_memory`",
                    )
                total, where = total + number, node
    return total, where


def serving_container(pod: Node) -> Node | None:
    """Return the container that serves: the one with accelerators, with an engine's name, or the only one."""
    containers = containers_of(pod)
    with_devices = [
        c for c in containers if any(_ACCELERATOR.match(n) for n, _ in c.at("resources", "limits").entries())
    ]
    named = [container for container in containers if _engine(container)]
    for candidates in (with_devices, named, containers):
        if len(candidates) == 1:
            return candidates[0]
    return next(iter(with_devices or named or containers), None)


def _engine(container: Node) -> str:
    words = [node.text() for node in [*container.at("command").elements(), *container.at("args").elements()]]
    return find_engine(container.at("image").text(), *words)


def claim_pod(pod: Node, *, completed: bool = False) -> None:
    """State what one pod of the service says.

    `completed` is for kinds whose operator fills in probes and times: what their files leave out is not known.
    """
    main = serving_container(pod)
    if main is None:
        return
    _claim_resources(pod, main)
    _claim_lifecycle(pod, main, completed=completed)
    _claim_placement(pod)
    image, engine = main.at("image"), _engine(main)
    if engine:
        image.claim("model.engine", engine, note="by the image and the command")
        image.claim("model.hosting", "self", note=f"the pods run {engine}")
    if image.text():
        claim_image(image)
    claim_arguments(main, engine)


def claim_image(image: Node) -> None:
    """State whether an image is pinned: by digest, or by a tag that is not `latest`."""
    name = image.text()
    tag = name.rsplit("/", 1)[-1].partition(":")[2].partition("@")[0]
    pinned = "@sha256:" in name or (bool(tag) and tag not in ("latest", "stable", "main", "nightly"))
    image.claim(
        "target.image_pinned",
        value=pinned,
        note="by digest" if "@sha256:" in name else f"tag {tag or 'missing'}",
    )
    if not pinned:
        image.warn("the image has a tag that moves", "pin it by version or digest")


def _claim_resources(pod: Node, main: Node) -> None:
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
    if containers:
        (node or main).reading.state("operations.resources_set", complete, (node or main).place(), note=note)
    limit = node.at("limits", "memory")
    size = read_kubernetes_quantity(limit.text())
    if limit.text() and size is None:
        limit.ask(
            "the memory limit is no Kubernetes quantity",
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
    if probe:
        note = "a readiness probe is set; that it waits for the model is not shown by the file"
        probe.claim("operations.readiness_probe", value=True, note=note)
    elif not completed:
        main.reading.state(
            "operations.readiness_probe", value=False, place=main.place(), note="no readiness probe"
        )
    grace = pod.at("terminationGracePeriodSeconds")
    seconds = grace.number()
    if seconds is None and not grace and not completed:
        pod.reading.state_seconds(
            "operations.graceful_stop", _DEFAULT_GRACE_S, pod.place(), note="Kubernetes' default"
        )
    elif seconds is not None and seconds >= 0:
        grace.claim("operations.graceful_stop", seconds, unit="s")


def _claim_placement(pod: Node) -> None:
    for label in _DEVICE_LABELS:
        node = pod.at("nodeSelector", label)
        node.claim("target.device", device_name(node.text()), note=f"by the node selector {label}")
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
                match.at("values").claim("target.device", device_name(values[0]), note="by the node affinity")


def device_name(label: str) -> str:
    """Return the name of a shipped data sheet for a node label, or the label as it is written."""
    for pattern, name in _DEVICES:
        if re.search(pattern, label.lower()):
            return name
    return label
