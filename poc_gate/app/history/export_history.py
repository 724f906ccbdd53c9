"""A history -> a table of every answer and every measurement, one value per row: CSV or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from poc_gate.app.ground.files.outputs import check_format
from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.write_file import refuse_inputs, write_file
from poc_gate.app.history.history_index import HistoryIndex
from poc_gate.errors import UsageError

FORMATS = ("csv", "parquet")
SCHEMA = "poc-gate.history/1"
"""Kept in the metadata of a Parquet file under the key `poc-gate`."""
_HEAD = ("day", "pilot", "path", "metric", "value", "unit", "ruler")


class Value(Struct, frozen=True):
    """One row of the table."""

    day: str
    """ISO date."""
    pilot: str
    path: str
    """What the pilot is kept under; of a figure of a machine `machine FINGERPRINT`."""
    metric: str
    """`word`, `proven` (percent), or the name of a measured fact."""
    number: float | None
    text: str
    """The word; empty where there is a number."""
    unit: str
    ruler: str
    """Versions that the value was judged or measured with; a line breaks where it changes."""


def export_history(history: Path, *, form: str = "", output: str = "") -> bytes:
    """Write the table, or return it for stdout where no file is named.

    Without `form` the end of the file's name decides. Raises UsageError for a format that is not known, a file that is
    not ours or part of the history, and where Parquet is asked for without pyarrow; else what `HistoryIndex` raises.
    """
    form = form or ("parquet" if output.endswith(".parquet") else "csv")
    check_format(form, FORMATS)
    if output:
        check_output(Path(output))
        refuse_inputs([output], [str(path) for path in history.iterdir()] if history.is_dir() else [])
    content = as_parquet(_values(history)) if form == "parquet" else as_csv(_values(history))
    if not output:
        return content
    write_file(Path(output), content)
    return b""


def _values(history: Path) -> Iterator[Value]:
    index = HistoryIndex(history)
    try:
        names = dict(index.paths())
        for path, name in names.items():
            for day, word, proven, held in index.steps(path):
                yield Value(day, name, path, "word", None, word, "", held)
                if proven is not None:
                    yield Value(day, name, path, "proven", proven, "", "%", held)
        for (whose, fact, unit), points in sorted(index.series().items()):
            for point in points:
                yield Value(point.day, names.get(whose, ""), whose, fact, point.value, "", unit, point.ruler)
    finally:
        index.close()


def as_csv(values: Iterator[Value]) -> bytes:
    """Return UTF-8 with a byte-order mark and CRLF, as spreadsheets read it; no cell is taken for a formula."""
    from poc_gate.report.lines.sheet_cells import cell

    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for one in values:
        value = one.text if one.number is None else one.number
        writer.writerow([one.day, cell(one.pilot), cell(one.path), one.metric, value, one.unit, one.ruler])
    return sheet.getvalue().encode("utf-8-sig", errors="replace")


def as_parquet(values: Iterator[Value]) -> bytes:
    """Return a Parquet file: `day` a date, `value` a double, `text` the word; names as they are.

    Raises UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        step = "pip install 'poc-gate[parquet]', or export CSV"
        raise UsageError("Parquet needs pyarrow, which is not installed", next_step=step) from None
    rows = list(values)
    table = pa.table(
        {
            "day": pa.array([dt.date.fromisoformat(one.day) for one in rows], pa.date32()),
            "pilot": _texts(pa, [one.pilot for one in rows]),
            "path": _texts(pa, [one.path for one in rows]),
            "metric": _texts(pa, [one.metric for one in rows]),
            "value": pa.array([one.number for one in rows], pa.float64()),
            "text": _texts(pa, [one.text or None for one in rows]),
            "unit": _texts(pa, [one.unit for one in rows]),
            "ruler": _texts(pa, [one.ruler for one in rows]),
        }
    ).replace_schema_metadata({"poc-gate": SCHEMA})
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _texts(pa: Any, texts: list[str | None]) -> Any:
    """Return texts as UTF-8; of names that are not text in any encoding the odd bytes are replaced."""
    plain = [text if text is None else text.encode(errors="replace").decode() for text in texts]
    return pa.array(plain, pa.string())
