"""What a script or an environment beside a compose file sets -> the numbers that its containers are started with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.files.text_file import TextFile

_SET = re.compile(
    r"""\s*(?:export\s+)?(?P<name>[A-Za-z_]\w{0,80})=["']?(?:\$\{(?P=name):?-)?["']?(?P<number>\d{1,7}(?:\.\d{1,4})?)["']?\}?["']?\s*(?:#.*)?"""
)
"""A number that a variable is set to, unless it has another value already."""
_VARIABLE = re.compile(r"\$\{(\w+)(?::?-[^${}]*)?\}|\$(\w+)")
_LIMITS_OF_ENGINES = re.compile(r"(?i)max_(?:input|total|batch_prefill)_(?:tokens|length)")
_MOST = 2_000


def numbers_beside(file: TextFile) -> dict[str, str]:
    """Return the numbers that `.env` and `set_env.sh` in the folder of a compose file give variables."""
    found: dict[str, str] = {}
    for name in (".env", "set_env.sh"):
        other = file.beside(name)
        for line in other.lines[:_MOST] if other is not None else ():
            if len(line) < _MOST and (match := _SET.fullmatch(line)):
                found[match["name"]] = match["number"]
    return found


def number_of(node: Node, numbers: dict[str, str]) -> str:
    """Return the number that a lone variable stands for; empty where none is set."""
    match = _VARIABLE.fullmatch(node.text()) if numbers else None
    return numbers.get(match[1] or match[2], "") if match else ""


def with_numbers(words: Sequence[Node], numbers: dict[str, str]) -> list[Node]:
    """Return the words of a command with numbers for the variables that stand for some."""
    found = []
    for word in words:
        made = word
        if number := number_of(word, numbers):
            made = Node(word.file, word.line, word.column)
            made.value = number
        found.append(made)
    return found


def is_of_an_engine(variable: str) -> bool:
    """Say whether a variable limits what an engine takes in; in other containers it is of a step of their own."""
    return _LIMITS_OF_ENGINES.fullmatch(variable) is not None
