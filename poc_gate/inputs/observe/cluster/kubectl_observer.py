"""What `kubectl get ... -o json` prints of a running cluster -> replicas, images, restarts, starts and limits of one workload.

A dump has no date of its own: the newest time in it is the latest that is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from poc_gate.inputs.observe.cluster.cluster_objects import (
    Workload,
    containers,
    flatten,
    has_accelerator,
    workloads,
)
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import count, items, mapping, text
from poc_gate.model.observation import Origin

_PAIR = re.compile(r"(version|ended|workload)\s*=\s*([^,;]+)")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def _sniff(head: Head) -> bool:
    return head.is_json and head.has("apiVersion", "kind", "metadata") and head.has("resourceVersion", "uid")


def _read(stream: PackedStream, finds: Finds) -> None:
    content = stream.whole()
    try:
        data = parse_json(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a whole dump: {str(error)[:120]}", "run `kubectl get ... -o json` again"
        ) from None
    held = finds.state if isinstance(finds.state, list) else []
    held += flatten(data)
    finds.state = held


def _finish(finds: Finds) -> None:
    objects: list[Mapping[str, object]] = finds.state if isinstance(finds.state, list) else []
    finds.state = None
    said = {name: value.strip() for name, value in _PAIR.findall(finds.option)}
    found = workloads(objects)
    chosen = _one(found, said.get("workload", ""), finds)
    newest = max((time for one in objects for time in _times(one)), default="")
    kubelets = {text(mapping(one.get("status"), "nodeInfo").get("kubeletVersion")) for one in objects} - {""}
    version = said.get("version") or ", ".join(sorted(kubelets)[:3])
    finds.origin = Origin("kubectl", version, said.get("ended") or newest, chosen.name if chosen else "")
    if chosen is None:
        return
    finds.samples = max(1, len(chosen.pods))
    _replicas(chosen, finds)
    _pods(chosen, finds)
    _limits(chosen, finds)
    _scaling(chosen, finds)
    if not version:
        finds.ask(
            "the dump does not say of which version of Kubernetes it is, so it counts as imported, not as measured",
            "include the nodes in the dump (`kubectl get nodes,pods,deploy,hpa -o json`), or add `version=1.32` to the option",
        )


def _one(found: list[Workload], named: str, finds: Finds) -> Workload | None:
    if named:
        found = [one for one in found if named in (one.name, one.name.partition("/")[2])]
    accelerated = [one for one in found if has_accelerator(one)]
    if len(found) != 1 and len(accelerated) == 1:
        return accelerated[0]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(one.name for one in found[:8])
    finds.ask(
        f"the dump holds {len(found)} workloads ({listed}); it does not say which of them is the pilot" if found
        else "the dump contains no workload such as a Deployment" + (f" named {named[:60]}" if named else ""),
        "name it in the option of the import: `workload=namespace/name`" if found else "include deployments and stateful sets in the dump",
    )  # fmt: skip
    return None


def _replicas(one: Workload, finds: Finds) -> None:
    spec, status = mapping(one.held.get("spec")), mapping(one.held.get("status"))
    wanted, ready = count(spec.get("replicas")), count(status.get("readyReplicas", status.get("numberReady")))
    if wanted is None and "replicas" not in spec:
        wanted = count(status.get("desiredNumberScheduled")) if "desiredNumberScheduled" in status else 1
    ready = 0 if ready is None and status else ready
    if wanted is not None:
        finds.observe(
            "cluster.replicas_wanted", wanted, samples=finds.samples, method="spec of the workload that runs"
        )
    if ready is not None:
        finds.observe("cluster.replicas_ready", ready, samples=finds.samples, method="status of the workload")
        if ready:
            finds.observe("target.replicas", ready, samples=finds.samples, method="replicas that are ready")
        if wanted is not None and ready < wanted:
            finds.must_not(
                f"{wanted} replicas are wanted and {ready} are ready: what the spec says does not run"
            )


def _pods(one: Workload, finds: Finds) -> None:
    if not one.pods:
        finds.must_not(
            "the dump contains no pod of the workload: restarts, images that run and starts are not in it",
            next_step="include the pods in the dump",
        )
        return
    statuses = [
        mapping(entry)
        for pod in one.pods
        for entry in items(mapping(pod.get("status")).get("containerStatuses"))
    ]
    restarts = [count(entry.get("restartCount")) or 0 for entry in statuses]
    finds.observe(
        "cluster.restarts",
        sum(restarts),
        samples=len(one.pods),
        method=f"counted by the cluster over {len(statuses)} containers",
    )
    kills = sum(_killed(entry) for entry in statuses)
    finds.observe("cluster.memory_kills", kills, samples=len(one.pods), method="last end of each container")
    finds.must_not("restarts are of the pods that exist now: those of pods that are gone are in no dump")
    images = sorted(
        {
            text(entry.get("imageID")).rsplit("://", maxsplit=1)[-1] or text(entry.get("image"))
            for entry in statuses
        }
        - {""}
    )
    if images:
        finds.observe(
            "cluster.images", tuple(images), samples=len(one.pods), method="as the nodes report them"
        )
    different = {
        text(entry.get("imageID"))
        for entry in statuses
        if text(entry.get("name")) == text(mapping(statuses[0]).get("name"))
    }
    if len(different) > 1:
        finds.must_not("its pods run different images: a measurement over all of them is of none of them")
    waits = [wait for pod in one.pods if (wait := _start(pod, statuses_of(pod))) is not None]
    unready = sum(not _ready_at(pod) for pod in one.pods)
    finds.observe("cluster.pods_not_ready", unready, samples=len(one.pods), method="condition Ready")
    if waits:
        finds.observe_percentile(
            "cluster.start_p50", waits, 0.5, method="creation to ready, pods that never restarted"
        )
        finds.observe(
            "cluster.start_max",
            max(waits),
            unit="s",
            samples=len(waits),
            method="creation to ready, pods that never restarted",
        )
    nodes = {text(mapping(pod.get("spec")).get("nodeName")) for pod in one.pods} - {""}
    if nodes:
        finds.observe("cluster.nodes_used", len(nodes), samples=len(one.pods), method="nodes of its pods")
        if len(nodes) == 1 and len(one.pods) > 1:
            finds.must_not("all replicas run on one node: they fail together")


def statuses_of(pod: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return the states of a pod's containers."""
    return [mapping(entry) for entry in items(mapping(pod.get("status")).get("containerStatuses"))]


