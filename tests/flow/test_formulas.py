"""Textbook and published numbers that each formula must give back."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas import movement, retrieval
from poc_gate.flow.formulas.footprints import (
    bits_of_precision,
    kv_bytes_per_token,
    sequence_bytes,
)
from poc_gate.flow.formulas.index_build import PAGED, compared, graph_in_memory
from poc_gate.flow.formulas.load import queueing
from poc_gate.flow.formulas.load.spread import Spread, fitted, in_series, repeated, slowest_of
from poc_gate.flow.formulas.normal import normal_quantile
from poc_gate.flow.formulas.proportions import trials_needed, upper_bound
from poc_gate.flow.formulas.search_time import Graph
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.span import Span, as_span, sum_of_independent
from poc_gate.model.fact import FactTree
from poc_gate.model.quantity import Quantity

GIB = 2.0**30


def value(tree: FactTree, name: str) -> object:
    """Return a derived fact's plain number, text or flag."""
    found = Deriver(tree).find(name)[0]
    assert found.value is not None, found.why_unknown
    return getattr(found.value, "value", found.value)


def test_kv_bytes_of_published_models():
    assert kv_bytes_per_token(layers=32, kv_heads=8, head_dim=128, bits=16) == 131072
    assert kv_bytes_per_token(layers=61, kv_heads=0.5, head_dim=576, bits=16) == 70272


def test_windowed_layers_hold_their_window_only():
    assert sequence_bytes(10000, growing=10.0, capped=10.0, window=128) == 100000 + 1280
    tree = pilots.tree({"model.layers": 36, "model.windowed_layers": 18, "model.kv_heads": 8, "model.head_dim": 64,
                        "model.kv_bits": 16, "model.sliding_window": 128, "demand.in_tokens_p95": 8000,
                        "demand.out_tokens_p95": 192})  # fmt: skip
    half = 2 * 18 * 8 * 64 * 2
    assert value(tree, "flow.kv.bytes_per_token") == half
    assert value(tree, "flow.kv.bytes_per_sequence") == half * 8192 + half * 128


def test_windowed_layers_of_another_width_hold_their_window_only():
    """Gemma 4 31B with an 8-bit cache: ten full layers of 4,096 B a token, fifty windowed ones of 8,192 B."""
    shape = {"model.kv_bytes_per_token": 450_560, "model.kv_windowed_bytes_per_token": 409_600, "model.sliding_window": 1024,
             "demand.in_tokens_p95": 8000, "demand.out_tokens_p95": 192}  # fmt: skip
    tree = pilots.tree(shape)
    assert value(tree, "flow.kv.bytes_per_token") == 40_960
    assert value(tree, "flow.kv.bytes_per_sequence") == 40_960 * 8192 + 409_600 * 1024
    typed = pilots.tree(
        {**shape, "model.kv_bytes_per_token": 100_000}
    )  # the engine's figure, which the part does not fit
    assert value(typed, "flow.kv.bytes_per_token") == 100_000
    assert value(typed, "flow.kv.bytes_per_sequence") == 100_000 * 8192
    assert value(pilots.tree({**shape, "model.sliding_window": None}), "flow.kv.bytes_per_token") == 450_560


def test_an_unknown_shape_cannot_be_sized():
    tree = pilots.tree({"model.layers": 32, "demand.in_tokens_p95": 100, "demand.out_tokens_p95": 100})
    found = Deriver(tree).find("flow.kv.bytes_per_sequence")[0]
    assert found.value is None
    assert "model.kv_heads" in found.why_unknown


def test_effective_bits_of_quantised_formats():
    q4 = bits_of_precision("Q4_K_M")
    assert q4 is not None
    assert 4.8 <= q4.low <= q4.high <= 4.9
    assert bits_of_precision("no-such-format") is None


