"""Files are read within bounds, packed or not; what cannot be read ends in one error with a next step."""

from __future__ import annotations

import gzip
import hashlib
import os

import pytest
from backports import zstd

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe import packed_stream
from poc_gate.inputs.observe.packed_stream import HEAD, PackedStream

LINES = b"".join(b'{"number": %d, "filling": "%s"}\n' % (n, b"x" * (n % 900)) for n in range(3000))


def written(folder, content, name="run.jsonl"):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("packing", "pack"), [("", bytes), ("gzip", gzip.compress), ("zstandard", zstd.compress)]
)
def test_every_packing_gives_the_same_lines_and_the_digest_of_the_raw_file(tmp_path, packing, pack):
    raw = pack(LINES)
    path = written(tmp_path, raw)
    with PackedStream(path, "run.jsonl") as stream:
        assert stream.packing == packing
        assert stream.head() == LINES[:HEAD]
        found = list(stream.lines())
        assert stream.sha256() == hashlib.sha256(raw).hexdigest()
    assert found == list(enumerate(LINES.splitlines(), 1))


def test_the_digest_is_of_the_whole_file_whatever_was_read(tmp_path):
    path = written(tmp_path, gzip.compress(os.urandom(5 << 20)))
    with PackedStream(path, "run.gz") as stream:
        assert stream.sha256() == hashlib.sha256(path.read_bytes()).hexdigest()


def test_blank_lines_are_passed_over_and_counted(tmp_path):
    with PackedStream(written(tmp_path, b"a\n\n  \r\nb"), "x") as stream:
        assert list(stream.lines()) == [(1, b"a"), (4, b"b")]


def test_a_packed_file_cut_short_or_damaged_is_one_error(tmp_path):
    content = os.urandom(3 << 20)
    packed, other = gzip.compress(content), zstd.compress(content)
    damaged = packed[:2000] + b"\0" * 500 + packed[2500:]
    for broken in (packed[: len(packed) // 2], damaged, other[: len(other) // 2]):
        path = written(tmp_path, broken)
        with (
            pytest.raises(InvalidInputError, match="cannot be read to its end") as caught,
            PackedStream(path, "run.gz") as stream,
        ):
            list(stream.chunks())
        assert caught.value.faults[0].next_step


def test_what_swells_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(packed_stream, "_FREE", 1 << 20)
    path = written(tmp_path, gzip.compress(bytes(20 << 20)))
    with PackedStream(path, "bomb.gz") as stream, pytest.raises(InvalidInputError, match="unpacks to more"):
        list(stream.chunks())


def test_an_endless_line_and_a_document_too_large_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(packed_stream, "LONGEST_LINE", 1 << 20)
    path = written(tmp_path, b"ok\n" + b"x" * (3 << 20))
    with PackedStream(path, "long.jsonl") as stream, pytest.raises(InvalidInputError) as caught:
        list(stream.lines())
    assert caught.value.faults[0].line == 2
    with PackedStream(path, "long.jsonl") as stream, pytest.raises(InvalidInputError, match="holds more"):
        stream.whole(1 << 20)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"BZh9", b"\xfd7zXZ\x00"])
def test_archives_are_not_opened(tmp_path, start):
    with pytest.raises(InvalidInputError, match="archive"):
        PackedStream(written(tmp_path, start + b"0" * 50), "x.bin")


def test_without_the_module_for_zstandard_the_install_line_is_given(tmp_path, monkeypatch):
    monkeypatch.setattr(packed_stream, "_zstd", lambda: None)
    with pytest.raises(InvalidInputError) as caught:
        PackedStream(written(tmp_path, zstd.compress(b"x")), "x.zst")
    assert "poc-gate[zstd]" in caught.value.faults[0].next_step


def test_what_is_no_plain_file_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(written(tmp_path, b"{}"))
    for path in (tmp_path / "absent", link):
        with pytest.raises(InvalidInputError, match="cannot be read"):
            PackedStream(path, "x")
