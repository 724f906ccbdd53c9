"""One bounded scratch file in a folder that the user named; gone when the measurement ends, even when it is killed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.storage.storage_reads import ReadFile

LARGEST = 1 << 30
SMALLEST = 16 << 20
_STEP = 1 << 22


@contextmanager
def scratch_file(folder: Path, size: int) -> Iterator[ReadFile]:
    """Yield a file of at most `size` bytes of noise, at most a quarter of the free space, opened for reading.

    Its name is taken away before the first byte is written: the system frees the file with its last
    handle, also after a signal that nothing can catch.

    Raises NotMeasuredError when the folder is not writable or holds no 64 MiB of free space.
    """
    try:
        room = os.statvfs(folder)
        size = min(size, room.f_bavail * room.f_frsize // 4, LARGEST) // _STEP * _STEP
    except OSError as error:
        raise _impossible(folder, error.strerror or str(error)) from error
    if size < SMALLEST:
        raise _impossible(folder, "less than 64 MiB are free there")
    # The name is known before the file is there, so that an interrupt in between cannot leave it behind.
    path = folder / f"poc-gate-scratch-{os.urandom(8).hex()}"
    with ExitStack() as stack:
        try:
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                stack.callback(os.close, handle)
                file = ReadFile(path)
                stack.callback(file.close)
            finally:
                with contextlib.suppress(OSError):
                    path.unlink()
            _write(handle, size)
            file.look()
        except OSError as error:
            raise _impossible(folder, error.strerror or str(error)) from error
        yield file


def _write(handle: int, size: int) -> None:
    # Noise, because some storage compresses or leaves out zeros; one block, because making it takes time too.
    block = memoryview(os.urandom(_STEP))
    for number in range(size // _STEP):
        stamped = bytearray(block)
        stamped[:8] = number.to_bytes(8, "little")  # no two blocks alike: nothing to deduplicate
        written = 0
        while written < len(stamped):
            written += os.write(handle, memoryview(stamped)[written:])
    os.fsync(handle)


def _impossible(folder: Path, why: str) -> NotMeasuredError:
    return NotMeasuredError(
        f"no scratch file can be written in {folder}: {why}",
        next_step="name a writable folder with space, or an existing file to read",
    )
