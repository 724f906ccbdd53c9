"""A request that names a fleet's folder -> the same on the machine that stands for the fleet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, structs

if TYPE_CHECKING:
    from poc_gate.app.ground.machines.fleet_machine import FleetMachine

Request = TypeVar("Request", bound=Struct)


def on_fleet(request: Request, inputs: dict[str, str]) -> tuple[Request, FleetMachine | None]:
    """Return the request with the fleet's worst machine as its profile, and that machine; others as they are.

    `inputs` is given path and digest of every record read. Raises what `fleet_machine` raises.
    """
    machine: str = getattr(request, "machine", "")
    named = machine and Path(machine.rpartition("@")[0] or machine).is_dir()
    if not named or getattr(request, "profile", None) is not None:
        return request, None
    from poc_gate.app.ground.machines.fleet_machine import fleet_machine, fleet_place

    place = fleet_place(machine)
    if place is None:
        return request, None
    fleet = fleet_machine(*place)
    inputs |= fleet.inputs
    return structs.replace(request, profile=fleet.profile), fleet
