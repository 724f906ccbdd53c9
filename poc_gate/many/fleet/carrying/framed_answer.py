"""What came back from a node, banners and all -> the answer between its marks."""

from __future__ import annotations

import re

from msgspec import Struct


class Framed(Struct, frozen=True):
    """What the marks of one question enclose."""

    begun: bool = False
    no_tool: bool = False
    content: bytes | None = None
    """What stood between begin and end; None where the end is missing."""
    code: int | None = None
    """Exit code that the probe had there."""
    node: str = ""
    """Name that the script gave the node, if it did."""


def unframe(out: bytes, nonce: str) -> Framed:
    """Return what stands between the first begin and the last end of this nonce; the rest is somebody else's."""
    mark = re.escape(nonce.encode())
    if (missing := re.search(rb"^" + mark + rb" no-tool (\S*)\r?$", out, re.MULTILINE)) is not None:
        return Framed(no_tool=True, node=_name(missing.group(1)))
    begin = re.search(rb"^" + mark + rb" begin (\S*)\r?$", out, re.MULTILINE)
    if begin is None:
        return Framed()
    ends = list(re.finditer(rb"^" + mark + rb" end (\d{1,3})\r?$", out[begin.end() :], re.MULTILINE))
    if not ends:
        return Framed(begun=True, node=_name(begin.group(1)))
    content = out[begin.end() : begin.end() + ends[-1].start()].strip()
    return Framed(begun=True, content=content, code=int(ends[-1].group(1)), node=_name(begin.group(1)))


def is_complete(tail: bytes, nonce: str) -> bool:
    """Say whether the end of an output shows that the answer is complete."""
    mark = nonce.encode()
    return b"\n" + mark + b" end " in tail or b"\n" + mark + b" no-tool " in tail


def _name(word: bytes) -> str:
    text = word.decode("utf-8", errors="replace")
    return "" if text == "-" else text
