"""Weights in a format for which the engine has no kernel on the device, and kernels launched one by one: published batches lie inside."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.devices.kernels import architecture_of, forms_of, is_early, may_lack_kernel
from poc_gate.flow.formulas.speed.engine_family import vendor_of
from poc_gate.flow.formulas.speed.engine_model import WRITTEN_AND_READ, step_parts, step_time, writing_out
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES
from poc_gate.flow.formulas.speed.grounds import widenings
from poc_gate.flow.formulas.speed.serving import Batch, batch_span
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import worlds
from poc_gate.flow.reading.model_reading import read_hardware
from poc_gate.model.fact import Fact

LLAMA_405B = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "target.device": "mi300x", "target.replicas": 1.0, "target.count": 8.0,
    "model.tensor_parallel": 8.0, "machine.accelerators.memory_bandwidth": 5.3e12, "machine.accelerators.compute_half": 1307e12,
    "machine.accelerators.memory_total": 192 * 2.0**30, "model.engine": "vllm", "model.engine_version": "0.6.3",
    "model.parameters": 405.85e9, "model.precision": "fp8", "model.layers": 126.0, "model.kv_heads": 8.0, "model.head_dim": 128.0,
    "model.kv_bits": 16.0, "demand.out_tokens_p95": 2048.0,
}  # fmt: skip
BY_ROW = (
    (128, 16, 113), (128, 32, 223), (128, 64, 427), (128, 128, 769), (128, 256, 1196),
    (2048, 16, 115), (2048, 32, 219), (2048, 64, 384), (2048, 128, 625), (2048, 256, 857),
)  # fmt: skip
BY_TENSOR = (
    (128, 16, 448), (128, 32, 803), (128, 64, 1319), (128, 128, 1991), (128, 256, 2307),
    (2048, 16, 416), (2048, 32, 680), (2048, 64, 1046), (2048, 128, 1403), (2048, 256, 1567),
)  # fmt: skip
"""Prompt tokens, batch -> tokens per second of Llama 3.1 405B on eight MI300X with answers of 2,048 tokens, of Meta's checkpoint with a scale
to each row in eager mode and of AMD's with one to each tensor (dstackai/benchmarks, comparison/h100sxm5_vs_mi300x, 2024-11)."""


def _rate(prompt: int, batch: int, **more: object) -> Fact:
    values = {
        **LLAMA_405B, "demand.in_tokens_p95": float(prompt), "model.planned_concurrency": float(batch),
        **{f"model.{name}": value for name, value in more.items()},
    }  # fmt: skip
    fact = Deriver(pilots.tree(values)).find("flow.serving.batch_rate")[0]
    assert fact.low is not None
    assert fact.high is not None
    return fact


@pytest.mark.parametrize(("prompt", "batch", "published"), BY_ROW)
def test_published_batches_by_row_and_eager_lie_inside(prompt, batch, published):
    fact = _rate(prompt, batch, quantised_by="fbgemm_fp8", eager=True)
    assert fact.low <= published <= fact.high


@pytest.mark.parametrize(("prompt", "batch", "published"), BY_TENSOR)
def test_published_batches_by_tensor_lie_inside_the_usual_interval(prompt, batch, published):
    fact = _rate(prompt, batch, quantised_by="fp8")
    assert fact.low <= published <= fact.high
    assert fact.high / fact.low < 2.6
    unsaid = _rate(prompt, batch)
    assert unsaid.low <= published <= unsaid.high
    assert unsaid.low < fact.low


def test_a_ceiling_says_what_lies_outside_and_what_decides():
    for more, said in (
        ({"quantised_by": "fbgemm_fp8"}, "no kernel"),
        ({"quantised_by": "fp8", "eager": True}, "one by one"),
    ):
        values = {**LLAMA_405B, "demand.in_tokens_p95": 128.0, "model.planned_concurrency": 16.0}
        values |= {f"model.{name}": value for name, value in more.items()}
        told = Deriver(pilots.tree(values)).find("flow.decode.ceiling")[0]
        assert said in told.outside
        assert "benchmark" in told.outside
    usual = Deriver(pilots.tree({**values, "model.eager": False})).find("flow.decode.ceiling")[0]
    assert "kernel" not in usual.outside


