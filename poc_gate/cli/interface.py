"""What a command module exposes: one COMMAND, a function or a group, kept light to import."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import typer


class Command(NamedTuple):
    """One command of `poc-gate`; its summary is the first line of its docstring."""

    name: str
    function: Callable[..., Any] | None = None
    group: typer.Typer | None = None
    """For a command that has commands of its own, such as `rules`."""
    summary: str = ""
    """Needed for a group; a function's own docstring is used otherwise."""
    panel: str = "Look further"
    """Heading under which `--help` lists it."""

    @property
    def help(self) -> str:
        """Return one line for the list of commands."""
        text = self.summary or (self.function.__doc__ if self.function else "") or ""
        return text.strip().split("\n", maxsplit=1)[0]
