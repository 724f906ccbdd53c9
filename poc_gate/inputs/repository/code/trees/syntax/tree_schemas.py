"""An entry of a schema that checks settings in TypeScript -> the value that is taken where nobody sets one."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import arguments_of, named, plain_of, text_of

_CHECKS = re.compile(r"(?:z|zod|Joi|joi|yup|v)\b")
"""What schemas of zod, Joi and Yup begin with: `z.string().default("gpt-4o")`."""
_VALIDATES = frozenset({"str", "num", "bool", "url", "host", "port", "email", "makeValidator"})
"""Functions of envalid: `CHAT_MODEL: str({ default: "gpt-4o" })`."""
_OF_SETTINGS = re.compile(r"(?i)(?:^|/)(?:[\w.-]*[-_.])?(?:env|config|configuration|settings)(?:[-_.]\w+)*\.[cm]?[jt]s$|(?:^|/)(?:env|config|settings)/|(?:user|app|server|service)config\.[cm]?[jt]s$")  # fmt: skip
"""Files that hold settings: what others check are requests and arguments of tools, whose defaults are of one call."""
_DEEPEST = 12


def is_a_setting(name: str, path: str) -> bool:
    """Say whether an entry of a schema is a setting: by its name in capital letters, or by the file that it is in."""
    return name.isupper() or _OF_SETTINGS.search(path) is not None


def default_of(value: Any) -> tuple[str | int | float, Any] | None:
    """Return the default that an entry of a schema has, and where it is written; None where it has none."""
    if value is None or value.type != "call_expression":
        return None
    if text_of(value.child_by_field_name("function")) in _VALIDATES:
        options = next(iter(arguments_of(value)), None)
        pairs = options.named_children[:20] if options is not None else ()
        return _plain(next((named(pair)[1] for pair in pairs if named(pair)[0] == "default"), None))
    return _plain(_given_default(value)) if _CHECKS.match(text_of(value)[:20]) else None


def _given_default(node: Any) -> Any:
    """Return what a chain of calls is given as its default: `z.string().default("a").describe("b")`."""
    for _ in range(_DEEPEST):
        called = node.child_by_field_name("function") if node.type == "call_expression" else None
        if called is None or called.type != "member_expression":
            break
        if text_of(called.child_by_field_name("property")) in {"default", "prefault"}:
            return next(iter(arguments_of(node)), None)
        node = called.child_by_field_name("object")
    return None


def _plain(node: Any) -> tuple[str | int | float, Any] | None:
    plain, at = plain_of(node)
    return (plain, at) if plain is not None else None
