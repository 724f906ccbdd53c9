"""Stated, measured and catalogued numbers of the machine -> what a replica has of it, each worked out by hand."""

from __future__ import annotations

from functools import partial

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.shapes import Hardware
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.reading.machine_reading import (
    compute_rate,
    devices_of_replica,
    host_memory,
    known_compute_rate,
    memory_bandwidth,
    memory_of_replica,
    runs_on_host,
    takes_part_of_device,
    weight_form,
)
from poc_gate.flow.reading.model_reading import (
    carried,
    device_name,
    pooled,
    read_admissions,
    read_family,
    read_hardware,
    sharing_devices,
)
from poc_gate.flow.reading.network_reading import is_latent, read_network
from poc_gate.flow.span import Span
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.quantity import Quantity

GPU = {"target.device": "h100-sxm-80gb", "target.count": 2.0, "machine.accelerators.memory_total": 80e9}
CPU = {"target.device": "cpu"}
RATES = {
    f"machine.cpu.matrix_rate_{form}_all": rate
    for form, rate in (("fp32", 1e12), ("bf16", 4e12), ("int8", 9e12))
}
FP32, BF16, INT8 = RATES


def view_of(stated, stale=()):
    """Return a view of stated facts; those in `stale` are not of this machine, but of a data sheet."""
    tree = pilots.tree({name: value for name, value in stated.items() if value is not None})
    facts = {n: Fact(n, f.value, Provenance.ASSUMED) if n in stale else f for n, f in tree.facts.items()}
    return Deriver(FactTree(facts, tree.items)).view()


def missing(read, stated):
    with pytest.raises(CannotDeriveError) as raised:
        read(view_of(stated))
    return raised.value.missing


def test_what_runs_on_the_host():
    told = [
        ({"target.device": "CPU"}, True), ({"model.engine": "cpu", "target.device": "h100"}, True), (GPU, False),
        ({"target.device": "h100"}, False), ({"machine.accelerators.memory_total": 8e10}, False),
    ]  # fmt: skip
    assert [runs_on_host(view_of(stated)) for stated, _ in told] == [wanted for _, wanted in told]
    assert missing(runs_on_host, {}) == ("target.device",)


@pytest.mark.parametrize(
    ("more", "count", "told"),
    [
        ({}, 2.0, False),
        ({"target.count": 0.5}, 1.0, False),
        (
            {"target.count": 4.0, "machine.accelerators.lost": 1.0, "machine.accelerators.count": 3.0},
            3.0,
            True,
        ),
        (
            {"target.count": 4.0, "machine.accelerators.lost": 0.0, "machine.accelerators.count": 3.0},
            4.0,
            False,
        ),
        ({"target.count": 4.0, "machine.accelerators.count": 3.0}, 4.0, False),
        ({"target.count": 4.0, "machine.accelerators.lost": 1.0}, 4.0, False),
        (
            {"target.count": 4.0, "machine.accelerators.lost": 4.0, "machine.accelerators.count": 0.0},
            1.0,
            True,
        ),
        (
            {"target.count": 2.0, "machine.accelerators.lost": 1.0, "machine.accelerators.count": 7.0},
            2.0,
            True,
        ),
        ({"target.device": "cpu", "target.count": 4.0}, 1.0, False),
    ],
)
def test_how_many_devices_a_replica_has(more, count, told):
    view = view_of({**GPU, **more})
    assert devices_of_replica(view) == count
    assert any("do not work; the others count" in one for one in view.trace.assumptions) is told


def test_the_memory_of_a_replica():
    """Two devices of 80 GB; a slice has what is stated of it; a host has the tightest of its limits."""
    assert memory_of_replica(view_of(GPU)).likely == 160e9
    declared = {**GPU, "machine.accelerators.memory_total": None, "target.device_memory": 40e9}
    assert memory_of_replica(view_of(declared)).likely == 80e9
    slice_ = view_of({**GPU, "machine.accelerators.mig": True, "target.device_memory": 20e9})
    assert (takes_part_of_device(slice_), memory_of_replica(slice_).likely) == (True, 40e9)
    assert "the memory of the whole device is not its own" in " ".join(slice_.trace.assumptions)
    host = {**CPU, "target.memory_limit": 64e9, "machine.memory.limit": 32e9, "machine.memory.total": 256e9}
    for name, found in (
        ("target.memory_limit", 32e9),
        ("machine.memory.limit", 64e9),
        ("machine.memory.total", 32e9),
    ):
        assert memory_of_replica(view_of({**host, name: None})).likely == found
    assert host_memory(view_of({"machine.memory.total": 5.0, "target.host_memory": 3.0})).likely == 5.0
    assert host_memory(view_of({"target.host_memory": 3.0})).likely == 3.0
    assert missing(host_memory, {}) == ("machine.memory.total", "target.host_memory")


