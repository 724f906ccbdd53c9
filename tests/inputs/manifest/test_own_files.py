"""A file that poc-gate wrote itself, given as a manifest: one fault says what it is and what to do with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import poc_gate
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode, InvalidInputError
from poc_gate.inputs.manifest.reading.own_files import _WRITTEN
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest


def told(content: bytes) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_manifest(content, "given.json")
    return [str(fault) for fault in caught.value.faults]


def test_what_inspect_wrote_is_told_in_one_fault_by_every_command(tmp_path, capsys):
    assert run(["inspect", str(tmp_path), "--format", "json"]) == 0
    (tmp_path / "i.json").write_text(capsys.readouterr().out, encoding="utf-8")
    for command in ("assess", "validate"):
        assert run([command, str(tmp_path / "i.json")]) == ExitCode.INVALID_INPUT
        found = capsys.readouterr().err.splitlines()
        assert len(found) == 2
        assert found[0].endswith("this is what `poc-gate inspect` found in a repository, not a manifest")
        assert found[1].strip() == (
            "-> assess the repository itself: `poc-gate assess FOLDER`; "
            "or write a manifest of it: `poc-gate init --from FOLDER`"
        )


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        (b'{\n  "facts": [],\n  "schema": "poc-gate.machine/1"\n}', "3:13", "the profile of a machine"),
        (b"name: a\nschema: poc-gate.sources/1\n", "2:9", "what `poc-gate sources run` measured"),
        (b'{"name":"a","schema":"poc-gate.record/1"}', "1:22", "the record of an assessment"),
        (
            b"schema: poc-gate.new-one/7\n",
            "1:9",
            "a file of the format poc-gate.new-one/7, which poc-gate wrote",
        ),
    ],
)
def test_the_schema_says_what_it_is(content, place, what):
    (found,) = told(content)
    assert found.startswith(f"given.json:{place}: this is {what}, not a manifest\n")


@pytest.mark.parametrize(("indent", "column"), [(b"  ", 13), (b"", 11), (b"\t", 12)])
def test_a_result_larger_than_a_manifest_may_be_is_told_too(indent, column):
    large = (
        b"{\n"
        + indent
        + b'"a": "'
        + b"x" * (1 << 20)
        + b'",\n'
        + indent
        + b'"schema": "poc-gate.result/1"\n}'
    )
    (found,) = told(large)
    assert found.startswith(f"given.json:3:{column}: this is the result of an assessment, not a manifest\n")


@pytest.mark.parametrize(
    "content",
    [
        b"schema: of mine\n",
        b"schema: {poc-gate.result/1: 2}\n",
        b"schema: poc-gate.result/one\n",
        b"apiVersion: poc-gate/v1\nschema: poc-gate.result/1\n",
        b"- schema: poc-gate.result/1\n",
        b'{"a": {\n    "schema": "poc-gate.result/1"}, "b": "' + b"x" * (1 << 20) + b'"}',
        b'# \n"schema": "poc-gate.result/1"\n# ' + b"x" * (1 << 20),
    ],
)
def test_anything_else_is_judged_as_a_manifest(content):
    assert not any("not a manifest" in fault for fault in told(content))


def test_every_format_that_poc_gate_writes_has_its_words():
    """A bundle is no text; a view and a list of facts are for other programs, and told by their format's name."""
    root = next(iter(poc_gate.__path__))
    files = [path.read_text(encoding="utf-8") for path in Path(root).rglob("*.py")]
    written = {name for text in files for name in re.findall(r'"poc-gate\.([a-z-]+)/1"', text)}
    assert written - set(_WRITTEN) == {"bundle", "capacity", "facts", "fleet-view", "portfolio-view"}
    assert set(_WRITTEN) <= written
    assert all(what and step for what, step in _WRITTEN.values())
