"""Pipes as outputs: what is read arrives whole, and one that nobody reads is refused in words instead of waited for."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from poc_gate.app.ground.files.write_file import write_file
from poc_gate.app.ground.files.write_stream import write_stream
from poc_gate.errors import UsageError

CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def reading(pipe: Path, found: list[bytes], *, after: float = 0.0, pause: float = 0.0) -> threading.Thread:
    def read() -> None:
        time.sleep(after)
        with pipe.open("rb", buffering=0) as file:
            while more := file.read(1 << 16):
                found.append(more)
                time.sleep(pause)

    thread = threading.Thread(target=read)
    thread.start()
    return thread


@pytest.mark.parametrize(("after", "pause"), [(0.0, 0.0), (0.4, 0.0), (0.1, 0.05)])
def test_a_reader_that_comes_late_or_reads_slowly_gets_everything(
    pipe: Path, after: float, pause: float
) -> None:
    found: list[bytes] = []
    thread = reading(pipe, found, after=after, pause=pause)
    write_file(pipe, CONTENT)
    thread.join(10)
    assert b"".join(found) == CONTENT


def test_a_pipe_that_nobody_reads_is_refused_in_words(pipe: Path) -> None:
    began = time.monotonic()
    with pytest.raises(UsageError, match="a pipe that nobody reads"):
        write_stream(pipe, CONTENT, wait=0.3)
    assert time.monotonic() - began < 3


def test_a_reader_that_takes_nothing_is_told(pipe: Path) -> None:
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(UsageError, match="took nothing"):
            write_stream(pipe, CONTENT, wait=0.3)
    finally:
        os.close(held)


def test_a_reader_that_goes_away_is_told(pipe: Path) -> None:
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    closing = threading.Timer(0.2, os.close, [held])
    closing.start()
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(pipe, CONTENT)
    closing.join()


def test_a_socket_is_no_place_for_a_report(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        with pytest.raises(UsageError, match="cannot be written"):
            write_file(path, b"x")
