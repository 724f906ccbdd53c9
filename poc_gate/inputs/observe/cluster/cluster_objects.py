"""A dump of objects -> those of one workload: itself, its pods, its autoscaler; secrets are dropped unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from poc_gate.inputs.observe.plain_values import items, mapping, text

WORKLOADS = ("Deployment", "StatefulSet", "LeaderWorkerSet", "InferenceService", "Rollout", "DaemonSet")
_MOST = 100_000
_ACCELERATORS = (
    "nvidia.com/gpu",
    "amd.com/gpu",
    "gpu.intel.com/",
    "habana.ai/gaudi",
    "google.com/tpu",
    "nvidia.com/mig-",
)
_SYSTEM = (
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "gatekeeper-system",
    "cert-manager",
    "istio-system",
    "monitoring",
)


class Workload(Struct, frozen=True):
    """One workload with what belongs to it."""

    held: Mapping[str, object]
    pods: tuple[Mapping[str, object], ...]
    scalers: tuple[Mapping[str, object], ...]

    @property
    def name(self) -> str:
        """Return namespace and name."""
        return name_of(self.held)


def flatten(data: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a document, of lists inside lists too; secrets and config maps are left out."""
    stack: list[object] = [data]
    seen = 0
    while stack and seen < _MOST:
        one = stack.pop()
        if isinstance(one, list):
            stack += reversed(one)
            continue
        held = mapping(one)
        kind = text(held.get("kind"))
        if kind.endswith("List") or (not kind and "items" in held):
            stack += reversed(items(held.get("items")))
        elif kind and kind not in ("Secret", "ConfigMap"):
            seen += 1
            yield held


def name_of(held: Mapping[str, object]) -> str:
    """Return `namespace/name`."""
    about = mapping(held.get("metadata"))
    return f"{text(about.get('namespace')) or 'default'}/{text(about.get('name'))}"


def workloads(objects: list[Mapping[str, object]]) -> list[Workload]:
    """Return every workload outside the namespaces of the platform, those with accelerators first."""
    found = [
        Workload(
            one,
            tuple(pod for pod in objects if text(pod.get("kind")) == "Pod" and _owns(one, pod)),
            tuple(scaler for scaler in objects if text(scaler.get("kind")) in ("HorizontalPodAutoscaler", "ScaledObject") and _scales(scaler, one)),
        )
        for one in objects
        if text(one.get("kind")) in WORKLOADS and text(mapping(one.get("metadata")).get("namespace")) not in _SYSTEM
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not has_accelerator(one), one.name))


def has_accelerator(workload: Workload) -> bool:
    """Say whether a container of it asks for an accelerator."""
    return any(
        resource.startswith(_ACCELERATORS)
        for container in containers(workload.held)
        for resource in (
            *mapping(container, "resources", "limits"),
            *mapping(container, "resources", "requests"),
        )
    )


def containers(held: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return the containers of a workload's template, or of a pod."""
    spec = mapping(held.get("spec"))
    template = (
        mapping(spec, "template", "spec")
        or mapping(spec, "leaderWorkerTemplate", "workerTemplate", "spec")
        or spec
    )
    return [mapping(one) for one in items(template.get("containers"))]


def _owns(workload: Mapping[str, object], pod: Mapping[str, object]) -> bool:
    """Say whether a pod is of a workload: by the labels that it selects, in the same namespace."""
    if name_of(workload).partition("/")[0] != name_of(pod).partition("/")[0]:
        return False
    wanted = mapping(workload.get("spec"), "selector", "matchLabels")
    labels = mapping(pod.get("metadata"), "labels")
    if wanted:
        return all(labels.get(key) == value for key, value in wanted.items())
    own = text(mapping(workload.get("metadata")).get("name"))
    owners = [
        text(mapping(one).get("name")) for one in items(mapping(pod.get("metadata")).get("ownerReferences"))
    ]
    return any(owner == own or owner.startswith(f"{own}-") for owner in owners)


def _scales(scaler: Mapping[str, object], workload: Mapping[str, object]) -> bool:
    target = mapping(scaler.get("spec"), "scaleTargetRef")
    kind = text(target.get("kind")) or "Deployment"
    about = mapping(workload.get("metadata"))
    same_space = name_of(scaler).partition("/")[0] == name_of(workload).partition("/")[0]
    return (
        same_space
        and text(target.get("name")) == text(about.get("name"))
        and kind == text(workload.get("kind"))
    )
