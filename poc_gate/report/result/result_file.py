"""Result <-> its canonical file `poc-gate.result/1`: the same result gives the same bytes everywhere."""

from __future__ import annotations

from typing import Any

from poc_gate.errors import InternalError, InvalidInputError
from poc_gate.model.verdict import Result
from poc_gate.report.result.plain_values import plain_data, read_plain
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.documents.strict_json import parse_json, placed, show_value

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
    read = parse_json(content, file, most_bytes=MAX_BYTES, next_step=_AGAIN, half_pairs=True)
    schema = read.data.get("schema", "none") if isinstance(read.data, dict) else "none"
    if schema != SCHEMA:
        what = f"this is no {SCHEMA} file (its schema is {show_value(schema)})"
        raise InvalidInputError(placed(read, [(("schema",), what, _AGAIN)]))
    return read_plain(Result, read, _AGAIN)


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
