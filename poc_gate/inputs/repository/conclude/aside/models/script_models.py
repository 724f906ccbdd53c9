"""Models of scripts beside a service that names its own -> left out: what people run by hand answers nobody."""

from __future__ import annotations

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import ModelSeen

_STATED = 2
"""Weight from which a name counts as said, not as a default."""


def leave_models_of_scripts(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those that scripts alone ask for answers, where the service names one itself."""
    own = any(one.role == "chat" and one.standing is Standing.SERVICE and one.weight >= _STATED for one in seen)  # fmt: skip
    return [one for one in seen if not (own and one.role == "chat" and one.standing is Standing.SUPPORT)]
