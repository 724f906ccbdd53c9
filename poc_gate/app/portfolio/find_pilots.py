"""Folders, or a `portfolio.yaml` -> the pilots of a portfolio, with what they are judged against."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from poc_gate.app.ground.files.read_inputs import MANIFEST
from poc_gate.app.portfolio.shaped_yaml import Where, read_placed
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.model.claim import Place
from poc_gate.model.rule import Stage
from poc_gate.text.existing_path import is_file_there, is_there

PORTFOLIO = "portfolio.yaml"
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_STEP = "see docs/portfolio.md for what the file may hold"
_MEASURE = "measure with `poc-gate sources run PILOT -o PILOT/sources.json`"


class PilotPart(Struct, frozen=True, forbid_unknown_fields=True):
    """One pilot of a `portfolio.yaml`, or several by a pattern."""

    path: str
    machine: str = ""
    stage: str = ""
    sources: str = ""


class PortfolioPart(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `portfolio.yaml`."""

    pilots: list[str | PilotPart]
    machine: str = ""
    packs: list[str] = field(default_factory=list)
    capacity: str = ""


class Pilot(Struct, frozen=True):
    """One pilot to be judged."""

    path: str
    machine: str = ""
    stage: str = ""
    sources: str = ""
    """A `sources.json` that a portfolio file names for it."""


class Wanted(Struct, frozen=True):
    """Everything that was asked for."""

    pilots: tuple[Pilot, ...]
    packs: tuple[str, ...] = ()
    capacity: str = ""


def find_pilots(paths: Sequence[Path], *, machine: str = "") -> Wanted:
    """Return the pilots of folders, manifests and portfolio files, each once and sorted by path.

    A folder without a manifest stands for every pilot below it. `machine` wins over what a portfolio file names.
    Raises UsageError where there is no pilot, InvalidInputError for a portfolio file that is none.
    """
    pilots: dict[str, Pilot] = {}
    packs: list[str] = []
    capacity = ""
    for path in paths or (Path(),):
        file = path / PORTFOLIO if path.is_dir() and (path / PORTFOLIO).is_file() else path
        if file.is_file() and file.name != MANIFEST:
            part, where = read_placed(file, PortfolioPart, _STEP)
            packs += [_beside(file, name) for name in part.packs]
            capacity = _beside(file, part.capacity) if part.capacity else capacity
            found = _listed(part, where, file, machine)
        else:
            found = [Pilot(one, machine) for one in _below(path)]
        for one in found:
            pilots.setdefault(one.path, one)
    if not pilots:
        named = ", ".join(map(str, paths)) or "this folder"
        raise UsageError(
            f"{named}: no {MANIFEST} there or below", next_step="give folders that contain pilots"
        )
    return Wanted(tuple(pilots[path] for path in sorted(pilots)), tuple(dict.fromkeys(packs)), capacity)


def _listed(part: PortfolioPart, where: Where, file: Path, machine: str) -> list[Pilot]:
    """Return the pilots that a portfolio file names; raises InvalidInputError with every entry that is wrong."""
    listed: list[Pilot] = []
    faults: list[Fault] = []
    stages = [stage.value for stage in Stage]

    def fault(place: Place, what: str, step: str) -> None:
        faults.append(Fault(place.file, place.line, place.column, what, step))

    for number, entry in enumerate(part.pilots):
        one = PilotPart(entry) if isinstance(entry, str) else entry
        found = [name for path in _matching(file.parent, one.path) for name in _below(path)]
        if not found:
            what = f"pilots[{number}]: there is no pilot at {one.path!r}"
            fault(where(("pilots", number)), what, f"name folders with a {MANIFEST}")
        against = machine or one.machine or part.machine
        if one.stage and one.stage not in stages:
            what = f"pilots[{number}].stage: {one.stage!r} is not a stage"
            fault(where(("pilots", number, "stage")), what, f"write {', '.join(stages)}")
        sources = _beside(file, one.sources)
        if one.sources and not is_file_there(sources):
            what = f"pilots[{number}].sources: there is no file {one.sources!r} next to it"
            fault(where(("pilots", number, "sources")), what, _MEASURE)
        listed += [Pilot(name, _beside(file, against), one.stage, sources) for name in found]
    if faults:
        raise InvalidInputError(faults)
    return listed


def measured_beside(name: str, pilots: Sequence[Pilot]) -> dict[str, str]:
    """Return the `sources.json` of each pilot that has one.

    `name` is a file in each pilot's folder, or with `{pilot}` a path in which that stands for the folder's name; it wins
    over what a portfolio file names. A pilot without the file is judged on what it states. Raises UsageError where no
    pilot has it.
    """
    found = {pilot.path: pilot.sources for pilot in pilots if pilot.sources}
    if not name:
        return found
    for pilot in pilots:
        folder = Path(pilot.path)
        own = name.replace("{pilot}", folder.resolve().name)
        place = Path(own) if "{pilot}" in name else folder / own
        if place.is_file():
            found[pilot.path] = place.as_posix()
    if not found:
        where = "such a file" if "{pilot}" in name else f"a file {name} in its folder"
        raise UsageError(f"--sources {name}: no pilot has {where}", next_step=_MEASURE)
    return found


def _matching(folder: Path, pattern: str) -> list[Path]:
    if Path(pattern).is_absolute():
        return [Path(pattern)]
    return sorted(folder.glob(pattern)) if any(mark in pattern for mark in "*?[") else [folder / pattern]


def _beside(file: Path, name: str) -> str:
    """Return a name as a path beside the portfolio file where there is such a file, else as it is."""
    return (file.parent / name).as_posix() if name and is_there(file.parent / name) else name


def _below(path: Path) -> Iterator[str]:
    """Yield the folder of each manifest at or below a path; links are not followed, tools' folders passed over."""
    if path.is_file():
        if path.name == MANIFEST:
            yield path.parent.as_posix()
        return
    for where, folders, names in os.walk(path, onerror=_refuse) if path.is_dir() else ():
        if MANIFEST in names:
            yield Path(where).as_posix()
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)


def _refuse(error: OSError) -> None:
    """Raise UsageError for a folder that cannot be opened: a pilot in it would be left out unseen."""
    what = f"{error.filename} cannot be opened: {error.strerror}"
    raise UsageError(what, next_step="check its rights, or name the pilots' folders one by one")
