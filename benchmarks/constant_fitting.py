"""How constants are fitted: which rows decide which of them, from which start, and how intervals are placed.

Every constant starts from `constant_priors.py` and moves along a log scale while the mean absolute log error
falls; leaving it costs something too, so that constants with few rows behind them stay near the literature.
"""

from __future__ import annotations

import copy
import math
import sys
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_predictions import PREDICTORS, Prediction, decode, parts_of  # noqa: E402
from case_rows import NotPredictableError, Row  # noqa: E402
from case_sizes import SIZES  # noqa: E402
from constant_priors import FAMILIES, INTERVALS, KINDS, PRECISION  # noqa: E402

from poc_gate.flow.formulas import fitted_constants as constants  # noqa: E402

Name = tuple[str, str, str]
"""Table, key and name of one constant."""

STIFFNESS = 1.0
"""Weight of the squared log distance from the prior, per constant; a group of n rows weighs about the root of n.

Chosen by cross-validation from starts that know nothing of the rows (0.1, 0.3, 1, 3): below it saturated serving
over-fits, above it decoding is held back.
"""

START: dict[str, dict[str, Any]] = {
    "FAMILIES": FAMILIES,
    "PRECISION": PRECISION,
    "KINDS": KINDS,
    "INTERVALS": INTERVALS,
}


@dataclass(frozen=True)
class Stage:
    """Constants fitted together on the rows they predict, and the interval placed on their residuals."""

    rows: Callable[[Row], bool]
    names: tuple[Name, ...]
    predict: Callable[[Row], Prediction]
    interval: str = ""
    width: float = 2.0
    """Upper over lower end of the interval."""
    of_times: bool = True
    """The interval multiplies times, so speeds are read as their inverse."""
    counts: bool = False
    """What is predicted is a count: one more or less is no error."""


def _family(name: str, *wanted: str) -> tuple[Name, ...]:
    return tuple(("FAMILIES", name, one) for one in wanted)


def _kind(name: str, *wanted: str) -> tuple[Name, ...]:
    return tuple(("KINDS", name, one) for one in wanted)


def _of(kind: str, part: str = "") -> Callable[[Row], bool]:
    return lambda row: row.kind == kind and part in row.text["metric"]


def _parts(row: Row) -> Any:
    try:
        return parts_of(row)
    except NotPredictableError:
        return None


def _plain(row: Row) -> bool:
    """Return whether nothing but the family sets the row's interval: dense, one device or fast links."""
    p = _parts(row)
    return p is not None and not (
        p.network.latent
        or (p.network.active_share < 1 and p.family.startswith("server"))
        or (p.hardware.devices > 1 and p.hardware.link == "pcie")
    )


def _decode_of(
    *names: str, kinds: tuple[str, ...] = ("decode",), longest: float = math.inf
) -> Callable[[Row], bool]:
    def chosen(row: Row) -> bool:
        if row.kind not in kinds or not _plain(row):
            return False
        return _parts(row).family in names and (row.number("input_len") or 0.0) <= longest

    return chosen


def _vendor(kind: str, *vendors: str) -> Callable[[Row], bool]:
    return lambda row: row.kind == kind and (p := _parts(row)) is not None and p.hardware.vendor in vendors


def _mixed(row: Row) -> bool:
    p = _parts(row)
    return (
        row.kind == "decode" and p is not None and p.family.startswith("server") and p.network.latent is True
    )


def _in_families(row: Row) -> Prediction:
    return PREDICTORS[row.kind](row)


def _size(row: Row) -> Prediction:
    return SIZES[row.kind](row)


def _fast(row: Row) -> bool:
    p = _parts(row)
    return p is not None and (p.hardware.devices <= 1 or p.hardware.link == "fast")


