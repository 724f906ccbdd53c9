"""A file of code as blocks: its functions, classes and values by name, with the words that each writes."""

from __future__ import annotations

import re
from typing import NamedTuple

WORD = re.compile(r"[A-Za-z_$][\w$]*")
FOUND_BY_NAME = re.compile(
    r"(?i)^(?:main|run|start|serve|setup|load|actions?|loader|middleware|register\w*|init\w*|teardown|on[A-Z_]\w*|handle\w*|\w*handler|lambda_\w+|create_?app|make_?app|\w*graph|\w*agent|\w+_fn|test\w*|pytest\w*|get|post|put|patch|delete|head|options|all|generate(?:Metadata|StaticParams|ViewPort)?|metadata|viewport|dynamic|revalidate|runtime|max[dD]uration|config|default|predict|score|execute|hello|\w*flow|\w*job|\w*task|\w*step|\w*entry\w*|entrypoint|TritonPythonModel|app|application|transform|\w*(?:plugin|command|operator|dag|config|skill|action|view|resource|migration|extension|command|component|middleware|fixture|serializer|admin|schema|signal|hook|provider|instrumentation))$"
)
"""Names that a framework or a person finds by themselves."""


class Block(NamedTuple):
    """A function, a class or a value at a file's own level."""

    name: str
    first: int
    last: int
    words: frozenset[str]
    """What it writes, its own name only where it writes it again."""
    found: bool
    """A decorator, a framework or a person takes it by what it is called or marked with."""


class Import(NamedTuple):
    """What one line takes in."""

    line: int
    module: str
    names: tuple[tuple[str, str], ...]
    """Names there, and the names they get here; an empty one for the module as a whole."""


class Blocks(NamedTuple):
    """One file."""

    path: str
    blocks: tuple[Block, ...]
    words: frozenset[str]
    """What is written outside of its blocks, imports left out."""
    imports: tuple[Import, ...]
    started: bool
    """It runs by itself, or a framework finds it."""


def blank(match: re.Match[str]) -> str:
    """Return as many line ends as a match has."""
    return "\n" * match[0].count("\n")
