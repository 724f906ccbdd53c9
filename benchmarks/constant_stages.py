"""Which rows decide which constants, in what order, and how wide the interval of each is."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from case_predictions import PREDICTORS, Prediction, decode, parts_of  # noqa: E402
from case_rows import NotPredictableError, Row  # noqa: E402
from case_sizes import SIZES  # noqa: E402

Name = tuple[str, str, str]
"""Table, key and name of one constant."""


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


def _dense(kind: str, *vendors: str) -> Callable[[Row], bool]:
    """Rows of dense models: batches of mixtures take their constants from theirs and from saturated servers."""
    return lambda row: (
        _vendor(kind, *vendors)(row) and (p := _parts(row)) is not None and p.network.active_share >= 1
    )


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
    Stage(_decode_of("server25", kinds=("decode", "gen")), (*_family("server25", "layer", "reach", "kv"), *_kind("shared", "served")), _in_families, "decode", 2.45),
    Stage(_decode_of("eager"), _family("eager", "reach", "byte", "layer", "kv", "spread"), _in_families, "decode-eager", 3.0),
    Stage(_decode_of("apple"), _family("apple", "reach", "param", "layer", "kv"), _in_families, "decode", 2.45),
    Stage(_decode_of("unified"), (*_family("unified", "reach", "param", "layer", "kv"), *_kind("mixture", "unified")), _in_families, "decode-unified", 2.45),
    Stage(_mixed, _kind("mixture", "slower"), _in_families, "decode-mixture", 4.0),
    Stage(lambda r: r.kind == "decode" and (p := _parts(r)) is not None and p.family != "eager",
          _family("unknown", "reach", "byte", "layer"), lambda row: decode(row, known=False),
          "decode-unknown", 4.4),
    Stage(_decode_of("server", kinds=("gen",)), _family("server", "mfu"), _in_families, "generate", 2.45),
    Stage(_of("decode_batch"), _kind("experts", "choices"), _in_families, ""),
    Stage(_dense("serve", *_NVIDIA), (*_family("static", "reach", "layer", "kv", "link", "mfu", "unhidden"), ("PRECISION", "", "fp8")),
          _in_families, "serve", 2.45),
    Stage(_dense("serve", *_OTHERS), _family("static-amd", "reach", "layer", "mfu", "unhidden"), _in_families, "serve_amd", 2.45),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family in {"llama.cpp", "llama.cpp25", "apple", "apple25", "unknown"},
          (*_family("llama.cpp", "mfu"), *_family("apple", "mfu")), _in_families, "prefill", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family.startswith(("server", "fused")),
          _kind("prefill", "fixed"), _in_families, "prefill-server", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family == "eager",
          _family("eager", "mfu"), _in_families, "prefill-eager", 4.8),
    Stage(lambda r: r.kind == "prefill" and (p := _parts(r)) is not None and p.family in {"unified", "portable"},
          _family("unified", "mfu", "narrow"), _in_families, "prefill-unified", 5.0),
    Stage(lambda r: r.kind == "serve_max" and not r.number("active_b") and _vendor("serve_max", *_NVIDIA)(r),
          (*_family("saturated", "reach", "layer", "kv", "link", "wire", "mfu", "fade", "apart"), ("PRECISION", "", "fp4")), _in_families,
          "serve_max", 4.0),
    Stage(lambda r: r.kind == "serve_max" and bool(r.number("active_b")) and _vendor("serve_max", *_NVIDIA)(r),
          _family("saturated_moe", "reach", "layer", "kv", "link", "wire", "mfu", "fade", "apart"), _in_families, "serve_max_moe", 4.0),
    Stage(_vendor("serve_max", *_OTHERS), _family("saturated-amd", "reach", "layer", "kv", "link", "wire", "mfu", "apart"), _in_families,
          "serve_max_amd", 4.0),
    Stage(lambda r: r.kind == "loaded" and not r.number("active_b") and "ttft" not in r.text["metric"] and _fast(r),
          (*_family("loaded", "reach", "layer", "kv", "link", "mfu"), *_kind("loaded", "tail_e2e")), _in_families,
          "loaded", 4.0),
    Stage(lambda r: r.kind == "loaded" and not r.number("active_b") and "ttft" in r.text["metric"] and _fast(r),
          _kind("loaded", "fixed", "longest"), _in_families, "loaded_ttft", 4.0),
    Stage(lambda r: r.kind == "loaded" and bool(r.number("active_b")) and _fast(r), _kind("mixture", "loaded"), _in_families, ""),
    Stage(_of("train"), _kind("train", "mfu", "fade"), _size, "train", 2.5, of_times=False),
    Stage(_of("coldstart"), _kind("coldstart", "one", "many", "growth_one", "growth_many", "cached"), _size, "coldstart", 7.0),
    Stage(_of("offload"), _kind("offload", "reach"), _size, "offload", 2.2, of_times=False),
    Stage(lambda r: r.kind == "mem" and (r.number("input_len") or 0.0) <= 8192, _kind("mem", "runtime", "activation"), _size,
          "mem", 1.65, of_times=False),
    Stage(_of("kvcap"), _kind("kvcap", "runtime", "activation"), _size, "", 1.7, of_times=False),
    Stage(_of("ingest_max"), _kind("ingest_max", "single", "batched"), _size, "ingest_max", 1.75, of_times=False, counts=True),
    Stage(_of("closedloop"), (), _size, "closedloop", 3.0, of_times=False),
    Stage(_of("reindex"), _kind("reindex", "graph", "segmented"), _size, "", 6.0),
    Stage(_of("embed"), _kind("embed", "bytes_per_s"), _size),
)  # fmt: skip
"""In the order in which later stages rest on earlier ones."""
