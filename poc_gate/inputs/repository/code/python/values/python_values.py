"""An expression of Python's syntax tree -> its value, or what decides it: an environment variable, or a name elsewhere."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_environment import environment_call
from poc_gate.inputs.repository.code.python.values.python_scopes import DEEPEST, Scopes, resolved
from poc_gate.inputs.repository.noting.signals import Ref, Scalar

_LONGEST = 20_000
_ARITHMETIC: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}
_CASTS = frozenset({"int", "float", "str", "bool", "SecretStr", "HttpUrl", "AnyHttpUrl", "Path", "Decimal"})
_FIELDS = frozenset(
    {
        "Field",
        "field",
        "config_field",
        "configclass_field",
        "env_field",
        "Option",
        "Argument",
        "Query",
        "Body",
        "attrib",
        "mapped_column",
    }
)


class Worth(NamedTuple):
    """What an expression is worth."""

    value: Scalar | None = None
    ref: Ref | None = None
    node: ast.AST | None = None
    """Where the value is written; None for nothing."""
    alternative: Scalar | None = None
    """The other branch of a condition, where both are known and differ."""
    default: bool = False
    """It is a parameter's default: whoever calls may give another."""


UNKNOWN = Worth()


def worth(node: ast.AST | None, scopes: Scopes, depth: int = 0) -> Worth:  # noqa: PLR0911 - one kind of node each
    """Return what an expression is worth; nothing is run, and what is not plain is unknown."""
    if node is None or depth > DEEPEST:
        return UNKNOWN
    if isinstance(node, ast.Constant):
        plain = isinstance(node.value, (str, int, float, bool))
        return Worth(node.value, node=node) if plain and not isinstance(node.value, bytes) else UNKNOWN  # type: ignore[arg-type]
    looked_up = environment_call(node)
    if looked_up is not None:
        default = worth(looked_up[1], scopes, depth + 1)
        return Worth(default.value, Ref("env", looked_up[0]), default.node or node)
    if isinstance(node, ast.Name):
        return _of_name(node, scopes, depth)
    if isinstance(node, ast.Attribute):
        return _of_attribute(node, scopes, depth)
    if isinstance(node, ast.Call):
        return _of_call(node, scopes, depth)
    return _of_operation(node, scopes, depth)


def _of_name(node: ast.Name, scopes: Scopes, depth: int) -> Worth:
    bound = scopes.find(node.id)
    if bound is not None:
        found = worth(bound, scopes, depth + 1)
        if id(bound) in scopes.defaults:
            found = found._replace(default=True)
        return found if found.value is not None or found.ref else UNKNOWN
    return Worth(ref=Ref("name", node.id), node=node) if node.id in scopes.imports else UNKNOWN


def _of_attribute(node: ast.Attribute, scopes: Scopes, depth: int) -> Worth:
    inner = node.value if node.attr == "value" and isinstance(node.value, ast.Attribute) else node
    assert isinstance(inner, ast.Attribute)
    owner = inner.value
    if isinstance(owner, ast.Subscript):
        described = resolved(owner, scopes)
        if isinstance(described, ast.Call) and (attribute := argument_named(described, inner.attr)):
            return worth(attribute, scopes, depth + 1)
    if isinstance(owner, ast.Name):
        members = scopes.classes.get(owner.id, {})
        if inner.attr in members:
            return worth(members[inner.attr], scopes, depth + 1)
        bound = resolved(owner, scopes)
        if isinstance(bound, ast.Call):
            if attribute := argument_named(bound, inner.attr):
                return worth(attribute, scopes, depth + 1)
            members = scopes.classes.get(dotted_name(bound.func), {})
            if inner.attr in members:
                return worth(members[inner.attr], scopes, depth + 1)
    return Worth(ref=Ref("name", inner.attr), node=node)


def argument_named(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument, or None."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _of_call(node: ast.Call, scopes: Scopes, depth: int) -> Worth:
    name = dotted_name(node.func).rpartition(".")[2]
    if name in _CASTS and len(node.args) == 1:
        found = worth(node.args[0], scopes, depth + 1)
        return found._replace(value=_cast(name, found.value)) if found.value is not None else found
    if name in _FIELDS:
        default = argument_named(node, "default")
        if (
            default is None
            and node.args
            and not isinstance(node.args[0], ast.Constant | ast.Name)
            and name != "Field"
        ):
            return UNKNOWN
        return worth(
            default if default is not None else (node.args[0] if node.args else None), scopes, depth + 1
        )
    return UNKNOWN


def _cast(name: str, value: Scalar) -> Scalar | None:
    try:
        if name == "int":
            return int(value)
        if name in {"float", "Decimal"}:
            return float(value)
    except (ValueError, OverflowError):
        return None
    return value


def _of_operation(node: ast.AST, scopes: Scopes, depth: int) -> Worth:  # noqa: PLR0911 - one kind of node each
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        parts = [worth(part, scopes, depth + 1) for part in node.values[:4]]
        value = next((part for part in parts if part.value not in (None, "")), UNKNOWN)
        ref = next((part.ref for part in parts if part.ref), None)
        return Worth(value.value, ref, value.node or node)
    if isinstance(node, ast.IfExp):
        body, other = worth(node.body, scopes, depth + 1), worth(node.orelse, scopes, depth + 1)
        if body.value is not None and other.value is not None and body.value != other.value:
            return body._replace(alternative=other.value)
        terms = (node.body.left, node.body.right) if isinstance(node.body, ast.BinOp) else (node.body,)
        computed = body is UNKNOWN and any(isinstance(one, ast.Call) and dotted_name(one.func) not in _CASTS for one in terms)  # fmt: skip
        return body if body.value is not None or computed else other  # a computed value has an exception
    if isinstance(node, ast.BinOp):
        return _of_arithmetic(node, scopes, depth)
    if isinstance(node, ast.JoinedStr):
        return _of_text(node, scopes, depth)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found = worth(node.operand, scopes, depth + 1)
        return found._replace(value=-found.value) if isinstance(found.value, int | float) else UNKNOWN
    return UNKNOWN


def _of_arithmetic(node: ast.BinOp, scopes: Scopes, depth: int) -> Worth:
    one, other = worth(node.left, scopes, depth + 1), worth(node.right, scopes, depth + 1)
    left, right = one.value, other.value
    action = _ARITHMETIC.get(type(node.op))
    if isinstance(left, str) and isinstance(right, str) and isinstance(node.op, ast.Add):
        return Worth((left + right)[:_LONGEST], node=node)
    numbers = (
        isinstance(left, (int, float)) and isinstance(right, (int, float)) and not isinstance(left, bool)
    )
    if action is None or not numbers:
        return UNKNOWN
    assert isinstance(left, int | float)
    assert isinstance(right, int | float)
    if (
        abs(left) > 1e15
        or abs(right) > 1e15
        or (right == 0 and not isinstance(node.op, ast.Add | ast.Sub | ast.Mult))
    ):
        return UNKNOWN
    return Worth(action(left, right), node=node, default=one.default or other.default)


def _of_text(node: ast.JoinedStr, scopes: Scopes, depth: int) -> Worth:
    text = ""
    for part in node.values:
        found = worth(part.value if isinstance(part, ast.FormattedValue) else part, scopes, depth + 1)
        if found.value is None or len(text) > _LONGEST:
            return UNKNOWN
        text += str(found.value)
    return Worth(text, node=node)
