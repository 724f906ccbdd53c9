"""Tables of prices in Python -> what a token of each model costs: `PRICING = {"gpt-4o": {"input": 2.5, "output": 10}}`."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import PriceSeen
from poc_gate.inputs.repository.tables.models import read_model_name
from poc_gate.text.quantities.plain_number import finite

_TABLE = re.compile(r"(?i)pric|cost|rates$")
_IN = re.compile(
    r"(?i)^(?:input|prompt|in)(?:$|[_ ](?!cache))|_in$|input_(?:cost|price)|prompt_(?:cost|price)"
)
_OUT = re.compile(
    r"(?i)^(?:output|completion|out)(?:$|[_ ])|_out$|output_(?:cost|price)|completion_(?:cost|price)"
)
_CACHED = re.compile(r"(?i)cach|batch|audio|image")
_MILLION = re.compile(
    r"(?i)(?:per|/)[\s_-]*(?:1[\s_]?m(?![a-z])|1[_,]?000[_,]?000|(?:1[\s_-]*)?million|m_?tok|m(?![a-z]))|million tokens"
)
_THOUSAND = re.compile(r"(?i)(?:per|/)[\s_-]*(?:1[\s_]?k(?![a-z])|1[_,]?000(?![_,]?000)|thousand|k(?![a-z]))")
_DEAREST = 1e-2
"""Of one token: what costs more is no price of a token."""
_CURRENCY = re.compile(r"(?i)\b(usd|eur|gbp)\b|(us dollars?|\$)|(€)")
_GUESSED = re.compile(
    r"(?i)#[^\n]*\b(?:rough(?:ly)?|placeholders?|dummy|made[- ]up|illustrative|example|fake|guess(?:es|ed)?)\b"
)
"""What the lines above a table say of prices that nobody looked up."""
_LINES_BEFORE = 4
_MOST = 200


def note_price_table(name: str, value: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note the prices of a table whose keys are models, where name, keys or the lines above say of how many tokens."""
    if not (isinstance(value, ast.Dict) and _TABLE.search(name) and len(value.keys) <= _MOST):
        return
    above = "\n".join(notes.file.lines[max(0, value.lineno - 1 - _LINES_BEFORE) : value.lineno + 1])
    if _GUESSED.search(above):
        return
    currency = _CURRENCY.search(above)
    coin = "" if currency is None else (currency[1] or ("USD" if currency[2] else "EUR")).upper()
    for key, row in zip(value.keys, value.values, strict=True):
        model = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        if not model or read_model_name(model) is None:
            continue
        sent, written, keys = _pair(row, scopes)
        share = _share(name, keys, above)
        if sent is None or written is None or not share or not 0 < written * share < _DEAREST:
            continue
        place = written_at(row, notes)
        note = f"{sent:g} and {written:g} for {1 / share:,.0f} tokens"
        notes.signals.prices.append(
            PriceSeen(model, sent * share, written * share, coin, place, notes.standing, note)
        )


def _pair(row: ast.expr, scopes: Scopes) -> tuple[float | None, float | None, str]:
    """Return what is sent and what is written cost in a row, and the names of its columns."""
    if isinstance(row, ast.Tuple | ast.List) and len(row.elts) == 2:
        return _number(row.elts[0], scopes), _number(row.elts[1], scopes), ""
    if not isinstance(row, ast.Dict):
        return None, None, ""
    columns = {key.value: value for key, value in zip(row.keys, row.values, strict=True) if isinstance(key, ast.Constant) and isinstance(key.value, str) and not _CACHED.search(key.value)}  # fmt: skip
    sent = [value for key, value in columns.items() if _IN.search(key)]
    written = [value for key, value in columns.items() if _OUT.search(key)]
    if len(sent) != 1 or len(written) != 1:
        return None, None, ""
    return _number(sent[0], scopes), _number(written[0], scopes), " ".join(columns)


def _number(node: ast.expr, scopes: Scopes) -> float | None:
    value = finite(worth(node, scopes).value)
    return value if value is not None and value > 0 else None


def _share(*texts: str) -> float:
    """Return the share of a price that one token costs, by the first text that says it; 0 where none or both are said."""
    for text in texts:
        million, thousand = bool(_MILLION.search(text)), bool(_THOUSAND.search(text))
        if million != thousand:
            return 1e-6 if million else 1e-3
        if million:
            return 0.0
    return 0.0
