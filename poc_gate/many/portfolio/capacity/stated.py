"""What somebody states of resources that several pilots share, as values."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Pool(Struct, frozen=True):
    """Accelerators of one kind: so many nodes with so many devices each."""

    nodes: int
    devices: int
    """In each node."""
    memory: float | None = None
    """Bytes of one device."""
    lost: int = 1
    """Nodes that fail at once."""


class Stated(Struct, frozen=True):
    """One resource as its owner states it."""

    id: str
    """Identity across pilots, or what the pilots call it."""
    kind: str
    total: float | None = None
    """In SI units."""
    share: float = 1.0
    """Of the total that may be used in the peak."""
    pool: Pool | None = None
    pilots: tuple[str, ...] = ()
    """Names of the pilots that draw from it; empty = all that use it."""
    currency: str = ""


class Capacity(Struct, frozen=True):
    """Everything that is stated."""

    resources: tuple[Stated, ...] = ()
    order: tuple[str, ...] = ()
    """Names of pilots in the order of their launch; empty = by their stated day."""
    hours: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By pilot: 24 shares of a day's requests."""
