"""One real run of one engine on this processor: `python cpu_engines.py '{"engine": "llama.cpp", ...}'` prints one line of JSON.

Two generations from the same prompts, one token and several, give the time of the prompt and the time of a step: the
first, and the difference by tokens. Times are of the wall and of the processor: with one thread the processor's own time
is what an idle machine would need, whatever else runs.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cpu_models import BITS, SHAPES, Shape, write_gguf

Times = tuple[float, float]
"""Seconds of the wall and of the processor."""


def timed(work: Callable[[], object]) -> Times:
    """Return how long one `work` takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def several(work: Callable[[], object], repeats: int) -> tuple[Times, float]:
    """Return the least wall and processor time of several runs, and the median wall time: what a user sees."""
    runs = [timed(work) for _ in range(repeats)]
    walls = [w for w, _ in runs]
    return (min(walls), min(p for _, p in runs)), statistics.median(walls)


def measured(generate: Callable[[int], object], answer: int, repeats: int) -> dict[str, float]:
    """Return the times of prompt and step from `generate(new tokens)`."""
    generate(2)
    first, usual = several(lambda: generate(1), repeats)
    whole, usual_whole = several(lambda: generate(answer), repeats)
    return {
        "prompt_wall": first[0],
        "prompt_usual": usual,
        "prompt_processor": first[1],
        "step_wall": (whole[0] - first[0]) / (answer - 1),
        "step_usual": (usual_whole - usual) / (answer - 1),
        "step_processor": (whole[1] - first[1]) / (answer - 1),
    }


def llama(case: dict[str, Any], shape: Shape, folder: Path) -> dict[str, Any]:
    """Run llama.cpp's server in this process, from the xllamacpp wheel."""
    import xllamacpp

    path = folder / "model.gguf"
    write_gguf(shape, case["weights"], path)
    batch, prompt, answer, threads = case["batch"], case["prompt"], case["answer"], case["threads"]
    options = xllamacpp.CommonParams()
    options.model.path = str(path)
    options.n_parallel = batch
    options.n_ctx = batch * (prompt + answer + 64)
    options.n_batch = max(2048, batch)
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = threads
    options.n_threads_http = batch + 2
    options.cache_ram_mib = 0
    server = xllamacpp.Server(options)
    address = server.listening_address + "/completion"

    def ask(new: int, salt: int) -> None:
        tokens = [300 + (7 * i + salt) % 1000 for i in range(prompt)]
        body = {
            "prompt": tokens,
            "n_predict": new,
            "ignore_eos": True,
            "cache_prompt": False,
            "temperature": 0.0,
        }
        request = urllib.request.Request(  # noqa: S310
            address, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as reply:  # noqa: S310 - the server of this process
            reply.read()

    def generate(new: int) -> None:
        asking = [threading.Thread(target=ask, args=(new, salt)) for salt in range(batch)]
        for one in asking:
            one.start()
        for one in asking:
            one.join()

    return {**measured(generate, answer, case["repeats"]), "weight_bytes": float(path.stat().st_size)}


def _transformer(case: dict[str, Any], shape: Shape) -> Any:
    import torch
    import transformers

    torch.set_num_threads(case["threads"])
    config = transformers.LlamaConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.hidden, intermediate_size=shape.inner, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.kv_heads, max_position_embeddings=8192,
        tie_word_embeddings=False,
    )  # fmt: skip
    kind = {"BF16": torch.bfloat16, "F32": torch.float32}[case["weights"]]
    torch.set_default_dtype(kind)
    with torch.device("meta"):
        model = transformers.LlamaForCausalLM(config)
    torch.set_default_dtype(torch.float32)
    model = model.to_empty(device="cpu").eval()
    for parameter in model.parameters():
        parameter.data.fill_(0.01)
    for name, buffer in model.named_buffers():
        if "inv_freq" in name:
            width = buffer.numel()
            buffer.copy_(1.0 / (10000.0 ** (torch.arange(width) / width)))
    return model


def transformers_run(case: dict[str, Any], shape: Shape, folder: Path) -> dict[str, Any]:
    """Run the transformers package as it comes."""
    import torch

    del folder
    model = _transformer(case, shape)
    tokens = torch.randint(5, 1000, (case["batch"], case["prompt"]))

    @torch.no_grad()
    def generate(new: int) -> None:
        model.generate(
            tokens, attention_mask=torch.ones_like(tokens), max_new_tokens=new, min_new_tokens=new, do_sample=False,
            pad_token_id=0, eos_token_id=None,
        )  # fmt: skip

    size = sum(p.numel() * p.element_size() for p in model.parameters())
    return {**measured(generate, case["answer"], case["repeats"]), "weight_bytes": float(size)}


def onnx_run(case: dict[str, Any], shape: Shape, folder: Path) -> dict[str, Any]:
    """Run one decode step, or one prompt, of a decoder exported to ONNX; int8 by dynamic quantisation of its matrices."""
    import onnxruntime
    from cpu_onnx import export

    path = export(
        shape, folder, batch=case["batch"], context=case["prompt"], quantised=case["weights"] == "INT8"
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = case["threads"]
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    feeds = {
        entry.name: _filled([d if isinstance(d, int) else 1 for d in entry.shape], entry.type)
        for entry in session.get_inputs()
    }

    def step() -> None:
        session.run(None, feeds)

    step()
    (wall, processor), usual = several(step, max(3, 3 * case["repeats"]))
    size = float(
        sum(file.stat().st_size for file in path.parent.iterdir() if file.stem.startswith(path.stem))
    )
    return {"step_wall": wall, "step_usual": usual, "step_processor": processor, "weight_bytes": size}


def _filled(shape: list[int], kind: str) -> Any:
    import numpy as np

    return np.full(shape, 7, dtype=np.int64) if "int64" in kind else np.zeros(shape, dtype=np.float32)


RUNS = {"llama.cpp": llama, "transformers": transformers_run, "onnxruntime": onnx_run}


def main() -> int:
    """Run the case of the command line."""
    case = json.loads(sys.argv[1])
    shape = SHAPES[case["shape"]]
    with tempfile.TemporaryDirectory(dir=case.get("folder") or None) as folder:
        found = RUNS[case["engine"]](case, shape, Path(folder))
    nominal = BITS.get(case["weights"], 32.0 if case["weights"] == "F32" else 8.0)
    print(json.dumps({**found, "parameters": shape.parameters, "bits": nominal}), flush=True)
    # llama.cpp's server threads would wait for more requests.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
