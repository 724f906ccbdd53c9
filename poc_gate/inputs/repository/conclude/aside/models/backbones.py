"""Networks of a library that one file can make in place of each other: a setting chooses one, and none is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.model.claim import Notice

OF_A_LIBRARY = "a network of the library"
"""How a note says that a model is a network which a library has by that name."""
_OFFERS = 3
"""Networks in one file that make it a choice."""


def leave_backbones(models: Sequence[ModelSeen], questions: list[Notice]) -> list[ModelSeen]:
    """Return the models without networks of which one file can make several, and ask which of them is used."""
    homes: dict[str, dict[str, ModelSeen]] = defaultdict(dict)
    for one in models:
        if one.note == OF_A_LIBRARY:
            homes[one.place.file].setdefault(str(one.name), one)
    offered = {file: named for file, named in homes.items() if len(named) >= _OFFERS}
    questions += [_question(file, named) for file, named in offered.items()]
    return [one for one in models if not (one.note == OF_A_LIBRARY and one.place.file in offered)]


def _question(file: str, named: dict[str, ModelSeen]) -> Notice:
    what = f"{file} can make {len(named)} networks, and a setting chooses one: {', '.join(sorted(named))}"
    return Notice(
        "question", what, next(iter(named.values())).place, "name the one that answers: `model.name`"
    )
