"""How a cluster divides its accelerators -> the part that a pod gets, where the resource it asks for sounds whole.

A pod that asks for `nvidia.com/gpu: 1` gets a slice or a turn on a device where the nodes it selects divide theirs
(NVIDIA device plugin and GPU feature discovery, GKE's GPU sharing, Run:ai), or where its own environment limits it (MPS).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node

_SHARED_WORDS = frozenset({"time-slicing", "time-sharing", "timeslicing", "mps", "shared"})
_STRATEGIES = (
    "nvidia.com/gpu.sharing-strategy", "cloud.google.com/gke-gpu-sharing-strategy", "nvidia.com/device-plugin.config",
    "k8s.amazonaws.com/gpu-sharing", "gpu.intel.com/sharing",
)  # fmt: skip
_CLIENTS = ("nvidia.com/gpu.replicas", "cloud.google.com/gke-max-shared-clients-per-gpu")
"""Labels that count how many pods share a device; 1 is a device of one's own."""
_PROFILES = ("cloud.google.com/gke-gpu-partition-size", "nvidia.com/mig.config", "nvidia.com/gpu.mig-profile")
_PROFILE = re.compile(r"(?:^|[^0-9a-z])(\d+g\.(\d+)gb(?:\+\w+|\.\w+)*)(?:$|[^0-9a-z])", re.IGNORECASE)
_MIG_LABEL = re.compile(
    r"nvidia\.com/mig-(\d+g\.(\d+)gb[\w.+]*?)\.(?:count|product|replicas|memory|sharing-strategy)"
)
_VISIBLE = ("NVIDIA_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")
_MPS = ("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", "CUDA_MPS_PINNED_DEVICE_MEM_LIMIT")
_FRACTIONS = ("gpu-fraction", "runai/gpu-fraction", "gpu-memory", "runai/gpu-memory")


class SharedDevice(Struct, frozen=True):
    """The part of a device that something beside the resource's name says."""

    called: str
    name: str
    """Of the label, annotation or variable that says so."""
    node: Node
    memory: float | None = None
    """Bytes, where the profile of the slice says them."""


def shared_device(pod: Node, main: Node) -> SharedDevice | None:
    """Return the part that node labels, annotations or the environment make of a device; None for a whole one."""
    for label, node, value in (*_selected(pod), *_annotated(pod)):
        found = _by_label(label, node, value)
        if found is not None:
            return found
    return _by_environment(main)


def _selected(pod: Node) -> Iterator[tuple[str, Node, str]]:
    for label, node in pod.at("nodeSelector").entries():
        yield label, node, node.text()
    terms = pod.at(
        "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"
    )
    for term in terms.elements():
        for match in term.at("matchExpressions").elements():
            values = match.at("values").texts()
            if match.at("operator").text() in ("In", "Exists") and len(values) <= 1:
                yield match.at("key").text(), match.at("key"), values[0] if values else ""


def _annotated(pod: Node) -> Iterator[tuple[str, Node, str]]:
    top = Node(pod.reading.document.parts[pod.part].data, (), pod.part, pod.reading)
    annotations = top.at(*pod.path[:-1], "metadata", "annotations")
    for name in _FRACTIONS:
        node = annotations.at(name)
        if node:
            yield name, node, node.text()


def _by_label(label: str, node: Node, value: str) -> SharedDevice | None:
    plain = value.strip().lower()
    if label in _FRACTIONS:
        whole = node.number() if node.number() is not None else _number(plain)
        return None if whole == 1 and "fraction" in label else SharedDevice("a shared device", label, node)
    if label in _STRATEGIES and any(word in plain for word in _SHARED_WORDS):
        return SharedDevice("a shared device", label, node)
    if label in _CLIENTS:
        clients = node.number() if node.number() is not None else _number(plain)
        return SharedDevice("a shared device", label, node) if clients is not None and clients > 1 else None
    if label == "nvidia.com/mig.strategy":
        return SharedDevice("mig", label, node) if plain == "single" else None
    if (match := _MIG_LABEL.fullmatch(label.lower())) or (
        label in _PROFILES and (match := _PROFILE.search(plain))
    ):
        return SharedDevice(f"mig-{match[1]}", label, node, float(match[2]) * 1e9)
    return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _by_environment(main: Node) -> SharedDevice | None:
    for variable in main.at("env").elements():
        name, value = variable.at("name").text(), variable.at("value")
        if name in _VISIBLE and value.text().upper().startswith("MIG-"):
            return SharedDevice("mig", name, value)
        if name in _MPS and value and value.text().strip() not in ("", "100"):
            return SharedDevice("a shared device", name, value)
    return None
