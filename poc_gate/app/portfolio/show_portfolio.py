"""A folder of results -> the overview in the forms that are wanted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from poc_gate.app.ground.files.outputs import put_out, wanted_outputs
from poc_gate.app.ground.files.write_file import refuse_inputs
from poc_gate.app.portfolio.portfolio_file import PORTFOLIO_FILE, read_portfolio
from poc_gate.many.portfolio.overview import overview as see
from poc_gate.model.many.portfolio import Overview, Shared

FORMS = ("terminal", "html", "csv", "json", "markdown")


def show_portfolio(
    results: Path, forms: Sequence[str], *, width: int = 80, capacity: str = "", history: str = ""
) -> bytes:
    """Return the bytes for stdout, and write the forms that name a file.

    Raises UsageError for an unknown form, two on stdout, or results that are none.
    """
    outputs = wanted_outputs(forms, FORMS, always_text=False)
    read = [str(results / PORTFOLIO_FILE if results.is_dir() else results), capacity]
    refuse_inputs([output.path for output in outputs], [*filter(None, read), *_inside(history)])
    seen = read_overview(results, capacity=capacity, history=history)
    return put_out(
        (one, _render(seen, one.format, width=width, folder=_way(one.path, results))) for one in outputs
    )


def _inside(history: str) -> list[str]:
    """Return the files of a history: none of them is a place for a page."""
    folder = Path(history)
    return [str(path) for path in folder.iterdir()] if history and folder.is_dir() else []


def read_overview(results: Path, *, capacity: str = "", history: str = "") -> Overview:
    """Return what the results say together, with what is shared and what changed where that is asked for."""
    portfolio = read_portfolio(results)
    shared: tuple[Shared, ...] = ()
    if capacity:
        from poc_gate.app.portfolio.read_capacity import capacities

        shared = capacities(portfolio, Path(capacity))
    if not history:
        return see(portfolio, capacity=shared)
    from poc_gate.app.history.course import course_of

    course = course_of(Path(history), portfolio)
    return see(portfolio, since=course.since, turns=course.turns, lines=course.lines, capacity=shared)


def _way(target: str, results: Path) -> str:
    """Return the way from a page to the folder of the results, for links between them."""
    folder = results if results.is_dir() else results.parent
    beside = Path(target).parent if target else folder
    way = Path(os.path.relpath(folder.resolve(), beside.resolve())).as_posix()
    return "" if way == "." else f"{way}/"


def _render(seen: Overview, form: str, *, width: int, folder: str) -> bytes:
    if form == "html":
        from poc_gate.report.portfolio.portfolio_page import portfolio_page

        return portfolio_page(seen, folder)
    if form == "terminal":
        from poc_gate.report.portfolio.portfolio_text import portfolio_text

        return portfolio_text(seen, width).encode(errors="backslashreplace")
    from poc_gate.report.portfolio import portfolio_sheets as sheets

    if form == "csv":
        return sheets.portfolio_csv(seen)
    return (
        sheets.portfolio_json(seen)
        if form == "json"
        else sheets.portfolio_markdown(seen).encode(errors="replace")
    )
