"""Tables of known things: one JSON object a line, found by name or listed alias, never by a part of a name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct, field

from poc_gate.base.shipped_files import known_file
from poc_gate.errors import InternalError


class Row(Struct, frozen=True):
    """One known thing; which fields are filled depends on its table."""

    name: str
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, float | str] = field(default_factory=dict)
    """Last part of a fact's name -> its value in SI units."""
    licence: str = ""
    licence_source: str = ""
    source: str = ""
    """Key of `sources.json`."""
    parameters_source: str = ""
    """Where the number of parameters comes from when not from `source`."""
    bits_source: str = ""
    """Where the bits per weight come from when not from `source`."""
    note: str = ""
    provider: str = ""
    """Of a hosted model: key of `providers.json`."""
    max_output: int = 0
    """Tokens that one answer may have at most; 0 = not known."""
    hosted: bool = False
    """Of an embedding model: only its provider runs it."""
    kind: str = ""
    """Of a platform: functions, containers, kubernetes, machines and so on."""
    own_machine: bool = False
    """Of a platform: whether its user has a machine that can be probed."""
    scales_to_zero: str = ""
    """Of a platform: yes, no, or by setting."""
    of: str = ""
    """Of a packed model: the name of the open model that it packs."""
    bytes: float = 0.0
    """Of a packed model: size of its file."""
    url: str = ""
    date: str = ""


class Source(Struct, frozen=True):
    """Where values of a table were read, and when."""

    title: str
    url: str
    date: str


class Provider(Struct, frozen=True):
    """Who runs hosted models, and whether the limits of use can be looked up."""

    title: str
    publishes_quotas: bool
    url: str
    date: str


TABLES = ("models", "packed", "hosted", "embeddings", "platforms", "devices")

_ROW = msgspec.json.Decoder(Row)


def find(table: str, name: str) -> Row | None:
    """Return the row whose name or alias is `name`, upper and lower case alike; None when there is none.

    Only lines that hold the name between quotation marks are decoded.
    """
    wanted = name.strip().lower()
    if not wanted:
        return None
    quoted = f'"{wanted}"'
    for lowered, line in _lines(table):
        if quoted in lowered:
            row = _ROW.decode(line)
            if wanted == row.name.lower() or wanted in (alias.lower() for alias in row.aliases):
                return row
    return None


def rows(table: str) -> tuple[Row, ...]:
    """Return every row of a table, in the order of the file."""
    return tuple(_ROW.decode(line) for _, line in _lines(table))


def source(key: str) -> Source:
    """Return where values with this key come from; raises InternalError for a key without an entry."""
    try:
        return _sources()[key]
    except KeyError:
        raise InternalError(f"no source {key!r} among the known things") from None


def provider(key: str) -> Provider | None:
    """Return a provider of hosted models by its key, or None."""
    return _providers().get(key)


@cache
def _lines(table: str) -> tuple[tuple[str, str], ...]:
    text = known_file(f"{table}.jsonl").decode()
    return tuple((line.lower(), line) for line in text.splitlines() if line)


@cache
def _sources() -> Mapping[str, Source]:
    return msgspec.json.decode(known_file("sources.json"), type=dict[str, Source])


@cache
def _providers() -> Mapping[str, Provider]:
    return msgspec.json.decode(known_file("providers.json"), type=dict[str, Provider])
