"""Folders of parts -> one folder of the whole: records and pages copied, rows joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from poc_gate.app.ground.read_inputs import read_file
from poc_gate.app.ground.write_file import make_folder, write_file
from poc_gate.app.portfolio.judge_pilot import PAGES, RECORDS
from poc_gate.app.portfolio.portfolio_file import PORTFOLIO_FILE, read_portfolio, write_portfolio
from poc_gate.errors import UsageError
from poc_gate.portfolio.merge_shards import merge


def merge_results(parts: Sequence[Path], output: Path) -> str:
    """Join the parts and write the whole; return what was joined, in words.

    Raises UsageError for parts that do not belong together or files that cannot be written.
    """
    read = [read_portfolio(part) for part in parts]
    whole = merge(read)
    folders = {RECORDS, *(PAGES for part in read for row in part.rows if row.page)}
    for folder in ("", *sorted(folders)):
        make_folder(output / folder)
    for part, held in zip(parts, read, strict=True):
        for row in held.rows:
            for name in filter(None, (row.record, row.page)):
                if ".." in Path(name).parts or Path(name).is_absolute():
                    raise UsageError(
                        f"{part}: {name!r} leads out of the folder", next_step="run that part again"
                    )
                if (part / name).resolve() != (output / name).resolve():
                    write_file(output / name, read_file(part / name))
    write_file(output / PORTFOLIO_FILE, write_portfolio(whole))
    missing = sum(row.reason.startswith("no part") for row in whole.rows)
    lost = (
        f"; {missing} {'pilot is' if missing == 1 else 'pilots are'} in no part: the row says so"
        if missing
        else ""
    )
    return f"poc-gate: {len(parts)} parts, {len(whole.rows)} pilots{lost}"
