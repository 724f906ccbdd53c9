"""Arithmetic on tokens in Python -> the price of one: `(usage.prompt_tokens * 0.00015) / 1000`."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes

_IN = re.compile(r"(?i)(?:prompt|input)_?tokens?")
_OUT = re.compile(r"(?i)(?:completion|output|generated)_?tokens?")
_DEAREST = 1e-3
"""Of one token: what costs more is no price of a token."""
_PARTS = (1.0, 1e3, 1e6)
"""Tokens that a price may be of."""


def note_price(node: ast.BinOp, scopes: Scopes, notes: Notes) -> None:
    """Note the prices in a product of tokens and a number, or in a sum of such products that is divided once."""
    divisor = 1.0
    if isinstance(node.op, ast.Div):
        found = worth(node.right, scopes).value
        if isinstance(found, bool) or not isinstance(found, int | float) or found not in _PARTS:
            return
        divisor = float(found)
        for product in _products(node.left):
            _note_product(product, divisor, scopes, notes)


def _products(node: ast.expr) -> list[ast.BinOp]:
    """Return the products that a sum is of, or the one product that it is."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _products(node.left) + _products(node.right)
    return [node] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else []


def _note_product(node: ast.BinOp, divisor: float, scopes: Scopes, notes: Notes) -> None:
    for tokens, price in ((node.left, node.right), (node.right, node.left)):
        value = worth(price, scopes).value
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 < value / divisor < _DEAREST
        ):
            continue
        shown = ast.unparse(tokens)[:200]
        sent, written = _IN.search(shown), _OUT.search(shown)
        if bool(sent) == bool(written):
            continue
        fact = "cost.in_token" if sent else "cost.out_token"
        place = written_at(price, notes)
        notes.number(fact, value / divisor, place, unit="money/tok", note=f"{value:g} for {divisor:g} tokens")
