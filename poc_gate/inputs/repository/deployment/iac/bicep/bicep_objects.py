"""Objects in Bicep -> model deployments: a model's name with its version and its capacity, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.deployment.iac.bicep.azure_deployments import Deployment
from poc_gate.inputs.repository.deployment.iac.bicep.bicep_choices import Known, chosen
from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.model.claim import Place

_NAMES = ("modelName", "model", "name")
_CAPACITIES = ("skuCapacity", "capacity", "deploymentCapacity")
_VERSIONS = ("modelVersion", "version")

_LISTED = re.compile(r"^(?:param|var)\s+\w+\s+(?:array|\w+\[\])\s*=")
"""Before a list that a variable has, or a parameter where it is given no other."""
_IF = re.compile(r"=\s*if\s*\((?P<condition>.*)\)\s*\{?\s*$")
"""Behind a resource or a module that is made only if something holds."""


class Written:
    """One object: what stands before its bracket, its plain entries, and the objects in it."""

    __slots__ = ("entries", "head", "inner", "place", "root")

    def __init__(self, head: str, place: Place, root: str = "") -> None:
        """Begin an object, with what stands before the outermost bracket around it."""
        self.head, self.place, self.root = head, place, root or head
        self.entries: dict[str, tuple[str, Place]] = {}
        self.inner: list[Written] = []

    def of(self, name: str) -> Written | None:
        """Return the object in it that is called so, or None."""
        return next((one for one in self.inner if one.head.rstrip(":= ").endswith(name)), None)


def objects_of(found: list[Statement]) -> list[Written]:
    """Return every object of a file, those within others included."""
    stack: list[Written] = []
    every: list[Written] = []
    for statement in found:
        depth = len(statement.blocks)
        if not statement.key:
            made = Written(statement.blocks[-1], statement.place, statement.blocks[0])
            stack = stack[: depth - 1]
            if stack:
                stack[-1].inner.append(made)
            stack.append(made)
            every.append(made)
        elif 0 < depth <= len(stack):
            stack[depth - 1].entries.setdefault(statement.key, (statement.value, statement.place))
    return every


def deployments_of(objects: list[Written], known: Known) -> Iterator[Deployment]:
    """Yield the deployments of models; `known` are parameters and variables with a plain value."""
    for one in objects:
        properties = one.of("properties")
        model, sku = one.of("model") or (properties.of("model") if properties else None), one.of("sku")
        if one.head.rstrip(":= ") == "properties":
            continue  # seen with the capacity beside it
        named = model.entries.get("name") if model else _named_in(one)
        if named is None:
            continue
        made = Deployment(named[0], _plain(named[0], known), named[1])
        made.given |= {"model"} if literal(named[0]) is not None else set()
        label = one.entries.get("deploymentName" if model is None else "name")
        made.label = _plain(label[0], known) if label else ""
        for part in (one, properties, model, sku):
            for key, entry in part.entries.items() if part is not None else ():
                plain = literal(entry[0])
                value = plain if plain is not None else chosen(entry[0], known)
                if plain is not None and key in _CAPACITIES + _VERSIONS:
                    made.given.add("capacity" if key in _CAPACITIES else "version")
                if key == "versionUpgradeOption" and isinstance(value, str):
                    made.upgrade = (value, entry[1])
                if key in _CAPACITIES and isinstance(value, float) and value > 0:
                    made.capacity = (value, entry[1])
                elif key in _VERSIONS and isinstance(value, str) and value:
                    made.version = (value, entry[1])
        if _LISTED.match(one.root) and one.root.startswith("param"):
            made.given.clear()  # others can be given in its place
        if made.capacity or made.version or made.upgrade:
            yield made


def _named_in(one: Written) -> tuple[str, Place] | None:
    """Return the entry that names the model: `modelName`, `model`, or `name` in a list of deployments."""
    names = _NAMES if _LISTED.match(one.root) and "format" in one.entries else _NAMES[:2]
    return next((one.entries[key] for key in names if key in one.entries), None)


def _plain(text: str, known: Known) -> str:
    value = chosen(text, known)
    return value if isinstance(value, str) else ""


_VARIABLE = re.compile(r"^var\s+(\w+)\s*=\s*$")


def members_of(objects: list[Written], known: Known) -> dict[str, str | float]:
    """Return plain entries of the objects that variables hold, as other places refer to them: `settings.modelName`."""
    found: dict[str, str | float] = {}
    for one in objects:
        match = _VARIABLE.match(one.head)
        for key, (text, _) in one.entries.items() if match else ():
            value = chosen(text, known)
            if match and value not in (None, ""):
                assert value is not None
                found[f"{match[1]}.{key}"] = value
    return found


_VARIABLE_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def variables_of(objects: list[Written]) -> list[tuple[str, str, Place]]:
    """Return the variables of an environment with what sets them, as it is written, and its place."""
    found: list[tuple[str, str, Place]] = []
    for one in objects:
        name, value = one.entries.get("name"), one.entries.get("value")
        pairs = [(literal(name[0]), value)] if name and value else list(one.entries.items())
        found += [
            (key, *entry) for key, entry in pairs if isinstance(key, str) and _VARIABLE_NAME.fullmatch(key)
        ]
    return found


def condition_of(line: str) -> str:
    """Return what must hold for a resource or a module to be made, or an empty text."""
    match = _IF.search(line)
    return match["condition"].strip() if match else ""
