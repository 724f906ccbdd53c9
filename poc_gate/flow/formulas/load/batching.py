"""Servers that batch: how many requests are in flight, how long one takes, at which rate they overload."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from poc_gate.flow.formulas.speed.carried import carried_time
from poc_gate.flow.formulas.speed.engine_model import compute_reached, drafted, step_time
from poc_gate.flow.formulas.speed.family_constants import (
    LOADED,
    constants_of,
    loaded_family,
    slower_in_batches,
)
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.prompt_phase import filled, multiplied, prefill_flops, prompt_exchange
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

PIECE = 2048.0
"""Tokens of a prompt that engines compute in one step, by default."""

JOINED = 6
"""Largest batch that a prompt alone interrupts at once in an engine that holds prompts back: as many prompts must wait as 0.3 of the batch, rounded down
(`--waiting-served-ratio`)."""

PROMPTS_APART = "server"
"""Family whose engines do not mix prompts into steps by default: chunked prompts came with vLLM's V1 engine."""

FULL = 100.0
"""Requests in flight from which on a batch is never found small."""


class Lengths(NamedTuple):
    """Prompt and answer of one request, in tokens."""

    prompt: float
    answer: float


class BatchServer(NamedTuple):
    """One replica of a language model with continuous batching."""

    network: Network
    hardware: Hardware
    family: str
    most: float
    """Requests that fit at once: KV cache or admission limit."""
    pace: float = 1.0
    """Measured over predicted time of a step, where this server was measured (`formulas/calibration.py`)."""
    patience: float = 0.0
    """Steps after which the engine interrupts its batch for a prompt that waits alone; 0 where prompts join the next step."""

    @property
    def constants(self) -> str:
        """Return the name of the constants of its steps: of a serving engine under load those of the model's kind and the device's maker."""
        return loaded_family(self.network, self.hardware) if self.family == LOADED else self.family

    @property
    def slower(self) -> float:
        """Return how much longer everything takes for latent attention or a mixture of experts."""
        return slower_in_batches(
            self.network, self.family, self.hardware.vendor, own=self.hardware.own_kernels
        )

    def prompt_time(self, tokens: float) -> float:
        """Return the seconds that one prompt takes: it is computed, and devices exchange its sums; 0 where the compute rate is unknown.

        The tokens of a prompt choose most experts of a mixture, and all that are chosen have to be read.
        """
        rate = compute_reached(self.hardware, self.constants)
        if rate is None or tokens <= 0:
            return 0.0
        if "products" in constants_of(self.constants):  # kernels of engines for one user
            rate = multiplied(self.network, self.hardware, self.constants, tokens) * filled(
                self.network, self.constants, tokens
            )
        work = prefill_flops(self.network, tokens) / rate + carried_time(self.network, self.constants, tokens)
        if self.network.active_share < 1:
            reached = constants_of(self.constants)["reach"] * self.hardware.bandwidth * self.hardware.devices
            work = max(work, self.network.weight_read(tokens) / reached)
        exchange = prompt_exchange(self.network, self.hardware, self.constants, tokens)
        return self.pace * self.slower * (work + exchange)

    def step(self, flight: float, rate: float, mean: Lengths) -> float:
        """Return the seconds of one step with `flight` requests in the batch while `rate` prompts arrive.

        Prompts share the compute units with decoding. A step that computes a piece of one hides it behind the reads of
        a plain step and takes as much longer as the rest of it; every request in flight waits for such steps. Infinite
        when prompts alone fill the compute.
        """
        context = mean.prompt + mean.answer / 2.0
        alone = step_time(
            self.network, self.hardware, self.constants, batch=max(1.0, flight), context=context
        )
        alone *= self.pace * self.slower
        reached = compute_reached(self.hardware, self.constants)
        if reached is None:
            return alone
        busy = rate * self.prompt_time(mean.prompt)
        if busy >= 1.0:
            return float("inf")
        longer = self.interruption(alone, mean)
        checked = (1.0 + self.hardware.guessed) * drafted(self.hardware)
        own = self.pace * 2.0 * self.network.computed * checked * flight / reached / (1.0 - busy)
        return max(alone / (1.0 - rate * longer), own)

    def interruption(self, alone: float, mean: Lengths) -> float:
        """Return the seconds by which one prompt delays the others: what of it does not hide behind steps of `alone` seconds.

        Engines that schedule in Python between two steps, until 2024, compute prompts in a step of their own.
        """
        if self.family == PROMPTS_APART:
            return max(self.prompt_time(mean.prompt), alone)
        return max(0.0, self.prompt_time(mean.prompt) - max(1.0, mean.prompt / PIECE) * alone)

    def time_to_first(self, flight: float, rate: float, request: Lengths, mean: Lengths) -> float:
        """Return the seconds until the first token of one request beside `flight` mean ones.

        It waits for half a step, for the prompts before it (M/D/1) and for its own.
        """
        step, each = self.step(flight, rate, mean), self.prompt_time(mean.prompt)
        busy = min(0.999, rate * each)
        before = 0.5 * busy * each / (1.0 - busy)
        first = KINDS["loaded"]["fixed"] + 0.5 * step + before + max(self.prompt_time(request.prompt), step)
        held = self.held_back(flight)
        return first + 0.5 * held * step if held else first

    def held_back(self, flight: float) -> float:
        """Return the steps at most for which a prompt is held back, over the batches that it may find (Poisson); half of them on average."""
        if self.patience <= 0 or flight > FULL:
            return self.patience
        joins = sum(math.exp(-flight) * flight**n / math.factorial(n) for n in range(JOINED + 1))
        return self.patience * (1.0 - joins)

    def mean_to_first(self, flight: float, rate: float, mean: Lengths) -> float:
        """Return the mean seconds until the first token of requests whose prompts differ in length.

        A prompt shorter than a step waits for it, a longer one takes its own time: of lengths spread like an exponential
        distribution, the mean of the longer of both is step + prompt x exp(-step / prompt).
        """
        step, each = self.step(flight, rate, mean), self.prompt_time(mean.prompt)
        beyond = max(each, step) - step - each * math.exp(-step / each) if each > 0 else 0.0
        return self.time_to_first(flight, rate, mean, mean) - beyond

    def slowest_first(self, flight: float, rate: float, mean: Lengths, longest: float) -> float:
        """Return the seconds until the first token of one request in a hundred: the `longest` times the mean prompt, a whole step late."""
        step, each = self.step(flight, rate, mean), self.prompt_time(mean.prompt)
        before = 0.5 * min(0.999, rate * each) * each / (1.0 - min(0.999, rate * each))
        first = KINDS["loaded"]["fixed"] + step + before + max(self.prompt_time(longest * mean.prompt), step)
        held = self.held_back(flight)
        return first + held * step if held else first

    def time(self, flight: float, rate: float, request: Lengths, mean: Lengths) -> float:
        """Return the seconds of one request of those lengths beside `flight` mean ones."""
        step = self.step(flight, rate, mean)
        return self.time_to_first(flight, rate, request, mean) + request.answer * step

    def mean_time(self, flight: float, rate: float, mean: Lengths) -> float:
        """Return the seconds of one request among others of its lengths."""
        return self.time(flight, rate, mean, mean)

    def in_flight(self, rate: float, mean: Lengths) -> float | None:
        """Return the requests in flight at `rate` per second: the fixed point B = rate x R(B).

        None when there is none below `most`: the server is overloaded.
        """
        return _in_flight(self, rate, mean)

    def highest_rate(self, mean: Lengths) -> float:
        """Return the requests per second at which the batch is full."""
        return _highest_rate(self, mean)


