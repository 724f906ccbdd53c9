"""How many passages a function looks up -> the one number that all callers give it, where nothing else says it."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.noting.of_parts import GIVES_PASSAGES, TAKES_PASSAGES
from poc_gate.inputs.repository.noting.signals import FactSeen, TechniqueSeen
from poc_gate.model.quantity import Quantity


def take_given_counts(seen: dict[str, list[FactSeen]], ground: Ground) -> None:
    """Add the number of passages that every call of the service gives the functions which look them up."""
    if seen.get("retrieval.top_k"):
        return
    told = {one.why for one in ground.signals.techniques if one.name == TAKES_PASSAGES}
    given: dict[str, TechniqueSeen] = {}
    for one in ground.signals.techniques if told else ():
        function, _, number = one.why.partition("=")
        if one.name == GIVES_PASSAGES and one.standing is Standing.SERVICE and function in told:
            given.setdefault(number, one)
    if len(given) == 1:
        number, one = next(iter(given.items()))
        note = "all calls give the search this number"
        seen["retrieval.top_k"] = [FactSeen("retrieval.top_k", Quantity(float(number)), one.place, "tree", one.standing, INFERRED, 2, note)]  # fmt: skip
