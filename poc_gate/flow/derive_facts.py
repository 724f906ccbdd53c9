"""Facts -> derived facts: computes what is wanted, in the order of what rests on what."""

from __future__ import annotations

import math
from collections.abc import Iterable

from poc_gate.errors import InternalError
from poc_gate.flow.derivations import DERIVATIONS
from poc_gate.flow.interface import (
    CannotDeriveError,
    Derivation,
    DerivedValue,
    FactView,
    as_fact,
    unknown_fact,
)
from poc_gate.flow.known_part import KnownPart, known_bounds
from poc_gate.flow.span import Span
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactSpec, FactTree, generic_name, item_name
from poc_gate.model.fact_name import fact_name, item_of

_BY_NAME = {derivation.name: derivation for derivation in DERIVATIONS}


def flow_facts() -> tuple[FactSpec, ...]:
    """Return the catalogue entries of every derived fact, in the order of the topics."""
    return tuple(derivation.spec() for derivation in DERIVATIONS)


def derive_facts(tree: FactTree, *, wanted: frozenset[str] | None = None) -> FactTree:
    """Return the tree with derived facts added; facts already in it are not replaced.

    `wanted` holds names of derived facts, generic (`sources[].tail_ratio`: every source) or of one
    item; None means all. Names that are not derived facts are passed over. A fact that cannot be
    computed is unknown and names what is missing.
    """
    return tree.with_facts(tuple(derived_facts(tree, wanted=wanted)))


def derived_facts(tree: FactTree, *, wanted: frozenset[str] | None = None) -> Iterable[Fact]:
    """Return only the derived facts that are wanted, known or not, in catalogue order."""
    deriver = Deriver(tree)
    names = _BY_NAME if wanted is None else [n for n in _BY_NAME if _is_wanted(n, wanted)]
    for generic in names:
        for full in _full_names(tree, generic):
            if wanted is None or full in wanted or generic in wanted:
                yield deriver.find(full)[0]


def _is_wanted(generic: str, wanted: frozenset[str]) -> bool:
    return generic in wanted or ("[]" in generic and any(generic_name(name) == generic for name in wanted))


def _full_names(tree: FactTree, generic: str) -> list[str]:
    if "[]" not in generic:
        return [generic]
    items = tree.items.get(fact_name(generic).section, ())
    return [item_name(generic, item) for item in items]


class Deriver:
    """Computes derived facts of one tree, each once."""

    def __init__(self, tree: FactTree) -> None:
        """Hold the tree and what was computed from it so far."""
        self.tree = tree
        self._known: dict[str, tuple[Fact, Provenance | None]] = {}
        self._running: list[str] = []

    def find(self, name: str) -> tuple[Fact, Provenance | None]:
        """Return a fact, computing it if it is a derived one, and the weakest of its observations."""
        if name in self._known:
            return self._known[name]
        stated = self.tree.facts.get(name)
        derivation = _BY_NAME.get(generic_name(name))
        if derivation is None or (stated is not None and stated.value is not None):
            fact = stated or self.tree.get(name)
            self._known[name] = fact, fact.provenance
            return self._known[name]
        if name in self._running:
            raise InternalError(f"derived facts run in a circle: {' -> '.join([*self._running, name])}")
        self._running.append(name)
        self._known[name] = self._compute(derivation, name)
        self._running.pop()
        return self._known[name]

    def view(self) -> FactView:
        """Return a view of the facts for one computation."""
        return FactView(self.tree, self.find)

    def _compute(self, derivation: Derivation, name: str) -> tuple[Fact, Provenance | None]:
        view = self.view()
        view.item = item_of(name)
        try:
            answer = _computed(derivation, view)
        except CannotDeriveError as error:
            resolve = f"supply {', '.join(error.missing)}" if error.missing else ""
            return unknown_fact(name, self._bounded(derivation, view.item, error), resolve), None
        fact = as_fact(derivation, name, answer, view.trace)
        return fact, view.trace.weakest

    def _bounded(self, derivation: Derivation, item: str, error: CannotDeriveError) -> CannotDeriveError:
        """Return the error with the bounds that the known part proves, where the derivation allows that."""
        if not derivation.by_ends or not error.missing or error.low is not None or error.high is not None:
            return error
        view = KnownPart(self.tree, self.find, self._spec_of)
        view.item = item
        low, high = known_bounds(derivation, view)
        return error.bounded(low=low, high=high)

    def _spec_of(self, generic: str) -> FactSpec | None:
        derivation = _BY_NAME.get(generic)
        if derivation is not None:
            return derivation.spec()
        return self.tree.catalogue.find(generic) if self.tree.catalogue is not None else None


def _computed(derivation: Derivation, view: FactView) -> DerivedValue:
    """Return the answer; numbers that no formula can take, such as a rate of zero below a line, are no answer."""
    try:
        answer = derivation.compute(view)
    except (ZeroDivisionError, OverflowError) as error:
        read = ", ".join(view.trace.names)
        raise CannotDeriveError(f"the numbers stated make no sense together ({error}): {read}") from error
    if isinstance(answer.value, Span) and math.isnan(answer.value.likely):
        raise CannotDeriveError(f"the numbers stated have no result: {', '.join(view.trace.names)}")
    return answer
