"""What a user of poc-gate reads: values as a manifest and a machine profile state them -> the derived facts.

Names, units and plausible ranges are those of the product's catalogue, so that a benchmark cannot state what no user
could. Facts are built in memory and not written as YAML first: the reading of files has tests of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

try:
    import poc_gate
except ImportError:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import poc_gate

assert poc_gate

from poc_gate.app.ground.catalogue import full_catalogue  # noqa: E402
from poc_gate.flow.derive_facts import Deriver, derive_facts  # noqa: E402
from poc_gate.flow.interface import FactView  # noqa: E402
from poc_gate.model.claim import Provenance  # noqa: E402
from poc_gate.model.fact import Catalogue, Fact, FactTree, Kind  # noqa: E402
from poc_gate.model.quantity import Quantity  # noqa: E402

Stated = float | str | bool | tuple[str, ...]


class NotStatableError(Exception):
    """No manifest or profile could hold this value."""


@cache
def catalogue() -> Catalogue:
    """Return the product's catalogue of facts."""
    return full_catalogue()


def stated_fact(name: str, value: Stated, *, stable: bool | None = None, low: float | None = None,
                high: float | None = None) -> Fact:  # fmt: skip
    """Return one fact as read from a file; raises NotStatableError where the product would refuse it."""
    spec = catalogue().find(name)
    if spec is None:
        raise NotStatableError(f"{name} is not in the catalogue")
    provenance = (
        Provenance.ASSUMED
        if name.startswith("machine.accelerators.")
        else Provenance.MEASURED
        if name.startswith("machine.")
        else Provenance.DECLARED
    )
    if spec.kind is Kind.QUANTITY:
        if isinstance(value, (str, bool, tuple)):
            raise NotStatableError(f"{name} is a quantity, not {value!r}")
        if (spec.low is not None and value < spec.low) or (spec.high is not None and value > spec.high):
            raise NotStatableError(f"{name} = {value:g} is outside {spec.low} to {spec.high}")
        return Fact(name, Quantity(float(value), spec.unit), provenance, low=low, high=high, stable=stable)
    if spec.kind is Kind.CHOICE and value not in spec.choices:
        raise NotStatableError(f"{name} cannot be {value!r}")
    if isinstance(value, float):
        raise NotStatableError(f"{name} is no quantity")
    return Fact(name, value, provenance)


def _tree(values: Mapping[str, Stated | Fact]) -> FactTree:
    facts = {
        name: value if isinstance(value, Fact) else stated_fact(name, value) for name, value in values.items()
    }
    return FactTree(facts, catalogue=catalogue())


def view_of(values: Mapping[str, Stated | Fact]) -> FactView:
    """Return a view of the values, as the computation of a derived fact sees them."""
    return Deriver(_tree(values)).view()


def derived(values: Mapping[str, Stated | Fact], wanted: Iterable[str]) -> dict[str, Fact]:
    """Return the wanted facts, derived or stated, from values in SI units by fact name."""
    names = tuple(wanted)
    found = derive_facts(_tree(values), wanted=frozenset(names))
    return {name: found.get(name) for name in names}
