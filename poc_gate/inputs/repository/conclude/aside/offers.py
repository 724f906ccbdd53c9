"""Files side by side, one for each provider or store -> what the pilot offers, of which a setting chooses: a question."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import FactSeen, ModelSeen, PackageSeen, SystemSeen
from poc_gate.inputs.repository.tables.models import provider_of_name
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.inputs.repository.tables.systems import family_of, interface_of, system_named
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_MANY, _FAMILY = 3, 3
"""Providers in one folder that make it a choice; or files whose names differ in the provider alone, two of them known."""
_ASKS = frozenset({"llm", "llm client"})
"""Techniques of a file that asks a language model."""
_LIMITS = ("security.output_cap", "security.input_cap", "model.max_context", "model.call_timeout", "model.region", "path.stages[model]")  # fmt: skip
MANY_CHATS = "the code can ask several providers for its chat model"
"""How the question on models begins of which a setting chooses the one that answers."""
_WORDS = re.compile(r"[a-z0-9]+")
_WITHIN = 3
"""Words of a file's name: longer ones speak of something else."""
_CLIENTS = {
    "azure-blob-storage": ("storage-blob", "adlfs", "azureml", "azure-ai-", "azure-storage"), "cosmosdb": ("cosmos",), "azure-ai-search": ("azure-search",),
    "opensearch": ("opensearch",), "elasticsearch": ("elastic",), "mongodb": ("mongo", "motor", "beanie", "odmantic"), "neo4j": ("neo4j",),
    "bigquery": ("bigquery",), "snowflake": ("snowflake",), "weaviate": ("weaviate",), "qdrant": ("qdrant", "mem0"), "pinecone": ("pinecone",),
    "milvus": ("milvus",), "chroma": ("chroma",), "lancedb": ("lance",), "gcs": ("cloud-storage", "gcsfs"),
}  # fmt: skip
"""System -> parts of the names of the packages that reach it."""
_FEWEST_PACKAGES = 5
_FULL = 6
"""Drivers in one folder that show that all of its files are some."""
_INDEXES = frozenset({"vector", "search"})
"""Families of stores of which a pilot has one: a folder with one file for each of three offers a choice."""


def choices_of(paths: Collection[str], *, fewest: int = _MANY) -> dict[str, str]:
    """Return the files that lie side by side, one for each of `fewest` providers or more, and whose each is."""
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    inner: dict[str, dict[str, str]] = defaultdict(dict)
    for path in paths:
        folder, words = _words_of(path)
        home, _, last = folder.rpartition("/")
        inner[home][path] = maker_named(last)
        for word in (*words, "".join(words), *_in_settings(path)):
            if maker := maker_named(word):
                homes[folder][path] = maker
    found: dict[str, str] = {}
    for home, files in inner.items():
        if len(_known(files)) >= fewest:  # the others of them have names that are not known
            found |= {path: maker or path[len(home) + 1 :].partition("/")[0] for path, maker in files.items()}
    for files in homes.values():
        if len(_known(files)) >= fewest:
            found |= files
    for files in _families(paths, maker_named):
        found |= {path: maker for path, maker in files.items() if maker}
    return found


def _in_settings(path: str) -> list[str]:
    """Return all words of the name of a file of settings, two together too, such as `full_lm_studio.toml`."""
    if not path.endswith((".toml", ".yaml", ".yml")):
        return []
    words = _WORDS.findall(path.rpartition("/")[2].rpartition(".")[0])
    return [*words, *("".join(pair) for pair in itertools.pairwise(words))]


def _words_of(path: str) -> tuple[str, list[str]]:
    """Return a file's folder, and the few words of its name; none where there are many."""
    folder, _, name = path.rpartition("/")
    words = _WORDS.findall(name.partition(".")[0])
    return folder, words if len(words) <= _WITHIN else []


def _known(files: dict[str, str]) -> set[str]:
    return {name for name in files.values() if name}


def _families(paths: Collection[str], named: Callable[[str], str]) -> list[dict[str, str]]:
    """Return files whose names differ in one word alone, such as `neo4j_driver.py` and `kuzu_driver.py`, two of them known."""
    kin: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path in paths:
        folder, words = _words_of(path)
        for at, word in enumerate(words if len(words) > 1 else ()):
            kin[folder, "_".join([*words[:at], "*", *words[at + 1 :]])][path] = named(word)
    return [files for files in kin.values() if len(files) >= _FAMILY and len(_known(files)) > 1]


