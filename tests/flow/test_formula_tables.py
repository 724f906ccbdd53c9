"""Small formulas against published tables, sums in exact arithmetic, and values worked out by hand."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from poc_gate.flow.formulas import footprints, movement, retrieval
from poc_gate.flow.formulas.load import queueing
from poc_gate.flow.formulas.load.spread import constant, fitted
from poc_gate.flow.formulas.normal import normal_quantile
from poc_gate.flow.formulas.proportions import trials_needed, upper_bound
from poc_gate.flow.formulas.speed import offload
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.span import Span, as_span

GIB = 2.0**30


@pytest.mark.parametrize(
    "share", [1e-9, 1e-4, 0.001, 0.024, 0.0243, 0.1, 0.25, 0.5, 0.75, 0.9, 0.9757, 0.976, 0.999, 1 - 1e-9]
)
def test_normal_quantiles_are_those_of_the_standard_library(share):
    assert normal_quantile(share) == pytest.approx(NormalDist().inv_cdf(share), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize(
    ("servers", "load", "published"),
    [
        (1, 0.8, 0.8),
        (2, 1.0, 1 / 3),
        (3, 2.0, 4 / 9),
        (5, 4.0, 0.5541),
        (10, 5.0, 0.0361),
        (100, 90.0, 0.2169),
        (2.9, 1.0, 1 / 3),
        (0.3, 0.5, 0.5),
    ],
)
def test_erlang_c_gives_the_published_values(servers, load, published):
    """Closed forms for one to three servers; the others from tables of Erlang's second formula."""
    assert queueing.erlang_c(servers, load) == pytest.approx(published, abs=6e-5)


def _erlang_c_by_sum(servers: int, load: float) -> float:
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (math.fsum(load**k / math.factorial(k) for k in range(servers)) + last)


@pytest.mark.parametrize("servers", [1, 2, 7, 40])
@pytest.mark.parametrize("busy", [0.05, 0.5, 0.95])
def test_erlang_c_is_its_defining_sum(servers, busy):
    assert queueing.erlang_c(servers, servers * busy) == pytest.approx(
        _erlang_c_by_sum(servers, servers * busy), rel=1e-9
    )


def test_erlang_c_at_the_ends():
    assert queueing.erlang_c(4, 0.0) == 0.0
    assert queueing.erlang_c(4, -1.0) == 0.0
    assert queueing.erlang_c(4, 4.0) == 1.0
    assert queueing.erlang_c(4, 9.0) == 1.0
    assert queueing.erlang_c(2000, 10.0) == 0.0


def test_waits_by_hand():
    assert queueing.mean_wait(0.8, 1.0, 1) == pytest.approx(4.0)
    assert queueing.mean_wait(0.8, 1.0, 1, variation=0.5) == pytest.approx(2.0), (
        "constant service halves the wait"
    )
    assert queueing.mean_wait(1.0, 1.0, 2) == pytest.approx(1 / 3)
    assert queueing.mean_wait(10.0, 0.1, 2) == pytest.approx(1 / 30)
    assert queueing.mean_wait(0.0, 1.0, 1) == 0.0
    assert queueing.mean_wait(2.0, 1.0, 2) == math.inf
    assert queueing.mean_wait(0.5, 1.0, 0.2) == pytest.approx(1.0), "less than one server counts as one"


def test_the_wait_of_a_station_has_erlang_s_probability_and_allen_cunneen_s_mean():
    wait = queueing.waiting(0.8, constant(1.0), 1)
    assert wait is not None
    assert wait.mean == pytest.approx(2.0, rel=0.01), "M/D/1"
    assert wait.weights[0] == pytest.approx(0.2)
    burst = queueing.waiting(0.8, constant(1.0), 1, arrival_variation=3.0)
    assert burst is not None
    assert burst.mean == pytest.approx(6.0, rel=0.01)
    assert queueing.waiting(1.0, constant(1.0), 1) is None
    idle = queueing.waiting(0.0, fitted(0.1, 0.2), 2)
    assert idle == constant(0.0)


def test_fan_out_and_little_by_hand():
    assert queueing.little(0.8, queueing.mean_wait(0.8, 1.0, 1)) == pytest.approx(3.2)
    assert queueing.little(2.5, 4.0) == 10.0


