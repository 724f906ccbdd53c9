"""Systems that were seen -> the pilot's sources; alternatives between which nothing decides become a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.aside.addresses import leave_addresses
from poc_gate.inputs.repository.conclude.aside.left_sources import (
    ALTERNATIVES,
    CHOSEN,
    ask_addressed,
    leave_backends,
    leave_dialects,
    leave_off,
    leave_one_for_each_cloud,
    leave_scripts,
    leave_spoken,
    leave_stores_of_telemetry,
    leave_unreached,
    weigh_alternatives,
)
from poc_gate.inputs.repository.conclude.aside.looked_up import take_looked_up
from poc_gate.inputs.repository.conclude.aside.offers import leave_drivers
from poc_gate.inputs.repository.conclude.aside.switches import OFF
from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import BY_PORT, OF_AMAZON
from poc_gate.inputs.repository.noting.signals import SystemSeen
from poc_gate.inputs.repository.reading import Certainty, FoundSource
from poc_gate.inputs.repository.tables.packages import package_named
from poc_gate.inputs.repository.tables.systems import family_of, interface_of
from poc_gate.model.claim import Notice

_SQL_DRIVERS = {
    "psycopg": "postgresql",
    "psycopg2": "postgresql",
    "psycopg2-binary": "postgresql",
    "asyncpg": "postgresql",
    "pymysql": "mysql",
    "aiomysql": "mysql",
    "mysqlclient": "mysql",
    "mysql-connector-python": "mysql",
    "pyodbc": "sqlserver",
    "oracledb": "oracle",
    "aiosqlite": "sqlite",
    "pg8000": "postgresql",
    "postgresql": "postgresql",
    "mysql-connector-j": "mysql",
    "mysql-connector-java": "mysql",
    "mariadb-java-client": "mysql",
    "mssql-jdbc": "sqlserver",
    "ojdbc11": "oracle",
    "pgvector": "postgresql",
}
_SUPABASE = re.compile(r"create(?:Browser|Server|PagesServer)?Client is made")
_UNSPECIFIC = "sql-database"
_IN_PROCESS = frozenset({"faiss"})
"""Indexes in the memory of the program: they hold what was read elsewhere, and nobody grants access to them."""
_FROM_A_FILE = re.compile(r"(?:\w+\.)?(?:read_index|load_local)\b")
"""How a note begins of one that the program reads from a file, which somebody made before."""
_FILES = frozenset({"sqlite", "duckdb"})
"""Databases in a file: what a script opens for itself is no source of the pilot."""
_SETS = frozenset({"env-file", "compose", "helm-values", "workload", "platform"})
"""Readers of files that set variables."""


def conclude_sources(ground: Ground) -> tuple[tuple[FoundSource, ...], tuple[Notice, ...]]:
    """Return the systems that the pilot reads or writes, each with the places of the code that reaches it."""
    noted: dict[str, list[SystemSeen]] = defaultdict(list)
    set_by = {one.note: one.system for one in ground.signals.systems if one.how == "selected" and one.reader in _SETS and ground.counts(one.standing)}  # fmt: skip
    for one in ground.signals.systems:
        if one.how == "selected" and set_by.get(one.note, one.system) != one.system:
            continue  # what code takes by default, where a file of settings chooses another
        beside = one.system in _FILES and one.standing is Standing.SUPPORT
        if ground.counts(one.standing) and not _is_in_process(one) and not beside:
            noted[one.system].append(one)
    off = {system for system, found in noted.items() if _is_off(found)}
    addressed = {system: found for system, found in noted.items() if all(one.how == BY_PORT for one in found)}
    left = {
        system: [one for one in found if one.how not in {OFF, BY_PORT}] for system, found in noted.items()
    }
    seen = {system: found for system, found in left.items() if found}
    questions: list[Notice] = []
    _place_unspecific(seen, ground, questions)
    _place_client_of_tables(seen, ground)
    _place_clients(seen, ground)
    _place_files(seen, ground)
    named = {row.system for package in ground.signals.packages if (row := package_named(package.name))}
    kept = {system: found for system, found in seen.items() if _is_source(found, known=system in named)}
    leave_addresses(kept, ground, questions)
    if "mongodb" in kept and _is_one_of_mongo(kept.get("cosmosdb", ()), kept["mongodb"]):
        kept.pop("cosmosdb", None)
    leave_scripts(kept, questions)
    leave_off(kept, off, questions)
    leave_one_for_each_cloud(kept, questions)
    leave_drivers(kept, ground, questions)
    leave_backends(kept, questions)
    leave_dialects(kept)
    leave_spoken(kept, ground)
    leave_unreached(kept, named, questions)
    leave_stores_of_telemetry(kept, ground.signals.paths, named, questions)
    weigh_alternatives(kept, questions)
    ask_addressed(addressed, kept, questions)
    take_looked_up(kept, seen, ground, questions)  # words are searched beside vectors
    sources = [_source(system, found) for system, found in kept.items()]
    sources.sort(key=lambda one: (not one.callers, one.id))
    return tuple(sources), tuple(questions)


def _is_in_process(one: SystemSeen) -> bool:
    return one.system in _IN_PROCESS and one.how not in CHOSEN and not _FROM_A_FILE.match(one.note)


def _is_source(found: list[SystemSeen], *, known: bool) -> bool:
    """Say whether a system is one: used, deployed or chosen; a variable's name or an offer alone is not enough."""
    how = {one.how for one in found}
    if how & {"used", "deployed"}:
        return True
    if family_of(found[0].system) == "object":
        return False
    if "selected" in how and (
        known or "named" in how or any("address" in one.note for one in found if one.how == "selected")
    ):
        return True
    chosen = {"selected", "offered"} <= how  # a setting chooses what a container beside the main ones holds
    return chosen or {"named", "offered"} <= how or (known and "named" in how)


