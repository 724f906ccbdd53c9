"""The results of a portfolio -> one run of a history."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.history.keep_run import keep, kept_path, now
from poc_gate.app.portfolio.judge_pilot import read_kept
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside
from poc_gate.model.many.portfolio import Portfolio
from poc_gate.model.many.run_history import Kept


def keep_portfolio(history: Path, results: Path, portfolio: Portfolio) -> Path | None:
    """Keep the records of every pilot that was judged, as one run; raises UsageError when it cannot be written."""
    at = now()
    kept = []
    for row in portfolio.rows:
        if not row.record:
            continue
        try:
            record = read_kept(find_inside(results, row.record))
        except (OSError, EOFError, ValueError, InvalidInputError):
            raise UsageError(
                f"{results / row.record} cannot be read", next_step="run the portfolio again"
            ) from None
        kept.append(Kept(portfolio.day, at, kept_path(row.path, row.pilot), record))
    return keep(history, kept)