def test_memory_and_concurrency_of_an_8b_model_on_80_gib():
    tree = pilots.assistant("a")
    sequence = 131072 * 3900
    assert value(tree, "flow.device_memory.capacity") == 80 * GIB
    assert value(tree, "flow.device_memory.required") == pytest.approx(16.06e9 + 16 * sequence + 0.65 * GIB)
    engine = KINDS["kvcap"]["runtime"] * GIB + KINDS["kvcap"]["activation"] * 8192 * (8.03e9 / 12 / 32) ** 0.5
    most = Deriver(tree).find("flow.concurrency.max")[0]
    assert most.value.value == math.floor((0.9 * 80 * GIB - 16.06e9 - engine) / sequence)
    likely, counted = 0.9 * 80 * GIB - 16.06e9 - engine, 0.03 * 0.9 * 80 * GIB
    apart = math.hypot(0.02 * 80 * GIB, counted, engine)
    assert most.low == math.floor((likely - apart) / sequence)
    small = KINDS["kvcap"]["runtime"] * GIB + KINDS["kvcap"]["activation"] * 2048 * (8.03e9 / 12 / 32) ** 0.5
    assert most.high == math.floor((0.95 * 80 * GIB + counted - 16.06e9 - 0.3 * small) / sequence)


def test_kv_heads_are_copied_when_devices_outnumber_them():
    tree = pilots.assistant("a", target__count=16.0, model__tensor_parallel=16.0)
    plain = pilots.assistant("a", target__count=8.0, model__tensor_parallel=8.0)
    kv = 16 * 131072 * 3900
    both = value(tree, "flow.device_memory.required"), value(plain, "flow.device_memory.required")
    assert both[0] - both[1] == pytest.approx(kv + 8 * 0.65 * GIB)  # type: ignore[operator]


def test_peak_fan_out_availability_retries_and_agents():
    tree = pilots.rich_trees()[0]
    assert value(tree, "flow.demand.peak_rate") == pytest.approx(2.0)
    eight = pilots.assistant(*"abcdefgh")
    assert value(eight, "flow.fanout.quantile_needed") == pytest.approx(0.99874, abs=1e-5)
    assert value(tree, "sources[policy].availability_need") == pytest.approx(0.9995)
    assert value(tree, "flow.agent.chain_success") == pytest.approx(0.544, abs=1e-3)
    changed = pilots.rich_trees()[0]
    facts = {**changed.facts, "path.retry_layers": pilots.fact("path.retry_layers", 3.0)}
    facts["sources[policy].retries"] = pilots.fact("sources[policy].retries", 3.0)
    assert value(FactTree(facts, changed.items), "flow.retry.amplification") == 64


def test_index_of_ten_million_vectors_with_one_copy():
    assert retrieval.graph_index_bytes(10e6, 768, 4, 16).likely / GIB == pytest.approx(32.8, abs=0.1)


def test_backlog_at_eighty_percent_takes_four_times_the_outage():
    tree = pilots.tree({"pipeline.outage_tolerated": 3600.0, "pipeline.items_per_run": 800, "pipeline.refresh": 1000.0,
                        "pipeline.items_rate": 1.0})  # fmt: skip
    assert value(tree, "flow.backlog.drain") == pytest.approx(4 * 3600)


def test_a_backlog_that_never_drains_says_so():
    tree = pilots.tree({"pipeline.outage_tolerated": 3600.0, "pipeline.items_per_run": 2000, "pipeline.refresh": 1000.0,
                        "pipeline.items_rate": 1.0})  # fmt: skip
    found = Deriver(tree).find("flow.backlog.drain")[0]
    assert "never drains" in found.formula
    assert found.value == Quantity(math.inf, "s")


def test_ingest_of_the_published_workloads():
    need = movement.ingest_need(as_span(7), as_span(146.6e6), as_span(0.323), utilisation=0.9)
    assert need.likely == pytest.approx(2.86e9, rel=0.01)
    assert pytest.approx(105, rel=0.01) == movement.CHECKPOINT_BYTES_PER_PARAMETER * 8.03e9 / GIB


