"""A syntax tree of Python -> its nodes, in less time than by the standard library's walk."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from copy import copy

SAY_NOTHING = frozenset({ast.Name, ast.Constant, ast.alias, ast.Pass, type(None)})
"""Nodes below which nothing is noted: leaving them out halves the time of a pass."""
CHAINS = frozenset({ast.Attribute, ast.Expr, ast.Await, ast.Return, ast.Starred})
"""Nodes that hold one other node and say nothing themselves."""
_HOLD_NO_NODES = frozenset(
    {
        "ctx", "op", "ops", "attr", "id", "arg", "name", "names", "module", "level", "kind", "type_comment", "conversion", "simple",
        "is_async", "asname", "rest", "type_ignores", "kwd_attrs",
    }
)  # fmt: skip
"""Fields with names, signs and numbers."""


_fields: dict[type, tuple[str, ...]] = {}


def _fields_of(kind: type[ast.AST]) -> tuple[str, ...]:
    """Return the fields of a kind of node that hold nodes."""
    found = _fields.get(kind)
    if found is None:
        found = _fields[kind] = tuple(name for name in kind._fields if name not in _HOLD_NO_NODES)
    return found


def children_of(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below one, without those that never say anything."""
    found: list[ast.AST] = []
    kind = type(node)
    for name in _fields.get(kind) or _fields_of(kind):
        value = getattr(node, name, None)
        if type(value) is list:
            found += [item for item in value if type(item) not in SAY_NOTHING]
        elif type(value) not in SAY_NOTHING and isinstance(value, ast.AST):
            found.append(value)
    return found


_SIMPLE = frozenset({ast.Expr, ast.Assign, ast.AnnAssign, ast.Return, ast.Raise, ast.AugAssign, ast.Pass, ast.Import, ast.ImportFrom, ast.Assert, ast.Delete, ast.Continue, ast.Break})  # fmt: skip
"""Statements that hold no others."""


def statements_of(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield every statement, those of functions, classes and branches included; expressions are not entered."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if type(node) in _SIMPLE:
            continue
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, None)
            for item in reversed(inner) if isinstance(inner, list) else ():
                pending.append(item)
                if isinstance(item, ast.stmt):
                    yield item


HOSTED_ID = re.compile(r"^(?:(?:us|eu|apac|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21)\.[a-z]")
"""Ids of models as clouds write them: a table of them lists what the pilot can ask."""


_FAMILY = re.compile(
    r"(?i)mistral|llama|claude|gpt|gemini|titan|nova|cohere|ollama|bedrock|azure|anthropic|openai"
)


def is_of_family(node: ast.AST) -> bool:
    """Say whether a constant is called after one family of models: it holds for that one alone."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return isinstance(target, ast.Name) and target.id.isupper() and bool(_FAMILY.search(target.id))


_TESTS = frozenset({"test", "tests", "testing", "pytest", "unittest"})


_AT_HOME = frozenset({"local", "localhost", "dev", "develop", "development", *_TESTS})
_ENVIRONMENTS = re.compile(r"(?i)(?:^|[._])(?:env|environment|stage|app_env|deployment|mode)$")


def is_for_tests(test: ast.expr) -> bool:
    """Say whether a condition holds only while the program is tested, such as `ENV == "test"`, or `ENVIRONMENT in ["local", "test"]`."""
    if _is_at_home(test):
        return True
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return False
    sides = (test.left, test.comparators[0])
    return any(isinstance(one, ast.Constant) and str(one.value).lower() in _TESTS for one in sides)


_OF_DEVELOPERS = re.compile(
    r"(?i)(?<![a-z])(?:app_?|node_?|flask_?|django_?|fastapi_?)?(?:env|environment|stage)(?![a-z])"
)


def is_for_developers(test: ast.expr) -> bool:
    """Say whether a condition holds only on a developer's machine, such as `os.environ.get("ENVIRONMENT") == "development"`."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return False
    named, value = test.left, test.comparators[0]
    said = isinstance(value, ast.Constant) and str(value.value).lower() in _AT_HOME
    return said and bool(_OF_DEVELOPERS.search(ast.unparse(named)))


def field_tested_for_none(test: ast.expr) -> set[str]:
    """Return the field of another object that a condition finds empty: `not request.model`."""
    field = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else None
    of_another = isinstance(field, ast.Attribute) and isinstance(field.value, ast.Name) and field.value.id not in {"self", "cls"}  # fmt: skip
    return {ast.unparse(field)} if of_another and field is not None else set()


def _is_at_home(test: ast.expr) -> bool:
    """Say whether a condition lists environments, and each of them is one of developers and tests."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.In)):
        return False
    listed, named = test.comparators[0], test.left
    while isinstance(named, ast.Call) and isinstance(named.func, ast.Attribute):
        named = named.func.value  # `ENVIRONMENT.upper()`
    if not isinstance(listed, ast.List | ast.Tuple | ast.Set) or not _ENVIRONMENTS.search(ast.unparse(named)):
        return False
    return bool(listed.elts) and all(isinstance(one, ast.Constant) and str(one.value).lower() in _AT_HOME for one in listed.elts)  # fmt: skip


SHOWN = frozenset(
    {
        "example",
        "examples",
        "openapi_examples",
        "json_schema_extra",
        "schema_extra",
        "openapi_extra",
        "responses",
        "provider_data",
    }
)
"""Arguments of examples in a description, or of keys that a server may ask with: nothing in them is in effect."""


def without_examples(node: ast.Call) -> ast.Call:
    """Return a call without what it only shows; the call itself where it shows nothing."""
    if not any(keyword.arg in SHOWN for keyword in node.keywords):
        return node
    plain = copy(node)
    plain.keywords = [keyword for keyword in node.keywords if keyword.arg not in SHOWN]
    return plain


def members_of(node: ast.ClassDef) -> dict[str, ast.expr]:
    """Return the attributes of a class and what they are given."""
    found: dict[str, ast.expr] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found[statement.targets[0].id] = statement.value
        elif (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.value
        ):
            found[statement.target.id] = statement.value
    return found


def defaults_of(arguments: ast.arguments) -> dict[str, ast.expr]:
    """Return the parameters that have a default, with it."""
    found: dict[str, ast.expr] = {}
    positional = [*arguments.posonlyargs, *arguments.args]
    for argument, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
        found[argument.arg] = default
    for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_default is not None:
            found[argument.arg] = keyword_default
    return found
