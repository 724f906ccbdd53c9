"""Result <-> its canonical file `poc-gate.result/1`: the same result gives the same bytes everywhere."""

from __future__ import annotations

import json
from typing import Any

from poc_gate.canonical_json import canonical_json
from poc_gate.errors import Fault, InternalError, InvalidInputError
from poc_gate.model.verdict import Result
from poc_gate.report.typed_reading import plain_data, read_typed

SCHEMA = "poc-gate.result/1"
MAX_BYTES = 64 * 2**20
"""A result of a thousand findings takes about 3 MiB; a larger file is none of ours."""
_AGAIN = "write it again with `poc-gate assess --format json=FILE`"


def write_result(result: Result) -> bytes:
    """Return the canonical bytes: sorted keys, ASCII, two spaces of indent, one newline at the end.

    Raises InternalError for a number that is not a number: such a result must not leave the house.
    """
    import msgspec

    try:
        return canonical_json(msgspec.to_builtins(result))
    except ValueError:
        pass  # an infinite number, which JSON lacks, or none at all: the slower way tells them apart
    try:
        return canonical_json(plain_data(result))
    except ValueError as error:
        raise InternalError(str(error)) from error


def read_result(content: bytes, file: str) -> Result:
    """Return the result that a file holds.

    Raises InvalidInputError with every fault: not UTF-8, not JSON, another schema, unknown or missing
    keys, wrong types, numbers that JSON does not have.
    """
    data = _parse(content, file)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema", "none") if isinstance(data, dict) else "none"
        raise _refused(file, f"this is no {SCHEMA} file (its schema is {found!r})", _AGAIN)
    faults: list[Fault] = []

    def complain(path: str, what: str) -> None:
        faults.append(Fault(file, 0, 0, f"{path}: {what}", _AGAIN))

    result = read_typed(Result, data, complain)
    if result is None:
        raise InvalidInputError(faults)
    return result


def _parse(content: bytes, file: str) -> Any:
    if len(content) > MAX_BYTES:
        raise _refused(file, f"the file has {len(content):,} bytes; {MAX_BYTES:,} is the most", _AGAIN)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(file, f"the file is not UTF-8 (byte {error.start})", _AGAIN) from error
    try:
        return json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InvalidInputError(
            (Fault(file, error.lineno, error.colno, f"not JSON: {error.msg}", _AGAIN),)
        ) from error
    except RecursionError as error:
        raise _refused(file, "the file nests too deeply", _AGAIN) from error
    except ValueError as error:
        raise _refused(file, str(error), _AGAIN) from error


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"the key {twice[0]!r} stands twice in one object")
    return data


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _refused(file: str, what: str, next_step: str) -> InvalidInputError:
    return InvalidInputError((Fault(file, 0, 0, what, next_step),))


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the result file, closed: unknown keys are refused."""
    import msgspec

    schema: dict[str, Any] = msgspec.json.schema(Result)
    for definition in schema["$defs"].values():
        if definition.get("type") == "object" and "properties" in definition:
            definition["additionalProperties"] = False
    schema["$defs"]["Result"]["properties"]["schema"] = {"const": SCHEMA}
    schema = _with_unbounded(schema)
    schema["$defs"]["Number"] = {
        "description": "A number; an infinite one, which JSON lacks, is written as a text",
        "anyOf": [{"type": "number"}, {"enum": ["unbounded", "-unbounded"]}],
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA}
    return head | {"title": "Result of a poc-gate assessment"} | schema


def _with_unbounded(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_unbounded(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "number":
        rest = {key: item for key, item in node.items() if key != "type"}
        return {"$ref": "#/$defs/Number"} | rest
    return {key: _with_unbounded(item) for key, item in node.items()}
