"""TOML text -> plain data, bounded: whatever is wrong is told with line and column, where that can be told."""

from __future__ import annotations

from typing import Any

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.text.lazy_pattern import lazily

MAX_DEPTH = 64
"""Levels of tables and lists."""
_AT = lazily(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_LONG_NUMBER = lazily(r"[0-9](?:_?[0-9]){999,}")


def read_toml(text: str, file: str, next_step: str) -> dict[str, Any]:
    """Return the table that a text holds.

    Raises InvalidInputError for syntax errors, numbers too long to be one, and values nested too deeply.
    """
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _AT.search(said)
        line, column = (int(at[1]), int(at[2])) if at and at[1] else _end_of(text) if at else (0, 0)
        what = f"is not valid TOML: {_AT.sub('', said).strip()[:160]}"
        raise InvalidInputError([Fault(file, line, column, what, next_step)]) from None
    except RecursionError:
        raise InvalidInputError([_too_deep(file, next_step)]) from None
    except ValueError as error:  # what Python's own readers of numbers and dates say
        raise InvalidInputError([_number_fault(text, file, next_step, error)]) from None
    if _deeper_than(data, MAX_DEPTH):
        raise InvalidInputError([_too_deep(file, next_step)])
    return data


def _end_of(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _too_deep(file: str, next_step: str) -> Fault:
    return Fault(file, 0, 0, f"is nested too deeply: more than {MAX_DEPTH} levels", next_step)


def _number_fault(text: str, file: str, next_step: str, error: ValueError) -> Fault:
    found = _LONG_NUMBER.search(text)
    if found is None:
        return Fault(file, 0, 0, f"is not valid TOML: {str(error)[:160]}", next_step)
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
    digits = len(found[0].replace("_", ""))
    return Fault(file, line, column, f"a whole number of {digits:,} digits is too large", next_step)


def _deeper_than(data: object, depth: int) -> bool:
    level: list[object] = [data]
    for _ in range(depth + 1):
        level = [
            child
            for value in level
            for child in (
                value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            )
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
