"""Names of files and folders of infrastructure -> the other system, tool or helper that they deploy, if they are called after one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.tables.deployment.images import is_plumbing
from poc_gate.inputs.repository.tables.models import role_of_key
from poc_gate.inputs.repository.tables.systems import system_named

_KIND = re.compile(
    r"(?i)[-_.]?(?:deployment|deploy|stateful-?set|daemon-?set|service|svc|workload|manifest|pod|values|stack|construct|main|index|template|app|server|k8s|kube|\d+)$"
)
"""What a file says of its kind, behind the name of what it deploys: `reranker-deployment.yaml`."""
_TOOL = re.compile(
    r"(?i)n8n|flowise|airflow|prefect|dagster|superset|metabase|flower|mlflow|langfuse|prometheus|grafana"
)
_HELPERS = frozenset({"embedding", "reranker", "guardrail"})


def other_product_of(path: str) -> str:
    """Return the store or tool that a file or its folder is called after, such as `k8s/redis.yaml`; empty for others."""
    return next((n for n in _names(path) if system_named(n) or _TOOL.fullmatch(n) or is_plumbing(n)), "")


def helper_of(path: str) -> str:
    """Return the model beside the one that answers that a file or its folder is called after: `reranker.yaml`."""
    return next((name for name in _names(path) if role_of_key(name) in _HELPERS), "")


def pages_of(path: str) -> str:
    """Return what a file or its folder is called that deploys the pages alone, which ask the service: `frontend-service/deployment.yaml`."""
    return next((name for name in _names(path) if _PAGES.fullmatch(name)), "")


_PAGES = re.compile(r"(?i)(?:[\w]+[-_])?front-?end(?:[-_](?:react|next|nginx))?")


def _names(path: str) -> Iterator[str]:
    """Yield the names of a file and of its folder without what kind of file it is."""
    folders = path.split("/")
    for name in (folders[-1].partition(".")[0], *folders[-2:-1]):
        if system_named(name):
            yield name  # `s3`, which ends as a numbered file does
        bare = name
        while (shorter := _KIND.sub("", bare)) != bare:
            bare = shorter
        if bare := bare.strip("-_."):
            yield bare
