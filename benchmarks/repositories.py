"""Compare what `poc-gate inspect` finds in real repositories with truth files written by reading them.

usage: python benchmarks/repositories.py FOLDER...     each FOLDER is a checkout named as its truth file

Prints one row for each repository: facts found, right, wrong, missed, asked, sources that are none, whether `uses`
is right, seconds, and below them what is wrong and what is missed. The checkouts are not part of this repository; each
truth file names the commit that was read. A truth file began as what the program found, was corrected line by line by
reading, and completed by what it did not find; `also_there` lists what is there and no reader takes, `also_true` what
another reader of the same lines would say, which counts neither way.
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.reading import RepositoryReading
from poc_gate.model.quantity import Quantity

TRUTH = Path(__file__).parent / "repositories"
_NOT_COMPARED = (
    "sources[",
    "security.egress[",
    "pilot.name",
    "pilot.uses",
    "agent.tools",
    "pilot.description",
)
"""Compared as sources, destinations, uses and tools, or not a matter of right and wrong."""


class Row(NamedTuple):
    """One repository."""

    name: str
    found: int
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    asked: int
    phantoms: tuple[str, ...]
    uses: bool
    seconds: float


def statements(reading: RepositoryReading) -> set[str]:
    """Return what a reading says, one text for each fact."""
    said = {f"source {one.system}" for one in reading.sources}
    said |= {f"model {one.role} {one.name}" for one in reading.models}
    said |= {f"tool {one.name}" for one in reading.tools}
    said |= {f"host {one.host}" for one in reading.hosts}
    for found in reading.facts:
        if not found.claim.fact.startswith(_NOT_COMPARED):
            said.add(f"{found.claim.fact} = {plain(found.claim.value)}")
    return said


def plain(value: object) -> str:
    """Return a value as truth files write it: a quantity as its number in SI units."""
    if isinstance(value, Quantity):
        return f"{value.value:g}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def truth_of(data: dict[str, Any]) -> set[str]:
    """Return what is true, one text for each fact."""
    said = {f"source {name}" for name in data.get("sources", ())}
    said |= {f"tool {name}" for name in data.get("tools", ())}
    said |= {f"host {name}" for name in data.get("hosts", ())}
    said |= {f"seen {kind}" for kind in data.get("seen", ())}
    said |= {f"also there: {what}" for what in data.get("also_there", ())}
    said |= {f"model {role} {name}" for role, names in data.get("models", {}).items() for name in names}
    said |= {f"{fact} = {plain(value) if not isinstance(value, int | float) or isinstance(value, bool) else f'{value:g}'}" for fact, value in data.get("facts", {}).items()}  # fmt: skip
    return said


def compare(folder: Path) -> Row:
    """Return how a checkout is read."""
    data = tomllib.loads((TRUTH / f"{folder.name}.toml").read_text())
    began = time.process_time()
    reading = inspect_repository(folder)
    seconds = time.process_time() - began
    said, true = statements(reading), truth_of(data)
    if (
        "seen" in data
    ):  # what no field of the manifest holds, by kind; truth files of the first rounds list it in words
        said |= {f"seen {one.kind}" for one in reading.remarks}
    said -= set(data.get("also_true", ()))  # a second reading that is defensible too: it counts neither way
    if data.get(
        "uncounted_models"
    ):  # a gateway, or backends to choose from: which of dozens is listed proves little
        said = {one for one in said if not one.startswith("model chat ")}
    asked = {fact for fact in data.get("open", ()) if any(one.message.startswith(f"{fact} ") or fact in one.message for one in reading.questions)}  # fmt: skip
    wrong = tuple(sorted(said - true))
    missed = tuple(sorted(true - said))
    phantoms = tuple(one for one in wrong if one.startswith("source "))
    uses = {one.name for one in reading.techniques} == set(data["uses"])
    return Row(folder.name, len(said), len(said & true), wrong, missed, len(asked), phantoms, uses, seconds)


def main(folders: list[str]) -> int:
    """Print the table and what is wrong or missed; return 0."""
    rows = [compare(Path(folder)) for folder in folders]
    head = f"{'repository':<38}{'found':>6}{'right':>6}{'wrong':>6}{'missed':>7}{'asked':>6}{'phantom':>8}  {'uses':<6}{'CPU s':>6}"
    print(head)
    for row in rows:
        uses = "right" if row.uses else "WRONG"
        print(f"{row.name:<38}{row.found:>6}{row.right:>6}{len(row.wrong):>6}{len(row.missed):>7}{row.asked:>6}{len(row.phantoms):>8}  {uses:<6}{row.seconds:>6.1f}")  # fmt: skip
    found, right = sum(row.found for row in rows), sum(row.right for row in rows)
    missed = sum(len(row.missed) for row in rows)
    print(f"{'sum':<38}{found:>6}{right:>6}{found - right:>6}{missed:>7}")
    print(f"right of found {right / max(1, found):.1%}, found of true {right / max(1, right + missed):.1%}, uses right {sum(row.uses for row in rows)} of {len(rows)}")  # fmt: skip
    for row in rows:
        for title, entries in (("wrong", row.wrong), ("missed", row.missed)):
            for entry in entries:
                print(f"  {row.name}: {title}: {entry}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
