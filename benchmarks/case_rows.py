"""Rows of a published-cases file: columns read as numbers, and mapped to the values that `flow` works on."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from poc_gate.facts.known.named import known_model
from poc_gate.flow.formulas.footprints import (
    GIB,
    bits_of_precision,
    kv_bytes_per_token,
)
from poc_gate.flow.formulas.speed.engine_family import doubles_with_half_accumulation, family_of
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

NAMED = (
    "id",
    "kind",
    "group",
    "device",
    "parallel",
    "model",
    "metric",
    "unit",
    "engine",
    "peak_dtype",
    "flag",
    "w_bits",
)
"""Columns read as text; a file without one of them reads as if it were empty."""

_TENSOR_PARALLEL = re.compile(r"\bTP\s*=?\s*(\d*)", re.IGNORECASE)

_LATENT = ("kv_lora_rank", "kv_lora", "kv_latent", "latent_dim", "latent")
_ROPE = ("qk_rope_head_dim", "qk_rope_dim", "rope_head_dim", "rope_dim", "rope")
"""Names in the extra column for the compressed vector of latent attention and its positional part."""

EXCLUDED = frozenset({"exceeds-bound", "suspect", "superseded"})


class NotPredictableError(Exception):
    """A row lacks what its prediction needs; the reason is printed and counted."""


@dataclass(frozen=True, eq=False)
class Row:
    """One published figure; absent numbers are None. Every row is itself alone, equal columns or not."""

    text: dict[str, str]
    extra: dict[str, Any] = field(default_factory=dict)
    _numbers: dict[str, float | None] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What is checked."""
        return self.text["kind"]

    @property
    def group(self) -> str:
        """Near-duplicates share it."""
        return self.text["group"]

    @property
    def flag(self) -> str:
        """Remark of the collector; empty for a credible row."""
        return self.text["flag"]

    @property
    def value(self) -> float:
        """The published figure in its own unit; raises NotPredictableError when there is none."""
        return self.need("value")

    def number(self, column: str) -> float | None:
        """Return a column as a number, or None when it is empty or no number from 0 up."""
        if column not in self._numbers:
            self._numbers[column] = _number(self.text.get(column))
        return self._numbers[column]

    def need(self, column: str) -> float:
        """Return a column as a number; raises NotPredictableError when it is empty."""
        found = self.number(column)
        if found is None:
            told = self.text.get(column, "")
            raise NotPredictableError(f"{column} {told!r} is no number from 0 up" if told else f"no {column}")
        return found

    def more(self, name: str) -> float:
        """Return a number from the extra column; raises NotPredictableError when it is absent."""
        found = _number(self.extra.get(name))
        if found is None:
            raise NotPredictableError(f"no {name} in extra")
        return found

    def maybe(self, *names: str) -> float | None:
        """Return the first of these numbers that the extra column has and that is not 0, or None."""
        return next((found for name in names if (found := _number(self.extra.get(name)))), None)


def _number(told: object) -> float | None:
    """Return what is told as a number from 0 up, or None; a yes or no is no number."""
    if isinstance(told, bool) or not isinstance(told, (int, float, str)):
        return None
    try:
        found = float(told)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and found >= 0 else None


def read_rows(path: Path) -> list[Row]:
    """Return all rows of a file; lines that begin with # are its header remarks."""
    content = path.read_text(encoding="utf-8-sig").split("\n")
    rows = []
    for record in csv.DictReader(line for line in content if not line.startswith("#")):
        text = {key.strip(): str(value or "").strip() for key, value in record.items() if key}
        rows.append(
            _by_name({name: text.get(name, "") for name in (*NAMED, *text)}, _extra(text.get("extra", "")))
        )
    return rows


_SHAPE = {
    "params_b": ("parameters", 1e9), "active_b": ("active_parameters", 1e9), "layers": ("layers", 1.0),
    "kv_heads": ("kv_heads", 1.0), "head_dim": ("head_dim", 1.0),
}  # fmt: skip
"""Columns of a row -> facts of the product's table of models, and their unit."""


