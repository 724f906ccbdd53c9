"""How constants fitted on a part of the published cases predict the rest: the expectation for rows nobody has seen.

Five ways to part the file, none of which tears a group (source, device and model) apart: random halves, every device,
model or engine left out in turn, and whole sources, an eighth of them at a time, which is nearest to rows of sources
that nobody has read yet. Each fit starts from the same plain figures for every family, so that
the rows left out speak neither through the constants nor through their start.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from case_rows import Row
from constant_fitting import Fitted, fit_stages, start_from
from plain_start import plain_start

Part = tuple[list[Row], list[Row]]
"""Rows to fit on, rows to predict."""


def halves(rows: list[Row], splits: int) -> Iterator[Part]:
    """Yield both halves of `splits` partings, each group by the hash of its name."""
    for number in range(splits):
        side = {row: hashlib.sha256(f"{number}:{row.group}".encode()).digest()[0] & 1 for row in rows}
        for kept in (0, 1):
            yield [r for r in rows if side[r] == kept], [r for r in rows if side[r] != kept]


def left_out(rows: list[Row], column: str) -> Iterator[Part]:
    """Yield, for every value of a column, the rows without it and the rows with it."""
    for value in sorted({row.text[column] for row in rows}):
        yield [r for r in rows if r.text[column] != value], [r for r in rows if r.text[column] == value]


SOURCES_APART = 8
"""Parts of the sources; each is predicted by constants fitted on the other seven."""


def sources(rows: list[Row]) -> Iterator[Part]:
    """Yield, for every part of the sources, the rows of all others and its own; a source is a repository or a site."""
    side = {row: int(hashlib.sha256(_source(row).encode()).hexdigest(), 16) % SOURCES_APART for row in rows}
    for part in range(SOURCES_APART):
        yield [r for r in rows if side[r] != part], [r for r in rows if side[r] == part]


def _source(row: Row) -> str:
    """Return the repository or site of a row: a page's address, or owner and name."""
    words = row.text["source"].removeprefix("page ").split()
    return "/".join(words[0].split("/")[:2]) if words else row.group


def cross_validate(rows: list[Row], *, splits: int, columns: tuple[str, ...] = ()) -> None:
    """Print one table per way of parting: what `published_cases.py` prints, on rows not fitted on, and the bars."""
    known: dict[Hashable, Fitted] = {}
    ways: tuple[tuple[str, Callable[[], Iterator[Part]]], ...] = (
        *([(f"half predicts half, {splits} partings", lambda: halves(rows, splits))] if splits else []),
        *(
            ("whole sources left out", lambda: sources(rows)) if column == "source"
            else (f"each {column} left out", lambda column=column: left_out(rows, column))
            for column in columns
        ),
    )  # fmt: skip
    for title, parts in ways:
        print(f"\n{title}")
        _print_all(_outcomes(parts(), known))


def _outcomes(parts: Iterator[Part], known: dict[Hashable, Fitted]) -> dict[str, list[Any]]:
    from published_cases import predict_all

    found: dict[str, list[Any]] = defaultdict(list)
    for train, test in parts:
        start_from(plain_start())
        fit_stages(train, known)
        for kind, outcomes in predict_all(test)[0].items():
            found[kind] += outcomes
    return found


def _print_all(found: dict[str, list[Any]]) -> None:
    from case_bars import print_bars
    from published_cases import by_family, print_families, print_table, summaries

    print_table(found, {})
    families = by_family(found)
    print_families(families)
    print_bars(summaries(found), summaries(families))
    print_sources(found)


def print_sources(found: dict[str, list[Any]]) -> None:
    """Print the sources of which a figure lies outside, by kind, each such figure with its ratio to the likely value."""
    from published_cases import summarise

    by_source: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for kind, outcomes in found.items():
        for one in outcomes:
            by_source[kind, _source(one.row)].append(one)
    print("\nSources with figures outside:")
    for (kind, source), outcomes in sorted(by_source.items()):
        figures = summarise(outcomes)
        if figures["coverage"] < 1:
            said = ", ".join(
                f"{o.row.text['id']} {o.row.value / o.made.span.likely:.2f} [{o.made.span.low / o.made.span.likely:.2f}, "
                f"{o.made.span.high / o.made.span.likely:.2f}]"
                for o in outcomes if not o.inside and o.made.span.likely > 0
            )  # fmt: skip
            print(f"  {kind}: {source}: {figures['coverage']:.0%} of {len(outcomes)} inside: {said}")
