"""The models at the top of a compose file, which Docker runs -> the models, and the variables in which containers find them.

Source: the Compose specification, "models", read in November 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.models import role_of_key, role_of_name

_SERVER = "http://model-runner.docker.internal/engines/v1/"
"""Where containers ask Docker for a model."""
_MOST = 50


def note_models(document: Node, notes: Notes, *, weight: int) -> None:
    """Note the models that Docker runs for the containers of a compose file, and what each container is told of them."""
    models = {name: one.at("model") for name, one in document.at("models").entries().items()}
    for name, model in list(models.items())[:_MOST]:
        if text := model.text():
            role = role_of_name(text) or role_of_key(name)
            notes.model(text, model.place, role=role, hosting="self", weight=weight, note="Docker runs it")
            if weight and role in {"", "chat"}:
                notes.technique("llm", f"Docker runs {text}", model.place)
    for service in list(document.at("services").entries().values())[:_MOST]:
        for name, address, variable in _taken(service.at("models")):
            if given := models.get(name):
                notes.setting("env", variable, given.text(), given.place, weight=weight)
                notes.setting("env", address, _SERVER, given.place, weight=weight)


def _taken(models: Node) -> Iterator[tuple[str, str, str]]:
    """Yield the models that a container is given, with the variables of the address and of the name."""
    for name, given in [*models.entries().items(), *((item.text(), Node()) for item in models.items())]:
        usual = name.upper().replace("-", "_")
        yield name, given.at("endpoint_var").text() or f"{usual}_URL", given.at("model_var").text() or f"{usual}_MODEL"  # fmt: skip