def test_queues_give_the_textbook_waits():
    assert queueing.mean_wait(5.8 / 3600, 600, 1) / 60 == pytest.approx(290)
    assert queueing.mean_wait(5.8 / 3600, 600, 2) / 60 == pytest.approx(3.05, abs=0.01)
    assert slowest_of(Spread((0.0, 1.0), (0.99, 0.01)), 100).weights[-1] == pytest.approx(0.634, abs=1e-3)
    assert queueing.erlang_c(1, 0.7) == pytest.approx(0.7)
    assert queueing.mean_wait(1.0, 1.0, 1) == math.inf


def test_rule_of_three_and_exact_bounds():
    assert upper_bound(0, 300) == pytest.approx(3 / 300, rel=0.01)
    assert trials_needed(0.01) == 299
    assert upper_bound(300, 300) == 1.0
    assert upper_bound(5, 100) == pytest.approx(0.1022, abs=1e-3)


def test_normal_quantiles():
    for share, z in ((0.5, 0.0), (0.95, 1.644854), (0.99, 2.326348), (0.0001, -3.719016)):
        assert normal_quantile(share) == pytest.approx(z, abs=1e-6)


def test_a_declared_speed_beyond_the_memory_is_found_out():
    tree = pilots.assistant("a", model__declared_tokens_per_s=273.0)
    found = Deriver(tree).find("flow.decode.declared_share")[0]
    assert found.value.value == pytest.approx(1.31, abs=0.01)
    assert "131% of the memory's bandwidth" in found.formula


def test_worst_age_adds_refresh_run_index_and_cache():
    base = pilots.tree({"sources[a].refresh": 86400.0, "sources[a].kind": "snapshot", "sources[a].extract_time": 3600.0,
                        "pipeline.run_p95": 1800.0, "pipeline.index": 600.0, "pipeline.cache_ttl": 300.0,
                        "pilot.uses": ("retrieval",)}, sources=("a",))  # fmt: skip
    assert value(base, "sources[a].worst_age") == 86400 + 3600 + 1800 + 600 + 300
    assert value(base, "flow.age.worst") == value(base, "sources[a].worst_age")


def test_cost_grows_with_whole_replicas_and_elasticity_says_so():
    tree = pilots.rich_trees()[0]
    now, later = value(tree, "flow.cost.month"), value(tree, "flow.cost.month_10x")
    assert now < later < 10 * now  # type: ignore[operator]
    assert value(tree, "flow.cost.elasticity") == pytest.approx(math.log10(later / now))  # type: ignore[operator]
    assert value(tree, "flow.cost.per_request") * 20000 * 365.25 / 12 == pytest.approx(now)  # type: ignore[operator]


def test_measured_storage_counts_before_declared_storage():
    values = {"training.read_rate": 1e9, "machine.storage.read_sequential": 3e9}
    assert value(pilots.tree(values), "flow.ingest.have") == 3e9


@pytest.mark.parametrize(
    "part", [{"machine.accelerators.mig": True}, {"target.device": "NVIDIA-H100-80GB-HBM3-MIG-1g.10gb"}]
)
def test_a_slice_has_the_memory_of_the_slice_and_never_that_of_the_device(part: dict[str, object]):
    facts = {
        "target.device": "h100",
        "target.count": 1,
        "machine.accelerators.memory_total": 80 * GIB,
        **part,
    }
    unknown = Deriver(pilots.tree(facts)).find("flow.device_memory.capacity")[0]
    assert unknown.value is None
    assert "target.device_memory" in unknown.inputs
    assert (
        value(pilots.tree({**facts, "target.device_memory": 10 * GIB}), "flow.device_memory.capacity")
        == 10 * GIB
    )


def test_devices_that_do_not_work_hold_nothing():
    facts = {"target.device": "h100", "target.count": 2, "machine.accelerators.memory_total": 80 * GIB,
             "machine.accelerators.count": 1, "machine.accelerators.lost": 1}  # fmt: skip
    assert value(pilots.tree(facts), "flow.device_memory.capacity") == 80 * GIB


