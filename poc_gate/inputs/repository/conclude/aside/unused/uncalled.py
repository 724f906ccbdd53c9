"""Functions that nothing calls -> the models that they alone would ask are taken back, and asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from poc_gate.inputs.repository.files.reach.uncalled_functions import Lines
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.model.claim import Notice, Place

_CODE = frozenset({"python", "tree"})
_PLACED = ("models", "facts", "hosts")


def lines_with_models(signals: Signals) -> dict[str, list[int]]:
    """Return the lines of code of the service that name models, by file."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in signals.models:
        if one.reader in _CODE and one.standing is Standing.SERVICE:
            found[one.place.file].append(one.place.line)
    return found


def leave_uncalled(signals: Signals, functions: Sequence[Lines]) -> None:
    """Take back what such functions say, where other code of the service names models; ask about each model."""
    inside = [(one, range(one.first, one.last + 1)) for one in functions]

    def around(place: Place) -> Lines | None:
        return next((one for one, lines in inside if place.file == one.file and place.line in lines), None)

    models = [one for one in signals.models if one.reader in _CODE and one.standing is Standing.SERVICE]
    if not functions or all(around(one.place) for one in models):
        return
    for model in models:
        function = around(model.place)
        if function is not None and isinstance(model.name, str):
            what = f"{model.name} ({model.place}) is asked by {function.name} alone, and nothing calls that"
            signals.questions.append(Notice("question", what, model.place, "say whether production asks it"))
    for kind in _PLACED:
        found = getattr(signals, kind)
        found[:] = [one for one in found if around(one.place) is None]