def test_the_rates_of_a_device_and_of_a_slice():
    """A slice with an eighth of the memory has an eighth of what the data sheet says, and all that was measured inside it."""
    rates = {
        **GPU,
        "machine.accelerators.memory_bandwidth": 3.2e12,
        "machine.accelerators.compute_half": 8e14,
    }
    names = ("machine.accelerators.memory_bandwidth", "machine.accelerators.compute_half")
    read = (memory_bandwidth, compute_rate, known_compute_rate)
    assert [one(view_of(rates)).likely for one in read] == [3.2e12, 8e14, 8e14]
    part = {**rates, "machine.accelerators.mig": True, "target.device_memory": 10e9}
    assert [one(view_of(part)).likely for one in read] == [3.2e12, 8e14, 8e14]
    assert [one(view_of(part, names)).likely for one in read] == [4e11, 1e14, 1e14]
    larger = {**part, "target.device_memory": 90e9}
    assert [one(view_of(larger, names)).likely for one in read] == [3.2e12, 8e14, 8e14]
    assert memory_bandwidth(view_of({**CPU, "machine.memory.read_all": 2e11})).likely == 2e11
    assert known_compute_rate(view_of(GPU)) is None
    asked = missing(compute_rate, CPU)
    assert asked == (FP32, "model.time_per_call", "model.time_per_call_p99")


@pytest.mark.parametrize(
    ("more", "rate"),
    [
        ({}, 1e12),
        ({"machine.cpu.microarchitecture": "zen 4"}, 1e12),
        ({"machine.cpu.microarchitecture": "zen 5"}, 5e11),
        ({"model.engine": "llama.cpp", "model.weight_bits": 16.0}, 1e12),
        ({"model.engine": "transformers", "model.weight_bits": 32.0}, 1e12),
        ({"model.engine": "transformers"}, 4e12),
        ({"model.engine": "onnxruntime", BF16: 4.1e12}, 0.45 * 4.1e12),
        ({"model.engine": "onnxruntime", "model.weight_bits": 8.0}, 0.45 * 9e12),
        ({"model.engine": "transformers", BF16: 2e12, "machine.cpu.microarchitecture": "zen 5"}, 2e12),
        (
            {"model.engine": "transformers", BF16: 2.1e12, "machine.cpu.microarchitecture": "zen 5"},
            0.45 * 2.1e12,
        ),
        ({"model.engine": "transformers", BF16: None}, 1e12),
        ({"model.engine": "transformers", FP32: None}, 4e12),
        ({FP32: None}, None),
    ],
)
def test_the_matrix_rate_that_an_engine_can_use(more, rate):
    """Tiles reach 45 % of a rate of more than four times that of single precision; two full units of 512 bits are half fed."""
    found = known_compute_rate(view_of({**CPU, **RATES, **more}))
    assert (found and found.likely) == (None if rate is None else pytest.approx(rate))
    if rate is not None:
        assert compute_rate(view_of({**CPU, **RATES, **more})) == found


def test_the_number_format_of_weights_on_a_processor():
    told = [
        ({}, "bf16"), ({"model.precision": "INT8"}, "int8"), ({"model.precision": "w8a8"}, "int8"), ({"model.precision": "fp32"}, "fp32"),
        ({"model.precision": "bf16"}, "bf16"), ({"model.weight_bits": 11.9}, "int8"), ({"model.weight_bits": 12.0}, "bf16"),
        ({"model.weight_bits": 24.0}, "bf16"), ({"model.weight_bits": 24.1}, "fp32"),
    ]  # fmt: skip
    assert [weight_form(view_of(stated)) for stated, _ in told] == [wanted for _, wanted in told]


