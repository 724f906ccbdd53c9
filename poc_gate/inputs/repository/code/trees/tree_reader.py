"""TypeScript, JavaScript, Java, Go and C# by tree-sitter -> named values, look-ups of the environment, calls of known libraries."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from poc_gate.errors import UnreadableError
from poc_gate.inputs.repository.code.built_addresses import note_built
from poc_gate.inputs.repository.code.trees.calls.tree_makers import note_made_for
from poc_gate.inputs.repository.code.trees.syntax.tree_cases import leave_hosts_off, mark_cases
from poc_gate.inputs.repository.code.trees.syntax.tree_pages import scripts_of
from poc_gate.inputs.repository.code.trees.syntax.tree_query import nodes_of
from poc_gate.inputs.repository.code.trees.tree_pass import Tree
from poc_gate.inputs.repository.files.standing import Standing, is_own_settings
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.handlers import note_handler
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.other_calls.table import OTHER_CALLS
from poc_gate.text.plain_words import PlainWords

_GRAMMARS = {
    ".ts": ("tree_sitter_typescript", "language_typescript"), ".mts": ("tree_sitter_typescript", "language_typescript"), ".tsx": ("tree_sitter_typescript", "language_tsx"),
    ".js": ("tree_sitter_javascript", "language"), ".mjs": ("tree_sitter_javascript", "language"), ".cjs": ("tree_sitter_javascript", "language"), ".jsx": ("tree_sitter_javascript", "language"),
    ".svelte": ("tree_sitter_typescript", "language_typescript"), ".vue": ("tree_sitter_typescript", "language_typescript"),
    ".java": ("tree_sitter_java", "language"), ".go": ("tree_sitter_go", "language"), ".cs": ("tree_sitter_c_sharp", "language"),
}  # fmt: skip
_WORDS = (
    "process.env", "static toolName", "readonly toolName", "memorySize", ") Description() string", "similaritySearch", "MODEL_ID", "MODELID", "etenv", "GetEnvironmentVariable", "openai", "anthropic",
    "@cf/", "mcp.Tool", "FunctionDefinition", "inputSchema", "inputShape", 'type: "function"', "type: 'function'", "input_schema", "readOnlyHint", "destructiveHint", "file_search", "toolsList = [", "ools = [", "TOOLS = [", "Tool[] = [", "chunk", "CHUNK_", "TOP_K", "MAX_TOKENS", "OVERLAP", "Overlap", "opK", "from 'ai'", 'from "ai"',
    "FargateService(", "eks.Cluster(", "sequelize", "typeorm", "TypeOrmModule", "knex", "sql.Open(", "sqlx.", "StringVar", "flag.String", "McpServerTool", "McpTool", "parameters: {", "clientTools", "addTool(", "functionDeclarations", "BaseAddress", "asRetriever", "DefineKernelFunction", "@ConfigProperty", "@xenova/transformers", "@huggingface/transformers",
    *sorted({hint for rows in OTHER_CALLS.values() for row in rows for hint in row.hints if len(hint) > 5}),
)  # fmt: skip
_NAMES = re.compile(r"[Mm]odel(?:Name|I[dD])?\s*[:=(]|MODEL\w*\s*[:=]|\benum \w*Models?\w*\s*\{")
_NAMED = ("model", "Model", "MODEL", "enum ")
"""How what `_NAMES` describes begins."""
_FETCHES = re.compile(r"fetch\(\s*[\"'`]https?://")
_GIVEN_ADDRESS = re.compile(r"\b(?!this\b|config\b|options\b)\w+\.baseURL\s*=(?!=)(?![^\n]*api\.openai\.com)")
"""A client that is given another server's address after it was made."""
_ASKS = "fetch("
_RUNS = "execute:"
_CLIENTS = ("axios", "RestClient.create(", "WebClient.create(", "getForObject(", "postForObject(", "http.Get(", "http.Post(", "GetAsync(", "PostAsync(", "FromJsonAsync(", "got(", "got.get(")  # fmt: skip
"""Calls of HTTP, which say something where the file has an address."""
_LOOKED_FOR = PlainWords((*_WORDS, *_NAMED, _ASKS, _RUNS, *_CLIENTS))


def _is_worth_parsing(text: str) -> bool:
    """Say whether a file can say anything, by its words.

    A name of a model counts where something is assigned to it, and `fetch` where an address stands behind it.
    """
    has_address = "https://" in text or "http://" in text
    describes = "schema" in text and "getDescription" in text

    def says(word: str, at: int) -> bool:
        if word in _CLIENTS:
            return has_address
        if word == _RUNS:  # of a tool that says what it is for and checks what it is given
            return describes
        pattern = _NAMES if word in _NAMED else _FETCHES if word == _ASKS else None
        return pattern is None or pattern.match(text, at) is not None

    return any(says(word, at) for word, at in _LOOKED_FOR.places_in(text))


def _wants(path: str) -> bool:
    made = (".d.ts", ".min.js", ".generated.ts", ".pb.go", ".designer.cs")
    of_a_tool = path.endswith((".config.js", ".config.ts", ".config.mjs")) and not is_own_settings(path)
    return path.endswith(tuple(_GRAMMARS)) and not path.endswith(made) and not of_a_tool


@cache
def _parser(module: str, function: str) -> Any:
    """Return the parser of a language; raises UnreadableError where the extra is not installed."""
    try:
        from tree_sitter import Language, Parser

        return Parser(Language(getattr(import_module(module), function)()))
    except ImportError:
        raise UnreadableError(
            "not read: install poc-gate[code] to read TypeScript, JavaScript, Java, Go and C#"
        ) from None


def _read(file: TextFile, notes: Notes) -> None:
    note_made_for(file.text, notes)
    note_handler(file, notes)
    if not _is_worth_parsing(file.text):
        return
    if file.is_minified or "@generated" in file.text[:500] or "DO NOT EDIT" in file.text[:500]:
        raise UnreadableError("generated or minified")
    module, function = _GRAMMARS[f".{file.name.rpartition('.')[2]}"]
    parser = _parser(module, function)
    text = scripts_of(file.text) if file.name.endswith((".svelte", ".vue")) else file.text
    tree = parser.parse(text.encode("utf-8", "replace"))
    note_built(file, notes)
    before = len(notes.signals.hosts)
    Tree(file, notes).read(nodes_of(parser.language, tree.root_node))
    if given := _GIVEN_ADDRESS.search(file.text):
        notes.technique("asked elsewhere", given[0].strip(), file.at(given.start()), weight=1)
    if file.name.endswith(".java"):
        leave_hosts_off(file.text, notes.signals.hosts, before)
    if "switch" in file.text:
        mark_cases(file.lines, notes.signals.hosts, before)


READER = Reader(
    name="tree",
    summary="TypeScript, JavaScript, Java, Go and C# by tree-sitter (extra `code`)",
    wants=_wants,
    read=_read,
    needs="code",
    worst=Standing.EXAMPLE,
)
