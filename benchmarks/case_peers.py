"""Other tools on the decode rows that they can express, at their default efficiency of 1.

`llm-analysis` and `genz-llm` are asked for single streams where they can be imported, `aiconfigurator`
(`case_aiconfigurator.py`) also for single generations and static batches on the devices it has tables of.
"""

from __future__ import annotations

import contextlib
import io
import statistics
from collections.abc import Callable
from typing import Any

from case_aiconfigurator import estimates
from case_rows import Row, devices_sharing, weight_bytes

Peer = Callable[[Row], float]


def print_peers(every: dict[str, list[Any]]) -> None:
    """Print, per peer at hand, its error on the rows it can express, and ours on the same."""
    print("\nPeers, single-stream decode, dense models with a published shape:")
    usable = [o for o in every.get("decode", []) if _expressible(o.row)]
    for name, peer in (("llm-analysis", _llm_analysis), ("genz-llm", _genz)):
        errors, ours, why = [], [], ""
        for outcome in usable:
            try:
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    speed = peer(outcome.row)
            except ImportError as error:
                why = f"not installed ({error.name}): pip install {name}"
                break
            except Exception as error:  # noqa: BLE001 - whatever a peer trips over is its answer to that row
                why = f"refused rows, for example: {type(error).__name__}: {error}"[:100]
                continue
            errors.append(abs(speed / _published(outcome.row) - 1.0))
            ours.append(outcome.error)
        _tell(name, errors, ours, why)
    _print_aiconfigurator(every)


def _print_aiconfigurator(every: dict[str, list[Any]]) -> None:
    errors: dict[str, list[float]] = {}
    ours: dict[str, list[float]] = {}
    try:
        for kind, outcome, speed in estimates(every):
            errors.setdefault(kind, []).append(abs(speed / _published(outcome.row) - 1.0))
            ours.setdefault(kind, []).append(outcome.error)
    except ImportError as error:
        print(f"  aiconfigurator: not installed ({error.name}): pip install aiconfigurator")
    for kind, found in errors.items():
        _tell(f"aiconfigurator, {kind}", found, ours[kind], "")


def _tell(name: str, errors: list[float], ours: list[float], why: str) -> None:
    if not errors:
        print(f"  {name}: {why}")
        return
    p90 = sorted(errors)[int(0.9 * (len(errors) - 1))]
    own = sorted(ours)[int(0.9 * (len(ours) - 1))]
    print(
        f"  {name}: {len(errors)} rows, median {statistics.median(errors):.1%}, p90 {p90:.1%}; poc-gate on the same rows "
        f"{statistics.median(ours):.1%}, p90 {own:.1%}{f'; {why}' if why else ''}"
    )


def _expressible(row: Row) -> bool:
    shape = all(
        row.number(name) for name in ("params_b", "layers", "kv_heads", "head_dim", "mem_bw_gbs", "mem_gb")
    )
    return shape and not row.number("active_b")


def _published(row: Row) -> float:
    return row.value if row.text["metric"] != "tpot_ms" else 1e3 / row.value


def _shape(row: Row) -> tuple[int, int, int, int]:
    """Return layers, heads, KV heads and hidden size of a usual block with the row's parameters."""
    layers, kv, width = (int(row.need(name)) for name in ("layers", "kv_heads", "head_dim"))
    hidden = (row.need("params_b") * 1e9 / (12.0 * layers)) ** 0.5
    heads = max(kv, round(hidden / width / kv) * kv)
    return layers, heads, kv, heads * width


def _bits(row: Row) -> int:
    bits = 8.0 * weight_bytes(row) / (row.need("params_b") * 1e9)
    return min((4, 8, 16), key=lambda known: abs(known - bits))


def _context(row: Row) -> int:
    return max(1, int((row.number("input_len") or 0) + (row.number("output_len") or 0) / 2))


def _llm_analysis(row: Row) -> float:
    from llm_analysis.analysis import LLMAnalysis
    from llm_analysis.config import DtypeConfig, GPUConfig, ModelConfig, ParallelismConfig

    layers, heads, kv, hidden = _shape(row)
    bits = _bits(row)
    analysis = LLMAnalysis(
        ModelConfig("row", layers, heads, hidden, 32000, num_key_value_heads=kv, expansion_ratio=4),
        GPUConfig(
            "row", row.need("mem_gb"), row.need("mem_bw_gbs"), 300.0, 1e-5, row.number("peak_tflops") or 100.0
        ),
        DtypeConfig(f"w{bits}", bits, 16, 16),
        ParallelismConfig(tp_size=int(devices_sharing(row))),
        flops_efficiency=1.0,
        hbm_memory_efficiency=1.0,
    )
    told = analysis.inference(1, seq_len=_context(row), num_tokens_to_generate=1)
    return 1.0 / float(told["decode_latency"])


def _genz(row: Row) -> float:
    from GenZ import ModelConfig, decode_moddeling

    layers, heads, kv, hidden = _shape(row)
    model = ModelConfig(
        model="row", hidden_size=hidden, intermediate_size=4 * hidden, num_ffi=1, num_decoder_layers=layers,
        num_attention_heads=heads, num_key_value_heads=kv, head_dim=int(row.need("head_dim")),
    )  # fmt: skip
    system = {
        "Flops": row.number("peak_tflops") or 100.0, "Memory_size": row.need("mem_gb"), "Memory_BW": row.need("mem_bw_gbs"),
        "ICN": 300.0, "real_values": True,
    }  # fmt: skip
    told = decode_moddeling(
        model=model, batch_size=1, input_tokens=_context(row), output_tokens=1, Bb=1, system_name=system,
        bits={4: "int4", 8: "int8", 16: "bf16"}[_bits(row)], tensor_parallel=int(devices_sharing(row)),
    )  # fmt: skip
    latency = told["Latency"] if isinstance(told, dict) else told.Latency
    return 1e3 / float(latency)
