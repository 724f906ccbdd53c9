"""A fact's name, taken apart once: the section or list it belongs to, the item of a list, and the field."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct


class FactName(Struct, frozen=True):
    """`slo.p99`, `sources[policy-db].p99`, or for every item of a list `sources[].p99`."""

    section: str
    """`slo`, `sources`, `path.stages`; for a name without a dot empty."""
    item: str | None
    """Id of the item; empty in a name that stands for every item; None where the section is no list."""
    field: str
    """`p99`; empty in the name of an item as a whole."""

    def __str__(self) -> str:
        """Return the name as it is written."""
        if self.item is None:
            return f"{self.section}.{self.field}" if self.section else self.field
        return f"{self.subject}.{self.field}" if self.field else self.subject

    @property
    def subject(self) -> str:
        """The item as a whole, `sources[policy-db]`; empty where the section is not a list."""
        return "" if self.item is None else f"{self.section}[{self.item}]"

    @property
    def generic(self) -> str:
        """The name that stands for every item: `sources[].p99`; a name without items as it is."""
        return str(self) if not self.item else str(FactName(self.section, "", self.field))

    def of(self, item: str) -> str:
        """Return the name of one item's fact; a name without items stays as it is."""
        return str(self) if self.item is None else str(FactName(self.section, item, self.field))


@lru_cache(maxsize=8192)
def fact_name(text: str) -> FactName:
    """Return a fact's name taken apart; every text has a reading, so nothing is raised."""
    opened = text.find("[")
    closed = text.find("]", opened)
    if opened < 0 or closed < 0:
        section, _, field = text.rpartition(".")
        return FactName(section, None, field)
    return FactName(text[:opened], text[opened + 1 : closed], text[closed + 1 :].removeprefix("."))


def item_of(text: str) -> str:
    """Return the id of the item that a fact or a subject belongs to, empty for none."""
    return fact_name(text).item or ""


def short_name(text: str, subject: str = "") -> str:
    """Return a fact's name beside its item: the field alone where it is a fact of `subject`, else the whole name."""
    name = fact_name(text)
    return name.field if subject and name.field and name.subject == subject else text
