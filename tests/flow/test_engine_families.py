"""Which family an engine is of, by name, device and version, and what the name of a device says about it."""

from __future__ import annotations

import pytest

from poc_gate.flow.formulas.speed.engine_family import (
    doubles_with_half_accumulation,
    family_of,
    is_of_2025,
    link_of,
    link_speed,
    most_narrow_speedup,
    narrow_speedup,
    newest,
    vendor_of,
)


@pytest.mark.parametrize(
    ("engine", "last_before", "first"),
    [
        ("vllm", "0.7.3", "0.8.0"),
        ("sglang", "0.4.3", "0.4.4"),
        ("tensorrt-llm", "0.17", "0.18"),
        ("trt", "0.17.0", "0.18"),
        ("nim", "1.7", "1.8"),
        ("lmdeploy", "0.7.1", "0.7.2"),
        ("text-generation-inference", "3.1", "3.2"),
        ("tgi", "3.1.1", "3.2.0"),
    ],
)
def test_serving_engines_turn_with_the_release_that_overlaps_its_steps(engine, last_before, first):
    """By the projects' release notes: vLLM 0.8 has V1 by default, SGLang 0.4.4 schedules ahead, and so on."""
    assert is_of_2025(engine, last_before) is False
    assert is_of_2025(engine, first) is True
    assert is_of_2025(f"{engine} v{first}", "") is True


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2025-03", True),
        ("2025-02", False),
        ("2024-11", False),
        ("2024.11", False),
        ("2024", False),
        ("2025", True),
        ("2026/1", True),
        ("0.6.3 of 2025-06", False),
        ("2025-06 build 0.6", True),
        ("", None),
        ("nightly", None),
    ],
)
def test_where_date_and_version_are_written_the_first_counts(version, expected):
    assert is_of_2025("vllm", version) is expected


def test_an_engine_without_a_known_release_goes_by_its_date_alone():
    assert is_of_2025("aphrodite", "0.9.1") is None
    assert is_of_2025("aphrodite", "2025-06") is True
    assert is_of_2025("aphrodite 0.9", "2024-06") is False
    assert is_of_2025("ollama", "0.12.0") is None


@pytest.mark.parametrize(
    ("engine", "version", "family"),
    [
        ("llama.cpp", "b4399", "llama.cpp"),
        ("llama.cpp", "b4400", "llama.cpp25"),
        ("llama.cpp", "4399", "llama.cpp"),
        ("llama.cpp", "12000", "llama.cpp25"),
        ("llama.cpp", "2024-12", "llama.cpp"),
        ("llama.cpp", "2025-01", "llama.cpp25"),
        ("llama.cpp", "2025", "llama.cpp25"),
        ("llama.cpp", "2024", "llama.cpp"),
        ("llama.cpp", "2024-12, b5000", "llama.cpp"),
        ("llama.cpp", "0.5.5", "llama.cpp-any"),
        ("ollama", "0.5.4", "llama.cpp"),
        ("ollama", "0.5.5", "llama.cpp25"),
        ("ollama", "0.4.9", "llama.cpp"),
        ("ollama", "0.12.0", "llama.cpp25"),
        ("ollama", "", "llama.cpp-any"),
    ],
)
def test_what_is_built_on_llama_cpp_turns_with_january_2025(engine, version, family):
    """Build b4400 and Ollama 0.5.5, which holds it, are of January 2025."""
    assert family_of(engine, "RTX 4090", version) == family