def leave_offers(ground: Ground, models: list[ModelSeen]) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without those of providers that are only offered, and a question on each role that has some.

    A provider is chosen where a model of it is named outside the files that lie side by side.
    """
    choices = choices_of(ground.signals.paths)
    if not choices:
        _leave_limits(ground, models)
        return models, []
    offered = [one for one in models if one.place.file.lower() in choices]
    others = [one for one in models if one.place.file.lower() not in choices and one.weight > 1]
    named = {str(one.name).lower() for one in others}
    dropped: list[ModelSeen] = []
    for role in {one.role for one in offered}:
        chosen = _chosen([one for one in others if one.role == role])
        of_role = [one for one in offered if one.role == role]
        kept = [one for one in of_role if choices[one.place.file.lower()] in chosen or str(one.name).lower() in named]  # fmt: skip
        makers = {choices[one.place.file.lower()] for one in of_role}
        many = role == "chat" and len(set(choices.values())) > _MANY
        if kept or any(one.role == role for one in others) or len(makers) > 1 or many:
            dropped += [one for one in of_role if one not in kept]
    gone = {id(one) for one in dropped}
    _leave_limits(ground, models)
    questions = [_asked(role, [one for one in dropped if one.role == role]) for role in sorted({one.role for one in dropped})]  # fmt: skip
    return [one for one in models if id(one) not in gone], questions


def _chosen(named: list[ModelSeen]) -> set[str]:
    """Return the providers whose models are named where a choice is made."""
    asked = {maker_named(one.provider) or one.provider for one in named}
    return (asked | {maker_named(provider_of_name(str(one.name))) for one in named}) - {""}


def leave_tables(models: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those of a file that names one for each provider, where another file names the one in use."""
    for role in ("embedding", "reranker"):
        by_file: dict[str, dict[str, ModelSeen]] = defaultdict(dict)
        for one in models:
            if one.role == role and one.weight <= 2 and not one.default and one.reader in {"python", "tree"}:
                by_file[one.place.file].setdefault(str(one.name), one)
        tables = {file: named for file, named in by_file.items() if len(named) >= _MANY}
        if tables and any(one.role == role and one.place.file not in tables and one.weight > 1 for one in models):  # fmt: skip
            models = [one for one in models if one.role != role or one.place.file not in tables or one.weight > 2 or one.default]  # fmt: skip
    return models


LISTED = "one of a table"
"""How a model is noted that an object of a list names: one of several to choose from."""


