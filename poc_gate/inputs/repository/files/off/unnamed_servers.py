"""Servers of tools that no file names, beside one that is named -> their tools."""

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
    alone = {path for path, text in plain if path in servers and _ALONE in text and not _is_said(path, plain)}
    if not alone or alone == servers:
        return []
    prose = list(prose_of(files))
    left = sorted(path for path in alone if not _is_said(path, prose))
    return [whole(path, "no file names this server of tools, and another one is started", asked=True)._replace(only=("tools",)) for path in left]  # fmt: skip


_FEWEST = 2


def _is_said(path: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether another file writes the name of a program; one that is called as any could be counts as named."""
    stem = path.rpartition("/")[2].removesuffix(".py")
    if stem in _BY_ITSELF:
        return True
    said = re.compile(rf"(?<!\w){re.escape(stem)}(?!\w)|(?<!\w){re.escape(stem.replace('_', '-'))}(?!\w)")
    return any(other != path and said.search(text) for other, text in texts)