def _bound_by_sum(failures: int, tried: int) -> float:
    """The rate at which so few failures have a probability of 5 %, by exact binomials."""
    low, high = failures / tried, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        at_most = math.fsum(
            math.comb(tried, k) * middle**k * (1 - middle) ** (tried - k) for k in range(failures + 1)
        )
        low, high = (middle, high) if at_most > 0.05 else (low, middle)
    return high


@pytest.mark.parametrize(
    ("failures", "tried"),
    [(0, 1), (0, 59), (0, 100), (1, 10), (1, 100), (2, 100), (9, 10), (5, 1000), (40, 80)],
)
def test_upper_bounds_are_those_of_clopper_and_pearson(failures, tried):
    assert upper_bound(failures, tried) == pytest.approx(_bound_by_sum(failures, tried), rel=1e-9)


def test_upper_bounds_of_many_failures_follow_the_normal_distribution():
    """20,000 of 100,000: 0.2 + 1.645 sqrt(0.2 x 0.8 / 100,000)."""
    assert upper_bound(20_000, 100_000) == pytest.approx(0.2 + 1.645 * math.sqrt(0.16 / 1e5), abs=2e-5)
    assert upper_bound(10_001, 1e9) == pytest.approx(upper_bound(10_000, 1e9), rel=3e-4)


@pytest.mark.parametrize(("failures", "tried"), [(0, 0), (0, -1), (2, 1)])
def test_impossible_counts_are_refused(failures, tried):
    with pytest.raises(CannotDeriveError):
        upper_bound(failures, tried)


def test_trials_by_the_rule_of_three():
    assert [trials_needed(rate) for rate in (0.5, 0.1, 0.05, 0.01, 0.001)] == [5, 29, 59, 299, 2995]
    assert trials_needed(1.0) == 1
    assert trials_needed(2.0) == 1
    for rate in (0.0, -0.1):
        with pytest.raises(CannotDeriveError):
            trials_needed(rate)


def test_bits_of_weight_only_formats_keep_the_vocabulary_at_sixteen():
    """Llama 3 8B in groups of 4 bits: width sqrt(8.03e9 / (12 x 32)) = 4,573, two vocabularies of 140,000 rows."""
    width = math.sqrt(8.03e9 / (12 * 32))
    found = footprints.effective_bits("AWQ", 8.03e9, 32)
    assert found is not None
    for bits, vocabulary in ((found.low, 32e3), (found.likely, 140e3), (found.high, 260e3)):
        assert bits == pytest.approx(4.16 + 2 * vocabulary * width * (16 - 4.16) / 8.03e9)
    small = footprints.effective_bits("int8", 1e6, 2)
    assert small is not None
    assert small.high == 16.0
    assert footprints.effective_bits("awq", 8e9, None) == footprints.effective_bits(
        "awq", 8e9, footprints.usual_layers(8e9)
    )
    assert footprints.effective_bits("awq", 0.0, 32) == footprints.bits_of_precision("awq")
    assert footprints.effective_bits("Q4-K-M ", 8e9, 32) == Span(4.9, 4.8, 4.9)
    assert footprints.effective_bits("unheard-of", 8e9, 32) is None


def test_bits_of_mixtures_whose_experts_alone_are_narrow():
    """gpt-oss 20B: width 0.85 sqrt(3.6e9 / (12 x 24)), attention of 2.5 squares a layer and two vocabularies at 16 bits."""
    width = 0.85 * math.sqrt(3.6e9 / (12 * 24))
    found = footprints.effective_bits("mxfp4", 20.9e9, 24, active=3.6e9)
    assert found is not None
    for bits, vocabulary in ((found.low, 32e3), (found.likely, 140e3), (found.high, 260e3)):
        kept = 2.5 * 24 * width**2 + 2 * vocabulary * width
        assert bits == pytest.approx(4.25 + kept * (16 - 4.25) / 20.9e9)
    plain = footprints.effective_bits("nvfp4", 20.9e9, 24, active=3.6e9)
    assert plain is not None
    assert plain.likely == pytest.approx(4.5 + 2 * 140e3 * width * (16 - 4.5) / 20.9e9)
    for active in (0.0, 20.9e9, 3e10):
        assert footprints.effective_bits("mxfp4", 20.9e9, 24, active=active) == footprints.effective_bits(
            "mxfp4", 20.9e9, 24
        )
    assert footprints.hidden_width(1e9, 0.0) == 0.0


