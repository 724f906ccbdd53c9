"""The log of a script that ran on many nodes, as `kubectl logs --prefix` or one file per node gives it -> framed answers."""

from __future__ import annotations

import re

_MARK = re.compile(rb"^(poc-gate-[0-9a-f]{16}) (?:begin|no-tool) \S+\r?$", re.MULTILINE)
_PREFIX = re.compile(rb"^\[([^\]\n]{1,500})\] ?")


def answers_in(content: bytes) -> list[tuple[str, bytes]]:
    """Return nonce and output of every answer in a log, in the order in which they begin; the rest is passed over.

    Lines that begin with `[pod/...]` are sorted by that prefix first, since pods write at the same time.
    """
    found = []
    for text in _streams(content):
        marks = list(_MARK.finditer(text))
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        found += [
            (mark.group(1).decode(), text[mark.start() : end]) for mark, end in zip(marks, ends, strict=False)
        ]
    return found


def _streams(content: bytes) -> list[bytes]:
    if _PREFIX.match(content) is None:
        return [content]
    streams: dict[bytes, list[bytes]] = {}
    current = b""
    for line in content.split(b"\n"):
        prefix = _PREFIX.match(line)
        if prefix is not None:
            current, line = prefix.group(1), line[prefix.end() :]  # noqa: PLW2901 - without its prefix
        streams.setdefault(current, []).append(line)
    return [b"\n".join(lines) for lines in streams.values()]
