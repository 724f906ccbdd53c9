"""When the first token comes from a server that batches, by sums done by hand and the published table of the Poisson distribution."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.engine_model import compute_reached, step_time
from poc_gate.flow.formulas.speed.family_constants import constants_of, slower_in_batches
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.prompt_phase import prefill_flops, prompt_exchange
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.model.engines.serving_engines import serving_engine

DENSE = Network(16e9, 8e9, 32, kv_per_token=131072.0)
H100 = Hardware(3.35e12, 989e12, vendor="nvidia", link="fast")
FIXED = KINDS["loaded"]["fixed"]
MEAN = Lengths(1000.0, 100.0)


class Plain(BatchServer):
    """A server whose step takes 20 ms, and a prompt 0.1 ms a token."""

    def step(self, flight: float, rate: float, mean: Lengths) -> float:
        """Return 20 ms."""
        return 0.02

    def prompt_time(self, tokens: float) -> float:
        """Return 0.1 ms a token."""
        return tokens * 1e-4


PLAIN = Plain(DENSE, H100, "server", 64.0)
PATIENT = Plain(DENSE, H100, "server", 64.0, patience=20.0)


@pytest.mark.parametrize(
    ("rate", "prompt", "first"),
    [
        (0.0, 2000.0, 0.01 + 0.2),
        (2.0, 2000.0, 0.01 + 0.0125 + 0.2),
        (2.0, 50.0, 0.01 + 0.0125 + 0.02),
        (20.0, 1000.0, 0.01 + 49.95 + 0.1),
    ],
)
def test_a_prompt_waits_for_half_a_step_and_those_before_it(rate: float, prompt: float, first: float) -> None:
    """Prompts of 0.1 s at 2/s keep it busy for a fifth: M/D/1 waits 0.2 x 0.1 / 2 x 0.8 = 12.5 ms; it is never busy beyond 99.9 %."""
    assert PLAIN.time_to_first(4.0, rate, Lengths(prompt, 10.0), MEAN) == pytest.approx(FIXED + first)
    assert PLAIN.time(4.0, rate, Lengths(prompt, 10.0), MEAN) == pytest.approx(FIXED + first + 0.2)


@pytest.mark.parametrize(
    ("flight", "joins"),
    [
        (1.0, 0.9999),
        (2.0, 0.9955),
        (4.0, 0.8893),
        (6.0, 0.6063),
        (10.0, 0.1301),
        (100.0, 0.0),
        (101.0, 0.0),
        (400.0, 0.0),
    ],
)
def test_a_patient_engine_holds_a_prompt_back_unless_its_batch_is_small(flight: float, joins: float) -> None:
    """P(N <= 6) of a Poisson number in the tables; of a batch that is never small all 20 steps."""
    assert PATIENT.held_back(flight) == pytest.approx(20.0 * (1.0 - joins), abs=1.1e-3)
    assert PLAIN.held_back(flight) == 0.0
    held = 20.0 * (1.0 - joins)
    late = PATIENT.time_to_first(flight, 2.0, MEAN, MEAN) - PLAIN.time_to_first(flight, 2.0, MEAN, MEAN)
    assert late == pytest.approx(0.5 * held * 0.02, abs=2e-5)
    slowest = PATIENT.slowest_first(flight, 2.0, MEAN, 3.0) - PLAIN.slowest_first(flight, 2.0, MEAN, 3.0)
    assert slowest == pytest.approx(held * 0.02, abs=3e-5)


def test_patience_of_a_step_counts_as_well() -> None:
    assert PLAIN._replace(patience=0.5).held_back(400.0) == 0.5
    assert PLAIN._replace(patience=0.5).held_back(4.0) == pytest.approx(0.5 * (1 - 0.8893), abs=1e-4)


def test_defaults_are_those_that_engines_publish() -> None:
    """text-generation-inference: `--max-waiting-tokens` 20; vLLM: `max_num_batched_tokens` 2048 with chunked prefill."""
    assert serving_engine("tgi").patience == 20
    server, mean = BatchServer(DENSE, H100, "server25", 64.0), Lengths(4096.0, 100.0)
    alone = server.step(1.0, 0.0, mean)
    longer = server.prompt_time(4096.0) - 2 * alone
    assert longer > 0
    assert server.step(1.0, 2.0, mean) == pytest.approx(alone / (1.0 - 2.0 * longer))


@pytest.mark.parametrize(
    ("prompt", "longer"),
    [(1000.0, 0.1 * math.exp(-0.2) - 0.08), (100.0, 0.01 * math.exp(-2.0)), (0.0, 0.0)],
)
def test_prompts_that_differ_wait_longer_in_the_mean(prompt: float, longer: float) -> None:
    """The longer of a step and an exponential time is step + prompt e^(-step / prompt) in the mean."""
    mean = Lengths(prompt, 100.0)
    assert PLAIN.mean_to_first(4.0, 2.0, mean) == pytest.approx(
        PLAIN.time_to_first(4.0, 2.0, mean, mean) + longer
    )


@pytest.mark.parametrize(
    ("rate", "longest", "first"),
    [
        (0.0, 3.0, 0.02 + 0.3),
        (2.0, 3.0, 0.02 + 0.0125 + 0.3),
        (2.0, 0.1, 0.02 + 0.0125 + 0.02),
        (20.0, 1.0, 0.02 + 49.95 + 0.1),
    ],
)
def test_one_in_a_hundred_waits_for_a_whole_step_and_its_own_longer_prompt(
    rate: float, longest: float, first: float
) -> None:
    assert PLAIN.slowest_first(4.0, rate, MEAN, longest) == pytest.approx(FIXED + first)


MIXTRAL = Network(93.4e9, 46.7e9, 32, 12.9e9, kv_per_token=131072.0, experts=8.0, experts_used=2.0)
TWO_AMD = Hardware(5.3e12, 1307e12, vendor="amd", link="fast", devices=2.0)
SLOWER = slower_in_batches(MIXTRAL, "server25", "amd")


@pytest.mark.parametrize("pace", [1.0, 2.0])
@pytest.mark.parametrize(("tokens", "reads"), [(16.0, True), (8192.0, False)])
def test_a_short_prompt_of_a_mixture_takes_as_long_as_its_experts_are_read(
    pace: float, tokens: float, reads: bool
) -> None:
    """Sixteen tokens choose nearly all of eight experts: 93 GB over two devices; of thousands the arithmetic is longer."""
    server = BatchServer(MIXTRAL, TWO_AMD, "server25", 64.0, pace=pace)
    read = MIXTRAL.weight_read(tokens) / (constants_of("server25")["reach"] * 2 * 5.3e12)
    computed = prefill_flops(MIXTRAL, tokens) / compute_reached(TWO_AMD, "server25")
    assert (read > computed) is reads
    exchange = prompt_exchange(MIXTRAL, TWO_AMD, "server25", tokens)
    assert SLOWER > 1.0
    assert exchange > 0.0
    assert server.prompt_time(tokens) == pytest.approx(pace * SLOWER * (max(read, computed) + exchange))
    assert server.prompt_time(0.0) == 0.0
    alone = step_time(MIXTRAL, TWO_AMD, "server25", batch=4.0, context=1050.0)
    assert server.step(4.0, 0.0, MEAN) == pytest.approx(pace * SLOWER * alone)


def test_a_dense_model_is_read_by_the_step_before() -> None:
    """Its weights pass with the tokens of the batch in any case, so that a prompt of few tokens takes its arithmetic alone."""
    server = BatchServer(DENSE, H100, "server25", 64.0)
    assert server.prompt_time(4.0) == pytest.approx(
        prefill_flops(DENSE, 4.0) / compute_reached(H100, "server25")
    )