@pytest.mark.parametrize(
    ("more", "sharing"),
    [
        ({}, (1.0, 4.0)),
        ({"model.tensor_parallel": 2.0}, (2.0, 0.0)),
        ({"model.tensor_parallel": 4.0}, (4.0, 0.0)),
        ({"model.tensor_parallel": 0.0}, (1.0, 0.0)),
        ({"target.count": 2.0}, (1.0, 2.0)),
        ({"target.count": 1.0}, (1.0, 0.0)),
        ({"target.count": 1.0, "model.tensor_parallel": 1.0}, (1.0, 0.0)),
        ({"target.count": 0.0, "model.tensor_parallel": 1.0}, (1.0, 0.0)),
        ({"target.count": None, "model.tensor_parallel": 8.0}, (8.0, 0.0)),
        ({"target.device": "cpu"}, (1.0, 0.0)),
    ],
)
def test_how_many_devices_share_a_layer(more, sharing):
    view = view_of({**GPU, "target.count": 4.0, **more})
    assert sharing_devices(view) == sharing
    assert any("split the layers" in one for one in view.trace.assumptions) is (sharing[1] > 0)


def test_a_layer_is_not_split_over_more_devices_than_there_are():
    assert missing(sharing_devices, {**GPU, "model.tensor_parallel": 3.0}) == ()
    assert device_name(view_of({"machine.accelerators.name": "NVIDIA H100"})) == "NVIDIA H100"
    assert (
        device_name(view_of({"machine.accelerators.name": "NVIDIA H100", "target.device": "h200"})) == "h200"
    )


SERVED = {**pilots.MODEL, **pilots.MACHINE}


def hardware(compute=True, **more: object):
    stated = {**SERVED, **{name.replace("__", "."): value for name, value in more.items()}}
    return read_hardware(view_of(stated), compute=compute)


def test_the_hardware_of_a_host():
    stated = {
        **CPU,
        **RATES,
        "machine.memory.read_all": 1e11,
        "model.weight_bytes": 4e9,
        "model.parameters": 8e9,
    }
    found = read_hardware(view_of(stated), compute=True)
    assert (found.bandwidth, found.compute, found.devices) == (1e11, 1e12, 1.0)
    assert (found.vendor, found.precision, found.narrower) == ("host", "fp16", 1.0)


@pytest.mark.parametrize(
    ("stated", "family", "told"),
    [
        (CPU, "cpu", ""),
        ({**CPU, "model.engine": "transformers"}, "cpu-eager", ""),
        ({"machine.accelerators.memory_total": 8e10, "model.engine": "llama.cpp"}, "llama.cpp-anywhere", ""),
        ({"target.device": "h100", "model.engine": "llama.cpp", "model.engine_version": "b6000"}, "llama.cpp25", ""),
        ({"machine.accelerators.memory_total": 8e10, "model.engine": "transformers"}, "eager-anywhere", ""),
        ({"target.device": "h100", "model.engine": "transformers"}, "eager", ""),
        ({"machine.accelerators.memory_total": 8e10, "model.engine": "vllm", "model.engine_version": "0.10"}, "server25", ""),
        ({"target.device": "h100"}, "unknown", "efficiency 0.2 to 0.95"),
        ({"target.device": "h100", "model.engine": "vllm"}, "server-any", "engines before 2025"),
    ],
)  # fmt: skip
def test_the_family_of_an_engine_where_it_runs(stated, family, told):
    view = view_of(stated)
    assert read_family(view) == family
    said = " ".join(view.trace.assumptions)
    assert (told in said) if told else not said


def of_rates(found):
    """A second at 1 TB/s, a second more at 1 Tflop/s; half as long or twice as long."""
    time = 1e12 / found.bandwidth + (0.0 if found.compute is None else 1e12 / found.compute)
    return Span(time, time / 2, time * 2)