_STEP = ("reach", "byte", "layer", "kv", "link")
_OTHERS = ("amd", "intel")
_NVIDIA = ("nvidia", "", "apple", "host")
STAGES = (
    *(Stage(_decode_of(name), _family(name, *_STEP), _in_families, "decode", 2.45)
      for name in ("llama.cpp", "fused", "server")),
    Stage(_decode_of("llama.cpp25"), _family("llama.cpp25", "byte", "layer", "kv"), _in_families, "decode", 2.45),
    Stage(_decode_of("server25", kinds=("decode", "gen")), _family("server25", "layer", "reach", "kv"), _in_families, "decode", 2.45),
    Stage(_decode_of("eager"), _family("eager", "reach", "byte", "layer", "kv", "spread"), _in_families, "decode-eager", 3.0),
    Stage(_decode_of("apple"), _family("apple", "reach", "param", "layer", "kv"), _in_families, "decode", 2.45),
    Stage(_decode_of("apple25"), _family("apple25", "param", "layer"), _in_families),
    Stage(_decode_of("portable"), _family("portable", "reach", "param", "layer", "kv"), _in_families, "decode-portable", 3.0),
    Stage(_decode_of("unified"), _family("unified", "reach", "param", "layer", "kv"), _in_families, "decode-unified", 2.45),
    Stage(_mixed, _kind("mixture", "slower"), _in_families, "decode-mixture", 4.0),
    Stage(lambda r: r.kind == "decode" and (p := _parts(r)) is not None and p.family != "eager",
          _family("unknown", "reach", "byte", "layer"), lambda row: decode(row, known=False),
          "decode-unknown", 4.4),
    Stage(_decode_of("server", kinds=("gen",)), _family("server", "mfu"), _in_families, "generate", 2.45),
    Stage(_of("decode_batch"), _kind("experts", "choices"), _in_families, ""),
    Stage(_vendor("serve", *_NVIDIA), (*_family("static", "reach", "layer", "kv", "link", "mfu", "unhidden"), ("PRECISION", "", "fp8")),
          _in_families, "serve", 2.45),
    Stage(_vendor("serve", *_OTHERS), _family("static-amd", "reach", "layer", "mfu", "unhidden"), _in_families, "serve_amd", 2.45),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family in {"llama.cpp", "llama.cpp25", "apple", "apple25", "unknown"},
          (*_family("llama.cpp", "mfu"), *_family("apple", "mfu")), _in_families, "prefill", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family.startswith(("server", "fused")),
          _kind("prefill", "fixed"), _in_families, "prefill-server", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family == "eager",
          _family("eager", "mfu"), _in_families, "prefill-eager", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family in {"unified", "portable"},
          _family("unified", "mfu"), _in_families, "prefill-unified", 5.0),
    Stage(lambda r: r.kind == "serve_max" and not r.number("active_b") and _vendor("serve_max", *_NVIDIA)(r),
          (*_family("saturated", "reach", "layer", "kv", "link", "mfu", "fade"), ("PRECISION", "", "fp4")), _in_families,
          "serve_max", 4.0),
    Stage(lambda r: r.kind == "serve_max" and bool(r.number("active_b")) and _vendor("serve_max", *_NVIDIA)(r),
          _family("saturated_moe", "reach", "layer", "kv", "link", "mfu", "fade"), _in_families, "serve_max_moe", 4.0),
    Stage(_vendor("serve_max", *_OTHERS), _family("saturated-amd", "reach", "layer", "kv", "mfu"), _in_families,
          "serve_max_amd", 4.0),
    Stage(lambda r: r.kind == "loaded" and "ttft" not in r.text["metric"] and _fast(r),
          (*_family("loaded", "reach", "layer", "kv", "link", "mfu"), *_kind("loaded", "tail_e2e")), _in_families,
          "loaded", 4.0),
    Stage(lambda r: r.kind == "loaded" and "ttft" in r.text["metric"] and _fast(r), _kind("loaded", "fixed", "tail_ttft"),
          _in_families, "loaded_ttft", 4.0),
    Stage(_of("train"), _kind("train", "mfu", "fade"), _size, "train", 2.5, of_times=False),
    Stage(_of("coldstart"), _kind("coldstart", "one", "many", "growth_one", "growth_many", "cached"), _size, "coldstart", 4.0),
    Stage(_of("offload"), _kind("offload", "reach"), _size, "offload", 2.2, of_times=False),
    Stage(lambda r: r.kind == "mem" and (r.number("input_len") or 0.0) <= 8192, _kind("mem", "runtime", "activation"), _size,
          "mem", 1.5, of_times=False),
    Stage(_of("kvcap"), _kind("kvcap", "runtime", "activation"), _size, "", 1.7, of_times=False),
    Stage(_of("ingest_max"), _kind("ingest_max", "single", "batched"), _size, "ingest_max", 1.75, of_times=False, counts=True),
    Stage(_of("closedloop"), (), _size, "closedloop", 3.0, of_times=False),
    Stage(_of("reindex"), _kind("reindex", "graph", "segmented"), _size, "", 6.0),
    Stage(_of("embed"), _kind("embed", "bytes_per_s"), _size),
)  # fmt: skip
"""In the order in which later stages rest on earlier ones."""


