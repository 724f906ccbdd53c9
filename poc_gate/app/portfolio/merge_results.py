"""Folders of parts -> one folder of the whole: records and pages copied, rows joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from poc_gate.app.ground.files.own_output import check_kept
from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.app.portfolio.judge_pilot import PAGES, RECORDS
from poc_gate.app.portfolio.portfolio_file import PORTFOLIO_FILE, read_portfolio, write_portfolio
from poc_gate.errors import UsageError
from poc_gate.many.portfolio.merge_shards import merge

_KEPT = re.compile(
    rf"(?:{RECORDS}/[A-Za-z0-9._-]+-[0-9a-f]{{12}}\.json\.gz|{PAGES}/[A-Za-z0-9._-]+-[0-9a-f]{{12}}\.html)"
)
"""Names of records and pages: the digest in them makes each the place of one pilot."""


def merge_results(parts: Sequence[Path], output: Path) -> str:
    """Join the parts and write the whole; return what was joined, in words.

    Raises UsageError for parts that do not belong together or files that cannot be written.
    """
    read = [read_portfolio(part) for part in parts]
    whole = merge(read)
    if any(part.resolve() == output.resolve() for part in parts):
        raise UsageError(f"{output} is one of the parts", next_step="choose another folder for the whole")
    check_kept(output / PORTFOLIO_FILE)
    folders = {RECORDS, *(PAGES for part in read for row in part.rows if row.page)}
    for folder in ("", *sorted(folders)):
        make_folder(output / folder)
    for part, held in zip(parts, read, strict=True):
        for row in held.rows:
            for name in filter(None, (row.record, row.page)):
                if not _KEPT.fullmatch(name):
                    what = f"{part}: {name!r} is not a name that `portfolio run` gives a file"
                    raise UsageError(what, next_step="run that part again")
                write_file(output / name, read_file(part / name))
    write_file(output / PORTFOLIO_FILE, write_portfolio(whole))
    missing = sum(row.reason.startswith("no part") for row in whole.rows)
    lost = (
        f"; {missing} {'pilot is' if missing == 1 else 'pilots are'} in no part: the row says so"
        if missing
        else ""
    )
    return f"poc-gate: {len(parts)} parts, {len(whole.rows)} pilots{lost}"
