"""Constants of the formulas against what was published, and the ends of intervals worked out by hand."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas import footprints, movement, retrieval
from poc_gate.flow.formulas.load import queueing
from poc_gate.flow.formulas.load.held_context import Held, held_tokens, requests_held
from poc_gate.flow.formulas.load.spread import constant, fitted
from poc_gate.flow.formulas.normal import normal_quantile
from poc_gate.flow.formulas.proportions import upper_bound
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.span import as_span

GIB = 2.0**30


@pytest.mark.parametrize(
    ("names", "block", "published"),
    [
        (("fp32", "float32", "f32"), 32, 32.0),
        (("bf16", "bfloat16", "fp16", "float16", "f16", "half"), 16, 16.0005),
        (("q8_0", "q8"), 8 * 34 / 32, 8.5008),
        (("fp8", "int8", "w8a8"), 8, 9.08e9 * 8 / 8.03e9),
        (("q6_k",), 8 * 210 / 256, 6.5633),
        (("q5_k_m",), 8 * 176 / 256, 5.7036),
        (("q5_k_s",), 8 * 176 / 256, 5.5704),
        (("q5_0",), 8 * 22 / 32, 5.21 * GIB * 8 / 8.03e9),
        (("q4_k_m",), 8 * 144 / 256, 4.8944),
        (("q4_k_s",), 8 * 144 / 256, 4.6672),
        (("q4_0",), 8 * 18 / 32, 4.34 * GIB * 8 / 8.03e9),
        (("q4_1",), 8 * 20 / 32, 4.78 * GIB * 8 / 8.03e9),
        (("q3_k_m",), 8 * 110 / 256, 3.74 * GIB * 8 / 8.03e9),
        (("q2_k",), 8 * 84 / 256, 3.1593),
        (("iq4_xs",), 8 * 136 / 256, 4.4597),
        (("awq", "gptq", "int4", "w4a16"), 4 + 20 / 128, 5.73e9 * 8 / 8.03e9),
        (("nf4",), 4 + 8 / 64 + 32 / 64 / 256, 5.7026e9 * 8 / 8.03e9),
        (("mxfp4",), 8 * 17 / 32, 13.76e9 * 8 / 20.9e9),
        (("nvfp4",), 4 + 8 / 16, 4.5 + 2 * 128256 * 4096 * 11.5 / 8.03e9),
        (("fp4",), 4.25, 4.5 + 2 * 128256 * 4096 * 11.5 / 8.03e9),
    ],
)
def test_bits_lie_between_those_of_a_block_and_those_of_a_whole_file(names, block, published):
    """Low: a block of the format and its scales; high: whole files of small models.

    Files are of Llama 3 8B (8.03e9 weights), from llama.cpp's tables of quantisation (bits, or GiB), and from huggingface.co, read
    on 2026-11-29: hugging-quants/Meta-Llama-3.1-8B-Instruct-AWQ-INT4, 4.68 + 1.05 GB; hugging-quants/
    Meta-Llama-3.1-8B-Instruct-BNB-NF4, 5,702,577,951 bytes by its index; nvidia/Llama-3.1-8B-Instruct-FP8, 5.00 + 4.08 GB;
    openai/gpt-oss-20b, 4.79 + 4.80 + 4.17 GB. NVFP4: two vocabularies of 128,256 x 4,096 at 16 bits, no file was found.
    """
    for name in names:
        found = footprints.bits_of_precision(name)
        assert found is not None
        assert found.low == pytest.approx(block, abs=0.38), "mixed formats have larger blocks among them"
        assert found.low >= block - 0.04
        assert found.likely == found.high
        assert published - 0.02 <= found.high <= published + 0.3


def test_two_bits_with_their_scales_are_two_and_five_eighths():
    found = footprints.bits_of_precision("Q2_K")
    assert found is not None
    assert found.low == pytest.approx(8 * 84 / 256, abs=0.03)


@pytest.mark.parametrize(
    ("names", "bits"),
    [
        (("awq", "gptq", "w4a16"), (4 + 20 / 128,) * 3),
        (("int4",), (4.127, (4.156 + 4.5) / 2, 4.5)),
        (("nf4",), (4.127, 4.127, 4.5)),
        (("int8",), (8.0,) * 3),
    ],
)
def test_bits_beside_a_vocabulary_count_the_scales(names, bits):
    """A block of 64 with a scale of 32 bits: 4.5; those scales at 8 bits: 4 + 8/64 + 32/(64 x 256).

    A thousand layers of 1e15 weights leave nothing to the vocabulary.
    """
    for name in names:
        found = footprints.effective_bits(name, 1e15, 1000)
        assert found is not None
        for end, expected in zip((found.low, found.likely, found.high), bits, strict=True):
            assert end == pytest.approx(expected, abs=0.02)


def test_what_activations_and_runtime_take():
    """Half a GiB to 0.8 GiB; the likely figure with which one of 151 published fits is wrong."""
    low, likely, high = footprints.RESERVE_PER_DEVICE
    assert (low, likely, high) == (2**29, pytest.approx(697_932_185.6), pytest.approx(858_993_459.2))


@pytest.mark.parametrize("parameters", [1.0, 0.5])
def test_a_model_of_hardly_any_parameters_has_its_bits_too(parameters):
    found = footprints.effective_bits("awq", parameters, 32)
    assert found is not None
    assert found.low == 16.0


def test_parts_of_a_head_are_heads_too():
    """Half a head of a cache over four devices lies eight times; nonsense, but no less than one copy a device."""
    assert footprints.kv_copies(4, 0.5) == 8


@pytest.mark.parametrize(
    ("family", "low", "likely", "high"),
    [
        ("server", 16, 20, 28),
        ("server-native", 16, 20, 60),
        ("server25", 16, 32, 100),
        ("local", 0.5, 4, 28),
        ("unknown", 0.5, 32, 582.4),
        ("server-any", 16, 32, 100),
        ("server-native-any", 16, 32, 100),
        ("apple25", 0.5, 4, 28),
    ],
)
def test_engine_starts_are_those_of_published_logs(family, low, likely, high):
    """23 to 90 s of compiling and capturing beside 10 s of set-up since 2025; 16 to 28 s before; of a native engine to a minute."""
    found = movement.engine_start(family)
    assert (found.likely, found.low, found.high) == pytest.approx((likely, low, high))


@pytest.mark.parametrize(("parameters", "published"), [(8.03e9, 105 * GIB), (70.6e9, 912 * GIB)])
def test_a_checkpoint_has_the_size_of_the_mlperf_storage_benchmark(parameters, published):
    """Llama 3 8B and 70B, MLPerf Storage v2.0."""
    assert parameters * movement.CHECKPOINT_BYTES_PER_PARAMETER == pytest.approx(published, rel=0.01)


def test_what_a_store_feeds_is_rounded_away_from_the_middle():
    """Reaches 25.5 accelerators: 25 whole ones. The ends by the fitted interval, at least one away, never none."""
    reach = KINDS["ingest_max"]["batched"]
    found = movement.accelerators_fed(25.5 / reach, 1.0, batch=2)
    assert found.likely == 25
    three = movement.accelerators_fed(3.2 / reach, 1.0, batch=2)
    assert (three.low, three.likely, three.high) == (2, 3, 4)
    two = movement.accelerators_fed(2.2 / reach, 1.0, batch=2)
    assert (two.low, two.likely, two.high) == (1, 2, 3)


def test_a_load_takes_the_time_to_open_its_files():
    low, high = INTERVALS["coldstart"]
    empty = movement.load_time(0.0, 1e9, readers=1)
    assert (empty.low, empty.likely, empty.high) == (0.0, 0.0, pytest.approx(0.3))
    cached = movement.load_time(1.0, 1e9, readers=1, cached=True)
    assert cached.low == pytest.approx(cached.likely * low)
    assert cached.high == pytest.approx(cached.likely * high + 0.3)


def test_loaders_scatter_beyond_thirty_gigabytes_a_second():
    _, high = INTERVALS["coldstart"]
    at = movement.load_time(1e12, 30e9, readers=1)
    beyond = movement.load_time(1e12, 30.1e9, readers=1)
    assert at.high == pytest.approx(at.likely * high + 0.3)
    assert beyond.high == pytest.approx(beyond.likely * 5 * high + 0.3)


def test_four_streams_are_many_and_unknown_ones_anything_from_one_to_four():
    several = movement.load_time(1e12, 20e9, readers=4)
    assert several == movement.load_time(1e12, 20e9, readers=400)
    fewer = movement.load_time(1e12, 20e9, readers=3.9)
    assert fewer == movement.load_time(1e12, 20e9, readers=1)
    assert fewer.likely > several.likely


def test_long_sequences_scatter_to_two_fifths_of_the_likely_rate():
    low, high = INTERVALS["train"]
    at = movement.training_rate(8e9, 312e12, tokens=32_768, recomputed=False)
    assert at.low == pytest.approx(at.likely * low)
    beyond = movement.training_rate(8e9, 312e12, tokens=32_769, recomputed=False)
    assert beyond.low == pytest.approx(beyond.likely * 0.4)
    assert beyond.high == pytest.approx(beyond.likely * high)


def test_a_wait_by_pollaczek_and_khinchine():
    """M/G/1 at 60 %: rho s (1 + c2) / 2 / (1 - rho), with the variation of the service itself."""
    service = fitted(0.4, 0.9)
    rate = 0.6 / service.mean
    wait = queueing.waiting(rate, service, 1)
    assert wait is not None
    assert service.variation > 0.1
    expected = 0.6 * service.mean * (1 + service.variation) / 2 / 0.4
    assert expected < 1
    assert wait.mean == pytest.approx(expected, rel=0.01)
    assert wait.weights[0] == pytest.approx(0.4), "one call in four out of ten finds the server idle"
    halves = queueing.waiting(1.2, constant(0.5), 1)
    assert halves is not None
    assert halves.weights[0] == pytest.approx(0.4)


def test_pages_of_a_graph_at_the_edges():
    """8,192 - 24 - 8 = 8,160 B a page hold an element of 104 + b d bytes and 24 + 18 M of neighbours."""
    page = 8192.0
    whole = retrieval.paged_graph_bytes(1, 7744, 1, 16)
    assert whole.likely == page, "104 + 7,744 + 312 = 8,160"
    apart = retrieval.paged_graph_bytes(1, 7745, 1, 16)
    assert apart.likely == pytest.approx(page + page / 26)
    full = retrieval.paged_graph_bytes(1, 8056, 1, 16)
    assert full.likely == pytest.approx(page + page / 26), "104 + 8,056 = 8,160"
    beyond = retrieval.paged_graph_bytes(1, 8057, 1, 16)
    assert beyond.likely == 8161


def test_neighbours_that_fill_more_than_a_page_are_counted():
    """M = 300: 5,424 B beside elements of 1,104 B, seven a page. M = 500: 9,024 B, more than a page."""
    found = retrieval.paged_graph_bytes(1, 1000, 1, 300)
    assert found.likely == pytest.approx(8192), "1,104 + 5,424 B fit into one"
    many = retrieval.paged_graph_bytes(1, 1000, 1, 500)
    assert many.likely == pytest.approx(8192 / 7 + 8192 * 9024 / 8160)
    some = retrieval.paged_graph_bytes(1, 4000, 1, 250)
    assert some.likely == pytest.approx(8192 + 8192), "4,104 and 4,524 B, each one a page"


def test_lists_take_nothing_where_there_are_none():
    assert retrieval.inverted_index_bytes(10, 4, 2).likely == pytest.approx(1.1 * 80)


@pytest.mark.parametrize("share", [1e-12, 0.001, 0.02424, 0.02426, 0.3, 0.7, 0.97574, 0.97576, 0.999])
def test_a_quantile_s_share_is_what_was_asked_for(share):
    """P(Z <= z) = erfc(-z / sqrt 2) / 2, to the last digits: the refining step makes 1e-9 of it 1e-16."""
    z = normal_quantile(share)
    assert 0.5 * math.erfc(-z / math.sqrt(2)) == pytest.approx(share, rel=3e-13)


def _by_score(failures: float, tried: float) -> float:
    """Wilson's bound with the correction for continuity: (n u - k - 1/2)^2 = z^2 n u (1 - u), solved for u."""
    z2, counted = 1.6448536269514722**2, failures + 0.5
    a, b = tried**2 + z2 * tried, 2 * tried * counted + z2 * tried
    return (b + math.sqrt(b * b - 4 * a * counted**2)) / (2 * a)


