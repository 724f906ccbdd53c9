"""Bytes -> text: UTF-8 only, bounded, and in plain words where it is something else."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from functools import cache
from typing import NoReturn

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.text.lazy_pattern import lazily

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
"""Byte-order marks of other encodings; the longer ones first, as UTF-16's begins UTF-32's."""

_ARCHIVES = {
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard",
    b"7z\xbc\xaf": "7z",
}
_UNPACK = "unpack it and give the file inside"

_FORBIDDEN_ASCII = lazily(r"[^\t\n\r -~]")


@cache
def _forbidden() -> re.Pattern[str]:
    """Return what YAML 1.2 does not let stand in a file (section 5.1), and stray byte-order marks.

    Compiled at first use: the wide ranges cost more than all other patterns of a run together.
    """
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


_STRING_OR_TAB = lazily(r'"(?:[^"\\]|\\.)*"|\t', re.DOTALL)
_PAIR = lazily(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def decode_text(content: bytes, file: str, most_bytes: int) -> str:
    """Return the text of a UTF-8 file, made readable for a YAML parser where it is JSON.

    Raises InvalidInputError for files over `most_bytes`, other encodings, byte-order marks and binary
    content, with the line where that can be told.
    """
    if content.startswith(BOM_UTF8):
        _refuse(file, "the file begins with a byte-order mark", "save it as UTF-8 without BOM", line=1)
    text = decode_utf8(content, file, most_bytes)
    stray = (_FORBIDDEN_ASCII if text.isascii() else _forbidden()).search(text)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        column = stray.start() - (text.rfind("\n", 0, stray.start()) + 1) + 1
        what = f"control character U+{ord(stray[0]):04X} is not allowed in this file"
        _refuse(file, what, "remove it; a binary file cannot be read here", line=line, column=column)
    return _json_for_yaml(text) if text.lstrip()[:1] in ("{", "[") else text


def decode_utf8(content: bytes, file: str, most_bytes: int, next_step: str = "split the file") -> str:
    """Return the text of a UTF-8 file as it is written, without a byte-order mark.

    Raises InvalidInputError for files over `most_bytes`, other encodings and binary content, with line and
    column where they can be given.
    """
    if len(content) > most_bytes:
        # Who reads no further than one byte more does not know how long the file is.
        size = f"{len(content):,}" if len(content) > most_bytes + 1 else f"more than {most_bytes:,}"
        _refuse(file, f"the file has {size} bytes; at most {most_bytes:,} are read", next_step)
    if archive_of(content):
        _refuse(file, *_name_of_nul(content))
    for mark, name in _MARKS:
        if content.startswith(mark):
            _refuse(file, f"the file is encoded in {name}", "save it as UTF-8")
    content = content.removeprefix(BOM_UTF8)
    if b"\x00" in content:
        _refuse(file, *_name_of_nul(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1
        what = f"byte 0x{content[error.start]:02x} is not valid UTF-8"
        _refuse(
            file, what, "save the file as UTF-8; a binary file cannot be read here", line=line, column=column
        )


def archive_of(content: bytes) -> str:
    """Return the kind of archive that a file is by its first bytes; empty for any other file."""
    return next((kind for magic, kind in _ARCHIVES.items() if content.startswith(magic)), "")


def _name_of_nul(content: bytes) -> tuple[str, str]:
    """Tell an archive and UTF-16 without a mark, where every other byte is zero, from a binary file."""
    archive = archive_of(content)
    if archive:
        return f"this is a {archive} archive; archives are not opened", _UNPACK
    head = content[:4096]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) > len(head) // 3 and min(odd, even) < len(head) // 8:
        return "the file is encoded in UTF-16", "save it as UTF-8"
    return "the file is binary", "use a text file in YAML or JSON"


def _json_for_yaml(text: str) -> str:
    """Return JSON as YAML reads it: no tabs between values, no surrogate pairs in strings.

    Both are JSON but not YAML; every tab becomes one space, so places stay true.
    """
    if "\t" in text:
        text = _STRING_OR_TAB.sub(lambda match: " " if match[0] == "\t" else match[0], text)
    if "\\u" in text:
        text = _PAIR.sub(_joined, text)
    return text


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[1], 16), int(pair[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _refuse(file: str, what: str, next_step: str, *, line: int = 0, column: int = 0) -> NoReturn:
    raise InvalidInputError([Fault(file, line, column or (1 if line else 0), what, next_step)])
