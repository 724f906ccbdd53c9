"""An expression and the texts of its values -> the expression with the numbers put in."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.judge.expression.tokens import read_tokens


def put_in(source: str, shown: Mapping[str, str]) -> str:
    """Return the source with each name replaced by the text of its value, for `explain`."""
    pieces: list[str] = []
    last = 0
    tokens = read_tokens(source)
    for index, token in enumerate(tokens):
        after_dot = index > 0 and tokens[index - 1].text == "." and tokens[index - 1].kind == "sign"
        if token.kind == "name" and token.text in shown and not after_dot:
            pieces += [source[last : token.offset], shown[token.text]]
            last = token.end
    return "".join(pieces) + source[last:]