@pytest.mark.parametrize(("failures", "tried"), [(20_000, 100_000), (10_001, 1e9), (10_500, 20_000)])
def test_bounds_of_many_failures_are_wilson_s(failures, tried):
    assert upper_bound(failures, tried) == pytest.approx(_by_score(failures, tried), rel=1e-9)


def test_ten_thousand_failures_are_counted_exactly():
    """Garwood's bound, half of a chi-square quantile with 2 (k + 1) degrees of freedom, by Wilson and Hilferty."""
    freedom = 2 * 10_001
    spread = 2 / (9 * freedom)
    exact = freedom / 2 * (1 - spread + 1.6448536269514722 * math.sqrt(spread)) ** 3
    assert upper_bound(10_000, 1e9) * 1e9 == pytest.approx(exact, rel=3e-6)


def test_whatever_was_tried_may_have_failed():
    assert upper_bound(5, 5) == 1.0
    with pytest.raises(CannotDeriveError):
        upper_bound(5.5, 5)
    assert upper_bound(0, 0.5) == pytest.approx(1 - 0.05**2), "(1 - u)^0.5 = 0.05"


def test_answers_of_no_length_leave_the_prompt_alone():
    """Prompts through (1,000, 3,000): sigma = ln 3 / 1.6449, mean m e^(s^2 / 2), deviation mean sqrt(e^(s^2) - 1)."""
    sigma2 = (math.log(3) / 1.6449) ** 2
    mean = 1000 * math.exp(sigma2 / 2)
    held = held_tokens((1000, 3000), (0, 0))
    assert held.mean == pytest.approx(mean)
    assert held.deviation == pytest.approx(mean * math.sqrt(math.exp(sigma2) - 1))
    even = held_tokens((1000, 1000), (0, 0))
    assert even == Held(1000, 0.0)
    short = held_tokens((0, 0), (0.5, 0.5))
    assert (short.mean, short.deviation) == (pytest.approx(0.25), pytest.approx(0.5 / math.sqrt(12)))


def test_small_rooms_and_small_contexts_count_too():
    assert requests_held(0.5, Held(0.25, 0.0)) == pytest.approx(2.0)
    assert requests_held(-1.0, Held(10.0, 0.0)) == 0.0
    assert requests_held(10.0, Held(0.0, 1.0)) == 0.0


def test_lengths_of_which_only_the_longest_is_known_count_as_that():
    assert held_tokens((0, 300), (0, 0)).mean == 300
    assert held_tokens((500, 300), (0, 0)).mean == 300
    assert held_tokens((0.5, 0.9), (0, 0)).mean == pytest.approx(
        0.5 * math.exp((math.log(1.8) / 1.6449) ** 2 / 2)
    )
    assert held_tokens((0, 0), (0, 0)) == Held(0.0, 0.0)


def test_a_step_s_bytes_by_the_storage_benchmark():
    """3D U-Net of MLPerf Storage: 7 samples of 146.6 MB in 0.323 s at 90 %: 2.86 GB/s an accelerator."""
    need = movement.ingest_need(as_span(7.0), as_span(146.6e6), as_span(0.323), utilisation=0.9)
    assert need.likely == pytest.approx(2.86e9, rel=0.002)