def leave_listed(ground: Ground, models: list[ModelSeen]) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without those that the file of one provider among others lists, and a question, where nothing else plays their role."""
    questions: list[Notice] = []
    choices = choices_of(ground.signals.paths)
    for role in ("embedding", "reranker"):
        of_role = [one for one in models if one.role == role]
        if len({str(one.name) for one in of_role}) > 1 and all(
            one.note == LISTED and one.place.file.lower() in choices for one in of_role
        ):
            models = [one for one in models if one.role != role]
            questions.append(_asked(role, of_role))
    return models, questions


def _leave_limits(ground: Ground, models: list[ModelSeen]) -> None:
    """Drop limits that hold for one of two or more providers alone, unless that one is chosen."""
    choices = choices_of(ground.signals.paths, fewest=2)
    asking = {one.place.file.lower() for one in models if one.role == "chat"}
    asking |= {one.place.file.lower() for one in ground.signals.techniques if one.name in _ASKS}
    makers = {choices[file] for file in asking if file in choices}
    if len(makers) < 2:
        return
    others = [one for one in models if one.role == "chat" and one.weight > 1 and one.place.file.lower() not in choices]  # fmt: skip
    chosen = _chosen(others)

    def holds(one: FactSeen) -> bool:
        maker = choices.get(one.place.file.lower())
        return maker is None or maker in chosen or not one.fact.startswith(_LIMITS)

    ground.signals.facts[:] = [one for one in ground.signals.facts if holds(one)]


def _asked(role: str, dropped: list[ModelSeen]) -> Notice:
    listed = list(dict.fromkeys(f"{one.name} ({one.place})" for one in dropped))
    what = f"the code can ask several providers for its {role} model, and nothing chooses these: {some_of(listed, 6)}"
    return Notice("question", what, dropped[0].place, "say which of them production asks, under `models:`")


def leave_drivers(kept: dict[str, list[SystemSeen]], ground: Ground, questions: list[Notice]) -> None:
    """Ask about stores that only one of several drivers side by side reaches, or whose client no file of dependencies lists."""
    kin = [files for files in _families(ground.signals.paths, system_named) if _are_alike(_known(files))]
    drivers = {path for files in kin for path in files} | _stores_of(ground)
    homes = Counter(path.rpartition("/")[0] for path in drivers)
    drivers |= {path for path in ground.signals.paths if homes[path.rpartition("/")[0]] >= _FULL}
    packages = [one for one in ground.signals.packages if one.ecosystem == "python" and ground.counts(one.standing)]  # fmt: skip
    asked = 0
    for system, all_found in list(kept.items()):
        found = [one for one in all_found if one.standing is Standing.SERVICE] or all_found
        if any(one.how != "used" for one in found):
            continue
        files = {one.place.file.lower() for one in found}
        words = _CLIENTS.get(system, ())
        python = all(one.reader == "python" for one in found)
        absent = bool(words) and python and _is_absent(words, found, packages)
        driver = files <= drivers and (asked >= _FAMILY or any(name != system for name in kept))
        if not (absent or driver):
            continue
        asked += driver
        why = "its client is in no file of dependencies" if absent else "it is one of several drivers"
        what = f"the code can reach {system} ({found[0].place}), but {why}: is it a source of the pilot?"
        questions.append(
            Notice("question", what, found[0].place, f"add {system} under `sources:` if it is", (system,))
        )
        del kept[system]


def _are_alike(systems: Collection[str]) -> bool:
    """Say whether two of the systems stand in for each other, as a database and a mailbox do not."""
    families = [family_of(system) for system in systems]
    return any(families.count(family) > 1 for family in families)


def _stores_of(ground: Ground) -> set[str]:
    """Return the files that reach a store of one's choice.

    They lie side by side, one for each of several indexes or of several databases, such as `vectorstore/qdrant.py` and
    `connectors/mysql/index.js`; or beside one for the disk, such as `storage/s3.py` and `storage/local.py`; or one file
    reaches many indexes.
    """
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    for path in ground.signals.paths:
        folder, words = _words_of(path)
        name = "".join(words)
        if len(words) == 1 and name != "index":
            homes[folder][path] = system_named(name) or ("disk" if name in _DISK else "")
        elif len(words) == _TWO_WORDS and _HOLDS.search(folder):
            homes[folder][path] = _named_by_two(words)
        if name in _NONE:
            homes[folder][path] = "none"
        for _ in range(_DEEP):
            folder, _, inner = folder.rpartition("/")
            if system := system_named(inner):
                homes[folder].setdefault(path, system)
    found: set[str] = set()
    for home, files in homes.items():
        systems = _known(files)
        indexes = sum(family_of(system) in _INDEXES for system in systems)
        tables = sum(interface_of(system) == "sql" for system in systems)
        of_stores = _HOLDS.search(home) is not None
        many = indexes >= _FAMILY or tables >= _FAMILY
        some = "none" in systems or (indexes > 1 and len(systems) >= _FAMILY)
        if many or (of_stores and some):
            found |= {path for path, system in files.items() if system}
        elif "disk" in systems and of_stores:
            found |= {path for path, system in files.items() if family_of(system) in _KEEPS_FILES}
    reached: dict[str, set[str]] = defaultdict(set)
    for one in ground.signals.systems:
        if one.how == "used" and family_of(one.system) in _INDEXES:
            reached[one.place.file.lower()].add(one.system)
    return found | {path for path, systems in reached.items() if len(systems) > _FAMILY}


_TWO_WORDS = 2
_KEEPS_FILES = frozenset({"object", "documents"})


def _named_by_two(words: list[str]) -> str:
    """Return the store that two words name, such as `aws_s3` and `google_drive`, or that they name the disk."""
    named = system_named("".join(words)) or system_named("-".join(words))
    return named or next((system for word in words if (system := system_named(word))), "") or ("disk" if _DISK & set(words) else "")  # fmt: skip


_DEEP = 3
"""Folders above a file that can be called after the store that it reaches."""
_HOLDS = re.compile(r"vector|stor(?:e|age)|index|retriev|database")
_DISK = frozenset({"local", "filesystem", "disk", "fs", "file", "memory", "inmemory", "posix"})
_NONE = frozenset({"nodatabase", "nostore", "noop"})
"""Names of files and folders that keep stores, and of those that keep things on the machine itself."""


def _is_absent(words: tuple[str, ...], found: list[SystemSeen], packages: list[PackageSeen]) -> bool:
    """Say whether the files of dependencies above all places that reach a store list nothing that reaches it."""
    certain = [one for one in packages if not one.optional]
    if any(word in one.name for one in packages if not one.optional or one.extra for word in words):
        return False
    for one in found:
        above = [package for package in certain if one.place.file.startswith(package.place.file.rpartition("/")[0])]  # fmt: skip
        if len(above) < _FEWEST_PACKAGES:
            return False
    return True
