"""Container services of AWS in CloudFormation -> that ECS or Fargate runs the pilot, memory of a task, region, whether its health is asked."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.deployment.helm.components import is_beside
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.deployment.images import is_plumbing, system_of_image

_ZONE = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d)[a-f]")
_KIND = re.compile(r"(?:ECS|Ecs)?(?:Task)?(?:Definition|Service|Task)$")
"""What a label says of its kind, behind the name of what it is of."""
_ON_FARGATE = "FARGATE"


def note_container_service(resources: dict[str, Node], notes: Notes) -> None:
    """Note what a template says of its one container service; stores, pages and what stands before it are passed over."""
    services = [one.at("Properties") for label, one in resources.items() if one.at("Type").text() == "AWS::ECS::Service" and not _is_beside(label)]  # fmt: skip
    tasks = [one.at("Properties") for label, one in resources.items() if one.at("Type").text() == "AWS::ECS::TaskDefinition" and not _is_beside(label) and _is_own(one)]  # fmt: skip
    if not services or not tasks:
        return
    fargate = any(_is_on_fargate(one) for one in (*services, *tasks))
    service = "aws-fargate" if fargate else "amazon-ecs"
    notes.fact("target.service", service, services[0].place, sure=INFERRED, note="a service of ECS")
    if len(tasks) == 1:
        _note_task(tasks[0], notes, fargate=fargate)
    if len(services) == 1 and services[0].at("LoadBalancers").items():
        _note_health(resources, notes)
    _note_zones(resources, notes)


def _is_beside(label: str) -> bool:
    return is_beside(_KIND.sub("", label))


def _is_own(task: Node) -> bool:
    """Say whether a task runs an image of the pilot's own among its containers."""
    images = [one.at("Image").text() for one in task.at("Properties", "ContainerDefinitions").items()]
    return not images or not all(image and (system_of_image(image) or is_plumbing(image)) for image in images)


def _is_on_fargate(properties: Node) -> bool:
    if properties.at("LaunchType").text() == _ON_FARGATE:
        return True
    providers = (one.at("CapacityProvider").text() for one in properties.at("CapacityProviderStrategy").items())  # fmt: skip
    asked = (one.text() for one in properties.at("RequiresCompatibilities").items())
    return any(one.startswith(_ON_FARGATE) for one in (*providers, *asked))


def _note_task(task: Node, notes: Notes, *, fargate: bool) -> None:
    """Note the memory of a task, which Fargate takes from no container, and that it is bound with the processor's share."""
    memory, share = _number(task.at("Memory")), _number(task.at("Cpu"))
    if memory:
        notes.number("target.memory_limit", memory * 2**20, task.at("Memory").place, unit="B", weight=2)
    if memory and share and fargate:
        notes.flag("operations.resources_set", task.at("Memory").place, sure=INFERRED, note="what Fargate gives a task")  # fmt: skip


def _number(node: Node) -> float:
    text = node.text()
    return node.number() or (float(text) if text.isdigit() else 0.0)


def _note_health(resources: dict[str, Node], notes: Notes) -> None:
    """Note that a load balancer asks a service whether it is well, by a path of its own."""
    groups = [one.at("Properties") for one in resources.values() if one.at("Type").text() == "AWS::ElasticLoadBalancingV2::TargetGroup"]  # fmt: skip
    paths = [one.at("HealthCheckPath") for one in groups]
    if len(paths) == 1 and paths[0].text().strip("/"):
        notes.flag("operations.readiness_probe", paths[0].place, weight=1, sure=INFERRED, note="the load balancer asks it before it sends requests")  # fmt: skip


def _note_zones(resources: dict[str, Node], notes: Notes) -> None:
    """Note the region of the zones in which a template lays its networks, where it is one."""
    zones = [one.at("Properties", "AvailabilityZone") for one in resources.values()]
    regions = {match[1] for one in zones if (match := _ZONE.fullmatch(one.text()))}
    if len(regions) == 1:
        first = next(one for one in zones if _ZONE.fullmatch(one.text()))
        notes.fact("target.region", regions.pop(), first.place, sure=INFERRED, note="of the networks' zones")
