"""Bytes of a GGUF file -> its metadata and the sum of its tensors, every length checked before it is used."""

from __future__ import annotations

import math
import struct

from msgspec import Struct, field

from poc_gate.errors import Fault, InvalidInputError

MAX_ENTRIES = 100_000
MAX_STRINGS = 5_000_000
"""Elements of one string array: vocabularies have up to about 300,000."""
MAX_TEXT = 1 << 20
_KEPT_ARRAY = 4096
"""Elements kept of a numeric array; longer ones are skipped, as no shape is that long."""

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9

_BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""ggml tensor types: weights in a block and bytes of a block (ggml's type table)."""


_TABLES = frozenset({"per_layer_token_embd.weight"})
"""Tensors of which a token takes its row in each layer (llama.cpp's name for the per-layer embeddings of Gemma 3n and Gemma 4)."""


class GgufHeader(Struct):
    """What the front of a GGUF file says."""

    version: int
    metadata: dict[str, object] = field(default_factory=dict)
    tensors: int = 0
    tensor_bytes: int = 0
    elements: int = 0
    looked_up: int = 0
    """Elements of tables that are stored and not read."""
    complete: bool = True
    """False when a tensor type is not known or the tensor list lies beyond the bytes at hand."""


class _CutOffError(Exception):
    """The bytes at hand end before the header does."""


class _Cursor:
    def __init__(self, content: bytes, order: str) -> None:
        self.content, self.order, self.at = content, order, 4

    def scalar(self, code: str) -> float | bool:
        size = struct.calcsize(code)
        self.need(size)
        (value,) = struct.unpack_from(self.order + code, self.content, self.at)
        self.at += size
        found: float | bool = value
        return found

    def count(self, code: str) -> int:
        return int(self.scalar(code))

    def need(self, size: int) -> None:
        if size < 0 or self.at + size > len(self.content):
            raise _CutOffError


def read_gguf(content: bytes, file: str) -> GgufHeader:
    """Return the header of a GGUF file, version 1 to 3, either byte order.

    Raises InvalidInputError when it is none, is cut off inside the metadata, or breaks its own limits.
    """
    if content[:4] != b"GGUF" or len(content) < 24:
        raise _fault(file, "no GGUF header")
    order = "<" if struct.unpack_from("<I", content, 4)[0] < 65536 else ">"
    cursor = _Cursor(content, order)
    version = cursor.count("I")
    if version not in (1, 2, 3):
        raise _fault(file, f"GGUF version {version} is not known")
    wide = "I" if version == 1 else "Q"
    header = GgufHeader(version)
    try:
        header.tensors, entries = cursor.count(wide), cursor.count(wide)
        if entries > MAX_ENTRIES or header.tensors > MAX_ENTRIES:
            raise _fault(file, f"the header claims {entries:,} entries and {header.tensors:,} tensors")
        for _ in range(entries):
            key = _text(cursor, wide, file)
            value = _value(cursor, cursor.count("I"), wide, file)
            if value is not None:
                header.metadata[key] = value
    except _CutOffError:
        raise _fault(file, "the metadata is cut off") from None
    try:
        _sum_tensors(cursor, header, wide, file)
    except _CutOffError:
        header.complete = False
    return header


def _text(cursor: _Cursor, wide: str, file: str) -> str:
    length = cursor.count(wide)
    if length > MAX_TEXT and length > len(cursor.content):
        raise _fault(file, f"a text of {length:,} bytes in the header")
    cursor.need(length)
    text = cursor.content[cursor.at : cursor.at + min(length, 4096)].decode("utf-8", errors="replace")
    cursor.at += length
    return text


def _value(cursor: _Cursor, kind: int, wide: str, file: str) -> object:
    if kind in _SCALARS:
        return cursor.scalar(_SCALARS[kind])
    if kind == _STRING:
        return _text(cursor, wide, file)
    if kind != _ARRAY:
        raise _fault(file, f"a value of unknown type {kind} in the header")
    inner, length = cursor.count("I"), cursor.count(wide)
    if inner in _SCALARS:
        size = struct.calcsize(_SCALARS[inner]) * length
        cursor.need(size)
        kept = (
            list(struct.unpack_from(f"{cursor.order}{length}{_SCALARS[inner]}", cursor.content, cursor.at))
            if length <= _KEPT_ARRAY
            else None
        )
        cursor.at += size
        return kept
    if inner != _STRING or length > MAX_STRINGS:
        raise _fault(file, f"an array of {length:,} elements of type {inner} in the header")
    for _ in range(length):
        size = cursor.count(wide)
        cursor.need(size)
        cursor.at += size
    return None


def _sum_tensors(cursor: _Cursor, header: GgufHeader, wide: str, file: str) -> None:
    for _ in range(header.tensors):
        name = _text(cursor, wide, file)
        dims = cursor.count("I")
        if dims > 8:
            raise _fault(file, f"a tensor of {dims} dimensions in the header")
        shape = [cursor.count(wide) for _ in range(dims)]
        kind = cursor.count("I")
        cursor.scalar("Q")
        elements = math.prod(shape)
        if elements >= 2**62:
            raise _fault(file, "a tensor larger than any memory in the header")
        header.elements += elements
        header.looked_up += elements if name in _TABLES else 0
        block = _BLOCKS.get(kind)
        if block is None:
            header.complete = False
        else:
            header.tensor_bytes += -(-elements // block[0]) * block[1]


def _fault(file: str, what: str) -> InvalidInputError:
    return InvalidInputError([Fault(file, 0, 0, what, "download the file again, or convert it again")])
