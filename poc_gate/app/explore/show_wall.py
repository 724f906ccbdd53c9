"""A pilot -> its walls, with the levers that move the first one, as text or as JSON."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.app.assess.lever_values import with_wall_levers
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.walls.hops import data_path
from poc_gate.flow.walls.wall import find_walls
from poc_gate.model.verdict import Hop, WallPicture


class Walls(Struct, frozen=True):
    """What `poc-gate wall` shows."""

    pilot: str
    pictures: tuple[WallPicture, ...]
    hops: tuple[Hop, ...]
    missing: str
    """Why there is no picture in load; empty when there is one."""
    currency: str = ""


def walls_of(request: CaseRequest, progress: Progress = lambda _what, _share: None) -> Walls:
    """Return the walls of a pilot; raises what `read_case` raises."""
    case = read_case(request, progress)
    return walls_of_case(case)


def walls_of_case(case: Case) -> Walls:
    """Return the walls of a case that was read."""
    drawn = find_walls(case.tree)
    pictures = tuple(with_wall_levers(case, picture) for picture in drawn)
    missing = ""
    if not any(picture.axis == "req/s" for picture in pictures):
        missing = (
            derive_facts(case.tree, wanted=frozenset({"flow.wall.load"})).get("flow.wall.load").why_unknown
        )
    return Walls(case.name, pictures, data_path(case.tree), missing, case.reading.currency)


def walls_as_text(walls: Walls, *, width: int = 80) -> str:
    """Return every picture and the path below it as text."""
    from poc_gate.words.wall_text import path_text, wall_text

    parts = [wall_text(picture, width=width, currency=walls.currency) for picture in walls.pictures]
    if walls.missing:
        parts.insert(0, f"No wall in load can be computed: {walls.missing}\n")
    if walls.hops:
        parts.append(path_text(walls.hops, width=width))
    return "\n".join(parts)


def walls_as_json(walls: Walls) -> bytes:
    """Return the pictures and hops as canonical JSON."""
    from poc_gate.report.result.plain_values import plain_data
    from poc_gate.text.documents.canonical_json import canonical_json

    return canonical_json({"schema": "poc-gate.wall/1", **_plain(plain_data(walls))})


def _plain(data: object) -> dict[str, object]:
    assert isinstance(data, dict)
    return dict(data)
