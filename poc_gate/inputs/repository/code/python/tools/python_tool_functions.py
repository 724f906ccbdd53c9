"""Functions in Python -> those that a decorator makes tools of an agent, and what the code of one shows of its effect."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from typing import NamedTuple

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_hints import by_hint, hinted
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import argument_named, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_Function = ast.FunctionDef | ast.AsyncFunctionDef
TOOL_HOMES = frozenset(
    {
        "langchain",
        "langchain_core",
        "langgraph",
        "agents",
        "mcp",
        "fastmcp",
        "crewai",
        "crewai_tools",
        "pydantic_ai",
        "smolagents",
        "google",
        "strands",
        "llama_index",
        "autogen",
        "autogen_core",
        "autogen_agentchat",
        "semantic_kernel",
        "agno",
        "livekit",
        "beeai_framework",
        "langchain_community",
        "haystack",
        "claude_agent_sdk",
        "agent_framework",
        "deepagents",
        "managed_deepagents",
        "openai",
        "anthropic",
    }
)
"""Packages in whose company a decorator called `tool` makes a tool of an agent."""
_DECORATORS = frozenset(
    {
        "tool",
        "function_tool",
        "tool_plain",
        "kernel_function",
        "ai_function",
        "beta_tool",
        "mcp_tool",
        "mcp_tool_trigger",
        "register_for_llm",
    }
)
OWN_DECORATOR = re.compile(r"(?:regist(?:er|ry)?|agent|llm|ai|assistant|chat|export|expose|define|declare|make|as|add|mark)_?(?:as_)?(?:a_)?(?:agent_|llm_|ai_)?tool$")  # fmt: skip
"""Names of decorators of a program's own that make a tool of a function."""
_MOST_NODES = 4_000


