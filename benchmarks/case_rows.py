"""Rows of a published-cases file: columns read as numbers, and mapped to the values that `flow` works on."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from poc_gate.flow.engine_family import doubles_with_half_accumulation, family_of
from poc_gate.flow.engine_model import Hardware, Network
from poc_gate.flow.footprints import GIB, kv_bytes_per_token, latent_kv_bytes_per_token

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

EXCLUDED = frozenset({"exceeds-bound", "suspect", "superseded"})


class NotPredictableError(Exception):
    """A row lacks what its prediction needs; the reason is printed and counted."""


@dataclass(frozen=True)
class Row:
    """One published figure; absent numbers are None."""

    text: dict[str, str]
    extra: dict[str, Any] = field(default_factory=dict)

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
        """Return a column as a number, or None when it is empty or no finite number."""
        try:
            found = float(self.text.get(column) or "nan")
        except ValueError:
            return None
        return found if math.isfinite(found) else None

    def need(self, column: str) -> float:
        """Return a column as a number; raises NotPredictableError when it is empty."""
        found = self.number(column)
        if found is None:
            raise NotPredictableError(f"no {column}")
        return found

    def more(self, name: str) -> float:
        """Return a number from the extra column; raises NotPredictableError when it is absent."""
        found = self.extra.get(name)
        if not isinstance(found, (int, float)):
            raise NotPredictableError(f"no {name} in extra")
        return float(found)


def read_rows(path: Path) -> list[Row]:
    """Return all rows of a file; lines that begin with # are its header remarks."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = []
    for record in csv.DictReader(lines):
        text = {key: (value or "").strip() for key, value in record.items() if key}
        rows.append(
            Row({name: text.get(name, "") for name in (*NAMED, *text)}, _extra(text.get("extra", "")))
        )
    return rows


def _extra(text: str) -> dict[str, Any]:
    """Return the extra column; what is no JSON object counts as empty, so the row says what it lacks."""
    try:
        found = json.loads(text or "{}")
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def devices_sharing(row: Row) -> float:
    """Return how many devices work on each layer at once: the TP degree, else one."""
    parallel = row.text["parallel"]
    for part in parallel.replace("+", " ").replace(",", " ").split():
        if part.upper().startswith("TP"):
            digits = "".join(c for c in part[2:] if c.isdigit())
            return float(digits) if digits else row.number("n_dev") or 1.0
    return 1.0


def weight_bytes(row: Row) -> float:
    """Return the bytes of all weights: the file size, else parameters times bits."""
    size = row.number("weight_gb")
    if size:
        return size * 1e9
    bits = row.need("w_bits")
    return row.need("params_b") * 1e9 * bits / 8.0


def kv_per_token(row: Row) -> float:
    """Return the KV bytes of one token; 0 where the row does not give the shape."""
    layers, heads, width = (row.number(name) for name in ("layers", "kv_heads", "head_dim"))
    bits = row.number("kv_bits") or 16.0
    latent, rope = (
        row.extra.get("kv_lora_rank"),
        row.extra.get("qk_rope_head_dim") or row.extra.get("rope_dim"),
    )
    if layers and latent and rope:
        return latent_kv_bytes_per_token(layers=layers, latent=float(latent), rope=float(rope), bits=bits)
    if not (layers and heads and width):
        return 0.0
    return kv_bytes_per_token(layers=layers, kv_heads=heads, head_dim=width, bits=bits)


def network_of(row: Row) -> Network:
    """Return the model of a row; layers that are not given are estimated from the parameters."""
    weights = weight_bytes(row)
    parameters = (row.number("params_b") or 0.0) * 1e9
    active = (row.number("active_b") or 0.0) * 1e9
    bits = row.number("w_bits") or 16.0
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


def hardware_of(row: Row, *, pooled: bool = False) -> Hardware:
    """Return the devices that work on a row's model: those that share each layer, or all for throughput."""
    peak = row.number("peak_tflops")
    if peak and doubles_with_half_accumulation(row.text["device"]):
        peak *= 2.0
    return Hardware(
        bandwidth=row.need("mem_bw_gbs") * 1e9,
        compute=peak * 1e12 if peak else None,
        devices=pooled_devices(row) if pooled else devices_sharing(row),
        precision=row.text["peak_dtype"] or "fp16",
    )


def family(row: Row) -> str:
    """Return the engine family of a row."""
    return family_of(row.text["engine"], row.text["device"])


def device_memory(row: Row) -> float:
    """Return the marketed memory of one device in bytes, read as GiB as GPU makers do."""
    return row.need("mem_gb") * GIB
