"""Servers of tools that no file names, or only a function that nothing calls, beside one that is named -> their tools."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.files_at_hand import prose_of
from poc_gate.inputs.repository.files.off.off import Off, whole
from poc_gate.inputs.repository.files.walk import WalkedFile

_SERVES = re.compile(r"(?m)^\w+[ \t]*(?::[^\n=]+)?=[ \t]*(?:\w+\.)*(?:FastMCP|MCPServer)\(")
_ALONE = "__main__"
_FINDS = re.compile(
    r"import_module|iter_modules|import_string|spec_from_file_location|exec_module|runpy|glob\([^)\n]*\.py\b"
)
"""What finds programs by names that no file spells out."""
_REMARKS = re.compile(r"(?m)^[ \t]*(?:#|//)[^\n]*$")
_BY_ITSELF = frozenset({"main", "server", "app", "__init__", "__main__", "run", "start", "mcp_server"})
"""Names of programs that whoever starts them need not be told."""


def unnamed_servers(
    texts: Sequence[tuple[str, str]], files: Sequence[WalkedFile], tools: Mapping[str, Collection[int]]
) -> list[Off]:
    """Return the programs with tools that nothing but remarks names, where another one with tools is named."""
    servers = {
        path
        for path, text in texts
        if path in tools and path.endswith(".py") and "MCP" in text and _SERVES.search(text)
    }
    if len(servers) < _FEWEST or any(path.endswith(".py") and _FINDS.search(text) for path, text in texts):
        return []
    plain = [(path, _REMARKS.sub("", text)) for path, text in texts]
    programs = {path for path, text in plain if path in servers and _ALONE in text}
    alone = {path for path in programs if not _is_said(path, plain)}
    in_vain = {path for path in programs - alone if _is_only_said_in_vain(path, plain)}
    if not alone | in_vain or alone | in_vain == servers:
        return []
    prose = list(prose_of(files)) if alone else []
    why = dict.fromkeys((path for path in alone if not _is_said(path, prose)), _UNNAMED)
    why |= dict.fromkeys(in_vain, _IN_VAIN)
    return [whole(path, why[path], asked=True)._replace(only=("tools",)) for path in sorted(why)]


_FEWEST = 2
_UNNAMED = "no file names this server of tools, and another one is started"
_IN_VAIN = "only a function that nothing calls names this server of tools, and another one is started"


def _is_said(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether another file writes the name of a program; one that is called as any could be counts as named."""
    said = _named(path)
    return said is None or any(other != path and said.search(text) for other, text in texts)


def _named(path: str) -> re.Pattern[str] | None:
    """Return how the name of a program is written; None for one that is called as any could be."""
    stem = path.rpartition("/")[2].removesuffix(".py")
    if stem in _BY_ITSELF:
        return None
    return re.compile(rf"(?<!\w){re.escape(stem)}(?!\w)|(?<!\w){re.escape(stem.replace('_', '-'))}(?!\w)")


_FUNCTION = re.compile(
    r"(?m)^(?:async )?def (?P<name>\w+)\([^\n]*\n(?:(?:[ \t)][^\n]*)?\n)*(?:[ \t)][^\n]*)?"
)
"""A function of a file's own level, up to the next line that stands at the margin."""


def _is_only_said_in_vain(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether functions of Python alone write the name of a program, and no file writes the names of those again."""
    said = _named(path)
    saying = [(other, text) for other, text in texts if other != path and said and said.search(text)]
    functions: set[str] = set()
    for other, text in saying:
        within = [one for one in _FUNCTION.finditer(text) if said and said.search(one[0])] if other.endswith(".py") else []  # fmt: skip
        rest = text
        for one in within:
            rest = rest.replace(one[0], "")
        if said is None or said.search(rest) or "@" in _line_before(text, within):
            return False
        functions |= {one["name"] for one in within}
    again = re.compile(rf"\b(?:{'|'.join(map(re.escape, functions))})\b") if functions else None
    return again is not None and sum(len(again.findall(text)) for _, text in texts) == len(functions)


def _line_before(text: str, functions: Sequence[re.Match[str]]) -> str:
    """Return the lines before functions, where their decorators stand."""
    return "\n".join(text[: one.start()].rstrip("\n").rpartition("\n")[2] for one in functions)
