"""Random-weight language models as files, for real runs on processors: GGUF for llama.cpp, configurations for the others.

A block of quantised numbers is random bytes with a small scale; one such block is written again and again, so that a model of
several gigabytes takes seconds to make. Speed does not depend on what the weights say.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np


class Shape(NamedTuple):
    """A dense decoder with grouped-query attention, embedding and head apart."""

    name: str
    layers: int
    hidden: int
    inner: int
    heads: int
    kv_heads: int
    vocabulary: int = 32000

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.hidden // self.heads

    @property
    def parameters(self) -> float:
        """Parameters of blocks, embedding and head."""
        each = self.hidden * (2 * self.hidden + 2 * self.kv_heads * self.head + 3 * self.inner)
        return float(self.layers * each + 2 * self.vocabulary * self.hidden)


SHAPES = {
    "0.15B": Shape("0.15B", 12, 768, 2048, 12, 4),
    "0.5B": Shape("0.5B", 24, 1024, 3072, 16, 8),
    "1.3B": Shape("1.3B", 24, 2048, 5632, 16, 8),
    "3B": Shape("3B", 28, 3072, 8192, 24, 8),
}
BITS = {"Q4_0": 4.5, "Q8_0": 8.5, "BF16": 16.0, "F16": 16.0}


def _numbers(random: np.random.Generator, kind: str, count: int) -> np.ndarray:
    """Return `count` weights in the bytes of a format, as uint8."""
    if kind in {"BF16", "F16"}:
        values = (random.standard_normal(count) * 0.02).astype(np.float32)
        packed = (
            (values.view(np.uint32) >> 16).astype(np.uint16) if kind == "BF16" else values.astype(np.float16)
        )
        return packed.view(np.uint8)
    size = 18 if kind == "Q4_0" else 34
    blocks = random.integers(0, 256, (count // 32, size), dtype=np.uint8)
    blocks[:, :2] = np.frombuffer(np.float16(1e-3 if kind == "Q4_0" else 2e-4).tobytes(), dtype=np.uint8)
    return blocks.reshape(-1)


def write_gguf(shape: Shape, kind: str, path: Path) -> None:
    """Write a GGUF file of the Llama architecture with a vocabulary of placeholders."""
    import gguf

    types = gguf.GGMLQuantizationType
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_block_count(shape.layers)
    writer.add_context_length(8192)
    writer.add_embedding_length(shape.hidden)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.head)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_tokenizer_model("llama")
    tokens = [b"<unk>", b"<s>", b"</s>", *(f"<0x{i:02X}>".encode() for i in range(256))]
    tokens += [f"t{i}".encode() for i in range(shape.vocabulary - len(tokens))]
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * shape.vocabulary)
    writer.add_token_types([2, 3, 3] + [6] * 256 + [1] * (shape.vocabulary - 259))
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    random = np.random.default_rng(1)
    period = _numbers(random, kind, 32 * 4096)

    def matrix(name: str, rows: int, columns: int) -> None:
        size = rows * columns * {"Q4_0": 18, "Q8_0": 34}.get(kind, 64) // 32
        raw = np.resize(period, size)
        if kind == "F16":
            writer.add_tensor(name, raw.view(np.float16).reshape(rows, columns))
        else:
            writer.add_tensor(name, raw.reshape(rows, size // rows), raw_dtype=types[kind])

    def norm(name: str) -> None:
        writer.add_tensor(name, np.ones(shape.hidden, dtype=np.float32))

    matrix("token_embd.weight", shape.vocabulary, shape.hidden)
    for layer in range(shape.layers):
        at = f"blk.{layer}."
        norm(f"{at}attn_norm.weight")
        matrix(f"{at}attn_q.weight", shape.hidden, shape.hidden)
        matrix(f"{at}attn_k.weight", shape.kv_heads * shape.head, shape.hidden)
        matrix(f"{at}attn_v.weight", shape.kv_heads * shape.head, shape.hidden)
        matrix(f"{at}attn_output.weight", shape.hidden, shape.hidden)
        norm(f"{at}ffn_norm.weight")
        matrix(f"{at}ffn_gate.weight", shape.inner, shape.hidden)
        matrix(f"{at}ffn_up.weight", shape.inner, shape.hidden)
        matrix(f"{at}ffn_down.weight", shape.hidden, shape.inner)
    norm("output_norm.weight")
    matrix("output.weight", shape.vocabulary, shape.hidden)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