def carried_over(rates, *, host=False, unstable=(), time=of_rates):
    """Return the ends of the time above; `rates` gives likely, low and high bytes/s and flop/s."""
    names = (
        ("machine.memory.read_all", FP32)
        if host
        else ("machine.accelerators.memory_bandwidth", "machine.accelerators.compute_half")
    )
    device = {"target.device": pilots.fact("target.device", "cpu" if host else "h100")}
    facts = {
        name: Fact(
            name, Quantity(likely), Provenance.MEASURED, low=low, high=high, stable=name not in unstable
        )
        for name, (likely, low, high) in zip(names, rates, strict=False)
    }
    view = Deriver(FactTree({**device, **facts})).view()
    known = rates[1][0] if len(rates) > 1 else None
    found = carried(view, Hardware(rates[0][0], compute=known), time)
    return (found.likely, found.low, found.high), view.trace.outside


SURE, LOOSE = (1e12, 1e12, 1e12), (1e12, 8e11, 1.25e12)


@pytest.mark.parametrize(
    ("rates", "ends"),
    [
        ((SURE,), (1.0, 0.5, 2.0)),
        ((LOOSE,), (1.0, 1 / 2.07130, 2.07130)),
        ((SURE, SURE), (2.0, 1.0, 4.0)),
        ((LOOSE, SURE), (2.0, 2 / 2.01598, 2 * 2.01997)),
        ((LOOSE, LOOSE), (2.0, 2 / 2.07130, 2 * 2.07130)),
        (((1e12, 1e12, 1.25e12),), (1.0, 1 / 2.07130, 2.0)),
        (((1e12, 8e11, 1e12),), (1.0, 0.5, 2.07130)),
        (((1e12, 0.0, 1e12),), (1.0, 0.5, float("inf"))),
        (((1e12, 0.5, 1e12),), (1.0, 0.5, 2.01703e12)),
        ((SURE, (1e12, 0.5, 1e12)), (2.0, 1.0, 2.01746e12)),
        ((SURE, (1e12, 0.0, 1e12)), (2.0, 1.0, float("inf"))),
    ],
)  # fmt: skip
def test_rates_and_model_err_apart(rates, ends):
    """Of a factor of 2 and one of 1.25: exp of the root of ln(2)^2 + ln(1.25)^2 = 2.0713; one of 0.9 and of 1.125 the same way."""
    assert carried_over(rates)[0] == pytest.approx(ends, rel=2e-5)


def in_proportion(span, found):
    """Return a time at 1 TB/s as it is at another bandwidth."""
    return Span(*(end * 1e12 / found.bandwidth for end in (span.likely, span.low, span.high)))


def test_times_that_end_nowhere_or_at_once_stay_so():
    ends = {
        Span(1.0, 0.0, 2.0): (1.0, 0.0, 2.07130), Span(1.0, 0.5, float("inf")): (1.0, 1 / 2.07130, float("inf")),
        Span(0.0, 0.0, 0.0): (0.0, 0.0, 0.0),
    }  # fmt: skip
    for span, wanted in ends.items():
        scaled = partial(in_proportion, span)
        assert carried_over((LOOSE,), time=scaled)[0] == pytest.approx(wanted, rel=1e-5)

    def never(found: Hardware) -> Span:
        late, early = found.bandwidth < 1e12, found.bandwidth > 1e12
        return Span(1e12 / found.bandwidth, 0.0 if early else 0.5, float("inf") if late else 2.0)

    assert carried_over((LOOSE,), time=never)[0] == (1.0, 0.0, float("inf"))
    still = Span(5.0, 4.0, 6.0)
    assert carried_over(((0.0, 0.0, 1e12),), time=lambda _: still)[0] == (5.0, 4.0, 6.0)
    assert carried_over((SURE, (0.0, 0.0, 1e12)), time=lambda _: still)[0] == (5.0, 4.0, 6.0)


def test_the_interval_of_an_unstable_rate_is_carried_whole():
    name = "machine.accelerators.memory_bandwidth"
    assert carried_over((LOOSE,), unstable=(name,))[0] == pytest.approx((1.0, 0.4, 2.5))
    host = "machine.memory.read_all"
    assert carried_over((LOOSE,), host=True, unstable=(host,))[0] == pytest.approx((1.0, 0.4, 2.5))
    assert carried_over((LOOSE, SURE), unstable=(name,))[1] == {}


