"""Parquet files: which row groups are read, what a call and a bounded read count, what the footers tell of the time."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from poc_gate.inputs.connect.connectors import parquet_connector
from poc_gate.inputs.connect.connectors.parquet_connector import CONNECTOR
from poc_gate.inputs.connect.interface import SourceError, Target

MIB = 2**20
AT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def written(path: Path, rows: int = 100, group: int = 50, **columns: Any) -> None:
    """Write rows with an id and a text, and further columns, in row groups of so many."""
    held = {"id": range(rows), "body": ["x" * 10] * rows, **columns}
    pq.write_table(pa.table(held), path, row_group_size=group)


def opened(path: Path, **options: str):
    session = CONNECTOR.open(Target("x", path=str(path), options=options))
    link = session.connect()
    return session, link, session.prepare(link)


def stored(path: Path, group: int) -> int:
    about = pq.read_metadata(path).row_group(group)
    return sum(about.column(index).total_compressed_size for index in range(about.num_columns))


@pytest.mark.parametrize(
    ("path", "faults"),
    [
        ("", ("the address does not exist: write url: file:///folder or a path",)),
        ("/nowhere", ("/nowhere does not exist: write url: file:///folder or a path",)),
        ("/", ()),
    ],
)
def test_an_address_that_is_not_there_is_told(path, faults):
    assert CONNECTOR.check(Target("x", path=path)) == faults


def test_what_one_call_is_said_to_be():
    plain, dated = (
        CONNECTOR.intend(Target("x", path="/", options=options))
        for options in ({}, {"columns": "id,body", "time": "at"})
    )
    assert (plain.call, plain.bytes_per_call) == (
        "read of one row group, all columns, past the page cache",
        MIB,
    )
    assert (plain.freshness, plain.renewals) == ("newest change of a file", "last change of each file")
    assert dated.call == "read of one row group, id,body, past the page cache"
    assert dated.freshness == dated.renewals == "footer maximum of at"


def test_each_row_group_is_a_call_and_counts_what_is_stored(tmp_path):
    written(tmp_path / "a.parquet", rows=130, group=50)
    session, link, server = opened(tmp_path)
    file = str(tmp_path / "a.parquet")
    assert sorted(session.groups) == [
        (file, number, stored(tmp_path / "a.parquet", number)) for number in range(3)
    ]
    calls = [link.call(number) for number in range(4)]
    assert [(call.bytes, call.rows) for call in calls[:3]] == [
        (size, {0: 50, 1: 50, 2: 30}[group]) for _, group, size in session.groups
    ]
    assert calls[3] == calls[0]
    assert server.notes == {
        "files": "1",
        "median size": f"{(tmp_path / 'a.parquet').stat().st_size:,} B",
        "row groups": "3",
        "rows per group": "50",
        "codecs": "SNAPPY",
    }


def test_the_middle_of_sizes_rows_and_every_codec_are_told(tmp_path):
    held = (
        ("a", 10, "zstd"),
        ("b", 20, "zstd"),
        ("c", 30_000, "gzip"),
        ("d", 40_000, "gzip"),
        ("e", 2000, "snappy"),
    )
    for name, rows, codec in held:
        table = pa.table({"id": range(rows)})
        pq.write_table(table, tmp_path / f"{name}.parquet", row_group_size=50_000, compression=codec)
    (tmp_path / "other.txt").write_bytes(b"x")
    notes = opened(tmp_path)[2].notes
    assert notes == {
        "files": "5",
        "median size": f"{(tmp_path / 'e.parquet').stat().st_size:,} B",
        "row groups": "5",
        "rows per group": "2,000",
        "codecs": "GZIP, SNAPPY, ZSTD",
    }


def test_columns_that_are_named_are_read_alone(tmp_path):
    written(tmp_path / "a.parquet")
    file = str(tmp_path / "a.parquet")
    session = opened(tmp_path)[0]
    alone = opened(tmp_path, columns=" id, ,")[0]
    assert session.read_group(file, 0)[0] == alone.read_group(file, 0)[0] == 50
    assert alone.read_group(file, 0)[1] < 50 * 9
    assert session.read_group(file, 0)[1] > 50 * 18
    with pytest.raises(session.errors):
        session.read_group(file, 7)


def test_a_group_is_read_past_the_page_cache_by_one_thread(tmp_path, monkeypatch):
    written(tmp_path / "a.parquet")
    session = opened(tmp_path)[0]
    asked, read = [], []
    monkeypatch.setattr(parquet_connector, "drop_cached", lambda *given: asked.append(given[1:]))
    plain = pq.ParquetFile.read_row_group

    def noted(self: Any, *given: Any, **named: Any) -> Any:
        read.append(named)
        return plain(self, *given, **named)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", noted)
    session.read_group(str(tmp_path / "a.parquet"), 0)
    assert asked == [(0, 0)]
    assert read == [{"columns": None, "use_threads": False}]


def test_groups_without_rows_or_beyond_the_bound_are_not_read(tmp_path, monkeypatch):
    assert parquet_connector._MOST_GROUP == 64 * MIB
    written(tmp_path / "none.parquet", rows=0)
    with pytest.raises(SourceError, match="no Parquet file there has a readable row group") as told:
        opened(tmp_path)
    assert told.value.kind == "empty"
    written(tmp_path / "a.parquet")
    size = stored(tmp_path / "a.parquet", 0)
    assert stored(tmp_path / "a.parquet", 1) > size - 20
    for most, groups in ((size, 1), (size - 1, 0), (10**6, 2)):
        monkeypatch.setattr(parquet_connector, "_MOST_GROUP", most)
        if groups == 0:
            with pytest.raises(SourceError, match="no Parquet file"):
                opened(tmp_path)
        else:
            found = opened(tmp_path)[0].groups
            assert (str(tmp_path / "a.parquet"), 0, size) in found
            assert len(found) == sum(stored(tmp_path / "a.parquet", number) <= most for number in range(2))


def test_no_more_footers_are_read_than_the_bound(tmp_path, monkeypatch):
    assert parquet_connector._MOST_FOOTERS == 200
    for number in range(3):
        written(tmp_path / f"{number}.parquet")
    monkeypatch.setattr(parquet_connector, "_MOST_FOOTERS", 2)
    session, _, server = opened(tmp_path)
    assert {Path(path).name for path, _, _ in session.groups} == {"0.parquet", "1.parquet"}
    assert (server.notes["files"], server.notes["row groups"]) == ("3", "4")


def test_the_newest_row_is_the_greatest_maximum_of_the_column(tmp_path):
    stamps = [AT + dt.timedelta(hours=number) for number in range(100)]
    written(tmp_path / "a.parquet", at=stamps, other=[AT + dt.timedelta(days=900)] * 100)
    session, link, _ = opened(tmp_path, time="at")
    now = time.time()
    newest, renewals = session.newest(link), session.renewals(link)
    assert newest.age == pytest.approx(now - stamps[-1].timestamp(), abs=60)
    assert newest.method == "footer maximum of at"
    assert sorted(renewals.ages) == pytest.approx(
        [now - stamps[99].timestamp(), now - stamps[49].timestamp()], abs=60
    )
    assert renewals.method == "footer maximum of at in each of 2 row groups"


def test_columns_without_statistics_tell_no_time(tmp_path):
    held = {"id": [1, 2], "at": [AT, AT], "none": pa.array([None, None], pa.timestamp("us", tz="UTC"))}
    pq.write_table(pa.table(held), tmp_path / "a.parquet", write_statistics=["id", "none"])
    for column in ("at", "none", "elsewhere"):
        session, link, _ = opened(tmp_path, time=column)
        with pytest.raises(SourceError, match=f"the footers have no maximum of {column}") as told:
            session.newest(link)
        assert told.value.kind == "empty"
        assert session.renewals(link).ages == ()


def test_without_a_column_the_change_of_each_file_counts(tmp_path):
    now = time.time()
    for name, age in (("old", 7200.0), ("new", 600.0)):
        written(tmp_path / f"{name}.parquet")
        os.utime(tmp_path / f"{name}.parquet", (now - age, now - age))
    session, link, _ = opened(tmp_path)
    newest, renewals = session.newest(link), session.renewals(link)
    assert newest.age == pytest.approx(600.0, abs=30.0)
    assert newest.method == "newest change among 2 files"
    assert sorted(renewals.ages) == pytest.approx([600.0, 7200.0], abs=30.0)
    assert renewals.method == "last change of each of 2 files"
    assert session._maxima == []
    link.close()


def test_a_bounded_read_counts_rows_and_stored_bytes_up_to_its_bound(tmp_path):
    written(tmp_path / "a.parquet", rows=200, group=50)
    session, link, _ = opened(tmp_path)
    sizes = [size for _, _, size in session.groups]
    whole = session.bulk(link, sum(sizes))
    assert (whole.bytes, whole.rows) == (sum(sizes), 200)
    assert whole.method == "200 rows, row group by row group; bytes as stored"
    assert 0.0 < whole.seconds < 9.0
    assert session.bulk(link, sum(sizes) - 1).rows == 150
    assert session.bulk(link, sizes[0] - 1) is None
    parts = [session.bulk_part(link, 10**9, reader, 3) for reader in range(3)]
    assert [part.bytes for part in parts] == [sum(sizes[reader::3]) for reader in range(3)]


def test_a_bounded_read_ends_after_its_time(tmp_path, monkeypatch):
    written(tmp_path / "a.parquet", rows=200, group=50)
    session, link, _ = opened(tmp_path)
    for step, rows, seconds in ((5.0, 100, 20.0), (5.5, 50, 16.5)):
        clock = iter([step * number for number in range(100)])
        monkeypatch.setattr(parquet_connector.time, "perf_counter", lambda held=clock: next(held))
        found = session.bulk(link, 10**9)
        assert (found.rows, found.seconds) == (rows, seconds), (
            "a group is begun at ten seconds, and none after"
        )


def test_four_readers_share_a_read_and_nothing_is_dialled(tmp_path):
    written(tmp_path / "a.parquet")
    assert opened(tmp_path)[0].readers == 4
    assert CONNECTOR.is_local
