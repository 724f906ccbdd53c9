"""Movement and storage: ingest rates, checkpoints, cold starts, training speed; pure formulas without facts."""

from __future__ import annotations

import math

from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.serving_engines import serving_engine

CHECKPOINT_BYTES_PER_PARAMETER = 14.0
"""2 bytes of half-precision model and 12 of optimiser state; 0.3 to 0.8 % off the MLPerf Storage sizes."""

ENGINE_START = {
    "server": (16.0, 20.0, 28.0), "server-native": (16.0, 20.0, 60.0), "server25": (16.0, 32.0, 100.0),
    "local": (0.5, 4.0, 28.0),
}  # fmt: skip
"""Low, likely and high seconds from loaded weights to a ready engine: published cold starts until 2024; since 2025
serving engines also capture graphs, 23 to 90 s in published start-up logs. An engine of one user only sets up its buffers."""

STARTED = Span(25.0, 10.0, 94.0)
"""Seconds that an engine which compiles each layer and captures it in graphs takes whatever the model: its imports,
processes and a first pass. The least where all was compiled before (19.8 to 29.1 s in all with 24 to 48 layers, vLLM 0.10.1
on an L40S; upb-cn/vllm-startup-profiler, 2025-10), the most where it also builds kernels of attention on few processors
(tensorfuse.io, reducing GPU cold start, 2025-09)."""

COMPILED = Span(0.9, 0.25, 3.4)
"""Seconds per layer of compiling it and capturing its graphs. Ready without the weights after 46 to 58 s with 28 to 32 layers (vLLM's
post on sleep mode, issue 20264, lokashrinav/vllm-cold-start), 91 s and its imports with 32 (runai-model-streamer issue 67), 58 s with 64
whose kernels were compiled before (llm-d-extensions/vllm-cold-start-playground), 205 s with 80 on eight devices (issue 19824), 64 s with 32
where all was compiled before and 200 s where nothing was (tensorfuse.io)."""

USUAL_LAYERS = Span(32.0, 16.0, 126.0)
"""Layers of language models, from 1 to 405 billion parameters."""

JOINED = Span(15.0, 0.0, 60.0)
"""Seconds that devices of one model take to find one another, a check of direct access in all pairs included (vLLM issue 19824)."""

FASTEST_STORE = 30e9
"""Bytes per second of the fastest store from which the fitted cases load; beyond it published loaders of as many streams
differ by a factor of twelve."""

SET_UP = 0.3
"""Seconds that opening the files and the device may take, whatever the size."""

PARALLEL_READERS = 4.0
"""From this many streams on, loaders use most of a store; one stream never does."""


def engine_start(
    family: str,
    *,
    engine: str = "",
    layers: float | None = None,
    sharing: float | None = None,
    eager: bool = False,
) -> Span:
    """Return the seconds that an engine of that family takes from loaded weights to ready; of all that it may be where it is unknown.

    An engine that compiles takes longer with more `layers`, and where several devices share them; one that is kept from graphs (`eager`)
    compiles nothing: 4 s and its imports for a 7B on two devices (start-up log of vLLM 0.8.5 with `--enforce-eager`).
    """
    if eager:
        layers = 0.0
    names = {
        "unknown": ("local", "server", "server25"), "server-any": ("server", "server25"),
        "server-native-any": ("server-native", "server25"),
    }.get(family, (family if family in ENGINE_START else "local",))  # fmt: skip
    found = [Span(likely, low, high) for low, likely, high in (ENGINE_START[name] for name in names)]
    if names[-1] == "server25" and serving_engine(engine).captures:
        found[-1] = _compiled(layers, sharing)
    elif names[-1] == "server25" and family == "unknown":
        found.insert(0, _compiled(layers, sharing))
    return Span(found[-1].likely, min(one.low for one in found), max(one.high for one in found))


def _compiled(layers: float | None, sharing: float | None) -> Span:
    """Return the time of an engine that compiles; layers that are unknown are between those of the smallest and the largest models."""
    each = COMPILED * (USUAL_LAYERS if layers is None else layers)
    joined = as_span(0.0) if sharing is not None and sharing <= 1 else JOINED
    return STARTED + each + (Span(0.0, 0.0, joined.high) if sharing is None else joined)