def note_tool_function(node: _Function, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a function that a decorator makes a tool, with the effect that its code shows."""
    if _passes_on(node):
        return
    for decorator in node.decorator_list:
        name = _own_name(dotted_name(decorator).rpartition(".")[2], scopes)
        if name in _DECORATORS or is_own_mark(name, scopes.imports.get(name, ""), notes):
            _note_marked(name, decorator, node, scopes, notes, place)
            return


_STEP = re.compile(r"\bKernelProcessStep\b")
_TOLD_AS_STEP = re.compile(r"\bKernelProcessStepContext\b")


def is_a_step(node: _Function, owner: ast.ClassDef | None) -> bool:
    """Say whether a function of Semantic Kernel is a step of a process, which events start and no model picks."""
    given = (one.annotation for one in (*node.args.args, *node.args.kwonlyargs) if one.annotation)
    bases = owner.bases if owner is not None else ()
    return any(_STEP.search(ast.unparse(base)) for base in bases) or any(_TOLD_AS_STEP.search(ast.unparse(one)) for one in given)  # fmt: skip


def _own_name(name: str, scopes: Scopes) -> str:
    """Return what a library of agents calls a decorator that the file takes in under another name: `import tool as as_tool`."""
    path = scopes.imports.get(name, "")
    return path.rpartition(".")[2] if path.partition(".")[0] in TOOL_HOMES else name


def _note_marked(
    name: str, decorator: ast.expr, node: _Function, scopes: Scopes, notes: Notes, place: Place
) -> None:
    """Note the tool that one decorator makes of a function: by its name, its hints, and who approves it."""
    call = decorator if isinstance(decorator, ast.Call) else None
    if call is not None and _takes_its_name(call, node):
        notes.technique("tools", "tools of a server are handed on by their names", place)
        return
    said = _said_of_tool(call, scopes) if call is not None else _Said()
    if said.name == _WORKED_OUT:
        notes.technique("tools", "functions are made tools under names that the program works out", place)
        return
    given = node.name if said.name is None else said.name
    effect, why = effect_of_tool(given, *calls_and_texts(node))
    if is_pure(node):
        effect, why = "reads", "its code calls nothing"
    effect, why = by_hint(said.hint, effect, why)
    notes.tool(given, effect, why, place, approved=said.approved, function=node.name)
    at_hand = name == "tool" and scopes.imports.get("tool", "").startswith("langchain")
    notes.technique("functions" if at_hand else "tools", f"{given} is a tool", place)


def is_own_mark(name: str, path: str, notes: Notes) -> bool:
    """Say whether a decorator is one of the program's own that makes tools: the file defines it, or takes it in from another."""
    if not OWN_DECORATOR.match(name) or not notes.file.shows(f"@{name}"):
        return False
    return is_own_decorator(path, notes.signals.paths) if path else notes.file.shows(f"def {name}(")


class _Said(NamedTuple):
    """What a decorator is told of the tool that it makes."""

    name: str | None = None
    hint: str = ""
    approved: bool = False


_NAMES = frozenset({"name", "name_override", "tool_name"})
_WORKED_OUT = ""
"""The name of a tool that only the running program knows."""
_APPROVES = frozenset({"needs_approval", "requires_approval", "approval_mode"})


def _said_of_tool(call: ast.Call, scopes: Scopes) -> _Said:
    """Return the name, the hint and the approval that the arguments of a decorator say."""
    first = worth(call.args[0], scopes).value if call.args else None
    is_name = isinstance(first, str) and (
        first.replace("_", "").replace("-", "").isalnum() or _is_title(first, call, scopes)
    )
    said = _Said(str(first) if is_name else None)
    for keyword in call.keywords:
        found = worth(keyword.value, scopes)
        value = found.value
        if keyword.arg in _NAMES and isinstance(value, str):
            said = said._replace(name=value)
        elif keyword.arg in _NAMES and found.ref is None and not isinstance(keyword.value, ast.Constant):
            said = said._replace(name=_WORKED_OUT)
        elif keyword.arg == "annotations":
            said = said._replace(hint=hinted(keyword.value, scopes))
        elif keyword.arg in _APPROVES and value not in (False, None, "never_require"):
            said = said._replace(approved=True)
    return said


_TITLE = re.compile(r"\w[\w-]*(?: [\w-]+){1,6}")


def _is_title(first: str, call: ast.Call, scopes: Scopes) -> bool:
    """Say whether a decorator of CrewAI is given the name that its agents know a tool by, which may be several words."""
    path = scopes.imports.get(dotted_name(call.func), "")
    return path.startswith("crewai") and _TITLE.fullmatch(first) is not None


_GIVES_CLASSES = frozenset({"add_tool", "register_tool"})


def note_added(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note a function that is added as a tool, under its own name or another one: `server.add_tool(find, "find_books")`."""
    first = node.args[0] if node.args else None
    if not isinstance(first, ast.Name) or first.id[:1].isupper():
        return
    function = scopes.functions.get(first.id)
    named = argument_named(node, "name") or (node.args[1] if len(node.args) > 1 else None)
    given = worth(named, scopes).value if named is not None else None
    if function is None and not isinstance(given, str):
        return
    name = given if isinstance(given, str) else first.id
    effect, why = effect_of_tool(name, *(calls_and_texts(function) if function is not None else ()))
    notes.tool(name, effect, why, place, function=first.id)
    notes.technique("tools", f"{name} is a tool", place)


def note_handed(short: str, node: ast.Call, notes: Notes, place: Place) -> None:
    """Note the classes that an agent is given as tools: `agent.add_tool(Search, branch="base")`, `tools=[Search()]`."""
    listed = argument_named(node, "tools")
    made = [one.func for one in listed.elts if isinstance(one, ast.Call)] if isinstance(listed, ast.List) else []  # fmt: skip
    adds = short in _GIVES_CLASSES
    if adds:
        made = [*node.args[:1], *(one.value for one in node.keywords if one.arg in {"tool", "tool_class"})]
    for one in made:
        name = dotted_name(one).rpartition(".")[2]
        if name[:1].isupper():
            notes.signals.handed.append(name)
            if adds:
                notes.technique("functions", f"{name} is given to an agent", place)


def _passes_on(node: _Function) -> bool:
    """Say whether a function hands on whatever it is given: it wraps another one, whose name the tool gets."""
    given = node.args
    return bool(given.vararg and given.kwarg) and not (given.args or given.kwonlyargs or given.posonlyargs)


def _takes_its_name(call: ast.Call, node: _Function) -> bool:
    """Say whether a function that takes whatever it is given gets the name of another tool: `@tool(remote.name)` over `**kwargs`."""
    named = next((one.value for one in call.keywords if one.arg in _NAMES_IT), None) or next(
        iter(call.args), None
    )
    return node.args.kwarg is not None and isinstance(named, ast.Attribute) and named.attr == "name"


_NAMES_IT = frozenset({"name", "name_or_callable", "name_override"})


def calls_and_texts(node: ast.AST) -> tuple[list[str], list[str]]:
    """Return the names of what a function calls, and the texts in it."""
    calls: list[str] = []
    texts: list[str] = []
    for number, inner in enumerate(ast.walk(node)):
        if number > _MOST_NODES:
            break
        if isinstance(inner, ast.Call):
            calls.append(dotted_name(inner.func))
            calls += _statement_given(inner, node)
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            texts.append(inner.value[:200])
    if any(map(_COMMITS, calls)) and _only_keeps_a_trail(node, calls):
        calls = [call for call in calls if not _COMMITS(call)]
    return calls, texts


_DATABASE = re.compile(
    r"(?i)(?:^|[._])(?:cur|cursor|conn?|connection|db|database|engine|session)\.(?:execute|executescript|exec_driver_sql)$"
)
_STATEMENT = re.compile(r"(?i)(?:\w+_)?(?:sql|query|statement|stmt)(?:_\w+)?")


def _statement_given(call: ast.Call, tool: ast.AST) -> list[str]:
    """Return the call, as it is written, where a tool hands a database the very statement that it is given: `cursor.execute(query)`."""
    given = call.args[0] if call.args else None
    if isinstance(given, ast.Call) and dotted_name(given.func).rpartition(".")[2] == "text" and given.args:
        given = given.args[0]
    taken = tool.args if isinstance(tool, ast.FunctionDef | ast.AsyncFunctionDef) else None
    if taken is None or not isinstance(given, ast.Name) or not _STATEMENT.fullmatch(given.id):
        return []
    name = dotted_name(call.func)
    passed = any(one.arg == given.id for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs))
    return [f"{name}({given.id})"] if passed and _DATABASE.search(name) else []


_COMMITS = re.compile(r"(?:^|\.)commit$").search
_TRAIL = re.compile(r"(?i)audit").search
_CHANGES = re.compile(r"(?:^|[._])(?:add|insert|update|upsert|delete|remove|create|save|store|put|set|merge|execute|executemany|write|record|issue|submit|mark|move|assign|approve|reject|start|flush)(?:_\w+)?$").search  # fmt: skip


def _only_keeps_a_trail(node: ast.AST, calls: list[str]) -> bool:
    """Say whether a function commits nothing but what it wrote down of its own call: `write_audit_event(...)`, and no field is changed."""
    if not any(map(_TRAIL, calls)) or any(_CHANGES(call) and not _TRAIL(call) for call in calls):
        return False
    changed = (one.targets if isinstance(one, ast.Assign) else [one.target] for one in ast.walk(node) if isinstance(one, ast.Assign | ast.AugAssign))  # fmt: skip
    return not any(isinstance(target, ast.Attribute) for targets in changed for target in targets)


def effect_in_file(name: str, scopes: Scopes) -> tuple[str, str]:
    """Return the effect of a tool and the reason, by its name and by its function, where the file has one of that name."""
    function = scopes.functions.get(name)
    return effect_of_tool(name, *(calls_and_texts(function) if function is not None else ()))


def is_pure(node: _Function) -> bool:
    """Say whether a function calls nothing and changes nothing: arithmetic, for instance."""
    acts = ast.Call | ast.Await | ast.Delete | ast.Global | ast.Nonlocal
    return not any(isinstance(inner, acts) for statement in node.body for inner in ast.walk(statement))


def is_own_decorator(path: str, paths: Collection[str]) -> bool:
    """Say whether a name is imported from a package of the repository itself, which then keeps a register of tools."""
    module = path.rpartition(".")[0].lower().replace(".", "/")
    ends = (f"/{module}.py", f"/{module}/__init__.py")
    return path.startswith(".") or any(f"/{one}".endswith(ends) for one in paths)
