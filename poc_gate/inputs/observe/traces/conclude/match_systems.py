"""Systems that traces show, and what a manifest lists -> which is which; what fits several ways is asked, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from poc_gate.inputs.observe.traces.describe_span import plain_host
from poc_gate.inputs.observe.traces.totals.trace_totals import Hop
from poc_gate.model.claim import Value

_SAME = {
    "postgres": "postgresql", "pg": "postgresql", "pgvector": "postgresql", "mongo": "mongodb", "elastic": "elasticsearch",
    "mssql": "microsoft.sql_server", "sqlserver": "microsoft.sql_server", "valkey": "redis", "microsoft sql server": "microsoft.sql_server",
    "aws.dynamodb": "dynamodb", "oracle": "oracle.db",
}  # fmt: skip

_KNOWN_APART = frozenset({
    "postgresql", "mysql", "redis", "mongodb", "cassandra", "neo4j", "snowflake", "bigquery", "kafka", "qdrant", "milvus", "weaviate",
    "clickhouse", "rabbitmq", "dynamodb", "oracle.db", "microsoft.sql_server",
})  # fmt: skip

_OVER_HTTP = frozenset(
    {"snowflake", "bigquery", "qdrant", "milvus", "weaviate", "clickhouse", "dynamodb", "neo4j"}
)
"""Products whose clients speak HTTP or gRPC, so that a plain client span may be a call of theirs."""

_HERE = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "host.docker.internal"})  # noqa: S104 - compared, not bound


class System(Struct, frozen=True):
    """One system that requests call."""

    role: str
    system: str
    host: str
    part: str
    services: tuple[str, ...] = ()
    """Services of the pilot's own that answer for it."""

    @property
    def shown(self) -> str:
        """Return how people would name it: `postgresql db.internal:5432/claims`."""
        place = "/".join(part for part in (self.host if self.host != self.system else "", self.part) if part)
        return " ".join(part for part in (self.system, place) if part) or self.role

    @property
    def is_own(self) -> bool:
        """Whether the pilot itself answers, by a service whose spans are there."""
        return bool(self.services)


def system_of(hop: Hop, services: Sequence[str] = ()) -> System:
    """Return the system that a hop is about."""
    return System(hop.role, hop.system, hop.host, hop.part, tuple(sorted(services)))


class Matches(Struct):
    """What was found out about systems and sources."""

    source_of: dict[System, str]
    """System -> id of the source that it is."""
    open: dict[System, tuple[str, ...]]
    """System -> ids that it could be."""


def match_systems(
    systems: Sequence[System], ids: Sequence[str], values: Mapping[str, Value], section: str = "sources"
) -> Matches:
    """Return which system is which source.

    In this order: what `seen_as` says, the id itself, the host of its address or contract, and the product, where
    one source and one system are of it.
    """
    found, unclear = dict[System, str](), dict[System, tuple[str, ...]]()
    for names in (_seen_as, _by_id, _by_host):
        for system in systems:
            if system in found:
                continue
            fitting = [
                one
                for one in ids
                if names(system, one, values, section)
                and not (names is _by_host and _differs(system, one, values, section))
            ]
            if len(fitting) == 1:
                found[system] = fitting[0]
            elif fitting:
                unclear[system] = tuple(fitting)
    taken = set(found.values())
    left = [one for one in ids if one not in taken]
    for system in systems:
        if system in found or system.role not in ("db", "messaging"):
            continue
        fitting = [
            one for one in left if _product(values.get(f"{section}[{one}].system")) == _product(system.system)
        ]
        alike = [
            one for one in systems if one not in found and _product(one.system) == _product(system.system)
        ]
        if len(fitting) == 1 and len(alike) == 1:
            found[system] = fitting[0]
        elif fitting:
            unclear[system] = tuple(fitting)
    return Matches(found, {one: ids_ for one, ids_ in unclear.items() if one not in found and not one.is_own})


def names_of(system: System) -> frozenset[str]:
    """Return every name by which a system can be meant."""
    bare = system.host.rpartition(":")[0] if system.host.count(":") == 1 else system.host
    parts = {system.system, system.host, bare, system.part, *system.services}
    parts |= {f"{one}/{system.part}" for one in (system.system, system.host, bare) if one and system.part}
    parts |= {f"{system.system}-{system.part}"} if system.part else set()
    return frozenset(plain(one) for one in parts if one)


def plain(text: object) -> str:
    """Return a text in lower case with every run of other characters than letters and digits as one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")


def _seen_as(system: System, one: str, values: Mapping[str, Value], section: str) -> bool:
    stated = values.get(f"{section}[{one}].seen_as")
    return isinstance(stated, tuple) and any(plain(text) in names_of(system) for text in stated)


def _by_id(system: System, one: str, _values: Mapping[str, Value], _section: str) -> bool:
    return plain(one) in names_of(system)


def _by_host(system: System, one: str, values: Mapping[str, Value], section: str) -> bool:
    place = values.get(f"{section}[{one}].url")
    host = plain_host(str(place)) if place else ""
    bare = system.host.rpartition(":")[0] if system.host.count(":") == 1 else system.host
    if not bare or bare in _HERE:  # what runs on one machine in the pilot tells nothing of where it will run
        return bool(host) and host == system.host
    if host in (system.host, bare):
        return True
    contract = str(values.get(f"{section}[{one}].contract_place") or "")
    stated = dict(pair.split("=", 1) for pair in contract.split() if "=" in pair)
    if stated.get("host", "").lower() not in (system.host, bare):
        return False
    database = stated.get("database", "")
    return not database or not system.part or plain(database) == plain(system.part)


def _differs(system: System, one: str, values: Mapping[str, Value], section: str) -> bool:
    """Say whether a source is of another product than a system, where both are told."""
    stated = _product(values.get(f"{section}[{one}].system"))
    return system.role == "db" and bool(stated) and stated != _product(system.system)


def surely_differs(system: System, one: str, values: Mapping[str, Value]) -> bool:
    """Say whether a system cannot be a source: both are of products that are known apart, or the source's names are listed.

    Products that speak another's protocol under their own name (Aurora, Valkey) are in no list.
    """
    if values.get(f"sources[{one}].seen_as"):
        return True
    stated = _product(values.get(f"sources[{one}].system"))
    called = _product(system.system)
    if system.role not in ("db", "messaging"):
        return stated in _KNOWN_APART - _OVER_HTTP
    return stated in _KNOWN_APART and called in _KNOWN_APART and stated != called


def _product(text: object) -> str:
    name = str(text or "").lower().strip()
    return _SAME.get(name, name)
