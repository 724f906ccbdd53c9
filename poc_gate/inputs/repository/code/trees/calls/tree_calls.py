"""One call in a syntax tree of TypeScript, Java, Go or C# -> what it means: models, limits, tools, destinations."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.trees.calls.tree_cdk import note_function
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
from poc_gate.inputs.repository.code.trees.calls.tree_sdk import note_gateway_model, note_pipeline
from poc_gate.inputs.repository.code.trees.calls.tree_supabase import note_supabase
from poc_gate.inputs.repository.code.trees.syntax.tree_lookups import looked_up
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
    note_function_tool,
    note_given_tools,
    note_kit,
)
from poc_gate.inputs.repository.code.trees.tools.made_tools import note_made_tool
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.models import (
    names_a_model,
)
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.model.claim import Place

_TOKENIZES = re.compile(r"(?i)encod|tokeni[sz]")
"""Calls that split a text as a model would, and ask none."""
_ASKS = re.compile(
    r"(?:^|\.)(?:fetch|axios(?:\.\w+)?|http\.(?:Get|Post)|got|WebSocket|(?:uri|baseUrl|getForObject|postForObject|GetAsync|PostAsync|GetFromJsonAsync|PostAsJsonAsync))$"
)
_LOADS_PAGES = frozenset({"RecursiveUrlLoader", "SitemapLoader", "CheerioWebBaseLoader", "PlaywrightWebBaseLoader", "PuppeteerWebBaseLoader"})  # fmt: skip
_IN_BROWSERS = re.compile(
    r"\A\s*(?:/\*[\s\S]{0,2000}?\*/\s*|//[^\n]*\n\s*)*[\"']use client[\"']|\buse(?:State|Effect|Ref)\s*(?:<[^>\n]{0,80}>)?\("
)
"""How a file of React says that it runs in browsers."""
_OF_A_SCHEDULER = re.compile(r"(?i)quartz|hangfire")
_SORTS = re.compile(r"\b(?:cosineDistance|l2Distance|innerProduct)\(|<=>|<#>")
TEMPLATE = re.compile(r"`((?:https?|wss)://[\w.-]+)/[^`]*\$\{")
"""A text with parts that are put in, of which the host is plain."""
_METHOD_ENDS = {**METHODS, "chat.completions.stream": METHODS["chat.completions.create"]}
_CAPS = frozenset({"maxTokens", "withMaxTokens", "maxOutputTokens", "maxCompletionTokens"})
_TAKE_TOOLS = frozenset({"generateText", "streamText", "ToolLoopAgent"})
"""What the AI SDK gives tools to."""
STANDS_IN = re.compile(r"(?i)secondary|fallback|backup")
"""Methods that make the model that answers when another one cannot."""


class CallPass:
    """What calls of one tree say."""

    def __init__(self, file: TextFile, notes: Notes) -> None:
        """Take the file and where its notes go."""
        self.file, self.notes = file, notes
        self.aliases = aliases_of(file.text) if file.name.endswith(".go") else {}

    def place(self, node: Any) -> Place:
        """Return the place of a node."""
        return place_of(node, self.file.path)

    def note_variable(self, variable: str, node: Any) -> None:
        """Note an environment variable with the default behind it, or as one that is needed."""
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
        short = callee.rpartition(".")[2]
        if (found := looked_up(callee, arguments, self.file)) is not None:
            if found.default is None:
                self.note_variable(found.variable, node)
            else:
                place = self.place(found.at)
                note_named(found.variable, found.default, place, self.notes, kind="env")
            return
        method = next((_METHOD_ENDS[end] for end in ends_of(callee) if end in _METHOD_ENDS), None)
        if (
            method is not None
            and not (
                callee.endswith(("messages.create", "messages.stream")) and not self.file.shows("nthropic")
            )
            and method.kind != "approval"
            and short not in {"interrupt", "converse"}
        ):
            note_meaning(method, node, arguments, short, self.place(node), self.notes)
        elif (
            not self.note_known(".".join(callee.split(".")[-2:]), node, arguments)
            and not self.note_known(short, node, arguments)
            and "." in callee
        ):
            *before, owner, _ = callee.split(".")
            of_a_value = self.file.name.endswith(".cs") and bool(before) and before[-1][:1].islower()
            if (owner[:1].isupper() and not of_a_value) or owner == "pgxpool":
                self.note_known(owner, node, arguments)
        note_function(callee, arguments, self.file, self.notes)
        note_function_tool(callee, arguments, self.place(node), self.notes)
        note_made_tool(callee, node, arguments, self.place(node), self.notes)
        note_kit(short, self.file, self.place(node), self.notes)
        note_gateway_model(short, arguments, self.file, self.notes)
        note_pipeline(arguments, self.file, self.notes)
        note_dialect(short, arguments, self.file, self.place(node), self.notes)
        note_driver(callee, arguments, self.place(node), self.notes)
        note_flag(callee, arguments, self.file.path, self.notes)
        note_supabase(callee, self.file.path, self.notes)
        note_split(short, arguments, self.place(node), self.notes)
        if short in _LOADS_PAGES and arguments and isinstance(read := plain_of(arguments[0])[0], str):
            self.notes.host(read, f"{short} calls it", self.place(node))
        self.note_limits(callee, short, arguments)
        if short in _TAKE_TOOLS:
            note_given_tools(arguments, self.file.path, self.notes)
        elif short == "stepCountIs" and arguments and isinstance(plain_of(arguments[0])[0], float):
            self.notes.number("agent.max_steps", float(plain_of(arguments[0])[0] or 0), self.place(node))
        elif _ASKS.search(callee) and arguments and not self.is_of_a_page(callee):
            match = TEMPLATE.match(text_of(arguments[0])[:200])
            address = match[1] if match else plain_of(arguments[0])[0]
            if isinstance(address, str) and "://" in address:  # else it is a path of the page's own server
                self.notes.host(address, f"{callee} calls it", self.place(node))
        self.note_given(node, short, arguments)

    def is_of_a_page(self, callee: str) -> bool:
        """Say whether people's browsers make a call: what they ask leaves from there, and not from the service."""
        return callee.startswith("window.") or self.file.shows(_IN_BROWSERS)

    def note_given(self, node: Any, short: str, arguments: list[Any]) -> None:
        """Note the single plain value that a setter or a builder is given."""
        if (
            len(arguments) == 1
            and (plain := plain_of(arguments[0]))[0] is not None
            and node.type != "new_expression"
            and not (short in _CAPS and STANDS_IN.search(method_around(node)))
        ):
            assert plain[0] is not None
            if (names_a_model(short) and not _TOKENIZES.search(callee_of(node)[-120:])) or short in {
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
            }:
                note_named(short, plain[0], self.place(plain[1]), self.notes, kind="")

    def note_limits(self, callee: str, short: str, arguments: list[Any]) -> None:
        """Note what a record is made with, how many passages a search returns, and how long a model may take."""
        note_record(short, arguments, self.file, self.notes)
        if (dims := dimension_of_index(short, arguments)) is not None:
            self.notes.number("retrieval.dims", dims[0], self.place(dims[1]))
        self.note_retrieved(short, arguments)
        if (seconds := seconds_of_call(callee, short, arguments)) is not None:
            place = self.place(arguments[0])
            self.notes.number("path.stages[model].timeout", seconds, place, unit="s")

    def note_retrieved(self, short: str, arguments: list[Any]) -> None:
        """Note how many passages a retriever, or a query that sorts by distance, returns."""
        if (
            found := passages_of(short, arguments, self.file) or option_of_retriever(short, arguments)
        ) is not None:
            self.notes.named_value("top_k", found[0], self.place(found[1]), weight=2)
            return
        wanted = {"asRetriever": 1, "limit": 1, "similaritySearch": 2, "similaritySearchWithScore": 2}.get(
            short
        )
        if wanted is None or len(arguments) != wanted:
            return
        argument = arguments[-1]
        count, at = plain_of(argument)
        if isinstance(count, float) and (short != "limit" or self.file.shows(_SORTS)):
            self.notes.named_value("top_k", count, self.place(at), weight=2)

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
