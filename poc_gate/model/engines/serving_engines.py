"""The engines that serve models, one row each: all that readers of files, the manifest and the speed models ask by name."""

from __future__ import annotations

from functools import cache

from poc_gate.model.engines.engine_row import MOST_ADMITTED, ServingEngine

_Row = ServingEngine

SERVING_ENGINES: tuple[ServingEngine, ...] = (
    _Row(
        name="vllm", words=("vllm",), family="server",
        in_images=r"vllm", in_commands=r"vllm|llm-d", started_by=("vllm", "serve"), programs=("vllm.entrypoints.",), letters="q", refuses=True,
        packages=("vllm",), in_packages=("vllm",), providers=("vllm",),
        calls=(("vllm", "LLM", "model"), ("vllm", "AsyncLLMEngine AsyncEngineArgs EngineArgs", "")),
        metrics=("vllm:", "vllm"),
        since=(0, 8),  # its V1 engine is the default, March 2025
        admits=256.0, admits_on_large=1024.0, grows=True, captures=True,
    ),
    _Row(
        name="sglang", words=("sglang",), family="server",
        in_images=r"sglang", in_commands=r"sglang", programs=("sglang.launch_server",), refuses=True, packages=("sglang",), in_packages=("sglang",),
        metrics=("sglang:", "sglang"), since=(0, 4, 4), admits=MOST_ADMITTED, grows=True,
    ),
    _Row(
        name="tgi", words=("tgi", "text-generation-inference"), family="server",
        in_images=r"text-generation-inference|(?:^|/)tgi", in_commands=r"text-generation-(?:inference|launcher)|\btgi\b",
        programs=("text-generation-launcher",),
        variables={
            "MODEL_ID": "model-id", "MAX_TOTAL_TOKENS": "max-total-tokens", "MAX_INPUT_TOKENS": "max-input-tokens",
            "MAX_CONCURRENT_REQUESTS": "max-concurrent-requests", "NUM_SHARD": "num-shard", "QUANTIZE": "quantize",
            "REVISION": "revision",
        },
        packages=("text-generation",), metrics=("tgi_", "text-generation-inference"), refuses=True,
        since=(3, 2), admits=MOST_ADMITTED,
        # `--max-waiting-tokens`, https://huggingface.co/docs/text-generation-inference/basic_tutorials/launcher
        patience=20.0,
    ),
    _Row(
        name="tensorrt-llm", words=("tensorrt", "trt"), family="server", compiled=True, offline=True,
        in_images=r"tritonserver.*trt-?llm|tensorrt-?llm", in_commands=r"tensorrt[-_]?llm|trtllm|nvcr\.io/nim/", programs=("trtllm-serve",),
        packages=("tensorrt-llm",), in_packages=("tensorrt-llm",), since=(0, 18), admits=MOST_ADMITTED,
    ),
    _Row(
        # Of AMD, for its own devices: https://github.com/ROCm/ATOM
        name="atom", words=("atom",), family="server", in_images=r"(?:^|/)rocm/atom", in_commands=r"\batom\.entrypoints",
        since=(0, 0), admits=MOST_ADMITTED, grows=True, made_by="amd",
    ),
    _Row(
        name="llama.cpp", family="llama.cpp", words=("llama.cpp", "llama-cpp", "llama-bench", "ggml", "gguf"),
        in_images=r"llama\.cpp|llama-cpp", in_commands=r"llama[.-]?cpp|llama-server|ggml-org",
        programs=("llama-server", "llama_cpp.server"),
        packages=("llama-cpp-python",), in_packages=("llama-cpp", "llamacpp"), providers=("llama.cpp",),
        calls=(("llama_cpp", "Llama", ""),), letters="mc", divides_context=True,
        # `--parallel`: 1, since the end of 2025 4 (tools/server/README.md). Choosing a token took 0.25 ms beside an RTX 5060 Ti (PR 24843) and 0.5 ms
        # with the copy of its row beside an RTX 5090 (issue 27050).
        slots=(1.0, 4.0), sampling=5e-4,
        variables={"LLAMA_ARG_CTX_SIZE": "ctx-size", "LLAMA_ARG_N_PARALLEL": "parallel", "LLAMA_ARG_HF_REPO": "model"},
    ),
    _Row(
        name="transformers", family="eager", providers=("transformers",), matrix_units=True,
        words=("transformers", "hugging", "pytorch", "accelerate", "bitsandbytes", "autoawq", "autogptq", "auto-gptq"),
    ),
    _Row(name="onnxruntime", family="eager", words=("onnx",), in_commands=r"onnxruntime", on_host="cpu-onnx", matrix_units=True),
    _Row(name="cpu", family="cpu", words=("cpu",), on_processor=True),
    _Row(name="mlx", family="apple", words=("mlx",), in_commands=r"\bmlx", in_packages=("mlx-lm",)),
    _Row(
        # Ollama runs llama.cpp, hence the family; its context is that of one request.
        name="ollama", family="llama.cpp", words=("ollama",), packages=("ollama",), in_packages=("ollama",),
        in_images=r"(?:^|/)ollama$", in_commands=r"\bollama\b", providers=("ollama",),
        variables={"OLLAMA_CONTEXT_LENGTH": "max-model-len", "OLLAMA_NUM_PARALLEL": "parallel", "OLLAMA_KV_CACHE_TYPE": "kv-cache-dtype"},
        since=(0, 5, 5),  # holds llama.cpp of January 2025
        slots=(1.0, 4.0), sampling=5e-4, wraps=True,  # `OLLAMA_NUM_PARALLEL`: 1, from 2024-07 into 2025 4 where memory holds them (PR 4218)
    ),
    _Row(name="exllama", family="fused", words=("exllama",)),
    _Row(name="gpt-fast", family="fused", words=("gpt-fast",)),
    _Row(name="mlc-llm", family="fused", words=("mlc",), packages=("mlc-llm",)),
    _Row(
        name="lmdeploy", family="server", words=("lmdeploy", "turbomind"), compiled=True, packages=("lmdeploy",),
        since=(0, 7, 2), admits=256.0, grows=True,
    ),
    _Row(
        name="nim", family="server", words=("nim",), compiled=True, offline=True, since=(1, 8), admits=MOST_ADMITTED,
        variables={
            "NIM_MAX_MODEL_LEN": "max-model-len", "NIM_TENSOR_PARALLEL_SIZE": "tensor-parallel-size",
            "NIM_MAX_BATCH_SIZE": "max-batch-size",
        },
    ),
    _Row(name="ktransformers", family="cpu", words=("ktransformers",)),
    _Row(name="openvino", family="cpu", words=("openvino",)),
    _Row(name="fastertransformer", stated=False, family="server", words=("fastertransformer",), compiled=True),
    _Row(name="deepspeed", stated=False, family="server", words=("deepspeed",)),
    _Row(name="aphrodite", stated=False, family="server", words=("aphrodite",)),
    _Row(name="lightllm", stated=False, family="server", words=("lightllm",)),
    _Row(name="distributed-llama", stated=False, family="cpu", words=("distributed-llama",)),
    _Row(name="tinychat", stated=False, family="fused", words=("tinychat",)),
    _Row(name="marlin", stated=False, family="fused", words=("marlin",)),
    _Row(name="llamafile", stated=False, family="llama.cpp", words=("llamafile",), slots=(1.0, 4.0), sampling=5e-4),
    _Row(name="lm-studio", stated=False, family="llama.cpp", words=("lm studio",), in_packages=("lmstudio",), slots=(1.0, 4.0), sampling=5e-4),
    _Row(name="koboldcpp", stated=False, family="llama.cpp", words=("koboldcpp",)),
    _Row(name="gpt4all", stated=False, in_packages=("gpt4all",)),
)  # fmt: skip
"""Where a text shows two of them the first one counts: `text-generation-inference:3.3-trtllm` is text-generation-inference."""