@pytest.mark.parametrize(("parameters", "layers"), [(8.03e9, 32), (70.6e9, 80), (405e9, 126)])
def test_usual_layers_are_those_of_llama_3(parameters, layers):
    assert footprints.usual_layers(parameters) == pytest.approx(layers, rel=0.12)


@pytest.mark.parametrize(
    ("precision", "parameters", "active", "published"),
    [
        ("awq", 8.03e9, 0.0, 5.73e9),
        ("nf4", 8.03e9, 0.0, 5.7026e9),
        ("fp8", 8.03e9, 0.0, 9.08e9),
        ("mxfp4", 20.9e9, 3.6e9, 13.76e9),
        ("mxfp4", 116.8e9, 5.1e9, 65.28e9),
    ],
)
def test_files_of_mixed_formats_are_as_large_as_published_ones(precision, parameters, active, published):
    """Only parameters are known: Llama 3.1 8B (sources in test_published_constants.py) and gpt-oss (openai/gpt-oss-20b, -120b)."""
    found = footprints.effective_bits(precision, parameters, None, active=active)
    assert found is not None
    assert found.likely * parameters / 8 == pytest.approx(published, rel=0.05)
    assert found.low * parameters / 8 <= published <= found.high * parameters / 8


def test_bits_of_the_narrow_part():
    assert footprints.body_bits(" NVFP4 ") == 4.5
    assert footprints.body_bits("q4_k_m") is None


def test_cache_bytes_by_hand():
    assert footprints.kv_bytes_per_token(layers=2, kv_heads=3, head_dim=5, bits=8) == 60
    assert footprints.sequence_bytes(100, growing=2.0, capped=3.0, window=10) == 230
    assert footprints.sequence_bytes(5, growing=2.0, capped=3.0, window=10) == 25
    assert footprints.kv_copies(8, 8) == 1
    assert footprints.kv_copies(8, 2) == 4
    assert footprints.kv_copies(4, 8) == 1
    assert footprints.kv_copies(8, 8, latent=True) == 8
    assert footprints.kv_copies(0.5, 8, latent=True) == 1
    assert footprints.kv_copies(8, None) == footprints.kv_copies(8, 0.0) == 1


def test_ingest_by_hand():
    need = movement.ingest_need(as_span(4), Span(10, 8, 12), as_span(2.0), utilisation=0.5)
    assert (need.likely, need.low, need.high) == (10, 8, 12)
    reach = KINDS["ingest_max"]
    many = movement.accelerators_fed(1000.0, 10.0, batch=2)
    assert many.likely == math.floor(100 * reach["batched"])
    alone = movement.accelerators_fed(1000.0, 10.0, batch=1)
    assert alone.likely == math.floor(100 * reach["single"])
    low, high = INTERVALS["ingest_max"]
    wide = movement.accelerators_fed(1e6, 1.0, batch=2)
    assert (wide.low, wide.high) == (round(wide.likely * low), round(wide.likely * high))
    few = movement.accelerators_fed(10.0, 10.0, batch=2)
    assert (few.low, few.likely, few.high) == (1, 1, 2)


def test_loading_by_hand():
    made = KINDS["coldstart"]
    low, high = INTERVALS["coldstart"]
    rate = made["one"] * 1e9 * 20 ** made["growth_one"]
    found = movement.load_time(20e9, 20e9, readers=1)
    assert found.likely == pytest.approx(20e9 / rate)
    assert (found.low, found.high) == (
        pytest.approx(max(1.0, 20e9 / rate * low)),
        pytest.approx(20e9 / rate * high + movement.SET_UP),
    )
    faster = movement.load_time(20e9, 50e9, readers=1)
    assert faster.likely < found.likely
    assert faster.high == pytest.approx(5.0 * faster.likely * high + movement.SET_UP), (
        "loaders differ most on the fastest stores"
    )
    slow = movement.load_time(20e9, 0.1e9, readers=8)
    assert slow.likely >= slow.low >= 200.0, "never faster than the store"
    many = movement.load_time(20e9, 20e9, readers=movement.PARALLEL_READERS)
    assert many.likely == pytest.approx(20e9 / (made["many"] * 1e9 * 20 ** made["growth_many"]))
    cached = movement.load_time(20e9, 20e9, readers=1, cached=True)
    assert cached.likely == pytest.approx(found.likely / made["cached"])
    assert cached.low == pytest.approx(cached.likely * low)
    either = movement.load_time(20e9, 20e9, readers=None)
    assert either.likely == pytest.approx(math.sqrt(found.likely * many.likely))
    assert (either.low, either.high) == (many.low, found.high)


