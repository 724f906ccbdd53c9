"""What a known call in TypeScript, Java, Go or C# means -> models, systems, tools, destinations."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.tree_clients import is_made_for_another
from poc_gate.inputs.repository.code.trees.tree_nodes import (
    BY_SETTING,
    condition_of_bean,
    named,
    plain_of,
    switch_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.tree_tools import (
    is_a_step,
    name_among,
)
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import TAKEN_BY_ITSELF, HostSeen
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.calls.default_models import DEFAULT_MODELS_OF_SCRIPTS
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import is_hosted, read_model_name
from poc_gate.inputs.repository.tables.settings import IS_ASIDE
from poc_gate.model.claim import Place

_SPLITS = re.compile(
    r"^(?:DocumentByLineSplitter|DocumentByParagraphSplitter|DocumentBySentenceSplitter|DocumentByWordSplitter|recursive)$"
)
_SPLITS_ITSELF = re.compile(
    r"(?i)^(?:chunk|split)(?:markdown|text|document|doc|content|pages?|by\w*|into\w*|words|s)?$"
)
"""Functions of the pilot's own that divide a text: size and overlap come last."""
_SMALLEST_PASSAGE = 64
_CLIENT = re.compile(r"(?i)\w*client\b\s*(?::|$)")
"""An argument that hands a client over, by name or as a variable."""
_SAYS_NAME = re.compile(
    r"@DefineKernelFunction\s*\(\s*(?:description\s*=\s*\"[^\"]*\"\s*,\s*)?name\s*=\s*\"([A-Za-z][\w-]{1,60})\"|(?:KernelFunction|McpServerTool)\(\s*(?:Name\s*=\s*|name:\s*)?\"([A-Za-z][\w-]{1,60})\"|@(?:Mcp)?Tool\s*\([^)]*?\bname\s*=\s*\"([A-Za-z][\w-]{1,60})\""
)
"""A mark that gives a tool another name than its method has."""
_PLAIN = frozenset({"method_declaration", "local_function_statement"})


def _place(node: Any, file: str) -> Place:
    row, column = node.start_point
    return Place(file, row + 1, column + 1)