NO_ENGINE = ServingEngine(name="")
"""What is known of an engine without a row: nothing."""

STATED_ENGINES = (*(row.name for row in SERVING_ENGINES if row.stated), "other")
"""The choices of `model.engine`."""

_FAMILIES = ("cpu", "apple", "fused", "server", "llama.cpp", "eager", "")
"""Of several words in a name the one of the first family counts: `llama.cpp CPU` runs on a processor."""


def serving_engine(name: str) -> ServingEngine:
    """Return the row of an engine by the name that the manifest states; `NO_ENGINE` for one without a row."""
    return _by_name().get(name, NO_ENGINE)


@cache
def engines_named(text: str) -> tuple[ServingEngine, ...]:
    """Return the engines whose words stand in a name as people write it, the one that counts first."""
    name = text.lower()
    found = (row for row in SERVING_ENGINES if any(word in name for word in row.words))
    return tuple(sorted(found, key=lambda row: _FAMILIES.index(row.family)))


@cache
def _by_name() -> dict[str, ServingEngine]:
    return {row.name: row for row in SERVING_ENGINES}


def is_asked_without_a_model(engine: str, path: str) -> bool:
    """Say whether a probe asks an engine for what it answers before any model is there."""
    return engine == "ollama" and path in {"/", "/api/tags", "/api/version"}
