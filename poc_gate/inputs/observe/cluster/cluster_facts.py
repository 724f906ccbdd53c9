"""The catalogue's entries of what only the objects of a running cluster show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf(
    "observed", "name what `kubectl get deploy,statefulset,pods,hpa,events -o json` prints under `imports:`"
)


def cluster_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a dump of a cluster shows and nobody types."""
    return (
        _FACTS.number("cluster.replicas_wanted", "1", 1e6, "Replicas that the workload asks for now"),
        _FACTS.number("cluster.replicas_ready", "1", 1e6, "Replicas that are ready"),
        _FACTS.number("cluster.restarts", "1", 1e9, "Restarts of the containers of its pods, over their lives"),
        _FACTS.number("cluster.memory_kills", "1", 1e9, "Containers of its pods whose last end was because memory ran out"),
        _FACTS.number("cluster.pods_not_ready", "1", 1e6, "Pods of it that are not ready"),
        _FACTS.number("cluster.start_p50", "s", 1e6, "Median time from the creation of a pod until it was ready"),
        _FACTS.number("cluster.start_max", "s", 1e6, "Longest time from the creation of a pod until it was ready"),
        _FACTS.number("cluster.nodes_used", "1", 1e6, "Nodes that its pods run on"),
        _FACTS.stated("cluster.images", Kind.TEXTS, "Images that run, by digest where the cluster reports it"),
        _FACTS.stated("cluster.at_maximum", Kind.FLAG, "Autoscaling has reached its highest number of replicas"),
        _FACTS.stated("cluster.limits_set", Kind.FLAG, "Every container that runs has a request and a memory limit"),
    )  # fmt: skip
