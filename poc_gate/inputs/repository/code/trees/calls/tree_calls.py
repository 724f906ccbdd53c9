"""One call in a syntax tree of TypeScript, Java, Go or C# -> what it means: models, limits, tools, destinations."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.trees.calls.tree_cdk import note_function
from poc_gate.inputs.repository.code.trees.calls.tree_counts import note_numbers_given
from poc_gate.inputs.repository.code.trees.calls.tree_dialects import note_dialect
from poc_gate.inputs.repository.code.trees.calls.tree_go import aliases_of, note_driver, note_flag
from poc_gate.inputs.repository.code.trees.calls.tree_meanings import note_meaning
from poc_gate.inputs.repository.code.trees.calls.tree_parameters import seconds_of_call
from poc_gate.inputs.repository.code.trees.calls.tree_passages import (
    dimension_of_index,
    note_split,
    option_of_retriever,
    passages_of,
)
from poc_gate.inputs.repository.code.trees.calls.tree_records import note_record
from poc_gate.inputs.repository.code.trees.calls.tree_requests import note_requested_model
from poc_gate.inputs.repository.code.trees.calls.tree_sdk import note_gateway_model, note_pipeline
from poc_gate.inputs.repository.code.trees.calls.tree_supabase import note_supabase
from poc_gate.inputs.repository.code.trees.syntax.tree_lookups import LookedUp, looked_up
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import (
    arguments_of,
    callee_of,
    ends_of,
    place_of,
    plain_of,
    text_of,
)
from poc_gate.inputs.repository.code.trees.syntax.tree_surroundings import method_around
from poc_gate.inputs.repository.code.trees.tools.given_tools import (
    note_bound_tools,
    note_function_tool,
    note_given_tools,
    note_kit,
    note_steps,
)
from poc_gate.inputs.repository.code.trees.tools.made_tools import note_made_tool
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import ASKED_BY_NAME
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
)
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.model.claim import Place

_TOKENIZES = re.compile(r"(?i)encod|tokeni[sz]")
"""Calls that split a text as a model would, and ask none."""
_ASKS = re.compile(
    r"(?:^|\.)(?:fetch|axios(?:\.\w+)?|http\.(?:Get|Post)|got|WebSocket|(?:RestClient|WebClient)\.create|(?:uri|baseUrl|getForObject|postForObject|GetAsync|PostAsync|GetFromJsonAsync|PostAsJsonAsync))$"
)
_LOADS_PAGES = frozenset({"RecursiveUrlLoader", "SitemapLoader", "CheerioWebBaseLoader", "PlaywrightWebBaseLoader", "PuppeteerWebBaseLoader"})  # fmt: skip
_IN_BROWSERS = re.compile(
    r"\A\s*(?:/\*(?:(?!\*/)[\s\S]){0,2000}\*/\s*|//[^\n]*\n\s*)*[\"']use client[\"']|\buse(?:State|Effect|Ref|(?:Infinite)?Query|Mutation|SWR)\s*(?:<[^>\n]{0,80}>)?\("
)
"""How a file of React says that it runs in browsers."""
_OF_A_SCHEDULER = re.compile(r"(?i)quartz|hangfire")
_COUNT_IS_LAST = {"asRetriever": 1, "limit": 1, "similaritySearch": 2, "similaritySearchWithScore": 2}
"""Methods that are told last how many passages to return -> how many arguments they have then."""
_SORTS = re.compile(r"\b(?:cosineDistance|l2Distance|innerProduct)\(|<=>|<#>")
_WHOLE, _SORTED = re.compile(r"\.(?:from|selectFrom)\("), re.compile(r"(?i)order_?by|\bsort")
TEMPLATE = re.compile(r"`((?:https?|wss)://[\w.-]+)/[^`]*\$\{")
"""A text with parts that are put in, of which the host is plain."""
_METHOD_ENDS = {**METHODS, "chat.completions.stream": METHODS["chat.completions.create"]}
_CAPS = frozenset({"maxTokens", "withMaxTokens", "maxOutputTokens", "maxCompletionTokens"})
_SETTERS = frozenset(
    {
        "maxTokens",
        "maxResults",
        "topK",
        "withTopK",
        "WithTopK",
        "similarityTopK",
        "withMaxTokens",
        "WithMaxTokens",
        "chunkSize",
        "dimensions",
        "MaxTokens",
        "withSimilarityThreshold",
        "similarityThreshold",
        "minScore",
        "maxResultSize",
        "temperature",
        "maxRetries",
    }
)
"""Setters of builders whose names say what they set."""
_TAKE_TOOLS = frozenset({"generateText", "streamText", "ToolLoopAgent"})
"""What the AI SDK gives tools to."""
STANDS_IN = re.compile(r"(?i)secondary|fallback|backup")
"""Methods that make the model that answers when another one cannot."""


_MOST_LOOKED_UP = 1_000
"""Look-ups of the environment in one file: what a look-up stands in is found anew from the top of its file each time."""
_NAME = re.compile(r"[A-Za-z_]\w{2,}")
_MOST_NAMES = 4
"""Names in an address of which it is noted that they are asked."""


class CallPass:
    """What calls of one tree say."""

    def __init__(self, file: TextFile, notes: Notes) -> None:
        """Take the file and where its notes go."""
        self.file, self.notes = file, notes
        self.aliases = aliases_of(file.text) if file.name.endswith(".go") else {}
        self.looked_up = 0

    def place(self, node: Any) -> Place:
        """Return the place of a node."""
        return place_of(node, self.file.path)

    def note_variable(self, variable: str, node: Any) -> None:
        """Note an environment variable with the default behind it, or as one that is needed."""
        self.looked_up += 1
        if self.looked_up > _MOST_LOOKED_UP:
            return
        parent = node.parent
        if parent is not None and parent.type == "binary_expression":
            other = parent.child_by_field_name("right")
            plain, at = plain_of(other) if other is not None and other != node else (None, None)
            if plain is not None:
                note_named(variable, plain, self.place(at), self.notes, kind="env")
                return
        self.notes.need(variable, self.place(node))

    def note_call(self, node: Any) -> None:
        """Note what one call says: by the end of its chain, by its name, by a single plain argument."""
        callee = callee_of(node)
        package, dot, rest = callee.partition(".")
        callee = f"{self.aliases.get(package, package)}{dot}{rest}"
        arguments = arguments_of(node)
        if (found := looked_up(callee, arguments, self.file)) is not None:
            self.note_looked_up(found, node)
            return
        short = callee.rpartition(".")[2]
        self.note_by_table(callee, node, arguments)
        self.note_kinds(callee, node, arguments)
        if short in _LOADS_PAGES and arguments and isinstance(read := plain_of(arguments[0])[0], str):
            self.notes.host(read, f"{short} calls it", self.place(node))
        self.note_limits(node, callee, short, arguments)
        if short in _TAKE_TOOLS:
            note_given_tools(arguments, self.file.path, self.notes)
        elif short == "bindTools":
            note_bound_tools(arguments, self.file.path, self.notes)
        elif short == "stepCountIs" and arguments:
            note_steps(arguments[0], self.place(node), self.notes)
        elif _ASKS.search(callee) and arguments and not self.is_of_a_page(callee):
            self.note_asked(callee, arguments[0], node)
        self.note_given(node, short, arguments)

    def note_looked_up(self, found: LookedUp, node: Any) -> None:
        """Note a variable of the environment that a function looks up, with the default that it is told."""
        if found.default is None:
            self.note_variable(found.variable, node)
        else:
            note_named(found.variable, found.default, self.place(found.at), self.notes, kind="env")

    def note_by_table(self, callee: str, node: Any, arguments: list[Any]) -> None:
        """Note what the tables say of a call: by the end of its chain, by its last two names, by the last, by its owner."""
        short = callee.rpartition(".")[2]
        method = next((_METHOD_ENDS[end] for end in ends_of(callee) if end in _METHOD_ENDS), None)
        if method is not None and self.is_meant_by_method(method, callee, short):
            note_meaning(method, node, arguments, short, self.place(node), self.notes)
            return
        if self.note_known(".".join(callee.split(".")[-2:]), node, arguments):
            return
        if self.note_known(short, node, arguments) or "." not in callee:
            return
        *before, owner, _ = callee.split(".")
        of_a_value = self.file.name.endswith(".cs") and bool(before) and before[-1][:1].islower()
        if (owner[:1].isupper() and not of_a_value) or owner == "pgxpool":
            self.note_known(owner, node, arguments)

    def is_meant_by_method(self, method: Call, callee: str, short: str) -> bool:
        """Say whether the method of a known client is called, and not another one of the same name."""
        if method.kind == "approval" or short in {"interrupt", "converse"}:
            return False
        return not callee.endswith(("messages.create", "messages.stream")) or self.file.shows("nthropic")

    def note_kinds(self, callee: str, node: Any, arguments: list[Any]) -> None:
        """Note what a call says that no table lists: what is deployed, made, opened, split, told by a flag."""
        short, place, notes, file = callee.rpartition(".")[2], self.place(node), self.notes, self.file
        note_function(callee, arguments, file, notes)
        note_function_tool(callee, arguments, place, notes)
        note_made_tool(callee, node, arguments, place, notes)
        note_kit(short, file, place, notes)
        note_gateway_model(short, arguments, file, notes)
        note_pipeline(arguments, file, notes)
        note_requested_model(short, arguments, file, notes)
        note_dialect(short, arguments, file, place, notes)
        note_driver(callee, arguments, place, notes)
        note_flag(callee, arguments, file.path, notes)
        note_supabase(callee, file.path, notes)
        note_split(short, arguments, place, notes)

    def note_asked(self, callee: str, argument: Any, node: Any) -> None:
        """Note the host of the address that a client of HTTP is given; a path alone is of the page's own server."""
        match = TEMPLATE.match(text_of(argument)[:200])
        address = match[1] if match else plain_of(argument)[0]
        if isinstance(address, str) and "://" in address:
            self.notes.host(address, f"{callee} calls it", self.place(node))
            return
        for name in _NAME.findall(text_of(argument)[:200])[:_MOST_NAMES]:
            self.notes.technique(ASKED_BY_NAME, name, self.place(node), weight=1)

    def is_of_a_page(self, callee: str) -> bool:
        """Say whether people's browsers make a call: what they ask leaves from there, and not from the service."""
        return callee.startswith("window.") or self.file.shows(_IN_BROWSERS)

    def note_given(self, node: Any, short: str, arguments: list[Any]) -> None:
        """Note the single plain value that a setter or a builder is given."""
        if len(arguments) != 1 or node.type == "new_expression":
            return
        plain, at = plain_of(arguments[0])
        if plain is None or (short in _CAPS and STANDS_IN.search(method_around(node))):
            return
        if short in _SETTERS or (names_a_model(short) and not _TOKENIZES.search(callee_of(node)[-120:])):
            note_named(short, plain, self.place(at), self.notes, kind="")

    def note_limits(self, node: Any, callee: str, short: str, arguments: list[Any]) -> None:
        """Note what a record is made with, how many passages a search returns, and how long a model may take."""
        note_record(short, arguments, self.file, self.notes)
        if (dims := dimension_of_index(short, arguments)) is not None:
            self.notes.number("retrieval.dims", dims[0], self.place(dims[1]))
        self.note_retrieved(node, short, arguments)
        note_numbers_given(short, arguments, self.file, self.notes)
        if (seconds := seconds_of_call(callee, short, arguments)) is not None:
            place = self.place(arguments[0])
            self.notes.number("path.stages[model].timeout", seconds, place, unit="s")

    def note_retrieved(self, node: Any, short: str, arguments: list[Any]) -> None:
        """Note how many passages a retriever, or a query that sorts by distance, returns."""
        found = passages_of(short, arguments, self.file) or option_of_retriever(short, arguments)
        if found is not None:
            self.notes.named_value("top_k", found[0], self.place(found[1]), weight=2)
            return
        if len(arguments) != _COUNT_IS_LAST.get(short, -1):
            return
        count, at = plain_of(arguments[-1])
        if isinstance(count, float) and (short != "limit" or self.is_of_nearest(node)):
            self.notes.named_value("top_k", count, self.place(at), weight=2)

    def is_of_nearest(self, node: Any) -> bool:
        """Say whether a query that is cut off can be one of the nearest vectors: a whole query that sorts nothing is none."""
        query = text_of(node.child_by_field_name("function"))
        return self.file.shows(_SORTS) and (not _WHOLE.search(query) or _SORTED.search(query) is not None)

    def note_known(self, name: str, node: Any, arguments: Any) -> bool:
        """Note a class or function of the table; return whether it is one."""
        if arguments and name.startswith("Use") and _OF_A_SCHEDULER.search(text_of(arguments[0])[:200]):
            return True  # where a scheduler keeps its own records
        row = next((one for one in OTHER_CALLS.get(name, ()) if self.is_meant(one.hints)), None)
        if row is None:
            return False
        note_meaning(row.call, node, arguments, name, self.place(node), self.notes)
        return True

    def is_meant(self, hints: tuple[str, ...]) -> bool:
        """Say whether the file, or its project, names a package that a row is of."""
        return any(map(self.file.shows, hints)) or self.depends_on(hints)

    def depends_on(self, hints: tuple[str, ...]) -> bool:
        """Say whether a C# project depends on a hinted package: its files need not name what is used everywhere."""
        if not self.file.name.endswith(".cs"):
            return False
        small = tuple(hint.lower() for hint in hints)
        return any(
            one.ecosystem == "dotnet" and any(hint in one.name for hint in small)
            for one in self.notes.signals.packages
        )
