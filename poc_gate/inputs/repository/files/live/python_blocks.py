"""A file of Python -> its functions and classes as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.live.blocks import (
    FOUND_BY_NAME,
    WORD,
    Block,
    Blocks,
    Import,
    blank,
)
from poc_gate.inputs.repository.files.names.started import defines, starts
from poc_gate.inputs.repository.files.text_file import line_at

_ASIDE = re.compile(r"""(?P<kept>\b[rR]?[fF][rR]?(?:"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3}))|"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3}|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\#[^\n]*""")  # fmt: skip
"""Remarks and long texts, which call nothing; short ones may name what is looked up by them."""
_DEFINED = re.compile(r"(?m)^(?:async def|def|class) (?P<name>\w+)")
_TAKES_IN = re.compile(
    r"(?m)^[ \t]*from[ \t]+(?P<of>[\w.]+)[ \t]+import[ \t]*(?P<names>\([^()]*\)|(?:[^\n\\]|\\\n)+)|^[ \t]*import[ \t]+(?P<modules>[^\n]+)"
)
_EXPORTS = re.compile(r"(?m)^__all__\s*(?::[^=\n]+)?\+?=\s*[\[(][^\])]*[\])]")
_KEPT_EMPTY = re.compile(r"(?m)^\w+[ \t]*:[^=\n]+=[ \t]*None[ \t]*$")
"""A variable of a file that holds nothing at first: its type makes no object."""
_HOLDS = re.compile(r"@(?:dataclasses\.)?dataclass\b")
"""What only holds values, whatever it is called: no framework looks for it."""
_HARMLESS = re.compile(
    r"@(?:abc\.|functools\.|dataclasses\.|tenacity\.|contextlib\.|torch\.|tf\.)?(?:dataclass|staticmethod|classmethod|abstractmethod|lru_cache|cache|contextmanager|asynccontextmanager|wraps|override|overload|retry|total_ordering|trace\w*|observe|timed?|timeit|no_grad|inference_mode|function|deprecated|runtime_checkable)\b"
)
"""Decorators after which a function is still only called by its name."""


def python_blocks(path: str, text: str) -> Blocks:
    """Return what a file holds."""
    plain = _ASIDE.sub(lambda match: match[0] if match.lastgroup else blank(match), text)
    imports = tuple(_imports(plain))
    bare = _KEPT_EMPTY.sub(blank, _EXPORTS.sub(blank, _TAKES_IN.sub(blank, plain)))
    lines = bare.split("\n")
    blocks = tuple(_blocks(bare, lines))
    inside = {line for block in blocks for line in range(block.first, block.last + 1)}
    rest = "\n".join(line for number, line in enumerate(lines, 1) if number not in inside)
    outer = "\n".join(line for line in plain.split("\n") if line[:1] not in {" ", "\t"})
    started = not path.endswith("__init__.py") and (starts(outer) or not defines(text))
    return Blocks(path, blocks, frozenset(WORD.findall(rest)), imports, started)


def _imports(text: str) -> Iterator[Import]:
    for match in _TAKES_IN.finditer(text):
        line = line_at(text, match.start())
        if match["of"]:
            parts = (one.split() for one in match["names"].strip("() \t\n").replace("\\\n", " ").split(","))
            yield Import(line, match["of"], tuple((part[0], part[-1]) for part in parts if part))
            continue
        for one in match["modules"].split(","):
            part = one.split()
            if part:
                yield Import(line, part[0], (("", part[-1]),))


def _blocks(text: str, lines: list[str]) -> Iterator[Block]:
    for match in _DEFINED.finditer(text):
        line = line_at(text, match.start())
        last = next((at for at in range(line, len(lines)) if _ends(lines[at])), len(lines))
        first, marked = _decorated(lines, line)
        body = "\n".join(lines[first - 1 : last])
        words = set(WORD.findall(body))
        if body.count(match["name"]) == 1:
            words.discard(match["name"])
        held = "dataclass" in body and any(_HOLDS.match(one) for one in lines[first - 1 : line - 1])
        found = marked or (FOUND_BY_NAME.match(match["name"]) is not None and not held)
        yield Block(match["name"], first, last, frozenset(words), found)


def _ends(line: str) -> bool:
    return line.strip() != "" and line[0] not in " \t)]}"


def _decorated(lines: list[str], line: int) -> tuple[int, bool]:
    """Return the first line of the decorators above a line, and whether one of them hands on what it stands before."""
    first, marked = line, False
    at = line - 1
    while at > 0 and lines[at - 1].strip():
        above = lines[at - 1]
        if above.startswith("@"):
            first, marked = at, marked or not _HARMLESS.match(above)
        elif above[0] not in " \t)]}":
            break
        at -= 1
    return first, marked
