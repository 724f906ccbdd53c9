"""A span as plain names and values, whatever file it came from -> the writer; nested attributes are flattened by dots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.describe_span import kind_number
from poc_gate.inputs.observe.traces.moments import nanoseconds_of
from poc_gate.inputs.observe.traces.span_store import Flag
from poc_gate.inputs.observe.traces.span_writer import CONTENT, IDENTITY, MEASURE, URL, SpanWriter, id_bits

_MOST_ATTRIBUTES = 2000
_DEEPEST = 6


def add_plain(  # noqa: PLR0913 - a span has that many parts
    writer: SpanWriter, *, trace: object, span: object, parent: object, name: object, start: object, end: object,
    attributes: Mapping[str, object], kind: object = 0, service: str = "", failed: bool = False, content: bool = False,
    first_token: int = -1, state: str = "",
) -> None:  # fmt: skip
    """Add one span; ids may be of any form, times ISO 8601 or numbers since 1970, attributes nested."""
    identity: list[object] = []
    measures: dict[str, object] = {}
    sampling: dict[str, object] = {}
    flags = (int(Flag.ERROR) if failed else 0) | (int(Flag.CONTENT) if content else 0)
    for key, value in flat(attributes):
        good_for = writer.known[key]
        if good_for == CONTENT:
            flags |= int(Flag.CONTENT)
        elif good_for == IDENTITY:
            identity += (key, value)
        elif good_for == URL:
            origin, more = origin_of(str(value))
            identity += (key, origin)
            flags |= more
        elif good_for == MEASURE:
            measures[key] = value
        elif good_for:
            sampling[key] = value
    begun, ended = nanoseconds_of(start), nanoseconds_of(end)
    writer.add(
        id_bits(text_of(trace)), id_bits(text_of(span)), id_bits(text_of(parent)), name=text_of(name)[:400],
        kind=kind_number(kind), start=begun or 0, end=(begun or 0) - 1 if ended is None else ended, service=service,
        identity=identity, measures=measures, flags=flags, state=state, sampling=sampling or None, first_token=first_token,
    )  # fmt: skip


def flat(attributes: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield name and value of every text, number and flag; of lists only that they are there, by their name."""
    stack: list[tuple[str, object, int]] = [(str(key), value, 0) for key, value in attributes.items()]
    for _ in range(_MOST_ATTRIBUTES):
        if not stack:
            return
        key, value, depth = stack.pop()
        if isinstance(value, dict) and key not in names.USAGE:
            if depth < _DEEPEST:
                stack += [(f"{key}.{name}", child, depth + 1) for name, child in value.items()]
        elif isinstance(value, list):
            yield key, f"{len(value)} entries"
        elif value is not None and value != "":
            yield key, value


def origin_of(url: str) -> tuple[str, int]:
    """Return scheme and host of an address, which many calls share, and the flag of a query part."""
    end = url.find("/", url.find("://") + 3)
    return url[:end] if end > 0 else url, int(Flag.QUERY) if "?" in url else 0


def text_of(value: object) -> str:
    """Return a text or a whole number as text; of anything else, an empty text."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def mapping_of(value: object) -> Mapping[str, object]:
    """Return a mapping, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def mappings_of(value: object) -> list[Mapping[str, object]]:
    """Return the mappings of a list, or none in place of anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
