"""Source text -> tokens, each with its place; quantity literals such as `80 GiB` are one token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from poc_gate.expression.values import ExpressionError
from poc_gate.model.quantity import DIMENSIONLESS
from poc_gate.quantity_text import QuantityError, parse_any_quantity, unit_table

SOURCE_CAP = 4096
"""Longest source in bytes; the longest shipped expression has about 200."""

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[<>+\-*/%?:.,()\[\]!])"
)
_UNIT = re.compile(r"\s*(?P<unit>[A-Za-z\u00b5\u03bc]+)(?P<below>/[A-Za-z]+)?")
_PERCENT = re.compile(r"\s*%(?!\s*[A-Za-z0-9_(\[\"'.])")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the source."""

    kind: str
    """`number`, `text`, `name`, `sign` or `end`."""
    text: str
    offset: int
    end: int
    value: float = 0.0
    unit: str = DIMENSIONLESS

    def __str__(self) -> str:
        """Return the word for messages."""
        return repr(self.text) if self.kind != "end" else "the end"


@lru_cache(maxsize=1024)
def read_tokens(source: str) -> tuple[Token, ...]:
    """Return the tokens of the source, `end` last; raises ExpressionError for what is none."""
    if len(source.encode("utf-8", "surrogatepass")) > SOURCE_CAP:
        raise ExpressionError(f"the expression is longer than {SOURCE_CAP} bytes", 0, "split the rule")
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if not match:
            what = f"{source[position]!r} (U+{ord(source[position]):04X}) is no part of an expression"
            raise ExpressionError(what, position, "see docs/expressions.md")
        kind, position = str(match.lastgroup), match.end()
        if kind == "number":
            tokens.append(_number(source, match.start(), position))
            position = tokens[-1].end
        elif kind == "text":
            tokens.append(Token(kind, _unescape(match[0], match.start()), match.start(), position))
        elif kind != "space":
            tokens.append(Token(kind, match[0], match.start(), position))
    return (*tokens, Token("end", "", len(source), len(source)))


def _number(source: str, start: int, end: int) -> Token:
    percent = _PERCENT.match(source, end)
    written = _UNIT.match(source, end)
    if percent:
        end = percent.end()
    elif written and written["unit"] != "in":
        end = _unit_end(written)
    try:
        quantity = parse_any_quantity(source[start:end])
    except QuantityError as error:
        raise ExpressionError(error.what, start, error.next_step) from None
    return Token("number", source[start:end], start, end, quantity.value, quantity.unit)


def _unit_end(written: re.Match[str]) -> int:
    """Take `GB/s` whole when both halves are units; a slash with spaces around it divides."""
    table = unit_table()
    if written["below"] and (written["unit"] + written["below"] in table or written["below"][1:] in table):
        return written.end()
    return written.end("unit")


def _unescape(quoted: str, offset: int) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise ExpressionError(
                f"\\{match[1]} is no escape", offset + 1 + match.start(), 'known are \\" \\n \\t \\\\'
            )
        return _ESCAPES[match[1]]

    return re.sub(r"\\(.)", replace, quoted[1:-1])
