"""A time that one request to a model is given -> a call elsewhere that asks a model otherwise, for which it does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import OF_ONE_REQUEST
from poc_gate.inputs.repository.noting.signals import FactSeen, TechniqueSeen

_OF_A_REQUEST = 30
"""Lines around a request within which it is made."""


def asked_otherwise(best: Sequence[FactSeen], ground: Ground) -> TechniqueSeen | None:
    """Return a call that asks a model, far from all the requests over HTTP that alone are given so long."""
    if any(one.note != OF_ONE_REQUEST for one in best):
        return None
    return next(
        (
            one
            for one in ground.signals.techniques
            if one.name == "llm"
            and one.weight >= 2
            and one.why.startswith(("calls ", "asks "))
            and one.standing is Standing.SERVICE
            and not any(
                seen.place.file == one.place.file and abs(seen.place.line - one.place.line) <= _OF_A_REQUEST
                for seen in best
            )
        ),
        None,
    )
