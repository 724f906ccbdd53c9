"""A decoder with a static cache, exported from PyTorch to ONNX: one decode step of a batch over a full cache."""

from __future__ import annotations

from pathlib import Path

import torch
from cpu_models import Shape
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """Attention over a given cache and a gated feed-forward part."""

    def __init__(self, shape: Shape) -> None:
        """Make random weights."""
        super().__init__()
        self.shape = shape
        width = (shape.heads + 2 * shape.kv_heads) * shape.head
        self.qkv = nn.Linear(shape.hidden, width, bias=False)
        self.out = nn.Linear(shape.hidden, shape.hidden, bias=False)
        self.up = nn.Linear(shape.hidden, 2 * shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.hidden, bias=False)

    def forward(self, x: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """Return the block's output for one token a sequence."""
        s = self.shape
        mixed = self.qkv(x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5))
        q = mixed[:, : s.heads * s.head].reshape(-1, s.kv_heads, s.heads // s.kv_heads, s.head)
        weights = functional.softmax(q @ keys.transpose(-1, -2), dim=-1)
        x = x + self.out((weights @ values).reshape(x.shape[0], s.hidden))
        gate, value = self.up(x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * value)


class Step(nn.Module):
    """Embedding, blocks and head."""

    def __init__(self, shape: Shape) -> None:
        """Make random weights."""
        super().__init__()
        self.embedding = nn.Embedding(shape.vocabulary, shape.hidden)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.head = nn.Linear(shape.hidden, shape.vocabulary, bias=False)

    def forward(self, tokens: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """Return the next tokens."""
        x = self.embedding(tokens)
        for number, block in enumerate(self.blocks):
            x = block(x, keys[number], values[number])
        return self.head(x).argmax(-1)


def export(shape: Shape, folder: Path, *, batch: int, context: int, quantised: bool) -> Path:
    """Write the model and return its path."""
    path = folder / "step.onnx"
    cache = torch.zeros(shape.layers, batch, shape.kv_heads, context, shape.head)
    tokens = torch.zeros(batch, dtype=torch.long)
    with torch.no_grad():
        torch.onnx.export(
            Step(shape).eval(),
            (tokens, cache, cache.clone()),
            str(path),
            input_names=["tokens", "keys", "values"],
            dynamo=False,
        )
    if not quantised:
        return path
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = folder / "small.onnx"
    quantize_dynamic(path, small, weight_type=QuantType.QInt8)
    return small
