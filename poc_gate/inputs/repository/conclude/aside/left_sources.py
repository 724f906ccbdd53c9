"""Systems that the files name -> without those that are not sources: dropped where something decides, asked where nothing does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import SystemSeen
from poc_gate.inputs.repository.tables.systems import family_of, interface_of
from poc_gate.model.claim import Notice

_OVER_AN_INDEX = {
    "bedrock-knowledge-base": (
        "client of",
        "Retrieve",
        "CfnKnowledgeBase",
        "KnowledgeBase",
        "VectorKnowledgeBase",
        "an agent reads it",
    )
}
"""Services that keep their vectors in an index beside them, and how a note begins that shows it: both are sources."""
CHOSEN = frozenset({"deployed", "selected"})
"""How a system is seen that something chooses."""
_BACKENDS = frozenset({"vector", "search", "database", "cache"})
"""Families of stores of which code can offer several."""
_TEMPLATES = frozenset({"bicep", "platform", "terraform"})
"""Readers of files that make systems and do not call them."""
_OFFERS = 4
"""Stores in files of one folder that make it a choice."""
ALTERNATIVES = frozenset({"vector", "search"})
"""Families of which a pilot has one: their members stand in for each other."""


def leave_off(kept: dict[str, list[SystemSeen]], off: set[str], questions: list[Notice]) -> None:
    """Ask about systems that the code can reach and that infrastructure makes only when a switch is turned on."""
    for system in sorted(off & set(kept)):
        first = kept.pop(system)[0]
        what = f"the code can reach {system} ({first.place}), and infrastructure makes it only when a switch is turned on: is it a source of the pilot?"
        questions.append(
            Notice("question", what, first.place, f"add {system} under `sources:` if it is", (system,))
        )


def leave_one_for_each_cloud(kept: dict[str, list[SystemSeen]], questions: list[Notice]) -> None:
    """Ask about stores of one kind that infrastructure for several clouds chooses by the same setting, each another: a pilot runs in one."""
    chosen: dict[tuple[str, str], dict[str, SystemSeen]] = defaultdict(dict)
    for system, found in kept.items():
        for one in found:
            if one.how == "selected" and one.reader in _TEMPLATES and one.note:
                chosen[one.note, family_of(system)].setdefault(system, one)
    for (note, _), by_system in chosen.items():
        places = {one.place.file for one in by_system.values()}
        if len(by_system) < _CLOUDS or len(places) < len(by_system):
            continue
        listed = ", ".join(f"{system} ({one.place})" for system, one in sorted(by_system.items()))
        first = min(by_system.values(), key=lambda one: str(one.place))
        what = f"{note.partition(' ')[0]} chooses another store for each cloud: {listed}: which of them does production use?"
        step = "add the one that production uses under `sources:`"
        questions.append(Notice("question", what, first.place, step, tuple(sorted(by_system))))
        for system in by_system:
            kept.pop(system, None)


_CLOUDS = 2
"""Clouds that infrastructure is written for, from which on it is one of several ways to deploy."""


def leave_scripts(kept: dict[str, list[SystemSeen]], questions: list[Notice]) -> None:
    """Ask about systems that only scripts reach, where the service itself reaches others."""
    if not any(
        one.standing is Standing.SERVICE for found in kept.values() for one in found if one.how == "used"
    ):
        return
    for system, found in list(kept.items()):
        if all(one.standing is Standing.SUPPORT and (one.how == "used" or one.reader == "compose") for one in found):  # fmt: skip
            what = f"only scripts reach {system} ({found[0].place}): is it a source of the pilot?"
            questions.append(
                Notice("question", what, found[0].place, f"add {system} under `sources:` if it is", (system,))
            )
            del kept[system]


def leave_backends(kept: dict[str, list[SystemSeen]], questions: list[Notice]) -> None:
    """Ask about stores that one folder offers file by file, such as `providers/redis_store.py`: a setting chooses one."""
    folders: dict[str, set[str]] = defaultdict(set)
    for system, found in kept.items():
        homes = {one.place.file.rpartition("/")[0] for one in found if one.how == "used"}
        deployed = any(one.how == "deployed" for one in found)
        if family_of(system) in _BACKENDS and not deployed and len(homes) == 1:
            folders[homes.pop()].add(system)
    for folder, systems in folders.items():
        indexes = [system for system in systems if family_of(system) in ALTERNATIVES]
        files = {one.place.file for system in systems for one in kept[system] if one.how == "used"}
        if len(indexes) < _OFFERS - 1 or len(systems) < _OFFERS or len(files) < _OFFERS:
            continue
        what = (
            f"{folder} can reach {len(systems)} stores, and nothing chooses one: {', '.join(sorted(systems))}"
        )
        questions.append(Notice("question", what, kept[indexes[0]][0].place, "say which of them production uses, under `sources:`", tuple(sorted(systems))))  # fmt: skip
        for system in systems:
            del kept[system]


def leave_dialects(kept: dict[str, list[SystemSeen]]) -> None:
    """Drop databases that one file can open instead of the one that is deployed or chosen: `mysql.Open` beside `sqlite.Open`."""
    homes: dict[str, set[str]] = defaultdict(set)
    for system, found in kept.items():
        files = {one.place.file for one in found if one.how == "used"}
        if family_of(system) == "database" and interface_of(system) == "sql" and len(files) == 1:
            homes[files.pop()].add(system)
    for systems in homes.values():
        chosen = {system for system in systems if any(one.how in CHOSEN for one in kept[system])}
        for system in systems - chosen if chosen else ():
            del kept[system]


def ask_addressed(
    addressed: dict[str, list[SystemSeen]], kept: dict[str, list[SystemSeen]], questions: list[Notice]
) -> None:
    """Ask about systems that only the port of an address in the settings shows, such as `database.host: db:5432`."""
    asked = " ".join(one.message for one in questions)
    for system, found in sorted(addressed.items()):
        if system in kept or f"{system} " in asked:
            continue
        first = found[0]
        what = f"the settings hold the address of {system} ({first.place}), and nothing else shows it: is it a source of the pilot?"
        questions.append(
            Notice("question", what, first.place, f"add {system} under `sources:` if it is", (system,))
        )


_SPEAK_BOLT = ("memgraph",)
"""Graphs that the drivers of another one reach."""


def leave_spoken(kept: dict[str, list[SystemSeen]], ground: Ground) -> None:
    """Give the places of a driver to the store that runs, where it speaks the protocol of the driver's own."""
    theirs = kept.get("neo4j", [])
    runs = {one.system for one in ground.signals.systems if one.how in {"deployed", "offered"}}
    for system in _SPEAK_BOLT:
        if system in runs and theirs and all(one.how in {"used", "named"} for one in theirs):
            kept[system] = [*kept.get(system, ()), *(one._replace(system=system) for one in theirs)]
            kept.pop("neo4j", None)


