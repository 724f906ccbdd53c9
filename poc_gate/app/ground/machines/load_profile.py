"""The name of a profile file or of a data sheet -> the machine profile."""

from __future__ import annotations

from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.probe.profile.profile_file import LARGEST, read_profile
from poc_gate.model.measurement import MachineProfile


def load_profile(name: str) -> MachineProfile:
    """Return the profile in a file, the data sheet of that name, or the worst machine of a fleet's folder.

    Raises InvalidInputError when there is none of these, or the file is not a profile.
    """
    path = Path(name)
    if path.is_dir() or ("@" in name and not path.exists()):
        from poc_gate.app.ground.machines.fleet_machine import fleet_machine, fleet_place

        place = fleet_place(name)
        if place is not None:
            return fleet_machine(*place).profile
    try:
        if not path.exists():
            from poc_gate.inputs.probe.profile.datasheets import find_datasheet

            sheet = find_datasheet(name)
            if sheet is not None:
                return sheet
        with path.open("rb") as file:  # a pipe too, but no more of it than a profile may have
            content = file.read(LARGEST + 1)
        return read_profile(content, name)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        if isinstance(error, FileNotFoundError):
            what = "is neither a profile file nor a shipped data sheet"
        fault = Fault(name, 0, 0, what, _other_name(name))
        raise InvalidInputError([fault]) from error


def _other_name(name: str) -> str:
    """Return what to name instead: the nearest data sheet, where one is near."""
    import difflib

    from poc_gate.inputs.probe.profile.datasheets import datasheet_names

    names = datasheet_names()
    begun = [known for known in names if known.startswith(f"{name.lower()}-")][:3]
    near = begun or difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.7)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return f"{hint}give a profile file, or a data sheet that `poc-gate probe list` shows"