@pytest.mark.parametrize(
    ("engine", "device", "version", "family"),
    [
        ("vllm", "H100", "", "server-any"),
        ("vllm", "H100", "0.6.0", "server"),
        ("TensorRT-LLM", "H100", "0.12", "server-native"),
        ("tensorrt-llm", "H100", "1.0", "server25"),
        ("lmdeploy", "A100", "", "server-native-any"),
        ("FasterTransformer", "A100", "", "server-native-any"),
        ("gpt-fast", "A100", "", "fused"),
        ("mlx-lm", "M3 Max", "", "apple25"),
        ("mlx-lm", "", "2023", "apple25"),
        ("llama.cpp", "M3 Max", "b2000", "apple"),
        ("transformers", "Apple M2 Ultra", "", "apple-any"),
        ("pytorch", "MacBook Pro", "2025-06", "apple25"),
        ("unheard-of", "Apple M2", "", "apple-any"),
        ("vllm", "Apple M2", "0.6.0", "server"),
        ("llama.cpp", "Radeon 780M", "", "unified"),
        ("llama.cpp", "Ryzen AI 9 HX 370", "", "unified"),
        ("llama.cpp", "AMD Radeon RX 7900 XTX", "", "portable"),
        ("llama.cpp", "RX 7900 XTX", "", "portable"),
        ("llama.cpp", "Intel Arc B580", "", "portable"),
        ("vllm", "Radeon 780M", "0.6.0", "server"),
        ("llama.cpp", "EPYC 9554", "", "cpu"),
        ("llama.cpp", "cpu", "", "cpu"),
        ("transformers", "Xeon 8480", "", "cpu-eager"),
        ("onnxruntime", "cpu", "", "cpu-onnx"),
        ("vllm", "EPYC 9554", "0.6.0", "server"),
        ("transformers", "A100", "", "eager"),
        ("transformers", "Ryzen AI Max+ 395", "", "eager"),
        ("unheard-of", "A100", "", "unknown"),
        ("transformers with onnxruntime", "cpu", "", "cpu-onnx"),
        ("vllm of an onnx model", "cpu", "", "server"),
        ("NIM with vLLM", "H100", "2024-06", "server-native"),
        ("vLLM in a NIM", "H100", "2024-06", "server-native"),
        ("ollama/llama.cpp", "RTX 4090", "0.5.4", "llama.cpp"),
        ("ollama/llama.cpp", "RTX 4090", "0.5.5", "llama.cpp25"),
    ],
)
def test_families_by_engine_and_device(engine, device, version, family):
    assert family_of(engine, device, version) == family


def test_the_newest_of_what_may_be():
    assert newest("server-any") == "server25"
    assert newest("cpu") == "cpu"
    assert newest("eager-anywhere") == "eager"


@pytest.mark.parametrize(
    ("precision", "device", "times", "form"),
    [
        ("FP8", "H100 SXM", 2.0, "fp8"),
        ("fp8", "B200", 2.0, "fp8"),
        ("w8a8", "L40S", 2.0, "fp8"),
        ("fp8", "A100", 1.0, "fp16"),
        ("nvfp4", "rtx-pro-6000-96gb", 4.0, "fp4"),
        ("nvfp4", "B200", 4.0, "fp4"),
        ("mxfp4", "MI355X", 4.0, "fp4"),
        ("nvfp4", "H100", 1.0, "fp16"),
        ("awq", "B200", 1.0, "fp16"),
        ("bf16", "B200", 1.0, "fp16"),
    ],
)
def test_narrow_formats_are_faster_where_a_device_has_units_for_them(precision, device, times, form):
    """Dense peaks: H100 989 and 1,979 TFLOP/s, B200 2.25, 4.5 and 9 PFLOP/s; Ampere has no FP8."""
    assert narrow_speedup(precision, device) == (times, form)


@pytest.mark.parametrize(
    ("bits", "device", "times"),
    [
        (4.5, "B200", 4.0),
        (6.0, "B200", 4.0),
        (6.1, "B200", 2.0),
        (12.0, "H100", 2.0),
        (12.1, "H100", 1.0),
        (16.0, "B200", 1.0),
        (4.5, "H100", 1.0),
        (8.0, "A100", 1.0),
        (4.5, "", 4.0),
    ],
)
def test_at_most_so_much_faster_with_so_many_bits(bits, device, times):
    assert most_narrow_speedup(bits, device) == times