def leave_unreached(kept: dict[str, list[SystemSeen]], named: set[str], questions: list[Notice]) -> None:
    """Ask about an index that infrastructure makes, where the code reaches other stores and never names this one."""
    if not any(one.how == "used" for found in kept.values() for one in found):
        return
    for system, found in list(kept.items()):
        made = all(one.how == "deployed" and one.reader in _TEMPLATES for one in found) and not _is_below(
            kept
        )
        if made and family_of(system) in ALTERNATIVES and system not in named:
            what = f"{system} is deployed ({found[0].place}), and no code reaches it: is it a source of the pilot?"
            questions.append(Notice("question", what, found[0].place, f"add {system} under `sources:` if it is", (system,)))  # fmt: skip
            del kept[system]


_KEEPS_TELEMETRY = re.compile(
    r"(?:^|/)(?:tempo|loki|mimir|thanos|cortex)(?:-?stack)?(?:[-_.][\w.-]*)?(?:/|\.ya?ml$)"
)
"""Parts that keep traces, logs and figures, which all want a store of objects."""


def leave_stores_of_telemetry(
    kept: dict[str, list[SystemSeen]], paths: Iterable[str], named: set[str], questions: list[Notice]
) -> None:
    """Ask about a store of objects that a cluster runs beside what keeps traces or logs, where no code has a client of one."""
    if any(one.how != "deployed" for system, found in kept.items() if family_of(system) == "object" for one in found):  # fmt: skip
        return
    stores = [system for system, found in kept.items() if family_of(system) == "object" and all(one.reader in _OF_CLUSTERS for one in found)]  # fmt: skip
    if not stores or any(family_of(system) == "object" for system in named):
        return
    keeper = next((path for path in sorted(paths) if _KEEPS_TELEMETRY.search(path)), "")
    for system in stores if keeper else ():
        first = kept.pop(system)[0]
        what = f"{system} is deployed ({first.place}) alongside a tracing or logging backend ({keeper}), and no code reaches it: is it a source of the pilot?"
        questions.append(Notice("question", what, first.place, f"add {system} under `sources:` if it is"))