def _killed(entry: Mapping[str, object]) -> bool:
    ends = (mapping(entry, "lastState", "terminated"), mapping(entry, "state", "terminated"))
    return any(text(end.get("reason")) == "OOMKilled" for end in ends)


def _ready_at(pod: Mapping[str, object]) -> str:
    for one in items(mapping(pod.get("status")).get("conditions")):
        condition = mapping(one)
        if text(condition.get("type")) == "Ready" and text(condition.get("status")) == "True":
            return text(condition.get("lastTransitionTime"))
    return ""


def _start(pod: Mapping[str, object], statuses: list[Mapping[str, object]]) -> float | None:
    """Return seconds from creation to ready; of a pod that restarted the last change is not a start."""
    if any(count(entry.get("restartCount")) for entry in statuses):
        return None
    begin, end = (
        _seconds(text(mapping(pod.get("metadata")).get("creationTimestamp"))),
        _seconds(_ready_at(pod)),
    )
    return end - begin if begin is not None and end is not None and 0 <= end - begin < 86400 else None


def _seconds(time: str) -> float | None:
    try:
        return datetime.fromisoformat(time).timestamp() if _TIME.fullmatch(time) else None
    except (ValueError, OverflowError):
        return None


def _limits(one: Workload, finds: Finds) -> None:
    running = [container for pod in one.pods for container in containers(pod)] or containers(one.held)
    if not running:
        return
    whole = all(
        mapping(each, "resources", "requests") and "memory" in mapping(each, "resources", "limits")
        for each in running
    )
    finds.observe("cluster.limits_set", whole, samples=finds.samples, method="containers of its pods")
    if whole:
        finds.observe(
            "operations.resources_set",
            value=True,
            samples=finds.samples,
            method="requests and memory limits of what runs",
        )


def _scaling(one: Workload, finds: Finds) -> None:
    for scaler in one.scalers[:1]:
        most, now = (
            count(mapping(scaler.get("spec")).get("maxReplicas")),
            count(mapping(scaler.get("status")).get("currentReplicas")),
        )
        if most is not None and now is not None:
            finds.observe(
                "cluster.at_maximum",
                now >= most,
                samples=finds.samples,
                method=f"{now} of at most {most} replicas",
            )
            if now >= most:
                finds.must_not("autoscaling is at its maximum: it adds nothing when the load grows")
        for held in items(mapping(scaler.get("status")).get("conditions")):
            condition = mapping(held)
            if text(condition.get("type")) == "ScalingActive" and text(condition.get("status")) == "False":
                finds.must_not(
                    f"autoscaling is not active ({text(condition.get('reason'))[:60]}): replicas do not follow the load"
                )


def _times(held: Mapping[str, object]) -> Iterable[str]:
    """Yield the times that the cluster itself wrote into an object."""
    about, status = mapping(held.get("metadata")), mapping(held.get("status"))
    places = [
        about.get("creationTimestamp"),
        *(mapping(one).get("time") for one in items(about.get("managedFields"))),
    ]
    for one in items(status.get("conditions")):
        places += [
            mapping(one).get(name) for name in ("lastTransitionTime", "lastUpdateTime", "lastHeartbeatTime")
        ]
    for entry in items(status.get("containerStatuses")):
        places += [
            mapping(entry, "state", "running").get("startedAt"),
            mapping(entry, "lastState", "terminated").get("finishedAt"),
        ]
    places += [held.get("lastTimestamp"), held.get("eventTime"), mapping(held.get("spec")).get("renewTime")]
    for place in places:
        if (time := text(place)) and _TIME.fullmatch(time):
            yield time


OBSERVER = Observer(
    name="kubectl",
    summary="`kubectl get ... -o json` of a running cluster, lists of many kinds too",
    group="cluster",
    sniff=_sniff,
    read=_read,
    finish=_finish,
    together=True,
    patterns=("*kubectl*.json", "*cluster*.json", "*dump*.json"),
)
