"""Compare what `inspect` says a repository is made of with what was written down by reading it before the program did.

usage: python benchmarks/repository_structure.py FOLDER     FOLDER holds checkouts: `owner+name`, or the name alone

`repository_structure.toml` names the commit that was read and, for each repository, its uses, data sources, models by
role, hosts and, where it has some, tools that act and tools that only read. Prints what disagrees for each repository
and the sums round by round: uses right, sources found and phantom, models and hosts wrong and missed, tools missed and
tools whose effect is wrong. A phantom is a source that neither the truth nor what it leaves open names.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.reading import RepositoryReading

_LIST = Path(__file__).parent / "repository_structure.toml"
_ROLES = ("chat", "embedding", "reranker")
_ACTS = frozenset({"writes", "irreversible"})
_COUNTED = (
    "uses right", "sources found", "sources missed", "phantoms", "models wrong", "models missed", "hosts wrong", "hosts missed",
    "tools missed", "effects wrong",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Print what disagrees and the sums; return 0."""
    base = Path(arguments[0])
    rounds: dict[str, Counter[str]] = {}
    for name, truth in tomllib.loads(_LIST.read_text()).items():
        folders = (base / name.replace("/", "+"), base / name.rpartition("/")[2])
        folder = next((one for one in folders if one.is_dir()), None)
        if folder is None:
            continue
        score = rounds.setdefault(truth["round"], Counter())
        score["all"] += 1
        seen = list(differences(truth, inspect_repository(folder)))
        for kind, what in seen:
            score[kind] += 1
            print(f"{name:<64} {kind:<14} {what}")
        score["uses right"] += not any(kind == "uses wrong" for kind, _ in seen)
        missed = sum(kind == "sources missed" for kind, _ in seen)
        score["sources found"] += len(truth["sources"]) - missed
    for label, score in rounds.items():
        print(
            f"{label}: {score['all']} repositories, "
            + ", ".join(f"{kind} {score[kind]}" for kind in _COUNTED)
        )
    return 0


def differences(truth: dict[str, Any], reading: RepositoryReading) -> Iterator[tuple[str, str]]:
    """Yield what disagrees, by its kind."""
    left = set(truth.get("open", ()))
    uses = {one.name for one in reading.techniques} - left
    if uses != set(truth["uses"]) - left:
        yield "uses wrong", f"says {', '.join(sorted(uses)) or 'none'}"
    yield from _of_names(
        "sources missed", "phantoms", truth, "sources", {one.system for one in reading.sources}
    )
    for role in _ROLES:
        named = {one.name for one in reading.models if one.role == role}
        yield from _of_names("models missed", "models wrong", truth, role, named)
    yield from _of_names("hosts missed", "hosts wrong", truth, "hosts", {one.host for one in reading.hosts})
    effects = {one.name: one.effect for one in reading.tools}
    for kind in ("acting", "reading"):
        for name in truth.get(kind, ()):
            if name not in effects:
                yield "tools missed", name
            elif effects[name] != "unknown" and (effects[name] in _ACTS) != (kind == "acting"):
                yield "effects wrong", f"{name} {effects[name]}"


def _of_names(
    missed: str, wrong: str, truth: dict[str, Any], key: str, found: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the names that are not found and those that are there by nothing that was read."""
    wanted = [set(one.split("|")) for one in truth.get(key, ())]
    for names in wanted:
        if not names & found:
            yield missed, "|".join(sorted(names))
    for name in sorted(found.difference(*wanted, truth.get(f"{key}_open", ()))):
        yield wrong, name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
