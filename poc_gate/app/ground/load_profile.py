"""The name of a profile file or of a data sheet -> the machine profile."""

from __future__ import annotations

from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.measurement import MachineProfile
from poc_gate.probe.profile.profile_file import LARGEST, read_profile


def load_profile(name: str) -> MachineProfile:
    """Return the profile in a file, the data sheet of that name, or the worst machine of a fleet's folder.

    Raises InvalidInputError when there is none of these, or the file is no profile.
    """
    path = Path(name)
    if path.is_dir() or ("@" in name and not path.exists()):
        from poc_gate.app.ground.fleet_machine import fleet_machine, fleet_place

        place = fleet_place(name)
        if place is not None:
            return fleet_machine(*place).profile
    try:
        if not path.exists():
            from poc_gate.probe.profile.datasheets import find_datasheet

            sheet = find_datasheet(name)
            if sheet is not None:
                return sheet
        with path.open("rb") as file:  # a pipe too, but no more of it than a profile may have
            content = file.read(LARGEST + 1)
        return read_profile(content, name)
    except OSError as error:
        fault = Fault(
            name, 0, 0, f"cannot be read: {error.strerror}", "name a profile file or a shipped data sheet"
        )
        raise InvalidInputError([fault]) from error
