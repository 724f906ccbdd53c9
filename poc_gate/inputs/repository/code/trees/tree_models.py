"""What a known call in TypeScript, Java, Go or C# means -> models, systems, tools, destinations."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.trees.tools.named_tools import (
    name_among,
)
from poc_gate.inputs.repository.code.trees.tree_clients import is_made_for_another
from poc_gate.inputs.repository.code.trees.tree_nodes import (
    BY_SETTING,
    condition_of_bean,
    function_around,
    named,
    pairs_given,
    plain_of,
    switch_of,
    text_of,
)
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import TAKEN_BY_ITSELF, HostSeen
from poc_gate.inputs.repository.tables.calls.call import Call, is_start
from poc_gate.inputs.repository.tables.calls.default_models import DEFAULT_MODELS_OF_SCRIPTS
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import is_hosted, read_model_name
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.inputs.repository.tables.settings import IS_ASIDE
from poc_gate.model.claim import Place
from poc_gate.model.engines.serving_engines import SERVING_ENGINES


def _place(node: Any, file: str) -> Place:
    row, column = node.start_point
    return Place(file, row + 1, column + 1)


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


_OF_SUPABASE = frozenset(
    {"createClient", "createBrowserClient", "createServerClient", "createPagesServerClient"}
)
"""What makes a client of Supabase, which asks it over HTTP."""


def note_meaning(call: Call, node: Any, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note what a call of a known library means."""
    before = call.what == "chooses" and bool(arguments) and is_start(text_of(arguments[0]))
    for technique in () if before else call.evidence:
        notes.technique(technique, f"calls {short}", place)
    if call.kind == "source" and (switch := switch_of(node) or condition_of_bean(notes.file)):
        notes.question(f"the code reaches {call.what} only where {switch} is set: is it a source?", place)
    elif call.kind == "source":
        what = _of_engine(arguments) or call.what if short in _DATABASES else call.what
        notes.system(what, place, how="used", direction=call.direction, note=f"{short} is made")
        _note_supabase_host(call, short, place, notes)
    elif call.kind == "approval":
        notes.approval("*", place)
    elif call.kind == "tool" and call.what:
        notes.tool(short, call.what, "a tool of the library", place)
    elif call.kind == "tool":
        _note_tool(node, arguments, place, notes)
    elif call.kind == "model":
        _note_model(call, node, arguments, short, place.file, notes)
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
        if call.kind in {"tool", "host", "source"} or (call.kind == "model" and is_hosted(call.provider))
        else ""
    )
    if host:
        notes.signals.hosts.append(
            HostSeen(host, f"{short} asks it", place, notes.reader, notes.standing, INFERRED)
        )


_DATABASES = frozenset({"DatabaseCluster", "DatabaseInstance", "ServerlessCluster"})
"""Constructs of the AWS CDK whose engine says which database they make."""
_ENGINE = re.compile(r"\.(?:aurora)?_?(?P<engine>mysql|mariadb|sqlserver|oracle)\w*\b", re.IGNORECASE)


def _of_engine(arguments: Any) -> str:
    """Return the database that a construct's engine says, other than PostgreSQL."""
    found = next((match for child in arguments if (match := _ENGINE.search(text_of(child)[:2_000]))), None)
    engine = found["engine"].lower() if found is not None else ""
    return "mysql" if engine == "mariadb" else engine


ENGINES = {provider: row.name for row in SERVING_ENGINES for provider in row.providers}
"""Provider of a call -> the engine that it shows."""
_NAMES_ITS_MODEL = re.compile(r"(?i)\b(?:model|deployment)")


def _note_usual(call: Call, arguments: Any, short: str, place: Place, notes: Notes) -> None:
    """Note the model that a library takes by itself, where it is given none, and the engine that a library is of."""
    if call.what == "chat" and call.provider in ENGINES:
        notes.fact("model.engine", ENGINES[call.provider], place, sure=INFERRED)
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


def _note_supabase_host(call: Call, short: str, place: Place, notes: Notes) -> None:
    if short in _OF_SUPABASE and call.what == "postgresql" and notes.file.shows("supabase"):
        notes.signals.hosts.append(HostSeen(PROVIDER_HOSTS["supabase"], f"{short} is made", place, notes.reader, notes.standing, INFERRED))  # fmt: skip


