"""How constants are fitted: from which start, by which loss, and what rows say of constants fitted without them.

Every constant starts from `constant_priors.py` and moves along a log scale while the mean absolute log error
falls; leaving it costs something too, so that constants with few rows behind them stay near the literature.
Which rows decide which constants: `constant_stages.py`.
"""

from __future__ import annotations

import copy
import math
import sys
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_rows import NotPredictableError, Row  # noqa: E402
from constant_priors import FAMILIES, KINDS, PRECISION  # noqa: E402
from constant_stages import STAGES, Name, Stage  # noqa: E402
from interval_placing import OWN_RUNS, holding, window  # noqa: E402
from interval_priors import INTERVALS  # noqa: E402

from poc_gate.flow.formulas.speed import fitted_constants, fitted_intervals  # noqa: E402

STIFFNESS = 1.0
"""Weight of the squared log distance from the prior, per constant; a group of n rows weighs about the root of n.

Chosen by cross-validation from starts that know nothing of the rows (0.1, 0.3, 1, 3): below it saturated serving
over-fits, above it decoding is held back.
"""

LEAST = 1e-6
"""Least published over predicted that is told apart: constants under which a server never ends are as bad as that, not undefined."""

START: dict[str, dict[str, Any]] = {
    "FAMILIES": FAMILIES,
    "PRECISION": PRECISION,
    "KINDS": KINDS,
    "INTERVALS": INTERVALS,
}


def present(name: str) -> dict[str, Any]:
    """Return a table of constants or intervals as the product holds it now."""
    found: dict[str, Any] = getattr(fitted_intervals if name == "INTERVALS" else fitted_constants, name)
    return found


def _table(name: Name) -> dict[str, float]:
    table = present(name[0])
    found: dict[str, float] = table[name[1]] if name[1] else table
    return found


def residual(stage: Stage, row: Row) -> float | None:
    """Return ln(published / predicted), of times where the interval is one of times; None if refused."""
    try:
        made = stage.predict(row)
    except NotPredictableError:
        return None
    published, likely = row.value, made.span.likely
    if published <= 0 or likely <= 0:
        return None
    if stage.counts and abs(published - likely) <= 1:
        return 0.0
    ratio = math.log(max(LEAST, published / likely))
    return -ratio if stage.of_times and made.is_speed else ratio


def loss(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> float:
    """Return the mean absolute residual, groups weighing by the root of their rows, plus the prior's pull."""
    size = Counter(row.group for row in rows)
    total = 0.0
    for row in rows:
        found = residual(stage, row)
        if found is not None:
            total += abs(found) / math.sqrt(size[row.group])
    return total + STIFFNESS * sum(math.log(_table(n)[n[2]] / p) ** 2 for n, p in prior.items())


def fit(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> None:
    """Move the stage's constants to where the loss is least, from their prior."""
    for name, value in prior.items():
        _table(name)[name[2]] = value
    best, step = loss(stage, rows, prior), 1.6
    while step > 1.015 and rows:
        better = False
        for name in prior:
            table, kept = _table(name), _table(name)[name[2]]
            for factor in (step, 1.0 / step):
                table[name[2]] = _limited(name, kept * factor)
                now = loss(stage, rows, prior)
                if now < best - 1e-9:
                    best, kept, better = now, table[name[2]], True
            table[name[2]] = kept
        if not better:
            step = step**0.6


def _limited(name: Name, value: float) -> float:
    """Return the value inside what physics allows: shares at most 0.98, cache reads at least once."""
    if name[2] in {"reach", "mfu", "choices", "single", "batched", "apart"} or name[0] == "PRECISION":
        return min(0.98, value)
    return max(1.0, value) if name[2] in {"kv", "tail_e2e", "longest", "cached"} else value


def left_out(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> list[float]:
    """Return the residuals of each source under constants fitted without it, the final fit restored after.

    Where fewer than four sources are known, devices are left out instead, or groups (source, device and model).
    """
    column = next((c for c in ("source", "device") if len({row.text[c] for row in rows}) >= 4), "group")
    apart = [(row.text[column], row) for row in rows]
    final = {name: _table(name)[name[2]] for name in prior}
    found: list[float] = []
    for label in sorted({label for label, _ in apart}):
        if prior:
            fit(stage, [row for other, row in apart if other != label], prior)
        found += [r for other, row in apart if other == label and (r := residual(stage, row)) is not None]
    for name, value in final.items():
        _table(name)[name[2]] = value
    return found


@dataclass
class Fitted:
    """What one stage came to: its constants, and the residuals of its rows under them and under a fit without the rows."""

    values: dict[Name, float]
    kept: list[float]
    left_out: list[float]


def start_from(start: dict[str, dict[str, Any]]) -> None:
    """Set every table of constants to the start given."""
    for name, table in start.items():
        held = present(name)
        held.clear()
        held.update(copy.deepcopy(table))


def fit_stages(
    rows: list[Row],
    known: dict[Hashable, Fitted],
    tell: Callable[[Stage, int, Fitted], None] | None = None,
    only: frozenset[str] = frozenset(),
) -> dict[str, list[float]]:
    """Fit every stage on the rows, place the intervals, and return the left-out residuals per interval.

    The tables must stand at their start. `known` keeps what was fitted before, so that a stage is not
    fitted again on the same rows with the same constants before it; `tell` hears each stage, its rows
    and what it came to. `only` names the intervals of the stages to fit; the others stand as they are.
    """
    pooled: dict[str, list[float]] = {}
    kept_too: dict[str, list[float]] = {}
    widths: dict[str, float] = {}
    for number, stage in enumerate(STAGES):
        if only and stage.interval not in only:
            continue
        chosen = [row for row in rows if stage.rows(row)]
        # A constant that starts at nothing is switched off for its family; factors would not move it.
        prior = {name: start for name in stage.names if (start := _table(name)[name[2]]) > 0}
        key = (number, tuple(map(id, chosen)), _state())
        if key not in known:
            fit(stage, chosen, prior)
            values = {name: _table(name)[name[2]] for name in prior}
            kept = [r for row in chosen if (r := residual(stage, row)) is not None]
            known[key] = Fitted(values, kept, left_out(stage, chosen, prior))
        found = known[key]
        for name, value in found.values.items():
            _table(name)[name[2]] = value
        if tell is not None:
            tell(stage, len(chosen), found)
        if stage.interval:
            pooled.setdefault(stage.interval, []).extend(found.left_out)
            kept_too.setdefault(stage.interval, []).extend(found.kept)
            widths[stage.interval] = stage.width
    for interval, residuals in pooled.items():
        if residuals:
            # Where only two devices are known, either says little about the other: their own fit counts as well.
            low, high = window(residuals + kept_too[interval], widths[interval])
            if interval in OWN_RUNS:
                low, high = holding(low, high, OWN_RUNS[interval])
            fitted_intervals.INTERVALS[interval] = (round(low, 3), round(high, 3))
    return pooled


def _state() -> tuple[float, ...]:
    tables = (
        *fitted_constants.FAMILIES.values(),
        fitted_constants.PRECISION,
        *fitted_constants.KINDS.values(),
    )
    return tuple(value for table in tables for value in table.values())
