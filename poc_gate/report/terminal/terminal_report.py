"""Result -> text for a terminal or a log: the plain sentence first, then the numbers, then where to look."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.lines.terminal_lines import Line, plain
from poc_gate.report.terminal.terminal_layout import lay_out

_STYLES = {
    "heading": "bold",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "bold red",
    "proven": "cyan",
    "open": "yellow",
    "place": "blue",
    "word:GO": "bold black on green",
    "word:CONDITIONAL": "bold black on yellow",
    "word:INSUFFICIENT": "bold black on bright_magenta",
    "word:NO_GO": "bold white on red",
    "state:PASS": "green",
    "state:FAIL": "bold red",
    "state:UNKNOWN": "bold yellow",
    "state:NOT_APPLICABLE": "dim",
    "state:WAIVED": "magenta",
    "state:ERROR": "bold red",
}


_PLAIN_MARKS = str.maketrans(
    {"█": "#", "▒": "?", "·": ".", "…": "~", "–": "-", "→": ">", "─": "-", "●": "o", "▲": "^"}
)
"""One character for one, so that columns stay."""


def render_terminal(result: Result, options: RenderOptions) -> bytes:
    """Return the report as UTF-8 text; without colour and links it is plain and needs no library."""
    lines = lay_out(result, options)
    if options.color or options.hyperlinks:
        return encoded(paint(lines, options), options.encoding)
    return encoded("\n".join(plain(row) for row in lines) + "\n", options.encoding)


def encoded(text: str, encoding: str) -> bytes:
    """Return text as bytes of a terminal's encoding: marks it lacks by plain ones, letters it lacks by escapes."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if encoding.lower().replace("-", "") == "utf8":
            return text.encode(errors="replace")
        return text.translate(_PLAIN_MARKS).encode(encoding, errors="backslashreplace")


def paint(lines: list[Line], options: RenderOptions) -> str:
    """Return the lines with escape sequences; rich takes 60 ms to import, so only a terminal pays."""
    import io

    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        no_color=not options.color,
        width=options.width,
        legacy_windows=False,
    )
    with console.capture() as caught:
        for row in lines:
            text = Text(end="\n", no_wrap=True, overflow="ignore")
            for part in row:
                style = Style.parse(_STYLES.get(part.style, "")) + Style(link=part.link or None)
                text.append(part.text, style)
            console.print(text, soft_wrap=True, crop=False)
    return caught.get()


FORMAT = Format(
    "terminal",
    "text for people, sized to the terminal",
    ".txt",
    render_terminal,
    mark=rb"(?s)\A.{0,400}?\b(?:pilot|limited|production),?\s+\d{4}-\d\d-\d\d\b",
)
