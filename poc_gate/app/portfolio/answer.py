"""Options of a run over many pilots -> what is printed, and the exit code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from poc_gate.errors import ExitCode, UsageError
from poc_gate.model.many.portfolio import FAILED, Portfolio
from poc_gate.model.verdict import EXIT_OF_WORD, Word

_ACCEPT = {"go": (Word.GO,), "conditional": (Word.GO, Word.CONDITIONAL)}
_SHOWN_FAILURES = 10


class PortfolioOptions(Struct, frozen=True):
    """What was typed."""

    paths: tuple[Path, ...]
    results: Path
    day: str
    machine: str
    packs: tuple[str, ...]
    sources: str
    only: tuple[str, ...]
    stage: str
    jobs: int
    shard: str
    again: str
    limit: str
    memory: int
    pages: bool
    history: str
    accept: str
    strict: bool


class PortfolioAnswer(Struct, frozen=True):
    """What a run over many pilots answers."""

    code: ExitCode
    text: str
    notes: tuple[str, ...]


def run_and_answer(
    options: PortfolioOptions, tell: Callable[[str, float], None], *, width: int
) -> PortfolioAnswer:
    """Judge the pilots, keep the run where a history is named, and answer; raises what `run_portfolio` raises."""
    from poc_gate.app.portfolio.run_portfolio import PortfolioRequest, run_portfolio
    from poc_gate.many.portfolio.overview import overview
    from poc_gate.report.portfolio.portfolio_text import portfolio_text
    from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

    if options.accept and options.accept.lower() not in _ACCEPT:
        raise UsageError(
            f"--accept {options.accept!r} is not a verdict that can pass", next_step="write go or conditional"
        )
    if options.history and options.only:
        step = "judge all rules for --history, or leave it out"
        raise UsageError("a selection of rules is not a run to compare others with", next_step=step)
    try:
        limit = parse_quantity(options.limit, "s").value
    except QuantityError as error:
        raise UsageError(
            f"--limit {options.limit!r}: {error.what}", next_step="write it as 30 s or 2 min"
        ) from None
    request = PortfolioRequest(
        paths=options.paths,
        results=options.results,
        day=options.day or dt.datetime.now(tz=dt.UTC).date().isoformat(),
        machine=options.machine,
        packs=options.packs,
        sources=options.sources,
        only=options.only,
        stage=options.stage,
        jobs=options.jobs,
        shard=options.shard,
        again=options.again,
        limit_s=limit,
        memory=options.memory,
        pages=options.pages,
    )
    done = run_portfolio(request, tell)
    if options.history:
        from poc_gate.app.portfolio.keep_portfolio import keep_portfolio

        keep_portfolio(Path(options.history), options.results, done.portfolio)
    notes = [f"{row.path}: not judged: {row.reason}" for row in done.portfolio.rows if row.state == FAILED]
    more = len(notes) - _SHOWN_FAILURES
    counted = f"{done.judged} judged, {done.reused} unchanged since an earlier run, {done.failed} could not be judged"
    told = [
        *notes[:_SHOWN_FAILURES],
        *([f"and {more} more that could not be judged"] if more > 0 else []),
        f"poc-gate: {counted}",
    ]
    return PortfolioAnswer(
        _code(done.portfolio, options), portfolio_text(overview(done.portfolio), width), tuple(told)
    )


def _code(portfolio: Portfolio, options: PortfolioOptions) -> ExitCode:
    """Return 3 for a pilot that could not be judged where that counts, else the worst word that is not accepted."""
    if options.strict and any(row.state == FAILED for row in portfolio.rows):
        return ExitCode.INVALID_INPUT
    accepted = _ACCEPT.get(options.accept.lower(), ())
    refused = [Word(row.word) for row in portfolio.rows if row.word and Word(row.word) not in accepted]
    if not accepted:
        return ExitCode.GO
    return max((EXIT_OF_WORD[word] for word in refused), default=ExitCode.GO)
