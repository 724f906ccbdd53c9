"""Where few measurements cover a prediction its interval is wider, and never beside the one of fitted ground."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.engine_model import step_span, step_time
from poc_gate.flow.formulas.speed.family_constants import widened
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.grounds import FEW_BITS, factors, widenings
from poc_gate.flow.formulas.speed.prompt_phase import least_flops, prefill_span, prefill_time
from poc_gate.flow.formulas.speed.serving import (
    Batch,
    Room,
    batch_span,
    batch_time,
    saturated_span,
    static_family,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.reading.domain import (
    tell_batch_domain,
    tell_load_domain,
    tell_prompt_domain,
    tell_step_domain,
)

DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8)
MIXED = Network(30e9, 30e9, 48, active_parameters=3e9, kv_per_token=98304.0, kv_heads=4)
FEW = DENSE._replace(weight_bytes=8e9 * 2.0 / 8)
HYBRID = DENSE._replace(carried_layers=24.0)
CARD = Hardware(3.35e12, 989e12, vendor="nvidia")
BATCH = Batch(32, 1000, 200)


@pytest.mark.parametrize(
    ("network", "vendor", "family", "how", "names"),
    [
        (DENSE, "nvidia", "server25", {}, ()),
        (DENSE, "nvidia", "server25", {"batch": True}, ()),
        (DENSE, "apple", "apple25", {}, ()),
        (DENSE, "", "server25", {}, ("foreign",)),
        (DENSE, "other", "llama.cpp", {"prompt": True}, ("foreign",)),
        (DENSE, "host", "cpu", {}, ()),
        (FEW, "amd", "portable", {}, ("few-bits",)),
        (DENSE._replace(weight_bytes=8e9 * FEW_BITS / 8), "amd", "portable", {}, ()),
        (DENSE._replace(parameters=0.0), "amd", "portable", {}, ()),
        (MIXED, "nvidia", "llama.cpp25", {}, ("mixed-local",)),
        (MIXED, "nvidia", "llama.cpp25", {"prompt": True}, ("mixed-local-prompt",)),
        (MIXED, "apple", "apple25", {}, ("mixed-local-apple",)),
        (MIXED, "intel", "portable", {}, ("mixed-local-intel",)),
        (MIXED, "intel", "portable", {"prompt": True}, ("mixed-local-prompt",)),
        (HYBRID, "nvidia", "llama.cpp25", {}, ()),
        (HYBRID, "nvidia", "llama.cpp25", {"prompt": True}, ("hybrid-prompt",)),
        (HYBRID, "nvidia", "server25", {"prompt": True}, ()),
        (HYBRID, "nvidia", "llama.cpp25", {"batch": True, "several": True}, ("hybrid-batch",)),
        (HYBRID, "nvidia", "server25", {"batch": True, "several": True}, ()),
        (DENSE, "nvidia", "llama.cpp25", {"batch": True, "several": True}, ()),
        (MIXED, "amd", "portable", {}, ("mixed-local",)),
        (MIXED, "amd", "unified", {}, ()),
        (MIXED, "nvidia", "server25", {}, ()),
        (MIXED, "nvidia", "server25", {"batch": True}, ("mixed-batch",)),
        (MIXED, "nvidia", "server25", {"prompt": True}, ("mixed-prompt",)),
        (MIXED, "amd", "server25", {}, ("mixed-amd",)),
        (MIXED, "intel", "server", {"batch": True}, ("mixed-batch", "mixed-intel")),
        (MIXED, "", "cpu", {}, ()),
    ],
)
def test_what_few_measurements_cover(network, vendor, family, how, names) -> None:
    assert widenings(network, CARD._replace(vendor=vendor), family, **how) == names


def test_the_widest_of_several_intervals_counts() -> None:
    assert factors("decode") == INTERVALS["decode"]
    low, high = factors("decode", "foreign", "mixed-amd")
    each = [INTERVALS[name] for name in ("decode", "foreign", "mixed-amd")]
    assert (low, high) == (min(one[0] for one in each), max(one[1] for one in each))


@pytest.mark.parametrize("vendor", ["", "other"])
def test_a_device_of_another_maker_has_all_that_known_makers_have_and_more(vendor: str) -> None:
    other = CARD._replace(vendor=vendor)
    for of in (
        lambda card: step_span(DENSE, card, "server25", context=1000.0),
        lambda card: prefill_span(DENSE, card, "server25", tokens=1000.0),
        lambda card: batch_span(DENSE, card, "server25", BATCH),
        lambda card: saturated_span(DENSE, card, Room(80e9), Batch(0.0, 1000, 200)),
    ):
        known, unknown = of(CARD), of(other)
        assert unknown.low <= known.low * (1 + 1e-9)
        assert unknown.high > known.high * 1.3


def test_batches_of_mixtures_are_wider_and_on_amd_more_so() -> None:
    nvidia, amd = (
        batch_span(MIXED, CARD._replace(vendor=vendor), "server25", BATCH) for vendor in ("nvidia", "amd")
    )
    dense = batch_span(DENSE, CARD, "server25", BATCH)
    assert nvidia.high / nvidia.likely > dense.high / dense.likely * 1.2
    assert amd.high / amd.likely == pytest.approx(INTERVALS["mixed-amd"][1])


def test_a_prompt_of_a_mixture_reads_every_expert_that_its_tokens_choose() -> None:
    long, short = (prefill_time(MIXED, CARD, "static", tokens=n) for n in (256.0, 1.0))
    read = MIXED.weight_read(256.0) - MIXED.weight_read(1.0)
    assert long - short == pytest.approx(read / (FAMILIES["static"]["reach"] * CARD.bandwidth), rel=0.02)
    dense = prefill_time(DENSE, CARD, "static", tokens=2.0)
    assert dense == pytest.approx(prefill_time(DENSE, CARD, "static", tokens=1.0))


def test_no_prompt_has_to_multiply_its_embedding() -> None:
    assert least_flops(DENSE, 100.0) == pytest.approx(100.0 * least_flops(DENSE, 1.0))
    assert 0.8 * 16e9 < least_flops(DENSE, 1.0) < 16e9
    small = Network(1e9, 0.5e9, 24)
    assert least_flops(small, 1.0) == pytest.approx(
        2.0 * max(0.25e9, 0.5e9 - 2 * 140e3 * (0.5e9 / 288) ** 0.5)
    )


def test_llama_cpp_widens_weights_of_16_bits_before_it_multiplies_them_on_a_processor() -> None:
    host = Hardware(60e9, 5e11, vendor="host")
    half, eighth = (Network(1e9 * size, 1e9, 24) for size in (2.0, 1.06))
    share = FAMILIES["cpu"]["widened"]
    for family, ratio in (("cpu", share), ("cpu-eager", 1.0)):
        assert widened(half, family) == ratio
        assert widened(eighth, family) == 1.0
    layers = 24 * FAMILIES["cpu"]["layer"]
    prompts = [prefill_time(network, host, "cpu", tokens=256.0) - layers for network in (half, eighth)]
    assert prompts[0] == pytest.approx(prompts[1] / share)
    reading = [step_time(network, host, "cpu", batch=1e-9) for network in (half, eighth)]
    alone = [
        step_time(network, host, "cpu", batch=1.0) - read
        for network, read in zip((half, eighth), reading, strict=True)
    ]
    batch = [
        step_time(network, host, "cpu", batch=8.0) - read
        for network, read in zip((half, eighth), reading, strict=True)
    ]
    assert alone[0] == pytest.approx(alone[1])
    assert batch[0] == pytest.approx(batch[1] / share)
    span = prefill_span(half, host, "cpu", tokens=256.0)
    assert (span.low / span.likely, span.high / span.likely) == pytest.approx(INTERVALS["decode-cpu-half"])


def said(tell, *asked: object) -> str:
    """Return what is said of a prediction outside of the ground of its model."""
    view = Deriver(pilots.tree({})).view()
    tell(view, *asked)
    return "; ".join(view.trace.outside)


LATENT, LINK, SHARED = (
    "whether the attention is latent",
    "how the accelerators reach each other",
    "how many devices share the layers",
)
FORMAT, BLIND, MAKER = (
    "the number format of the weights",
    "the compute rate is not known",
    "the maker of the device",
)
PAIR = CARD._replace(devices=2.0)


@pytest.mark.parametrize(
    ("network", "hardware", "family", "parts"),
    [
        (DENSE, CARD, "server25", ()),
        (DENSE._replace(latent=None), CARD, "server25", (LATENT,)),
        (DENSE, PAIR._replace(link="fast"), "server25", ()),
        (DENSE, PAIR, "server25", (LINK,)),
        (DENSE, CARD._replace(most_devices=2.0), "server25", (SHARED,)),
        (DENSE, CARD._replace(most_devices=1.0), "server25", ()),
        (DENSE, PAIR._replace(most_devices=4.0), "server25", (SHARED,)),
        (DENSE, CARD._replace(narrower=2.0), "server25", (FORMAT,)),
        (DENSE, CARD._replace(narrower=1.0), "server25", ()),
        (DENSE, CARD, "unknown", ("the engine is not known",)),
        (DENSE, PAIR._replace(link="pcie"), "server25", ("tensor parallelism over PCI Express",)),
        (MIXED, CARD, "server25", ("few mixtures of experts",)),
        (DENSE, CARD._replace(vendor=""), "server25", ("no device of its maker",)),
    ],
)
def test_what_is_said_of_a_step_outside_of_its_ground(network, hardware, family, parts) -> None:
    text = said(tell_step_domain, network, hardware, family, 1000.0)
    assert all(part in text for part in parts)
    assert bool(text) is bool(parts)


@pytest.mark.parametrize(
    ("hardware", "family", "batch", "parts"),
    [
        (CARD, "server25", 16.0, ()),
        (CARD._replace(compute=None), "server25", 16.0, (BLIND,)),
        (CARD._replace(compute=None), "server25", 1.0, ()),
        (CARD._replace(compute=None), "server25", 2.0, (BLIND,)),
        (CARD._replace(vendor=""), "server25", 16.0, (MAKER,)),
        (CARD._replace(vendor="host", compute=None), "cpu-onnx", 16.0, None),
    ],
)
def test_what_is_said_of_a_batch_outside_of_its_ground(hardware, family, batch, parts) -> None:
    text = said(tell_batch_domain, DENSE, hardware, family, batch, 1000.0)
    if parts is None:
        assert BLIND not in text
        return
    assert all(part in text for part in parts)
    assert bool(text) is bool(parts)


@pytest.mark.parametrize(
    ("family", "outside"),
    [
        ("server25", False),
        ("fused", False),
        ("server-any", False),
        ("unknown", False),
        ("eager", True),
        ("llama.cpp25", True),
    ],
)
def test_only_serving_engines_were_measured_under_load(family: str, *, outside: bool) -> None:
    assert (
        "only serving engines were measured under load" in said(tell_load_domain, DENSE, CARD, family)
    ) is outside
    assert BLIND in said(tell_load_domain, DENSE, CARD._replace(compute=None), family)


def test_what_is_said_of_a_prompt_outside_of_its_ground() -> None:
    assert said(tell_prompt_domain, DENSE, CARD, "server25") == ""
    mixed = said(tell_prompt_domain, MIXED, CARD, "llama.cpp25")
    assert mixed == "few prompts of mixtures of experts were measured in engines for one user"
    assert LINK in said(tell_prompt_domain, DENSE, PAIR, "server25")


def test_serving_engines_have_young_kernels_of_experts_on_amd() -> None:
    """A static batch of a mixture takes as many times as long there as published runs do, in serving engines alone."""
    amd, factor = CARD._replace(vendor="amd"), KINDS["mixture"]["amd"]
    assert factor > 1.0
    for family, times, front in (
        ("server25", factor, 32 * 200 * KINDS["front"]["token"]),
        ("fused", 1.0, 0.0),
    ):
        plain = batch_time(MIXED, amd, static_family(family, amd, MIXED), BATCH)
        assert batch_span(MIXED, amd, family, BATCH).likely == pytest.approx(plain * times + front)


def test_a_batch_of_either_kind_of_attention_has_the_ends_of_both() -> None:
    either, *both = (
        batch_span(DENSE._replace(latent=kind), CARD, "server25", BATCH) for kind in (None, False, True)
    )
    assert either.low == pytest.approx(min(one.low for one in both))
    assert either.high == pytest.approx(max(one.high for one in both))
    assert both[0].high != pytest.approx(both[1].high)