def _table(name: Name) -> dict[str, float]:
    table = getattr(constants, name[0])
    found: dict[str, float] = table[name[1]] if name[1] else table
    return found


def residual(stage: Stage, row: Row) -> float | None:
    """Return ln(published / predicted), of times where the interval is one of times; None if refused."""
    try:
        made = stage.predict(row)
    except NotPredictableError:
        return None
    published, likely = row.value, made.span.likely
    if published <= 0 or likely <= 0:
        return None
    if stage.counts and abs(published - likely) <= 1:
        return 0.0
    ratio = math.log(published / likely)
    return -ratio if stage.of_times and made.is_speed else ratio


def loss(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> float:
    """Return the mean absolute residual, groups weighing by the root of their rows, plus the prior's pull."""
    size = Counter(row.group for row in rows)
    total = 0.0
    for row in rows:
        found = residual(stage, row)
        if found is not None:
            total += abs(found) / math.sqrt(size[row.group])
    return total + STIFFNESS * sum(math.log(_table(n)[n[2]] / p) ** 2 for n, p in prior.items())


def fit(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> None:
    """Move the stage's constants to where the loss is least, from their prior."""
    for name, value in prior.items():
        _table(name)[name[2]] = value
    best, step = loss(stage, rows, prior), 1.6
    while step > 1.015 and rows:
        better = False
        for name in prior:
            table, kept = _table(name), _table(name)[name[2]]
            for factor in (step, 1.0 / step):
                table[name[2]] = _limited(name, kept * factor)
                now = loss(stage, rows, prior)
                if now < best - 1e-9:
                    best, kept, better = now, table[name[2]], True
            table[name[2]] = kept
        if not better:
            step = step**0.6


def _limited(name: Name, value: float) -> float:
    """Return the value inside what physics allows: shares at most 0.98, cache reads at least once."""
    if name[2] in {"reach", "mfu", "choices", "single", "batched"} or name[0] == "PRECISION":
        return min(0.98, value)
    return max(1.0, value) if name[2] in {"kv", "tail_e2e", "tail_ttft", "cached"} else value


def left_out(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> list[float]:
    """Return the residuals of each source under constants fitted without it, the final fit restored after.

    Where fewer than four sources are known, devices are left out instead, or groups (source, device and model).
    """
    column = next((c for c in ("source", "device") if len({row.text[c] for row in rows}) >= 4), "group")
    apart = [(row.text[column], row) for row in rows]
    final = {name: _table(name)[name[2]] for name in prior}
    found: list[float] = []
    for label in sorted({label for label, _ in apart}):
        if prior:
            fit(stage, [row for other, row in apart if other != label], prior)
        found += [r for other, row in apart if other == label and (r := residual(stage, row)) is not None]
    for name, value in final.items():
        _table(name)[name[2]] = value
    return found


def window(residuals: list[float], width: float) -> tuple[float, float]:
    """Return the factors (low, high) with high / low = width that hold most residuals.

    Among windows within 1.5 % of the best count the middle one is taken, as far from either side's misses
    as the residuals allow.
    """
    span = math.log(width)
    starts = [i * 0.005 - 1.5 * span for i in range(int(2.0 * span / 0.005))]
    held = [sum(start <= r <= start + span for r in residuals) for start in starts]
    best = [
        start
        for start, count in zip(starts, held, strict=True)
        if count >= max(held) - 0.015 * len(residuals)
    ]
    start = best[len(best) // 2]
    return math.exp(start), math.exp(start + span)


@dataclass
class Fitted:
    """What one stage came to: its constants, and the residuals of its rows under them and under a fit without the rows."""

    values: dict[Name, float]
    kept: list[float]
    left_out: list[float]


def start_from(start: dict[str, dict[str, Any]]) -> None:
    """Set every table of constants to the start given."""
    for name, table in start.items():
        present = getattr(constants, name)
        present.clear()
        present.update(copy.deepcopy(table))


OWN_RUNS = {"decode-eager": (0.97, 1.9), "decode-unknown": (0.53, 2.6)}
"""Factors on the likely time that this project's own run on an H100 took (`on_gpu.sh`, 2026-11-28): transformers 5.17 with
batches, and a step captured as a CUDA graph stated as an unknown engine. Intervals are moved so far that they hold them."""


def holding(low: float, high: float, own: tuple[float, float]) -> tuple[float, float]:
    """Return the interval moved, at the same width, to hold the own runs' factors; widened where it cannot."""
    if own[1] > high:
        low, high = low * own[1] / high, own[1]
    if own[0] < low:
        low, high = own[0], max(own[1], high * own[0] / low)
    return low, high


def fit_stages(
    rows: list[Row], known: dict[Hashable, Fitted], tell: Callable[[Stage, int, Fitted], None] | None = None
) -> dict[str, list[float]]:
    """Fit every stage on the rows, place the intervals, and return the left-out residuals per interval.

    The tables must stand at their start. `known` keeps what was fitted before, so that a stage is not
    fitted again on the same rows with the same constants before it; `tell` hears each stage, its rows
    and what it came to.
    """
    pooled: dict[str, list[float]] = {}
    kept_too: dict[str, list[float]] = {}
    widths: dict[str, float] = {}
    for number, stage in enumerate(STAGES):
        chosen = [row for row in rows if stage.rows(row)]
        # A constant that starts at nothing is switched off for its family; factors would not move it.
        prior = {name: start for name in stage.names if (start := _table(name)[name[2]]) > 0}
        key = (number, tuple(map(id, chosen)), _state())
        if key not in known:
            fit(stage, chosen, prior)
            values = {name: _table(name)[name[2]] for name in prior}
            kept = [r for row in chosen if (r := residual(stage, row)) is not None]
            known[key] = Fitted(values, kept, left_out(stage, chosen, prior))
        found = known[key]
        for name, value in found.values.items():
            _table(name)[name[2]] = value
        if tell is not None:
            tell(stage, len(chosen), found)
        if stage.interval:
            pooled.setdefault(stage.interval, []).extend(found.left_out)
            kept_too.setdefault(stage.interval, []).extend(found.kept)
            widths[stage.interval] = stage.width
    for name, residuals in pooled.items():
        if residuals:
            # Where only two devices are known, either says little about the other: their own fit counts as well.
            low, high = window(residuals + kept_too[name], widths[name])
            if name in OWN_RUNS:
                low, high = holding(low, high, OWN_RUNS[name])
            constants.INTERVALS[name] = (round(low, 3), round(high, 3))
    return pooled


def _state() -> tuple[float, ...]:
    tables = (*constants.FAMILIES.values(), constants.PRECISION, *constants.KINDS.values())
    return tuple(value for table in tables for value in table.values())
