"""Constructs of the AWS CDK in TypeScript -> replicas, memory and time-outs of what they deploy."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, place_of, plain_of, text_of
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import entry_around
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import OF_A_FUNCTION
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.of_parts import OF_ENDPOINTS
from poc_gate.inputs.repository.tables.deployment.resources import seconds_of_duration, weight_of_function
from poc_gate.inputs.repository.tables.deployment.services import AGENT_RUNTIME, OF_AGENTS
from poc_gate.model.claim import Place

_FUNCTIONS = re.compile(r"(?:^|\.)(?:DockerImage|Nodejs|NodeJs|Python|Go|Rust)?Function$")
_RUNTIME = re.compile(r"(?:^|\.)(?:Cfn)?Runtime$")
_CLUSTER = re.compile(r"(?:^|\.)eks(?:v2)?\.(?:Fargate|Auto)?Cluster$")
_ENDPOINT = re.compile(r"(?:^|\.)CfnEndpoint$")
_DATABASE = re.compile(r"\bserverlessV2M(?:in|ax)Capacity\b|\bauto(?:Pause|PauseSeconds)\s*:")
_ARGUMENTS = 3
_TOLD = 2
"""Weight of a function that only is told which model to ask: it may take something in."""


_SHARES = re.compile(r"serverless(?:V2)?ScalingConfiguration")
"""How Neptune, Aurora and others of their kind call how far they grow."""


def note_construct(name: str, value: float, node: Any, place: Place, notes: Notes) -> None:
    """Note replicas and memory of a service that the construct around an entry is given; a database has shares of units."""
    of_units = notes.file.shows(_DATABASE) or _SHARES.fullmatch(entry_around(node))
    if name.endswith("Capacity") and (value % 1 or of_units):
        return
    if name in {"desiredCount", "minCapacity", "initialInstanceCount"} and value > 0:
        notes.number("target.replicas", value, place, weight=1 if name == "minCapacity" else 3)
    elif name == "maxCapacity" and value > 0:
        notes.number("target.replicas_max", value, place)
    elif name == "memoryLimitMiB":
        notes.number("target.memory_limit", value * 2**20, place, unit="B", weight=3)


def note_function(callee: str, arguments: list[Any], file: TextFile, notes: Notes) -> None:
    """Note memory and time of a function that answers, by its name, or that is told which model to ask."""
    if _CLUSTER.search(callee) and len(arguments) == _ARGUMENTS and file.shows("aws-cdk-lib"):
        notes.fact("target.service", "amazon-eks", place_of(arguments[1], file.path), sure=INFERRED, note="a cluster of Kubernetes")  # fmt: skip
    if len(arguments) != _ARGUMENTS or arguments[2].type != "object" or not file.shows("aws-cdk-lib"):
        return
    if callee.endswith("FargateService"):
        notes.fact("target.service", "aws-fargate", place_of(arguments[1], file.path), sure=INFERRED, note="a service on Fargate")  # fmt: skip
    if _ENDPOINT.search(callee):
        notes.fact("target.service", OF_ENDPOINTS, place_of(arguments[1], file.path), sure=INFERRED, note="an endpoint of SageMaker")  # fmt: skip
    if _RUNTIME.search(callee) and file.shows(OF_AGENTS):
        notes.fact("target.service", AGENT_RUNTIME, place_of(arguments[1], file.path), sure=INFERRED, note="a runtime of agents")  # fmt: skip
    if not _FUNCTIONS.search(callee):
        return
    given = _pairs_of(arguments[2])
    environment = _pairs_of(given["environment"]) if "environment" in given else {}
    weight = weight_of_function(text_of(arguments[1])[:120], environment)
    if not weight:
        return
    if weight > _TOLD:
        notes.fact("target.service", "aws-lambda", place_of(arguments[1], file.path), sure=INFERRED, note="a function answers requests")  # fmt: skip
    memory, at = plain_of(given["memorySize"]) if "memorySize" in given else (None, None)
    if isinstance(memory, int | float) and memory > 0:
        notes.number("target.memory_limit", memory * 2**20, place_of(at, file.path), unit="B", weight=weight, note=OF_A_FUNCTION)  # fmt: skip
    seconds = seconds_of_duration(text_of(given["timeout"])) if "timeout" in given else None
    if seconds is not None:
        notes.number("operations.request_deadline", seconds, place_of(given["timeout"], file.path), unit="s", weight=weight, note=OF_A_FUNCTION)  # fmt: skip


def _pairs_of(node: Any) -> dict[str, Any]:
    pairs = (named(pair) for pair in node.named_children[:80] if pair.type == "pair")
    return {name: value for name, value in pairs if value is not None}
