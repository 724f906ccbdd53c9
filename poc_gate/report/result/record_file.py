"""Record <-> its file `poc-gate.record/1`: compact canonical JSON, the same bytes everywhere."""

from __future__ import annotations

import json

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.many.record import SCHEMA, Record
from poc_gate.text.documents.typed_json import decode_typed

MOST_BYTES = 32 << 20
"""A record of 5,000 sources, the most that a manifest takes, has 17 MB."""
_AGAIN = "write it again with `poc-gate assess --format record=FILE`"


def write_record(record: Record) -> bytes:
    """Return the canonical bytes: sorted keys, ASCII, no blanks, one newline at the end."""
    import msgspec

    plain = msgspec.to_builtins(record)
    text = json.dumps(plain, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def read_record(content: bytes, file: str) -> Record:
    """Return the record of a file; raises InvalidInputError when it is none."""
    try:
        record = decode_typed(content, Record)
    except ValueError as error:
        raise InvalidInputError(
            [Fault(file, 0, 0, f"this is not a {SCHEMA} file: {error}", _AGAIN)]
        ) from None
    if record.schema != SCHEMA:
        raise InvalidInputError([Fault(file, 0, 0, f"this is not a {SCHEMA} file", _AGAIN)])
    return record