def _is_one_of_mongo(cosmos: Sequence[SystemSeen], mongo: Sequence[SystemSeen]) -> bool:
    """Say whether a Cosmos DB speaks as MongoDB: it is called so, or only infrastructure makes it and only code of MongoDB reaches it."""
    called = all("mongo" in one.note.lower() for one in cosmos)
    return called or (all(one.how == "deployed" for one in cosmos) and all(one.how in {"used", "named"} for one in mongo))  # fmt: skip


def _is_off(found: list[SystemSeen]) -> bool:
    """Say whether infrastructure makes a system only when a switch is turned on that is off, and nothing else deploys it."""
    how = {one.how for one in found}
    return OFF in how and not how & CHOSEN


_SEVERAL_DRIVERS = 2
"""Drivers of databases beside an engine that is told its address: whoever uses the pilot connects databases of his own."""


def _place_unspecific(seen: dict[str, list[SystemSeen]], ground: Ground, questions: list[Notice]) -> None:
    """Give engines of unstated databases to the one SQL database that is chosen, or whose driver is installed; ask where many are."""
    engines = seen.pop(_UNSPECIFIC, [])
    if not engines:
        return
    known = {system for system in seen if interface_of(system) == "sql" and family_of(system) == "database"}
    chosen = {
        system for system in known if any(one.how in CHOSEN or one.how == "named" for one in seen[system])
    }
    drivers = {_SQL_DRIVERS[package.name] for package in ground.signals.packages if package.name in _SQL_DRIVERS and ground.counts(package.standing)}  # fmt: skip
    for candidates in (chosen, known, drivers, drivers - {"sqlite"}):
        if len(candidates) == 1:
            system = next(iter(candidates))
            seen[system] = [*seen.get(system, []), *engines]
            return
    drivers -= {"sqlite"}
    first = min(engines, key=lambda one: (one.standing, one.place.file, one.place.line))
    if not chosen and len(drivers) >= _SEVERAL_DRIVERS and first.standing is Standing.SERVICE:
        names = ", ".join(sorted(drivers))
        what = f"the code opens a SQL database whose address it is given ({first.place}), and {len(drivers)} drivers are installed ({names}): which of them does the pilot use?"
        questions.append(Notice("question", what, first.place, "add each under `sources:`", tuple(sorted(drivers))))  # fmt: skip


def _place_client_of_tables(seen: dict[str, list[SystemSeen]], ground: Ground) -> None:
    """Take in the database of Supabase whose client one file makes and others read tables with."""
    noted = [one for one in ground.signals.techniques if one.why == "Supabase" and ground.counts(one.standing)]  # fmt: skip
    made = next((one for one in noted if one.name == "client elsewhere"), None)
    if made is not None and any(one.name == "reads tables" for one in noted):
        seen.setdefault("postgresql", []).append(SystemSeen("postgresql", made.place, "python", made.standing, "used", note="create_client is called"))  # fmt: skip


_REDIRECTS = re.compile(r"AWS_ENDPOINT_URL")
"""Variables by which every client of AWS is sent to another address."""