def test_training_by_hand():
    made, (low, high) = KINDS["train"], INTERVALS["train"]
    layers, parameters = 28.5 * 8**0.245, 8e9
    width = math.sqrt(parameters / (12 * layers))
    seconds = 6 * parameters / 624e12 + 6 * layers * width * 2048 / 312e12
    share = made["mfu"] * 2 ** -made["fade"]
    found = movement.training_rate(parameters, 624e12, tokens=2048, recomputed=False, half=312e12)
    assert found.likely == pytest.approx(share / seconds)
    assert (found.low, found.high) == (pytest.approx(found.likely * low), pytest.approx(found.likely * high))
    again = movement.training_rate(parameters, 624e12, tokens=2048, recomputed=True, half=312e12)
    assert again.likely == pytest.approx(0.75 * found.likely), "8 flop instead of 6"
    plain = movement.training_rate(parameters, 624e12, tokens=2048, recomputed=False)
    assert plain.likely == pytest.approx(
        share / (6 * parameters / 624e12 + 6 * layers * width * 2048 / 624e12)
    )
    mixed = movement.training_rate(parameters, 624e12, tokens=2048, recomputed=False, active=1e9)
    narrow = math.sqrt(1e9 / (12 * layers))
    alone = share / (6 * 1e9 / 624e12 + 6 * layers * narrow * 2048 / 624e12)
    assert mixed.likely == pytest.approx(alone * made["mixture"])
    low, high = INTERVALS["train_mixture"]
    assert (mixed.low, mixed.high) == (pytest.approx(mixed.likely * low), pytest.approx(mixed.likely * high))
    whole = movement.training_rate(parameters, 624e12, tokens=2048, recomputed=False, active=parameters)
    assert whole == plain


def test_a_split_model_by_hand():
    """Half of the layers at 100 tokens/s and half at 10: 1 / (0.005 + 0.05)."""
    assert offload.split_bound(0.5, device_rate=100, host_rate=10) == pytest.approx(1 / 0.055)
    low, high = INTERVALS["offload"]
    found = offload.split_rate(0.5, device_rate=100, host_rate=10)
    assert found.likely == pytest.approx(KINDS["offload"]["reach"] / 0.055)
    assert (found.low, found.high) == (
        pytest.approx(found.likely * low),
        pytest.approx(min(1 / 0.055, found.likely * high)),
    )
    whole = offload.split_rate(1.0, device_rate=100, host_rate=10)
    assert (whole.low, whole.likely, whole.high) == (
        pytest.approx(95),
        pytest.approx(100),
        pytest.approx(100),
    )


def test_memory_in_use_by_hand():
    made, (low, high) = KINDS["mem"], INTERVALS["mem"]
    fixed, active = 1e9 + made["runtime"] * GIB, made["activation"] * 4096 * 4096
    short = offload.memory_used(Span(16e9, 15e9, 17e9), 1e9, prompt=4096, width=4096)
    assert short.likely == pytest.approx(16e9 + fixed + active)
    assert short.low == pytest.approx(min(short.likely, max(15e9, (15e9 + fixed + active) * low)))
    assert short.high == pytest.approx((17e9 + fixed + active) * high)
    long = offload.memory_used(Span(16e9, 15e9, 17e9), 1e9, prompt=8192, width=4096)
    assert long.high == pytest.approx((17e9 + fixed + 2 * active * 3) * high)
    assert long.low == pytest.approx(min(long.likely, max(15e9, (15e9 + fixed + 2 * active / 3) * low)))
    longer = offload.memory_used(Span(16e9, 15e9, 17e9), 1e9, prompt=4224, width=4096)
    assert longer.high == pytest.approx((17e9 + fixed + 1.03125 * active * 3) * high)
    tiny = offload.memory_used(Span(1e8, 1e8, 1e8), 1e9, prompt=8192, width=4096)
    assert tiny.low == pytest.approx((1e8 + fixed + 2 * active / 3) * low)


