"""Weight files built in memory: headers of safetensors and GGUF files, whole or broken on purpose."""

from __future__ import annotations

import json
import struct

_WIDTHS = {"F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "U8": 1, "I32": 4}


def safetensors(tensors: dict[str, tuple[str, list[int]]], metadata: dict[str, str] | None = None) -> bytes:
    """Return the front of a safetensors file with tensors of a dtype and shape, one behind the other."""
    header: dict[str, object] = {"__metadata__": metadata or {"format": "pt"}}
    at = 0
    for name, (dtype, shape) in tensors.items():
        size = _WIDTHS[dtype]
        for dimension in shape:
            size *= dimension
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text


def gguf(
    metadata: dict[str, object],
    tensors: list[tuple[str, list[int], int]],
    *,
    version: int = 3,
    order: str = "<",
) -> bytes:
    """Return the front of a GGUF file; texts, integers, floats, booleans and lists of them are written."""
    wide = "I" if version == 1 else "Q"
    out = (
        b"GGUF"
        + struct.pack(order + "I", version)
        + struct.pack(order + wide * 2, len(tensors), len(metadata))
    )
    for key, value in metadata.items():
        out += _text(key, order, wide) + _value(value, order, wide)
    offset = 0
    for name, shape, kind in tensors:
        out += _text(name, order, wide) + struct.pack(order + "I", len(shape))
        out += struct.pack(order + wide * len(shape), *shape) + struct.pack(order + "IQ", kind, offset)
        offset += 32
    return out


def _text(text: str, order: str, wide: str) -> bytes:
    return struct.pack(order + wide, len(text.encode())) + text.encode()


def _value(value: object, order: str, wide: str) -> bytes:
    if isinstance(value, bool):
        return struct.pack(order + "I?", 7, value)
    if isinstance(value, int):
        return struct.pack(order + "II", 4, value)
    if isinstance(value, float):
        return struct.pack(order + "If", 6, value)
    if isinstance(value, str):
        return struct.pack(order + "I", 8) + _text(value, order, wide)
    assert isinstance(value, list)
    if value and isinstance(value[0], str):
        return struct.pack(order + "II" + wide, 9, 8, len(value)) + b"".join(
            _text(t, order, wide) for t in value
        )
    kind, letter = (7, "?") if value and isinstance(value[0], bool) else (5, "i")
    return struct.pack(order + "II" + wide, 9, kind, len(value)) + struct.pack(
        f"{order}{len(value)}{letter}", *value
    )


LLAMA_8B_GGUF = {
    "general.architecture": "llama",
    "general.name": "Example 8B Instruct",
    "general.license": "apache-2.0",
    "general.file_type": 15,
    "llama.block_count": 32,
    "llama.context_length": 131072,
    "llama.embedding_length": 4096,
    "llama.attention.head_count": 32,
    "llama.attention.head_count_kv": 8,
    "llama.rope.freq_base": 500000.0,
    "tokenizer.ggml.tokens": ["<s>", "</s>", "a"],
    "tokenizer.ggml.add_bos_token": True,
}
