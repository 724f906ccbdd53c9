"""One run -> one file of a history: its name is its day and its digest, and nothing rewrites it."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from poc_gate.app.ground.files.write_file import make_folder, write_file
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.many.record import Record
from poc_gate.model.many.run_history import SCHEMA, Kept
from poc_gate.text.documents.typed_json import decode_typed

SUFFIX = ".jsonl.gz"
_LARGEST = 256 << 20
"""Bytes of a run unpacked: one of ten thousand pilots has about 100 MB."""
_STEP = "remove the file from the folder, or restore the one that was written"


def keep(history: Path, kept: Iterable[Kept]) -> Path | None:
    """Write the records of one run; return its file, None where there is nothing to keep.

    Raises UsageError when the folder cannot be written to.
    """
    lines = [msgspec.json.encode(_slim(one), order="sorted") for one in kept]
    if not lines:
        return None
    content = gzip.compress(b"\n".join(lines) + b"\n", compresslevel=6, mtime=0)
    day = msgspec.json.decode(lines[0], type=Kept).day
    path = history / f"{day}-{hashlib.sha256(content).hexdigest()[:16]}{SUFFIX}"
    make_folder(history)
    if not path.exists():
        write_file(path, content)
    return path


def kept_path(path: str, pilot: str) -> str:
    """Return what a pilot is kept under: its path as seen from here, the same on every machine; here itself, its name."""
    seen = Path(os.path.relpath(path)).as_posix()
    if seen == ".":
        return pilot
    return Path(path).resolve().as_posix() if seen.startswith("..") else seen


def keep_record(history: Path, path: str, record: Record, *, at: str = "") -> Path | None:
    """Keep one record under the pilot's path; raises UsageError when the folder cannot be written to."""
    return keep(history, [Kept(record.day, at or now(), kept_path(path, record.pilot), record)])


def read_run(path: Path) -> Iterator[Kept]:
    """Yield the records of one file; raises InvalidInputError for one that is damaged or was changed."""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest()[:16] != path.name.removesuffix(SUFFIX)[11:]:
            fault = Fault(
                path.as_posix(), 0, 0, "the file has changed since it was written: its digest differs", _STEP
            )
            raise InvalidInputError([fault])
        with gzip.open(io.BytesIO(content)) as packed:
            held = packed.read(_LARGEST + 1)
        if len(held) > _LARGEST:
            what = f"it unpacks to more than {_LARGEST:,} bytes"
            raise InvalidInputError([Fault(path.as_posix(), 0, 0, what, _STEP)])
        for line in held.splitlines():
            one = decode_typed(line, Kept)
            if one.schema != SCHEMA:
                raise InvalidInputError([Fault(path.as_posix(), 0, 0, f"this is not a {SCHEMA} file", _STEP)])
            yield one
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise InvalidInputError([Fault(path.as_posix(), 0, 0, f"cannot be read: {error}", _STEP)]) from None


def _slim(one: Kept) -> Kept:
    record = replace(one.record, open=(), demands=(), reasons=(), day="", unchanged_until="")
    return replace(one, record=record)


def now() -> str:
    """Return the time in UTC, to the second."""
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
