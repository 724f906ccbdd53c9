"""What a terminal can show -> the options of a report; the command line does not see the report room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poc_gate.model.verdict import Result
    from poc_gate.report.interface import RenderOptions


def layout(
    *,
    width: int = 80,
    color: bool = False,
    hyperlinks: bool = False,
    verbosity: int = 0,
    link_root: str = "",
    base: Result | None = None,
) -> RenderOptions:
    """Return how a report is to be laid out."""
    from poc_gate.report.interface import RenderOptions

    return RenderOptions(
        width=width,
        color=color,
        hyperlinks=hyperlinks,
        verbosity=verbosity,
        base_result=base,
        link_root=link_root,
        encoding=sys.stdout.encoding or "utf-8",
        path_prefix=repository_prefix(Path.cwd()),
    )


def repository_prefix(folder: Path) -> str:
    """Return the folder as seen from the root of its repository; empty at the root and outside of any.

    Code hosts read paths relative to that root, while reports name files as seen from here.
    """
    from poc_gate.app.ground.ask_git import repository_of

    root = repository_of(folder)
    if root is None:
        return ""
    prefix = folder.resolve().relative_to(root).as_posix()
    return "" if prefix == "." else prefix