@pytest.mark.parametrize(
    ("form", "device", "family", "lacks"),
    [
        ("awq", "mi300x", "server25", True), ("gptq", "mi300x", "server25", True), ("w8a8", "mi300x", "server25", True),
        ("nf4", "radeon pro w7900", "server25", True), ("fp8", "mi250x", "server25", True), ("gguf", "mi300x", "server25", False),
        ("bf16", "mi300x", "server25", False), ("mxfp4", "mi300x", "server25", False), ("fp8", "mi300x", "server25", False),
        ("fp8", "mi300x", "server-any", True), ("fbgemm_fp8", "mi300x", "server", True), ("fbgemm_fp8", "mi300x", "server25", False),
        ("fbgemm_fp8", "h100 sxm", "server", False), ("awq", "v100", "server25", True), ("gptq", "v100", "server25", False),
        ("fp8", "v100", "server25", True), ("fp8", "tesla t4", "server25", True), ("w8a8", "rtx 2080 ti", "server25", False),
        ("fp8", "a100 sxm", "server", False), ("awq", "arc b580", "server25", False), ("fp8", "arc b580", "server25", True),
        ("fp8", "l4", "server25", False), ("awq", "", "server25", True), ("gguf", "mi300x", "server", True),
        ("w8a8", "rtx 5090", "server25", True), ("w8a8", "b200", "server25", True), ("fp8", "b200", "server25", False),
        ("w8a8", "h100 sxm", "server25", False), ("w8a8", "rtx 4090", "server25", False),
    ],
)  # fmt: skip
def test_formats_without_a_kernel_by_the_engines_table(form, device, family, lacks):
    forms = forms_of("", form, 8.0)
    assert may_lack_kernel("vllm", family, device, vendor_of(device), forms) is lacks
    assert not may_lack_kernel("sglang", family, device, vendor_of(device), forms)


@pytest.mark.parametrize(
    ("form", "device", "family", "lacks"),
    [
        ("nf4", "radeon pro w7900", "server", True), ("fp8", "mi250x", "", True), ("bf16", "mi250x", "", False), ("fp8", "apple m5", "", False),
        ("fp8", "epyc 9654", "cpu", False),
    ],
)  # fmt: skip
def test_an_engine_that_nobody_names_may_be_the_one_with_the_table(form, device, family, lacks):
    assert may_lack_kernel("", family, device, vendor_of(device), forms_of("", form, 8.0)) is lacks


def test_what_weights_may_be():
    assert forms_of("fp8", "fp8", 8.0) == ("fp8",)
    assert forms_of("fbgemm_fp8", "fp8", 8.0) == ("fp8-row",)
    assert forms_of("", "fp8", 8.0) == forms_of("compressed-tensors", "fp8", 8.0) == ("fp8", "fp8-row")
    assert forms_of("", "int8", 8.0) == ("int8", "gptq")
    assert forms_of("bitsandbytes", "int8", 8.0) == ("bitsandbytes",)
    assert forms_of("", "", 4.16) == ("awq", "gptq", "bitsandbytes")
    assert forms_of("", "", 8.0) == ("fp8", "int8", "fp8-row")
    assert forms_of("compressed-tensors", "", 8.0) == forms_of("modelopt", "", 8.0) == forms_of("", "", 8.0)
    assert forms_of("", "", 6.0) == forms_of("", "", 4.16)
    assert forms_of("", "", 6.5) == forms_of("", "", 12.0) == forms_of("", "", 8.0)
    assert forms_of("", "", 12.5) == ()
    assert forms_of("", "", 16.0) == forms_of("", "bf16", 16.0) == forms_of("", "", None) == ()
    assert architecture_of("rtx 6000 ada", "nvidia") == ""
    assert architecture_of("gb200 nvl72", "nvidia") == "blackwell"
    assert architecture_of("tesla v100s pcie", "nvidia") == "volta"
    assert architecture_of("tesla t4", "nvidia") == architecture_of("rtx 2080 ti", "nvidia") == "turing"
    assert architecture_of("quadro t400", "nvidia") == architecture_of("a100 sxm4", "nvidia") == ""


