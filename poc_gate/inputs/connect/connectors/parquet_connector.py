"""Parquet files: reads of one row group, footer statistics for freshness, what the layout costs."""

from __future__ import annotations

import os
import random
import time
from typing import Any

from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.drivers.found_files import drop_cached, find_files, open_for_reading
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
)
from poc_gate.inputs.connect.newest_age import newest_age
from poc_gate.text.existing_path import is_there

_MOST_FOOTERS = 200
_MOST_GROUP = 64 * 2**20
_BULK_S = 10.0


def _columns(target: Target) -> list[str] | None:
    return [name.strip() for name in target.option("columns").split(",") if name.strip()] or None


def _check(target: Target) -> tuple[str, ...]:
    if not target.path or not is_there(target.path):
        return (f"{target.path or 'the address'} does not exist: write url: file:///folder or a path",)
    return ()


def _intend(target: Target) -> Intent:
    columns = target.option("columns") or "all columns"
    time_of = (
        f"footer maximum of {target.option('time')}" if target.option("time") else "newest change of a file"
    )
    renewals = time_of.replace("newest change of a file", "last change of each file")
    return Intent(f"read of one row group, {columns}, past the page cache", 2**20, time_of, renewals)


class _Link(Link):
    """One reader with files of its own."""

    def __init__(self, session: _Session) -> None:
        self._session = session

    def call(self, number: int) -> Call:
        path, group, size = self._session.groups[number % len(self._session.groups)]
        rows, _ = self._session.read_group(path, group)
        return Call(bytes=size, rows=rows)

    def close(self) -> None:
        """Nothing stays open between calls."""


class _Session(Session):
    """One file or folder of files."""

    readers = 4

    def __init__(self, target: Target) -> None:
        from pyarrow.lib import ArrowException

        self._target = target
        self._files = find_files(target.path, ".parquet")
        self.groups: list[tuple[str, int, int]] = []
        self._maxima: list[Any] = []
        self.errors = (ArrowException, KeyError)

    def connect(self) -> Link:
        return _Link(self)

    def read_group(self, path: str, group: int) -> tuple[int, int]:
        """Read one row group past the page cache and return its rows and bytes in memory; contents are dropped."""
        import pyarrow.parquet as pq

        descriptor = open_for_reading(path)
        with os.fdopen(descriptor, "rb") as file:
            drop_cached(descriptor, 0, 0)
            table = pq.ParquetFile(file).read_row_group(
                group, columns=_columns(self._target), use_threads=False
            )
            return table.num_rows, table.nbytes

    def prepare(self, link: Link) -> Server:
        import pyarrow.parquet as pq

        del link
        codecs: set[str] = set()
        rows: list[int] = []
        for file in self._files[:_MOST_FOOTERS]:
            footer = pq.read_metadata(file.path)
            for group in range(footer.num_row_groups):
                about = footer.row_group(group)
                size = sum(about.column(index).total_compressed_size for index in range(about.num_columns))
                codecs |= {about.column(index).compression for index in range(about.num_columns)}
                rows.append(about.num_rows)
                if about.num_rows and size <= _MOST_GROUP:
                    self.groups.append((file.path, group, size))
                self._note_time(about)
        if not self.groups:
            raise SourceError("no Parquet file there has a readable row group", kind="empty")
        random.Random(0).shuffle(self.groups)  # noqa: S311 - a sample, no secret
        sizes = sorted(file.size for file in self._files)
        notes = {
            "files": f"{len(self._files):,}",
            "median size": f"{sizes[len(sizes) // 2]:,} B",
            "row groups": f"{len(rows):,}",
            "rows per group": f"{sorted(rows)[len(rows) // 2]:,}",
            "codecs": ", ".join(sorted(codecs)),
        }
        return Server("", None, notes)

    def _note_time(self, group: Any) -> None:
        wanted = self._target.option("time")
        for index in range(group.num_columns if wanted else 0):
            column = group.column(index)
            if (
                column.path_in_schema == wanted
                and column.statistics is not None
                and column.statistics.has_min_max
            ):
                self._maxima.append(column.statistics.max)

    def newest(self, link: Link) -> Newest | None:
        del link
        wanted = self._target.option("time")
        if not wanted:
            changed = max(file.changed for file in self._files)
            return Newest(time.time() - changed, f"newest change among {len(self._files):,} files")
        if not self._maxima:
            raise SourceError(f"the footers have no maximum of {wanted}", kind="empty")
        return Newest(newest_age(max(self._maxima), time.time()), f"footer maximum of {wanted}")

    def renewals(self, link: Link) -> Renewals | None:
        del link
        wanted, now = self._target.option("time"), time.time()
        if wanted:
            ages = tuple(newest_age(value, now) for value in self._maxima)
            return Renewals(ages, f"footer maximum of {wanted} in each of {len(ages):,} row groups")
        ages = tuple(now - file.changed for file in self._files)
        return Renewals(ages, f"last change of each of {len(ages):,} files")

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        return self.bulk_part(link, most_bytes, 0, 1)

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        """Read every `readers`-th row group."""
        del link
        begun, size, rows = time.perf_counter(), 0, 0
        for path, group, stored in self.groups[reader::readers]:
            if size + stored > most_bytes or time.perf_counter() - begun > _BULK_S:
                break
            rows += self.read_group(path, group)[0]
            size += stored
        if not rows:
            return None
        seconds = time.perf_counter() - begun
        return Bulk(size, rows, seconds, f"{rows:,} rows, row group by row group; bytes as stored")


CONNECTOR = Connector(
    name="parquet",
    summary="Parquet files: row groups, footers, layout",
    systems=("parquet", "iceberg-files", "delta-files"),
    schemes=("parquet",),
    options=(
        ProbeOption("columns", "Columns that the pilot reads, with commas between; default all", "id,text"),
        ProbeOption("time", "Column whose footer maximum dates the newest row", "updated_at"),
    ),
    locks=(
        "descriptors that can only read",
        "regular files below the declared path; links are not followed",
        "contents are counted and dropped; nothing is created",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="parquet",
    modules=("pyarrow",),
    is_local=True,
)
