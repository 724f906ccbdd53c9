"""Workloads of one file -> the one that serves the model, or a question where several may."""

from __future__ import annotations

from poc_gate.inputs.artifacts.serving.pod_claims import serving_container
from poc_gate.inputs.artifacts.serving.serving_arguments import find_engine
from poc_gate.inputs.artifacts.serving.workloads import Workload
from poc_gate.text.lazy_pattern import lazily

_STORES = lazily(r"(?:^|/)(?:redis(?:-stack(?:-server)?)?|valkey|memcached|postgres(?:ql)?|pgvector|mysql|mariadb|mongo(?:db)?|qdrant|milvus|weaviate|chroma|elasticsearch|opensearch|neo4j|minio|kafka|zookeeper|rabbitmq|nats|etcd|prometheus|grafana)(?:[:@]|$)")  # fmt: skip
"""Images of products that store or watch beside the workload that serves."""
_BESIDE = lazily(
    r"(?i)(?:^|[-_./])(?:front-?end|ui|web-?ui|dashboard|portal|nginx|proxy|ingress|workers?|celery|beat|flower|scheduler|cron|consumer|listener|migrat\w*|seed\w*|init|exporter|adminer|pgadmin|mlflow|airflow|grafana|prometheus)(?:$|[-_./:])"
)
"""Names of workloads that show pages, watch, or work in the background beside the one that answers."""
_IN_FRONT = lazily(r"(?:^|/)(?:nginx[\w-]*|envoy|traefik|haproxy|caddy|kong|oauth2-proxy)(?:[:@]|$)")
"""Images of what hands requests on."""


def pick_workload(option: str, found: list[Workload]) -> Workload | None:
    """Return the workload that serves the model; several candidates are a question."""
    if option:
        found = [one for one in found if one.node.at("metadata", "name").text() == option]
    for test in (lambda one: one.accelerators() > 0, _has_engine, _is_served, _is_own, lambda _one: True):
        candidates = [one for one in found if test(one)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = [one.node.at("metadata", "name").text() or "(unnamed)" for one in candidates]
            candidates[0].node.at("metadata", "name").ask(
                f"the file holds {len(candidates)} workloads and it is not clear which one serves: {', '.join(names[:8])}",
                "name one by the import option, or list the file of the one that serves",
            )
            return None
    return None


def _is_own(one: Workload) -> bool:
    main = serving_container(one.pod)
    return main is not None and not _STORES.search(main.at("image").text())


def _is_served(one: Workload) -> bool:
    """Say whether a workload is the pilot's own and its name is not that of a page, a worker or a helper."""
    name, main = one.node.at("metadata", "name").text(), serving_container(one.pod)
    in_front = main is None or _IN_FRONT.search(main.at("image").text())
    return _is_own(one) and bool(name) and not in_front and not works_beside(name)


def _has_engine(one: Workload) -> bool:
    main = serving_container(one.pod)
    words = [node.text() for node in main.at("args").elements()] if main else []
    return bool(main and find_engine(main.at("image").text(), *words)) or one.serves_model


def works_beside(name: str) -> bool:
    """Say whether a workload's name is that of a page, a worker or a helper."""
    return _BESIDE.search(name) is not None
