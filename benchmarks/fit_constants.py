"""Fit the constants of the speed models on a published-cases file and write them into the package.

`python benchmarks/fit_constants.py CSV` starts from `constant_priors.py`, moves each along a log
scale while the mean absolute log error falls, holds it near its prior where rows are few, then leaves
out one device (or group of source, device and model) at a time to place the intervals: the window of a fixed width
that holds most left-out rows. Only the file given is read; keep held-out files away from it.
"""

from __future__ import annotations

import argparse
import math
import pprint
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_predictions import PREDICTORS, Prediction, decode  # noqa: E402
from case_rows import NotPredictableError, Row, family, read_rows  # noqa: E402
from case_sizes import SIZES  # noqa: E402
from constant_priors import FAMILIES, INTERVALS, KINDS, PRECISION  # noqa: E402

from poc_gate.flow import fitted_constants as constants  # noqa: E402

Name = tuple[str, str, str]
"""Table, key and name of one constant."""

STIFFNESS = 0.1
"""Weight of the squared log distance from the prior, per constant; a group of rows weighs about one."""

MODULE = Path(__file__).resolve().parent.parent / "poc_gate" / "flow" / "fitted_constants.py"


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


def _family(name: str, *wanted: str) -> tuple[Name, ...]:
    return tuple(("FAMILIES", name, one) for one in wanted)


def _kind(name: str, *wanted: str) -> tuple[Name, ...]:
    return tuple(("KINDS", name, one) for one in wanted)


def _of(kind: str, part: str = "") -> Callable[[Row], bool]:
    return lambda row: row.kind == kind and part in row.text["metric"]


def _decode_of(name: str) -> Callable[[Row], bool]:
    return lambda row: row.kind == "decode" and family(row) == name


def _in_families(row: Row) -> Prediction:
    return PREDICTORS[row.kind](row)


def _size(row: Row) -> Prediction:
    return SIZES[row.kind](row)