@pytest.mark.parametrize(
    ("bandwidth", "ends"),
    [
        (SURE, (2.0, 0.5, 48.0)),
        ((1e12, 1e12, 1e15), (2.0, 0.5, 48.0)),
        ((1e12, 0.0, 1e12), (2.0, 0.5, float("inf"))),
    ],
)
def test_a_processor_that_other_work_held_may_be_free_or_slower_by_a_dozen_times(bandwidth, ends):
    """1 to 4 s by the rates, half of the least and twelve times the most where a matrix rate was not stable."""
    found, outside = carried_over((bandwidth, SURE), host=True, unstable=(FP32,))
    assert found == pytest.approx(ends, rel=2e-3)
    assert any("other work held the processor" in one for one in outside)
    assert carried_over((SURE, SURE), host=True)[0] == (2.0, 1.0, 4.0)
    faster, _ = carried_over((SURE, (1e12, 1e12, 1e13)), host=True, unstable=(FP32,))
    assert faster == pytest.approx((2.0, 0.5, 48.0))


def test_the_hardware_of_a_replica():
    found = hardware()
    assert (found.bandwidth, found.compute, found.devices, found.most_devices) == (3.35e12, 9.89e14, 1.0, 0.0)
    assert (found.vendor, found.precision, found.narrower) == ("nvidia", "fp16", 1.0)
    assert hardware(compute=False, machine__accelerators__compute_half=None).compute is None
    with pytest.raises(CannotDeriveError):
        hardware(machine__accelerators__compute_half=None)
    several = hardware(target__count=4.0, model__tensor_parallel=None)
    assert (several.devices, several.most_devices) == (1.0, 4.0)


@pytest.mark.parametrize(
    ("more", "faster", "form", "narrower"),
    [
        ({}, 1.0, "fp16", 1.0),
        ({"model__precision": "fp8"}, 2.0, "fp8", 1.0),
        ({"model__precision": "fp8", "model__engine": None}, 1.0, "fp16", 2.0),
        ({"model__precision": "fp8", "model__engine": "llama.cpp"}, 1.0, "fp16", 1.0),
        ({"model__weight_bytes": 8.03e9}, 1.0, "fp16", 2.0),
        ({"model__weight_bytes": 8.03e9, "model__parameters": 0.0}, 1.0, "fp16", 1.0),
        ({"model__weight_bytes": 1.0, "model__parameters": 1.0}, 1.0, "fp16", 2.0),
        ({"model__weight_bytes": 1.4 * 8.03e9}, 1.0, "fp16", 2.0),
        ({"model__weight_bytes": 1.6 * 8.03e9}, 1.0, "fp16", 1.0),
        ({"target__device": "rtx-4090-24gb", "model__engine": "llama.cpp"}, 2.0, "fp16", 1.0),
        ({"target__device": "rtx-4090-24gb"}, 1.0, "fp16", 1.0),
        ({"target__device": "rtx-4090-24gb", "model__engine": None}, 1.0, "fp16", 2.0),
        ({"target__device": None, "model__engine": "llama.cpp"}, 1.0, "fp16", 2.0),
        ({"target__device": None, "model__precision": "fp8"}, 1.0, "fp16", 2.0),
        ({"target__device": None, "model__precision": "nvfp4"}, 1.0, "fp16", 4.0),
    ],
)
def test_how_fast_narrow_weights_are_multiplied(more, faster, form, narrower):
    """An H100 multiplies fp8 twice as fast as fp16, a B200 fp4 four times; consumer cards with sums in half precision twice."""
    found = hardware(**more)
    assert (found.compute, found.precision, found.narrower) == (
        pytest.approx(9.89e14 * faster),
        form,
        narrower,
    )


def test_devices_of_a_pipeline_add_up():
    """Two devices share a layer, times three stages of a pipeline; without stages, all of a replica may."""
    base = {**SERVED, "target.count": 6.0, "model.tensor_parallel": 2.0}
    for more, found in (
        ({"model.pipeline_parallel": 3.0}, (6.0, 0.0)),
        ({}, (2.0, 6.0)),
        ({"target.count": 2.0}, (2.0, 0.0)),
    ):
        view = view_of({**base, **more})
        summed = pooled(view, read_hardware(view, compute=True))
        assert (summed.devices, summed.most_devices) == found
    view = view_of({**CPU, **RATES, "machine.memory.read_all": 1e11, "target.count": 6.0})
    assert pooled(view, read_hardware(view, compute=True)).most_devices == 0.0


