"""The file `portfolio.json` <-> the portfolio: canonical JSON, the same bytes everywhere."""

from __future__ import annotations

from pathlib import Path

import msgspec

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.model.many.portfolio import SCHEMA, Portfolio
from poc_gate.text.documents.typed_json import decode_typed

PORTFOLIO_FILE = "portfolio.json"
_AGAIN = "write it again with `poc-gate portfolio run`"


def write_portfolio(portfolio: Portfolio) -> bytes:
    """Return the canonical bytes: sorted keys, no blanks, one newline at the end."""
    import json

    plain = msgspec.to_builtins(portfolio) | {"schema": portfolio.schema}
    text = json.dumps(plain, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def read_portfolio(results: Path) -> Portfolio:
    """Return the portfolio of a folder of results; raises UsageError where there is none, InvalidInputError for another file."""
    path = results / PORTFOLIO_FILE if results.is_dir() else results
    if not path.is_file():
        raise UsageError(
            f"there is no {PORTFOLIO_FILE} in {results}",
            next_step="give the folder that `portfolio run -o` wrote",
        )
    try:
        found = decode_typed(read_file(path), Portfolio)
    except ValueError as error:
        raise InvalidInputError(
            [Fault(path.as_posix(), 0, 0, f"this is not a {SCHEMA} file: {error}", _AGAIN)]
        ) from None
    if found.schema != SCHEMA:
        raise InvalidInputError([Fault(path.as_posix(), 0, 0, f"this is not a {SCHEMA} file", _AGAIN)])
    return found