_OWN_STORE = ("MINIO_ENDPOINT", "MINIO_URL", "MINIO_HOST", "MINIO_SERVER")
"""Variables with the address of a store that is called by its own name, whatever protocol it speaks."""


def _place_clients(seen: dict[str, list[SystemSeen]], ground: Ground) -> None:
    """Name a store after its protocol where only a client of that protocol shows it: it speaks to other products too."""
    found = seen.get("minio", [])
    names = [one.name for one in ground.signals.settings if ground.counts(one.standing)]
    names += [one.name for one in ground.signals.needs if ground.counts(one.standing)]
    called = any(name.startswith(_OWN_STORE) for name in names)
    if found and all(one.how == "used" for one in found) and not called:
        seen["s3"] = [*seen.get("s3", []), *found]
        del seen["minio"]
    made = any(one.note.startswith("resource ") for one in seen.get("s3", []))
    if made and any(one.how == "used" for one in seen["s3"]) and not any(one.how == "used" for one in seen.get("minio", [])):  # fmt: skip
        seen.pop("minio", None)  # it stands in for the bucket on machines of developers
    deployed = any(one.reader == "terraform" and one.standing is Standing.SERVICE for one in ground.signals.facts)  # fmt: skip
    own = deployed and not any(_REDIRECTS.match(one.name) for one in ground.signals.settings) and any(one.note == OF_AMAZON for one in seen.get("s3", []))  # fmt: skip
    for store in ("seaweedfs", "minio"):
        if own and all(one.how != "used" for one in seen.get(store, [])):
            seen.pop(store, None)  # it stands in for the cloud's on a developer's machine
        if (
            "s3" in seen
            and not any(one.note.startswith("resource ") for one in seen["s3"])
            and any(one.how in {"deployed", "offered"} for one in seen.get(store, []))
        ):
            seen[store] += [
                one._replace(region="") for one in seen.pop("s3")
            ]  # its client wants one, whatever answers


def _place_files(seen: dict[str, list[SystemSeen]], ground: Ground) -> None:
    """Name what a client of Supabase keeps files in after that, where the code reads no tables with it."""
    found = seen.get("postgresql", [])
    how = {one.name for one in ground.signals.techniques if one.why == "Supabase" and ground.counts(one.standing)}  # fmt: skip
    made = [one for one in found if one.how == "used" and _SUPABASE.fullmatch(one.note)]
    if not made or not any("supabase" in one.name for one in ground.signals.packages):
        return
    if "keeps files" in how:
        seen["supabase-storage"] = made
    if "reads tables" not in how and len(made) == len(found):
        del seen["postgresql"]  # without either a client only says who somebody is


def _source(system: str, found: list[SystemSeen]) -> FoundSource:
    found = sorted(
        found, key=lambda one: (one.standing, {"used": 0, "deployed": 1, "selected": 2}.get(one.how, 3))
    )
    callers = tuple(dict.fromkeys(one.place for one in found if one.how == "used"))
    directions = {one.direction for one in found if one.direction}
    direction = directions.pop() if len(directions) == 1 else "both" if directions else ""
    stated = any(one.how == "used" and one.standing is Standing.SERVICE for one in found)
    placed = next((one for one in found if one.region), None)
    region, region_sure = (placed.region, placed.region_sure) if placed else ("", Certainty.STATED)
    first = found[0]
    sure = Certainty.STATED if stated else Certainty.INFERRED
    note = "; ".join(dict.fromkeys(one.note for one in found[:3] if one.note))
    return FoundSource(
        system, system, _interface(system, found), direction, region, callers[:20], first.place, first.reader, sure, note, region_sure
    )  # fmt: skip


def _interface(system: str, found: list[SystemSeen]) -> str:
    """Return how a system is spoken to; one that code opens inside the program, and nothing deploys, is a file."""
    used = {one.within for one in found if one.how == "used"}
    inside = "file" in used and "server" not in used and all(one.how != "deployed" for one in found)
    return "file" if inside else interface_of(system)


def vector_system(sources: tuple[FoundSource, ...], ground: Ground) -> FoundSource | None:
    """Return the source that holds the index, or None."""
    for source in sources:
        if family_of(source.system) in ALTERNATIVES:
            return source
    packages = {package.name for package in ground.signals.packages if ground.counts(package.standing)}
    for source in sources:
        listed = [
            row
            for name in packages
            if (row := package_named(name)) and row.system == source.system and "retrieval" in row.techniques
        ]
        if listed:
            return source
    return None
