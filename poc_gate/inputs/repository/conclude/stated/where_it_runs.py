"""What is seen of clouds and clusters -> the one service that runs the pilot, without helpers beside it and their sizes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import ASKED_BY_DOCKER, BY_CODE, OF_A_FUNCTION
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.noting.of_parts import OF_ENDPOINTS
from poc_gate.inputs.repository.noting.signals import FactSeen, TechniqueSeen
from poc_gate.inputs.repository.tables.deployment.services import AGENT_RUNTIME, GRAPH_PLATFORM
from poc_gate.inputs.repository.tables.deployment.workload_names import helper_of, other_product_of

_FUNCTIONS = frozenset({"aws-lambda", "azure-functions", "google-cloud-functions"})
_CLUSTERS = frozenset({"google-gke", "amazon-eks", "azure-aks"})


def _is_of_a_cluster(one: FactSeen) -> bool:
    """Say whether infrastructure as code is that of a cluster's workloads."""
    return one.standing is Standing.SERVICE and one.note in {"Kubernetes manifests", "Helm"}


def leave_functions(seen: dict[str, list[FactSeen]]) -> None:
    """Take out sizes and times of functions, where containers, machines or a runtime of agents beside them run the pilot.

    Where the program says where it runs, functions beside it are its tools, or manage it; where a template at the top
    deploys functions, it is the other way round. In one project with a runtime of agents they start it, or are its tools.
    """
    _leave_beside_endpoints(seen)
    _leave_beside_sites(seen)
    found = seen.get("target.service", ())
    of_agents = {_top(one) for one in found if str(one.value) == AGENT_RUNTIME}
    services = {str(one.value) for one in found}
    seen["target.service"] = found = [one for one in found if str(one.value) not in _FUNCTIONS or _top(one) not in of_agents]  # fmt: skip
    elsewhere = bool(services - {OF_ENDPOINTS}) and not services & _FUNCTIONS
    if services & _CLUSTERS and any(_is_of_a_cluster(one) for one in seen.get("operations.infrastructure_as_code", ())):  # fmt: skip
        elsewhere = True  # containers run in the cluster, and a function beside it starts or cleans something
        seen["target.service"] = [one for one in found if str(one.value) not in _FUNCTIONS]
    if any(one.note == BY_CODE and one.standing <= Standing.SERVICE for one in found):
        whole = any(str(one.value) in _FUNCTIONS and "/" not in one.place.file for one in found)
        elsewhere = not whole
        seen["target.service"] = [one for one in found if (one.note != BY_CODE if whole else str(one.value) not in _FUNCTIONS)]  # fmt: skip
    for fact in ("operations.request_deadline", "target.memory_limit"):
        seen[fact] = [
            one
            for one in seen.get(fact, ())
            if one.note != OF_A_FUNCTION or not (elsewhere or _top(one) in of_agents)
        ]


def _top(one: FactSeen) -> str:
    return one.place.file.partition("/")[0]


def _leave_beside_endpoints(seen: dict[str, list[FactSeen]]) -> None:
    """Take out functions where infrastructure makes an endpoint for the model, which they call or deploy; containers beside it answer people."""
    found = seen.get("target.service", [])
    if not any(one.value == OF_ENDPOINTS and one.weight >= _DECLARED for one in found):
        return
    others = {str(one.value) for one in found} - _FUNCTIONS - {OF_ENDPOINTS}
    left = {OF_ENDPOINTS} if others else _FUNCTIONS
    seen["target.service"] = [one for one in found if one.value not in left]


_DECLARED = 2
"""Weight of a service that infrastructure names."""
_SITES = frozenset({"azure-app-service", "azure-container-apps"})


def _leave_beside_sites(seen: dict[str, list[FactSeen]]) -> None:
    """Take out functions of Azure beside a web application, which calls them, and sites beside containers, which show pages."""
    found = seen.get("target.service", [])
    services = {str(one.value) for one in found}
    left = {"azure-functions"} if services & _SITES else set()
    if "azure-container-apps" in services:
        left.add("azure-app-service")
    seen["target.service"] = [one for one in found if one.value not in left or one.weight > _DECLARED]


def leave_platform_of_graphs(seen: dict[str, list[FactSeen]], hints: Sequence[TechniqueSeen]) -> None:
    """Take out LangGraph's platform where a program of the pilot answers requests itself, and the platform does not take it along."""
    answers = any(
        one.name == "serves" and one.standing is Standing.SERVICE and _OWN_SERVER.match(one.why)
        for one in hints
    )
    if answers:
        found = seen.get("target.service", [])
        seen["target.service"] = [one for one in found if one.value != GRAPH_PLATFORM or one.weight > 1]


_OWN_SERVER = re.compile(r"(?:fastapi|flask|starlette|sanic|quart|litserve|django|aiohttp)\b")


def take_cluster(seen: dict[str, list[FactSeen]], paths: Collection[str]) -> None:
    """Take a cluster as what runs the pilot where its workloads are written down and nothing names another service.

    A chart alone beside a compose file is one of two ways, and neither is said to be that of production.
    """
    if seen.get("target.service"):
        return
    written = seen.get("operations.infrastructure_as_code", ())
    workloads = [
        one
        for one in written
        if one.standing is Standing.SERVICE and one.note in _OF_WORKLOADS and one.weight > 1
    ]
    if any(_COMPOSE.search(path) and not _OF_DEVELOPERS.search(path) for path in paths):
        workloads = [one for one in workloads if one.note != "Helm" and not _OF_A_CHART.search(one.place.file)]  # fmt: skip
    workloads.sort(key=lambda one: bool(other_product_of(one.place.file) or helper_of(one.place.file)))
    if workloads:
        note = f"how it is deployed: {workloads[0].note}"
        seen["target.service"] = [workloads[0]._replace(fact="target.service", value="kubernetes", certainty=INFERRED, weight=1, note=note)]  # fmt: skip


def leave_checks_of_docker(seen: dict[str, list[FactSeen]]) -> None:
    """Take out checks of health that Docker makes, where a platform runs the containers: it passes them over."""
    if seen.get("target.service"):
        fact = "operations.readiness_probe"
        seen[fact] = [one for one in seen.get(fact, ()) if one.note != ASKED_BY_DOCKER]


_COMPOSE = re.compile(r"(?:^|/)(?:docker-|podman-)?compose[\w.-]*\.ya?ml$")
_OF_DEVELOPERS = re.compile(r"(?:^|[/._-])(?:local(?:host)?|dev(?:el|elopment)?|tests?|e2e|ci)(?:[/._-])")
"""Compose files of a developer's machine and of checks, beside which a chart is the way of production."""
_OF_A_CHART = re.compile(r"(?:^|/)(?:helm|charts?)/")
_OF_WORKLOADS = frozenset({"Kubernetes manifests", "Kustomize", "Helm"})
"""Infrastructure as code that says how a cluster runs the pilot."""
