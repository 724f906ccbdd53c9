"""JSON of a stranger -> a value of a stated shape, by msgspec; every way in which that can fail is one error."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


def decode_typed(content: bytes, shape: type[T]) -> T:
    """Return the content as `shape`.

    Raises ValueError with the reason: other encodings, broken JSON, deep nesting, another shape.
    """
    try:
        return msgspec.json.decode(content, type=shape)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None
