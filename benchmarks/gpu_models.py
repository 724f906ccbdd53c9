"""Random-weight language models in PyTorch on a GPU: decode steps, prompts, generation, training, loading, memory in use.

`python gpu_models.py PART [--rehearse]` prints one line of JSON for one part; each part runs in a process of its own, so
that memory in use is its own. Two kinds of engine: a plain decoder whose step is captured as a CUDA graph with a static
cache, as compiled engines run it, and the transformers package as it comes (eager).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from gpu_peers_torch import seconds_of
from torch.nn import functional

HALF = torch.bfloat16
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


class Shape(NamedTuple):
    """A dense decoder with grouped-query attention."""

    name: str
    layers: int
    hidden: int
    inner: int
    heads: int
    kv_heads: int
    vocabulary: int

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.hidden // self.heads

    @property
    def parameters(self) -> float:
        """Parameters, embedding and head counted apart."""
        each = self.hidden * (2 * self.hidden + 2 * self.kv_heads * self.head + 3 * self.inner)
        return float(self.layers * each + 2 * self.vocabulary * self.hidden)


SMALL = Shape("1B", 16, 2048, 8192, 32, 8, 128256)
LARGE = Shape("8B", 32, 4096, 14336, 32, 8, 128256)
TINY = Shape("tiny", 2, 64, 128, 4, 2, 256)


class Decoder:
    """Weights and a static KV cache; every call writes into the same buffers, so that a graph can hold it."""

    def __init__(self, shape: Shape, batch: int, context: int) -> None:
        """Make random weights and an empty cache of `context` tokens per sequence."""
        self.shape, self.batch, self.context = shape, batch, context

        def matrix(rows: int, columns: int) -> torch.Tensor:
            return torch.randn(rows, columns, device=DEVICE, dtype=HALF).mul_(0.02)

        width = (shape.heads + 2 * shape.kv_heads) * shape.head
        self.blocks = [
            (matrix(shape.hidden, width), matrix(shape.heads * shape.head, shape.hidden),
             matrix(shape.hidden, 2 * shape.inner), matrix(shape.inner, shape.hidden))
            for _ in range(shape.layers)
        ]  # fmt: skip
        self.embedding, self.head = (
            matrix(shape.vocabulary, shape.hidden),
            matrix(shape.hidden, shape.vocabulary),
        )
        cache = (2, shape.layers, batch, shape.kv_heads, context, shape.head)
        self.cache = torch.zeros(cache, device=DEVICE, dtype=HALF)
        self.tokens = torch.zeros(batch, 1, dtype=torch.long, device=DEVICE)
        self.norm = torch.ones(shape.hidden, device=DEVICE, dtype=HALF)

    def forward(self, tokens: torch.Tensor, *, causal: bool) -> torch.Tensor:
        """Return the next tokens; one token a sequence attends to the whole cache, a prompt to itself."""
        s, count = self.shape, tokens.shape[1]
        x = functional.embedding(tokens, self.embedding)
        for number, (qkv, out, up, down) in enumerate(self.blocks):
            mixed = functional.rms_norm(x, (s.hidden,), self.norm) @ qkv
            q, k, v = mixed.split([s.heads * s.head, s.kv_heads * s.head, s.kv_heads * s.head], dim=-1)
            q, k, v = (t.view(t.shape[0], count, -1, s.head).transpose(1, 2) for t in (q, k, v))
            if not causal:
                keys, values = self.cache[0, number], self.cache[1, number]
                keys[:, :, -1:].copy_(k)
                values[:, :, -1:].copy_(v)
                k, v = keys, values
            mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=causal, enable_gqa=True)
            x = x + mixed.transpose(1, 2).reshape(x.shape[0], count, -1) @ out
            gate, value = (functional.rms_norm(x, (s.hidden,), self.norm) @ up).chunk(2, dim=-1)
            x = x + (functional.silu(gate) * value) @ down
        return (x[:, -1:] @ self.head).argmax(dim=-1)


def _graph(decoder: Decoder) -> Callable[[], object]:
    """Return one decode step as a captured graph (on a processor: as it is)."""

    def step() -> None:
        decoder.tokens.copy_(decoder.forward(decoder.tokens, causal=False))

    if DEVICE == "cpu":
        return step
    side = torch.cuda.Stream()
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


@torch.no_grad()
def graphed(shape: Shape, cases: tuple[tuple[int, int], ...], prompts: tuple[int, ...]) -> dict[str, Any]:
    """Return the seconds of decode steps by batch and context, and of prompts by length, with a captured graph."""
    steps, prompt_times = [], []
    weights: Decoder | None = None
    for batch, context in cases:
        decoder = (
            Decoder(shape._replace(layers=0), batch, context) if weights else Decoder(shape, batch, context)
        )
        if weights:
            decoder.shape, decoder.blocks = shape, weights.blocks
            decoder.cache = torch.zeros(
                (2, shape.layers, batch, shape.kv_heads, context, shape.head), device=DEVICE, dtype=HALF
            )
        weights = weights or decoder
        step = _graph(decoder)
        seconds = statistics.median(seconds_of(step, 10) for _ in range(5))
        steps.append({"batch": batch, "context": context, "seconds": seconds})
    assert weights is not None
    for length in prompts:
        tokens = torch.zeros(1, length, dtype=torch.long, device=DEVICE)
        seconds = statistics.median(
            seconds_of(lambda t=tokens: weights.forward(t, causal=True), 3) for _ in range(5)
        )
        prompt_times.append({"tokens": length, "seconds": seconds})
    return {"steps": steps, "prompts": prompt_times, "weight_bytes": 2.0 * shape.parameters}


def _transformer(shape: Shape) -> Any:
    import transformers

    config = transformers.LlamaConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.hidden, intermediate_size=shape.inner, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.kv_heads, max_position_embeddings=16384,
        tie_word_embeddings=False,
    )  # fmt: skip
    before = torch.get_default_dtype()
    torch.set_default_dtype(HALF)
    try:
        with torch.device(DEVICE):
            return transformers.LlamaForCausalLM(config).eval()
    finally:
        torch.set_default_dtype(before)


@torch.no_grad()
def eager(shape: Shape, cases: tuple[tuple[int, int], ...], answer: int) -> dict[str, Any]:
    """Return times of the transformers package: whole generations less the prompt, and device memory in use."""
    model = _transformer(shape)
    steps = []
    for batch, prompt in cases:
        tokens = torch.ones(batch, prompt, dtype=torch.long, device=DEVICE)
        options = {"do_sample": False, "pad_token_id": 0, "eos_token_id": None}
        times = {}
        for new in (1, answer, 1, answer):
            begun = time.perf_counter()
            model.generate(
                tokens,
                attention_mask=torch.ones_like(tokens),
                max_new_tokens=new,
                min_new_tokens=new,
                **options,
            )
            if DEVICE == "cuda":
                torch.cuda.synchronize()
            times[new] = time.perf_counter() - begun
        one = (times[answer] - times[1]) / (answer - 1)
        steps.append(
            {"batch": batch, "prompt": prompt, "answer": answer, "seconds": one, "prompt_seconds": times[1]}
        )
    free, total = torch.cuda.mem_get_info() if DEVICE == "cuda" else (0, 0)
    return {"steps": steps, "memory_used": total - free, "weight_bytes": 2.0 * shape.parameters}


def train(shape: Shape, batch: int, tokens: int) -> dict[str, Any]:
    """Return training tokens per second: half precision throughout, Adam, no recomputation."""
    model = _transformer(shape).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=DEVICE == "cuda")
    ids = torch.randint(0, shape.vocabulary, (batch, tokens), device=DEVICE)

    def step() -> None:
        model(input_ids=ids, labels=ids).loss.backward()
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    step()
    seconds = statistics.median(seconds_of(step, 2) for _ in range(3))
    return {"batch": batch, "tokens": tokens, "tokens_per_s": batch * tokens / seconds}


def embed(layers: int, hidden: int, batch: int, tokens: int) -> dict[str, Any]:
    """Return sentences per second of an encoder of a usual block, half precision."""
    layer = torch.nn.TransformerEncoderLayer(
        hidden, hidden // 64, 4 * hidden, batch_first=True, activation="gelu"
    )
    model = torch.nn.TransformerEncoder(layer, layers).to(DEVICE, HALF).eval()
    x = torch.randn(batch, tokens, hidden, device=DEVICE, dtype=HALF)
    with torch.no_grad():
        seconds = statistics.median(seconds_of(lambda: model(x), 5) for _ in range(5))
    parameters = 12.0 * layers * hidden * hidden
    return {"parameters": parameters, "tokens": tokens, "batch": batch, "sentences_per_s": batch / seconds}


def load(shape: Shape, folder: str) -> dict[str, Any]:
    """Return the seconds of loading a safetensors checkpoint cold and again from the page cache, and its place."""
    from safetensors.torch import load_file, save_file

    path = Path(folder) / "weights.safetensors"
    names = {f"w{i}": torch.randn(shape.hidden, 3 * shape.inner, dtype=HALF) for i in range(shape.layers)}
    save_file(names, str(path))
    size = path.stat().st_size
    del names
    found: dict[str, Any] = {"bytes": size}
    for label in ("cold", "cached"):
        if label == "cold":
            import os

            with path.open("rb") as opened:
                os.fsync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        begun = time.perf_counter()
        held = load_file(str(path), device=DEVICE)
        if DEVICE == "cuda":
            torch.cuda.synchronize()
        found[label] = time.perf_counter() - begun
        del held
    return found


def part(name: str, *, rehearse: bool) -> dict[str, Any]:
    """Return one part of the run."""
    small, large = (TINY, TINY) if rehearse else (SMALL, LARGE)
    cases = (
        ((1, 64), (4, 64)) if rehearse else ((1, 512), (4, 512), (16, 512), (64, 512), (64, 2048), (1, 8192))
    )
    prompts = (16,) if rehearse else (128, 512, 2048, 8192)
    if name == "graph-small":
        return graphed(small, cases, prompts)
    if name == "graph-large":
        return graphed(large, cases, prompts)
    if name in {"eager-small", "eager-large"}:
        shape = small if name == "eager-small" else large
        return eager(
            shape,
            ((1, 16),) if rehearse else ((1, 512), (8, 512), (32, 512), (1, 4096)),
            4 if rehearse else 48,
        )
    if name == "train":
        return train(small, 1 if rehearse else 4, 16 if rehearse else 2048)
    if name == "embed":
        return embed(
            2 if rehearse else 12, 64 if rehearse else 768, 4 if rehearse else 256, 16 if rehearse else 128
        )
    with tempfile.TemporaryDirectory(dir=sys.argv[sys.argv.index("--folder") + 1]) as folder:
        return load(small, folder)


if __name__ == "__main__":
    print(json.dumps(part(sys.argv[1], rehearse="--rehearse" in sys.argv)))
