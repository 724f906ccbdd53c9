"""Files and folders: which are found, which places are drawn, how old they are, and what one bounded read reads."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest

from poc_gate.inputs.connect.connectors import files_connector
from poc_gate.inputs.connect.connectors.files_connector import CONNECTOR
from poc_gate.inputs.connect.drivers import found_files
from poc_gate.inputs.connect.drivers.found_files import drop_cached, find_files, open_for_reading
from poc_gate.inputs.connect.interface import SourceError, Target

MIB = 2**20


def opened(path: Path, **options: str):
    session = CONNECTOR.open(Target("x", path=str(path), options=options))
    link = session.connect()
    return session, link, session.prepare(link)


def test_regular_files_of_an_ending_are_found_in_order_and_no_links(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.csv", "a.txt", "b/y.csv", "b/a.csv"):
        (tmp_path / name).write_bytes(b"x" * len(name))
    (tmp_path / "link.csv").symlink_to(tmp_path / "z.csv")
    found = [
        (Path(file.path).relative_to(tmp_path).as_posix(), file.size)
        for file in find_files(str(tmp_path), ".csv")
    ]
    assert found == [("z.csv", 5), ("b/a.csv", 7), ("b/y.csv", 7)]
    assert len(find_files(str(tmp_path))) == 4
    assert [file.path for file in find_files(str(tmp_path / "a.txt"))] == [str(tmp_path / "a.txt")]


def test_no_more_files_are_listed_than_the_bound(tmp_path, monkeypatch):
    assert found_files.MOST_FILES == 10_000
    monkeypatch.setattr(found_files, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}").write_bytes(b"x")
    assert [Path(file.path).name for file in find_files(str(tmp_path))] == ["0", "1", "2"]


def test_a_descriptor_reads_alone_follows_no_link_and_goes_to_no_other_program(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    descriptor = open_for_reading(str(tmp_path / "a"))
    try:
        assert fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
        assert fcntl.fcntl(descriptor, fcntl.F_GETFD) & fcntl.FD_CLOEXEC
    finally:
        os.close(descriptor)
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        open_for_reading(str(tmp_path / "link"))


def test_the_system_is_asked_to_forget_the_range(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "posix_fadvise", lambda *given: asked.append(given))
    drop_cached(7, 4096, 512)
    assert asked == [(7, 4096, 512, os.POSIX_FADV_DONTNEED)]


@pytest.mark.parametrize(
    ("options", "faults"),
    [
        ({"block": "512"}, ()),
        ({"block": "67108864"}, ()),
        ({"block": "511"}, ("the probe option 'block' must be 512 to 67108864 bytes",)),
        ({"block": "67108865"}, ("the probe option 'block' must be 512 to 67108864 bytes",)),
        ({"block": "many"}, ("the probe option 'block' must be 512 to 67108864 bytes",)),
        ({"cache": "hot"}, ("the probe option 'cache' must be cold or warm",)),
        ({"cache": "warm"}, ()),
    ],
)
def test_options_at_their_bounds(tmp_path, options, faults):
    assert CONNECTOR.check(Target("x", path=str(tmp_path), options=options)) == faults


def test_an_address_that_is_not_there_is_told():
    assert CONNECTOR.check(Target("x")) == (
        "the address does not exist: write url: file:///folder or a path",
    )
    assert CONNECTOR.check(Target("x", path="/nowhere")) == (
        "/nowhere does not exist: write url: file:///folder or a path",
    )


def test_what_one_call_is_said_to_be(tmp_path):
    cold, warm = (
        CONNECTOR.intend(Target("x", path=str(tmp_path), options=options))
        for options in ({}, {"cache": "warm"})
    )
    assert (cold.call, cold.bytes_per_call) == (
        "pread of 65,536 bytes at random places, past the page cache",
        65_536,
    )
    assert warm.call == "pread of 65,536 bytes at random places, with the page cache's help"


def test_places_are_whole_pages_inside_the_files_and_larger_files_get_more(tmp_path):
    (tmp_path / "large").write_bytes(b"x" * (3 * MIB))
    (tmp_path / "small").write_bytes(b"y" * MIB)
    (tmp_path / "empty").write_bytes(b"")
    session, link, server = opened(tmp_path)
    assert len(session.places) == 2000
    assert all(at % 4096 == 0 for _, at in session.places)
    sizes = {str(tmp_path / "large"): 3 * MIB, str(tmp_path / "small"): MIB}
    assert all(0 <= at <= sizes[path] - 65_536 for path, at in session.places)
    for path, size in sizes.items():
        drawn = [at for held, at in session.places if held == path]
        assert max(drawn) > 0.95 * (size - 65_536), "the last pages are drawn too"
        assert min(drawn) < 0.05 * size
        assert len(drawn) == pytest.approx(2000 * size / (4 * MIB), rel=0.15)
    assert {name: server.notes[name] for name in ("files", "median size", "cache")} == {
        "files": "3", "median size": f"{MIB:,} B", "cache": "cold",
    }  # fmt: skip
    assert 0.0 <= float(server.notes["warm read"].removesuffix(" s")) < 1.0
    assert link.call(0).bytes == link.call(2000).bytes == 65_536
    link.close()


def test_a_file_shorter_than_a_block_is_read_whole_and_an_empty_folder_is_told(tmp_path):
    with pytest.raises(SourceError, match="no file there has any content"):
        opened(tmp_path)
    (tmp_path / "a").write_bytes(b"x" * 1000)
    session, link, _ = opened(tmp_path, cache="warm")
    assert {at for _, at in session.places} == {0}
    assert link.call(5).bytes == 1000
    assert session.cold is False
    link.close()


def test_cold_reads_forget_first_and_warm_ones_do_not(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"x" * MIB)
    asked = []
    monkeypatch.setattr(files_connector, "drop_cached", lambda *given: asked.append(given))
    for options, times in (({}, 1), ({"cache": "warm"}, 0)):
        asked.clear()
        session, link, _ = opened(tmp_path, **options)
        link.call(0)
        assert [given[1:] for given in asked] == [(session.places[0][1], 65_536)] * times
        link.close()


def test_sixteen_descriptors_are_kept_and_the_first_makes_room(tmp_path):
    for number in range(18):
        (tmp_path / f"{number:02}").write_bytes(b"x")
    link = CONNECTOR.open(Target("x", path=str(tmp_path))).connect()
    for number in range(18):
        link.descriptor(str(tmp_path / f"{number:02}"))
    assert [Path(path).name for path in link._open] == [f"{number:02}" for number in range(2, 18)]
    link.close()
    assert link._open == {}


def test_ages_count_from_the_last_change(tmp_path):
    now = time.time()
    for name, age in (("old", 7200.0), ("new", 600.0)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (now - age, now - age))
    session, link, _ = opened(tmp_path)
    newest, renewals = session.newest(link), session.renewals(link)
    assert newest.age == pytest.approx(600.0, abs=30.0)
    assert newest.method == "newest change among 2 files"
    assert sorted(renewals.ages) == pytest.approx([600.0, 7200.0], abs=30.0)
    link.close()


def test_a_bounded_read_reads_the_largest_files_first_up_to_its_bound(tmp_path):
    (tmp_path / "small").write_bytes(b"x" * 1_000_001)
    (tmp_path / "large").write_bytes(b"y" * (9 * MIB))
    session, link, _ = opened(tmp_path)
    assert [(Path(path).name, at) for path, at in session._pieces()] == [
        ("large", 0),
        ("large", 8 * MIB),
        ("small", 0),
    ]
    whole = session.bulk(link, 10**9)
    assert (whole.bytes, whole.rows) == (9 * MIB + 1_000_001, 0)
    assert 0.0 < whole.seconds < 9.0
    assert whole.method == "sequential read of 10,437,185 bytes, largest files first"
    for most in (1, MIB, 5 * MIB + 1, 9 * MIB):
        assert session.bulk(link, most).bytes == most
    parts = [session.bulk_part(link, 10**9, reader, 2).bytes for reader in range(2)]
    assert parts == [8 * MIB + 1_000_001, MIB]
    link.close()


def test_a_bounded_read_ends_after_its_time(tmp_path, monkeypatch):
    (tmp_path / "large").write_bytes(b"y" * (9 * MIB))
    session, link, _ = opened(tmp_path)
    clock = iter(float(at) for at in range(0, 1000, 5))
    monkeypatch.setattr(files_connector.time, "perf_counter", lambda: next(clock))
    found = session.bulk(link, 10**9)
    assert found.bytes == MIB, "begun at 0 s; at 5 s a chunk is read, at 10 s none"
    assert found.seconds > 10.0
    link.close()


def test_the_least_of_twenty_warm_reads_is_told_beside_the_median_size(tmp_path, monkeypatch):
    for size in (10, 20, 30, 40, 50):
        (tmp_path / f"{size}").write_bytes(b"x" * size)
    spent = [3.0, 1.0, *[2.0] * 18]
    clock = iter([at for took in spent for at in (0.0, took)])
    monkeypatch.setattr(files_connector.time, "perf_counter", lambda: next(clock))
    _, link, server = opened(tmp_path)
    assert (server.notes["warm read"], server.notes["median size"]) == ("1.000000 s", "30 B")
    assert next(clock, None) is None
    link.close()


def test_four_readers_share_a_read_and_nothing_is_dialled(tmp_path):
    assert CONNECTOR.open(Target("x", path=str(tmp_path))).readers == 4
    assert CONNECTOR.is_local
