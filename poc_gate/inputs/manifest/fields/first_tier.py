"""What a person is asked first: the fields of the first tier, less those that cannot apply."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Leaf, manifest_tree
from poc_gate.model.claim import Value
from poc_gate.model.fact import item_name

_ONLY_IF: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "model.artifact": ("model.hosting", ("self", "none")),
    "model.planned_concurrency": ("model.hosting", ("self",)),
    "target.device": ("model.hosting", ("self", "none")),
    "target.count": ("model.hosting", ("self",)),
    "cost.gpu_hour": ("model.hosting", ("self",)),
    "cost.in_token": ("model.hosting", ("hosted",)),
    "cost.out_token": ("model.hosting", ("hosted",)),
}
"""Field -> the field that decides whether it is asked, and the values with which it is."""


class Question(Struct, frozen=True):
    """One field of the first tier, for the pilot or for one source."""

    name: str
    """Fact name, items resolved: `sources[policy-db].p99`."""
    leaf: Leaf


def first_tier(known: Mapping[str, Value], items: Mapping[str, tuple[str, ...]]) -> tuple[Question, ...]:
    """Return the questions of the first tier in the schema's order, answered or not.

    A field that another answer rules out is left out; while that other answer is unknown, it is asked.
    A list without items asks for nothing of its own.
    """
    found: list[Question] = []
    for leaf in manifest_tree().leaves():
        if leaf.tier != 1 or leaf.path.split("[")[0] in LEDGERS:
            continue
        if "[]" in leaf.path:
            ids = items.get(leaf.path.split("[]", maxsplit=1)[0], ())
            found += [Question(item_name(leaf.path, item), leaf) for item in ids]
        elif _applies(leaf.path, known):
            found.append(Question(leaf.path, leaf))
    return _deciders_first(found)


def _deciders_first(questions: list[Question]) -> tuple[Question, ...]:
    """Move a field that decides about others before the first of them."""
    deciders = {decider for decider, _ in _ONLY_IF.values()}
    ordered = list(questions)
    for question in [question for question in questions if question.name in deciders]:
        dependents = [
            index for index, one in enumerate(ordered) if _ONLY_IF.get(one.name, ("",))[0] == question.name
        ]
        here = ordered.index(question)
        if dependents and dependents[0] < here:
            ordered.insert(dependents[0], ordered.pop(here))
    return tuple(ordered)


def _applies(path: str, known: Mapping[str, Value]) -> bool:
    decider, values = _ONLY_IF.get(path, ("", ()))
    return not decider or decider not in known or known[decider] in values
