"""A node of a syntax tree -> what stands around it: a function, a class, defaults, a search of the web."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import callee_of, named, text_of


def in_defaults(node: Any) -> bool:
    """Say whether a node is in a function that sets defaults, by the function's name."""
    holder = node.parent
    while holder is not None:
        if holder.type in {"method_declaration", "function_declaration", "method_definition"}:
            return "default" in text_of(holder.child_by_field_name("name")).lower()
        holder = holder.parent
    return False


def method_around(node: Any) -> str:
    """Return the name of the method that a node stands in, its parameters included; empty outside of one."""
    holder = node.parent
    while holder is not None:
        if holder.type in {"method_declaration", "constructor_declaration"}:
            return text_of(holder.child_by_field_name("name"))
        holder = holder.parent
    return ""


def function_around(node: Any) -> str:
    """Return the name of the nearest function with one that a node of TypeScript stands in; empty outside of one."""
    holder = node.parent
    while holder is not None:
        if holder.type in {"function_declaration", "method_definition"}:
            return text_of(holder.child_by_field_name("name"))
        if holder.type == "arrow_function" and holder.parent.type == "variable_declarator":
            return named(holder.parent)[0]
        holder = holder.parent
    return ""


_WORDS_OF_A_CLASS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def owner_of(node: Any) -> str:
    """Return the name of the class around a property, its words apart: `Open_Ai_Settings`; empty outside of one."""
    holder = node.parent
    for _ in range(3):
        if holder is None:
            return ""
        if holder.type in {"class_declaration", "record_declaration"}:
            return "_".join(_WORDS_OF_A_CLASS.findall(text_of(holder.child_by_field_name("name"))))
        holder = holder.parent
    return ""


_SEARCHES_THE_WEB = re.compile(
    r"(?i)tavily|serp|brave|\bexa|duckduckgo|bing|websearch|googlesearch|firecrawl"
)


_COUNTS = re.compile(r"(?i)max_?results|num_?results|k|top_?k|limit|count")


def entry_around(node: Any) -> str:
    """Return the name of the entry whose object an entry stands in; empty where there is none."""
    holder = node.parent.parent if node.parent is not None else None
    return named(holder)[0] if holder is not None and holder.type == "pair" else ""


_DIMENSIONS = re.compile(r"(?i)dimensions(?:_?map)?")


def is_watched(node: Any) -> bool:
    """Say whether an entry is a dimension of a metric: what it names is looked at in a dashboard or an alarm, not asked."""
    return node.type == "pair" and _DIMENSIONS.fullmatch(entry_around(node)) is not None


def is_switched_off(holder: Any) -> bool:
    """Say whether an object says of itself that it is off: `{ apiBase: "...", enabled: false }`."""
    entries = (named(one) for one in holder.named_children[:60] if one.type == "pair")
    return any(name == "enabled" and value is not None and value.type == "false" for name, value in entries)


_OF_WORDS = re.compile(r"(?i)bm25|keyword|lexical|sparse|full_?text|tsquery")


def is_of_words_search(node: Any) -> bool:
    """Say whether an entry is an option of a search by words beside the one by meaning, by the name that the options have."""
    holder = node.parent
    for _ in range(3):
        if holder is None:
            return False
        if holder.type in {"variable_declarator", "pair"}:
            return bool(_OF_WORDS.search(text_of(holder.child_by_field_name("name") or holder.child_by_field_name("key"))))  # fmt: skip
        holder = holder.parent
    return False


def is_of_web_search(node: Any, name: str) -> bool:
    """Say whether an entry is an option of a web search: its results do not come from an index."""
    holder = node.parent
    for _ in range(4):
        if holder is None or not _COUNTS.fullmatch(name):
            return False
        if holder.type in {"new_expression", "call_expression"}:
            return bool(_SEARCHES_THE_WEB.search(callee_of(holder)))
        holder = holder.parent
    return False


def is_changed(node: Any, name: str, text: str) -> bool:
    """Say whether a variable is given another value later, in the same file: what it begins with does not limit anything then."""
    if node.type != "variable_declarator" or not text_of(node.parent).startswith("let "):
        return False
    return len(re.findall(rf"(?<![\w.]){re.escape(name)}\s*=(?![=>])", text)) > 1
