"""The bytes of a text file -> the lines that hold literal secrets, found in one quick pass and then looked at closely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.secret_lines import SETTINGS, TOKENS_ONLY, Found, find_in_line
from poc_gate.text.secrets.secret_shapes import TOKEN_MARKS

_WORDS = (
    b"pass",
    b"pwd",
    b"secret",
    b"token",
    b"key",
    b"credential",
    b"bearer",
    b"authoriz",
    b"connection",
    b"masterauth",
)
_TAIL = lazily(rb"[a-z_-]{0,14}[\\\"'\])}]{0,4}[ \t]{0,20}(?:[=:,>?|]|or\b|[\"'])|[a-z_-]{0,14} [^\s]")
_ELSE = (
    b"-u ",
    b"--user",
    b"basic ",
    b" -p",
    b" -a ",
    b" -w ",
    b"auth=(",
    b"auth(",
    b"sqlplus ",
    b"expdp ",
    b"impdp ",
)
"""On lowered bytes: what every line with a value under the name of a secret has in it, and what follows it there."""
_ADDRESS = lazily(rb"[^\s:@/]:[^\s@/\"'<>]{3,256}@[\w\[]")
_VALUE = lazily(rb"value[\"']?[ \t]{0,8}:|default[ \t]{0,20}=")
_PORT_LINE = lazily(rb":(?:\d{2,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:")
_BLOCK = lazily(r"(?m)^\s*variable\s+\"?[\w.-]{3,80}\"?\s*\{[^{}]{0,600}\Z")
"""The head of a Terraform variable above its default."""
_ALLOWED = lazily(
    r"(?i)(?:gitleaks|betterleaks|trufflehog|kingfisher)[:\s-]*(?:allow|ignore)|pragma:\s*allowlist\s*(?:nextline\s*)?secret"
)
_KEY_BLOCK = "a private key"
_BODY = lazily(rb"PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,400}?(?:[A-Za-z0-9+/=]{24}|Proc-Type)")
_KEY_REACH = 900
"""Bytes from the line's beginning within which a key has begun after its head."""
_LONGEST = 1 << 20
"""Bytes of a line of which only the first part is looked at; bundles and dumps have such lines."""


def find_in_bytes(content: bytes, form: str) -> Iterator[tuple[int, Found, bool]]:
    """Yield line number, secret, and whether the line itself says that a scanner shall pass it over."""
    number, counted = 1, 0
    for start, marked in _candidates(content, form).items():
        number += content.count(b"\n", counted, start)
        counted = start
        end = content.find(b"\n", start)
        line = _decoded(content[start : (end if end >= 0 else len(content))][:_LONGEST])
        before = content.rfind(b"\n", 0, max(0, start - 1)) + 1
        previous = _decoded(content[before:start][:_LONGEST]) if start else ""
        if form == SETTINGS and line.lstrip().startswith("default"):
            head = _BLOCK.search(_decoded(content[max(0, start - 800) : start]))
            previous = head[0].lstrip().split("\n")[0] if head else previous
        for found in find_in_line(line, form, previous, marked=marked):
            if found.kind.startswith(_KEY_BLOCK) and not _BODY.search(content, start, start + _KEY_REACH):
                continue  # the head of a key alone, as a form shows it
            yield number, found, bool(_ALLOWED.search(line))


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").rstrip("\r\n")


def _places(content: bytes, word: bytes) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        yield at
        at = content.find(word, at + len(word))


@cache
def _marks() -> tuple[re.Pattern[bytes], ...]:
    """Return the marks of tokens, those with one first byte together: a pattern that begins with a byte runs as fast as a search for it."""
    by_first: dict[bytes, list[bytes]] = {}
    for mark in TOKEN_MARKS:
        by_first.setdefault(mark[:1], []).append(mark[1:])
    return tuple(
        re.compile(re.escape(first) + b"(?:" + b"|".join(map(re.escape, rests)) + b")")
        for first, rests in by_first.items()
    )


def _candidates(content: bytes, form: str) -> dict[int, bool]:
    """Return where the lines begin that are worth a close look, in order, and whether one has a mark of a token."""
    marks = [match.start() for pattern in _marks() for match in pattern.finditer(content)]
    offsets = [match.start() for match in _ADDRESS.finditer(content)] if b"@" in content else []
    if form != TOKENS_ONLY:
        small = content.lower()
        offsets += [
            at for word in _WORDS for at in _places(small, word) if _TAIL.match(small, at + len(word))
        ]
        offsets += [at for word in _ELSE for at in _places(small, word)]
        for pattern in (_VALUE, _PORT_LINE) if form == SETTINGS else ():
            offsets += [match.start() for match in pattern.finditer(small)]
    marked = set(_line_starts(content, marks))
    return {start: start in marked for start in _line_starts(content, [*marks, *offsets])}


def _line_starts(content: bytes, offsets: list[int]) -> Iterator[int]:
    """Yield where the lines begin that hold these places, in order, each once; a long line is searched once."""
    end = -1
    for at in sorted(offsets):
        if at > end:
            yield content.rfind(b"\n", max(end, 0), at) + 1
            end = content.find(b"\n", at)
            if end < 0:
                return