def note_meaning(call: Call, node: Any, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note what a call of a known library means."""
    for technique in call.evidence:
        notes.technique(technique, f"calls {short}", place)
    if call.kind == "source" and (switch := switch_of(node) or condition_of_bean(notes.file)):
        notes.question(f"the code reaches {call.what} only where {switch} is set: is it a source?", place)
    elif call.kind == "source":
        notes.system(call.what, place, how="used", direction=call.direction, note=f"{short} is made")
    elif call.kind == "approval":
        notes.approval("*", place)
    elif call.kind == "tool" and call.what:
        notes.tool(short, call.what, "a tool of the library", place)
    elif call.kind == "tool":
        _note_tool(node, arguments, place, notes)
    elif call.kind == "model":
        _note_model(call, arguments, short, place.file, notes)
        _note_usual(call, arguments, short, place, notes)
        if call.default:
            notes.model(
                call.default, place, role=call.what, hosting="self", weight=3, note=f"{short} is made"
            )
    if short.startswith("AddOpenAI") and any(_CLIENT.match(text_of(one)[:80]) for one in arguments):
        return  # a client that is made elsewhere decides who is asked
    if is_made_for_another(short, node, arguments):
        return  # its address is given: another server that speaks the same protocol
    host = (
        PROVIDER_HOSTS.get(call.provider, "")
        if call.kind in {"tool", "host"} or (call.kind == "model" and is_hosted(call.provider))
        else ""
    )
    if host:
        notes.signals.hosts.append(
            HostSeen(host, f"{short} asks it", place, notes.reader, notes.standing, INFERRED)
        )


_NAMES_ITS_MODEL = re.compile(r"(?i)\b(?:model|deployment)")


def _note_usual(call: Call, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note the model that a library takes by itself, where it is given none."""
    usual = DEFAULT_MODELS_OF_SCRIPTS.get(short, "")
    given = any(child.type != "object" or _NAMES_ITS_MODEL.search(text_of(child)[:2_000]) or "..." in text_of(child)[:2_000] for child in arguments)  # fmt: skip
    if usual and not given and place.file.endswith((".ts", ".tsx", ".js", ".mjs", ".cjs", ".mts")):
        notes.model(usual, place, role=call.what, provider=call.provider, hosting="hosted", weight=2, note=f"{short} {TAKEN_BY_ITSELF}")  # fmt: skip


def note_split(short: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note the size and the overlap of passages that a splitter of LangChain4j is made with."""
    own = _SPLITS_ITSELF.match(short) is not None
    if not (own or _SPLITS.match(short)) or len(arguments) < 2:
        return
    given = [plain_of(argument)[0] for argument in (arguments[-2:] if own else arguments)]
    numbers = [value for value in given if isinstance(value, int | float)]
    if own and (len(numbers) != 2 or not numbers[0] > numbers[1] >= 0 or numbers[0] < _SMALLEST_PASSAGE):
        return
    for name, value in zip(("chunk_size", "chunk_overlap"), given, strict=False):
        if isinstance(value, int | float):
            notes.named_value(name, value, place)


_READS_TABLES = re.compile(r"(?:^|\.)(?!(?:storage|array|buffer)\.)[a-z]\w*\.(?:from|rpc)$")


def note_supabase(callee: str, file: str, notes: Notes) -> None:
    """Note whether a client of Supabase keeps files or reads tables, for those that are made elsewhere."""
    if callee.endswith(".storage.from"):
        notes.technique("keeps files", "Supabase", Place(file), weight=1)
    elif _READS_TABLES.search(callee):
        notes.technique("reads tables", "Supabase", Place(file), weight=1)


_BY_CONSTANT = re.compile(r"@?(?:Mcp)?Tool\s*\(\s*name\s*=\s*(?:\w+\.)?([A-Z][A-Z0-9_]+)\b")


def _by_constant(node: Any, file: TextFile) -> str:
    """Return the name that a constant of the file gives a tool: `@McpTool(name = GET_ISSUE)`; or an empty text."""
    said = _BY_CONSTANT.match(text_of(node)[:300])
    given = re.search(rf"\b{said[1]}\s*=\s*\"([\w.-]{{2,60}})\"", file.text) if said else None
    return given[1] if given else ""


def note_tool_method(node: Any, place: Place, notes: Notes) -> None:
    """Note the method below an annotation that makes it a tool of an agent."""
    method = node
    for _ in range(3):
        method = method.parent
        if method is None or method.type in _PLAIN:
            break
    if method is None or method.type not in _PLAIN or is_a_step(method):
        return
    said = _SAYS_NAME.match(text_of(node)[:300])
    name = next((part for part in said.groups() if part), "") if said else _by_constant(node, notes.file)
    name = name or text_of(method.child_by_field_name("name")).removesuffix("Async")
    calls = [text_of(inner)[:120].partition("(")[0] for inner in _calls_in(method)]
    if name:
        effect, why = effect_of_tool(name, calls)
        notes.tool(name, effect, why, place)
        at_hand = text_of(node).lstrip("@").startswith(("KernelFunction", "DefineKernelFunction"))
        notes.technique("functions" if at_hand else "tools", f"{name} is a tool", place)


_IS_A_TOOL = re.compile(r"\bextends\s+(?:Structured|Dynamic|DynamicStructured)?Tool\b")


def note_tool_of_class(node: Any, name: str, place: Place, notes: Notes) -> None:
    """Note a class of LangChain.js that is a tool: it derives from one, and a field says its name."""
    body = node.parent
    holder = body.parent if body is not None else None
    if holder is None or "@langchain/core" not in notes.file.text or not re.fullmatch(r"[\w.-]{2,60}", name):
        return
    if not _IS_A_TOOL.search(text_of(holder)[:300].partition("{")[0]):
        return
    calls = [text_of(inner)[:120].partition("(")[0] for inner in _calls_in(holder)]
    effect, why = effect_of_tool(name, calls)
    notes.tool(name, effect, why, place)
    notes.technique("functions", f"{name} is a tool", place)


_TEMPLATES = re.compile(r"(?i)(?:^|[/_-]|tools?)(?:templates?|presets?|samples?|examples?)\.\w+$")
"""Files of tools that people may choose and fill in: none of them is given to a model as it stands."""


def note_described_tool(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that an object describes to a model: `{ type: "function", function: { name } }`, or with the name beside the type."""
    entries = dict(named(pair) for pair in node.named_children[:40] if pair.type == "pair")
    kind = plain_of(entries["type"])[0] if entries.get("type") is not None else None
    inner = entries.get("function")
    if kind != "function" or _TEMPLATES.search(place.file):
        return
    if inner is not None and inner.type == "object":
        entries = dict(named(pair) for pair in inner.named_children[:40] if pair.type == "pair")
    name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
    if isinstance(name, str) and "parameters" in entries and re.fullmatch(r"[\w-]{2,60}", name):
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


_SCHEMAS = frozenset({"inputSchema", "inputShape", "input_schema"})
"""What describes the arguments of a tool beside its name."""


def note_listed_tool(node: Any, place: Place, notes: Notes) -> None:
    """Note a tool that an object of a list describes: `{ name, description, inputSchema }`, or with hints on what it does."""
    entries = dict(named(pair) for pair in node.named_children[:40] if pair.type == "pair")
    hinted = entries.get("annotations") is not None and "Hint" in notes.file.text
    name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
    if (
        isinstance(name, str)
        and "description" in entries
        and (hinted or _SCHEMAS & set(entries))
        and re.fullmatch(r"[\w./-]{2,60}", name)
        and notes.file.shows(_TOOL_SERVERS)
    ):
        notes.tool(name, *effect_of_tool(name), place)


_TOOL_SERVERS = re.compile(r"modelcontextprotocol|ListTools|\bMCP\b|\bmcp\b|input_schema|ToolAnnotations")
_METHOD = re.compile(r"(?:.*\.)?([A-Za-z]\w{1,60})")


_GIVES_BY_NAME = frozenset(
    {"function", "withFunction", "functions", "defaultFunctions", "toolNames", "defaultToolNames"}
)
"""Methods of Spring AI that give a model tools by the names of their beans."""


def note_function_tool(callee: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a method that Microsoft.Extensions.AI makes a tool of, by the name it is given or by its own; and beans of Spring."""
    if callee.rpartition(".")[2] in _GIVES_BY_NAME and "springframework.ai" in notes.file.text:
        for bean in (plain_of(argument)[0] for argument in arguments[:60]):
            if isinstance(bean, str) and re.fullmatch(r"[\w-]{2,60}", bean):
                notes.tool(bean, *effect_of_tool(bean), place)
                notes.technique("tools", f"{bean} is given to a model", place)
    if callee == "createRetrieverTool" and len(arguments) > 1 and arguments[1].type == "object":
        entries = dict(named(pair) for pair in arguments[1].named_children[:20] if pair.type == "pair")
        given_name = plain_of(entries["name"])[0] if entries.get("name") is not None else None
        if isinstance(given_name, str) and re.fullmatch(r"[\w-]{2,60}", given_name):
            notes.tool(given_name, "reads", "it asks an index", place)
            notes.technique("tools", f"{given_name} is a tool", place)
    if not callee.endswith("AIFunctionFactory.Create"):
        return
    said = [one for one in (plain_of(argument)[0] for argument in arguments[1:]) if isinstance(one, str)]
    given = text_of(arguments[0])[:200] if arguments else ""
    match = None if "=>" in given else _METHOD.fullmatch(re.sub(r"\s|\([^()]*\)", "", given))
    name = next((one for one in said if re.fullmatch(r"[\w-]{2,60}", one)), match[1] if match else "")
    if name:
        name = name.removesuffix("Async")
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place)
        notes.technique("tools", f"{name} is a tool", place)


def note_given_tools(arguments: Any, file: str, notes: Notes) -> None:
    """Note the tools and the steps that a call of the AI SDK is given: `tools: { search, book: book(session) }`."""
    for argument in arguments[:2]:
        for pair in argument.named_children if argument.type == "object" else ():
            key, value = named(pair)
            if key == "tools" and value is not None and value.type == "object":
                for child in value.named_children[:60]:
                    tool = text_of(child) if child.type.startswith("shorthand") else named(child)[0]
                    if tool:
                        effect, why = effect_of_tool(tool)
                        notes.tool(tool, effect, why, _place(child, file), function=_kept_as(child))
                        notes.technique("tools", f"{tool} is given to a model", _place(child, file))
            elif key == "maxSteps" and isinstance(plain_of(value)[0], float):
                notes.number("agent.max_steps", float(plain_of(value)[0] or 0), _place(pair, file))


def _kept_as(child: Any) -> str:
    """Return what a tool is called where it is made, when it is given under another name: `getWeather: weatherTool`."""
    value = None if child.type.startswith("shorthand") else named(child)[1]
    return text_of(value).removesuffix("Tool") if value is not None and value.type == "identifier" else ""


def note_tools_object(name: str, value: Any, file: TextFile, notes: Notes) -> None:
    """Note the tools in an object that is kept before a model is given it: `const tools = { search: searchTool }`."""
    while (
        value is not None and value.type in {"as_expression", "satisfies_expression"} and value.named_children
    ):
        value = value.named_children[0]
    if name != "tools" or value is None or value.type != "object" or not file.shows(SDK):
        return
    for child in value.named_children[:60]:
        tool = text_of(child) if child.type.startswith("shorthand") else named(child)[0]
        if tool and child.type != "spread_element":
            effect, why = effect_of_tool(tool)
            notes.tool(tool, effect, why, _place(child, file.path), function=_kept_as(child))
            notes.technique("tools", f"{tool} is given to a model", _place(child, file.path))


_HOLDS_TOOLS = re.compile(
    r"(?i)^(?:\w*_)?(?:\w*[a-z])?tools(?:_?(?:list|definitions?|defs|schemas?|specs))?$"
)
_MOST_LISTED = 100


def note_tools_array(name: str, value: Any, file: str, notes: Notes) -> None:
    """Note the tools that a list describes by name and parameters, before something wraps them for a model."""
    while value is not None and value.type in {"as_expression", "satisfies_expression"} and value.named_children:  # fmt: skip
        value = value.named_children[0]
    if value is None or value.type != "array" or not _HOLDS_TOOLS.match(name):
        return
    for child in value.named_children[:_MOST_LISTED]:
        entries = dict(named(pair) for pair in child.named_children[:40] if pair.type == "pair")
        tool = plain_of(entries["name"])[0] if entries.get("name") is not None else None
        described = _ARGUMENTS & set(entries)
        if isinstance(tool, str) and described and re.fullmatch(r"[\w-]{2,60}", tool):
            notes.tool(tool, *effect_of_tool(tool), _place(child, file))


_ARGUMENTS = frozenset({"parameters", *_SCHEMAS})
SDK = re.compile(r"from\s+[\"']ai[\"']|require\([\"']ai[\"']\)")
"""How a file takes in the AI SDK."""


def _calls_in(method: Any) -> list[Any]:
    found: list[Any] = []
    pending = [method]
    while pending and len(found) < 200:
        node = pending.pop()
        if node.type in {"method_invocation", "invocation_expression", "call_expression"}:
            found.append(node)
        pending += node.named_children
    return found


def _note_model(call: Call, arguments: Any, short: str, file: str, notes: Notes) -> None:
    """Note the model that a call is given: a plain first argument, or `model` among its options."""
    for argument in arguments[:4]:
        plain, at = plain_of(argument)
        if isinstance(plain, str) and read_model_name(plain):
            notes.model(
                plain,
                _place(at, file),
                role=call.what,
                provider=call.provider,
                hosting="hosted" if is_hosted(call.provider) else "self" if call.provider == "ollama" else "",
                weight=1 if BY_SETTING.search(text_of(argument)[:120]) else 3,
                note=f"given to {short}",
            )
            return
        for pair in argument.named_children if argument.type == "object" else ():
            name, value = named(pair)
            plain, at = plain_of(value) if value is not None else (None, None)
            if name in {
                "model",
                "modelName",
                "deploymentName",
                "modelId",
                "azureOpenAIApiDeploymentName",
            } and isinstance(plain, str):
                notes.model(
                    plain,
                    _place(at, file),
                    role=call.what,
                    provider=call.provider,
                    hosting="hosted" if is_hosted(call.provider) else "",
                    weight=3,
                    note=f"given to {short}",
                )
            elif (
                name in {"maxTokens", "max_tokens", "maxOutputTokens", "max_completion_tokens"}
                and isinstance(plain, int | float)
                and call.what == "chat"
                and not IS_ASIDE.search(file)
            ):
                notes.number("security.output_cap", plain, _place(at, file), unit="tok", weight=3)


def _note_tool(node: Any, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool by its name: the first text, a `name` among its options, or the key or variable that holds it."""
    if any(argument.type == "spread_element" for argument in arguments[:1]) or text_of(node).startswith("this."):  # fmt: skip
        return  # it is called, not made; or a method of the program's own makes it, and is read where it stands
    name, unread = name_among(node, arguments)
    if unread:
        notes.technique("tools", "tools are made by their names", place)
        return  # whoever calls the maker says the name
    holder = node.parent
    while holder is not None and holder.type in {
        "arrow_function",
        "parenthesized_expression",
        "return_statement",
        "statement_block",
        "await_expression",
    }:
        holder = holder.parent
    if not name and holder is not None and holder.type in {"variable_declarator", "pair"}:
        name = named(holder)[0]
        if holder.type == "variable_declarator" and len(name) > len("Tool") + 2:
            name = name.removesuffix("Tool")  # the key under which it is given says the name, mostly this
    approved = False
    for argument in arguments[:3]:
        for pair in argument.named_children if argument.type == "object" else ():
            key, value = named(pair)
            approved |= key == "needsApproval" and value is not None and value.type != "false"
    if name:
        effect, why = effect_of_tool(name)
        notes.tool(name, effect, why, place, approved=approved)
        notes.technique("tools", f"{name} is a tool", place)
