"""The catalogue's entries of what only the objects of a running cluster show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "name what `kubectl get deploy,statefulset,pods,hpa,events -o json` prints under `imports:`"


def cluster_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a dump of a cluster shows and nobody types."""
    return (
        _number("cluster.replicas_wanted", "1", 1e6, "Replicas that the workload asks for now"),
        _number("cluster.replicas_ready", "1", 1e6, "Replicas that are ready"),
        _number("cluster.restarts", "1", 1e9, "Restarts of the containers of its pods, over their lives"),
        _number("cluster.memory_kills", "1", 1e9, "Containers of its pods whose last end was because memory ran out"),
        _number("cluster.pods_not_ready", "1", 1e6, "Pods of it that are not ready"),
        _number("cluster.start_p50", "s", 1e6, "Median time from the creation of a pod until it was ready"),
        _number("cluster.start_max", "s", 1e6, "Longest time from the creation of a pod until it was ready"),
        _number("cluster.nodes_used", "1", 1e6, "Nodes that its pods run on"),
        FactSpec(name="cluster.images", kind=Kind.TEXTS, meaning="Images that run, by digest where the cluster reports it", origin="observed", resolve=_RESOLVE),
        FactSpec(name="cluster.at_maximum", kind=Kind.FLAG, meaning="Autoscaling has reached its highest number of replicas", origin="observed", resolve=_RESOLVE),
        FactSpec(name="cluster.limits_set", kind=Kind.FLAG, meaning="Every container that runs has a request and a memory limit", origin="observed", resolve=_RESOLVE),
    )  # fmt: skip


def _number(name: str, unit: str, high: float, meaning: str) -> FactSpec:
    return FactSpec(
        name=name,
        kind=Kind.QUANTITY,
        unit=unit,
        low=0,
        high=high,
        meaning=meaning,
        origin="observed",
        resolve=_RESOLVE,
    )
