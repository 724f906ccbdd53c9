"""What a rule file says of exposure and chances -> lines and numbers, every word checked."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from poc_gate.judge.packs.exposure_schema import ExposurePart, Facets
from poc_gate.model.fact import Catalogue
from poc_gate.model.parts.exposure import FACETS
from poc_gate.model.parts.pilot_kinds import CIRCUMSTANCES, KIND_FACTS, REGIMES
from poc_gate.model.rule import Effect, ExposureLine, Stage
from poc_gate.text.documents.positioned_yaml import Document

Fault = Callable[[tuple[str | int, ...], str, str], None]
_KNOWN: Mapping[str, tuple[str, ...]] = {**FACETS, "stage": tuple(stage.value for stage in Stage)}
OTHERWISE = "else"
"""Key of the chance for every other kind of pilot."""


def exposure_lines(part: ExposurePart | None, document: Document, fault: Fault) -> tuple[ExposureLine, ...]:
    """Return the alternatives in the order in which they are tried; unknown facets and values are faults."""
    if part is None:
        return ()
    found: list[ExposureLine] = []
    for effect in Effect:
        for index, facets in enumerate(getattr(part, effect.value)):
            path = ("exposure", effect.value, index)
            held = _checked(facets, path, fault)
            found.append(ExposureLine(effect, held, document.place(path)))
    return tuple(found)


def _checked(facets: Facets, path: tuple[str | int, ...], fault: Fault) -> Mapping[str, tuple[str, ...]]:
    if not facets.keys() - {"stage"}:
        fault(path, "an exposure line needs a facet", f"one of {', '.join(FACETS)}")
    held: dict[str, tuple[str, ...]] = {}
    for facet, written in facets.items():
        values = (written,) if isinstance(written, str) else tuple(written)
        held[facet] = values
        if facet not in _KNOWN:
            fault((*path, facet), f"unknown facet {facet!r}", _nearest(facet, tuple(_KNOWN)))
            continue
        for value in values:
            if value not in _KNOWN[facet]:
                what = f"{value!r} is not a value of {facet}"
                fault((*path, facet), what, _nearest(value, _KNOWN[facet]))
        if not values or set(values) >= set(_KNOWN[facet]):
            fault((*path, facet), f"{facet} restricts nothing here", "name some of its values, not all")
    return held


def priors(
    written: float | dict[str, float] | None, when: str, catalogue: Catalogue, fault: Fault
) -> Mapping[str, float]:
    """Return the chances of failing by kind of pilot; one number stands for every kind.

    Kinds are the words of `model/parts/pilot_kinds.py`, and regimes that `when` names in quotes; others are faults.
    """
    if written is None:
        return {}
    held = written if isinstance(written, dict) else {OTHERWISE: written}
    known = _kinds(catalogue) if isinstance(written, dict) else (OTHERWISE,)
    for name, chance in held.items():
        path = ("prior", name) if isinstance(written, dict) else ("prior",)
        if name not in known and f'"{name}"' not in when and f"'{name}'" not in when:
            fault(path, f"no kind of pilot is called {name!r}", _nearest(name, known))
        if not 0 <= chance <= 1:
            fault(path, f"{chance} is not a chance", "write a number from 0 to 1")
    return held


def _kinds(catalogue: Catalogue) -> tuple[str, ...]:
    specs = (catalogue.find(name) for name in KIND_FACTS)
    values = (value for spec in specs if spec is not None for value in spec.choices)
    return (*dict.fromkeys((*values, *REGIMES, *CIRCUMSTANCES)), OTHERWISE)


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"one of {', '.join(known)}"