_OF_CLUSTERS = frozenset({"workload", "helm-values", "chart-part"})


def _is_below(kept: dict[str, list[SystemSeen]]) -> bool:
    """Say whether a knowledge base that is read is deployed as well: then an index beside it holds its vectors."""
    above = {one.how for system in _OVER_AN_INDEX for one in kept.get(system, ())}
    return {"used", "deployed"} <= above


def weigh_alternatives(kept: dict[str, list[SystemSeen]], questions: list[Notice]) -> None:
    """Of stores that stand in for each other keep those that something chooses; ask where nothing does."""
    groups: dict[str, list[str]] = defaultdict(list)
    for system, found in kept.items():
        family = family_of(system)
        if system in _OVER_AN_INDEX and any(one.note.startswith(_OVER_AN_INDEX[system]) for one in found):
            continue
        vectors = family in ALTERNATIVES or (family in {"database", "cache"} and _holds_vectors(found))
        if vectors:
            groups["a vector or search index"].append(system)
        if family == "database":
            groups["a database"].append(system)
    for what, listed in groups.items():
        systems = [system for system in listed if system in kept]  # a store of vectors may be gone by now
        if len(systems) < (2 if what.startswith("a vector") else 3):
            continue
        chosen = [system for system in systems if any(one.how in CHOSEN for one in kept[system])]
        chosen = chosen or [system for system in systems if any(one.how == "named" for one in kept[system])]
        if len(chosen) == len(systems):
            continue
        of_vectors = what.startswith("a vector")
        dropped = [one for one in systems if one not in chosen and not (of_vectors and _is_asked_otherwise(kept[one]))]  # fmt: skip
        places = ", ".join(f"{system} ({kept[system][0].place})" for system in systems[:8])
        if not chosen and what == "a database":
            continue
        if not chosen:
            step = "say which of them production uses, under `sources:`"
            questions.append(Notice("question", f"the code can use {len(systems)} systems as {what}, and nothing chooses one: {places}", kept[systems[0]][0].place, step, tuple(systems)))  # fmt: skip
        for system in dropped:
            if not (what == "a database" and len(systems) < 3):
                kept.pop(system, None)


_OF_VECTORS = ("vector", "Vector", "Chroma", "PGVector", "register_vector")


def _holds_vectors(found: list[SystemSeen]) -> bool:
    return any(word in one.note for one in found for word in _OF_VECTORS)


def _is_asked_otherwise(found: list[SystemSeen]) -> bool:
    """Say whether a database that can hold vectors keeps conversations too, wherever the vectors are."""
    return family_of(found[0].system) == "database" and any("Saver" in one.note and one.how == "used" for one in found)  # fmt: skip