def test_requests_that_an_engine_admits_by_its_memory():
    card = {**SERVED, "machine.accelerators.memory_total": 24 * 2.0**30}
    small = read_admissions(view_of(card))
    assert small == read_admissions(view_of({**card, "target.count": 4.0}))
    assert small != read_admissions(view_of(SERVED))
    assert {one.most for one in read_admissions(view_of({**SERVED, "model.max_concurrency": 7.0}))} == {7.0}


NETWORK = {
    "flow.weights.bytes": 16e9, "flow.kv.bytes_per_token": 131072.0, "model.parameters": 8e9, "model.layers": 32.0,
}  # fmt: skip


def test_a_network_as_stated():
    plain = read_network(view_of(NETWORK))
    assert plain[:] == plain.__class__(16e9, 8e9, 32.0, kv_per_token=131072.0, latent=plain.latent)[:]
    whole = read_network(view_of({
        **NETWORK, "model.active_parameters": 3e9, "model.kv_heads": 8.0, "model.heads": 32.0, "model.head_dim": 128.0,
        "model.windowed_layers": 40.0, "model.experts": 64.0, "model.experts_per_token": 6.0, "model.attention": "latent",
    }))  # fmt: skip
    found = (
        whole.active_parameters,
        whole.kv_heads,
        whole.query_width,
        whole.windowed_layers,
        whole.experts,
        whole.experts_used,
    )
    assert found == (3e9, 8.0, 4096.0, 32.0, 64.0, 6.0)
    assert (whole.latent, whole.wider_bytes) == (True, 0.0)
    assert read_network(view_of({**NETWORK, "model.heads": 32.0})).query_width == 0.0
    packed = read_network(view_of({**NETWORK, "flow.weights.bytes": 5.7e9, "model.precision": "awq"}))
    assert packed.wider_bytes == pytest.approx(5.7e9 - 8e9 * 4.16 / 8)


@pytest.mark.parametrize(
    ("more", "latent"),
    [
        ({}, False),
        ({"model.attention": "latent"}, True),
        ({"model.attention": "grouped", "model.kv_bytes_per_token": 1.0}, False),
        ({"model.kv_bytes_per_token": 1e4}, None),
        ({"model.kv_bytes_per_token": 1.0}, None),
        ({"model.kv_bytes_per_token": 0.0}, False),
        ({"model.kv_bytes_per_token": 1e4, "model.kv_heads": 8.0}, False),
        ({"model.kv_bytes_per_token": 13107.1, "model.kv_heads": 8.0, "model.head_dim": 128.0}, True),
        ({"model.kv_bytes_per_token": 13107.2, "model.kv_heads": 8.0, "model.head_dim": 128.0}, False),
        ({"model.kv_bytes_per_token": 13107.1, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.kv_bits": 8.0}, False),
        ({"model.kv_bytes_per_token": 6553.5, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.kv_bits": 8.0}, True),
        ({"model.kv_bytes_per_token": 1.0, "model.kv_heads": 8.0, "model.head_dim": 128.0, "model.windowed_layers": 4.0}, False),
    ],
)  # fmt: skip
def test_a_cache_too_small_for_its_heads_is_latent(more, latent):
    """2 x 32 layers x 8 heads x 128 x 2 bytes = 131,072 bytes a token; under a tenth of it no head has its own."""
    assert is_latent(view_of({**NETWORK, **more})) is latent


@pytest.mark.parametrize(
    ("device", "engine", "mlx"),
    [
        ("apple-m1-max", "mlx", True),
        ("apple-m1-max", "llama.cpp", False),
        ("apple-m1-max", "ollama", False),
        ("apple-m1-max", None, None),
        ("apple-m1-max", "other", None),
        ("h100-pcie-80gb", None, False),
        (None, "mlx", False),
    ],
)
def test_which_engine_launches_on_apple_silicon_is_open_where_nobody_says(device, engine, mlx):
    values = {**pilots.MODEL, **pilots.MACHINE, "target.device": device, "model.engine": engine}
    view = Deriver(pilots.tree({name: value for name, value in values.items() if value is not None})).view()
    assert read_hardware(view, compute=False).mlx is mlx