_STEP = ("reach", "byte", "layer", "kv", "link")
STAGES = (
    *(Stage(_decode_of(name), _family(name, *_STEP), _in_families, "decode", 2.45)
      for name in ("llama.cpp", "fused", "server", "eager")),
    *(Stage(_decode_of(name), _family(name, "reach", "param", "layer", "kv"), _in_families, "decode", 2.45)
      for name in ("apple", "portable", "cpu")),
    Stage(_of("decode"), _family("unknown", "reach", "byte", "layer"), lambda row: decode(row, "unknown"),
          "decode-unknown", 4.9),
    Stage(_of("gen"), _family("server", "mfu"), _in_families, "generate", 2.45),
    Stage(_of("decode_batch"), _kind("experts", "choices"), _in_families, "decode_batch", 2.45),
    Stage(_of("serve"), (*_family("static", "reach", "layer", "kv", "link", "mfu"), ("PRECISION", "", "fp8")), _in_families, "serve", 2.45),
    Stage(_of("prefill"), (*_family("llama.cpp", "mfu"), *_family("apple", "mfu"), *_kind("prefill", "fixed")),
          _in_families, "prefill", 4.8),
    Stage(lambda r: r.kind == "serve_max" and not r.number("active_b"),
          (*_family("saturated", "reach", "layer", "kv", "link", "mfu"), ("PRECISION", "", "fp4")), _in_families,
          "serve_max", 3.4),
    Stage(lambda r: r.kind == "serve_max" and bool(r.number("active_b")),
          _family("saturated_moe", "reach", "layer", "kv", "link", "mfu"), _in_families, "serve_max_moe", 5.0),
    Stage(lambda r: r.kind == "loaded" and "ttft" not in r.text["metric"],
          (*_family("loaded", "reach", "layer", "kv", "link", "mfu"), *_kind("loaded", "tail_e2e")), _in_families,
          "loaded", 4.1),
    Stage(_of("loaded", "ttft"), _kind("loaded", "fixed", "tail_ttft"), _in_families, "loaded_ttft", 4.8),
    Stage(_of("train"), _kind("train", "mfu", "fade"), _size, "train", 2.2, of_times=False),
    Stage(_of("coldstart"), _kind("coldstart", "one", "many", "growth"), _size, "coldstart", 5.5),
    Stage(_of("offload"), _kind("offload", "reach"), _size, "offload", 2.2, of_times=False),
    Stage(_of("mem"), _kind("mem", "runtime", "activation"), _size, "mem", 1.5, of_times=False),
    Stage(_of("kvcap"), _kind("kvcap", "runtime", "activation"), _size, "kvcap", 1.6, of_times=False),
    Stage(_of("ingest_max"), _kind("ingest_max", "single", "batched"), _size, "ingest_max", 1.9, of_times=False),
    Stage(_of("closedloop"), (), _size, "closedloop", 3.0, of_times=False),
    Stage(_of("reindex"), _kind("reindex", "seconds"), _size, "reindex", 3.0, of_times=False),
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
    if row.value <= 0 or made.span.likely <= 0:
        return None
    ratio = math.log(row.value / made.span.likely)
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
    if name[2] in {"reach", "mfu", "choices"} or name[0] == "PRECISION":
        return min(0.98, value)
    return max(1.0, value) if name[2] in {"kv", "tail_e2e", "tail_ttft"} else value


def left_out(stage: Stage, rows: list[Row], prior: dict[Name, float]) -> list[float]:
    """Return the residuals of each device under constants fitted without it, the final fit restored after.

    Where fewer than four devices are known, groups (source, device and model) are left out instead.
    """
    by_device = len({row.text["device"] for row in rows}) >= 4
    apart = [(row.text["device"] if by_device else row.group, row) for row in rows]
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


def main(arguments: list[str]) -> int:
    """Fit every stage, print what changed and how left-out rows fare, and write the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("csv", type=Path)
    parser.add_argument("--dry", action="store_true", help="print, do not write")
    options = parser.parse_args(arguments)
    for name, table in (
        ("FAMILIES", FAMILIES),
        ("PRECISION", PRECISION),
        ("KINDS", KINDS),
        ("INTERVALS", INTERVALS),
    ):
        getattr(constants, name).clear()
        getattr(constants, name).update(table)
    rows = [row for row in read_rows(options.csv) if not row.flag]
    pooled: dict[str, list[float]] = {}
    widths: dict[str, float] = {}
    for stage in STAGES:
        chosen = [row for row in rows if stage.rows(row)]
        prior = {name: _table(name)[name[2]] for name in stage.names}
        fit(stage, chosen, prior)
        apart = left_out(stage, chosen, prior)
        errors = sorted(abs(math.exp(r) - 1.0) for r in apart)
        said = {name[2]: f"{_table(name)[name[2]]:.4g}" for name in prior}
        middle = f"{errors[len(errors) // 2]:.1%}" if errors else "-"
        print(
            f"{stage.interval or 'other'}: {len(chosen)} rows, left-out median {middle}: {said}", flush=True
        )
        if stage.interval:
            pooled.setdefault(stage.interval, []).extend(apart)
            widths[stage.interval] = stage.width
    for name, residuals in pooled.items():
        low, high = window(residuals, widths[name])
        constants.INTERVALS[name] = (round(low, 3), round(high, 3))
        inside = sum(math.log(low) <= r <= math.log(high) for r in residuals) / max(1, len(residuals))
        print(f"interval {name}: [{low:.3f}, {high:.3f}], left-out rows inside {inside:.1%}")
    if not options.dry:
        write()
    return 0


def write() -> None:
    """Write the constants as a module of plain numbers."""
    parts = ['"""Constants of the speed models, fitted on published cases by `benchmarks/fit_constants.py`; do not edit."""\n',
             "from __future__ import annotations\n"]  # fmt: skip
    types = {"FAMILIES": "dict[str, dict[str, float]]", "PRECISION": "dict[str, float]",
             "KINDS": "dict[str, dict[str, float]]", "INTERVALS": "dict[str, tuple[float, float]]"}  # fmt: skip
    for name, kind in types.items():
        content = pprint.pformat(_rounded(getattr(constants, name)), width=108, sort_dicts=False)
        parts.append(f"{name}: {kind} = {content}\n")
    MODULE.write_text("\n".join(parts), encoding="utf-8")


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
