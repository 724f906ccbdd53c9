"""Defaults of parameters -> what the calls of a checkout give instead, where none of them leaves the default."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Mapping

from poc_gate.inputs.repository.code.python.callers.python_callers import Callers, Given, parameters_at
from poc_gate.model.claim import Place

Overridden = dict[Place, Given]
"""Places of defaults that no call leaves -> what all calls give, if it is another value; of unknown value where they differ or compute it."""


def overridden_defaults(texts: Mapping[str, str], places: Collection[Place]) -> Overridden:
    """Return those of some places that hold defaults which every call replaces."""
    by_file: dict[str, dict[tuple[int, int], object]] = defaultdict(dict)
    for place in places:
        if place.file in texts and place.line:
            by_file[place.file][place.line, place.column] = None
    callers = Callers(texts)
    found: Overridden = {}
    for path, inside in by_file.items():
        file = callers.file(path)
        for made, parameter, place in parameters_at(file, inside) if file is not None else ():
            given = callers.given(made, parameter)
            values = {one.value for one in given}
            default = made.parameters[parameter]
            same = isinstance(default, ast.Constant) and values == {default.value}
            if not same and all(one.place != place for one in given):
                found[place] = (
                    min(given, key=_place) if len(values) == 1 and None not in values else Given(None)
                )
    return found


def _place(one: Given) -> Place:
    return one.place or Place("")