def test_errors_of_independent_parts_add_up_as_squares():
    found = sum_of_independent(Span(10.0, 7.0, 13.0), Span(5.0, 1.0, 9.0))
    assert found == Span(15.0, 10.0, 20.0)
    assert sum_of_independent(Span(2.0, 1.0, 3.0)) == Span(2.0, 1.0, 3.0)


def test_a_latent_cache_leaves_room_for_far_fewer_requests():
    shape = {
        "model__parameters": 6.71e11, "model__active_parameters": 3.75e10, "model__weight_bytes": 6.89e11, "model__layers": 61.0,
        "model__kv_heads": 128.0, "model__kv_bytes_per_token": 70272.0, "model__tensor_parallel": 8.0, "target__count": 8.0,
        "machine__accelerators__memory_total": 1.43e11, "model__engine": "sglang", "model__planned_concurrency": 200.0,
    }  # fmt: skip
    whole = pilots.assistant("a", **shape, model__attention="latent")
    split = pilots.assistant("a", **shape, model__attention="grouped")
    assert value(split, "flow.kv.tokens_max") == pytest.approx(8 * value(whole, "flow.kv.tokens_max"))
    assert value(whole, "flow.device_memory.required") > value(split, "flow.device_memory.required") + 3e11
    assert value(whole, "flow.device_memory.fits") == "does not fit"


def test_a_search_takes_longer_in_a_larger_index_and_with_more_candidates_and_gives_the_path_its_time():
    index = {
        "retrieval__vectors": 1e6,
        "retrieval__dims": 768.0,
        "retrieval__index": "hnsw",
        "retrieval__engine": "hnswlib",
    }
    known = pilots.assistant("a", **index, retrieval__ef_search=64.0)
    base = value(known, "flow.search.time")
    assert 1e-4 < base < 1e-2
    assert value(pilots.assistant("a", **index, retrieval__ef_search=256.0), "flow.search.time") > 2 * base
    assert (
        value(
            pilots.assistant("a", **{**index, "retrieval__vectors": 1e4}, retrieval__ef_search=64.0),
            "flow.search.time",
        )
        < base
    )
    service = Deriver(pilots.assistant("a", **{**index, "retrieval__engine": "qdrant"})).find(
        "flow.search.time"
    )[0]
    assert service.high > 4 * service.value.value
    undeclared = {
        name: fact for name, fact in known.facts.items() if not name.startswith("retrieval.search_")
    }
    path = Deriver(FactTree(undeclared, known.items)).find("flow.latency.p99")[0]
    assert path.value is not None
    assert any("the search takes" in line for line in path.assumptions)


def test_a_cache_that_other_machines_may_use_makes_a_search_slower_at_most_and_no_faster():
    index = {"retrieval__vectors": 1e5, "retrieval__dims": 96.0, "retrieval__index": "hnsw", "retrieval__engine": "hnswlib"}  # fmt: skip
    memory = {"machine__memory__latency": 4e-7, "machine__memory__read_1": 2e10, "machine__cpu__l3": 3e8}
    whole = Deriver(pilots.assistant("a", **index, **memory, machine__cpu__allowed=96.0)).find(
        "flow.search.time"
    )[0]
    shared = Deriver(pilots.assistant("a", **index, **memory, machine__cpu__allowed=2.0)).find(
        "flow.search.time"
    )[0]
    assert (shared.value, shared.low) == (whole.value, whole.low)
    assert shared.high > 1.5 * whole.high
    assert any("last-level cache are this machine's own" in line for line in shared.assumptions)


