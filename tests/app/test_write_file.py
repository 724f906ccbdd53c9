"""Files are replaced whole; what was there keeps its rights, links stay links, open files are written to."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from poc_gate.app.ground.files.write_file import check_target, write_file
from poc_gate.errors import UsageError


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_gets_the_rights_that_the_user_wants_of_new_files(tmp_path: Path, umask: int):
    before = os.umask(umask)
    try:
        write_file(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o755])
def test_a_file_that_is_there_keeps_its_rights(tmp_path: Path, rights: int):
    """A result that was closed to others must not be opened to them by the next run."""
    path = tmp_path / "result.json"
    path.write_bytes(b"old")
    path.chmod(rights)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == rights


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link(tmp_path: Path, there: bool):
    folder = tmp_path / "runs"
    folder.mkdir()
    target, link = folder / "today.json", tmp_path / "latest.json"
    if there:
        target.write_bytes(b"old")
    link.symlink_to(Path("runs", "today.json"))
    check_target(link)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert [path.name for path in folder.iterdir()] == ["today.json"]


def test_links_that_go_round_in_a_circle_are_told(tmp_path: Path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / "a", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_name_that_is_too_long_is_told(tmp_path: Path):
    path = tmp_path / ("x" * 300)
    for write in (check_target, lambda target: write_file(target, b"x")):
        with pytest.raises(UsageError, match="File name too long"):
            write(path)


def test_what_stands_for_an_open_file_is_written_to_even_where_that_is_a_plain_file(tmp_path: Path):
    """`-o /dev/stdout > file` must reach the file, and never replace /dev/stdout itself.

    Tried by the names that no program could replace: /dev/stdout is a link to the last of them.
    """
    script = (
        "import sys; from pathlib import Path; from poc_gate.app.ground.files.write_file import write_file;"
    )
    root = str(Path(__file__).parents[2])
    for name in ("/dev/fd/1", "/proc/self/fd/1"):
        with (tmp_path / "out").open("wb") as out:
            subprocess.run(
                [sys.executable, "-c", f"{script} write_file(Path({name!r}), b'all of it')"],
                stdout=out, check=True, env={**os.environ, "PYTHONPATH": root},
            )  # fmt: skip
            assert os.fstat(out.fileno()).st_nlink == 1, "the open file is still the one of that name"
        assert (tmp_path / "out").read_bytes() == b"all of it"


def test_what_a_kill_left_between_naming_and_placing_is_removed_by_the_next_write(tmp_path: Path):
    """A file written without a name is held by its writer until it has its place: unheld, its writer is gone."""
    dead = tmp_path / f".{'0' * 16}.whole.part"
    dead.write_bytes(b"whole")
    live = tmp_path / f".{'1' * 16}.whole.part"
    live.write_bytes(b"whole")
    young = tmp_path / f".{'2' * 16}.part"
    young.write_bytes(b"half")
    strange = tmp_path / ".mine.whole.part"
    strange.write_bytes(b"mine")
    with live.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_file(tmp_path / "out.txt", b"new")
    names = {one.name for one in tmp_path.iterdir()}
    assert names == {"out.txt", live.name, young.name, strange.name}