def ingest_need(batch: Span, sample: Span, step: Span, *, utilisation: Span | float) -> Span:
    """Return the bytes per second that one accelerator reads at that utilisation (MLPerf Storage)."""
    return batch * sample / step * utilisation


def accelerators_fed(store: float, need: float, *, batch: float) -> Span:
    """Return how many accelerators a store of `store` bytes per second feeds, each reading `need`.

    Steps of a single sample leave no reading ahead, so they reach less of the store's rate. The ends
    are whole accelerators, at least one away from the likely count.
    """
    reach = KINDS["ingest_max"]["single" if batch <= 1 else "batched"]
    low, high = INTERVALS["ingest_max"]
    likely = max(1.0, math.floor(store * reach / need))
    fewest, most = min(likely - 1.0, round(likely * low)), max(likely + 1.0, round(likely * high))
    return Span(likely, max(1.0, fewest), most)


def load_time(size: float, store: float, *, readers: float | None, cached: bool = False) -> Span:
    """Return the seconds that loading `size` bytes of weights takes from a store of `store` bytes/s.

    One reader reaches a small part of a fast store, several most of a slow one; what they reach grows
    more slowly than the store's rate, one reader's most slowly, because deserialising takes over. Never faster than the store, unless
    `cached`: what was loaded before comes from the host's memory, somewhat faster. Where the number of
    readers is unknown (None) the interval covers one as well as many.
    """
    if readers is None:
        one, many = (load_time(size, store, readers=n, cached=cached) for n in (1.0, PARALLEL_READERS))
        return Span(math.sqrt(one.likely * many.likely), many.low, one.high)
    constants = KINDS["coldstart"]
    name = "many" if readers >= PARALLEL_READERS else "one"
    rate = min(store, constants[name] * 1e9 * (store / 1e9) ** constants[f"growth_{name}"])
    low, high = INTERVALS["coldstart"]
    if store > FASTEST_STORE:
        high *= 5.0
    likely = size / (rate * constants["cached"] if cached else rate)
    floor = 0.0 if cached else size / store
    return Span(likely, max(floor, likely * low), max(floor, likely * high) + SET_UP)


SMALL_MODEL = 1e9
"""Parameters below which fine-tuning recipes reach far less of a device than tuned pretraining does: 7 to 50 % of its peak."""

LONG_SEQUENCE = 32768.0
"""Tokens beyond which devices share a sequence and exchange its keys and values; published runs then scatter."""


def training_rate(
    parameters: float,
    compute: float,
    *,
    tokens: float,
    recomputed: bool,
    active: float = 0.0,
    half: float = 0.0,
) -> Span:
    """Return the training tokens per second of one device with sequences of `tokens`.

    Six flop per parameter that a token uses (`active` of a mixture, else all), eight where activations are computed
    again, and the causal attention of a usual block; faster devices reach a smaller share of their peak. `half` is
    the half-precision rate where `compute` is that of a narrower format: attention stays in half precision. Few
    mixtures are published, their share of the peak falls with the size of their experts, and few sequences go beyond
    `LONG_SEQUENCE`, so theirs take the wide interval.
    """
    constants = KINDS["train"]
    share = constants["mfu"] * (compute / 312e12) ** -constants["fade"]
    layers = 28.5 * (parameters / 1e9) ** 0.245
    used = active if 0 < active < parameters else parameters
    width = math.sqrt(used / (12.0 * layers))
    seconds = 6.0 * used / compute + 6.0 * layers * width * tokens / (half or compute)
    likely = share / (seconds * (4.0 / 3.0 if recomputed else 1.0))
    if used < parameters:
        likely *= KINDS["train"]["mixture"]
        low, high = INTERVALS["train_mixture"]
        return Span(likely, likely * low, likely * high)
    low, high = INTERVALS["train_small" if parameters < SMALL_MODEL else "train"]
    if tokens > LONG_SEQUENCE:
        low = min(low, 1.0 / 2.5)
    return Span(likely, likely * low, likely * high)
