"""An option or a command that does not exist -> what was meant, in the form of every other error."""

from __future__ import annotations

import difflib

_WRITE = frozenset({"-o", "--output", "--out"})
"""What other commands write a file with."""


def wrong_word(error: Exception) -> str:
    """Return what to say about a word of the command line that does not exist; empty for any other error.

    The error is one of the command-line library's, known by its attributes: several versions bring classes of their own.
    """
    context = getattr(error, "ctx", None)
    if context is None:
        return ""
    option = getattr(error, "option_name", None)
    inner = getattr(context.command, "commands", {})
    if isinstance(option, str) and hasattr(error, "possibilities"):
        known = [name for parameter in context.command.params for name in parameter.opts]
        return _said("option", option, known, context.command_path)
    message = str(getattr(error, "message", ""))
    if inner and message.startswith("No such command"):
        written = message.split("'")[1] if message.count("'") > 1 else ""
        return _said("command", written, list(inner), context.command_path)
    return ""


def _said(kind: str, written: str, known: list[str], path: str) -> str:
    near = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}? " if near and len(written.lstrip("-")) > 1 else ""
    if written in _WRITE and "--format" in known:
        hint = "a file is written with `--format html=page.html`; "
    return f"{path}: unknown {kind} {written!r}\n    -> {hint}`{path} --help` lists them"
