"""What one manifest states, by fact name, while it is being read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from poc_gate.inputs.manifest.fields.field_tree import Leaf
from poc_gate.model.claim import Path, Place, Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.quantities.quantity_text import currency_of


class Statement(Struct, frozen=True):
    """One value of the file."""

    name: str
    """Fact name with item ids; ledger entries are numbered: `evidence[#1].file`."""
    leaf: Leaf
    value: Value
    raw: Any
    """As parsed from YAML, for messages that repeat what a person wrote."""
    place: Place
    path: Path


class Statements(Struct):
    """All statements in the schema's order, the items of each list, and where sections begin."""

    by_name: dict[str, Statement] = field(default_factory=dict)
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Statement]:
        """Yield the statements in the schema's order."""
        return iter(self.by_name.values())

    def add(self, statement: Statement) -> None:
        """Keep one statement."""
        self.by_name[statement.name] = statement

    def value(self, name: str) -> Value | None:
        """Return the value stated under that name, or None."""
        found = self.by_name.get(name)
        return found.value if found else None

    def text(self, name: str) -> str:
        """Return the text stated under that name, or an empty one."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """Return the SI number stated under that name, or None."""
        value = self.value(name)
        return value.value if isinstance(value, Quantity) else None

    def currency(self) -> str:
        """Return the stated currency, or that of the first price; empty when there is none."""
        stated = self.text("cost.currency")
        if stated:
            return stated
        return next((currency_of(str(price.raw)) for price in self.prices()), "")

    def prices(self) -> Iterator[Statement]:
        """Yield every statement that names an amount of money."""
        return (
            statement for statement in self if "money" in statement.leaf.unit and not statement.leaf.listed
        )
