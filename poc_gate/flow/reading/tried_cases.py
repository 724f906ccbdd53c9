"""Cases tried and cases gone wrong -> the rate that they leave possible."""

from __future__ import annotations

from poc_gate.flow.formulas.proportions import upper_bound
from poc_gate.flow.interface import DerivedValue, FactView
from poc_gate.flow.span import Span, as_span


def upper_of(view: FactView, tried: str, wrong: str, noun: str, cases: str = "tries") -> DerivedValue:
    """Return the exact one-sided 95 % upper bound of a rate, with the counts put in, down to the rate that was seen.

    A limit between the two is neither shown nor refuted by so few cases.

    Raises CannotDeriveError where a count is unknown: tries whose outcome nobody stated neither prove nor refute
    anything. Where nothing was tried every rate is possible.
    """
    n, found = view.maybe(tried), view.maybe(wrong)
    if n is not None and n.high <= 0:
        return DerivedValue(as_span(1.0), f"of 0 {cases} any rate is possible = 1")
    n, found = view.need(tried, wrong)
    bound, seen = upper_bound(found.likely, n.likely), found.likely / n.likely if n.likely > 0 else 0.0
    if seen < bound:
        view.outside(
            f"{noun}: {found.likely:g} in {n.likely:g} {cases}, which leaves it open; more {cases} would show it"
        )
    return DerivedValue(
        Span(bound, min(seen, bound), bound),
        f"95 % upper bound of {found.likely:g} {noun} in {n.likely:g} {cases} = {bound:.4g}",
    )
