"""TOML of strangers: every fault ends in words with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.gate.config import read_config
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.inputs.connect.local_config import read_local_config
from poc_gate.text.documents.bounded_toml import read_toml


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a = 1\nb = " + "9" * 5000, (2, 5), "5,000 digits"),
        ("a = [1, -" + "1_2" * 3000 + "]", (1, 10), "6,000 digits"),
        ("a = 0x" + "f" * 5000 + "\nb = " + "9" * 5000, (2, 5), "5,000 digits"),
        ("\nb = " + "9" * 5000, (2, 5), "5,000 digits"),
        ("a = 1\nb = ?", (2, 5), "is not valid TOML: Invalid value"),
        ("a = [", (1, 6), "is not valid TOML"),
        ("a = " + "[" * 50_000, (0, 0), "is nested too deeply"),
        ("a = " + "[" * 80 + "]" * 80, (0, 0), "more than 64 levels"),
        (".".join("a" * 500) + " = 1", (0, 0), "more than 64 levels"),
        ("a = 2026-13-45", (1, 9), "is not valid TOML"),
    ],
)
def test_a_fault_has_words_and_a_place(text: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words) as told:
        read_toml(text, "x.toml", "step")
    fault = told.value.faults[0]
    assert (fault.line, fault.column) == place
    assert fault.next_step == "step"


def test_an_open_bracket_is_told_where_the_text_ends() -> None:
    for text, place in (("a = [1,\n", (2, 1)), ('a = 1\nb = "xy', (2, 8)), ("a = ", (1, 5)), ("a", (1, 2))):
        with pytest.raises(InvalidInputError) as told:
            read_toml(text, "x.toml", "step")
        assert (told.value.faults[0].line, told.value.faults[0].column) == place


def test_64_levels_are_read_and_65_are_not() -> None:
    assert read_toml("a = " + "[" * 64 + "]" * 64, "x.toml", "")["a"]
    assert read_toml("a = " + "{b = " * 64 + "1" + "}" * 64, "x.toml", "")["a"]
    for deeper in ("a = " + "[" * 65 + "]" * 65, "a = " + "{b = " * 65 + "1" + "}" * 65):
        with pytest.raises(InvalidInputError, match="more than 64 levels"):
            read_toml(deeper, "x.toml", "")


def test_every_reader_of_toml_is_bounded(tmp_path: Path) -> None:
    long = "[x]\na = " + "9" * 5000
    file = tmp_path / "poc-gate.toml"
    file.write_text(long)
    (tmp_path / "pyproject.toml").write_text(f"[tool.poc-gate.assess]\na = {'9' * 5000}")
    for read in (
        lambda: read_config(file),
        lambda: read_config(tmp_path / "pyproject.toml"),
        lambda: read_local_config(long.encode(), "poc-gate.sources.toml"),
        lambda: read_document(long.encode(), "pyproject.toml"),
        lambda: read_document(f"[[package]]\n{long}".encode(), "uv.lock"),
    ):
        with pytest.raises(InvalidInputError, match="5,000 digits") as told:
            read()
        assert told.value.faults[0].line >= 2


def test_toml_is_parsed_in_one_place() -> None:
    """A reader beside it would know neither limit."""
    package = Path(read_toml.__code__.co_filename).parents[1]
    reading = {path.name for path in package.rglob("*.py") if "import tomllib" in path.read_text()}
    assert reading == {"bounded_toml.py"}
