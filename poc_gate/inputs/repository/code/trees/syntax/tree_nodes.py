"""Nodes of a syntax tree of TypeScript, Java, Go or C# -> names, plain values, what is called with what."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.tables.model_constants import model_of_constant
from poc_gate.model.claim import Place

_STRINGS = frozenset(
    {
        "string",
        "string_literal",
        "interpreted_string_literal",
        "raw_string_literal",
        "template_string",
        "verbatim_string_literal",
    }
)
_NUMBERS = frozenset(
    {
        "number",
        "int_literal",
        "float_literal",
        "decimal_integer_literal",
        "integer_literal",
        "decimal_floating_point_literal",
        "real_literal",
    }
)
_WRAPS = frozenset(
    {
        "literal_element",
        "ternary_expression",
        "parenthesized_expression",
        "expression_list",
        "as_expression",
        "equals_value_clause",
        "satisfies_expression",
        "argument",
        "binary_expression",
    }
)
"""What stands around a plain value."""
BY_SETTING = re.compile(r"\b[cC]onfiguration\[")
"""A value that settings of .NET decide: what follows is taken where they say nothing."""
_MEMBERS = frozenset({"selector_expression", "field_access"})
"""Members of a package in Go or a class in Java: their libraries have constants for the names of models."""


def text_of(node: Any) -> str:
    """Return the text of a node."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def place_of(node: Any, file: str) -> Place:
    """Return where a node of a file is written."""
    row, column = node.start_point
    return Place(file, row + 1, column + 1)


def named(node: Any) -> tuple[str, Any]:
    """Return the name and the value of a declaration, a pair, an assignment or a named argument."""
    for left, right in (("name", "value"), ("key", "value"), ("left", "right"), ("property", "value")):
        name, value = node.child_by_field_name(left), node.child_by_field_name(right)
        if name is not None and value is not None:
            return text_of(name).strip("\"'`[]").rpartition(".")[2], value
    children = node.named_children
    if node.type in {"keyed_element", "argument", "variable_declarator"} and len(children) == 2:
        return text_of(children[0]).strip("\"'"), children[1]
    return "", None


def plain_of(node: Any) -> tuple[str | int | float | None, Any]:
    """Return a plain text, number or model's constant and where it is written; None for anything else."""
    if node is None:
        return None, None
    inner, is_plain = _inside(node)
    if not is_plain:
        return None, inner
    text = text_of(inner)
    if inner.type in _STRINGS:
        return _unquoted(text), inner
    if inner.type in _NUMBERS:
        return _number(text), inner
    return (model_of_constant(text) or None) if inner.type in _MEMBERS else None, inner


def _inside(node: Any) -> tuple[Any, bool]:
    """Return what brackets, casts and values before a default hold, and whether it can be plain."""
    while node.type in _WRAPS and node.named_children:
        if node.type == "binary_expression":
            operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
            if right is None or text_of(operator) not in {"||", "??"}:
                return node, False
            node = right
        elif node.type == "ternary_expression":
            other = _unless_set(node)
            if other is None:
                return node, False
            node = other
        elif node.type == "argument" and len(node.named_children) != 1:
            return node, False
        else:
            node = node.named_children[0]
    return node, True


_READS_A_NUMBER = re.compile(r"(?:Number\.)?(?:parseInt|parseFloat|Number)\(\s*([\w$.]+)\s*(?:,\s*10\s*)?\)")


def _unless_set(node: Any) -> Any:
    """Return what counts where a text holds no number: the 1000 of `given ? parseInt(given, 10) : 1000`; None for other conditions."""
    asked, read, other = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))  # fmt: skip
    if asked is None or read is None or other is None:
        return None
    match = _READS_A_NUMBER.fullmatch(text_of(read)[:200].strip())
    return other if match is not None and match[1] == text_of(asked)[:200].strip() else None


def _unquoted(text: str) -> str | None:
    """Return a text without its quotation marks; None for a long one, and for one with parts to put in."""
    inner = text.lstrip("@$")
    inner = inner[1:-1] if len(inner) > 1 else inner
    return None if "${" in inner or len(inner) > 300 else inner


def _number(text: str) -> float | None:
    try:
        return float(text.replace("_", "").rstrip("fFdDmMlL"))
    except ValueError:
        return None


def callee_of(node: Any) -> str:
    """Return the dotted name of what is called, without arguments in between."""
    if node.type == "method_invocation":
        owner, name = node.child_by_field_name("object"), node.child_by_field_name("name")
        return f"{text_of(owner)[:160]}.{text_of(name)}" if owner is not None else text_of(name)
    for field in ("function", "constructor", "type"):
        named = node.child_by_field_name(field)
        if named is not None:
            return re.sub(r"<.*?>|\(.*?\)|\s|\?|!", "", text_of(named)[:300])
    return ""


def ends_of(name: str) -> list[str]:
    """Return the last parts of a dotted name, the longest first."""
    parts = name.split(".")
    return [".".join(parts[-count:]) for count in (4, 3, 2, 1) if count < len(parts)]


def arguments_of(node: Any) -> list[Any]:
    """Return the arguments of a call."""
    arguments = node.child_by_field_name("arguments")
    return list(arguments.named_children[:20]) if arguments is not None else []


_DEEP = 3
"""Objects that are put into one another, from the one that is given on."""
_MOST_PAIRS = 60
_MOST_STATEMENTS = 300
"""Of one block that is looked through for a variable."""


def pairs_given(argument: Any) -> list[Any]:
    """Return the entries of the object that a call is given, those of objects put into it included: `{ ...params, stream: true }`.

    What a variable holds is looked up in the functions around; what comes last in an object wins and is listed first.
    """
    found: list[Any] = []
    pending, depth = [argument], 0
    while pending and depth <= _DEEP and len(found) < _MOST_PAIRS:
        inside: list[Any] = []
        for one in pending:
            held = _object_of(one)
            for child in held.named_children if held is not None else ():
                if child.type == "spread_element":
                    inside += child.named_children[:1]
                else:
                    found.append(child)
        pending, depth = inside[:_MOST_PAIRS], depth + 1
    return found


def _object_of(node: Any) -> Any:
    """Return the object that a node is, or that the variable of its name holds in the functions around; None for none."""
    while node.type in _CASTS and node.named_children:
        node = node.named_children[0]
    if node.type != "identifier":
        return node if node.type == "object" else None
    name, around = text_of(node), node.parent
    while around is not None:
        held = _held_in(around, name)
        if held is not None:
            return held if held.type == "object" else None
        around = around.parent
    return None


_CASTS = frozenset({"as_expression", "satisfies_expression", "parenthesized_expression"})


def _held_in(block: Any, name: str) -> Any:
    """Return what a block gives a variable where it declares it; None where it does not."""
    if block.type not in {"statement_block", "program"} or block.named_child_count > _MOST_STATEMENTS:
        return None
    for statement in block.named_children:
        for declared in statement.named_children if statement.type == "lexical_declaration" else ():
            given, value = named(declared)
            if given == name and value is not None:
                return value
    return None
