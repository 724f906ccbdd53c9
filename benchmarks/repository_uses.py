"""Compare `pilot.uses` of real repositories with what was written down by reading them before the program did.

usage: python benchmarks/repository_uses.py FOLDER     FOLDER holds checkouts, each named as its entry in the list
       python benchmarks/repository_uses.py --truth FOLDER     the truth files of benchmarks/repositories.py instead

Prints one row for each repository that does not agree, and a table of what was missed and invented, use by use.
`repository_uses.toml` names the commit that was read. A use under `open` is one that the repository leaves open:
either answer is right, but a repository of which nothing at all is said needs a question.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from poc_gate.app.inspect.inspect import inspect_repository

_HERE = Path(__file__).parent
USES = ("llm", "retrieval", "agent", "classic-ml", "training", "batch")


class Entry(NamedTuple):
    """What a repository uses."""

    name: str
    round: str
    uses: frozenset[str]
    open: frozenset[str]


def entries() -> list[Entry]:
    """Return the list, round by round."""
    data = tomllib.loads((_HERE / "repository_uses.toml").read_text())
    return [
        Entry(name.rpartition("/")[2], label, frozenset(row["uses"]), frozenset(row.get("open", ())))
        for label, rows in data.items()
        for name, row in rows.items()
    ]


def truths() -> list[Entry]:
    """Return the uses of all truth files."""
    files = sorted((_HERE / "repositories").glob("*.toml"))
    return [Entry(file.stem, "truth files", frozenset(tomllib.loads(file.read_text())["uses"]), frozenset()) for file in files]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Print what disagrees and the table; return 0."""
    listed = truths() if arguments[0] == "--truth" else entries()
    base = Path(arguments[-1])
    counts: dict[str, Counter[str]] = {use: Counter() for use in USES}
    rounds: dict[str, Counter[str]] = {}
    for entry in listed:
        folder = base / entry.name
        if not folder.is_dir():
            continue
        reading = inspect_repository(folder)
        found = {one.name for one in reading.techniques}
        asked = any(one.message.startswith("pilot.uses") for one in reading.questions)
        right = found - entry.open == entry.uses - entry.open and (bool(found) or asked)
        score = rounds.setdefault(entry.round, Counter())
        score["all"] += 1
        score["right"] += right
        if not right:
            missed, invented = (
                sorted(entry.uses - entry.open - found),
                sorted(found - entry.uses - entry.open),
            )
            print(
                f"{entry.name:<52} missed {', '.join(missed) or '-':<24} invented {', '.join(invented) or '-'}"
            )
        for use in set(USES) - entry.open:
            counts[use][("is" if use in entry.uses else "not") + ("-found" if use in found else "")] += 1
    for label, score in rounds.items():
        print(f"{label}: {score['right']} of {score['all']} right")
    print(f"{'use':<12}{'both':>6}{'missed':>8}{'invented':>10}{'neither':>9}")
    for use, seen in counts.items():
        print(f"{use:<12}{seen['is-found']:>6}{seen['is']:>8}{seen['not-found']:>10}{seen['not']:>9}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
