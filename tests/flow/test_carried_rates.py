"""Intervals of measured rates, of memory and of compute, reach every time that rests on them; a busy machine says more yet."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import derive_facts
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity

RATES = {"machine.memory.read_all": 60e9, "machine.cpu.matrix_rate_fp32_all": 5e11}
ON_HOST = {
    **pilots.DEMAND, "model.hosting": "self", "model.kind": "llm", "model.engine": "llama.cpp", "target.device": "cpu",
    "model.parameters": 1.3e9, "model.weight_bytes": 1.4e9, "model.weight_bits": 8.5, "model.layers": 24, "model.kv_heads": 8,
    "model.head_dim": 128, "model.kv_bits": 16, "model.planned_concurrency": 1, "target.replicas": 1,
}  # fmt: skip
TIMES = ("flow.tpot.likely", "flow.prefill.time", "flow.ttft.likely")


def measured(
    spread: dict[str, float] | None = None, *, stable: bool = True, unstable: frozenset[str] = frozenset()
) -> dict[str, tuple[float, float, float]]:
    """Return low, likely and high of the times on rates whose intervals reach so far to both sides."""
    tree = pilots.tree(ON_HOST)
    for name, rate in RATES.items():
        reach = (spread or {}).get(name, 1.0)
        fact = Fact(
            name,
            Quantity(rate),
            Provenance.MEASURED,
            low=rate / reach,
            high=rate * reach,
            stable=stable and name not in unstable,
        )
        tree = tree.with_facts((fact,))
    found = derive_facts(tree, wanted=frozenset(TIMES))
    return {name: (f.low, f.value.value, f.high) for name in TIMES if (f := found.get(name))}


@pytest.mark.parametrize("name", sorted(RATES))
def test_the_interval_of_each_rate_widens_the_times_that_rest_on_it(name: str) -> None:
    plain, wide = measured(), measured({name: 2.0})
    grown = [time for time in TIMES if wide[time][2] > 1.2 * plain[time][2]]
    assert grown
    for time in TIMES:
        assert wide[time][1] == pytest.approx(plain[time][1])
        assert wide[time][0] <= plain[time][0]
        assert wide[time][2] >= plain[time][2]


def test_a_stable_rate_and_the_model_err_apart_and_an_unstable_rate_is_carried_whole() -> None:
    matrix = "machine.cpu.matrix_rate_fp32_all"
    _, likely, high = measured()["flow.prefill.time"]
    wide = measured({matrix: 2.0})["flow.prefill.time"]
    together = likely * math.exp(math.hypot(math.log(high / likely), math.log(2.0)))
    assert wide[2] == pytest.approx(together, rel=0.02)
    assert wide[0] < measured()["flow.prefill.time"][0]
    memory = frozenset({"machine.memory.read_all"})
    assert measured({matrix: 2.0}, unstable=memory)["flow.prefill.time"][2] == pytest.approx(
        2.0 * high, rel=0.05
    )


def test_a_machine_measured_under_other_work_may_be_many_times_slower_and_is_said_to() -> None:
    quiet, busy = measured(), measured(stable=False)
    for time in TIMES:
        assert busy[time][2] > 5.0 * quiet[time][2]
        assert busy[time][0] < quiet[time][0]
        assert busy[time][1] == pytest.approx(quiet[time][1])


def test_memory_rates_that_a_cache_makes_unstable_say_nothing_about_other_work() -> None:
    """On a guest that states a cache larger than what is read, memory is never stable, and nobody else is there."""
    assert measured(unstable=frozenset({"machine.memory.read_all"})) == measured()
