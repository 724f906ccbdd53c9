"""A reading -> the same one, in which a file that is cited is not said to be left as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from poc_gate.inputs.repository.reading import FileLeft, RepositoryReading

IN_PART = "not used in part: "
_WHOLE = "not used: "
_NAMED = re.compile(r"\(([^()\s]+?):\d")


def said_in_part(reading: RepositoryReading) -> RepositoryReading:
    """Return the reading with the files that something is taken from named as left in part."""
    cited = frozenset(_cited(reading))
    return replace(reading, left=tuple(dict.fromkeys(_in_part(one) if one.path in cited else one for one in reading.left)))  # fmt: skip


def _in_part(one: FileLeft) -> FileLeft:
    if not one.why.startswith(_WHOLE):
        return one
    return replace(one, why=f"{IN_PART}{one.why.removeprefix(_WHOLE)}")


def _cited(reading: RepositoryReading) -> Iterable[str]:
    """Yield every file that the reading names as the place of something."""
    yield from (found.claim.place.file for found in reading.facts)
    yield from (one.place.file for one in reading.models)
    yield from (one.place.file for one in reading.sources)
    yield from (one.place.file for one in reading.tools)
    yield from (one.place.file for one in reading.hosts)
    yield from (one.place.file for one in reading.techniques)
    yield from (one.place.file for one in reading.remarks)
    yield from (one.place.file for one in reading.questions)
    yield from (place.file for source in reading.sources for place in source.callers)
    for question in reading.questions:
        yield from _NAMED.findall(question.message)