def _by_name(text: dict[str, str], extra: dict[str, Any]) -> Row:
    """Return a row; where it gives neither layers nor parameters, with what the product's table knows by the model's name."""
    known = known_model(text["model"]) if not text.get("layers") and not text.get("params_b") else None
    if known is None:
        return Row(text, extra)
    shape = {
        column: float(known.facts[name]) / unit
        for column, (name, unit) in _SHAPE.items()
        if name in known.facts
    }
    return Row(
        {**text, **{column: text.get(column) or f"{value:g}" for column, value in shape.items()}}, extra
    )


def _extra(text: str) -> dict[str, Any]:
    """Return the extra column; what is no JSON object counts as empty, so the row says what it lacks."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def devices_sharing(row: Row) -> float:
    """Return how many devices work on each layer at once: the TP degree, else one."""
    found = _TENSOR_PARALLEL.search(row.text["parallel"])
    if found is None:
        return 1.0
    return max(1.0, float(found[1]) if found[1] else row.number("n_dev") or 1.0)


def weight_bits(row: Row) -> float | None:
    """Return the bits per weight, a number or the name of a format; None when neither is given."""
    named = bits_of_precision(row.text["w_bits"])
    return row.number("w_bits") or (named.likely if named else None)


def weight_bytes(row: Row) -> float:
    """Return the bytes of all weights: the file size, else parameters times bits."""
    size = row.number("weight_gb")
    if size:
        return size * 1e9
    bits = weight_bits(row) or row.need("w_bits")
    found = row.need("params_b") * 1e9 * bits / 8.0
    if found <= 0:
        raise NotPredictableError("cannot size: no weights")
    return found


def kv_per_token(row: Row) -> float:
    """Return the KV bytes of one token; 0 where the row does not give the shape.

    Without heads, a hidden size in the extra column is read as that of plain multi-head attention.
    """
    layers = row.number("layers") or row.maybe("layers", "num_hidden_layers")
    heads, width = row.number("kv_heads"), row.number("head_dim")
    bits = row.number("kv_bits") or 16.0
    latent, rope = row.maybe(*_LATENT), row.maybe(*_ROPE)
    hidden = row.maybe("hidden", "hidden_size")
    if layers and latent and rope:
        return layers * (latent + rope) * bits / 8.0
    if layers and hidden and not (heads and width):
        return kv_bytes_per_token(layers=layers, kv_heads=1.0, head_dim=hidden, bits=bits)
    if not (layers and heads and width):
        return 0.0
    return kv_bytes_per_token(layers=layers, kv_heads=heads, head_dim=width, bits=bits)


@cache
def network_of(row: Row) -> Network:
    """Return the model of a row; layers that are not given are estimated from the parameters."""
    weights = weight_bytes(row)
    parameters = (row.number("params_b") or 0.0) * 1e9
    active = (row.number("active_b") or 0.0) * 1e9
    bits = weight_bits(row) or 16.0
    counted = parameters or weights * 8.0 / bits
    return Network(
        weight_bytes=weights,
        parameters=counted,
        layers=row.number("layers") or typical_layers(counted),
        active_parameters=active if 0 < active < parameters else 0.0,
        kv_per_token=kv_per_token(row),
    )


def typical_layers(parameters: float) -> float:
    """Return the usual number of layers of a dense model: about 24 at 0.5e9 and 80 at 70e9 parameters."""
    return max(8.0, 28.5 * (parameters / 1e9) ** 0.245)


def pooled_devices(row: Row) -> float:
    """Return how many devices add up for throughput: pipeline stages count, a split by layers does not."""
    if "layer" in row.text["parallel"]:
        return devices_sharing(row)
    return max(devices_sharing(row), row.number("n_dev") or 1.0)


@cache
def hardware_of(row: Row, *, pooled: bool = False) -> Hardware:
    """Return the devices that work on a row's model: those that share each layer, or all for throughput."""
    peak = row.number("peak_tflops")
    if peak and doubles_with_half_accumulation(row.text["device"]):
        peak *= 2.0
    return Hardware(
        bandwidth=row.need("mem_bw_gbs") * 1e9,
        compute=peak * 1e12 if peak else None,
        devices=pooled_devices(row) if pooled else devices_sharing(row),
        precision=row.text["peak_dtype"].lower() or "fp16",
    )


@cache
def family(row: Row) -> str:
    """Return the engine family of a row."""
    return family_of(row.text["engine"], row.text["device"])


def device_memory(row: Row) -> float:
    """Return the marketed memory of one device in bytes, read as GiB as GPU makers do."""
    return row.need("mem_gb") * GIB
