"""Record <-> its file `poc-gate.record/1`: compact canonical JSON, the same bytes everywhere."""

from __future__ import annotations

import json

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.many.record import SCHEMA, Record

MOST_BYTES = 4 << 20
_AGAIN = "write it again with `poc-gate assess --format record=FILE`"


def write_record(record: Record) -> bytes:
    """Return the canonical bytes: sorted keys, ASCII, no blanks, one newline at the end."""
    import msgspec

    plain = msgspec.to_builtins(record)
    text = json.dumps(plain, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def read_record(content: bytes, file: str) -> Record:
    """Return the record of a file; raises InvalidInputError when it is none."""
    import msgspec

    try:
        record = msgspec.json.decode(content, type=Record)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            [Fault(file, 0, 0, f"this is not a {SCHEMA} file: {error}", _AGAIN)]
        ) from None
    if record.schema != SCHEMA:
        raise InvalidInputError([Fault(file, 0, 0, f"this is not a {SCHEMA} file", _AGAIN)])
    return record
