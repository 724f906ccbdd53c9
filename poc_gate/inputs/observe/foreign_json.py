"""JSON as other tools write it -> data: the words `NaN` and `Infinity`, which Python's own writer uses, are read as numbers.

No number of theirs becomes a fact: whoever asks for a number gets None for those that are not finite. What a sampler or
a load tool means by them (a rate without limit) is told apart by `math.isinf`.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

_WORDS = (b"NaN", b"Infinity")


def parse_json(content: bytes, shape: Any = Any) -> Any:
    """Return the data, of the shape that is asked for; raises msgspec.DecodeError, UnicodeDecodeError or RecursionError."""
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        if not any(word in content for word in _WORDS):
            raise
    try:
        data = json.loads(content)
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise msgspec.DecodeError(f"JSON is malformed: {error}") from None
    return data if shape is Any else msgspec.convert(data, type=shape)