_READS_TABLES = re.compile(r"(?:^|\.)(?!(?:storage|array|buffer)\.)[a-z]\w*\.(?:from|rpc)$")


def note_supabase(callee: str, file: str, notes: Notes) -> None:
    """Note whether a client of Supabase keeps files or reads tables, for those that are made elsewhere."""
    if callee.endswith(".storage.from"):
        notes.technique("keeps files", "Supabase", Place(file), weight=1)
    elif _READS_TABLES.search(callee):
        notes.technique("reads tables", "Supabase", Place(file), weight=1)


_CHECKS = re.compile(
    r"(?i)inject|moderat|jailbreak|guardrail|toxic|(?:verify|check|sanitize|screen)_?(?:draft|answer|response|reply|output|message|input|prompt|content)"
)
"""Functions that look at what is asked or answered: the model that they ask is not the one that answers."""


def _note_model(call: Call, node: Any, arguments: Any, short: str, file: str, notes: Notes) -> None:
    """Note the model that a call is given: a plain first argument, or `model` among its options."""
    if call.what in {"", "chat"} and _CHECKS.search(function_around(node)):
        call = call._replace(what="guardrail")
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
        _note_options(call, argument, short, _place(node, file), notes)


_NAMES = frozenset({"model", "modelName", "deploymentName", "modelId", "azureOpenAIApiDeploymentName"})
_TOKENS = frozenset({"maxTokens", "max_tokens", "maxOutputTokens", "max_completion_tokens"})


def _note_options(call: Call, argument: Any, short: str, asked: Place, notes: Notes) -> None:
    """Note the model among the options of a call, and the cap of its answers, which is that model's."""
    said, file = "", asked.file
    caps: list[Place] = []
    for pair in pairs_given(argument):
        name, value = named(pair)
        plain, at = plain_of(value) if value is not None else (None, None)
        if name in _NAMES and isinstance(plain, str) and not said:
            said = plain
            hosting = "hosted" if is_hosted(call.provider) else ""
            notes.model(plain, _place(at, file), role=call.what, provider=call.provider, hosting=hosting, weight=3, note=f"given to {short}")  # fmt: skip
        elif (
            name in _TOKENS
            and isinstance(plain, int | float)
            and call.what == "chat"
            and not IS_ASIDE.search(file)
        ):
            caps.append(_place(at, file))
            notes.number("security.output_cap", plain, caps[-1], unit="tok", weight=3)
    for place in [*caps, asked] if said and caps else ():
        notes.signals.of_models[place] = said.lower()


_OF_ITS_OWN = re.compile(r"this\.\w+\(")
"""A method of the class itself; `this.server.tool(` is one of a server that it keeps."""
_RUN_WHEN_ASKED = re.compile(r"\b(?:execute|handler)\b\s*[:(]|\basync execute\(")
_DESCRIBED = re.compile(r"\bdescription\s*[:,]")
_TAKES = re.compile(r"\b(?:parameters|inputSchema|input_schema|schema)\s*:\s*(?:z|v|Type|Schema)\.")


def note_made_tool(callee: str, node: Any, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool that a function of the program's own makes of a description, a schema and what runs it: `find: makeTool({...})`."""
    if len(arguments) != 1 or arguments[0].type != "object" or "." in callee or callee in OTHER_CALLS:
        return
    said = text_of(arguments[0])[:6_000]
    if _RUN_WHEN_ASKED.search(said) and _DESCRIBED.search(said) and _TAKES.search(said):
        _note_tool(node, arguments, place, notes)


def _note_tool(node: Any, arguments: Any, place: Place, notes: Notes) -> None:
    """Note a tool by its name: the first text, a `name` among its options, or the key or variable that holds it."""
    if any(argument.type == "spread_element" for argument in arguments[:1]) or _OF_ITS_OWN.match(text_of(node)[:80]):  # fmt: skip
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
    if holder is not None and holder == node.parent and holder.type == "variable_declarator":
        notes.constant("name", named(holder)[0], place)  # a list that leaves it out gives it to no model
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
