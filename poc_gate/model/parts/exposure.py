"""Exposure: who and what a pilot can hurt, as facets of few values each."""

from __future__ import annotations

from collections.abc import Mapping

FACETS: Mapping[str, tuple[str, ...]] = {
    "act": ("none", "reversible", "irreversible"),
    "trifecta": ("no", "yes"),
    "decides": ("nothing", "assists", "decides"),
    "audience": ("named-colleagues", "employees", "customers", "public"),
    "reliance": ("reviewed", "sampled", "unreviewed"),
    "level": ("low", "medium", "high"),
}
"""Facet -> its values, the harmless one first; the fact of a facet is `exposure.<facet>`.

`trifecta`: private data meets untrusted content and a way out. `decides`: about people. `level` is what
the others add up to.
"""


def facet_fact(facet: str) -> str:
    """Return the name of the derived fact that holds a facet."""
    return f"exposure.{facet}"
