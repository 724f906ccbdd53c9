"""AIConfigurator on the rows it can express: static estimates from its measured operator tables, TensorRT-LLM back end.

Devices are looked up among the systems that the package ships, without network; the model is described by a
configuration written from the row's own columns, so nothing depends on its name. Engines other than
TensorRT-LLM are estimated with its tables too, as a proxy. Needs `pip install aiconfigurator` (about 114 MB of tables).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from case_rows import NotPredictableError, Row, devices_sharing, family, weight_bytes

KINDS = ("decode", "gen", "serve")
FORMATS = {16: "bfloat16", 8: "fp8", 4: "nvfp4"}
WEIGHT_ONLY = {8: "int8_wo", 4: "int4_wo"}
"""Formats of devices that cannot compute in 8 or 4 bits."""


def estimates(outcomes: dict[str, list[Any]]) -> Iterator[tuple[str, Any, float]]:
    """Yield kind, outcome and AIConfigurator's speed for every row it can express; raises ImportError without it."""
    from aiconfigurator.cli.api import cli_estimate

    systems = _systems()
    for kind in KINDS:
        for outcome in outcomes.get(kind, []):
            system = _system_of(outcome.row, systems)
            if system is None or family(outcome.row) not in {"server", "fused"}:
                continue
            try:
                yield kind, outcome, _speed(cli_estimate, system, outcome.row)
            except NotPredictableError:
                continue
            except Exception as error:  # noqa: BLE001 - whatever a peer trips over is its answer to that row
                print(
                    f"  aiconfigurator refuses {outcome.row.text['id']}: {type(error).__name__}: {error}"[
                        :110
                    ]
                )


def _systems() -> tuple[str, ...]:
    import aiconfigurator_core

    found = Path(str(aiconfigurator_core.__file__)).parent / "systems" / "data"
    return tuple(sorted(entry.name for entry in found.iterdir() if entry.is_dir()))


def _system_of(row: Row, systems: tuple[str, ...]) -> str | None:
    """Return the system whose words all stand in the device's name, the longest name first."""
    words = set(row.text["device"].lower().split())
    fitting = [name for name in systems if set(name.removesuffix("_server").split("_")) <= words]
    return max(fitting, key=len, default=None)


def _speed(estimate: Any, system: str, row: Row) -> float:
    prompt, answer = max(1, int(row.number("input_len") or 1)), max(2, int(row.number("output_len") or 256))
    batch, devices = int(row.number("batch") or 1), int(devices_sharing(row))
    bits = min(FORMATS, key=lambda known: abs(known - 8.0 * weight_bytes(row) / (row.need("params_b") * 1e9)))
    native = bits == 16 or (bits == 8 and "fp8" in row.text["peak_dtype"])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "config.json").write_text(json.dumps(_configuration(row, devices)), encoding="utf-8")
        found = estimate(
            folder, system, mode="static", isl=prompt, osl=answer, batch_size=batch, tp_size=devices,
            gemm_quant_mode=FORMATS[bits] if native else WEIGHT_ONLY[bits],
            kvcache_quant_mode="bfloat16", fmha_quant_mode="bfloat16",
        )  # fmt: skip
    if row.kind == "decode":
        return 1e3 / float(found.tpot)
    seconds = (float(found.ttft) + (answer - 1) * float(found.tpot)) / 1e3
    share = 1.0 / devices if "per_gpu" in row.text["metric"] else 1.0
    return batch * answer / seconds * share


def _configuration(row: Row, devices: int) -> dict[str, Any]:
    """Return a Llama-shaped configuration with the row's layers, KV heads, head width and parameters."""
    layers, kv, width = (int(row.need(name)) for name in ("layers", "kv_heads", "head_dim"))
    if row.number("active_b"):
        raise NotPredictableError("a mixture of experts, whose experts the row does not give")
    per_layer = row.need("params_b") * 1e9 / layers
    heads = max(kv, round((per_layer / 12.0) ** 0.5 / width / kv) * kv)
    hidden = heads * width
    inner = (per_layer - 2.0 * hidden * hidden - 2.0 * hidden * kv * width) / (3.0 * hidden)
    step = 128 * devices
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": hidden, "num_hidden_layers": layers,
        "intermediate_size": max(step, round(inner / step) * step), "num_attention_heads": heads, "num_key_value_heads": kv,
        "head_dim": width, "vocab_size": 32000, "max_position_embeddings": 131072, "torch_dtype": "bfloat16",
        "rms_norm_eps": 1e-5, "hidden_act": "silu", "tie_word_embeddings": False,
    }  # fmt: skip
