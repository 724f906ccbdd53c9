"""The bars that predictions of published figures are held to, per kind and per family, and a table that says which hold.

A bar has a share of rows inside, the widest interval at which that share counts, and for some kinds a median error. Families of
five rows or more are held to three in four inside, whatever their kind; kinds below four rows have no bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Figures = Mapping[str, float]
"""What `published_cases.summarise` gives: rows, median_error, p90_error, coverage, width, bound_violations."""

FEWEST, FEWEST_OF_FAMILY = 4, 5
LEAST_INSIDE_OF_FAMILY = 0.75


class Bar(NamedTuple):
    """What a kind must reach."""

    inside: float = 0.88
    width: float | None = None
    median: float | None = None


BARS: dict[str, Bar] = {
    "decode": Bar(width=2.5, median=0.12), "gen": Bar(width=2.5), "serve": Bar(width=2.5), "serve_max": Bar(width=4.0),
    "serve_max dense": Bar(width=4.0), "serve_max moe": Bar(width=4.0), "loaded": Bar(width=4.0), "loaded itl": Bar(width=4.0),
    "loaded ttft": Bar(width=4.0), "loaded e2e": Bar(width=4.0), "prefill": Bar(width=5.0), "mem": Bar(median=0.15),
    "kvcap": Bar(median=0.20), "coldstart": Bar(inside=0.85, width=4.0), "reindex": Bar(inside=0.80, width=6.0),
}  # fmt: skip
CPU = Bar(inside=0.90, width=2.5)
"""Processors whose matrix rate was measured."""
PLAIN = Bar()


def bar_of(name: str) -> Bar:
    """Return the bar of a kind, or of a kind's family on processors."""
    return BARS.get(name, PLAIN)


def failures(name: str, figures: Figures) -> list[str]:
    """Return what a kind misses, in words; empty where it holds or has too few rows to be held to anything."""
    bar, missed = bar_of(name), []
    if figures["bound_violations"]:
        missed.append(f"{figures['bound_violations']:.0f} beyond the bound")
    if figures["rows"] < FEWEST:
        return missed
    if figures["coverage"] < bar.inside:
        missed.append(f"inside {figures['coverage']:.1%} < {bar.inside:.0%}")
    if bar.width is not None and figures["width"] > bar.width + 0.005:
        missed.append(f"width {figures['width']:.2f} > {bar.width:g}")
    if bar.median is not None and figures["median_error"] > bar.median:
        missed.append(f"median {figures['median_error']:.1%} > {bar.median:.0%}")
    return missed


def print_bars(kinds: Mapping[str, Figures], families: Mapping[str, Figures]) -> int:
    """Print every kind against its bar and every family below its own; return how many miss."""
    print("\nBars:")
    missing = 0
    for name, figures in sorted(kinds.items()):
        missed = failures(name, figures)
        missing += bool(missed)
        few = " (fewer than four rows)" if figures["rows"] < FEWEST else ""
        print(f"  {name:16} {'; '.join(missed) if missed else 'holds'}{few}")
    for name, figures in sorted(families.items()):
        if figures["rows"] >= FEWEST_OF_FAMILY and figures["coverage"] < LEAST_INSIDE_OF_FAMILY:
            missing += 1
            print(
                f"  {name}: inside {figures['coverage']:.1%} < {LEAST_INSIDE_OF_FAMILY:.0%} of {figures['rows']:.0f} rows"
            )
    print(f"  {missing} of them miss")
    return missing