@pytest.mark.parametrize(
    ("weights", "parameters", "lacks"),
    [
        (4.2e9, 8e9, True), (16e9, 8e9, False), (1.49 * 8e9, 8e9, True), (1.51 * 8e9, 8e9, False), (0.5, 1.0, True), (2.0, 1.0, False),
        (4.2e9, 0.0, False), (4.2e9, None, False), (None, 8e9, False),
    ],
)  # fmt: skip
def test_weights_of_few_bits_may_be_in_a_format_without_a_kernel(weights, parameters, lacks):
    """Of at most 12 bits they may be INT8, of at most 6 AWQ or GPTQ: none of these has a kernel on AMD devices."""
    unsaid = {"model.precision": None, "model.parameters": parameters, "flow.weights.bytes": weights}
    stated = {name: value for name, value in {**LLAMA_405B, **unsaid}.items() if value is not None}
    found = read_hardware(Deriver(pilots.tree(stated)).view(), compute=True)
    assert found.written_out is (None if lacks else False)


NETWORK = Network(8e9, 8e9, 32, kv_per_token=131072.0)
MACHINE = Hardware(2e12, 600e12, precision="fp8", link="fast", vendor="amd")


def test_a_weight_written_out_costs_four_bytes_more():
    assert writing_out(NETWORK, MACHINE, 8e9) == 0.0
    written = MACHINE._replace(written_out=True)
    assert writing_out(NETWORK, written, 8e9) == pytest.approx(WRITTEN_AND_READ * 8e9 / 2e12)
    more = step_time(NETWORK, written, "server", batch=1.0) - step_time(NETWORK, MACHINE, "server", batch=1.0)
    assert more == pytest.approx(WRITTEN_AND_READ * 8e9 / 2e12 / FAMILIES["server"]["reach"])


def test_kernels_one_by_one_hide_behind_a_device_that_is_busy_longer():
    singly = MACHINE._replace(singly=True)
    launching = step_parts(NETWORK, singly, "server", batch=1.0, context=0.0).launching
    assert launching == pytest.approx(32 * FAMILIES["eager"]["layer"])
    assert step_time(NETWORK, singly, "server", batch=1.0) == pytest.approx(launching)
    many = step_parts(NETWORK, singly, "server", batch=4096.0, context=4000.0)
    assert many.reading > launching
    assert step_time(NETWORK, singly, "server", batch=4096.0, context=4000.0) == pytest.approx(
        max(many.reading, many.computing)
    )


def test_what_is_open_is_every_case_of_it():
    assert len(worlds(NETWORK, MACHINE, "server")) == 1
    both = worlds(NETWORK, MACHINE._replace(written_out=None, singly=None), "server")
    assert {(machine.written_out, machine.singly) for _, machine, _ in both} == {
        (False, False), (False, True), (True, False), (True, True),
    }  # fmt: skip
    assert {machine.compute for _, machine, _ in both if machine.written_out} == {300e12}


@pytest.mark.parametrize(
    ("device", "early"),
    [("NVIDIA T4 16 GB", True), ("Tesla V100", True), ("RTX 2080 Ti", True), ("A100", False), ("RTX 3060", False), ("", False)],
)  # fmt: skip
def test_serving_engines_are_less_sure_on_cards_before_ampere(device: str, early: bool) -> None:
    """VLLM 0.31 on a T4: Qwen2.5-1.5B 57.6 tok/s alone and 832.9 in a batch of 32 (HamzahTariq11/llama.cpp-and-vLLM-benchmarks, 2026-10)."""
    assert is_early(device, "nvidia") is early
    card = Hardware(320e9, 65e12, vendor="nvidia", early=early)
    network = Network(3.09e9, 1.544e9, 28, kv_per_token=28672.0, kv_heads=2)
    assert ("early-server" in widenings(network, card, "server25")) is early
    assert "early-server" not in widenings(network, card, "llama.cpp25")
    for size, rate in ((1, 57.6), (8, 441.7), (32, 832.9)):
        span = batch_span(network, card, "server25", Batch(size, 110, 256))
        assert not early or span.low <= size * 256 / rate <= span.high
