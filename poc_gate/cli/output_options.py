"""What the terminal at hand can show -> how a report is laid out on it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.errors import UsageError

if TYPE_CHECKING:
    from poc_gate.report.interface import RenderOptions


def render_options(*, verbosity: int = 0, color: str = "auto", rule_pages: str = "") -> RenderOptions:
    """Return the layout for stdout: colour and links on a capable terminal only, NO_COLOR respected."""
    from poc_gate.app.gate.layout import layout

    tty = sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    colored = color == "always" or (color == "auto" and tty and not plain)
    width = shutil.get_terminal_size((80, 24)).columns
    return layout(
        width=max(40, width),
        color=colored,
        hyperlinks=colored and tty,
        verbosity=verbosity,
        link_root=str(Path.cwd()),
        rule_pages=rule_pages,
    )


def is_stdout(path: Path) -> bool:
    """Say whether an output is stdout, by its usual sign or by the system's names for it."""
    return path.as_posix() in {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def write_stdout(content: bytes) -> None:
    """Write a report's bytes to stdout as they are; raises UsageError when there is no room for them."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # a reader that left early is no error: the program ends as others do
    except OSError as error:
        what = f"stdout cannot be written: {error.strerror or type(error).__name__}"
        raise UsageError(what, next_step="write the report to a file with --format NAME=FILE") from None


def write_text(text: str) -> None:
    """Write text for people; letters that the terminal's encoding lacks are shown as their escapes."""
    write_stdout(text.encode(sys.stdout.encoding or "utf-8", errors="backslashreplace"))
