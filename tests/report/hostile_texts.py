"""Sixty texts that try to become more than text, and a way to put one into every text field of a result."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from msgspec import Struct, structs

T = TypeVar("T")

HTML = (
    "<script>alert(1)</script>",
    "</title><script src=//evil.example></script>",
    "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<!-- --><base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "]]><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}{{ config }}{% endraw %}",
    "</textarea><form action=//evil.example><button>ok</button></form>",
)
SVG = (
    "</text></svg><svg onload=alert(1)>",
    "<foreignObject><body onload=alert(1)></foreignObject>",
    "<use href='data:image/svg+xml,<svg onload=alert(1)>'/>",
    'url(#x)" fill="url(//evil.example)',
    "</desc><script xlink:href='//evil.example'/>",
)
MARKDOWN = (
    "[click](https://evil.example)",
    "![x](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "https://evil.example/?token=1",
    "www.evil.example",
    "| a | b |\n| --- | --- |",
    "# heading\n\n- list\n1. list",
    "```\n</details>\n```",
    "`code` `` code ``",
    "**bold** _em_ ~~gone~~ $x^2$",
    "@everyone #1 GH-1 org/repo#2",
    "[ref]: https://evil.example 'x'",
    "\\[x\\](y) \\",
    "Setext\n======",
    "+ plus\n- minus",
)
TERMINAL = (
    "\x1b[2J\x1b[H",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x1b]0;title\x07",
    "\x9b31mred",
    "\rhidden overwrite",
    "back\x08\x08\x08space",
    "bell\x07 null\x00 delete\x7f",
    "[bold red]rich markup[/bold red] [link=https://evil.example]x[/link]",
)
WORKFLOW = (
    "::set-output name=x::y",
    "::add-mask::x",
    "\n::error file=a,line=1::fake",
    "##[error]fake",
    "::stop-commands::x",
    "%0A::warning::fake",
    "a,title=b::c",
)
TABLES = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1:9)",
    "\t=1+1",
    '=HYPERLINK("https://evil.example","x")',
)
XML = (
    "]]></failure><testcase name='x'/>",
    "\x0b\x0c\x01 not in XML",
    "\ufffe\uffff noncharacters",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
)
DIRECTION = (
    "\u202egnp.exe \u2066iso\u2069",
    "\u200f\u061c right \u200bzero\u200d width\ufeff",
    "\u2028line\u2029paragraph",
    "lone \ud800 surrogate \U000e0041 tag",
)
HOSTILE = HTML + SVG + MARKDOWN + TERMINAL + WORKFLOW + TABLES + XML + DIRECTION

_KEPT = {"unit", "axis_unit", "x_unit", "y_unit", "schema"}
"""Units are written by poc-gate itself and parsed by it; everything else may come from a stranger."""


def with_text(value: T, text: str) -> T:
    """Return `value` with every text in it replaced, choices and units kept."""
    if isinstance(value, Enum) or value is None:
        return value
    if isinstance(value, str):
        return text  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {f"{text}{index}": text for index in range(len(value))}  # type: ignore[return-value]
    if isinstance(value, Struct):
        changed = {
            name: with_text(getattr(value, name), text)
            for name in value.__struct_fields__
            if name not in _KEPT
        }
        return structs.replace(value, **changed)
    return value