@pytest.mark.parametrize(
    ("device", "vendor"),
    [
        ("Apple M2 Ultra", "apple"),
        ("m4 max", "apple"),
        ("Radeon PRO W7900", "amd"),
        ("AMD Instinct MI300X", "amd"),
        ("MI250", "amd"),
        ("Arc A770", "intel"),
        ("rx-7900-xtx", "amd"),
        ("m2-ultra", "apple"),
        ("Intel i7-12700K", "host"),
        ("Intel Arc B580", "intel"),
        ("Intel Gaudi 3", "intel"),
        ("EPYC 9554", "host"),
        ("cpu", "host"),
        ("NVIDIA H100 SXM", "nvidia"),
        ("GeForce RTX 4090", "nvidia"),
        ("GB200 NVL72", "nvidia"),
        ("gh200", "nvidia"),
        ("DGX Spark (GB10)", "nvidia"),
        ("AGX Orin 64GB", "nvidia"),
        ("Tegra X1", "nvidia"),
        ("Groq LPU", ""),
        ("Trainium2, 96 GB", ""),
        ("TPU v5e at 1.5 GHz", ""),
        ("", ""),
    ],
)
def test_vendors_by_the_name_of_a_device(device, vendor):
    """A size in GB or a clock in GHz names nobody."""
    assert vendor_of(device) == vendor


@pytest.mark.parametrize(
    ("link", "device", "kind"),
    [
        ("NVLink 4", "RTX 4090", "fast"),
        ("Infinity Fabric", "", "fast"),
        ("PCIe 5.0 x16", "H100 SXM", "pcie"),
        ("PCI Express", "", "pcie"),
        ("", "H100 SXM", "fast"),
        ("", "MI300X", "fast"),
        ("", "L40S", "pcie"),
        ("", "RTX 4090", "pcie"),
        ("", "l4-24gb", "pcie"),
        ("", "RTX PRO 6000 Blackwell", "pcie"),
        ("", "RTX 6000 Ada", "pcie"),
        ("", "RX 7900 XTX", "pcie"),
        ("", "DGX Spark", "pcie"),
        ("", "DGX H100", "fast"),
        ("", "B200 Blackwell", "fast"),
        ("", "Quadro RTX 6000", ""),
        ("", "RTX 3090", ""),
        ("", "", ""),
    ],
)
def test_links_as_stated_or_by_the_name_of_a_device(link, device, kind):
    assert link_of(link, device) == kind


@pytest.mark.parametrize(
    ("device", "doubles"),
    [
        ("RTX 4090", True),
        ("GeForce RTX 3080 Ti", True),
        ("RTX 4070m", True),
        ("GTX 1080", True),
        ("RTX 4000 Ada", False),
        ("RTX 4000 SFF Ada Generation", False),
        ("RTX PRO 6000 Blackwell", False),
        ("RTX A6000", False),
        ("NVIDIA GeForce RTX 4090", True),
        ("rtx-4090-24gb", True),
        ("rtx-6000-ada-48gb", False),
        ("Quadro RTX 6000", False),
        ("RTX", False),
        ("Tesla 4090", False),
        ("RTX 40900", False),
        ("RTX 980", False),
        ("H100 SXM 80GB", False),
        ("Tesla P40", True),
        ("Tesla P100", False),
    ],
)
def test_consumer_cards_double_with_half_sums(device, doubles):
    """GeForce RTX 4090: 165 TFLOP/s with FP32 sums, 330 with FP16 sums; the RTX 6000 Ada has 364 with either."""
    assert doubles_with_half_accumulation(device) is doubles


def test_links_of_a_device_beside_those_of_an_h100():
    """Bytes/s each way by the data sheets: NVLink 4 450e9, NVLink 5 900e9, NVLink 3 300e9, NVLink 2 150e9, a bridge 56e9."""
    found = {
        name: link_speed(name)
        for name in ("H100 SXM", "b200-sxm-180gb", "A100 SXM", "RTX 3090", "V100 SXM2", "MI250X", "")
    }
    assert found == {
        "H100 SXM": 1.0, "b200-sxm-180gb": 2.0, "A100 SXM": 0.667, "RTX 3090": 0.125, "V100 SXM2": 0.333, "MI250X": 0.667, "": 1.0,
    }  # fmt: skip