@lru_cache(maxsize=1024)
def _in_flight(server: BatchServer, rate: float, mean: Lengths) -> float | None:
    """Climb to the smallest fixed point; every other step jumps along the secant, never past `most`."""
    flight = min(1.0, server.most)
    for _ in range(60):
        after = rate * server.time(flight, rate, mean, mean)
        if after > server.most:
            return None
        if abs(after - flight) <= 1e-4 * max(1.0, flight):
            return after
        further = rate * server.time(after, rate, mean, mean)
        if further > server.most:
            return None
        slope = (further - after) / (after - flight)
        jump = after + (further - after) / (1.0 - slope) if 0.0 <= slope < 1.0 else further
        flight = jump if further <= jump <= server.most else further
    return flight


@lru_cache(maxsize=1024)
def _highest_rate(server: BatchServer, mean: Lengths) -> float:
    """Find the rate that a full batch just keeps up with: rate x R(most) = most.

    A step costs something before its first request, so R(B) / B falls with B: a rate that the full batch serves has
    a fixed point below it, and a rate that it does not serve has none.
    """
    if server.most < 1:
        return 0.0
    low, high = 0.0, server.most / server.time(1.0, 0.0, mean, mean)
    for _ in range(30):
        middle = (low + high) / 2.0
        if middle * server.time(server.most, middle, mean, mean) <= server.most:
            low = middle
        else:
            high = middle
    return low
