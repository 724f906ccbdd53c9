"""Every schema is valid JSON Schema and takes what poc-gate itself writes and ships."""

import json
from inspect import cleandoc
from pathlib import Path

import jsonschema
import pytest

from poc_gate.app.authoring.schema import schema_names, write_schema
from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode
from poc_gate.text.documents.positioned_yaml import read_yaml

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "rules").glob("*/[A-Z]*.yaml"))


def schema(name):
    return json.loads(write_schema(name))


@pytest.mark.parametrize("name", [name for name in schema_names() if name != "facts"])
def test_it_is_a_json_schema(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def descriptions(part):
    if isinstance(part, dict):
        own = part.get("description")
        return [
            *([own] if isinstance(own, str) else []),
            *(text for value in part.values() for text in descriptions(value)),
        ]
    return [text for value in part for text in descriptions(value)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", ["result", "machine", "node", "sources", "rule"])
def test_a_description_begins_at_the_margin_whatever_the_library_keeps(name):
    found = descriptions(schema(name))
    assert any("\n" in text for text in found)
    assert not [text for text in found if text != cleandoc(text)]


def test_every_shipped_rule_and_pack_fits():
    assert RULES
    rule, pack = (jsonschema.Draft202012Validator(schema(name)) for name in ("rule", "pack"))
    for path in RULES:
        assert rule.is_valid(read_yaml(path.read_bytes(), path.name).data), path
    for path in sorted((ROOT / "rules").glob("*/pack.yaml")):
        assert pack.is_valid(read_yaml(path.read_bytes(), path.name).data), path


def test_the_list_of_facts_is_the_catalogue():
    facts = schema("facts")["facts"]
    assert [fact["name"] for fact in facts] == sorted(full_catalogue().specs)
    assert all(fact["meaning"] and fact["kind"] for fact in facts)
    page = write_schema("facts", "markdown").decode()
    assert all(f"| `{fact['name']}` |" in page for fact in facts)


def test_a_file_is_written_whole(tmp_path, capsysbinary):
    target = tmp_path / "pilot.schema.json"
    assert run(["schema", "pilot", "-o", str(target)]) == ExitCode.GO
    assert capsysbinary.readouterr().out == b""
    assert run(["schema", "pilot"]) == ExitCode.GO
    assert capsysbinary.readouterr().out == target.read_bytes() == write_schema("pilot")


@pytest.mark.parametrize(
    "arguments", [["nope"], ["result", "--format", "markdown"], ["facts", "--format", "xml"]]
)
def test_what_does_not_exist_is_a_wrong_command_line(arguments, capsys):
    assert run(["schema", *arguments]) == ExitCode.USAGE
    assert "->" in capsys.readouterr().err
