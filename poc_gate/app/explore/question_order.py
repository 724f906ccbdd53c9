"""Which questions are still open, and in which order a dialogue puts them."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.manifest.fields.plain_questions import plain_question
from poc_gate.model.claim import Value
from poc_gate.model.fact import generic_name, item_name
from poc_gate.model.fact_name import fact_name

_BASICS = (
    "pilot.uses", "pilot.stage", "model.hosting", "model.name", "demand.requests_per_day", "sources[]",
)  # fmt: skip
"""Asked first where they are open: without them nothing can be said about the pilot."""
CLASS = "pilot.use_case_class"
"""Asked behind the five questions of the first look, which assess and ask share: it narrows what is assumed."""
OWN_MACHINE = ("target.device",)
ONE_MORE = "sources[]"


def basic_questions(known: set[str], items: object, hosting: Value | None) -> Sequence[str]:
    """Return the open ones of the questions that come first."""
    names = list(_BASICS)
    if hosting == "self":
        names.insert(names.index("model.name") + 1, OWN_MACHINE[0])
    if hosting == "none":
        names.remove("model.name")
    assert isinstance(items, dict)
    return [name for name in names if (name not in known if name != ONE_MORE else "sources" not in items)]


def unanswered(names: Sequence[str], known: set[str], items: object) -> list[str]:
    """Return keys of the manifest, items resolved, each once, without those that are answered."""
    assert isinstance(items, dict)
    found: dict[str, None] = {}
    for name in names:
        generic = generic_name(name)
        if generic == ONE_MORE:
            found[name] = None
            continue
        if plain_question(generic) is None:
            continue
        if "[]" in generic and name == generic:
            ids = items.get(fact_name(generic).section, ())
            found.update(
                {item_name(generic, one): None for one in ids if item_name(generic, one) not in known}
            )
        elif name not in known:
            found[name] = None
    return list(found)
