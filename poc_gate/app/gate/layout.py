"""What a terminal can show -> the options of a report; the command line does not see the report room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.errors import UsageError
from poc_gate.text.lazy_pattern import lazily

if TYPE_CHECKING:
    from poc_gate.report.interface import RenderOptions

_ADDRESS = lazily(r"https?://[A-Za-z0-9][A-Za-z0-9.:\-]*(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?#{}\-]*)?")


def layout(
    *,
    width: int = 80,
    color: bool = False,
    hyperlinks: bool = False,
    verbosity: int = 0,
    link_root: str = "",
    rule_pages: str = "",
) -> RenderOptions:
    """Return how a report is to be laid out; raises UsageError where `rule_pages` is not an address of the web."""
    if rule_pages and not _ADDRESS.fullmatch(rule_pages):
        what = f"--rule-pages takes an address such as https://example.org/rules, not {rule_pages!r}"
        step = "name the folder that `rules docs` wrote, or an address with {pack} and {rule} in it"
        raise UsageError(what, next_step=step)
    from poc_gate.report.interface import RenderOptions

    return RenderOptions(
        width=width,
        color=color,
        hyperlinks=hyperlinks,
        verbosity=verbosity,
        link_root=link_root,
        encoding=sys.stdout.encoding or "utf-8",
        path_prefix=repository_prefix(Path.cwd()),
        rule_pages=rule_pages,
    )


def repository_prefix(folder: Path) -> str:
    """Return the folder as seen from the root of its repository; empty at the root and outside of any.

    Code hosts read paths relative to that root, while reports name files as seen from here.
    """
    from poc_gate.app.ground.git.ask_git import repository_of

    root = repository_of(folder)
    if root is None:
        return ""
    prefix = folder.resolve().relative_to(root).as_posix()
    return "" if prefix == "." else prefix
