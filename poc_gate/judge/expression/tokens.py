"""Source text -> tokens, each with its place; quantity literals such as `80 GiB` are one token."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from poc_gate.judge.expression.values import ExpressionError
from poc_gate.model.quantity import DIMENSIONLESS
from poc_gate.text.quantities.quantity_text import QuantityError, parse_any_quantity, unit_table

SOURCE_CAP = 4096
"""Longest source in bytes; the longest shipped expression has about 200."""

_SPACES = " \t\r\n"
_TOKEN = re.compile(
    rf"[{_SPACES}]*(?:"
    r"(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[<>+\-*/%?:.,()\[\]!])"
    r"|(?P<end>\Z))"
)
_UNIT = re.compile(r"\s*(?P<unit>[A-Za-z\u00b5\u03bc]+)(?P<below>/[A-Za-z]+)?")
_PERCENT = re.compile(r"\s*%(?!\s*[A-Za-z0-9_(\[\"'.])")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Token(Struct, frozen=True):
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
    while match := _TOKEN.match(source, position):
        kind = str(match.lastgroup)
        text, start, position = match[kind], match.start(kind), match.end()
        if kind == "number":
            tokens.append(_number(source, start, position))
            position = tokens[-1].end
            continue
        tokens.append(Token(kind, _unescape(text, start) if kind == "text" else text, start, position))
        if kind == "end":
            return tuple(tokens)
    position += len(source) - position - len(source[position:].lstrip(_SPACES))
    raise ExpressionError(
        f"{source[position]!r} (U+{ord(source[position]):04X}) is not part of an expression",
        position,
        "see docs/expressions.md",
    )


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
                f"\\{match[1]} is unknown", offset + 1 + match.start(), 'known are \\" \\n \\t \\\\'
            )
        return _ESCAPES[match[1]]

    inner = quoted[1:-1]
    return re.sub(r"\\(.)", replace, inner) if "\\" in inner else inner
