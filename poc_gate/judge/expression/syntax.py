"""Tokens -> tree; grammar and precedence as in CEL, one page in docs/expressions.md."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from poc_gate.judge.expression.tokens import Token, read_tokens
from poc_gate.judge.expression.values import ExpressionError
from poc_gate.model.quantity import DIMENSIONLESS

DEPTH_CAP = 64
"""Deepest tree; keeps parsing and evaluation far from the interpreter's stack limit."""

_PRECEDENCE = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3}
_PRECEDENCE |= {"+": 4, "-": 4, "*": 5, "/": 5, "%": 5}
_RELATION = 3


class Node(Struct, frozen=True):
    """One node of the tree.

    `kind` is `number`, `text`, `flag`, `name`, `list`, `unary`, `binary`, `choose`, `call`, `member`
    or `index`; `value` is the literal, the name or the operator.
    """

    kind: str
    offset: int
    value: str | float | bool = ""
    children: tuple[Node, ...] = ()
    unit: str = DIMENSIONLESS
    depth: int = 1


@lru_cache(maxsize=2048)
def parse(source: str) -> Node:
    """Return the tree of the source, of the same source the same; raises ExpressionError with the place of the first fault."""
    parser = _Parser(read_tokens(source))
    tree = parser.expression()
    parser.take("end", "the end of the expression")
    return tree


class _Parser:
    """Precedence climbing with one token of look-ahead."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.index = 0
        self.nesting = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def take(self, text: str, wanted: str = "") -> Token:
        token = self.next
        fits = token.kind == "end" if text == "end" else (token.kind, token.text) == ("sign", text)
        if not fits:
            raise ExpressionError(f"expected {wanted or repr(text)}, found {token}", token.offset)
        self.index += 1
        return token

    def accept(self, *signs: str) -> Token | None:
        token = self.next
        if token.text not in signs or token.kind not in {"sign", "name"}:
            return None
        self.index += 1
        return token

    def node(self, kind: str, offset: int, value: str, *children: Node) -> Node:
        depth = 1 + max((child.depth for child in children), default=0)
        if depth > DEPTH_CAP:
            raise ExpressionError(f"nested deeper than {DEPTH_CAP} levels", offset, "split the rule")
        return Node(kind, offset, value, children, depth=depth)

    def expression(self) -> Node:
        self.nesting += 1
        if self.nesting > DEPTH_CAP:
            raise ExpressionError(f"nested deeper than {DEPTH_CAP} levels", self.next.offset)
        condition = self.binary(1)
        mark = self.accept("?")
        if mark:
            then = self.expression()
            self.take(":")
            condition = self.node("choose", mark.offset, "?", condition, then, self.expression())
        self.nesting -= 1
        return condition

    def binary(self, minimum: int) -> Node:
        left = self.unary()
        while (precedence := self._precedence()) >= minimum:
            operator = self.next
            self.index += 1
            left = self.node("binary", operator.offset, operator.text, left, self.binary(precedence + 1))
            if precedence == _RELATION and self._precedence() == _RELATION:
                raise ExpressionError(
                    "comparisons cannot be chained", self.next.offset, "write a < b && b < c"
                )
        return left

    def _precedence(self) -> int:
        token = self.next
        is_operator = token.kind == "sign" or (token.kind == "name" and token.text == "in")
        return _PRECEDENCE.get(token.text, 0) if is_operator else 0

    def unary(self) -> Node:
        signs: list[Token] = []
        while sign := self.accept("!", "-"):
            signs.append(sign)
        tree = self.postfix()
        for sign in reversed(signs):
            tree = self.node("unary", sign.offset, sign.text, tree)
        return tree

    def postfix(self) -> Node:
        tree = self.primary()
        while mark := self.accept(".", "["):
            if mark.text == "[":
                tree = self.node("index", mark.offset, "[", tree, self.expression())
                self.take("]")
                continue
            name = self.next
            if name.kind != "name":
                raise ExpressionError("expected a name after the dot", name.offset)
            self.index += 1
            if self.accept("("):
                tree = self.node("call", name.offset, name.text, tree, *self.sequence(")"))
            else:
                tree = self.node("member", name.offset, name.text, tree)
        return tree

    def primary(self) -> Node:
        token = self.next
        self.index += 1
        if token.kind == "number":
            return Node("number", token.offset, token.value, unit=token.unit)
        if token.kind == "text":
            return Node("text", token.offset, token.text)
        if token.kind == "name" and token.text != "in":
            return self.word(token)
        if token.text == "[":
            return self.node("list", token.offset, "[", *self.sequence("]"))
        if token.text != "(":
            raise ExpressionError(f"expected a value, found {token}", token.offset)
        inner = self.expression()
        self.take(")")
        return inner

    def word(self, token: Token) -> Node:
        if token.text in {"true", "false"}:
            return Node("flag", token.offset, token.text == "true")
        if self.accept("("):
            return self.node("call", token.offset, token.text, *self.sequence(")"))
        return Node("name", token.offset, token.text)

    def sequence(self, closing: str) -> list[Node]:
        items: list[Node] = []
        while not self.accept(closing):
            if items:
                self.take(",")
            items.append(self.expression())
        return items
