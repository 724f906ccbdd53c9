"""What Azure calls a deployment of a model, in Bicep and in Terraform: name, version, and the quota that its capacity is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.inputs.repository.deployment.iac.blocks import Statement, literal
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.model_versions import is_of_the_interface
from poc_gate.inputs.repository.tables.models import names_a_model, read_model_name, role_of_key, role_of_name
from poc_gate.model.claim import Place

SIDE = frozenset({"judge", "embedding", "reranker", "vision", "image", "speech"})
"""Roles of models whose version and quota are not those of the one that answers."""
_PART = re.compile(r"(?i)^(?P<stem>\w*?)_?(?P<part>name|version|capacity)$")


class Deployment:
    """One deployment of a model."""

    __slots__ = ("capacity", "given", "label", "model", "place", "upgrade", "version", "written")

    def __init__(self, written: str, model: str, place: Place) -> None:
        """Take the name as it is written, and what it stands for, empty where that is decided elsewhere."""
        self.written, self.model, self.place = written, model, place
        self.given: set[str] = set()
        """Which of model, version and capacity are written here; others are a parameter's default, which can be set elsewhere."""
        self.version: tuple[str, Place] | None = None
        self.capacity: tuple[float, Place] | None = None
        self.upgrade: tuple[object, Place] | None = None
        self.label = ""
        """The deployment's own name, where it is plain."""


def note_quota(value: float, place: Place, notes: Notes, weight: int) -> None:
    """Note the quota: one unit of capacity of a standard deployment is 1,000 tokens a minute (Azure OpenAI quota documentation, 2026).

    None is where 0 is written: there it means that another place decides.
    """
    if value > 0:
        notes.number("model.quota_tokens", value * 1_000 / 60, place, unit="tok/s", weight=weight, note=f"capacity {value:g}: 1,000 tokens a minute each")  # fmt: skip


def note_version(version: str, place: Place, notes: Notes, weight: int) -> None:
    """Note which version of a model is deployed, unless what is written there is one of the interface."""
    if not is_of_the_interface(version):
        notes.fact("model.version", version, place, weight=weight)


_FOLLOWS = {
    "OnceNewDefaultVersionAvailable": (True, "the deployment follows the newest default version"),
    "OnceCurrentVersionExpired": (False, "the deployment keeps its version until that is retired"),
    "NoAutoUpgrade": (False, "the deployment keeps its version"),
}
"""Option of a deployment -> whether its model moves to other versions."""


def note_upgrade(option: object, place: Place, notes: Notes) -> None:
    """Note whether a deployment follows new versions of its model, by the option that says so."""
    if (found := _FOLLOWS.get(str(option))) is not None:
        moves, note = found
        notes.flag("model.alias_floating", place, value=moves, sure=INFERRED, note=note)


def note_variables(defaults: Mapping[str, Statement], notes: Notes) -> None:
    """Note version and quota of models that variables name: `gpt_model_version` beside `gpt_model_name`."""
    parts: dict[str, dict[str, Statement]] = {}
    for name, default in defaults.items():
        if match := _PART.match(name):
            parts.setdefault(match["stem"], {})[match["part"].lower()] = default
    for stem, found in parts.items():
        named = found.get("name") or defaults.get(stem)
        if named is not None and len(found) > ("name" in found) and names_a_model(f"{stem}_name"):
            _note(named, found.get("version"), found.get("capacity"), stem, notes)


def note_deployment(inner: list[Statement], notes: Notes) -> None:
    """Note a resource `azurerm_cognitive_deployment` whose entries are plain; what variables hold is noted with them."""
    model = {one.key: one for one in inner if one.blocks[-1].startswith("model")}
    sizes = [one for one in inner if one.key == "capacity" and one.blocks[-1].startswith(("sku", "scale"))]
    name = literal(model["name"].value) if "name" in model else None
    beside = isinstance(name, str) and role_of_name(name) in SIDE
    for one in inner if not beside else ():
        if one.key == "version_upgrade_option":
            note_upgrade(literal(one.value), one.place, notes)
    if "name" in model:
        _note(model["name"], model.get("version"), next(iter(sizes), None), "", notes)


def _note(
    named: Statement, version: Statement | None, capacity: Statement | None, key: str, notes: Notes
) -> None:
    model = literal(named.value)
    if not isinstance(model, str) or read_model_name(model) is None:
        return
    one = Deployment(key, model, named.place)
    stated = literal(version.value) if version else None
    if version and isinstance(stated, str) and stated:
        one.version = stated, version.place
    units = literal(capacity.value) if capacity else None
    if capacity and isinstance(units, float):
        one.capacity = units, capacity.place
    note_deployed(one, notes)


def note_deployed(one: Deployment, notes: Notes) -> None:
    """Note a deployment; its role is what its model's name says, or the name of what decides the model."""
    weights = {part: 3 if part in one.given else 2 for part in ("model", "version", "capacity")}
    named = read_model_name(one.model) is not None
    role = (role_of_name(one.model) if named else "") or role_of_key(one.written) or "chat"
    if named:
        note = "" if "model" in one.given or not one.written else f"parameter {one.written.strip().rstrip(',')}"  # fmt: skip
        notes.model(one.model, one.place, role=role, provider="azure-openai", hosting="hosted", weight=weights["model"], note=note)  # fmt: skip
    if role in SIDE:
        return
    for place in (one.version and one.version[1], one.capacity and one.capacity[1]):
        if named and place:
            notes.signals.of_models[place] = one.model.lower()
    if one.version:
        note_version(*one.version, notes, weights["version"])
    if one.upgrade:
        note_upgrade(*one.upgrade, notes)
    if one.capacity:
        note_quota(*one.capacity, notes, weights["capacity"])
