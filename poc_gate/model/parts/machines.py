"""Machines that carry a pilot's plan, each with how many of it that takes."""

from __future__ import annotations

from msgspec import Struct


class MachineFit(Struct, frozen=True):
    """One machine with the devices and replicas that carry the plan."""

    machine: str
    title: str
    count: int
    """Devices of one replica."""
    replicas: int
    """0 where no number of replicas was found to carry the plan."""
    low: float
    likely: float
    high: float
    """Requests per second that all replicas serve, their wall."""
    room: float
    """Requests that one replica holds at once, likely."""
    price: float | None = None
    """Of all devices an hour, in the unit that was given."""

    @property
    def devices(self) -> int:
        """Devices in all."""
        return self.count * self.replicas


class Machines(Struct, frozen=True):
    """What carries a pilot's plan."""

    pilot: str
    peak: tuple[float, float, float]
    """Requests per second at the planned peak: at least, likely, at most."""
    fits: tuple[MachineFit, ...]
    """Cheapest first where prices were given, then fewest devices."""
    without: tuple[str, ...]
    """Machines on which the model does not fit, whatever the number."""
    untold: tuple[str, ...]
    """Machines whose data sheet lacks what the prediction needs."""
    assumed: tuple[str, ...]
    """Facts that nobody stated."""
    share: float = 0.7
    """Share of what the replicas serve that the peak may take."""
