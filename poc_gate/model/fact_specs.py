"""Entries of the catalogue for facts that come from one place: origin and next step are said once."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.fact import FactSpec, Kind


class SpecsOf(Struct, frozen=True):
    """Makes the entries of the facts that one place supplies."""

    origin: str
    """As in `FactSpec.origin`."""
    resolve: str
    """What to do when such a fact is unknown."""
    prefix: str = ""
    """Comes before every name, such as `sources[].`."""

    def number(self, name: str, unit: str, high: float, meaning: str, low: float = 0.0) -> FactSpec:
        """Return the entry of a quantity from `low` to `high` in `unit`."""
        return FactSpec(
            name=self.prefix + name, kind=Kind.QUANTITY, unit=unit, low=low, high=high, meaning=meaning,
            origin=self.origin, resolve=self.resolve,
        )  # fmt: skip

    def stated(self, name: str, kind: Kind, meaning: str, resolve: str = "") -> FactSpec:
        """Return the entry of a fact without a unit; `resolve` says what to do where that differs."""
        return FactSpec(
            name=self.prefix + name, kind=kind, meaning=meaning, origin=self.origin, resolve=resolve or self.resolve
        )  # fmt: skip
