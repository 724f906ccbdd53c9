"""A syntax tree -> the nodes that can say something, picked by tree-sitter's own query instead of a walk in Python.

A query is compiled once for each grammar, from the patterns that the grammar knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query

CALLS = frozenset(
    {
        "call_expression",
        "new_expression",
        "method_invocation",
        "object_creation_expression",
        "invocation_expression",
    }
)
NAMED = frozenset(
    {
        "variable_declarator",
        "pair",
        "assignment_expression",
        "public_field_definition",
        "keyed_element",
        "field_declaration",
        "const_spec",
        "short_var_declaration",
        "argument",
        "property_declaration",
        "enum_assignment",
        "var_spec",
        "assignment_statement",
    }
)
LOOKS = frozenset({"member_expression", "subscript_expression"})
"""What can look a variable of the environment up."""
PARAMETERS = frozenset({"required_parameter", "optional_parameter", "object_assignment_pattern"})
"""Parameters of TypeScript and parts of options that are taken apart, some with a value that is taken where none is given."""
ANNOTATIONS = frozenset({"marker_annotation", "annotation", "attribute"})
_HEIRS = ("superclass", "super_interfaces", "extends_clause", "type_list", "interface_type_list")
_HEIRLOOMS = ("type_identifier", "identifier")
_MOST = 60_000
"""Nodes of one file that are looked at: more are in generated ones."""


def nodes_of(language: Language, root: Node) -> Iterator[Any]:
    """Yield the nodes that can say something in the order of the text, an outer one before those in it."""
    from tree_sitter import QueryCursor

    found = QueryCursor(_query(language)).captures(root).get("node", [])
    yield from sorted(found, key=lambda node: (node.start_byte, -node.end_byte))[:_MOST]


@cache
def _query(language: Language) -> Query:
    from tree_sitter import Query, QueryError

    known = []
    for pattern in _patterns():
        try:
            Query(language, pattern)
        except QueryError:  # a kind of node of another language, or one that is never below the other
            continue
        known.append(pattern)
    return Query(language, "\n".join(known))


def _patterns() -> Iterator[str]:
    for kind in sorted(CALLS | NAMED | LOOKS | PARAMETERS | ANNOTATIONS | {"method_declaration"}):
        yield f"({kind}) @node"
    for heir in _HEIRS:
        for child in _HEIRLOOMS:
            yield f"({heir} ({child}) @node)"