def test_a_library_builds_its_index_faster_than_a_service_and_cores_wait_for_one_another():
    times = {}
    for engine, cores in (
        ("hnswlib", 1.0),
        ("hnswlib", 8.0),
        ("pgvector", 8.0),
        ("weaviate", 8.0),
        ("opensearch", 8.0),
    ):
        stated = {"retrieval__vectors": 1e6, "retrieval__dims": 128.0, "retrieval__index": "hnsw", "retrieval__engine": engine,
                  "retrieval__cores": cores, "retrieval__ef_construction": 64.0, "retrieval__m": 16.0, "retrieval__build_memory": 8e9}  # fmt: skip
        times[engine, cores] = value(pilots.assistant("a", **stated), "flow.reindex.build_time")
    assert 4.0 < times["hnswlib", 1.0] / times["hnswlib", 8.0] < 7.0
    assert times["hnswlib", 8.0] < times["pgvector", 8.0] < times["weaviate", 8.0] < times["opensearch", 8.0]


def test_a_build_that_may_not_fit_its_memory_says_so_and_one_that_does_not_is_wide():
    index = {
        "retrieval__vectors": 1e6,
        "retrieval__dims": 128.0,
        "retrieval__index": "hnsw",
        "retrieval__cores": 8.0,
    }
    times = {}
    for engine, memory in (("pgvector", None), ("pgvector", 8e9), ("pgvector", 1e8), ("hnswlib", None)):
        given = {} if memory is None else {"retrieval__build_memory": memory}
        tree = pilots.assistant("a", **index, retrieval__engine=engine, **given)
        times[engine, memory] = Deriver(tree).find("flow.reindex.build_time")[0]
    unknown, fits, spilled = (times["pgvector", memory] for memory in (None, 8e9, 1e8))
    assert unknown.value is None
    assert "retrieval.build_memory" in unknown.why_unknown
    assert "retrieval.build_memory" in spilled.outside
    assert not fits.outside
    assert not times["hnswlib", None].outside
    assert unknown.low == fits.low
    assert spilled.high < unknown.high < 1.1 * spilled.high
    work = 1e6 * compared(Graph(1e6, 512.0, 16.0), 64.0) / 8.0 ** KINDS["reindex"]["parallel"]
    work *= 1.0 - 1e8 / graph_in_memory(Graph(1e6, 512.0, 16.0))
    assert spilled.value.value - fits.value.value == pytest.approx(work * PAGED.likely)
    assert (spilled.low - fits.low, spilled.high - fits.high) == pytest.approx(
        (work * PAGED.low, work * PAGED.high)
    )


def test_engines_that_count_windowed_layers_whole_report_fewer_tokens_of_cache():
    shape = {"model__layers": 36.0, "model__sliding_window": 128.0}
    plain = Deriver(pilots.assistant("a", **shape)).find("flow.kv.tokens_max")[0]
    mixed = Deriver(pilots.assistant("a", **shape, model__windowed_layers=18.0)).find("flow.kv.tokens_max")[0]
    assert mixed.value.value == pytest.approx(2.0 * plain.value.value)
    assert mixed.low == pytest.approx(plain.low)


def test_training_on_sequences_longer_than_any_that_was_fitted_decides_nothing_by_its_likely_value():
    stated = {"model__parameters": 8.03e9, "machine__accelerators__compute_half": 989e12}
    for tokens, outside in ((8192.0, False), (131072.0, True)):
        tree = pilots.assistant("a", **stated, training__sequence_tokens=tokens)
        rate = Deriver(tree).find("flow.training.rate")[0]
        assert rate.value is not None
        assert any("sequences beyond 32,768 tokens" in line for line in rate.assumptions) is outside
        assert (rate.value.value / rate.low > 2.0) is outside


@pytest.mark.parametrize("count", [1, 2, 32, 33, 100, 1001])
def test_many_calls_in_series_add_up_as_they_do_one_by_one(count: int):
    one = fitted(0.02, 0.08)
    quick, slow = in_series(repeated(one, count)), in_series([one] * count)
    assert quick.mean == pytest.approx(count * one.mean)
    assert quick.quantile(0.5) == pytest.approx(slow.quantile(0.5), rel=0.05)
    assert quick.quantile(0.99) == pytest.approx(slow.quantile(0.99), rel=0.05)
    assert len(repeated(one, 10**15)) <= 3
