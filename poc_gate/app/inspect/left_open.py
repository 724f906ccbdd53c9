"""A manifest and the reading of its repository -> what the reading no longer settles although the manifest states it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from poc_gate.inputs.repository.reading import RepositoryReading, Undecided
from poc_gate.model.claim import Claim, Notice, Place

_ORIGIN = re.compile(r"#[ \t]*from (?P<file>\S.*?)(?P<at>(?::\d+){1,2})?(?:;.*)?$")


class LeftOpen(Struct, frozen=True):
    """One value of the manifest that the reading neither confirms nor denies as a fact."""

    stated: Claim
    origin: str
    """The file that the manifest names for it; empty where it names none."""
    between: tuple[Claim, ...]
    """What the repository says instead, of equal rank; empty where it says nothing any more."""
    why: str
    place: Place

    @property
    def against(self) -> tuple[Claim, ...]:
        """Those of the values that the file named in the manifest gives; where it gives none, all of them."""
        return tuple(one for one in self.between if one.place.file == self.origin) or self.between


def left_open(content: bytes, stated: Mapping[str, Claim], found: RepositoryReading) -> list[LeftOpen]:
    """Return the stated values that the repository leaves to a person, or of which the named file says nothing any more."""
    lines = content.decode(errors="replace").splitlines()
    settled = {one.claim.fact for one in found.facts}
    opened = []
    for fact, claim in stated.items():
        if fact in settled:
            continue
        origin = _origin(lines, claim.place.line, found)
        asked = _question_on(fact, found)
        between = asked.between if isinstance(asked, Undecided) else ()
        if asked is not None and (between or origin):
            opened.append(LeftOpen(claim, origin, between, asked.message, asked.place))
        elif origin:
            why = f"the repository no longer shows {fact}, which the manifest takes from {origin}"
            opened.append(LeftOpen(claim, origin, (), why, claim.place))
    return opened


def _question_on(fact: str, found: RepositoryReading) -> Notice | None:
    return next((one for one in found.questions if one.message.startswith(f"{fact} ")), None)


def _origin(lines: list[str], number: int, found: RepositoryReading) -> str:
    """Return the file that the comment behind a line names, or the comment above it, as `init` writes them."""
    near = lines[max(0, number - 2) : number][::-1]
    if len(near) > 1 and not near[1].lstrip().startswith("#"):
        near.pop()
    match = next((match for line in near if (match := _ORIGIN.search(line))), None)
    return match["file"] if match and (match["at"] or match["file"] in found.paths) else ""
