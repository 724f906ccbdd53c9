"""The result file: canonical bytes, strict reading, faults all at once."""

from __future__ import annotations

import json
import math

import jsonschema
import pytest
from hostile_texts import HOSTILE, with_text
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from poc_gate.errors import InternalError, InvalidInputError
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result
from poc_gate.report.result.result_file import read_result, result_schema, write_result


def changed(result: Result, **keys: object) -> bytes:
    """Return the sample's file with top-level keys replaced; None drops a key."""
    data = json.loads(write_result(result))
    for key, value in keys.items():
        data.pop(key, None)
        if value is not None:
            data[key] = value
    return json.dumps(data).encode()


def faults(content: bytes) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_result(content, "result.json")
    return [fault.what for fault in caught.value.faults]


def test_a_result_survives_its_file(result: Result) -> None:
    content = write_result(result)
    again = read_result(content, "result.json")
    assert again == result
    assert write_result(again) == content


def test_the_bytes_are_canonical(result: Result) -> None:
    content = write_result(result)
    assert content.endswith(b"}\n")
    assert content.isascii()
    keys = list(json.loads(content))
    assert keys == sorted(keys)


def test_the_fast_layout_equals_that_of_the_standard_library(result: Result) -> None:
    content = write_result(result)
    assert content == (json.dumps(json.loads(content), sort_keys=True, indent=2) + "\n").encode()


def test_the_schema_accepts_the_file_and_refuses_strangers(result: Result) -> None:
    schema = result_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = json.loads(write_result(result))
    assert not list(validator.iter_errors(data))
    data["findings"][0]["sevrity"] = "high"
    assert list(validator.iter_errors(data))


def test_infinite_numbers_have_a_spelling(result: Result) -> None:
    unbounded = Fact("x", Quantity(math.inf, "s"), Provenance.DECLARED, low=-math.inf, high=math.inf)
    given_result = structs.replace(result, facts=(unbounded,))
    content = write_result(given_result)
    assert b'"unbounded"' in content
    assert read_result(content, "r") == given_result
    jsonschema.validate(json.loads(content), result_schema())


def test_a_number_that_is_none_never_leaves(result: Result) -> None:
    broken = structs.replace(result, facts=(Fact("x", Quantity(math.nan, "s")),))
    with pytest.raises(InternalError):
        write_result(broken)


def test_every_fault_is_told_at_once(result: Result) -> None:
    data = json.loads(write_result(result))
    data["findings"][0]["sevrity"] = data["findings"][0].pop("severity")
    data["verdict"]["coverage"] = "most"
    data["facts"][0]["value"] = None
    data["facts"][1]["stable"] = "yes"
    content = json.dumps(data, indent=1).encode()
    with pytest.raises(InvalidInputError) as caught:
        read_result(content, "result.json")
    lines = content.decode().splitlines()
    told = {
        fault.what: (lines[fault.line - 1].strip(), fault.column, fault.next_step)
        for fault in caught.value.faults
    }
    again = "write it again with `poc-gate assess --format json=FILE`"
    assert told == {
        "unknown key 'sevrity' in findings[0]": ('"sevrity": "blocker"', 15, "did you mean severity?"),
        "the key 'severity' is missing in findings[0]": ("{", 3, again),
        "verdict.coverage must be a number or null, not 'most'": ('"coverage": "most",', 15, again),
        "facts[1].stable must be true or false or null, not 'yes'": ('"stable": "yes",', 14, again),
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "encoded in UTF-16"),
        (b"[1, 2]", "schema is 'none'"),
        (b'{"schema": "poc-gate.result/2"}', "schema is 'poc-gate.result/2'"),
        (b'{"schema": 1, "schema": 2}', "the key 'schema' is given twice"),
        (b'{"a": NaN}', "NaN is not a number that JSON has"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"schema": "poc-gate.result/1"}', "the key 'tool_version' is missing"),
        (b'{"n": ' + b"9" * 5000 + b"}", "a whole number of 5,000 digits is too large"),
    ],
)
def test_what_is_no_result_is_refused_in_words(content: bytes, words: str) -> None:
    assert any(words in fault for fault in faults(content))


def test_a_fault_of_syntax_has_line_and_column() -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_result(b'{\n  "a": 1,\n  oops\n}', "r.json")
    assert (caught.value.faults[0].line, caught.value.faults[0].column) == (3, 3)


def test_a_result_on_one_line_is_told_by_column_and_path(result: Result) -> None:
    data = json.loads(write_result(result))
    data["packs"][0]["rules"] = 1.5
    content = json.dumps(data).encode()
    with pytest.raises(InvalidInputError) as caught:
        read_result(content, "r.json")
    (fault,) = caught.value.faults
    assert fault.what == "packs[0].rules must be a whole number, not 1.5"
    assert (fault.line, content[fault.column - 1 :][:3]) == (1, b"1.5")


def test_another_schema_is_told_where_it_stands() -> None:
    with pytest.raises(InvalidInputError, match=r"^r\.json:2:12: this is not a poc-gate\.result/1 file"):
        read_result(b'{\n "schema": "poc-gate.result/2"}', "r.json")


@pytest.mark.parametrize("value", [[], {}, 3, None, True])
def test_a_choice_that_is_no_text_is_refused(result: Result, value: object) -> None:
    data = json.loads(write_result(result))
    data["verdict"]["word"] = value
    assert any("verdict.word must be one of GO" in fault for fault in faults(json.dumps(data).encode()))


def test_whole_numbers_stay_as_they_are_written(result: Result) -> None:
    data = json.loads(write_result(result))
    data["verdict"]["index"] = 40
    content = json.dumps(data).encode()
    assert json.loads(write_result(read_result(content, "r"))) == data
    assert b'"index": 40,' in write_result(read_result(content, "r"))


def test_a_number_beyond_floats_is_refused(result: Result) -> None:
    data = json.loads(write_result(result))
    data["verdict"]["index"] = 10**400
    assert any("too large" in fault for fault in faults(json.dumps(data).encode()))


@pytest.mark.parametrize("key", ["verdict", "findings", "facts", "packs", "sentence"])
def test_nothing_that_matters_may_be_missing(result: Result, key: str) -> None:
    assert any(repr(key) in fault for fault in faults(changed(result, **{key: None})))


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_survives(result: Result, text: str) -> None:
    hostile = with_text(result, text)
    assert read_result(write_result(hostile), "r") == hostile


values = st.one_of(
    st.booleans(),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.builds(Quantity, st.floats(allow_nan=False), st.sampled_from(["s", "B", "1", "req/s"])),
)


@given(st.lists(st.builds(Fact, name=st.text(max_size=20), value=values), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_fact_survives(facts: list[Fact]) -> None:
    from sample_result import sample_result

    given_result = structs.replace(sample_result(), facts=tuple(facts), findings=())
    content = write_result(given_result)
    assert write_result(read_result(content, "r")) == content
    assert read_result(content, "r") == given_result
