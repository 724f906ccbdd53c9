"""A derived fact that lacks inputs -> the bounds that the known ones prove, by interval arithmetic.

What is missing may lie anywhere that the catalogue allows: a time takes nothing at best, a share is one at most, a
capacity has no end. Only derivations marked `by_ends` are bounded this way; a test holds their bounds against the
value they have once everything is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from poc_gate.flow.interface import CannotDeriveError, Derivation, FactView
from poc_gate.flow.span import Span
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactSpec, FactTree, Kind, generic_name


class KnownPart(FactView):
    """A view in which a missing quantity has the whole interval that the catalogue, or its own bounds, allow."""

    def __init__(
        self,
        tree: FactTree,
        find: Callable[[str], tuple[Fact, Provenance | None]],
        spec_of: Callable[[str], FactSpec | None],
    ) -> None:
        """Look through `find` as any view does; `spec_of` tells the range of a fact by its generic name."""
        super().__init__(tree, find)
        self._spec_of = spec_of

    def standing_on(self, item: str) -> FactView:
        """Return a view of the same computation that reads `x[].y` of that item."""
        view = KnownPart(self.tree, self._find, self._spec_of)
        view.trace, view.item = self.trace, item
        return view

    def rests_on_assumption(self) -> bool:
        """Whether a value was read that nobody stated; a machine's data sheet was named by somebody."""
        read = (self._find(name)[0] for name in self.trace.names if not name.startswith("machine."))
        return any(fact.provenance is Provenance.ASSUMED for fact in read)

    def maybe(self, name: str) -> Span | None:
        """Return a quantity with its interval; a missing one may be anything that it can be."""
        known = super().maybe(name)
        return known if known is not None else self._anything(name)

    def first(self, *names: str) -> Span:
        """Return the first of these quantities that is known, else the first of them as what it can be."""
        for name in names:
            span = super().maybe(name)
            if span is not None:
                return span
        return super().first(*names)

    def _anything(self, name: str) -> Span | None:
        full = self.full_name(name)
        spec, found = self._spec_of(generic_name(full)), self._find(full)[0]
        if spec is None or spec.kind is not Kind.QUANTITY:
            return None
        low = found.low if found.low is not None else spec.low
        high = found.high if found.high is not None else spec.high
        if low is None:
            low = 0.0 if spec.origin == "flow" else -math.inf
        high = math.inf if high is None else high
        return Span(min(max(1.0, low), high), low, high)


def known_bounds(derivation: Derivation, view: KnownPart) -> tuple[float | None, float | None]:
    """Return the lower and upper bound of a fact that lacks inputs; None where nothing better than the obvious is proven.

    A bound that rests on a value nobody stated is none.
    """
    try:
        answer = derivation.compute(view)
    except (CannotDeriveError, ArithmeticError, ValueError):
        return None, None
    span = answer.value
    if not isinstance(span, Span) or view.rests_on_assumption():
        return None, None
    low = span.low if math.isfinite(span.low) and span.low > 0 else None
    high = span.high if math.isfinite(span.high) else None
    return low, high
