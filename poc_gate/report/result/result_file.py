"""Result <-> its canonical file `poc-gate.result/1`: the same result gives the same bytes everywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from poc_gate.errors import InternalError, InvalidInputError
from poc_gate.model.verdict import Result
from poc_gate.report.result.plain_values import plain_data, read_plain
from poc_gate.report.result.shortened import (
    LEFT_OUT,
    MOST_FACTS,
    complete,
    facts_line,
    findings_lines,
    left_out,
    short_schema,
)
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.documents.strict_json import parse_json, placed, show_value

SCHEMA = "poc-gate.result/1"
MAX_BYTES = 64 * 2**20
"""A result of a thousand findings takes about 4 MB, one of 5,000 sources about 50; a larger file is none of ours."""
_AGAIN = "write it again with `poc-gate assess --format json=FILE`"


def write_result(result: Result) -> bytes:
    """Return the canonical bytes: sorted keys, ASCII, two spaces of indent, one newline at the end.

    Raises InternalError for a number that is not a number: such a result must not leave the house.
    """
    whole = io.BytesIO()  # grows in place, and hands out its bytes without a second copy
    for piece in result_pieces(result):
        whole.write(piece)
    return whole.getvalue()


def result_pieces(result: Result) -> Iterator[bytes]:
    """Yield the canonical bytes piece by piece: a result of thousands of sources is never held twice.

    Raises InternalError for a number that is not a number.
    """
    from msgspec.structs import fields

    named = {info.encode_name: getattr(result, info.name) for info in fields(Result)}
    if said := left_out(result):
        named[LEFT_OUT] = said
    for number, (name, value) in enumerate(sorted(named.items(), key=lambda pair: pair[0])):
        yield (b"{\n  " if number == 0 else b",\n  ") + json.dumps(name).encode() + b": "
        if isinstance(value, tuple) and len(value) > 1:
            for at, part in enumerate(_lines(name, value)):
                yield b"[\n    " if at == 0 else b",\n    "
                yield part if isinstance(part, bytes) else _indented(part, b"    ")
            yield b"\n  ]"
        else:
            yield _indented(value, b"  ")
    yield b"\n}\n"


def _lines(name: str, value: tuple[Any, ...]) -> Iterable[Any]:
    """Return the parts of a list; of a long one those in one line that nobody compares line by line."""
    if name == "findings":
        return findings_lines(value)
    return map(facts_line, value) if name == "facts" and len(value) > MOST_FACTS else value


def _indented(value: object, by: bytes) -> bytes:
    """Return a part of a result as it is written that deep in the file; no line of JSON begins inside a text."""
    import msgspec

    try:
        content = canonical_json(msgspec.to_builtins(value))
    except (
        ValueError
    ):  # an infinite number, which JSON lacks, or none at all: the slower way tells them apart
        try:
            content = canonical_json(plain_data(value))
        except ValueError as error:
            raise InternalError(str(error)) from error
    return content[:-1].replace(b"\n", b"\n" + by)


def read_result(content: bytes, file: str) -> Result:
    """Return the result that a file holds.

    Raises InvalidInputError with every fault: not UTF-8, not JSON, another schema, unknown or missing
    keys, wrong types, numbers that JSON does not have.
    """
    read = parse_json(content, file, most_bytes=MAX_BYTES, next_step=_AGAIN, half_pairs=True)
    schema = read.data.get("schema", "none") if isinstance(read.data, dict) else "none"
    if schema != SCHEMA:
        what = f"this is not a {SCHEMA} file (its schema is {show_value(schema)})"
        raise InvalidInputError(placed(read, [(("schema",), what, _AGAIN)]))
    if found := complete(read.data):
        raise InvalidInputError(placed(read, [(path, what, _AGAIN) for path, what, _ in found]))
    return read_plain(Result, read, _AGAIN)


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the result file, closed: unknown keys are refused."""
    import msgspec

    schema: dict[str, Any] = msgspec.json.schema(Result)
    for definition in schema["$defs"].values():
        if definition.get("type") == "object" and "properties" in definition:
            definition["additionalProperties"] = False
    of_result = schema["$defs"]["Result"]["properties"]
    of_result["schema"] = {"const": SCHEMA}
    of_result[LEFT_OUT] = {
        "type": "string",
        "description": "What the findings of a large pilot leave out; absent where nothing is",
    }
    schema["$defs"]["ShortFinding"] = short_schema(schema["$defs"]["Finding"])
    of_result["findings"]["items"] = {
        "anyOf": [of_result["findings"]["items"], {"$ref": "#/$defs/ShortFinding"}]
    }
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
