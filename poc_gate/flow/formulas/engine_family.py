"""Engine families: which engines and devices share the constants of the speed models."""

from __future__ import annotations

_ENGINES = (
    ("ktransformers", "cpu"), ("cpu", "cpu"), ("openvino", "cpu"), ("distributed-llama", "cpu"),
    ("mlx", "apple"), ("fastertransformer", "server"),
    ("gpt-fast", "fused"), ("exllama", "fused"), ("tinychat", "fused"), ("mlc", "fused"), ("marlin", "fused"),
    ("vllm", "server"), ("sglang", "server"), ("tgi", "server"), ("text-generation-inference", "server"),
    ("lmdeploy", "server"), ("turbomind", "server"), ("tensorrt", "server"), ("trt", "server"),
    ("deepspeed", "server"), ("nim", "server"),
    ("aphrodite", "server"), ("lightllm", "server"),
    ("llama.cpp", "llama.cpp"), ("ollama", "llama.cpp"), ("llamafile", "llama.cpp"), ("lm studio", "llama.cpp"),
    ("koboldcpp", "llama.cpp"), ("ggml", "llama.cpp"),
    ("llama-cpp", "llama.cpp"), ("llama-bench", "llama.cpp"), ("gguf", "llama.cpp"),
    ("transformers", "eager"), ("hugging", "eager"), ("pytorch", "eager"), ("onnx", "eager"), ("accelerate", "eager"),
    ("bitsandbytes", "eager"), ("autoawq", "eager"), ("autogptq", "eager"), ("auto-gptq", "eager"),
)  # fmt: skip
"""Words in an engine's name, first match counts."""

_APPLE = ("apple", "m1 ", "m2 ", "m3 ", "m4 ", "m5 ", "mac")
_PORTABLE = (
    "radeon",
    "rx ",
    "pro w",
    "ai pro r",
    "arc ",
    "instinct",
    "mi1",
    "mi2",
    "mi3",
    "strix",
    "ryzen ai",
    "adreno",
    "vega",
    "mali",
    "iris",
)
_HOSTS = (
    "xeon",
    "epyc",
    "threadripper",
    "raspberry",
    "core i",
    "ryzen",
    "graviton",
    "ampere altra",
    "cpu",
    "i9-",
    "i7-",
    "i5-",
    "orange pi",
    "opteron",
    "neoverse",
    "ampereone",
    "core ultra",
    "snapdragon",
    "rockchip",
    "rk35",
    "cortex",
    "kunpeng",
    "power9",
    "power10",
)


def family_of(engine: str, device: str = "") -> str:
    """Return the family of an engine on a device, both by name; `unknown` when the engine is not known.

    One engine has other kernels on other hardware: llama.cpp on Apple silicon, on GPUs that it drives
    through HIP, Vulkan or SYCL (`portable`), and on processors each has constants of its own.
    """
    name, where = engine.strip().lower(), device.strip().lower()
    found = next((family for word, family in _ENGINES if word in name), "unknown")
    if found in {"llama.cpp", "unknown"}:
        if where.startswith(_APPLE):
            return "apple"
        if found == "llama.cpp" and any(where.startswith(word) or f" {word}" in where for word in _PORTABLE):
            return "portable"
        if found == "llama.cpp" and any(word in where for word in _HOSTS):
            return "cpu"
    if found == "eager" and where.startswith(_APPLE):
        return "apple"
    return found


def doubles_with_half_accumulation(device: str) -> bool:
    """Return whether a GPU's listed half-precision peak doubles when sums are kept in half precision too.

    GeForce cards halve their rate for single-precision sums, and peaks are listed for those; engines
    such as llama.cpp and ExLlama sum in half precision, so their limit is twice the listed peak.
    """
    words = device.lower().replace("geforce", "").split()
    if len(words) < 2 or words[0] not in {"rtx", "gtx"}:
        return False
    number = words[1].rstrip("mtisuper")
    professional = any(word in {"ada", "pro", "generation", "blackwell"} for word in words[2:])
    return number.isdigit() and len(number) == 4 and not professional