def test_index_bytes_by_hand():
    graph = retrieval.graph_index_bytes(1000, 10, 4, 16)
    assert graph.likely == pytest.approx(1.1 * (40 + 128) * 1000)
    assert (graph.low, graph.high) == (40_000, pytest.approx(1.2 * (40 + 256) * 1000))
    wide = retrieval.graph_index_bytes(1000, 10_000, 4, 1)
    assert wide.high == pytest.approx(1.5 * 4e7)
    bare = retrieval.graph_index_bytes(1000, 10, 4, 0, overhead=0.5)
    assert bare.low == bare.likely == 20_000
    lists = retrieval.inverted_index_bytes(1000, 10, 2, 100)
    assert lists.likely == pytest.approx(1.1 * (20_000 + 4000))
    assert (lists.low, lists.high) == (20_000, pytest.approx(30_000))
    assert retrieval.inverted_index_bytes(1000, 10, 2, 1000).high == pytest.approx(1.1 * 60_000)
    flat = retrieval.flat_index_bytes(1000, 10, 4)
    assert (flat.low, flat.likely, flat.high) == (40_000, 40_000, pytest.approx(44_000))


def test_pages_of_a_graph_by_hand():
    """pgvector, 1,536 dimensions of 4 bytes: 6,248 B an element, one a page; 25 lists of neighbours of 312 B on another."""
    found = retrieval.paged_graph_bytes(1000, 1536, 4, 16)
    assert found.likely == pytest.approx(1000 * 8192)
    assert (found.low, found.high) == (1000 * 6144, pytest.approx(1.25 * 1000 * 8192))
    small = retrieval.paged_graph_bytes(1000, 256, 4, 16)
    assert small.likely == pytest.approx(1000 * 8192 / (8160 // (1024 + 104 + 312)))
    tight = retrieval.paged_graph_bytes(1000, 2000, 4, 16)
    assert tight.likely == pytest.approx(1000 * (8192 / 1 + 8192 / (8160 // 312)))
    over = retrieval.paged_graph_bytes(1000, 3000, 4, 16)
    assert (over.low, over.likely, over.high) == (12_104_000, 12_104_000, pytest.approx(1.5 * 12_104_000))


def test_closed_loops_and_embedding_by_hand():
    low, high = INTERVALS["closedloop"]
    few, many = retrieval.closed_loop_rate(2, 10, 100), retrieval.closed_loop_rate(50, 10, 100)
    assert (few.likely, many.likely) == (20, 100)
    assert (few.low, few.high) == (pytest.approx(20 * low), pytest.approx(20 * high))
    made = KINDS["embed"]
    known = retrieval.embedding_rate(400e6, compute=100e12, tokens=256)
    assert known.likely == pytest.approx(made["mfu"] * 100e12 / (2 * 100e6 * 256))
    alone = 1 / (retrieval.LAUNCHED + 1 / known.likely)
    assert (known.low, known.high) == (pytest.approx(alone), pytest.approx(known.likely * 4))
    for guess, most in (
        (retrieval.embedding_rate(400e6), retrieval.SHORTEST),
        (retrieval.embedding_rate(400e6, compute=1e12), retrieval.SHORTEST),
        (retrieval.embedding_rate(400e6, tokens=9), 3.0),
    ):
        assert guess.likely == pytest.approx(made["bytes_per_s"] / 400e6)
        assert guess.low <= 1 / retrieval.LAUNCHED < guess.likely / 4
        assert guess.high == pytest.approx(guess.likely * most)


@pytest.mark.parametrize(
    ("parameters", "interval"), [(9.9e8, "train_small"), (1e9, "train"), (1.05e9, "train")]
)
def test_models_below_a_billion_parameters_train_at_any_share_of_the_peak(parameters, interval):
    found = movement.training_rate(parameters, 312e12, tokens=2048.0, recomputed=False)
    assert (found.low / found.likely, found.high / found.likely) == pytest.approx(INTERVALS[interval])
